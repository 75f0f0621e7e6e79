//! One simulated market, as the measures of the claims read it.

use std::ops::Range;

use flywheel::model::{Plan, Records};

/// The tables of one replicate of a market.
pub struct Run {
    records: Records,
    firms: Vec<String>,
    populations: Vec<String>,
    periods: usize,
    /// Part of the needs that customers of the first population notice by themselves.
    awareness: f64,
}

impl Run {
    /// Simulates a replicate.
    pub fn new(plan: &Plan, replicate: u32) -> Self {
        let mut market = plan.market(replicate);
        while !market.is_done() {
            market.step();
        }
        let scenario = plan.scenario();
        let firms = scenario.firms.iter().map(|firm| firm.name.clone());
        let populations = scenario.populations.iter().map(|named| named.name.clone());
        Self {
            records: market.into_records(),
            firms: firms.collect(),
            populations: populations.collect(),
            periods: plan.periods() as usize,
            awareness: scenario.populations[0].awareness,
        }
    }

    /// Needs that customers of the first population notice by themselves, as a part of all.
    pub fn noticed(&self) -> f64 {
        self.awareness
    }

    /// What a firm did with all populations over all periods.
    pub fn firm(&self, name: &str) -> Part<'_> {
        let firm = position(&self.firms, name);
        Part {
            run: self,
            firm,
            populations: 0..self.populations.len(),
            periods: 0..self.periods,
        }
    }

    /// Needs that meet a condition of the table `market`, as a part of all needs, over some periods.
    pub fn part_of_needs(&self, which: &str, periods: Range<usize>) -> f64 {
        let populations = self.populations.len();
        let rows = periods.start * populations..periods.end * populations;
        let sum = |column| -> i64 {
            let values = &self.records.market.integers(column)[rows.clone()];
            values.iter().sum()
        };
        sum(which) as f64 / sum("needs") as f64
    }

    /// Number of customers of a firm at the end of a period: those whose home it is.
    pub fn home_customers(&self, firm: &str, period: usize) -> f64 {
        let row = period * self.firms.len() + position(&self.firms, firm);
        self.records.firms.integers("customers")[row] as f64
    }

    /// Discounted profit of a firm over all periods.
    pub fn cumulative_profit(&self, firm: &str) -> f64 {
        let row = (self.periods - 1) * self.firms.len() + position(&self.firms, firm);
        self.records.firms.numbers("cumulative_profit")[row]
    }
}

fn position(names: &[String], name: &str) -> usize {
    let found = names.iter().position(|known| known == name);
    found.unwrap_or_else(|| panic!("{name} is none of {names:?}"))
}

/// The rows of `periods` of one firm, some populations and some periods.
#[derive(Clone)]
pub struct Part<'a> {
    run: &'a Run,
    firm: usize,
    populations: Range<usize>,
    periods: Range<usize>,
}

impl Part<'_> {
    /// Only this population.
    pub fn with(mut self, population: &str) -> Self {
        let position = position(&self.run.populations, population);
        self.populations = position..position + 1;
        self
    }

    /// Only these periods.
    pub fn during(mut self, periods: Range<usize>) -> Self {
        assert!(periods.end <= self.run.periods, "{periods:?}");
        self.periods = periods;
        self
    }

    fn rows(&self) -> impl Iterator<Item = usize> {
        let (firms, populations) = (self.run.firms.len(), self.run.populations.len());
        let periods = self.periods.clone();
        periods.flat_map(move |t| {
            let first = (t * firms + self.firm) * populations;
            first + self.populations.start..first + self.populations.end
        })
    }

    /// Sum of a column of counts.
    pub fn count(&self, column: &str) -> f64 {
        let values = self.run.records.periods.integers(column);
        self.rows().map(|row| values[row]).sum::<i64>() as f64
    }

    /// Sum of a column that holds means over what another column counts.
    pub fn total(&self, column: &str, over: &str) -> f64 {
        let values = self.run.records.periods.numbers(column);
        let counts = self.run.records.periods.integers(over);
        let products = self
            .rows()
            .filter(|&row| counts[row] > 0)
            .map(|row| values[row] * counts[row] as f64);
        products.sum()
    }

    /// Mean of a column per transaction; NaN without any.
    pub fn mean(&self, column: &str) -> f64 {
        self.total(column, "transactions") / self.count("transactions")
    }

    /// Mean fit in transactions with customers who are new to the firm.
    pub fn first_fit(&self) -> f64 {
        self.total("first_fit", "first_time") / self.count("first_time")
    }

    /// Mean fit in transactions with customers whom the firm has served before.
    pub fn repeat_fit(&self) -> f64 {
        let fit = self.total("fit", "transactions") - self.total("first_fit", "first_time");
        fit / self.repeats()
    }

    /// Transactions with customers whom the firm has served before.
    pub fn repeats(&self) -> f64 {
        self.count("transactions") - self.count("first_time")
    }

    /// Part of all firms' transactions, with the same customers in the same periods.
    pub fn share(&self) -> f64 {
        let all = (0..self.run.firms.len()).map(|firm| {
            let part = Part {
                firm,
                ..self.clone()
            };
            part.count("transactions")
        });
        self.count("transactions") / all.sum::<f64>()
    }
}
