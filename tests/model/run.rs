//! Runs a scenario and reads its tables by period, firm and population.

use flywheel::model::{Market, Records};
use flywheel::scenario::{Firm, Intervention, Population, Scenario};
use flywheel::table::{Batch, Values};

/// A finished replicate.
#[derive(Debug)]
pub struct Run {
    pub firms: usize,
    pub populations: usize,
    pub periods: usize,
    pub records: Records,
}

/// A replicate at its start.
pub fn start(scenario: &Scenario, replicate: u32) -> Market {
    Market::new(scenario, replicate).unwrap_or_else(|problems| panic!("{problems}"))
}

/// Simulates a replicate from start to end.
pub fn run(scenario: &Scenario, replicate: u32) -> Run {
    finish(scenario, start(scenario, replicate))
}

/// Simulates a market of a scenario to the end.
pub fn finish(scenario: &Scenario, mut market: Market) -> Run {
    while !market.is_done() {
        market.step();
    }
    let populations = scenario.populations.len();
    let periods = scenario.simulation.periods as usize;
    let records = market.into_records();
    Run {
        firms: records.firms.rows() / periods,
        populations,
        periods,
        records,
    }
}

/// A value of a table as a number; NaN where it is empty.
pub fn value(batch: &Batch, column: &str, row: usize) -> f64 {
    let position = batch.definition().position(column).expect("a column");
    match &batch.columns()[position] {
        Values::Integer(values) => values[row] as f64,
        Values::Number(values) => values[row],
        Values::Flag(values) => f64::from(u8::from(values[row])),
        Values::Text(_) | Values::Answer(_) => panic!("{column} holds no numbers"),
    }
}

/// A text of a table.
pub fn text<'a>(batch: &'a Batch, column: &str, row: usize) -> &'a str {
    batch.vocabulary().name(batch.labels(column)[row])
}

impl Run {
    /// From the table `periods`.
    pub fn period(&self, column: &str, t: usize, j: usize, s: usize) -> f64 {
        let row = (t * self.firms + j) * self.populations + s;
        value(&self.records.periods, column, row)
    }

    /// From the table `firms`.
    pub fn firm(&self, column: &str, t: usize, j: usize) -> f64 {
        value(&self.records.firms, column, t * self.firms + j)
    }

    /// From the table `market`.
    pub fn market(&self, column: &str, t: usize, s: usize) -> f64 {
        value(&self.records.market, column, t * self.populations + s)
    }

    /// The sum of a column of `market` over all periods, for the first population.
    pub fn total(&self, column: &str) -> f64 {
        (0..self.periods).map(|t| self.market(column, t, 0)).sum()
    }

    /// The sum of a column of `periods` over all periods, for a firm and the first population.
    pub fn firm_total(&self, column: &str, j: usize) -> f64 {
        (0..self.periods)
            .map(|t| self.period(column, t, j, 0))
            .sum()
    }
}

/// One population named "customers" and no firm yet.
pub fn scenario(customers: u32, periods: u32) -> Scenario {
    let mut everyone = Population::named("customers");
    everyone.customers = customers;
    let mut scenario = Scenario::new("test").population(everyone);
    scenario.simulation.periods = periods;
    scenario
}

/// One firm whom all customers know and trust so much that every need becomes a transaction with it,
/// whatever it does: nobody selects, so closed forms hold.
pub fn captive(customers: u32, periods: u32, experience: &str) -> Scenario {
    let mut scenario = scenario(customers, periods).firm(Firm::new("firm", experience));
    scenario.market.reputation.initial = 1000.0;
    scenario.market.reputation.speed = 0.0;
    let everyone = &mut scenario.populations[0];
    everyone.need.rate = 1.0;
    everyone.awareness = 1.0;
    everyone.inertia = 1000.0;
    everyone.turnover = 0.0;
    // what a firm begins could be declined
    for (_, experience) in &mut scenario.experiences {
        experience.support.recognize = 0.0;
    }
    scenario
}

/// Holds a number against its expectation, given the standard error of the number.
#[track_caller]
pub fn assert_within(actual: f64, expected: f64, standard_error: f64, what: &str) {
    assert!(
        (actual - expected).abs() <= 4.5 * standard_error,
        "{what}: {actual}, expected {expected} with a standard error of {standard_error}"
    );
}

/// Holds a number against another that it equals but for rounding.
#[track_caller]
pub fn assert_close(actual: f64, expected: f64, tolerance: f64, what: &str) {
    let equal = (actual - expected).abs() <= tolerance * (1.0 + expected.abs());
    assert!(
        equal || actual.is_nan() && expected.is_nan(),
        "{what}: {actual}, expected {expected}"
    );
}

/// Two firms, one of which forgets.
pub fn learners() -> Scenario {
    let mut market = scenario(3_000, 40).firm(Firm::new("one", "curated-offering"));
    let mut other = Firm::new("other", "respond-to-desire");
    other.learning.population_forgetting = 0.1;
    market.firms.push(other);
    for firm in &mut market.firms {
        firm.learning.inertia = 2_000.0;
    }
    market
}

/// An intervention that sets one path.
pub fn set(period: u32, path: &str, value: impl Into<toml::Value>) -> Intervention {
    Intervention {
        period,
        label: String::new(),
        set: [(path.to_owned(), value.into())].into_iter().collect(),
    }
}
