//! The loss that a firm can bear: a number, or "unlimited".

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

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
        struct AmountOrUnlimited;
        // an amount may be written as a whole number
        #[allow(clippy::cast_precision_loss)]
        impl Visitor<'_> for AmountOrUnlimited {
            type Value = Funding;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an amount, or \"unlimited\"")
            }

            fn visit_f64<E: Error>(self, amount: f64) -> Result<Funding, E> {
                Ok(Funding::Limit(amount))
            }

            fn visit_i64<E: Error>(self, amount: i64) -> Result<Funding, E> {
                Ok(Funding::Limit(amount as f64))
            }

            fn visit_u64<E: Error>(self, amount: u64) -> Result<Funding, E> {
                Ok(Funding::Limit(amount as f64))
            }

            fn visit_str<E: Error>(self, word: &str) -> Result<Funding, E> {
                match word {
                    "unlimited" => Ok(Funding::Unlimited),
                    other => Err(E::invalid_value(Unexpected::Str(other), &self)),
                }
            }
        }
        deserializer.deserialize_any(AmountOrUnlimited)
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
                { "type": "number", "minimum": 0.0, "description": "The firm leaves once its cumulative loss exceeds this amount." },
                { "type": "string", "const": "unlimited", "description": "The firm never leaves." }
            ]
        })
    }
}
