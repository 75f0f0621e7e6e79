//! `[[analyses]]` of kind "game": firms as players, experiences as strategies.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::limits::MOST_RUNS;
use super::{ExperienceRule, Quantity};

/// Which firms choose among which experiences, and what they want.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(inline)]
pub struct Game {
    /// The firms that choose. Left out: all firms.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub players: Vec<String>,
    /// What each of them can choose: experiences, or rules. Left out: all experiences, presets first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub strategies: Vec<ExperienceRule>,
    /// What each of them wants much of: a quantity of the table `summary`.
    pub outcome: Quantity,
    /// Most replicates of a profile: more than `simulation.replicates` are simulated only where the answer is undecided. Left out: eight times as many.
    #[schemars(range(min = 1, max = MOST_RUNS))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_most: Option<u32>,
    /// Whether it is played at every point of the sweep, in the market that the point is; its tables then say which point.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub at_each_point: bool,
}

impl Default for Game {
    fn default() -> Self {
        Self {
            players: Vec::new(),
            strategies: Vec::new(),
            outcome: Quantity::CumulativeProfit,
            at_most: None,
            at_each_point: false,
        }
    }
}
