//! A firm of the reference: what it knows, offers and charges.

use flywheel::random::Purpose;
use flywheel::scenario::{ExperienceRule, Funding, Learning, Phase, PriceRule, Scenario};

use super::customer::Stakes;
use super::draws::Draws;
use super::search::{Search, first_largest};

#[derive(Debug, Clone)]
pub struct Firm {
    pub acting: bool,
    pub left: bool,
    first_guess: Vec<Vec<f64>>,
    first_products: Vec<Vec<f64>>,
    pub mean: Vec<Vec<f64>>,
    pub weight: Vec<f64>,
    pub products: Vec<Vec<f64>>,
    /// N and sum of y, by population.
    pub seen: Vec<(f64, Vec<f64>)>,
    /// Number and sum of the taste estimates assigned, by product.
    assigned: Vec<(f64, Vec<f64>)>,
    pub reputation: Vec<f64>,
    pub price: f64,
    /// W and c.
    pub averages: Option<(f64, f64)>,
    pub cumulative: f64,
    pub discounted: f64,
    search: Search,
}

pub fn position(phase: &Phase, name: &str) -> usize {
    phase
        .experiences
        .get_index_of(name)
        .expect("a known experience")
}

impl Firm {
    pub fn at_start(scenario: &Scenario, phase: &Phase, draws: &Draws, j: usize) -> Self {
        let firm = &phase.firms[j];
        let equal = scenario.market.equal_start;
        let populations = &phase.populations;
        let around = |middle: &[f64], spread: f64, z: Vec<f64>| -> Vec<f64> {
            middle.iter().zip(z).map(|(m, z)| m + spread * z).collect()
        };
        let first_guess: Vec<Vec<f64>> = populations
            .iter()
            .enumerate()
            .map(|(s, population)| {
                let z = draws.start(Purpose::FirstGuess, s, j, equal, 0);
                around(&population.taste.mean, firm.learning.prior_sd, z)
            })
            .collect();
        let mut first_products = Vec::new();
        for (s, share) in allotted(firm.assortment, phase).into_iter().enumerate() {
            for _ in 0..share {
                let number = first_products.len() as u32;
                let z = draws.start(Purpose::FirstProducts, s, j, equal, number);
                first_products.push(around(&first_guess[s], populations[s].taste.spread, z));
            }
        }
        let nothing = (0.0, vec![0.0; phase.market.taste_dimensions]);
        let mut start = Self {
            acting: false,
            left: false,
            mean: first_guess.clone(),
            weight: vec![1.0; populations.len()],
            products: first_products.clone(),
            seen: vec![nothing.clone(); populations.len()],
            assigned: vec![nothing; first_products.len()],
            reputation: vec![phase.market.reputation.initial; populations.len()],
            price: f64::NAN,
            averages: None,
            cumulative: 0.0,
            discounted: 0.0,
            search: Search::default(),
            first_guess,
            first_products,
        };
        start.adopt_rule(&firm.experience, firm.entry, phase.firms.len(), phase);
        start
    }

    pub fn adopt_rule(&mut self, rule: &ExperienceRule, t: u32, firms: usize, phase: &Phase) {
        let (offered, credits) = match rule {
            ExperienceRule::Adaptive { candidates, .. } => {
                (position(phase, &candidates[0]), candidates.len())
            }
            ExperienceRule::Imitate { start, .. } => (position(phase, start), 0),
            _ => (0, 0),
        };
        self.search = Search {
            offered,
            next_review: t,
            credits: vec![None; credits],
            since: vec![(0, 0.0, vec![0; phase.experiences.len()]); firms],
        };
    }

    /// What the firm offers while it searches.
    pub fn offered(&self) -> usize {
        self.search.offered
    }

    /// Offers what it offers in another world.
    pub fn offer(&mut self, experience: usize) {
        self.search.offered = experience;
    }

    pub fn learn(&mut self, learning: &Learning, seen: &[(f64, Vec<f64>)]) {
        for (s, (n, sum)) in seen.iter().enumerate() {
            let w = learning.inertia / (learning.inertia + n);
            self.weight[s] = w;
            for (d, mean) in self.mean[s].iter_mut().enumerate() {
                let observed = if *n > 0.0 { sum[d] / n } else { 0.0 };
                *mean = w * self.first_guess[s][d] + (1.0 - w) * observed;
            }
        }
        let weight = learning.inertia / self.products.len() as f64;
        for (m, product) in self.products.iter_mut().enumerate() {
            let (n, sum) = &self.assigned[m];
            for (d, b) in product.iter_mut().enumerate() {
                *b = (weight * self.first_products[m][d] + sum[d]) / (weight + n);
            }
        }
    }

    pub fn forget(&mut self, phi: f64) {
        for (n, sum) in self.seen.iter_mut().chain(&mut self.assigned) {
            *n *= 1.0 - phi;
            sum.iter_mut().for_each(|part| *part *= 1.0 - phi);
        }
    }

    /// Adds a period's data on population s.
    pub fn take_in(&mut self, s: usize, n: f64, observed: &[f64], assigned: &[(usize, Vec<f64>)]) {
        self.seen[s].0 += n;
        for (total, y) in self.seen[s].1.iter_mut().zip(observed) {
            *total += y;
        }
        for (m, estimate) in assigned {
            self.assigned[*m].0 += 1.0;
            for (total, part) in self.assigned[*m].1.iter_mut().zip(estimate) {
                *total += part;
            }
        }
    }

    pub fn set_price(&mut self, rule: &PriceRule) {
        self.price = match (rule, self.averages) {
            (PriceRule::Fixed(price), _) => *price,
            (PriceRule::ValueShare { start, .. }, None) => *start,
            (PriceRule::ValueShare { share, .. }, Some((w, c))) => c + share * (w - c).max(0.0),
        };
    }

    pub fn take_in_means(&mut self, rule: &PriceRule, wtp: f64, cost: f64) {
        if let PriceRule::ValueShare { speed, .. } = rule {
            let (w, c) = self.averages.unwrap_or((wtp, cost));
            self.averages = Some((w + speed * (wtp - w), c + speed * (cost - c)));
        }
    }

    pub fn is_ruined(&self, funding: &Funding) -> bool {
        matches!(funding, Funding::Limit(most) if self.cumulative < -most)
    }

    /// The experience offered to a customer whom the firm knows this well.
    pub fn experience(
        &self,
        rule: &ExperienceRule,
        phase: &Phase,
        (s, stakes): (usize, Stakes),
        knowledge: f64,
        stated_agency: impl Fn(f64) -> f64,
    ) -> usize {
        match rule {
            ExperienceRule::Fixed(name) => position(phase, name),
            ExperienceRule::Portfolio {
                by_need,
                by_population,
                otherwise,
            } => {
                let population = &phase.populations[s];
                let kind = population.need.kinds.get(stakes.kind);
                let own = by_need.get(kind.map_or("any", |kind| &kind.name));
                let own = own.or_else(|| by_population.get(&population.name));
                position(phase, own.or(otherwise.as_ref()).expect("none left out"))
            }
            ExperienceRule::Graduated {
                steps,
                agency_error,
            } => {
                let stated = stated_agency(*agency_error);
                let met = steps.iter().rposition(|step| {
                    let stakes_met = step
                        .max_stakes
                        .is_none_or(|most| stakes.mistake_cost <= most);
                    knowledge >= step.knowledge && stated <= step.max_agency && stakes_met
                });
                position(phase, &steps[met.unwrap_or(0)].experience)
            }
            ExperienceRule::Adaptive { .. } | ExperienceRule::Imitate { .. } => self.search.offered,
        }
    }

    pub fn review(&mut self, t: u32, j: usize, phase: &Phase, acting: &[bool], draws: &Draws) {
        if t < self.search.next_review {
            return;
        }
        let explores = draws.review(Purpose::Explore, j, t);
        let what = draws.review(Purpose::ExploreWhat, j, t);
        let every = match &phase.firms[j].experience {
            ExperienceRule::Adaptive {
                candidates,
                review_every,
                explore,
                memory,
            } => {
                let candidates: Vec<usize> =
                    candidates.iter().map(|n| position(phase, n)).collect();
                self.search
                    .adapt(&candidates, j, *memory, explores < *explore, what);
                *review_every
            }
            ExperienceRule::Imitate {
                review_every,
                explore,
                ..
            } => {
                self.search.imitate(acting, explores < *explore, what);
                *review_every
            }
            _ => return,
        };
        self.search.next_review = t + every;
        for (periods, profit, transactions) in &mut self.search.since {
            (*periods, *profit) = (0, 0.0);
            transactions.fill(0);
        }
    }

    /// Sees what all firms did in a period.
    pub fn watch(&mut self, past: &[(bool, f64, Vec<u64>)]) {
        for (since, (acting, profit, transactions)) in self.search.since.iter_mut().zip(past) {
            since.0 += u32::from(*acting);
            since.1 += profit;
            for (total, part) in since.2.iter_mut().zip(transactions) {
                *total += part;
            }
        }
    }
}

/// Products by population: largest remainder.
fn allotted(products: u32, phase: &Phase) -> Vec<u32> {
    let total: f64 = phase
        .populations
        .iter()
        .map(|p| f64::from(p.customers))
        .sum();
    let quotas: Vec<f64> = phase
        .populations
        .iter()
        .map(|p| f64::from(products) * f64::from(p.customers) / total)
        .collect();
    let mut shares: Vec<u32> = quotas.iter().map(|q| q.floor() as u32).collect();
    while shares.iter().sum::<u32>() < products {
        let rest = quotas.iter().zip(&shares).map(|(q, &n)| q - f64::from(n));
        let next = first_largest(rest);
        shares[next] += 1;
    }
    shares
}
