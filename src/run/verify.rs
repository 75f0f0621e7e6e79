//! A finished run, held against its manifest and its scenario, and against what is computed anew.

use std::path::Path;

use super::RunError;
use super::again::{Again, Rerun};
use super::stored::Stored;
use super::wrong::Wrong;
use crate::analysis::kind::read_all;
use crate::experiment::{
    Claims, Design, Difference, JOURNAL, Manifest, Observer, Runner, SCENARIO, Scope, Status,
    Study, VERSION, differences, is_asked_for, unfounded_claims,
};
use crate::scenario::Scenario;
use crate::table::{self, Definition, Format};

/// A run in which nothing is wrong, as far as was looked.
#[derive(Debug)]
pub struct Verified {
    /// What the folder says of itself.
    pub manifest: Manifest,
    /// What was computed anew, where that was asked for.
    pub again: Option<Again>,
}

/// Holds a run against its manifest and scenario, and with `rerun` against what is computed anew.
///
/// # Errors
/// All that is wrong; what is computed anew only if nothing else is.
pub fn verify(
    folder: &Path,
    rerun: Option<Rerun>,
    runner: Runner<'_>,
    observer: &mut dyn Observer,
) -> Result<Verified, Vec<Wrong>> {
    let alone = |error: RunError| vec![Wrong::from(error)];
    let manifest = Manifest::of(folder).map_err(|error| alone(error.into()))?;
    let found = differences(folder, &manifest, Scope::Everything);
    let found = found.map_err(|error| alone(error.into()))?;
    let mut wrong: Vec<Wrong> = found.into_iter().map(Wrong::from).collect();
    if manifest.version != VERSION {
        wrong.push(Wrong::Version(manifest.version.clone()));
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let scenario = Scenario::load(&folder.join(SCENARIO), &[]);
    let scenario = scenario.map_err(|error| alone(error.into()))?;
    let claims = unfounded_claims(folder, &manifest, &scenario);
    stop(claims.map_err(|error| alone(error.into()))?)?;
    let stored = Stored {
        folder,
        manifest: &manifest,
        design: Design::new(&scenario).map_err(|error| alone(error.into()))?,
        scenario,
    };
    stop(stored.unfounded_counts(runner.pool).map_err(alone)?)?;
    let again = match rerun {
        Some(rerun) => {
            let (again, wrong) = stored.again(rerun, runner, observer).map_err(alone)?;
            stop(wrong)?;
            Some(again)
        }
        None => None,
    };
    Ok(Verified { manifest, again })
}

/// Goes on only if nothing is wrong.
fn stop<W: Into<Wrong>>(wrong: Vec<W>) -> Result<(), Vec<Wrong>> {
    if wrong.is_empty() {
        return Ok(());
    }
    Err(wrong.into_iter().map(Into::into).collect())
}

impl Stored<'_> {
    /// What the manifest says of cells and tables that does not follow from what the folder holds.
    fn unfounded_counts(&self, pool: &rayon::ThreadPool) -> Result<Vec<Difference>, RunError> {
        const BY: &str = "the tables";
        let Self {
            folder,
            manifest,
            scenario,
            ..
        } = self;
        let mut claims = Claims(Vec::new());
        if let Some(shard) = manifest.shard {
            let journal = self.journal()?;
            let plan = |world| self.design.plan(world);
            let all = manifest.cells();
            let kept = Study::new(&journal, &plan).kept(pool, &shard.of(&all));
            claims.hold("cells_done", &manifest.cells_done, &kept, JOURNAL);
            return Ok(claims.0);
        }
        let named = |table: &Definition| {
            let names = Format::ALL.map(|format| format.file(table));
            (manifest.files.iter()).any(|entry| names.contains(&entry.path))
        };
        let asked = table::ALL
            .iter()
            .filter(|table| is_asked_for(scenario, table));
        for table in asked.filter(|table| !named(table)) {
            let file = Format::Csv.file(table);
            claims.0.push(Difference::Missing(file));
        }
        if !claims.0.is_empty() {
            return Ok(claims.0);
        }
        if let Some(cells) = self.cells_in_tables()? {
            let cells = cells.len() as u64;
            claims.hold("cells_done", &manifest.cells_done, &cells, BY);
        }
        let (_, missing) = read_all(folder, scenario)?;
        let failed = manifest.failed.len() as u64;
        let done = manifest.cells_done + failed == manifest.cells_to_do() && missing.is_empty();
        let is = match (done, failed) {
            (false, _) => Status::Interrupted,
            (true, 0) => Status::Complete,
            (true, _) => Status::Failed,
        };
        claims.hold("status", &manifest.status, &is, BY);
        Ok(claims.0)
    }
}
