//! `[[analyses]]`: questions that need runs of their own.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Game, Outcome, Sources};

/// A question that needs runs of its own; `kind` says which.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Analysis {
    /// Which of the sweep's parameters an outcome depends on, over their whole ranges.
    Sensitivity {
        /// How it is measured.
        #[serde(default)]
        method: SensitivityMethod,
        /// The outcome: a quantity of the table `summary`.
        #[serde(default)]
        outcome: Outcome,
        /// The firm whose outcome it is.
        firm: String,
        /// Base samples of "sobol" (default 1024), or trajectories of "morris" (default 20).
        #[schemars(range(min = 2, max = 65_536))]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        samples: Option<u32>,
    },
    /// Which experiences firms would choose if each answers the others: payoffs of every profile, equilibria, cycles.
    Game(Game),
    /// What a firm owes to individual-level and what to population-level learning.
    Sources(Sources),
}

/// How sensitivity is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SensitivityMethod {
    /// Sobol indices: the part of the outcome's variance due to each parameter, alone and with others.
    #[default]
    Sobol,
    /// Morris screening: mean and spread of the effects of single steps; needs far fewer runs.
    Morris,
}

impl SensitivityMethod {
    /// Base samples or trajectories where the scenario does not say.
    #[must_use]
    pub const fn default_samples(self) -> u32 {
        match self {
            Self::Sobol => 1024,
            Self::Morris => 20,
        }
    }
}
