//! The loss that a firm can bear: a number, or "unlimited".

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::limits::MOST_IN_ALL;
use super::plain::{self, Plain};

/// The cumulative loss that a firm can bear.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Funding {
    /// The firm never leaves.
    Unlimited,
    /// The firm leaves once its undiscounted cumulative profit falls below minus this amount (>= 0).
    Limit(f64),
}

impl Funding {
    /// Whether no loss drives the firm out.
    #[must_use]
    pub fn is_unlimited(&self) -> bool {
        matches!(self, Self::Unlimited)
    }
}

impl Serialize for Funding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Unlimited => serializer.serialize_str("unlimited"),
            Self::Limit(amount) => serializer.serialize_f64(*amount),
        }
    }
}

impl<'de> Deserialize<'de> for Funding {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        plain::read(deserializer)
    }
}

impl Plain for Funding {
    const EXPECTED: &'static str = "an amount, or \"unlimited\"";

    fn from_number(amount: f64) -> Option<Self> {
        Some(Self::Limit(amount))
    }

    fn from_text(word: &str) -> Option<Self> {
        (word == "unlimited").then_some(Self::Unlimited)
    }
}

impl JsonSchema for Funding {
    fn schema_name() -> Cow<'static, str> {
        "Funding".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "The cumulative loss that a firm can bear.",
            "anyOf": [
                { "type": "number", "minimum": 0.0, "maximum": MOST_IN_ALL, "description": "The firm leaves once its cumulative loss exceeds this amount." },
                { "type": "string", "const": "unlimited", "description": "The firm never leaves." }
            ]
        })
    }
}
