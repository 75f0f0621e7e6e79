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
    /// New values by parameter path, such as `populations.NAME.need.rate`; `*` in place of a name means all.
    #[schemars(with = "IndexMap<String, serde_json::Value>")]
    pub set: IndexMap<String, toml::Value>,
}
