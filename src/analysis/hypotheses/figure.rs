//! A figure of a statement, taken from one replicate of a variant.

use std::ops::Range;

use crate::experiment::{Design, Finished};
use crate::scenario::expression::FigureOf;
use crate::scenario::measures::{self, Measure};
use crate::scenario::{Hypothesis, MarketQuantity, Quantity, Scenario, closing};
use crate::statistics::Moments;
use crate::table::{Batch, Label};

/// A figure that a statement names, resolved.
#[derive(Debug, Clone)]
pub struct Sought {
    /// Place of the variant; 0 is the scenario itself.
    pub variant: usize,
    measure: Measure,
    /// Name of the firm, or `market`.
    of: String,
    among: Option<String>,
    /// None as in `summary`.
    window: Option<Range<u32>>,
    /// Number of periods of a run.
    periods: u32,
}

impl Sought {
    /// Finds what a figure means.
    ///
    /// # Errors
    /// There is no such quantity or variant.
    pub fn new(
        figure: &FigureOf,
        hypothesis: &Hypothesis,
        scenario: &Scenario,
        design: &Design,
    ) -> Result<Self, String> {
        let known = |known: Vec<&str>| {
            format!(
                "`{}` is no quantity: there are {}",
                figure.quantity,
                known.join(", ")
            )
        };
        let variant = match &figure.variant {
            None => 0,
            Some(name) => {
                let mut names = design.variants().iter().map(|variant| &variant.name);
                let place = names.position(|known| known == name);
                place.ok_or_else(|| format!("there is no variant `{name}`"))?
            }
        };
        let periods = scenario.simulation.periods;
        let own = figure.periods.map(|(from, to)| from..to + 1);
        let common = hypothesis.periods.map(|window| {
            let last = periods.saturating_sub(1);
            window.from..window.to.unwrap_or(last).min(last) + 1
        });
        Ok(Self {
            variant,
            measure: measures::named(&figure.quantity, &figure.of).map_err(known)?,
            of: figure.of.clone(),
            among: figure.among.clone(),
            window: own.or(common),
            periods,
        })
    }

    /// The figure in a replicate; NaN where it has none. Populations are those of the variant with their customers.
    pub fn value(
        &self,
        finished: &Finished,
        firms: &[String],
        populations: &[(String, f64)],
    ) -> f64 {
        if self.window.is_none() && self.among.is_none() && self.measure.is_in_summary() {
            return self.of_summary(finished, firms);
        }
        match self.measure {
            Measure::Share => {
                let all = self.rows(&finished.records.periods, None);
                let own = self.rows(&finished.records.periods, Some(&self.of));
                own.sum("transactions") / all.sum("transactions")
            }
            Measure::Mean(column, of) => self
                .rows(&finished.records.periods, Some(&self.of))
                .mean(column, of),
            Measure::Sum(column) => {
                let rows = self.rows(&finished.records.periods, Some(&self.of));
                rows.sum(column) / self.length()
            }
            Measure::Firm(column) => {
                let rows = self.rows(&finished.records.firms, Some(&self.of));
                match column {
                    // what accumulates is what it has come to
                    "cumulative_profit" => rows.last(column),
                    _ => rows.plain_mean(column),
                }
            }
            Measure::Market(quantity) => self.of_market(quantity, finished, populations),
        }
    }

    /// As in `summary`, or its like of the market.
    fn of_summary(&self, finished: &Finished, firms: &[String]) -> f64 {
        let quantity = match self.measure {
            Measure::Market(quantity) => return finished.market[quantity as usize],
            Measure::Share => Some(Quantity::Share),
            Measure::Mean(column, _) | Measure::Sum(column) | Measure::Firm(column) => {
                Quantity::named(column)
            }
        };
        let place = firms.iter().position(|name| *name == self.of);
        let figures = place.and_then(|place| finished.figures.get(place));
        let found = quantity
            .zip(figures)
            .and_then(|(quantity, all)| quantity.of_summary(all));
        found.copied().unwrap_or(f64::NAN)
    }

    fn of_market(
        &self,
        quantity: MarketQuantity,
        finished: &Finished,
        populations: &[(String, f64)],
    ) -> f64 {
        let rows = self.rows(&finished.records.market, None);
        let own = |(name, _): &&(String, f64)| self.among.as_ref().is_none_or(|one| one == name);
        let customers: f64 = populations.iter().filter(own).map(|(_, count)| count).sum();
        match quantity {
            MarketQuantity::Coverage => rows.sum("fulfilled") / rows.sum("needs"),
            MarketQuantity::Recognized => rows.sum("recognized") / rows.sum("needs"),
            MarketQuantity::Concentration => {
                let shares = self.rows(&finished.records.firms, None);
                let squares = shares.values("share").map(|share| share * share);
                let sum: f64 = squares.filter(|square| square.is_finite()).sum();
                sum / self.length()
            }
            MarketQuantity::ConsumerSurplus | MarketQuantity::ProducerSurplus => {
                rows.sum(quantity.column()) / customers / self.length()
            }
        }
    }

    fn window(&self) -> Range<u32> {
        let all = self.periods;
        self.window.clone().unwrap_or_else(|| match self.measure {
            Measure::Firm("cumulative_profit") => all.saturating_sub(1)..all,
            _ => closing(all),
        })
    }

    /// Number of periods.
    fn length(&self) -> f64 {
        let window = self.window();
        f64::from(window.end - window.start)
    }

    /// The rows of a table in the window, of the population if one is named, and of a firm if one is asked for.
    fn rows<'a>(&self, batch: &'a Batch, firm: Option<&str>) -> Rows<'a> {
        let window = self.window();
        let has = |column: &str| batch.definition().position(column).is_some();
        let label =
            |column: &str, name: Option<&str>| -> Option<(&'a [Label], &'a Batch, String)> {
                let name = name.filter(|_| has(column))?.to_owned();
                Some((batch.labels(column), batch, name))
            };
        let firm = label("firm", firm);
        let population = label("population", self.among.as_deref());
        let is = |of: &Option<(&[Label], &Batch, String)>, row: usize| {
            of.as_ref()
                .is_none_or(|(labels, batch, name)| batch.name(labels[row]) == name)
        };
        let periods = batch.integers("period").iter().enumerate();
        let inside =
            |period: i64| u32::try_from(period).is_ok_and(|period| window.contains(&period));
        Rows {
            batch,
            rows: periods
                .filter(|&(row, &period)| inside(period) && is(&firm, row) && is(&population, row))
                .map(|(row, _)| row)
                .collect(),
        }
    }
}

/// Some rows of a table.
struct Rows<'a> {
    batch: &'a Batch,
    rows: Vec<usize>,
}

impl Rows<'_> {
    fn values(&self, column: &str) -> impl Iterator<Item = f64> {
        let values = self.batch.column_as_numbers(column);
        self.rows.iter().map(move |&row| values[row])
    }

    fn sum(&self, column: &str) -> f64 {
        self.values(column).filter(|value| value.is_finite()).sum()
    }

    /// Mean over what a column counts.
    fn mean(&self, column: &str, of: &str) -> f64 {
        let weighted = self.values(column).zip(self.values(of));
        let known = weighted.filter(|(value, weight)| value.is_finite() && *weight > 0.0);
        let (sum, weight) = known.fold((0.0, 0.0), |(sum, all), (value, weight)| {
            (sum + value * weight, all + weight)
        });
        sum / weight
    }

    fn plain_mean(&self, column: &str) -> f64 {
        Moments::of(self.values(column)).mean()
    }

    fn last(&self, column: &str) -> f64 {
        self.values(column).last().unwrap_or(f64::NAN)
    }
}
