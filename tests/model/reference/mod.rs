//! The model once more, as plainly as it is written down: double precision, one customer after the
//! other, every draw looked up by what it is for, nothing shared with the engine but the draws.

mod customer;
mod draws;
mod firm;
mod search;
mod transaction;

use std::collections::BTreeSet;

use flywheel::random::Purpose;
use flywheel::scenario::{ExperienceRule, Phase, ReputationOf, Scenario};

pub use customer::Fate;
use customer::{Customer, Now, Stakes};
use draws::Draws;
use firm::Firm;

/// What happened between a firm and a population in a period: sums over transactions, and counts.
#[derive(Debug, Clone, Default)]
pub struct Happened {
    pub transactions: f64,
    pub detected: f64,
    pub declined: f64,
    pub false_alarms: f64,
    pub cancelled: f64,
    pub first_time: f64,
    pub fit: f64,
    pub first_fit: f64,
    pub first_wtp: f64,
    pub wtp: f64,
    pub cost: f64,
    pub friction: f64,
    pub knowledge: f64,
    pub surplus: f64,
    pub false_alarm_surplus: f64,
    pub false_alarm_cost: f64,
    /// Transactions by experience.
    pub experiences: Vec<u64>,
    /// The same by kind of need: some of the numbers.
    pub kinds: Vec<Happened>,
    /// What is learned: the sum of y, and the taste estimates with the products they are assigned to.
    observed: Vec<f64>,
    assigned: Vec<(usize, Vec<f64>)>,
}

impl Happened {
    /// Those of one kind of need.
    fn of_kind(&mut self, kind: usize) -> &mut Self {
        let none = Self {
            experiences: vec![0; self.experiences.len()],
            ..Self::default()
        };
        let missing = (kind + 1).saturating_sub(self.kinds.len());
        self.kinds.extend(vec![none; missing]);
        &mut self.kinds[kind]
    }
}

/// A firm in a period, populations together.
#[derive(Debug, Clone, Default)]
pub struct FirmPeriod {
    pub acting: bool,
    pub price: f64,
    pub profit: f64,
    pub cumulative: f64,
    /// By population.
    pub happened: Vec<Happened>,
    pub customers: Vec<f64>,
    pub population_knowledge: Vec<f64>,
}

/// One period of the market.
#[derive(Debug, Clone)]
pub struct Period {
    pub firms: Vec<FirmPeriod>,
    /// By population.
    pub needs: Vec<f64>,
    pub recognized: Vec<f64>,
    /// What another world can have happen again: by customer, and for each firm what it offers while it searches, and
    /// whether it has left.
    pub fates: Vec<Fate>,
    offered: Vec<usize>,
    left: Vec<bool>,
    /// The firm with a head start, and what happened between it and its customers of that time.
    pub focal: Option<usize>,
    pub watched: Happened,
}

/// A head start of a firm, by position, in so many observations.
#[derive(Debug, Clone, Copy)]
pub struct HeadStart {
    pub firm: usize,
    pub period: u32,
    pub observations: f64,
}

/// Simulates a replicate of a resolved scenario.
pub fn simulate(scenario: &Scenario, replicate: u32) -> Vec<Period> {
    simulate_world(scenario, replicate, None, None)
}

/// The worlds base, closed and open.
pub fn simulate_worlds(scenario: &Scenario, replicate: u32, given: HeadStart) -> [Vec<Period>; 3] {
    let nothing = HeadStart {
        observations: 0.0,
        ..given
    };
    let base = simulate_world(scenario, replicate, Some(nothing), None);
    let closed = simulate_world(scenario, replicate, Some(given), None);
    let open = simulate_world(scenario, replicate, Some(given), Some(&base));
    [base, closed, open]
}

/// One world; what happened in another happens again, if that is given.
fn simulate_world(
    scenario: &Scenario,
    replicate: u32,
    given: Option<HeadStart>,
    lead: Option<&[Period]>,
) -> Vec<Period> {
    let phases = scenario.phases().expect("a valid scenario");
    let draws = Draws::new(scenario, replicate);
    let mut firms: Vec<Firm> = (0..scenario.firms.len())
        .map(|j| Firm::at_start(scenario, &phases[0], &draws, j))
        .collect();
    let mut customers: Vec<Customer> = Vec::new();
    for (s, population) in scenario.populations.iter().enumerate() {
        for i in 0..population.customers {
            customers.push(Customer::arrive(s, i, 0, &phases[0], &draws, firms.len()));
        }
    }
    let mut phase = phases[0].clone();
    let mut coming = phases[1..].iter().peekable();
    let mut periods = Vec::new();
    for t in 0..scenario.simulation.periods {
        // 1
        while let Some(next) = coming.next_if(|next| next.from <= t) {
            intervene(t, &phase, next, &mut customers, &mut firms, &draws);
            phase = next.clone();
        }
        for (j, firm) in firms.iter_mut().enumerate() {
            firm.acting = !firm.left && t >= phase.firms[j].entry;
        }
        learn(&phase, &mut firms);
        let lead = lead.map(|lead| &lead[t as usize]);
        match lead {
            None => decide(t, &phase, &mut firms, &draws),
            Some(lead) => follow(&mut firms, lead),
        }
        if let Some(given) = given.filter(|given| given.period == t) {
            start_ahead(given, &phase, &mut customers, &firms, &draws);
        }
        let mut period = live(t, &phase, &mut customers, &mut firms, (&draws, given, lead));
        period.offered = firms.iter().map(Firm::offered).collect();
        periods.push(period);
        let discount = (1.0 + scenario.simulation.discount_rate).powi(-(t as i32));
        let period = periods.last_mut().expect("just pushed");
        close(&phase, discount, lead, &mut firms, &mut customers, period);
    }
    periods
}

fn intervene(
    t: u32,
    before: &Phase,
    after: &Phase,
    customers: &mut [Customer],
    firms: &mut [Firm],
    draws: &Draws,
) {
    for customer in customers {
        customer.intervene(before, after, draws);
    }
    let count = firms.len();
    for (j, firm) in firms.iter_mut().enumerate() {
        if before.firms[j].experience != after.firms[j].experience {
            let entry = after.firms[j].entry;
            firm.adopt_rule(&after.firms[j].experience, t.max(entry), count, after);
        }
        if std::mem::discriminant(&before.firms[j].price)
            != std::mem::discriminant(&after.firms[j].price)
        {
            firm.averages = None;
        }
    }
}

/// Step 2: population-level knowledge.
fn learn(phase: &Phase, firms: &mut [Firm]) {
    let own: Vec<Vec<(f64, Vec<f64>)>> = firms.iter().map(|firm| firm.seen.clone()).collect();
    let populations = phase.populations.len();
    let dimensions = phase.market.taste_dimensions;
    let pooled: Vec<(f64, Vec<f64>)> = (0..populations)
        .map(|s| {
            let sum = |d: usize| own.iter().map(|firm| firm[s].1[d]).sum();
            let count = own.iter().map(|firm| firm[s].0).sum();
            (count, (0..dimensions).map(sum).collect())
        })
        .collect();
    for (j, firm) in firms.iter_mut().enumerate() {
        if phase.firms[j].learning.population {
            let seen = if phase.market.data_pooling {
                &pooled
            } else {
                &own[j]
            };
            firm.learn(&phase.firms[j].learning, seen);
        }
        firm.forget(phase.firms[j].learning.population_forgetting);
    }
}

/// Step 3: experience and price rules.
fn decide(t: u32, phase: &Phase, firms: &mut [Firm], draws: &Draws) {
    let acting: Vec<bool> = firms.iter().map(|firm| firm.acting).collect();
    for (j, firm) in firms.iter_mut().enumerate().filter(|(j, _)| acting[*j]) {
        firm.review(t, j, phase, &acting, draws);
        firm.set_price(&phase.firms[j].price);
    }
}

/// Step 3 as in another world.
fn follow(firms: &mut [Firm], lead: &Period) {
    for (j, firm) in firms.iter_mut().enumerate() {
        firm.price = lead.firms[j].price;
        firm.offer(lead.offered[j]);
    }
}

/// The head start: P += n/v, S += n ybar/v, ybar = theta + N(0, sqrt(v/n)), with home customers who share data.
fn start_ahead(
    given: HeadStart,
    phase: &Phase,
    customers: &mut [Customer],
    firms: &[Firm],
    draws: &Draws,
) {
    let HeadStart {
        firm,
        period,
        observations: n,
    } = given;
    for customer in customers.iter_mut() {
        customer.watched = customer.home == Some(firm);
        let learns = phase.firms[firm].learning.individual && customer.shares_data;
        if !(customer.watched && learns && n > 0.0) {
            continue;
        }
        let population = &phase.populations[customer.population];
        let now = Now {
            t: period,
            phase,
            population,
            firms,
            draws,
        };
        let knowledge = customer.known(firm, &now).1;
        let total: f64 = population.need.kinds.iter().map(|kind| kind.share).sum();
        let mut precision = 0.0;
        for kind in 0..population.need.kinds.len().max(1) {
            let stakes = Stakes::of(population, kind);
            let e = &phase.experiences[customer.experience(firm, knowledge, stakes, &now)];
            let share = (population.need.kinds.get(kind)).map_or(1.0, |kind| kind.share / total);
            precision += share / (stakes.variety.powi(2) + e.signal_noise.powi(2));
        }
        let v = 1.0 / precision;
        let error = customer.normal(Purpose::HeadStart, &now);
        customer.precision[firm] += n / v;
        for (d, sum) in customer.sum[firm].iter_mut().enumerate() {
            let mean = customer.taste[d] + (v / n).sqrt() * error[d];
            *sum += n * mean / v;
        }
    }
}

/// Step 4: the customers.
fn live(
    t: u32,
    phase: &Phase,
    customers: &mut [Customer],
    firms: &mut [Firm],
    (draws, given, lead): (&Draws, Option<HeadStart>, Option<&Period>),
) -> Period {
    let populations = phase.populations.len();
    let none = Happened {
        experiences: vec![0; phase.experiences.len()],
        observed: vec![0.0; phase.market.taste_dimensions],
        ..Happened::default()
    };
    let mut period = Period {
        firms: firms
            .iter()
            .map(|firm| FirmPeriod {
                acting: firm.acting,
                price: firm.price,
                happened: vec![none.clone(); populations],
                ..FirmPeriod::default()
            })
            .collect(),
        needs: vec![0.0; populations],
        recognized: vec![0.0; populations],
        fates: Vec::new(),
        offered: Vec::new(),
        left: Vec::new(),
        focal: given.map(|given| given.firm),
        watched: Happened::default(),
    };
    for (number, customer) in customers.iter_mut().enumerate() {
        let now = Now {
            t,
            phase,
            population: &phase.populations[customer.population],
            firms,
            draws,
        };
        let again = lead.map(|lead| lead.fates[number]);
        let fate = customer.live(again, &now, &mut period);
        period.fates.push(fate);
    }
    period
}

/// Steps 5 and 6, and what the firms take in.
fn close(
    phase: &Phase,
    discount: f64,
    lead: Option<&Period>,
    firms: &mut [Firm],
    customers: &mut [Customer],
    period: &mut Period,
) {
    for (j, firm) in firms.iter_mut().enumerate() {
        let now = &mut period.firms[j];
        for (s, happened) in now.happened.iter().enumerate() {
            firm.take_in(
                s,
                happened.transactions,
                &happened.observed,
                &happened.assigned,
            );
            let (n, wtp) = match phase.market.reputation.of {
                ReputationOf::Everyone => (happened.transactions, happened.wtp),
                ReputationOf::Newcomers => (happened.first_time, happened.first_wtp),
            };
            if n > 0.0 {
                firm.reputation[s] +=
                    phase.market.reputation.speed * (wtp / n - firm.reputation[s]);
            }
        }
        let sum = |part: fn(&Happened) -> f64| now.happened.iter().map(part).sum::<f64>();
        let n = sum(|h| h.transactions);
        if n > 0.0 {
            firm.take_in_means(
                &phase.firms[j].price,
                sum(|h| h.wtp) / n,
                sum(|h| h.cost) / n,
            );
        }
        if firm.acting {
            now.profit = n * firm.price
                - sum(|h| h.cost)
                - sum(|h| h.false_alarm_cost)
                - phase.firms[j].fixed_cost
                - phase.firms[j].range_cost * (named(&phase.firms[j].experience) - 1.0);
        }
        firm.cumulative += now.profit;
        firm.discounted += discount * now.profit;
        now.cumulative = firm.discounted;
        let ruined = firm.acting && firm.is_ruined(&phase.firms[j].funding);
        if lead.map_or(ruined, |lead| firm.acting && lead.left[j]) {
            firm.left = true;
            let at_home = customers
                .iter_mut()
                .filter(|customer| customer.home == Some(j));
            at_home.for_each(|customer| customer.home = None);
        }
        now.population_knowledge = (0..phase.populations.len())
            .map(|s| {
                let tau2 = phase.populations[s].taste.spread.powi(2);
                let iota2 = phase.firms[j].learning.prior_sd.powi(2);
                1.0 - (tau2 + iota2 * firm.weight[s]) / (tau2 + iota2)
            })
            .collect();
    }
    period.left = firms.iter().map(|firm| firm.left).collect();
    for (j, now) in period.firms.iter_mut().enumerate() {
        now.customers = (0..phase.populations.len())
            .map(|s| {
                customers
                    .iter()
                    .filter(|c| c.population == s && c.home == Some(j))
                    .count() as f64
            })
            .collect();
    }
    let past: Vec<(bool, f64, Vec<u64>)> = period
        .firms
        .iter()
        .map(|now| {
            let count = |e: usize| now.happened.iter().map(|h| h.experiences[e]).sum();
            (
                now.acting,
                now.profit,
                (0..phase.experiences.len()).map(count).collect(),
            )
        })
        .collect();
    firms
        .iter_mut()
        .filter(|firm| firm.acting)
        .for_each(|firm| firm.watch(&past));
}

/// How many different experiences a rule names.
fn named(rule: &ExperienceRule) -> f64 {
    let names: BTreeSet<&str> = rule.names().into_iter().collect();
    names.len() as f64
}
