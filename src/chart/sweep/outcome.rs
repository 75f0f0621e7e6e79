//! What an outcome of a sweep is called, how it is written, and what values it can take.

use crate::analysis::Quantity;
use crate::chart::axis::Format;
use crate::chart::words;

/// A quantity of `summary` as charts show it.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Which it is.
    pub quantity: Quantity,
    /// The stem of the figure's files.
    pub name: String,
    /// What a title calls it.
    pub title: &'static str,
    /// What is measured, over which periods and in which unit.
    pub measured: String,
    /// Its unit in a few words, for a legend; empty where numbers speak for themselves.
    pub unit: &'static str,
    /// How its numbers are written.
    pub format: Format,
    /// Least and greatest value that can be.
    pub limits: (f64, f64),
    /// Whether an axis includes zero in any case.
    pub from_zero: bool,
}

/// The unit of values in a few words; a subtitle has all of them.
const VALUE: &str = "1: willingness to pay for a perfect fit";
const ANY: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);
const POSITIVE: (f64, f64) = (0.0, f64::INFINITY);
const PART: (f64, f64) = (0.0, 1.0);
/// The periods over which `summary` is taken.
const CLOSING: &str = "mean of the last tenth of the periods";

impl Outcome {
    /// None for a quantity that `summary` does not hold.
    #[must_use]
    pub fn of(quantity: Quantity) -> Option<Self> {
        let part = ("", Format::Percent, PART);
        let index = ("", Format::Number, PART);
        let (title, what, (unit, format, limits)) = match quantity {
            Quantity::Share => ("Market shares", "Share of transactions", part),
            Quantity::ValueCreated => (
                "Value created",
                "Value created per transaction",
                (VALUE, Format::Number, ANY),
            ),
            Quantity::CompetitiveAdvantage => (
                "Competitive advantage",
                "Value created per transaction, less that of the best rival",
                (VALUE, Format::Signed, ANY),
            ),
            Quantity::Knowledge => ("Knowledge", "Knowledge of a customer (0 to 1)", index),
            Quantity::Fit => ("Fit", "Fit of what is offered (0 to 1)", index),
            Quantity::Price => (
                "Prices",
                "Price per transaction",
                (VALUE, Format::Number, POSITIVE),
            ),
            Quantity::Customers => (
                "Customers",
                "Home customers",
                ("", Format::Number, POSITIVE),
            ),
            Quantity::CumulativeProfit => (
                "Cumulative profit",
                "Discounted profit of all periods",
                (VALUE, Format::Number, ANY),
            ),
            _ => return None,
        };
        let mut measured = what.to_owned();
        if quantity != Quantity::CumulativeProfit {
            measured.push_str(&format!(", {CLOSING}"));
        }
        if !unit.is_empty() {
            measured.push_str(&format!(", {}", words::UNIT));
        }
        Some(Self {
            quantity,
            name: format!("sweep-{}", quantity.column().replace('_', "-")),
            title,
            measured,
            unit,
            format,
            limits,
            from_zero: matches!(
                quantity,
                Quantity::Share | Quantity::CompetitiveAdvantage | Quantity::CumulativeProfit
            ),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_quantity_of_the_summary_can_be_drawn_and_no_other() {
        for quantity in Quantity::ALL {
            let is_held = Quantity::SUMMARY.contains(&quantity);
            assert_eq!(Outcome::of(quantity).is_some(), is_held, "{quantity:?}");
        }
        let advantage = Outcome::of(Quantity::CompetitiveAdvantage).unwrap();
        assert_eq!(advantage.name, "sweep-competitive-advantage");
    }
}
