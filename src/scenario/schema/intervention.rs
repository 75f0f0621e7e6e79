//! `[[interventions]]`: what changes while the market runs.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters that take new values from the start of a period on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Intervention {
    /// First period in which the new values hold.
    #[schemars(range(min = 0))]
    pub period: u32,
    /// What charts call it, in a few words. Left out: the parameters that it sets.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// New values by parameter path, such as `populations.NAME.need.rate`; `*` in place of a name means all.
    #[schemars(with = "IndexMap<String, serde_json::Value>")]
    pub set: IndexMap<String, toml::Value>,
}
