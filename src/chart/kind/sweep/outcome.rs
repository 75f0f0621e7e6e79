//! What an outcome of a sweep is called, how it is written, and what values it can take.

use crate::analysis::Quantity;
use crate::chart::kit::{Format, Range, Style};

/// A quantity of `summary` as charts show it.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Which it is.
    pub quantity: Quantity,
    /// What a title calls it.
    pub title: &'static str,
    /// What is measured, over which periods and in which unit.
    pub measured: String,
    /// Its unit in a few words, for a legend; empty where numbers speak for themselves.
    pub unit: &'static str,
    /// How its numbers are written.
    pub format: Format,
    /// What an axis of it spans.
    pub range: Range,
}

impl Outcome {
    /// None for a quantity that `summary` does not hold.
    #[must_use]
    pub fn of(style: &Style, quantity: Quantity) -> Option<Self> {
        // whether it has a unit, how it is written, and what values it can take
        let (has_unit, format, range) = match quantity {
            Quantity::Share => (false, style.percent(), Range::PART),
            Quantity::ValueCreated | Quantity::CumulativeProfit => {
                (true, style.number(), Range::ANY)
            }
            Quantity::CompetitiveAdvantage => (true, style.signed(), Range::ANY),
            Quantity::Knowledge | Quantity::Fit => (false, style.number(), Range::PART),
            Quantity::Price => (true, style.number(), Range::POSITIVE),
            Quantity::Customers => (false, style.number(), Range::POSITIVE),
            _ => return None,
        };
        let key = quantity.column();
        let mut measured = style.say(&format!("outcomes.{key}.measured")).to_owned();
        if quantity != Quantity::CumulativeProfit {
            measured.push_str(&format!(", {}", style.say("sweep.closing")));
        }
        if has_unit {
            measured.push_str(&format!(", {}", style.say("words.unit")));
        }
        Some(Self {
            quantity,
            title: style.say(&format!("outcomes.{key}.title")),
            measured,
            unit: if has_unit {
                style.say("words.unit_short")
            } else {
                ""
            },
            format,
            range: match quantity {
                Quantity::Share | Quantity::CompetitiveAdvantage | Quantity::CumulativeProfit => {
                    range.with_zero()
                }
                _ => range,
            },
        })
    }

    /// The stem of the files of a figure of it, where nobody gives another.
    #[must_use]
    pub fn figure_name(quantity: Quantity) -> String {
        format!("sweep-{}", quantity.column().replace('_', "-"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_quantity_of_the_summary_can_be_drawn_and_no_other() {
        for quantity in Quantity::ALL {
            let is_held = Quantity::SUMMARY.contains(&quantity);
            assert_eq!(
                Outcome::of(&Style::default(), quantity).is_some(),
                is_held,
                "{quantity:?}"
            );
        }
        assert_eq!(
            Outcome::figure_name(Quantity::CompetitiveAdvantage),
            "sweep-competitive-advantage"
        );
    }
}
