//! Trees to and from the values of other crates.

use serde::de::DeserializeOwned;

use super::{Node, Table, Value};
use crate::scenario::diagnostics::Problem;

impl Node {
    /// The tree as a type. What does not fit was found by the check of the structure, which knows its place.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        serde_json::from_value(self.to_json()).map_err(|error| Problem::new(error.to_string()))
    }

    /// The tree as JSON, for serde. Only valid trees keep all they hold: JSON has no infinity.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::String(text) | Value::Datetime(text) => text.as_str().into(),
            Value::Integer(number) => integer_to_json(*number),
            Value::Float(number) => (*number).into(),
            Value::Boolean(boolean) => (*boolean).into(),
            Value::Array(items) => items.iter().map(Self::to_json).collect(),
            Value::Table(table) => serde_json::Value::Object(
                table
                    .iter()
                    .map(|(key, node)| (key.clone(), node.to_json()))
                    .collect(),
            ),
            Value::Invalid => serde_json::Value::Null,
        }
    }
}

impl From<&toml::Value> for Node {
    fn from(value: &toml::Value) -> Self {
        Self::plain(match value {
            toml::Value::String(text) => Value::String(text.clone()),
            toml::Value::Integer(number) => Value::Integer(i128::from(*number)),
            toml::Value::Float(number) => Value::Float(*number),
            toml::Value::Boolean(boolean) => Value::Boolean(*boolean),
            toml::Value::Datetime(datetime) => Value::Datetime(datetime.to_string()),
            toml::Value::Array(items) => Value::Array(items.iter().map(Self::from).collect()),
            toml::Value::Table(table) => Value::Table(
                table
                    .iter()
                    .map(|(key, value)| (key.clone(), Self::from(value)))
                    .collect::<Table>(),
            ),
        })
    }
}

fn integer_to_json(number: i128) -> serde_json::Value {
    if let Ok(small) = i64::try_from(number) {
        small.into()
    } else if let Ok(large) = u64::try_from(number) {
        large.into()
    } else {
        serde_json::Value::Null
    }
}
