//! `[simulation]`: how long, how often, from which seed, and what is kept.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Quantity;
use super::limits::{LARGEST_SEED, LEAST, MOST, MOST_RUNS};
use super::words::words;

/// Length, repetition and seed of the simulation, and what is kept of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Simulation {
    /// Number of periods `T`, counted from 0.
    #[schemars(range(min = 1, max = MOST_RUNS), extend("x-change" = "start"))]
    pub periods: u32,
    /// Number of replicates `R`: independent repetitions with other random draws, counted from 0. `until_decided` and `precision` add more.
    #[schemars(range(min = 1, max = MOST_RUNS), extend("x-change" = "never"))]
    pub replicates: u32,
    /// Seed of all random draws. Equal seeds give equal results.
    #[schemars(range(max = LARGEST_SEED), extend("x-change" = "never"))]
    pub seed: u64,
    /// Discount rate per period, for discounted cumulative profit: 0 is no discounting.
    #[schemars(range(min = 0.0), extend("x-change" = "start", "exclusiveMaximum" = 1.0))]
    pub discount_rate: f64,
    /// Which rows of the tables are stored.
    #[schemars(extend("x-change" = "never"))]
    #[serde(skip_serializing_if = "Record::is_default")]
    pub record: Record,
    /// Adds replicates until the results are precise enough. Left out: `replicates` it is.
    #[schemars(extend("x-change" = "never"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub precision: Option<Precision>,
    /// Adds replicates until every hypothesis is decided. Left out: `replicates` it is.
    #[schemars(extend("x-change" = "never"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until_decided: Option<UntilDecided>,
}

impl Default for Simulation {
    fn default() -> Self {
        Self {
            periods: 300,
            replicates: 20,
            seed: 1,
            discount_rate: 0.0,
            record: Record::default(),
            precision: None,
            until_decided: None,
        }
    }
}

/// Which rows of the tables are stored; results in `summary` do not depend on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Record {
    /// The tables that are stored.
    pub tables: Vec<RecordedTable>,
    /// Stores every that many periods, the first of them in period `from`.
    #[schemars(range(min = 1))]
    pub every: u32,
    /// First period that is stored.
    #[schemars(range(min = 0))]
    pub from: u32,
    /// The periods at whose ends the table `map` shows the market, in order. Empty: some two dozen, the early ones denser, for most moves early.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("default" = []))]
    pub map: Vec<u32>,
    /// Customers of each population of whom the table `interactions` tells: the first so many. 0: all.
    #[serde(skip_serializing_if = "is_zero")]
    #[schemars(range(min = 0), extend("default" = 0))]
    pub customers: u32,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands the field over by reference"
)]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl Record {
    /// Whether this is what a scenario has that says nothing of it.
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// Whether all rows of all tables over periods are stored: what charts over periods need.
    #[must_use]
    pub fn keeps_all_periods(&self) -> bool {
        let all = RecordedTable::OVER_PERIODS;
        self.every == 1 && self.from == 0 && all.into_iter().all(|table| self.keeps_table(table))
    }

    /// Whether the rows of a period are stored.
    #[must_use]
    pub fn keeps_period(&self, period: u32) -> bool {
        period >= self.from && (period - self.from).is_multiple_of(self.every.max(1))
    }

    /// The periods of the table `map`, of a run of so many: those chosen, or period 0, then each about a fifth later
    /// than the one before, and the last.
    #[must_use]
    pub fn map_periods(&self, periods: u32) -> Vec<u32> {
        if !self.map.is_empty() {
            return self.map.clone();
        }
        let next = |period: &u32| period.checked_add(1 + period / 5);
        let before_last = |period: &u32| period.saturating_add(1) < periods;
        let mut chosen: Vec<u32> = std::iter::successors(Some(0), next)
            .take_while(before_last)
            .collect();
        chosen.push(periods.saturating_sub(1));
        chosen
    }

    /// Customers of each population whose interactions are stored: those with smaller numbers.
    #[must_use]
    pub fn followed_customers(&self) -> u32 {
        match self.customers {
            _ if !self.keeps_table(RecordedTable::Interactions) => 0,
            0 => u32::MAX,
            some => some,
        }
    }

    /// Whether a table is stored.
    #[must_use]
    pub fn keeps_table(&self, table: RecordedTable) -> bool {
        self.tables.contains(&table)
    }
}

impl Default for Record {
    fn default() -> Self {
        Self {
            tables: RecordedTable::OVER_PERIODS.to_vec(),
            every: 1,
            from: 0,
            map: Vec::new(),
            customers: 0,
        }
    }
}

words! {
    /// A table that can be stored or left out.
    pub enum RecordedTable {
        /// One row per replicate, period, firm and population.
        Periods = "periods",
        /// One row per replicate, period and firm.
        Firms = "firms",
        /// One row per replicate, period and population.
        Market = "market",
        /// One row per replicate, firm and number of the customer's transaction: how fit grows with experience. Takes a byte of memory per customer and firm.
        Learning = "learning",
        /// Where customers, products and the firms' beliefs are, at some moments of replicate 0: the map of tastes.
        Map = "map",
        /// One row per transaction and false alarm. Large: some 90 bytes of memory per row while a replicate is simulated.
        Interactions = "interactions",
    }
}

impl RecordedTable {
    /// The tables over periods, which are stored unless the scenario says otherwise.
    pub const OVER_PERIODS: [Self; 3] = [Self::Periods, Self::Firms, Self::Market];
}

/// When results are precise enough: the 95 % interval of every firm's value reaches no further than `half_width` to either side.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Precision {
    /// The outcome that has to be precise.
    #[serde(default)]
    pub of: Quantity,
    /// Largest half-width of the 95 % interval of its mean, in the outcome's unit.
    #[schemars(range(min = LEAST, max = MOST))]
    pub half_width: f64,
    /// Most replicates, precise or not.
    #[schemars(range(min = 2, max = MOST_RUNS))]
    #[serde(default = "default_at_most")]
    pub at_most: u32,
}

/// Until when replicates are added: at every look there are twice as many as at the one before, and over all looks together a verdict is wrong no
/// more often than its confidence says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UntilDecided {
    /// Most replicates, decided or not.
    #[schemars(range(min = 2, max = MOST_RUNS))]
    #[serde(default = "default_at_most")]
    pub at_most: u32,
}

fn default_at_most() -> u32 {
    1000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_of_the_map_are_denser_early_and_end_with_the_last() {
        let record = Record::default();
        assert_eq!(record.map_periods(1), [0]);
        assert_eq!(record.map_periods(2), [0, 1]);
        assert_eq!(record.map_periods(10), [0, 1, 2, 3, 4, 5, 7, 9]);
        let long = record.map_periods(300);
        assert_eq!((long[0], long[long.len() - 1]), (0, 299));
        assert!((20..=30).contains(&long.len()), "{}", long.len());
        let gaps: Vec<u32> = long.windows(2).map(|pair| pair[1] - pair[0]).collect();
        assert!(gaps[..gaps.len() - 1].is_sorted() && gaps[0] == 1);
        assert_eq!(record.map_periods(u32::MAX).last(), Some(&(u32::MAX - 1)));
    }
}
