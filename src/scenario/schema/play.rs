//! `[play]`: a market that teams play in rounds.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Quantity;
use super::limits::{MOST_IN_ALL, MOST_RUNS};

/// The rules by which teams play the market in `flywheel lab`: each holds a firm, and chooses its experience and its price before every round.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Play {
    /// Periods of a round; the run is as many rounds as its periods hold.
    #[schemars(range(min = 1, max = MOST_RUNS))]
    pub round: u32,
    /// The firms that teams hold. Left out: all firms.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub teams: Vec<String>,
    /// The experiences that a team can choose. Left out: all experiences, presets first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub experiences: Vec<String>,
    /// The least that a team can ask for a transaction.
    #[serde(default)]
    #[schemars(range(min = 0.0, max = MOST_IN_ALL))]
    pub lowest_price: f64,
    /// The most that a team can ask for a transaction.
    #[serde(default = "highest_price")]
    #[schemars(range(min = 0.0, max = MOST_IN_ALL))]
    pub highest_price: f64,
    /// What the team that has most of it wins by: a quantity of the table `summary`.
    #[serde(default = "goal")]
    pub goal: Quantity,
}

/// A perfect fit without friction is worth 1.
fn highest_price() -> f64 {
    1.0
}

fn goal() -> Quantity {
    Quantity::CumulativeProfit
}
