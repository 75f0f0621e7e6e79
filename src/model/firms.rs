//! Firms: entry, knowledge, rules, reputation, accounts and exit (section 3, steps 1 to 3, 5 and 6).

use super::decision::Decided;
use super::knowledge::{FirmKnowledge, Observations};
use super::offer::{Offer, OfferState, ReviewDraws};
use super::parameters::{self, OfferRule, Parameters};
use super::price::PriceState;
use super::tally::Tally;
use crate::random::{Family, Purpose, Source};
use crate::scenario::{self, Funding, PriceRule, ReputationOf, Scenario};

/// One firm.
#[derive(Debug, Clone)]
pub(super) struct Firm<const K: usize> {
    /// Whether the firm is in the market.
    pub acting: bool,
    entry: u32,
    left: bool,
    funding: Funding,
    pub knowledge: FirmKnowledge<K>,
    /// Reputation `Q` by population.
    pub reputation: Vec<f64>,
    /// Price in the current period.
    pub price: f64,
    price_state: PriceState,
    offer_state: OfferState,
    /// What takes the place of the rules.
    pub decided: Decided,
    /// Home customers by population, at the end of the last period.
    pub customers: Vec<i64>,
    /// Profit of the last period after fixed cost.
    pub profit: f64,
    /// Undiscounted sum of `profit`.
    cumulative: f64,
    /// Discounted sum of `profit`.
    pub discounted: f64,
    explore: Family,
    explore_what: Family,
}

impl<const K: usize> Firm<K> {
    /// Firm number `j` at the start (section 2).
    pub fn at_start(
        source: &Source,
        scenario: &Scenario,
        parameters: &Parameters<K>,
        firm: &scenario::Firm,
        j: usize,
    ) -> Self {
        let populations = scenario.populations.len();
        Self {
            acting: false,
            entry: firm.entry,
            left: false,
            funding: firm.funding,
            knowledge: FirmKnowledge::at_start(source, scenario, parameters, firm),
            reputation: vec![scenario.market.reputation.initial; populations],
            price: f64::NAN,
            price_state: PriceState::default(),
            offer_state: OfferState::new(
                &parameters.firms[j].offer,
                firm.entry,
                scenario.firms.len(),
                parameters.experiences.len(),
            ),
            decided: Decided::default(),
            customers: vec![0; populations],
            profit: 0.0,
            cumulative: 0.0,
            discounted: 0.0,
            explore: source.family(Purpose::Explore, &[&firm.name]),
            explore_what: source.family(Purpose::ExploreWhat, &[&firm.name]),
        }
    }

    /// Enters the market when the time has come; a firm that left stays away.
    pub fn enter(&mut self, period: u32) {
        self.acting = !self.left && period >= self.entry;
    }

    /// An intervention that gives the firm another rule starts that rule afresh.
    pub fn intervene(
        &mut self,
        period: u32,
        before: &parameters::Firm,
        after: &parameters::Firm,
        firms: usize,
        experiences: usize,
    ) {
        if !same_price_rule(&before.price, &after.price) {
            self.price_state = PriceState::default();
        }
        if before.offer != after.offer {
            let start = period.max(self.entry);
            self.offer_state = OfferState::new(&after.offer, start, firms, experiences);
        }
    }

    /// Step 2: population-level learning, then forgetting. `pooled` are all firms' observations, if they share them.
    pub fn learn(&mut self, parameters: &parameters::Firm, pooled: Option<&[Observations<K>]>) {
        if parameters.population {
            if let Some(observations) = pooled {
                self.knowledge.learn(observations);
            } else {
                let own = self.knowledge.observations.clone();
                self.knowledge.learn(&own);
            }
        }
        self.knowledge.forget(parameters.population_forgetting);
    }

    /// Step 3: experience and price.
    pub fn decide(
        &mut self,
        parameters: &parameters::Firm,
        own: usize,
        period: u32,
        acting: &[bool],
    ) {
        if !self.acting {
            return;
        }
        if let OfferState::Searching(search) = &mut self.offer_state {
            let draws = || ReviewDraws {
                explore: self.explore.key(period, 0).uniform(0),
                what: self.explore_what.key(period, 0).uniform(0),
            };
            search.review(&parameters.offer, own, period, acting, draws);
        }
        let by_rule = || self.price_state.price(&parameters.price);
        self.price = self.decided.price.unwrap_or_else(by_rule);
    }

    /// Step 3 in a world that follows another: what the firm decided there.
    pub fn follow(&mut self, lead: &Self) {
        self.price = lead.price;
        self.offer_state.follow(&lead.offer_state);
    }

    /// What the firm offers to the customers of population `s` for needs of kind `n`.
    pub fn offer<'a>(&self, rule: &'a OfferRule, s: usize, n: usize) -> Offer<'a> {
        if let Some(experience) = self.decided.experience {
            return Offer::Same(experience);
        }
        match (rule, &self.offer_state) {
            (OfferRule::Portfolio(experiences), _) => Offer::Same(experiences[s][n]),
            (
                OfferRule::Graduated {
                    steps,
                    agency_error,
                },
                _,
            ) => Offer::Graduated {
                steps: &steps[s][n],
                agency_error: *agency_error,
            },
            (_, OfferState::Searching(search)) => Offer::Same(search.offered),
            (OfferRule::Adaptive { candidates, .. }, OfferState::Stateless) => {
                Offer::Same(candidates[0])
            }
            (OfferRule::Imitate { start, .. }, OfferState::Stateless) => Offer::Same(*start),
        }
    }

    /// Steps 4i to 6 for firm number `j`: takes in the period's data, by population; returns whether the firm can
    /// pay no more.
    pub fn close_period(
        &mut self,
        j: usize,
        parameters: &Parameters<K>,
        tallies: &[Tally<K>],
        discount: f64,
    ) -> bool {
        let own = &parameters.firms[j];
        let (mut transactions, mut wtp, mut cost, mut profit) = (0, 0.0, 0.0, 0.0);
        for (s, tally) in tallies.iter().enumerate() {
            let firm = &tally.firm(j);
            self.customers[s] += firm.home_change;
            self.knowledge.observations[s].add(firm.observations() as f64, &firm.observed);
            for assigned in tally.assigned_to(j) {
                for (total, part) in self.knowledge.assigned.iter_mut().zip(assigned) {
                    total.add(part.count, &part.sum);
                }
            }
            let (count, total) = match parameters.reputation_of {
                ReputationOf::Everyone => (firm.transactions, firm.wtp),
                ReputationOf::Newcomers => (firm.first_time, firm.first_wtp),
            };
            if count > 0 {
                let mean = total / count as f64;
                self.reputation[s] += parameters.reputation_speed * (mean - self.reputation[s]);
            }
            if self.acting {
                profit += firm.profit(self.price);
            }
            transactions += firm.transactions;
            wtp += firm.wtp;
            cost += firm.cost;
        }
        if transactions > 0 {
            let n = transactions as f64;
            self.price_state.observe(&own.price, wtp / n, cost / n);
        }
        if self.acting {
            profit -= own.fixed_cost;
        }
        self.profit = profit;
        self.cumulative += profit;
        self.discounted += discount * profit;
        let ruined = matches!(self.funding, Funding::Limit(most) if self.cumulative < -most);
        self.acting && ruined
    }

    /// Whether the firm has left for good.
    pub fn has_left(&self) -> bool {
        self.left
    }

    /// Leaves for good.
    pub fn leave(&mut self) {
        self.left = true;
        self.customers.fill(0);
    }

    /// Takes in what all firms did, for rules that search.
    pub fn observe<'a>(&mut self, firms: impl Iterator<Item = (bool, f64, &'a [u64])>) {
        if self.acting {
            self.offer_state.observe(firms);
        }
    }
}

/// Whether a price rule keeps its averages: a change of share or start does not make them worthless.
fn same_price_rule(before: &PriceRule, after: &PriceRule) -> bool {
    matches!(
        (before, after),
        (PriceRule::ValueShare { .. }, PriceRule::ValueShare { .. })
            | (PriceRule::Fixed(_), PriceRule::Fixed(_))
    )
}
