//! Answers from the tables of a finished run.

use std::path::Path;
use std::sync::Arc;

use super::run::questions;
use super::{AnalysisKind, Answered, Answers, Kind, Listed, each_kind};
use crate::analysis::AnalysisError;
use crate::scenario::Scenario;
use crate::table::{self, Batch, Definition, TableError};

/// The tables of one kind of analysis in a folder.
#[derive(Debug)]
pub struct StoredTables(Vec<Batch>);

impl StoredTables {
    fn read<K: Kind>(folder: &Path) -> Result<Self, TableError> {
        let whole = |definition: &&'static Definition| {
            let mut all = Batch::new(definition, Arc::default());
            table::read(folder, definition, |batch, _| all.append(batch))?;
            Ok(all)
        };
        K::TABLES
            .iter()
            .map(whole)
            .collect::<Result<_, _>>()
            .map(Self)
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
    // nothing is drawn of answers at the points of a sweep
    let questions: Vec<(u32, K::Question)> = questions::<K>(scenario, false)?
        .into_iter()
        .map(|open| (open.number, open.question))
        .collect();
    if questions.is_empty() {
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
    let found = K::read(&questions, &tables);
    if found.len() < questions.len() {
        return Err(AnalysisError::TooFewRows { kind: K::NAME });
    }
    let answered = |(place, (number, answer)): (u32, (u32, K))| Answered {
        number,
        place,
        point: None,
        answer: answer.into_answer(),
    };
    Ok(Ok((1..).zip(found).map(answered).collect()))
}
