//! Hypotheses as tables: what became of them, and where they stop holding.

use std::collections::BTreeMap;
use std::path::Path;

use super::judged::{CHANGES, Hypotheses, Judged, Repetition, Robustness, Verdict};
use super::limit::FoundLimit;
use crate::analysis::Estimate;
use crate::experiment::Filled;
use crate::scenario::Scenario;
use crate::table::{
    self, Batch, Definition, HYPOTHESES, HypothesisRow, LIMITS, LimitRow, Numbering, ROBUSTNESS,
    RobustnessRow, TableError,
};

impl Hypotheses {
    /// The table `hypotheses`, and `limits` and `robustness` where they have any.
    #[must_use]
    pub fn tables(&self, is_sweep: bool) -> Vec<Filled> {
        let mut tables = vec![self.filled(is_sweep)];
        if self.all.iter().any(|one| !one.limits.is_empty()) {
            tables.push(Filled::plain(self.limits()));
        }
        if self.all.iter().any(|one| !one.repetitions.is_empty()) {
            tables.push(Filled::plain(self.repetitions()));
        }
        tables
    }

    fn filled(&self, is_sweep: bool) -> Filled {
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
                limit_holds: end(one, |limit| limit.holds),
                limit_fails: end(one, |limit| limit.fails),
                robust: one.robustness().map_or("", Robustness::name),
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

    fn limits(&self) -> Batch {
        let mut rows = Vec::new();
        for one in &self.all {
            rows.extend((1..).zip(&one.limits).map(|(place, limit)| LimitRow {
                hypothesis: i64::from(one.number),
                limit: place,
                key: limit.key.as_str(),
                name: limit.name.as_str(),
                from: limit.tried.0,
                to: limit.tried.1,
                holds: limit.holds.unwrap_or(f64::NAN),
                holds_estimate: limit.at_holds.mean,
                holds_low: limit.at_holds.low,
                holds_high: limit.at_holds.high,
                fails: limit.fails.unwrap_or(f64::NAN),
                fails_estimate: limit.at_fails.mean,
                fails_low: limit.at_fails.low,
                fails_high: limit.at_fails.high,
                replicates: i64::from(limit.at_holds.count),
            }));
        }
        LimitRow::batch(rows)
    }

    fn repetitions(&self) -> Batch {
        let mut rows = Vec::new();
        for one in &self.all {
            rows.extend(one.repetitions.iter().map(|repetition| RobustnessRow {
                hypothesis: i64::from(one.number),
                change: repetition.change,
                estimate: repetition.estimate.mean,
                low: repetition.estimate.low,
                high: repetition.estimate.high,
                verdict: repetition.verdict.name(),
                replicates: i64::from(repetition.estimate.count),
            }));
        }
        RobustnessRow::batch(rows)
    }

    /// What the tables in a folder say; none where the scenario has no hypotheses, or its run was stopped before it came to them.
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
                    verdict: verdict(row.verdict),
                    more: row.more,
                    limits: Vec::new(),
                    repetitions: Vec::new(),
                });
            }
        });
        if let Err(TableError::Missing { .. }) = read {
            return Ok(None);
        }
        read?;
        if scenario
            .hypotheses
            .iter()
            .any(|one| one.all_limits().next().is_some())
        {
            read_limits(folder, &mut all)?;
        }
        if scenario.hypotheses.iter().any(|one| one.robust) {
            read_repetitions(folder, &mut all)?;
        }
        Ok(Some(Self { all }))
    }
}

/// The verdict of a name.
fn verdict(name: &str) -> Verdict {
    let all = Verdict::ALL.into_iter();
    let mut own = all.filter(|one| one.name() == name);
    own.next().unwrap_or(Verdict::Undecided)
}

/// Reads a table that has no points; nothing of one that is not there, for the run was stopped before it came to it.
fn read_if_there(
    folder: &Path,
    table: &'static Definition,
    mut take: impl FnMut(&Batch),
) -> Result<(), TableError> {
    match table::read(folder, table, &Numbering::default(), |batch, _| take(batch)) {
        Err(TableError::Missing { .. }) => Ok(()),
        read => read,
    }
}

/// The hypothesis of a number.
fn numbered(all: &mut [Judged], number: i64) -> Option<&mut Judged> {
    let mut all = all.iter_mut();
    all.find(|one| i64::from(one.number) == number)
}

/// Gives hypotheses what the table in a folder holds of changed markets; none where the run was stopped before it came to them.
fn read_repetitions(folder: &Path, all: &mut [Judged]) -> Result<(), TableError> {
    read_if_there(folder, &ROBUSTNESS, |batch| {
        for row in RobustnessRow::all(batch) {
            let own = numbered(all, row.hypothesis);
            let change = CHANGES.into_iter().find(|change| *change == row.change);
            if let (Some(own), Some(change)) = (own, change) {
                own.repetitions.push(Repetition {
                    change,
                    estimate: Estimate::stored([row.estimate, row.low, row.high], row.replicates),
                    verdict: verdict(row.verdict),
                });
            }
        }
    })
}

/// An end of the first limit of a hypothesis; NaN without one.
fn end(one: &Judged, of: fn(&FoundLimit) -> Option<f64>) -> f64 {
    one.limits.first().and_then(of).unwrap_or(f64::NAN)
}

/// Gives hypotheses the limits that the table in a folder holds; none where the run was stopped before it came to them.
fn read_limits(folder: &Path, all: &mut [Judged]) -> Result<(), TableError> {
    let known = |number: f64| (!number.is_nan()).then_some(number);
    read_if_there(folder, &LIMITS, |batch| {
        for row in LimitRow::all(batch) {
            let own = numbered(all, row.hypothesis);
            let Some(own) = own else { continue };
            own.limits.push(FoundLimit {
                key: row.key.to_owned(),
                name: row.name.to_owned(),
                tried: (row.from, row.to),
                holds: known(row.holds),
                at_holds: Estimate::stored(
                    [row.holds_estimate, row.holds_low, row.holds_high],
                    row.replicates,
                ),
                fails: known(row.fails),
                at_fails: Estimate::stored(
                    [row.fails_estimate, row.fails_low, row.fails_high],
                    row.replicates,
                ),
            });
        }
    })
}
