//! `[[hypotheses]]`: what a scenario claims of its figures, said before it is run.

use indexmap::IndexMap;
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
    /// A parameter along which it is looked for where the claim stops holding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Limit>,
    /// Several such, in place of `limit`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<Limit>,
    /// Whether it is judged again with other draws, numbers of customers and of taste dimensions, and in shorter periods.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub robust: bool,
}

impl Hypothesis {
    /// The parameters along which it is looked for where the claim stops holding.
    pub fn all_limits(&self) -> impl Iterator<Item = &Limit> {
        self.limit.iter().chain(&self.limits)
    }
}

/// A parameter along which it is looked for where a claim stops holding.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// Path of the parameter, such as `populations.NAME.need.rate`; `*` in place of a name means all.
    pub key: String,
    /// Its first value, at which the claim should hold.
    pub from: f64,
    /// Its last value; below `from` to go down.
    pub to: f64,
    /// Into how many equal steps the way is divided: values between them are not tried.
    #[schemars(range(min = 1, max = 10_000))]
    #[serde(default = "default_steps")]
    pub steps: u32,
    /// Parameters that move along with it, each from a first value to a last one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub along: Vec<MovedAlong>,
    /// What else differs from the scenario: paths with their values, as variants set them.
    #[schemars(with = "IndexMap<String, serde_json::Value>")]
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub set: IndexMap<String, toml::Value>,
    /// The parameter in words for an audience. Left out: its path.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// What `set` means, in words, such as "where mistakes cost little".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub given: String,
}

/// A parameter that moves along with another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MovedAlong {
    /// Its path.
    pub key: String,
    /// Its first value.
    pub from: f64,
    /// Its last value.
    pub to: f64,
}

impl Limit {
    /// The parameter in words, and what else differs; its path where there are no words.
    #[must_use]
    pub fn name(&self) -> String {
        let label = match self.label.trim() {
            "" => &self.key,
            label => label,
        };
        match self.given.trim() {
            "" => label.to_owned(),
            given => format!("{label}, {given}"),
        }
    }
}

fn default_steps() -> u32 {
    100
}

fn default_confidence() -> f64 {
    0.95
}
