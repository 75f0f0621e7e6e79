//! Hypotheses: claims that were stated before a run, held against its figures replicate by replicate.
//!
//! A statement compares figures of variants, which share their draws, so its two sides are taken from one replicate and their difference is
//! what varies. It is *supported* where the interval of the mean difference lies wholly on the claimed side, *refuted* where it lies
//! wholly on the other, and *undecided* otherwise.
//!
//! Where replicates are added until all is decided, intervals are looked at several times, and each look is a chance to be wrong. The
//! number of looks is known beforehand, since every look doubles the replicates, so each spends an equal part of the error that the confidence allows (Bonferroni's
//! inequality, which holds however looks depend on each other): over all looks together, a wrong verdict is no more likely than at one.

mod figure;

use std::collections::BTreeMap;
use std::path::Path;

use super::{Estimate, Moments};
use crate::experiment::{Cell, Design, Filled, Finished};
use crate::scenario::expression::Statement;
use crate::scenario::{Diagnostics, Hypothesis, Problem, Scenario};
use crate::table::{self, HYPOTHESES, HypothesisRow, Numbering, TableError};
use figure::Sought;

/// What became of the hypotheses of a scenario.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Hypotheses {
    /// All, point by point of a sweep, in the order of the scenario.
    pub all: Vec<Judged>,
}

/// A hypothesis and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// Its place in the scenario, from 1.
    pub number: u32,
    /// Point of the sweep; 0 without one.
    pub point: u32,
    /// What is claimed.
    pub claim: String,
    /// The statement that bears it out.
    pub holds_if: String,
    /// Mean of its left side, or where the right side is no number, of the difference, with the interval that decides.
    pub estimate: Estimate,
    /// What the estimate is held against.
    pub threshold: f64,
    /// The confidence that was asked for.
    pub confidence: f64,
    /// What became of it.
    pub verdict: Verdict,
    /// About how many more replicates would decide it; NaN where it is decided, or nothing says.
    pub more: f64,
}

/// What became of a hypothesis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The interval lies wholly on the claimed side.
    Supported,
    /// It lies wholly on the other side.
    Refuted,
    /// It does not say.
    Undecided,
}

impl Verdict {
    const ALL: [Self; 3] = [Self::Supported, Self::Refuted, Self::Undecided];

    /// Its name in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::Refuted => "refuted",
            Self::Undecided => "undecided",
        }
    }
}

/// After how many replicates a run is looked at that adds some until all is decided: those of the scenario, then twice as many each
/// time, and the most.
#[must_use]
pub fn looks(replicates: u32, at_most: u32) -> Vec<u32> {
    let doubled = std::iter::successors(Some(replicates.max(1)), |count| count.checked_mul(2));
    let mut looks: Vec<u32> = doubled.take_while(|count| *count < at_most).collect();
    looks.push(at_most.max(replicates));
    looks
}

/// A hypothesis that is looked at.
#[derive(Debug)]
struct Asked {
    hypothesis: Hypothesis,
    statement: Statement,
    figures: Vec<Sought>,
}

/// Takes in cells as they are done, and judges.
#[derive(Debug)]
pub struct HypothesesCollector {
    design: Design,
    asked: Vec<Asked>,
    /// The names of the firms of each world.
    firms: Vec<Vec<String>>,
    /// Name and customers of the populations, by variant.
    populations: Vec<Vec<(String, f64)>>,
    /// How often the run is looked at.
    looks: usize,
    /// By point and replicate: the figures of each hypothesis.
    values: BTreeMap<(u32, u32), Vec<Vec<f64>>>,
}

impl HypothesesCollector {
    /// A collector for the hypotheses of a scenario; none where it has none. `firms` has the names of the firms of each world.
    ///
    /// # Errors
    /// A statement cannot be read, of a scenario that was built in code.
    pub fn new(
        scenario: &Scenario,
        design: &Design,
        firms: Vec<Vec<String>>,
    ) -> Result<Option<Self>, Diagnostics> {
        if scenario.hypotheses.is_empty() {
            return Ok(None);
        }
        let mut asked = Vec::new();
        for hypothesis in &scenario.hypotheses {
            let wrong = |what| Diagnostics::one(&scenario.name, Problem::new(what));
            let statement = Statement::parse(&hypothesis.holds_if).map_err(wrong)?;
            let figures = statement.figures.iter();
            let sought = figures
                .map(|figure| Sought::new(figure, hypothesis, scenario, design))
                .collect::<Result<_, String>>()
                .map_err(wrong)?;
            asked.push(Asked {
                hypothesis: hypothesis.clone(),
                figures: sought,
                statement,
            });
        }
        let mut populations = Vec::new();
        for variant in 0..design.variants().len().max(1) {
            let world = design.world(u32::try_from(variant).unwrap_or(u32::MAX))?;
            let all = world.populations.iter();
            populations.push(
                all.map(|one| (one.name.clone(), f64::from(one.customers)))
                    .collect(),
            );
        }
        let simulation = &scenario.simulation;
        let looks = simulation
            .until_decided
            .as_ref()
            .map_or(1, |until| looks(simulation.replicates, until.at_most).len());
        Ok(Some(Self {
            design: design.clone(),
            asked,
            firms,
            populations,
            looks,
            values: BTreeMap::new(),
        }))
    }

    /// Takes in a cell, whose point is its world.
    pub fn take(&mut self, cell: Cell, finished: &Finished) {
        let (point, variant) = self.design.place(cell.point);
        let (Some(firms), Some(populations)) = (
            self.firms.get(cell.point as usize),
            self.populations.get(variant),
        ) else {
            return;
        };
        let empty = || {
            let asked = self.asked.iter();
            asked.map(|one| vec![f64::NAN; one.figures.len()]).collect()
        };
        let row: &mut Vec<Vec<f64>> = self
            .values
            .entry((point, cell.replicate))
            .or_insert_with(empty);
        for (asked, row) in self.asked.iter().zip(row) {
            for (sought, value) in asked.figures.iter().zip(row) {
                if sought.variant == variant {
                    *value = sought.value(finished, firms, populations);
                }
            }
        }
    }

    /// What the cells so far say.
    #[must_use]
    pub fn judge(&self) -> Hypotheses {
        let mut all = Vec::new();
        let mut points: Vec<u32> = self.values.keys().map(|(point, _)| *point).collect();
        points.dedup();
        for point in points {
            let rows: Vec<&Vec<Vec<f64>>> = (self.values.range((point, 0)..=(point, u32::MAX)))
                .map(|(_, row)| row)
                .collect();
            for (place, asked) in self.asked.iter().enumerate() {
                let differences = rows
                    .iter()
                    .map(|row| asked.statement.difference(&row[place]));
                let moments = Moments::of(differences.filter(|value| value.is_finite()));
                all.push(self.judged(point, place, asked, &moments));
            }
        }
        Hypotheses { all }
    }

    fn judged(&self, point: u32, place: usize, asked: &Asked, moments: &Moments) -> Judged {
        let hypothesis = &asked.hypothesis;
        // each look spends an equal part of the error
        let error = (1.0 - hypothesis.confidence) / self.looks as f64;
        let difference = moments.estimate_at(1.0 - error);
        let sides = [difference.low > 0.0, difference.high < 0.0];
        let verdict = match (sides, asked.statement.greater) {
            ([true, _], true) | ([_, true], false) => Verdict::Supported,
            ([true, _], false) | ([_, true], true) => Verdict::Refuted,
            _ => Verdict::Undecided,
        };
        let threshold = asked.statement.threshold();
        let more = match verdict {
            // the interval shrinks with the root of the number
            Verdict::Undecided => {
                let count = f64::from(difference.count);
                let needed = count * (difference.reach() / difference.mean).powi(2);
                // nothing tells where all replicates are equal
                match needed.is_finite() {
                    true => (needed - count).ceil().max(1.0),
                    false => f64::NAN,
                }
            }
            _ => f64::NAN,
        };
        Judged {
            number: u32::try_from(place + 1).unwrap_or(u32::MAX),
            point,
            claim: hypothesis.claim.clone(),
            holds_if: hypothesis.holds_if.clone(),
            estimate: Estimate {
                mean: difference.mean + threshold,
                low: difference.low + threshold,
                high: difference.high + threshold,
                ..difference
            },
            threshold,
            confidence: hypothesis.confidence,
            verdict,
            more,
        }
    }
}

impl Judged {
    /// Verdict, claim and what was found, in an English sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let reach = self.estimate.reach();
        let size = if reach > 0.0 {
            reach
        } else {
            self.estimate.mean.abs()
        };
        let decimals = match size > 0.0 && size.is_finite() {
            true => (1.0 - libm::log10(size).floor()).clamp(0.0, 6.0) as usize,
            false => 1,
        };
        let written = |value: f64| match value.is_nan() {
            true => "-".to_owned(),
            false => format!("{value:.decimals$}"),
        };
        let more = match self.more.is_finite() {
            true => format!("; about {:.0} more replicates would decide", self.more),
            false => String::new(),
        };
        format!(
            "{}: {} ({} [{}, {}] against {}, {} replicates{more})",
            self.verdict.name(),
            self.claim.trim().trim_end_matches('.'),
            written(self.estimate.mean),
            written(self.estimate.low),
            written(self.estimate.high),
            self.threshold,
            self.estimate.count
        )
    }
}

impl Hypotheses {
    /// Whether all are decided.
    #[must_use]
    pub fn are_decided(&self) -> bool {
        !self.all.is_empty() && self.all.iter().all(|one| one.verdict != Verdict::Undecided)
    }

    /// The table `hypotheses`.
    #[must_use]
    pub fn filled(&self, is_sweep: bool) -> Filled {
        let mut parts: BTreeMap<u32, Vec<&Judged>> = BTreeMap::new();
        for one in &self.all {
            parts.entry(one.point).or_default().push(one);
        }
        let batch = |of: &Vec<&Judged>| {
            HypothesisRow::batch(of.iter().map(|one| HypothesisRow {
                hypothesis: i64::from(one.number),
                claim: one.claim.as_str(),
                holds_if: one.holds_if.as_str(),
                estimate: one.estimate.mean,
                standard_deviation: one.estimate.standard_deviation,
                low: one.estimate.low,
                high: one.estimate.high,
                threshold: one.threshold,
                confidence: one.confidence,
                verdict: one.verdict.name(),
                replicates: i64::from(one.estimate.count),
                more: one.more,
            }))
        };
        Filled {
            table: &HYPOTHESES,
            numbering: Numbering::new(is_sweep, Vec::new()),
            parts: parts
                .iter()
                .map(|(point, of)| (*point, batch(of)))
                .collect(),
        }
    }

    /// What the table in a folder says; none where the scenario has no hypotheses, or its run was stopped before it came to them.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn read(folder: &Path, scenario: &Scenario) -> Result<Option<Self>, TableError> {
        if scenario.hypotheses.is_empty() {
            return Ok(None);
        }
        let mut all = Vec::new();
        let numbering = Numbering::new(scenario.sweep.is_some(), Vec::new());
        let read = table::read(folder, &HYPOTHESES, &numbering, |batch, points| {
            for (place, row) in HypothesisRow::all(batch).enumerate() {
                let number = |number: i64| u32::try_from(number).unwrap_or(0);
                let verdict = Verdict::ALL
                    .into_iter()
                    .find(|one| one.name() == row.verdict);
                all.push(Judged {
                    number: number(row.hypothesis),
                    point: points.get(place).map_or(0, |&point| number(point)),
                    claim: row.claim.to_owned(),
                    holds_if: row.holds_if.to_owned(),
                    estimate: Estimate {
                        standard_deviation: row.standard_deviation,
                        ..Estimate::stored([row.estimate, row.low, row.high], row.replicates)
                    },
                    threshold: row.threshold,
                    confidence: row.confidence,
                    verdict: verdict.unwrap_or(Verdict::Undecided),
                    more: row.more,
                });
            }
        });
        match read {
            Err(TableError::Missing { .. }) => Ok(None),
            read => read.map(|()| Some(Self { all })),
        }
    }
}

#[cfg(test)]
mod tests;
