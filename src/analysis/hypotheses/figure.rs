//! A figure of a statement, taken from one replicate of a variant.

use std::collections::BTreeMap;
use std::ops::Range;

use super::rows::Rows;
use crate::analysis::kind::Sample;
use crate::experiment::{Design, Finished};
use crate::scenario::expression::FigureOf;
use crate::scenario::measures::{self, Measure};
use crate::scenario::{
    Analysis, Hypothesis, MarketQuantity, Quantity, RecordedTable, Scenario, SweepOutcome, closing,
};
use crate::table::{Batch, Label};

/// A figure that a statement names, resolved.
#[derive(Debug, Clone)]
pub struct Sought {
    /// Place of the variant; 0 is the scenario itself.
    pub variant: usize,
    what: What,
}

/// What a figure is.
#[derive(Debug, Clone)]
enum What {
    /// The parameter at this path.
    Parameter(String),
    /// A figure of an analysis, which comes with its answer.
    Answer(AnswerFigure),
    /// What the market does.
    Measured(Measured),
}

/// A figure of an analysis.
#[derive(Debug, Clone)]
pub struct AnswerFigure {
    /// Which analysis: its place in the scenario, from 1.
    pub number: u32,
    outcome: SweepOutcome,
    firm: String,
    /// The period for which it was asked; the first where none is named.
    period: Option<u32>,
}

impl AnswerFigure {
    fn new(figure: &FigureOf, scenario: &Scenario) -> Result<Self, String> {
        let outcome = SweepOutcome::named(&figure.quantity);
        let outcome = outcome.ok_or_else(|| format!("no analysis has `{}`", figure.quantity))?;
        let period = figure.periods.map(|(period, _)| period);
        let asks = |analysis: &Analysis| {
            Some(analysis.kind()) == outcome.analysis()
                && analysis.firm() == Some(&figure.of)
                && period.is_none_or(|period| analysis.periods().contains(&period))
        };
        let place = scenario.analyses.iter().position(asks);
        let number = place.and_then(|place| u32::try_from(place + 1).ok());
        Ok(Self {
            number: number.ok_or_else(|| {
                format!(
                    "no analysis asks for `{}` of `{}`",
                    figure.quantity, figure.of
                )
            })?,
            outcome,
            firm: figure.of.clone(),
            period,
        })
    }

    /// Its values by replicate, of those of the analysis.
    pub fn values<'a>(&self, samples: &'a [Sample]) -> Option<&'a [f64]> {
        let is_it = |sample: &&Sample| {
            let is_then = self.period.is_none() || sample.period == self.period;
            sample.outcome == self.outcome && sample.firm == self.firm && is_then
        };
        samples
            .iter()
            .find(is_it)
            .map(|sample| sample.values.as_slice())
    }
}

/// What figures need to know of the world that they are taken from.
#[derive(Debug, Clone)]
pub struct World {
    firms: Vec<String>,
    /// Names and customers.
    populations: Vec<(String, f64)>,
    /// The values of the parameters that are sought, by path.
    parameters: BTreeMap<String, f64>,
}

impl World {
    /// What these figures need to know of a world.
    pub fn of<'a>(scenario: &Scenario, figures: impl IntoIterator<Item = &'a Sought>) -> Self {
        let populations = scenario.populations.iter();
        let parameters = figures.into_iter().filter_map(|sought| match &sought.what {
            What::Parameter(path) => Some((path.clone(), scenario.number_at(path)?)),
            What::Answer(_) | What::Measured(_) => None,
        });
        Self {
            firms: scenario
                .firms
                .iter()
                .map(|firm| firm.name.clone())
                .collect(),
            populations: populations
                .map(|one| (one.name.clone(), f64::from(one.customers)))
                .collect(),
            parameters: parameters.collect(),
        }
    }
}

/// What the market does, over some periods.
#[derive(Debug, Clone)]
struct Measured {
    measure: Measure,
    /// Name of the firm, or `market`.
    of: String,
    among: Option<String>,
    /// None as in `summary`.
    window: Option<Range<u32>>,
    /// Number of periods of a run.
    periods: u32,
    /// What a figure per period is multiplied by: how many periods there are in one of those that the statement means.
    per_period: f64,
}

impl Sought {
    /// Finds what a figure means, in periods of which so many are one of the statement's.
    ///
    /// # Errors
    /// There is no such quantity or variant.
    pub fn new(
        figure: &FigureOf,
        hypothesis: &Hypothesis,
        (scenario, pace): (&Scenario, u32),
        design: &Design,
    ) -> Result<Self, String> {
        let variant = match &figure.variant {
            None => 0,
            Some(name) => {
                let mut names = design.variants().iter().map(|variant| &variant.name);
                let place = names.position(|known| known == name);
                place.ok_or_else(|| format!("there is no variant `{name}`"))?
            }
        };
        let what = if figure.is_parameter() {
            What::Parameter(figure.quantity.clone())
        } else if figure.is_of_analysis() {
            What::Answer(AnswerFigure::new(figure, scenario)?)
        } else {
            What::Measured(Measured::new(figure, hypothesis, (scenario, pace))?)
        };
        Ok(Self { variant, what })
    }

    /// What it is of an analysis, if it is that.
    pub fn of_analysis(&self) -> Option<&AnswerFigure> {
        match &self.what {
            What::Answer(figure) => Some(figure),
            _ => None,
        }
    }

    /// The figure in a replicate, NaN where it has none; none of an analysis, which has cells of its own.
    pub fn value(&self, finished: &Finished, world: &World) -> Option<f64> {
        match &self.what {
            What::Parameter(path) => Some(world.parameters.get(path).copied().unwrap_or(f64::NAN)),
            What::Answer(_) => None,
            What::Measured(measured) => {
                Some(measured.value(finished, &world.firms, &world.populations))
            }
        }
    }

    /// The table whose rows it is taken from, and the first period; none where the figures of `summary` do.
    pub fn rows(&self) -> Option<(RecordedTable, u32)> {
        match &self.what {
            What::Parameter(_) | What::Answer(_) => None,
            What::Measured(measured) => measured.needs(),
        }
    }
}

impl Measured {
    fn new(
        figure: &FigureOf,
        hypothesis: &Hypothesis,
        (scenario, pace): (&Scenario, u32),
    ) -> Result<Self, String> {
        let known = |known: Vec<&str>| {
            format!(
                "`{}` is no quantity: there are {}",
                figure.quantity,
                known.join(", ")
            )
        };
        let periods = scenario.simulation.periods;
        let own = (figure.periods).map(|(from, to)| pace * from..pace * (to + 1));
        let common = hypothesis.periods.map(|window| {
            let last = periods.saturating_sub(1);
            window.from..window.to.unwrap_or(last).min(last) + 1
        });
        let measure = measures::named(&figure.quantity, &figure.of).map_err(known)?;
        Ok(Self {
            measure,
            of: figure.of.clone(),
            among: figure.among.clone(),
            window: own.or(common),
            periods,
            per_period: match measure.is_by_the_period() {
                true => f64::from(pace),
                false => 1.0,
            },
        })
    }

    /// Whether it is as in `summary`.
    fn is_of_summary(&self) -> bool {
        self.window.is_none() && self.among.is_none() && self.measure.is_in_summary()
    }

    fn needs(&self) -> Option<(RecordedTable, u32)> {
        let table = match self.measure {
            Measure::Market(MarketQuantity::Concentration) | Measure::Firm(_) => {
                RecordedTable::Firms
            }
            Measure::Market(_) => RecordedTable::Market,
            _ => RecordedTable::Periods,
        };
        (!self.is_of_summary()).then(|| (table, self.window().start))
    }

    /// The figure in a replicate; NaN where it has none. Populations are those of the variant with their customers.
    fn value(&self, finished: &Finished, firms: &[String], populations: &[(String, f64)]) -> f64 {
        self.per_period * self.of_period(finished, firms, populations)
    }

    fn of_period(
        &self,
        finished: &Finished,
        firms: &[String],
        populations: &[(String, f64)],
    ) -> f64 {
        if self.is_of_summary() {
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
            Measure::Total(column, of) => {
                let rows = self.rows(&finished.records.periods, Some(&self.of));
                rows.total(column, of) / self.length()
            }
            Measure::RepeatFit => {
                let rows = self.rows(&finished.records.periods, Some(&self.of));
                let (all, new) = (rows.sum("transactions"), rows.sum("first_time"));
                let fit = rows.total("fit", "transactions") - rows.total("first_fit", "first_time");
                fit / (all - new)
            }
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
            Measure::RepeatFit | Measure::Total(..) => None,
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
