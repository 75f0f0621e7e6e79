//! How numbers are written.

use crate::language::Texts;

/// What numbers of an axis are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Shares, as percentages.
    Percent,
    /// Plain numbers.
    Number,
    /// Numbers with their signs.
    Signed,
}

/// How numbers of an axis are written, in a language: see [`super::style::Style::percent`] and its siblings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Format {
    kind: Kind,
    texts: &'static Texts,
}

impl Format {
    /// Numbers of a kind in a language.
    #[must_use]
    pub const fn new(kind: Kind, texts: &'static Texts) -> Self {
        Self { kind, texts }
    }

    /// What numbers are.
    #[must_use]
    pub fn kind(self) -> Kind {
        self.kind
    }

    /// A whole number with its digits in groups.
    #[must_use]
    pub fn grouped(self, number: u64) -> String {
        self.texts.grouped(number)
    }

    /// Whether numbers are percentages.
    #[must_use]
    pub fn is_percent(self) -> bool {
        self.kind == Kind::Percent
    }

    /// Writes a number with so many decimals (of the percentage, for shares).
    #[must_use]
    pub fn write(self, value: f64, decimals: usize) -> String {
        let value = if self.is_percent() {
            value * 100.0
        } else {
            value
        };
        let digits = format!("{:.decimals$}", value.abs());
        let is_zero = digits.bytes().all(|digit| matches!(digit, b'0' | b'.'));
        let sign = match self.kind {
            _ if is_zero => "",
            _ if value < 0.0 => "−",
            Kind::Signed => "+",
            _ => "",
        };
        let unit = if self.is_percent() {
            self.texts.get("numbers.percent")
        } else {
            ""
        };
        format!("{sign}{}{unit}", self.texts.with_decimals(&digits))
    }
}
