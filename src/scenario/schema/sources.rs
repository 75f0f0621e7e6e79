//! `[[analyses]]` of kind "sources": what a firm owes to each kind of learning.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Quantity;

/// Whose advantage is taken apart, and by what it is measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Sources {
    /// The focal firm.
    pub firm: String,
    /// What is measured: a quantity of the table `summary`, period by period.
    #[serde(default = "default_outcome")]
    pub outcome: Quantity,
    /// Experiences that take the place of the firm's own, to compare; `[]` for none. Left out: all experiences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub experiences: Option<Vec<String>>,
    /// Whether it is asked at every point of the sweep, of the market that the point is; its tables then say which point.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub at_each_point: bool,
}

fn default_outcome() -> Quantity {
    Quantity::CumulativeProfit
}
