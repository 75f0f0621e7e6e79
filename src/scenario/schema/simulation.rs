//! `[simulation]`: how long, how often, from which seed, and what is kept.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Outcome;

/// Length, repetition and seed of the simulation, and what is kept of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Simulation {
    /// Number of periods `T`, counted from 0.
    #[schemars(range(min = 1))]
    pub periods: u32,
    /// Number of replicates `R`: independent repetitions with other random draws, counted from 0.
    #[schemars(range(min = 1))]
    pub replicates: u32,
    /// Seed of all random draws. Equal seeds give equal results.
    pub seed: u64,
    /// Discount rate per period, for discounted cumulative profit: 0 is no discounting.
    #[schemars(range(min = 0.0), extend("exclusiveMaximum" = 1.0))]
    pub discount_rate: f64,
    /// Which rows of the tables are stored.
    #[serde(skip_serializing_if = "Record::is_everything")]
    pub record: Record,
    /// Adds replicates until the results are precise enough. Left out: `replicates` it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub precision: Option<Precision>,
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
}

impl Record {
    /// Whether all rows of all tables are stored.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        *self == Self::default()
    }

    /// Whether the rows of a period are stored.
    #[must_use]
    pub fn keeps_period(&self, period: u32) -> bool {
        period >= self.from && (period - self.from).is_multiple_of(self.every.max(1))
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
            tables: RecordedTable::ALL.to_vec(),
            every: 1,
            from: 0,
        }
    }
}

/// A table that can be stored or left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RecordedTable {
    /// One row per replicate, period, firm and population.
    Periods,
    /// One row per replicate, period and firm.
    Firms,
    /// One row per replicate, period and population.
    Market,
}

impl RecordedTable {
    /// All tables.
    pub const ALL: [Self; 3] = [Self::Periods, Self::Firms, Self::Market];

    /// Name of the table.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Periods => "periods",
            Self::Firms => "firms",
            Self::Market => "market",
        }
    }
}

/// When results are precise enough: the 95 % interval of every firm's value reaches no further than `half_width` to either side.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Precision {
    /// The outcome that has to be precise.
    #[serde(default)]
    pub of: Outcome,
    /// Largest half-width of the 95 % interval of its mean, in the outcome's unit.
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    pub half_width: f64,
    /// Most replicates, precise or not.
    #[schemars(range(min = 2))]
    #[serde(default = "default_at_most")]
    pub at_most: u32,
}

fn default_at_most() -> u32 {
    1000
}
