//! `[simulation]`: how long, how often, from which seed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Length, repetition and seed of the simulation.
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
}

impl Default for Simulation {
    fn default() -> Self {
        Self {
            periods: 300,
            replicates: 20,
            seed: 1,
            discount_rate: 0.0,
        }
    }
}
