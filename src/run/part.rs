//! One part of a scenario's run, for machines that share the work: finished cells, which a merge makes into tables.
//!
//! A part's folder holds its cells in a hidden journal, the resolved scenario, and a manifest as soon as the part
//! is finished.

use super::{Options, RunError};
use crate::analysis::kind::{Setting, most_cells, simulate_part};
use crate::experiment::{
    Cell, CellError, Cells, Design, Done, ExperimentError, FailedCell, Folder, Manifest, Observer,
    Order, Progress, Publication, Receiver, Renewed, Runner, Shard, Stage, Status, Stopwatch,
    Study, Work,
};
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
        points: design.worlds(),
        replicates: scenario.simulation.replicates,
    };
    let mut manifest = Manifest::start(scenario, runner.pool.current_num_threads());
    manifest.shard = Some(shard);
    // until this part is finished, nobody may take it for that
    folder.remove_manifest()?;
    let own = shard.of(&all);
    let most = most_cells(scenario)?.max(all.len());
    if u64::from(shard.of) > most {
        observer.note(&format!(
            "there are {most} cells, so more than {most} parts have nothing to do; part {shard} has {}",
            own.len()
        ));
    }
    let journal = folder.journal(options.fresh)?;
    let plan = |world| design.plan(world);
    let study = Study::new(&journal, &plan);
    observer.begin(Stage {
        work: Work::Own,
        points: all.points,
        cells: own.len(),
        kept: study.kept(runner.pool, &own),
        found: journal.found(),
    });
    let mut counter = Counter {
        done: 0,
        failed: Vec::new(),
        observer,
    };
    let complete = study.run(runner, &own, 0, &mut counter)?;
    study.sync()?;
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
        journal: &journal,
        runner,
    };
    let complete = complete && simulate_part(&setting, shard, observer)?;
    if !complete {
        manifest.status = Status::Interrupted;
    }
    // cells that cannot be dropped are only in the way
    let _ = journal.tidy();
    let new = Publication::begin(folder)?;
    new.write_scenario(scenario)?;
    manifest.took(&stopwatch);
    Ok((new.finish(manifest, Renewed::All)?, complete))
}

/// Counts cells, which the journal keeps.
struct Counter<'a> {
    done: u64,
    failed: Vec<FailedCell>,
    observer: &'a mut dyn Observer,
}

impl Receiver for Counter<'_> {
    fn take(
        &mut self,
        cell: Cell,
        outcome: Result<Done, CellError>,
    ) -> Result<(), ExperimentError> {
        match outcome {
            Ok(_) => self.done += 1,
            Err(cause) => self.failed.push(FailedCell::new(cell, &cause)),
        }
        Ok(())
    }

    fn report(&mut self, progress: Progress) {
        self.observer.progress(progress);
    }
}
