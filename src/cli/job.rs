//! One scenario's run: its cells become tables, charts and a summary in its folder.

use std::path::Path;

use flywheel::analysis::{Collector, Quantity, Summary};
use flywheel::experiment::{
    self, Cancel, Cell, Cells, Design, Done, FailedCell, Folder, JOURNAL, MANIFEST, Manifest,
    Order, Output, OutputError, Progress, Receiver, Session, Stopwatch, Study, StudyError,
    WithPoint, write_whole,
};
use flywheel::model::Plan;
use flywheel::report::Picture;
use flywheel::scenario::{Diagnostics, Scenario};

use super::chart::{remove_charts, write_charts};
use super::progress::Display;
use super::report::Found;
use super::run::{Begun, Run};
use super::{Status, analyses, sweep, telling, terminal};

/// Why a scenario's run failed.
pub enum Failure {
    Scenario(Diagnostics),
    Output(OutputError),
    Other(String),
}

impl From<Diagnostics> for Failure {
    fn from(problems: Diagnostics) -> Self {
        Self::Scenario(problems)
    }
}

impl From<OutputError> for Failure {
    fn from(error: OutputError) -> Self {
        Self::Output(error)
    }
}

impl From<StudyError> for Failure {
    fn from(error: StudyError) -> Self {
        match error {
            StudyError::Output(error) => Self::Output(error),
            StudyError::Cell { .. } => Self::Other(error.to_string()),
        }
    }
}

impl Failure {
    /// Prints why.
    pub fn print(&self) {
        match self {
            Self::Scenario(problems) => terminal::problems(problems),
            Self::Output(error) => terminal::error(format_args!(
                "{error}; what was in the folder before this run is still there, and finished cells are kept: when the cause is removed, the same command goes on where it was"
            )),
            Self::Other(problem) => terminal::error(problem),
        }
    }
}

/// What is said when Ctrl-C was pressed.
pub const STOPPING: &str =
    "stopping: finished replicates are kept (Ctrl-C once more stops at once)";

/// Runs one scenario into its folder.
pub fn run(run: &Run, scenario: &Scenario, folder: &Folder) -> Result<Status, Failure> {
    let stopwatch = Stopwatch::start();
    let quiet = run.arguments.quiet;
    warn(run, scenario);
    let design = Design::new(scenario)?;
    let mut done = simulate(run, scenario, folder, &design)?;
    if done.taken == 0 {
        telling::nothing(run, scenario, &done.manifest.failed);
        return Ok(if done.complete {
            Status::Failed
        } else {
            Status::Interrupted
        });
    }
    done.output.publish(scenario, &design, &done.summaries)?;
    remove_charts(folder.path()).map_err(Failure::Other)?;
    let found = match done.collector.map(Collector::finish) {
        Some(results) => Found::Series(Box::new(results)),
        None => Found::Points(sweep::from_summaries(&design, &done.summaries)),
    };
    let mut charts = found.draw(scenario);
    let complete = done.complete
        && match analyses::run(run, scenario, folder)? {
            Some(figures) => {
                charts.extend(figures);
                true
            }
            None => false,
        };
    let pictures: Vec<Picture> = charts.iter().map(Picture::from).collect();
    found
        .write_report(
            folder.path(),
            scenario,
            scenario.chart_style.language,
            &pictures,
        )
        .map_err(Failure::Other)?;
    let charts = run
        .pool
        .install(|| {
            write_charts(
                folder.path(),
                &charts,
                &run.charts,
                run.arguments.style.data,
            )
        })
        .map_err(Failure::Other)?;
    if !complete {
        done.manifest.status = experiment::Status::Interrupted;
    }
    done.manifest.took(&stopwatch);
    write_manifest(folder.path(), &mut done.manifest)?;
    let status = telling::conclude(run, scenario, &done.manifest, complete);
    if quiet {
        return Ok(status);
    }
    let told = telling::results(scenario, &design, &done.summaries);
    telling::places(run, scenario, folder.path(), done.taken, charts, &stopwatch);
    Ok(status.and(told))
}

/// Says what is perhaps not meant.
pub fn warn(run: &Run, scenario: &Scenario) {
    if !run.arguments.quiet {
        for warning in scenario.warnings() {
            terminal::warning(&scenario.name, &warning);
        }
    }
}

/// A scenario's own cells, simulated.
struct Simulated {
    manifest: Manifest,
    output: Output,
    /// Where the tables hold what series need.
    collector: Option<Collector>,
    /// By point.
    summaries: Vec<Summary>,
    /// Cells in the tables.
    taken: u64,
    /// Whether all cells were done, that is, whether nobody asked to stop.
    complete: bool,
}

/// Simulates the cells of a scenario, batch after batch where it asks for a precision.
fn simulate(
    run: &Run,
    scenario: &Scenario,
    folder: &Folder,
    design: &Design,
) -> Result<Simulated, Failure> {
    let mut manifest = Manifest::start(scenario, run.pool.current_num_threads());
    let mut cells = Cells {
        points: design.len(),
        replicates: scenario.simulation.replicates,
    };
    let study = Study {
        folder,
        journal: JOURNAL,
        identity: &Manifest::identity(scenario),
        plan: &|point| Plan::new(&design.scenario(point)?),
    };
    let (session, found) = study.open(run.begun == Begun::Afresh)?;
    let within = |cell: &&Cell| cell.replicate < cells.replicates;
    let kept = session.cells().iter().filter(within).count();
    let word = telling::cell_word(cells.points);
    telling::found(run, scenario, folder.path(), found, kept, cells.len(), word);
    let mut keeper = Keeper {
        output: Output::start(folder, scenario, &run.arguments.formats())?,
        collector: has_series(scenario).then(|| Collector::new(scenario)),
        summaries: summaries(&session, cells.points),
        display: Display::start(scenario, cells.len(), word, run.arguments.quiet),
        taken: 0,
        failed: Vec::new(),
        cancel: run.cancel.clone(),
        told: false,
    };
    let mut from = 0;
    let complete = loop {
        let complete = session.run(run.runner(), &cells, from, &mut keeper)?;
        let more = more_replicates(scenario, cells, &keeper.summaries);
        if !complete || more == cells.replicates {
            break complete;
        }
        from = cells.len();
        cells.replicates = more;
        keeper.display.extend(cells.len());
    };
    session.sync()?;
    keeper.display.finish();
    manifest.failed = keeper.failed;
    manifest.finish(cells, keeper.taken);
    Ok(Simulated {
        manifest,
        output: keeper.output,
        collector: keeper.collector,
        summaries: keeper.summaries,
        taken: keeper.taken,
        complete,
    })
}

/// Whether the tables hold what series over periods need: one point, and all rows.
fn has_series(scenario: &Scenario) -> bool {
    scenario.sweep.is_none() && scenario.simulation.record.keeps_all_periods()
}

/// A summary for each point, without replicates yet.
fn summaries(session: &Session, points: u32) -> Vec<Summary> {
    let names = |point| {
        let plan = session.plan(point).ok()?;
        let firms = plan.scenario().firms.iter();
        Some(firms.map(|firm| firm.name.clone()).collect())
    };
    // a point that cannot be simulated has no firms; its cells say why
    (0..points)
        .map(|point| Summary::new(names(point).unwrap_or_default()))
        .collect()
}

/// How many replicates it takes: as many as there are, or a batch more where that is not precise enough.
fn more_replicates(scenario: &Scenario, cells: Cells, summaries: &[Summary]) -> u32 {
    let Some(precision) = &scenario.simulation.precision else {
        return cells.replicates;
    };
    let quantity = Quantity::from(precision.of);
    let precise = |summary: &Summary| summary.widest(quantity) <= precision.half_width;
    if summaries.iter().all(precise) {
        return cells.replicates;
    }
    let batch = scenario.simulation.replicates;
    cells
        .replicates
        .saturating_add(batch)
        .min(precision.at_most.max(cells.replicates))
}

/// Lists the files of a folder in its manifest, and writes it.
pub fn write_manifest(folder: &Path, manifest: &mut Manifest) -> Result<(), Failure> {
    let path = folder.join(MANIFEST);
    manifest
        .list_files(folder)
        .map_err(|error| Failure::Other(format!("cannot read {}: {error}", folder.display())))?;
    Ok(write_whole(&path, manifest.to_json().as_bytes())?)
}

/// Takes cells to tables and results in order.
struct Keeper {
    output: Output,
    collector: Option<Collector>,
    /// By point.
    summaries: Vec<Summary>,
    display: Display,
    /// Cells in the tables.
    taken: u64,
    failed: Vec<FailedCell>,
    cancel: Cancel,
    /// Whether the user was told that a stop is under way.
    told: bool,
}

impl Receiver for Keeper {
    fn wants_csv(&self) -> Option<WithPoint> {
        self.output.wants_csv()
    }

    fn take(&mut self, cell: Cell, outcome: Result<Done, String>) -> Result<(), OutputError> {
        match outcome {
            Ok(done) => {
                let finished = &done.finished;
                if let Some(collector) = &mut self.collector {
                    collector.take(&finished.records);
                }
                if let Some(summary) = self.summaries.get_mut(cell.point as usize) {
                    summary.add(&finished.figures);
                }
                self.taken += 1;
                self.output.write(cell, &done)
            }
            Err(cause) => {
                self.failed.push(FailedCell::new(cell, cause));
                Ok(())
            }
        }
    }

    fn report(&mut self, progress: Progress) {
        if self.cancel.is_cancelled() && !self.told {
            self.told = true;
            self.display.note(STOPPING);
        }
        self.display.update(progress);
    }
}
