//! One part of a scenario's run, for machines that share the work: finished cells, which a merge makes into tables.
//!
//! A part's folder holds its cells in hidden journals, the resolved scenario, and a manifest as soon as the part
//! is finished.

use super::publish::write_manifest;
use super::{Options, RunError};
use crate::analysis::kind::{Setting, simulate_part};
use crate::experiment::{
    Cell, Cells, Design, Done, FailedCell, Folder, JOURNAL, Manifest, Observer, Order, OutputError,
    Progress, Receiver, Runner, Shard, Stage, Status, Stopwatch, Study,
};
use crate::model::Plan;
use crate::scenario::Scenario;

/// Runs one part of a scenario into the part's folder; gives its manifest, and whether all was done, that is, whether
/// nobody asked to stop.
///
/// # Errors
/// As [`run`](super::run).
pub fn run_part(
    scenario: &Scenario,
    folder: &Folder,
    shard: Shard,
    options: &Options,
    runner: Runner<'_>,
    observer: &mut dyn Observer,
) -> Result<(Manifest, bool), RunError> {
    let stopwatch = Stopwatch::start();
    let design = Design::new(scenario)?;
    let all = Cells {
        points: design.len(),
        replicates: scenario.simulation.replicates,
    };
    let mut manifest = Manifest::start(scenario, runner.pool.current_num_threads());
    manifest.shard = Some(shard);
    // until this part is finished, nobody may take it for that
    folder.remove_manifest()?;
    let own = shard.of(&all);
    let study = Study {
        folder,
        journal: JOURNAL,
        identity: &Manifest::identity(scenario),
        plan: &|point| Plan::new(&design.scenario(point)?),
    };
    let (session, found) = study.open(options.fresh)?;
    let kept = (0..own.len()).filter(|&position| session.contains(own.cell(position)));
    observer.begin(Stage {
        analysis: None,
        points: all.points,
        cells: own.len(),
        kept: kept.count() as u64,
        found,
    });
    let mut counter = Counter {
        done: 0,
        failed: Vec::new(),
        observer,
    };
    let complete = session.run(runner, &own, 0, &mut counter)?;
    session.sync()?;
    let Counter {
        done,
        failed,
        observer,
    } = counter;
    observer.end();
    manifest.failed = failed;
    manifest.finish(all, done);
    let setting = Setting {
        scenario,
        folder,
        runner,
        fresh: options.fresh,
    };
    let complete = complete && simulate_part(&setting, shard, observer)?;
    if !complete {
        manifest.status = Status::Interrupted;
    }
    folder.write_scenario(scenario)?;
    write_manifest(folder.path(), |folder| {
        manifest.took(&stopwatch);
        manifest.list_files(folder)?;
        Ok(manifest.to_json())
    })?;
    Ok((manifest, complete))
}

/// Counts cells, which the journal keeps.
struct Counter<'a> {
    done: u64,
    failed: Vec<FailedCell>,
    observer: &'a mut dyn Observer,
}

impl Receiver for Counter<'_> {
    fn take(&mut self, cell: Cell, outcome: Result<Done, String>) -> Result<(), OutputError> {
        match outcome {
            Ok(_) => self.done += 1,
            Err(cause) => self.failed.push(FailedCell::new(cell, cause)),
        }
        Ok(())
    }

    fn report(&mut self, progress: Progress) {
        self.observer.progress(progress);
    }
}
