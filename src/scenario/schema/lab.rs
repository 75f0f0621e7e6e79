//! `[lab]`: what the lab offers to change.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What `flywheel lab` offers to change.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Lab {
    /// The parameters that have a control from the start, in this order. Left out: those that the scenario sets, the axes of its sweep, and usual ones.
    pub controls: Vec<LabControl>,
}

/// A parameter with a control.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["key"]))]
pub struct LabControl {
    /// Path of the parameter, such as "populations.NAME.awareness"; `*` in place of a name means all.
    pub key: String,
    /// What it is called. Left out: its name in words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// Least value of its slider. Left out: a usual one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<f64>,
    /// Largest value of its slider. Left out: a usual one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<f64>,
    /// Step of its slider. Left out: about a hundredth of the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    pub step: Option<f64>,
}
