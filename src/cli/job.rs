//! One scenario's run: its cells become tables, charts and a summary in its folder.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use flywheel::analysis::{Collector, Quantity, Summary};
use flywheel::chart::draw_all;
use flywheel::chart::sweep::draw_all as draw_sweep;
use flywheel::experiment::{
    Cancel, Cell, Cells, Design, Done, FailedCell, Finished, Folder, Found, JOURNAL, Journal,
    Manifest, Output, OutputError, Progress, Receiver, Work, run_cells, write_whole,
};
use flywheel::model::Plan;
use flywheel::scenario::{Diagnostics, Scenario};

use super::chart::{remove_charts, write_charts};
use super::progress::Display;
use super::run::Run;
use super::{Status, sensitivity, sweep, terminal};

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

impl Failure {
    /// Prints why.
    pub fn print(&self) {
        match self {
            Self::Scenario(problems) => terminal::problems(problems),
            Self::Output(error) => terminal::error(format_args!(
                "{error}; what was in the folder before this run is still there"
            )),
            Self::Other(problem) => terminal::error(problem),
        }
    }
}

/// What is said when Ctrl-C was pressed.
const STOPPING: &str = "stopping: finished replicates are kept (Ctrl-C once more stops at once)";

/// Runs one scenario into its folder.
pub fn run(run: &Run, scenario: &Scenario, folder: &Folder) -> Result<Status, Failure> {
    let start = Instant::now();
    let quiet = run.arguments.quiet;
    if !quiet {
        for warning in scenario.warnings() {
            terminal::warning(&scenario.name, &warning);
        }
    }
    let mut manifest = Manifest::start(scenario, run.pool.current_num_threads());
    let design = Design::new(scenario)?;
    let mut cells = Cells {
        points: design.len(),
        replicates: scenario.simulation.replicates,
    };
    let (journal, earlier) = open_journal(run, scenario, folder, cells)?;
    let scenario_of = |point| design.scenario(point);
    let work = Points::new(&scenario_of, earlier);
    let mut keeper = Keeper {
        journal,
        output: Output::start(folder, scenario, &run.arguments.formats())?,
        collector: has_series(scenario).then(|| Collector::new(scenario)),
        summaries: summaries(&work, cells.points),
        display: Display::start(scenario, cells, quiet),
        taken: 0,
        failed: Vec::new(),
        cancel: run.cancel.clone(),
        told: false,
    };
    let mut from = 0;
    let complete = loop {
        let complete = run_cells(cells, from, &work, &run.pool, &run.cancel, &mut keeper)?;
        let more = more_replicates(scenario, cells, &keeper.summaries);
        if !complete || more == cells.replicates {
            break complete;
        }
        from = cells.len();
        cells.replicates = more;
        keeper.display.extend(cells);
    };
    let synced = keeper.journal.sync();
    journal_error(&keeper.journal, synced)?;
    keeper.display.finish();
    manifest.failed = keeper.failed;
    manifest.finish(cells, keeper.taken, start.elapsed());
    if keeper.taken == 0 {
        tell_nothing(run, scenario, &manifest.failed);
        return Ok(if complete {
            Status::Failed
        } else {
            Status::Interrupted
        });
    }
    keeper
        .output
        .publish(scenario, &design, &keeper.summaries)?;
    remove_charts(folder.path()).map_err(Failure::Other)?;
    let figures = || match keeper.collector.map(Collector::finish) {
        Some(results) => draw_all(scenario, &results),
        None if design.is_sweep() => {
            draw_sweep(scenario, &sweep::from_summaries(&design, &keeper.summaries))
        }
        None => Vec::new(),
    };
    let mut charts = if run.charts.is_empty() {
        Vec::new()
    } else {
        figures()
    };
    let complete = complete
        && match sensitivity::run(run, scenario, folder)? {
            Some(figures) => {
                charts.extend(figures);
                true
            }
            None => false,
        };
    let charts = run
        .pool
        .install(|| write_charts(folder.path(), &charts, &run.charts))
        .map_err(Failure::Other)?;
    write_manifest(folder.path(), &mut manifest)?;
    let status = conclude(run, scenario, &manifest, complete);
    if quiet {
        return Ok(status);
    }
    let told = tell(scenario, &design, &keeper.summaries);
    tell_where(run, scenario, folder.path(), keeper.taken, charts, start);
    Ok(status.and(told))
}

/// Whether the tables hold what series over periods need: one point, and all rows.
fn has_series(scenario: &Scenario) -> bool {
    scenario.sweep.is_none() && scenario.simulation.record.is_everything()
}

/// A summary for each point, without replicates yet.
fn summaries(work: &Points, points: u32) -> Vec<Summary> {
    let names = |point| {
        let plan = work.plan(point);
        plan.map(|plan| {
            plan.scenario()
                .firms
                .iter()
                .map(|firm| firm.name.clone())
                .collect()
        })
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

/// The journal of the run, and a second view of it for the threads that read while the first one grows.
fn open_journal(
    run: &Run,
    scenario: &Scenario,
    folder: &Folder,
    cells: Cells,
) -> Result<(Journal, Journal), Failure> {
    let identity = Manifest::identity(scenario);
    let open = |fresh| {
        Journal::open(folder.path(), JOURNAL, &identity, fresh).map_err(|source| {
            Failure::Output(OutputError {
                path: folder.path().to_owned(),
                source,
            })
        })
    };
    let (journal, found) = open(run.arguments.fresh)?;
    let kept = journal
        .cells()
        .filter(|cell| cell.replicate < cells.replicates)
        .count();
    match found {
        Found::Cells(_) => run.note(format_args!(
            "{}: {kept} of {} {} were finished earlier and are kept (--fresh starts over)",
            scenario.name,
            cells.len(),
            cell_word(cells),
        )),
        Found::Other => run.note(format_args!(
            "{}: the scenario, its seed or the program has changed since the last run into {}; starting over",
            scenario.name,
            folder.path().display()
        )),
        Found::Nothing => {}
    }
    let (earlier, _) = open(false)?;
    Ok((journal, earlier))
}

/// What cells are called in words: without a sweep, replicates.
fn cell_word(cells: Cells) -> &'static str {
    if cells.points > 1 {
        "cells"
    } else {
        "replicates"
    }
}

/// Says why a run that gave no tables gave none.
fn tell_nothing(run: &Run, scenario: &Scenario, failed: &[FailedCell]) {
    match failed.first() {
        Some(cell) => terminal::error(format_args!(
            "{}: no replicate could be simulated; {}: {}",
            scenario.name,
            name(cell, scenario),
            cell.cause
        )),
        None => run.note(format_args!(
            "{}: stopped before a replicate had finished; nothing was written",
            scenario.name
        )),
    }
}

/// A cell in words.
fn name(cell: &FailedCell, scenario: &Scenario) -> String {
    match scenario.sweep {
        Some(_) => format!("point {}, replicate {}", cell.point, cell.replicate),
        None => format!("replicate {}", cell.replicate),
    }
}

/// Says how the run ended, where that is not as it should be, and how the program should end.
fn conclude(run: &Run, scenario: &Scenario, manifest: &Manifest, complete: bool) -> Status {
    const NAMED: usize = 10;
    for cell in manifest.failed.iter().take(NAMED) {
        let cell_name = name(cell, scenario);
        terminal::error(format_args!(
            "{}: {cell_name} failed: {}",
            scenario.name, cell.cause
        ));
    }
    if manifest.failed.len() > NAMED {
        terminal::error(format_args!(
            "{}: {} more failed; manifest.json names them all",
            scenario.name,
            manifest.failed.len() - NAMED
        ));
    }
    if !complete {
        let cells = Cells {
            points: manifest.points,
            replicates: manifest.replicates,
        };
        run.note(format_args!(
            "{}: interrupted; the tables hold the {} of {} {} that had finished; the same command finishes the others",
            scenario.name,
            manifest.cells_done,
            cells.len(),
            cell_word(cells),
        ));
        return Status::Interrupted;
    }
    if manifest.failed.is_empty() {
        Status::Done
    } else {
        Status::Failed
    }
}

fn write_manifest(folder: &Path, manifest: &mut Manifest) -> Result<(), Failure> {
    let path = folder.join("manifest.json");
    manifest
        .list_files(folder)
        .map_err(|error| Failure::Other(format!("cannot read {}: {error}", folder.display())))?;
    Ok(write_whole(&path, manifest.to_json().as_bytes())?)
}

/// Prints what was found.
fn tell(scenario: &Scenario, design: &Design, summaries: &[Summary]) -> Status {
    match summaries {
        [one] if !design.is_sweep() => terminal::result(&super::summary::table(scenario, one)),
        _ => terminal::result(&super::summary::sweep(scenario, design, summaries)),
    }
}

/// Prints where the results are.
fn tell_where(
    run: &Run,
    scenario: &Scenario,
    folder: &Path,
    cells: u64,
    charts: usize,
    start: Instant,
) {
    let seconds = start.elapsed().as_secs_f64();
    let what = if charts > 0 {
        "tables and charts"
    } else {
        "tables"
    };
    terminal::note(format_args!(
        "{what} in {} ({seconds:.1} s)",
        folder.display()
    ));
    if run.arguments.verbose {
        let threads = run.pool.current_num_threads();
        let customers = scenario
            .populations
            .iter()
            .map(|named| f64::from(named.customers));
        let periods = f64::from(scenario.simulation.periods) * cells as f64;
        let rate = periods * customers.sum::<f64>() / seconds / 1e6;
        terminal::note(format_args!(
            "{threads} threads; {rate:.2} million customer periods per second, tables and charts included"
        ));
    }
}

/// The scenario of each point.
type ScenarioOf<'a> = &'a (dyn Fn(u32) -> Result<Scenario, Diagnostics> + Sync);

/// Points as work, some of whose cells may be finished.
pub struct Points<'a> {
    scenario: ScenarioOf<'a>,
    earlier: Journal,
    /// Plans made so far; every point comes up once per replicate.
    plans: Mutex<BTreeMap<u32, Arc<Plan>>>,
}

impl<'a> Points<'a> {
    /// Plans that are kept; beyond them, memory matters more than the time to make one again.
    const MOST_PLANS: usize = 4096;

    /// Points with these scenarios, and the cells that were finished earlier.
    pub fn new(scenario: ScenarioOf<'a>, earlier: Journal) -> Self {
        Self {
            scenario,
            earlier,
            plans: Mutex::default(),
        }
    }
}

impl Work for Points<'_> {
    fn plan(&self, point: u32) -> Result<Arc<Plan>, String> {
        let plans = || self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(plan) = plans().get(&point) {
            return Ok(plan.clone());
        }
        let words = |problems: Diagnostics| problems.to_string();
        let scenario = (self.scenario)(point).map_err(words)?;
        let plan = Arc::new(Plan::new(&scenario).map_err(words)?);
        if plans().len() < Self::MOST_PLANS {
            plans().insert(point, plan.clone());
        }
        Ok(plan)
    }

    fn finished(&self, cell: Cell) -> Option<Finished> {
        self.earlier.get(cell)
    }
}

/// Takes cells to the journal as they come, and to tables and results in order.
struct Keeper {
    journal: Journal,
    output: Output,
    /// Where the tables hold what series need.
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
    type Error = OutputError;

    fn done(&mut self, done: &Done) -> Result<(), OutputError> {
        match &done.outcome {
            Ok(finished) if !done.earlier => {
                let appended = self.journal.append(done.cell, finished);
                journal_error(&self.journal, appended)
            }
            _ => Ok(()),
        }
    }

    fn take(&mut self, done: Done) -> Result<(), OutputError> {
        match done.outcome {
            Ok(finished) => {
                if let Some(collector) = &mut self.collector {
                    collector.take(&finished.records);
                }
                if let Some(summary) = self.summaries.get_mut(done.cell.point as usize) {
                    summary.add(&finished.figures);
                }
                self.taken += 1;
                self.output.write(done.cell, &finished)
            }
            Err(cause) => {
                let Cell { replicate, point } = done.cell;
                self.failed.push(FailedCell {
                    point,
                    replicate,
                    cause,
                });
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

/// Names the journal in an error.
fn journal_error<T>(journal: &Journal, result: std::io::Result<T>) -> Result<T, OutputError> {
    result.map_err(|source| OutputError {
        path: journal.path().to_owned(),
        source,
    })
}
