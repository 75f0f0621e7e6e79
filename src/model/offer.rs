//! Which experience a firm offers (section 5): the rule's state, and what it means for one customer.

use super::parameters::{Experience, OfferRule, Step};
use crate::random::{NormalKeys, normals};

/// What a firm offers to the customers of a population in a period.
#[derive(Debug, Clone, Copy)]
pub(super) enum Offer<'a> {
    /// The same experience to all.
    Same(usize),
    /// Per customer, the last step whose conditions are met.
    Graduated {
        steps: &'a [Step],
        agency_error: f32,
    },
}

impl Offer<'_> {
    /// The experience that a customer gets about whom the firm has this knowledge index; `stated` is the agency
    /// preference that the customer states, given the error of such statements.
    #[inline(always)]
    pub fn experience(&self, knowledge: f32, stated: impl Fn(f32) -> f32) -> usize {
        match *self {
            Self::Same(experience) => experience,
            Self::Graduated {
                steps,
                agency_error,
            } => last_step_met(steps, knowledge, || stated(agency_error)),
        }
    }

    /// The largest of a number, 0 or above, of the experiences on offer.
    pub fn highest(&self, experiences: &[Experience], number: fn(&Experience) -> f32) -> f32 {
        match self {
            Self::Same(experience) => number(&experiences[*experience]),
            Self::Graduated { steps, .. } => {
                let numbers = steps
                    .iter()
                    .map(|step| number(&experiences[step.experience]));
                numbers.fold(0.0, f32::max)
            }
        }
    }
}

/// The agency preference that a customer states to a firm, drawn once for the two of them: `keys` are those of
/// the period of arrival.
pub(super) fn stated_agency(keys: &NormalKeys, who: u32, agency: f32, error: f32) -> f32 {
    let [z] = normals(keys, who);
    (agency + error * z).clamp(0.0, 1.0)
}

/// The experience of the last step whose conditions are met; the first has none.
fn last_step_met(steps: &[Step], knowledge: f32, stated_agency: impl Fn() -> f32) -> usize {
    let met = |step: &&Step| {
        knowledge >= step.knowledge
            && (step.max_agency >= 1.0 || stated_agency() <= step.max_agency)
    };
    steps
        .iter()
        .rev()
        .find(met)
        .or(steps.first())
        .map_or(0, |step| step.experience)
}

/// What a firm's rule has come to.
#[derive(Debug, Clone)]
pub(super) enum OfferState {
    /// Fixed, portfolio and graduated rules have no state.
    Stateless,
    /// An adaptive or imitating firm offers this experience now.
    Searching(Search),
}

/// The state of a firm that searches for the best experience.
#[derive(Debug, Clone)]
pub(super) struct Search {
    /// The experience offered now.
    pub offered: usize,
    /// The next period with a review.
    pub next_review: u32,
    /// Adaptive: the average profit credited to each candidate, once it was tried.
    pub credits: Vec<Option<f64>>,
    /// What all firms did since the last review.
    pub since: Vec<SinceReview>,
}

/// What one firm did since another's last review.
#[derive(Debug, Clone, Default)]
pub(super) struct SinceReview {
    /// Periods in the market.
    pub periods: u32,
    /// Profit after fixed cost.
    pub profit: f64,
    /// Transactions by experience.
    pub transactions: Vec<u64>,
}

impl SinceReview {
    fn profit_per_period(&self) -> Option<f64> {
        (self.periods > 0).then(|| self.profit / f64::from(self.periods))
    }

    /// The experience that most transactions had; of several, the first.
    fn usual_experience(&self) -> Option<usize> {
        most_frequent(&self.transactions)
    }
}

/// The position of the largest count, the first of several; none where all are zero.
pub(super) fn most_frequent(counts: &[u64]) -> Option<usize> {
    let largest = counts.iter().copied().max().filter(|&count| count > 0)?;
    counts.iter().position(|&count| count == largest)
}

impl OfferState {
    /// The state of a rule that comes into force in a period: at entry, or by an intervention.
    pub fn new(rule: &OfferRule, period: u32, firms: usize, experiences: usize) -> Self {
        let (offered, candidates) = match rule {
            OfferRule::Adaptive { candidates, .. } => (candidates[0], candidates.len()),
            OfferRule::Imitate { start, .. } => (*start, 0),
            OfferRule::Portfolio(_) | OfferRule::Graduated { .. } => return Self::Stateless,
        };
        Self::Searching(Search {
            offered,
            next_review: period,
            credits: vec![None; candidates],
            since: vec![
                SinceReview {
                    transactions: vec![0; experiences],
                    ..SinceReview::default()
                };
                firms
            ],
        })
    }

    /// Offers what the same firm offers in another world.
    pub fn follow(&mut self, lead: &Self) {
        if let (Self::Searching(own), Self::Searching(lead)) = (self, lead) {
            own.offered = lead.offered;
        }
    }

    /// Takes in what all firms did in a period.
    pub fn observe<'a>(&mut self, firms: impl Iterator<Item = (bool, f64, &'a [u64])>) {
        let Self::Searching(search) = self else {
            return;
        };
        for (since, (active, profit, transactions)) in search.since.iter_mut().zip(firms) {
            since.periods += u32::from(active);
            since.profit += profit;
            for (total, part) in since.transactions.iter_mut().zip(transactions) {
                *total += part;
            }
        }
    }
}

/// A review's two draws: whether the firm explores, and what, each uniform in [0, 1).
#[derive(Debug, Clone, Copy)]
pub(super) struct ReviewDraws {
    pub explore: f32,
    pub what: f32,
}

impl Search {
    /// Reviews what firm `own` offers, if a review is due; `acting` says which firms are in the market.
    pub fn review(
        &mut self,
        rule: &OfferRule,
        own: usize,
        period: u32,
        acting: &[bool],
        draws: impl FnOnce() -> ReviewDraws,
    ) {
        if period < self.next_review {
            return;
        }
        match rule {
            OfferRule::Adaptive {
                candidates,
                review_every,
                explore,
                memory,
            } => {
                self.credit(candidates, own, *memory);
                let draws = draws();
                self.offered = self.next_candidate(candidates, *explore, draws);
                self.next_review = period + review_every;
            }
            OfferRule::Imitate {
                review_every,
                explore,
                ..
            } => {
                let draws = draws();
                if let Some(found) = self.experience_to_copy(own, *explore, acting, draws) {
                    self.offered = found;
                }
                self.next_review = period + review_every;
            }
            OfferRule::Portfolio(_) | OfferRule::Graduated { .. } => {}
        }
        for since in &mut self.since {
            since.periods = 0;
            since.profit = 0.0;
            since.transactions.fill(0);
        }
    }

    /// Credits the profit per period since the last review to the candidate offered since then.
    fn credit(&mut self, candidates: &[usize], own: usize, memory: f64) {
        let Some(profit) = self.since[own].profit_per_period() else {
            return;
        };
        let offered = candidates
            .iter()
            .position(|&candidate| candidate == self.offered);
        if let Some(credit) = offered.and_then(|position| self.credits.get_mut(position)) {
            *credit = Some(credit.map_or(profit, |past| memory * past + (1.0 - memory) * profit));
        }
    }

    /// The first untried candidate, else mostly the best.
    fn next_candidate(&self, candidates: &[usize], explore: f32, draws: ReviewDraws) -> usize {
        if let Some(untried) = self.credits.iter().position(Option::is_none) {
            return candidates[untried];
        }
        if draws.explore < explore {
            return candidates[pick(draws.what, candidates.len())];
        }
        let mut best = 0;
        for (position, credit) in self.credits.iter().enumerate() {
            if *credit > self.credits[best] {
                best = position;
            }
        }
        candidates[best]
    }

    /// What the most profitable firm offered, or one of the market's experiences at random; none where
    /// nothing was sold since the last review.
    fn experience_to_copy(
        &self,
        own: usize,
        explore: f32,
        acting: &[bool],
        draws: ReviewDraws,
    ) -> Option<usize> {
        if draws.explore < explore {
            let experiences = self.since[own].transactions.len();
            let sold: Vec<usize> = (0..experiences)
                .filter(|&e| self.since.iter().any(|since| since.transactions[e] > 0))
                .collect();
            return (!sold.is_empty()).then(|| sold[pick(draws.what, sold.len())]);
        }
        let mut best: Option<(f64, usize)> = None;
        for (j, since) in self.since.iter().enumerate().filter(|(j, _)| acting[*j]) {
            if let Some(profit) = since.profit_per_period()
                && best.is_none_or(|(most, _)| profit > most)
            {
                best = Some((profit, j));
            }
        }
        best.and_then(|(_, j)| self.since[j].usual_experience())
    }
}

/// One of `count` at random, from a uniform in [0, 1).
fn pick(uniform: f32, count: usize) -> usize {
    ((f64::from(uniform) * count as f64) as usize).min(count - 1)
}

#[cfg(test)]
#[path = "tests/offer.rs"]
mod tests;
