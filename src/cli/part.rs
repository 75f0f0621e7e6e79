//! One part of a scenario's run, for machines that share the work: finished cells, which `flywheel merge` makes
//! into tables.
//!
//! A part's folder holds its cells in hidden journals, the resolved scenario, and a manifest as soon as the part
//! is finished.

use flywheel::experiment::{
    self, Cancel, Cell, Cells, Design, Done, FailedCell, Folder, JOURNAL, Manifest, Order,
    OutputError, Progress, Receiver, Shard, Stopwatch, Study,
};
use flywheel::model::Plan;
use flywheel::scenario::Scenario;

use super::job::{self, Failure};
use super::progress::Display;
use super::run::{Begun, Run};
use super::{Status, analyses, telling, terminal};

/// Whether scenarios can be divided; says what to do about those that cannot.
pub fn can_be_divided(scenarios: &[Scenario]) -> bool {
    let cannot = |scenario: &&Scenario| scenario.simulation.precision.is_some();
    scenarios.iter().filter(cannot).for_each(|scenario| {
        terminal::error(format_args!(
            "{}: it cannot be divided into parts, for `simulation.precision` makes the number of replicates depend on the results of all: leave `precision` out and set `simulation.replicates`, or run it as a whole",
            scenario.name
        ));
    });
    !scenarios.iter().any(|scenario| cannot(&scenario))
}

/// Runs one part of a scenario into the part's folder.
pub fn run(
    run: &Run,
    scenario: &Scenario,
    folder: &Folder,
    shard: Shard,
) -> Result<Status, Failure> {
    let stopwatch = Stopwatch::start();
    job::warn(run, scenario);
    let design = Design::new(scenario)?;
    let all = Cells {
        points: design.len(),
        replicates: scenario.simulation.replicates,
    };
    let mut manifest = Manifest::start(scenario, run.pool.current_num_threads());
    manifest.shard = Some(shard);
    // until this part is finished, nobody may take it for that
    folder.remove_manifest()?;
    let mut counter = Counter {
        display: None,
        done: 0,
        failed: Vec::new(),
        cancel: run.cancel.clone(),
        told: false,
    };
    let complete = simulate(
        run,
        scenario,
        folder,
        &design,
        &shard.of(&all),
        &mut counter,
    )?;
    manifest.failed = counter.failed;
    manifest.finish(all, counter.done);
    let complete = complete && analyses::run_part(run, scenario, folder, shard)?;
    if !complete {
        manifest.status = experiment::Status::Interrupted;
    }
    folder.write_scenario(scenario)?;
    manifest.took(&stopwatch);
    job::write_manifest(folder.path(), &mut manifest)?;
    let status = telling::conclude(run, scenario, &manifest, complete);
    run.note(format_args!(
        "{}: part {shard} with {} of {} {} in {} ({:.1} s)",
        scenario.name,
        counter.done,
        all.len(),
        telling::cell_word(all.points),
        folder.path().display(),
        stopwatch.elapsed().as_secs_f64()
    ));
    Ok(status)
}

/// Simulates the cells of a part; returns whether all were done, that is, whether nobody asked to stop.
fn simulate(
    run: &Run,
    scenario: &Scenario,
    folder: &Folder,
    design: &Design,
    own: &dyn Order,
    counter: &mut Counter,
) -> Result<bool, Failure> {
    let study = Study {
        folder,
        journal: JOURNAL,
        identity: &Manifest::identity(scenario),
        plan: &|point| Plan::new(&design.scenario(point)?),
    };
    let (session, found) = study.open(run.begun == Begun::Afresh)?;
    let kept = (0..own.len()).filter(|&position| session.contains(own.cell(position)));
    let word = telling::cell_word(design.len());
    telling::found(
        run,
        scenario,
        folder.path(),
        found,
        kept.count(),
        own.len(),
        word,
    );
    let display = Display::start(scenario, own.len(), word, run.arguments.quiet);
    counter.display = Some(display);
    let complete = session.run(run.runner(), own, 0, counter)?;
    session.sync()?;
    if let Some(display) = counter.display.take() {
        display.finish();
    }
    Ok(complete)
}

/// Counts cells, which the journal keeps.
struct Counter {
    display: Option<Display>,
    done: u64,
    failed: Vec<FailedCell>,
    cancel: Cancel,
    /// Whether the user was told that a stop is under way.
    told: bool,
}

impl Receiver for Counter {
    fn take(&mut self, cell: Cell, outcome: Result<Done, String>) -> Result<(), OutputError> {
        match outcome {
            Ok(_) => self.done += 1,
            Err(cause) => self.failed.push(FailedCell::new(cell, cause)),
        }
        Ok(())
    }

    fn report(&mut self, progress: Progress) {
        let Some(display) = &mut self.display else {
            return;
        };
        if self.cancel.is_cancelled() && !self.told {
            self.told = true;
            display.note(job::STOPPING);
        }
        display.update(progress);
    }
}
