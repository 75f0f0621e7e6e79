//! Answers from the tables of a finished run.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use super::run::questions;
use super::{AnalysisKind, Answered, Answers, Kind, Listed, each_kind};
use crate::analysis::AnalysisError;
use crate::scenario::{Scenario, SweepOutcome};
use crate::table::{self, Batch, Numbering, TableError};

/// The tables of one kind of analysis in a folder.
#[derive(Debug)]
pub struct StoredTables(Vec<Batch>);

impl StoredTables {
    /// Those of each point; of none where a table does not say of which points its rows are.
    fn read<K: Kind>(folder: &Path) -> Result<BTreeMap<Option<u32>, Self>, TableError> {
        let mut found: BTreeMap<Option<u32>, Self> = BTreeMap::new();
        let none = || {
            K::TABLES
                .iter()
                .map(|table| Batch::new(table, Arc::default()))
        };
        for (place, definition) in K::TABLES.iter().enumerate() {
            table::read(folder, definition, &Numbering::points(), |batch, of| {
                let number = |point: i64| u32::try_from(point).unwrap_or(u32::MAX);
                let points: BTreeSet<i64> = of.iter().copied().collect();
                for point in &points {
                    let mut own = batch.clone();
                    own.retain(|row| of[row] == *point);
                    let tables = found.entry(Some(number(*point)));
                    tables.or_insert_with(|| Self(none().collect())).0[place].append(&own);
                }
                if points.is_empty() {
                    let tables = found.entry(None);
                    tables.or_insert_with(|| Self(none().collect())).0[place].append(batch);
                }
            })?;
        }
        Ok(found)
    }

    /// All rows of the table at a place in [`Kind::TABLES`].
    ///
    /// # Panics
    /// The kind has no such table: a slip of the program.
    #[must_use]
    pub fn table(&self, place: usize) -> &Batch {
        &self.0[place]
    }
}

/// A kind of analysis of which a folder does not have the tables, since its run was stopped before it came to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing {
    /// What scenarios call it.
    pub kind: &'static str,
    /// The table that is not there.
    pub table: &'static str,
}

/// The answers that the tables in a folder hold, and the kinds whose tables are not there.
///
/// # Errors
/// A table cannot be read, or lacks rows.
pub fn read_all(
    folder: &Path,
    scenario: &Scenario,
) -> Result<(Answers, Vec<Missing>), AnalysisError> {
    let (mut answers, mut missing) = (Answers::default(), Vec::new());
    for kind in AnalysisKind::ALL {
        match each_kind!(kind, Own => read_kind::<Own>(folder, scenario)?) {
            Ok(found) => answers.all.extend(found),
            Err(table) => missing.push(table),
        }
    }
    answers.stopped = !missing.is_empty();
    Ok((answers, missing))
}

fn read_kind<K: Listed>(
    folder: &Path,
    scenario: &Scenario,
) -> Result<Result<Vec<Answered>, Missing>, AnalysisError> {
    let mut by_point: BTreeMap<Option<u32>, Vec<(u32, K::Question)>> = BTreeMap::new();
    for open in questions::<K>(scenario, is_shown::<K>(scenario))? {
        let of_point = by_point.entry(open.point).or_default();
        of_point.push((open.number, open.question));
    }
    if by_point.is_empty() {
        return Ok(Ok(Vec::new()));
    }
    let tables = match StoredTables::read::<K>(folder) {
        Err(TableError::Missing { table, .. }) => {
            return Ok(Err(Missing {
                kind: K::NAME,
                table,
            }));
        }
        tables => tables?,
    };
    let mut all = Vec::new();
    for (point, questions) in by_point {
        let own = tables.get(&point);
        let found = own.map_or_else(Vec::new, |tables| K::read(&questions, tables));
        if found.len() < questions.len() {
            return Err(AnalysisError::TooFewRows { kind: K::NAME });
        }
        let answered = |(place, (number, answer)): (u32, (u32, K))| Answered {
            number,
            place,
            point,
            answer: answer.into_answer(),
        };
        all.extend((1..).zip(found).map(answered));
    }
    Ok(Ok(all))
}

/// Whether a chart of a sweep shows figures of a kind: nothing else is drawn of answers at points.
fn is_shown<K: Kind>(scenario: &Scenario) -> bool {
    let outcomes = scenario.charts.iter().filter_map(|chart| chart.outcome);
    let mut kinds = outcomes.filter_map(SweepOutcome::analysis);
    kinds.any(|kind| kind == K::NAME)
}
