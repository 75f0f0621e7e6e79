//! `[[hypotheses]]`: what a scenario claims of its figures, said before it is run.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::chart::ChartPeriods;
use super::limits::LONGEST_PROSE;

/// A claim, and the statement about figures that bears it out or refutes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hypothesis {
    /// The claim: a sentence.
    pub claim: String,
    /// The statement that holds if the claim does, such as "share of coach in aware - share of coach in base > 0.05".
    #[schemars(length(max = LONGEST_PROSE))]
    pub holds_if: String,
    /// Confidence of the interval that decides.
    #[serde(default = "default_confidence")]
    #[schemars(extend("exclusiveMinimum" = 0.5, "exclusiveMaximum" = 1.0))]
    pub confidence: f64,
    /// What would refute the claim: a sentence.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[schemars(length(max = LONGEST_PROSE))]
    pub refuted_by: String,
    /// Whether the model makes it so, whatever the parameters: then it illustrates, and tests nothing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_construction: bool,
    /// The periods that figures without periods of their own are about. Left out: as in `summary`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub periods: Option<ChartPeriods>,
}

fn default_confidence() -> f64 {
    0.95
}
