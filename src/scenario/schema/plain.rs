//! Values that are written plainly (a name, a number) or else as a table.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserializer;
use serde::de::{Error, MapAccess, Unexpected, Visitor};

/// A type of such values.
pub(super) trait Plain: Sized {
    /// What is expected, for messages.
    const EXPECTED: &'static str;

    /// The value that a text stands for.
    fn from_text(_: &str) -> Option<Self> {
        None
    }

    /// The value that a number stands for; whole numbers are numbers, too.
    fn from_number(_: f64) -> Option<Self> {
        None
    }

    /// The value that a table stands for.
    ///
    /// # Errors
    /// The table is of another kind.
    fn from_table<'de, A: MapAccess<'de>>(_: A) -> Result<Self, A::Error> {
        Err(A::Error::invalid_type(Unexpected::Map, &Self::EXPECTED))
    }
}

/// Reads a plain value or a table, so that an error still names the key in it.
pub(super) fn read<'de, T: Plain, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_any(PlainOrTable(PhantomData))
}

struct PlainOrTable<T>(PhantomData<T>);

impl<'de, T: Plain> Visitor<'de> for PlainOrTable<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        T::from_text(text).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<T, E> {
        T::from_number(number).ok_or_else(|| E::invalid_type(Unexpected::Float(number), &self))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        self.visit_f64(number as f64)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        self.visit_f64(number as f64)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::from_table(map)
    }
}
