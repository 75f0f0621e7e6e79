//! What an outcome of a sweep is called, how it is written, and what values it can take.

use crate::analysis::Quantity;
use crate::analysis::kind::FigureShape;
use crate::chart::kit::{Format, Range, Style, fill, words};
use crate::scenario::{Statistic, SweepOutcome};

/// What of a sweep is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shown {
    /// The outcome.
    pub outcome: SweepOutcome,
    /// What is made of the replicates.
    pub statistic: Statistic,
}

/// An outcome as charts show it.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Which it is.
    pub shown: Shown,
    /// What a title calls it.
    pub title: String,
    /// What is measured, over which periods and in which unit.
    pub measured: String,
    /// Its unit in a few words, for a legend; empty where numbers speak for themselves.
    pub unit: &'static str,
    /// How its numbers are written.
    pub format: Format,
    /// What an axis of it spans.
    pub range: Range,
    /// What divides more from less, if anything does.
    pub neutral: Option<f64>,
}

impl Outcome {
    /// The words of what is shown; `by` is what an analysis measures by, the name of a quantity.
    #[must_use]
    pub fn of(style: &Style, shown: Shown, by: &str) -> Self {
        match shown.outcome.quantity() {
            Some(quantity) => Self::of_quantity(style, shown, quantity),
            None => Self::of_figure(style, shown, by),
        }
    }

    /// The mean of a quantity; none of one that `summary` does not hold.
    #[must_use]
    pub fn of_mean(style: &Style, quantity: Quantity) -> Option<Self> {
        let shown = Shown {
            outcome: SweepOutcome::named(quantity.column())?,
            ..Shown::default()
        };
        Some(Self::of(style, shown, ""))
    }

    fn of_quantity(style: &Style, shown: Shown, quantity: Quantity) -> Self {
        // whether it has a unit, how it is written, and what values it can take
        let (has_unit, format, range) = match quantity {
            Quantity::Share => (false, style.percent(), Range::PART.with_zero()),
            Quantity::CumulativeProfit => (true, style.number(), Range::ANY.with_zero()),
            Quantity::CompetitiveAdvantage => (true, style.signed(), Range::ANY.with_zero()),
            Quantity::Knowledge | Quantity::Fit => (false, style.number(), Range::PART),
            Quantity::Price => (true, style.number(), Range::POSITIVE),
            Quantity::Customers => (false, style.number(), Range::POSITIVE),
            _ => (true, style.number(), Range::ANY),
        };
        let key = quantity.column();
        let mut measured = style.say(&format!("outcomes.{key}.measured")).to_owned();
        if quantity != Quantity::CumulativeProfit {
            measured.push_str(&format!(", {}", style.say("sweep.closing")));
        }
        if has_unit {
            measured.push_str(&format!(", {}", style.say("words.unit")));
        }
        let outcome = Self {
            shown,
            title: style.say(&format!("outcomes.{key}.title")).to_owned(),
            measured,
            unit: if has_unit {
                style.say("words.unit_short")
            } else {
                ""
            },
            format,
            range,
            neutral: (quantity == Quantity::CompetitiveAdvantage).then_some(0.0),
        };
        outcome.of_statistic(style)
    }

    /// The words of a statistic around those of its quantity.
    fn of_statistic(self, style: &Style) -> Self {
        let key = match self.shown.statistic {
            Statistic::Mean => return self,
            other => other.name(),
        };
        let outcome = words::first_small(&self.title);
        let measured = words::first_small(&self.measured);
        let title = style.fill(&format!("statistics.{key}.title"), &[("outcome", &outcome)]);
        let measured = style.fill(
            &format!("statistics.{key}.measured"),
            &[("outcome", &measured)],
        );
        let own = match self.shown.statistic {
            // half of the range is the most
            Statistic::StandardDeviation => Self {
                range: Range::POSITIVE.with_zero(),
                format: if self.format.is_percent() {
                    style.percent()
                } else {
                    style.number()
                },
                neutral: None,
                ..self
            },
            Statistic::Leads => Self {
                range: Range::PART.with_zero(),
                format: style.percent(),
                unit: "",
                neutral: None,
                ..self
            },
            Statistic::Median | Statistic::Mean => self,
        };
        Self {
            title,
            measured,
            ..own
        }
    }

    fn of_figure(style: &Style, shown: Shown, by: &str) -> Self {
        let key = format!("figures.{}", shown.outcome.name());
        let by = match by {
            "" => "",
            by => style.say(&format!("figures.by.{by}")),
        };
        let (format, neutral) = match FigureShape::of(shown.outcome) {
            Some(FigureShape::Part) => (style.percent(), Some(0.0)),
            Some(FigureShape::Amount { neutral }) => (style.number(), Some(neutral)),
            Some(FigureShape::Verdict) | None => (style.number(), None),
        };
        Self {
            shown,
            title: style.say(&format!("{key}.title")).to_owned(),
            measured: style.fill(&format!("{key}.measured"), &[("by", &by)]),
            unit: "",
            format,
            range: Range::ANY.with_zero(),
            neutral,
        }
    }

    /// What the lines and bands are: "Median and 95 % interval of 40 replicates."
    #[must_use]
    pub fn replicates(&self, style: &Style, count: u32, with_interval: bool) -> String {
        let is_mean = self.shown.statistic == Statistic::Mean;
        if count < 2 || (is_mean && self.shown.outcome.quantity().is_some()) {
            return words::replicates(style, count, with_interval);
        }
        let count = style.texts.grouped(u64::from(count));
        let key = match self.shown.outcome.quantity() {
            Some(_) => format!("statistics.{}", self.shown.statistic.name()),
            None => "figures".to_owned(),
        };
        let end = if with_interval { "with_interval" } else { "of" };
        style.fill(&format!("{key}.{end}"), &[("count", &count)])
    }

    /// What the line between more and less is, and that dots mark where it is not told.
    #[must_use]
    pub fn line_in_words(&self, style: &Style) -> String {
        match self.shown.outcome {
            SweepOutcome::FeedbackLeadGrowth => style.say("heat.line_of_growth").to_owned(),
            SweepOutcome::FeedbackLeadRatio => style.say("heat.line_of_leads").to_owned(),
            _ => {
                let decimals = usize::from(self.neutral.is_some_and(|value| value.fract() != 0.0));
                let value = self.format.write(self.neutral.unwrap_or(0.0), decimals);
                fill!(style, "heat.line", value)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{ChartStyle, Language};

    #[test]
    fn everything_that_can_be_asked_for_has_words_in_every_language() {
        for language in Language::ALL {
            let style = Style::new(&ChartStyle {
                language,
                ..ChartStyle::default()
            });
            for outcome in SweepOutcome::ALL {
                for statistic in Statistic::ALL {
                    if statistic != Statistic::Mean && outcome.quantity().is_none() {
                        continue;
                    }
                    let shown = Shown { outcome, statistic };
                    let words = Outcome::of(&style, shown, "value_created");
                    for text in [
                        &words.title,
                        &words.measured,
                        &words.replicates(&style, 20, true),
                        &words.replicates(&style, 20, false),
                    ] {
                        let is_told = !text.is_empty() && !text.contains(['{', '.', ':'])
                            || text.ends_with('.');
                        assert!(is_told || text.contains(' '), "{shown:?}: {text}");
                    }
                }
            }
        }
    }
}
