//! `[[variants]]`: worlds that differ from the scenario in what they set, and share its random draws.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::limits::MOST;

/// The scenario with some things different. All variants are simulated with the same random draws as the scenario itself, so
/// that they differ by nothing but what they set. One that sets nothing gives the scenario itself another name than `base`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Variant {
    /// Name, in tables, charts and hypotheses.
    pub name: String,
    /// Title, in words for an audience. Left out: the name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// What it sets: paths with their values, whatever a sweep could vary, rules included.
    #[schemars(with = "IndexMap<String, serde_json::Value>")]
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub set: IndexMap<String, toml::Value>,
    /// Whether the scenario's interventions happen.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub interventions: bool,
    /// Knowledge that a firm is given about its customers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub head_start: Option<GivenHeadStart>,
}

/// Knowledge that a firm is given in a period about each of its home customers who share data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GivenHeadStart {
    /// Name of the firm.
    pub firm: String,
    /// The period at whose start it is given, counted from 0.
    pub period: u32,
    /// How many observations of each customer it is worth.
    #[schemars(range(min = 0.0, max = MOST), extend("exclusiveMinimum" = 0.0))]
    #[serde(default = "one")]
    pub observations: f64,
}

fn yes() -> bool {
    true
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands the field over by reference"
)]
fn is_yes(flag: &bool) -> bool {
    *flag
}

fn one() -> f64 {
    1.0
}

impl Variant {
    /// What the scenario itself is called where no variant names it.
    pub const BASE: &'static str = "base";

    /// The scenario itself under a name.
    #[must_use]
    pub fn base(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            title: String::new(),
            set: IndexMap::new(),
            interventions: true,
            head_start: None,
        }
    }

    /// Whether it is the scenario itself.
    #[must_use]
    pub fn is_base(&self) -> bool {
        self.set.is_empty() && self.interventions && self.head_start.is_none()
    }

    /// Its title, or else its name.
    #[must_use]
    pub fn label(&self) -> &str {
        match self.title.trim() {
            "" => &self.name,
            title => title,
        }
    }

    /// What it sets: `path = value` of each.
    pub fn settings(&self) -> impl Iterator<Item = String> {
        let set = self.set.iter();
        set.map(|(path, value)| format!("{path} = {value}"))
    }

    /// Variants with the scenario itself in front, under its name; nothing of nothing.
    #[must_use]
    pub fn with_base(variants: &[Self]) -> Vec<Self> {
        if variants.is_empty() {
            return Vec::new();
        }
        let (base, others): (Vec<&Self>, Vec<&Self>) =
            variants.iter().partition(|variant| variant.is_base());
        let named = base.first().map(|base| (*base).clone());
        let base = named.unwrap_or_else(|| Self::base(Self::BASE));
        std::iter::once(base)
            .chain(others.into_iter().cloned())
            .collect()
    }
}
