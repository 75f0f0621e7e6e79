//! Rules by which a firm chooses its experience and its price: a plain value, or a table with `rule`.
//!
//! serde derives the tables (`remote = "Self"` turns what it derives into plain functions); the
//! implementations at the end add the plain value in front, so that an error still names the key.

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema};
use serde::de::MapAccess;
use serde::de::value::MapAccessDeserializer;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::json;

use super::limits::{MOST, MOST_IN_ALL};
use super::plain::{self, Plain};
use super::presets;

/// How a firm chooses the experience that it offers (section 5 of the model).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(
    remote = "Self",
    tag = "rule",
    rename_all = "kebab-case",
    deny_unknown_fields
)]
#[schemars(rename = "ExperienceRule", transform = with_experience_name)]
pub enum ExperienceRule {
    /// Always the experience of this name.
    #[serde(skip)]
    Fixed(String),
    /// One experience per kind of need or population.
    Portfolio {
        /// Experience by kind of need; comes before the population.
        #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
        by_need: IndexMap<String, String>,
        /// Experience by population.
        #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
        by_population: IndexMap<String, String>,
        /// Experience for all others.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        otherwise: Option<String>,
    },
    /// Per customer, the last step whose conditions are met.
    Graduated {
        /// The steps, the first without conditions.
        #[schemars(length(min = 1))]
        steps: Vec<Step>,
        /// Standard deviation of a customer's stated agency preference about the true one (>= 0).
        #[serde(default = "default_agency_error")]
        #[schemars(range(min = 0.0, max = MOST))]
        agency_error: f64,
    },
    /// Tries the candidates, then mostly offers the most profitable.
    Adaptive {
        /// Experiences to try, in this order; at least one.
        #[schemars(length(min = 1))]
        candidates: Vec<String>,
        /// Periods between reviews (>= 1).
        #[serde(default = "default_review_every")]
        #[schemars(range(min = 1))]
        review_every: u32,
        /// Probability of trying one at random at a review.
        #[serde(default = "default_adaptive_explore")]
        #[schemars(range(min = 0.0, max = 1.0))]
        explore: f64,
        /// Weight of the past in the average profit of an experience.
        #[serde(default = "default_memory")]
        #[schemars(range(min = 0.0, max = 1.0))]
        memory: f64,
    },
    /// Copies the most profitable firm.
    Imitate {
        /// Experience at entry.
        start: String,
        /// Periods between reviews (>= 1).
        #[serde(default = "default_review_every")]
        #[schemars(range(min = 1))]
        review_every: u32,
        /// Probability of taking one of the market's experiences at random at a review.
        #[serde(default = "default_imitate_explore")]
        #[schemars(range(min = 0.0, max = 1.0))]
        explore: f64,
    },
}

impl ExperienceRule {
    /// The experiences that the rule names, in its order, repetitions included.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        match self {
            Self::Fixed(name) | Self::Imitate { start: name, .. } => vec![name],
            Self::Portfolio {
                by_need,
                by_population,
                otherwise,
            } => (by_need.values())
                .chain(by_population.values())
                .chain(otherwise)
                .map(String::as_str)
                .collect(),
            Self::Graduated { steps, .. } => {
                steps.iter().map(|step| step.experience.as_str()).collect()
            }
            Self::Adaptive { candidates, .. } => candidates.iter().map(String::as_str).collect(),
        }
    }
}

/// One step of a graduated rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The experience offered.
    pub experience: String,
    /// Least knowledge index at which the step applies (0 to 1).
    #[serde(default)]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub knowledge: f64,
    /// Highest stated agency preference at which the step applies (0 to 1).
    #[serde(default = "default_max_agency")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub max_agency: f64,
    /// Highest cost of a mistake, `G` of the kind of need, at which the step applies (>= 0). Left out: no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.0, max = MOST))]
    pub max_stakes: Option<f64>,
}

/// How a firm sets its price (section 6 of the model).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(
    remote = "Self",
    tag = "rule",
    rename_all = "kebab-case",
    deny_unknown_fields
)]
#[schemars(rename = "PriceRule", transform = with_price)]
pub enum PriceRule {
    /// Always this price (>= 0).
    #[serde(skip)]
    Fixed(f64),
    /// Cost plus a share of the value that the firm creates.
    ValueShare {
        /// Share of the created value (0 to 1).
        #[serde(default = "default_share")]
        #[schemars(range(min = 0.0, max = 1.0))]
        share: f64,
        /// Price until the first transaction (>= 0).
        #[serde(default = "default_start")]
        #[schemars(range(min = 0.0, max = MOST_IN_ALL))]
        start: f64,
        /// Speed of the averages of willingness to pay and cost (above 0, at most 1).
        #[serde(default = "default_speed")]
        #[schemars(range(max = 1.0), extend("exclusiveMinimum" = 0.0))]
        speed: f64,
    },
}

fn default_agency_error() -> f64 {
    0.15
}

fn default_max_agency() -> f64 {
    1.0
}

fn default_review_every() -> u32 {
    20
}

fn default_adaptive_explore() -> f64 {
    0.1
}

fn default_memory() -> f64 {
    0.5
}

fn default_imitate_explore() -> f64 {
    0.05
}

fn default_share() -> f64 {
    0.5
}

fn default_start() -> f64 {
    0.3
}

fn default_speed() -> f64 {
    0.1
}

/// Puts a plain value in front of the tables of a rule.
fn with_plain(schema: &mut Schema, plain: serde_json::Value) {
    let mut alternatives = vec![plain];
    if let Some(serde_json::Value::Array(tables)) = schema.remove("oneOf") {
        alternatives.extend(tables);
    }
    schema.insert("anyOf".to_owned(), alternatives.into());
}

fn with_experience_name(schema: &mut Schema) {
    with_plain(
        schema,
        json!({ "type": "string", "description": "Always the experience of this name.", "examples": presets().map(|(name, _)| name) }),
    );
}

fn with_price(schema: &mut Schema) {
    with_plain(
        schema,
        json!({ "type": "number", "minimum": 0.0, "maximum": MOST_IN_ALL, "description": "Always this price." }),
    );
}

impl Serialize for ExperienceRule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Fixed(name) => serializer.serialize_str(name),
            // the derived function, not this one: inherent functions come first
            table => Self::serialize(table, serializer),
        }
    }
}

impl<'de> Deserialize<'de> for ExperienceRule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        plain::read(deserializer)
    }
}

impl Plain for ExperienceRule {
    const EXPECTED: &'static str = "the name of an experience, or a table with `rule`";

    fn from_text(name: &str) -> Option<Self> {
        Some(Self::Fixed(name.to_owned()))
    }

    fn from_table<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
        Self::deserialize(MapAccessDeserializer::new(map))
    }
}

impl Serialize for PriceRule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Fixed(price) => serializer.serialize_f64(*price),
            Self::ValueShare { .. } => Self::serialize(self, serializer),
        }
    }
}

impl<'de> Deserialize<'de> for PriceRule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        plain::read(deserializer)
    }
}

impl Plain for PriceRule {
    const EXPECTED: &'static str = "a price, or a table with `rule`";

    fn from_number(price: f64) -> Option<Self> {
        Some(Self::Fixed(price))
    }

    fn from_table<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
        Self::deserialize(MapAccessDeserializer::new(map))
    }
}
