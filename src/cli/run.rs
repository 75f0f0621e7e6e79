//! `flywheel run`: scenarios become tables, charts and a summary.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use clap::Args;
use flywheel::analysis::{Collector, Results};
use flywheel::experiment::{
    Cancel, Cell, Cells, Done, FailedCell, Folder, Found, Journal, Manifest, Output, OutputError,
    Progress, Receiver, Work, run_cells, write_whole,
};
use flywheel::model::{Plan, Records};
use flywheel::scenario::{Diagnostics, Scenario};
use flywheel::table::Format;

use super::chart::{remove_charts, write_charts};
use super::options::{ChartFormat, TableFormat};
use super::progress::Display;
use super::{Status, options, terminal};

#[derive(Debug, Args)]
pub struct Arguments {
    /// Scenario files, or folders whose *.toml files are meant
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Folder for the results; each scenario gets a folder of its own in it
    #[arg(short, long, value_name = "DIR", default_value = "output")]
    output: PathBuf,
    /// Number of replicates, instead of the scenario's
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    replicates: Option<u32>,
    /// Seed, instead of the scenario's
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Number of threads [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    threads: Option<u16>,
    /// Change a parameter, as in `--set firms.NAME.price=0.4`; `*` in place of a name means all
    #[arg(long, value_name = "PATH=VALUE")]
    set: Vec<String>,
    /// Formats of the tables
    #[arg(long, value_enum, value_delimiter = ',', default_value = "csv")]
    format: Vec<TableFormat>,
    /// Formats of the charts, or none
    #[arg(long, value_enum, value_delimiter = ',', default_value = "svg,png")]
    charts: Vec<ChartFormat>,
    /// Start over: do not use replicates that an earlier run of the same scenario finished
    #[arg(long)]
    fresh: bool,
    /// Print nothing but errors
    #[arg(short, long)]
    quiet: bool,
    /// Say more: threads and rates
    #[arg(short, long, conflicts_with = "quiet")]
    verbose: bool,
}

/// What is said when Ctrl-C was pressed.
const STOPPING: &str = "stopping: finished replicates are kept (Ctrl-C once more stops at once)";

/// Why a scenario's run failed.
enum Failure {
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
    fn print(&self) {
        match self {
            Self::Scenario(problems) => terminal::problems(problems),
            Self::Output(error) => terminal::error(format_args!(
                "{error}; what was in the folder before this run is still there"
            )),
            Self::Other(problem) => terminal::error(problem),
        }
    }
}

/// Runs the scenarios one after the other.
pub fn execute(arguments: &Arguments) -> Status {
    let Some(charts) = options::chart_formats(&arguments.charts) else {
        return Status::Unusable;
    };
    let Some(scenarios) = options::load_scenarios(&arguments.paths, &arguments.all_overrides())
    else {
        return Status::Unusable;
    };
    let mut folders = Vec::new();
    for scenario in &scenarios {
        match Folder::prepare(&arguments.output, scenario) {
            Ok(folder) => folders.push(folder),
            Err(error) => {
                terminal::error(format_args!("{error}; --output chooses another folder"));
                return Status::Unusable;
            }
        }
    }
    let pool = match rayon::ThreadPoolBuilder::new()
        .num_threads(arguments.threads.unwrap_or(0).into())
        .build()
    {
        Ok(pool) => pool,
        Err(error) => {
            terminal::error(format_args!("cannot start the threads: {error}"));
            return Status::Failed;
        }
    };
    let cancel = Cancel::default();
    let handler = cancel.clone();
    if let Err(error) = ctrlc::set_handler(move || stop(&handler)) {
        terminal::note(format_args!(
            "note: Ctrl-C will lose the running scenario: {error}"
        ));
    }
    let run = Run {
        arguments,
        charts,
        pool,
        cancel,
    };
    run.all(&scenarios, &folders)
}

/// The first request to stop keeps finished work, which the run then tells; the second stops at once.
fn stop(cancel: &Cancel) {
    if cancel.is_cancelled() {
        std::process::exit(130);
    }
    cancel.cancel();
}

impl Arguments {
    /// The overrides of `--set`, then those that have an option of their own.
    fn all_overrides(&self) -> Vec<String> {
        let replicates = self
            .replicates
            .map(|n| format!("simulation.replicates={n}"));
        let seed = self.seed.map(|n| format!("simulation.seed={n}"));
        self.set
            .iter()
            .cloned()
            .chain(replicates)
            .chain(seed)
            .collect()
    }

    fn formats(&self) -> Vec<Format> {
        let mut formats: Vec<Format> = self.format.iter().map(|&format| format.into()).collect();
        formats.sort();
        formats.dedup();
        formats
    }
}

/// All that the scenarios of one command share.
struct Run<'a> {
    arguments: &'a Arguments,
    charts: Vec<ChartFormat>,
    pool: rayon::ThreadPool,
    cancel: Cancel,
}

impl Run<'_> {
    fn all(&self, scenarios: &[Scenario], folders: &[Folder]) -> Status {
        let start = Instant::now();
        let mut status = Status::Done;
        for (position, (scenario, folder)) in scenarios.iter().zip(folders).enumerate() {
            if self.cancel.is_cancelled() {
                self.note(format_args!("{}: not started", scenario.name));
                status = Status::Interrupted;
                continue;
            }
            if position > 0 && !self.arguments.quiet {
                status = status.and(terminal::result(""));
            }
            match self.one(scenario, folder) {
                Ok(Status::Interrupted) => status = Status::Interrupted,
                Ok(one) => status = status.and(one),
                Err(failure) => {
                    terminal::error(format_args!("{}: the run failed", scenario.name));
                    failure.print();
                    if status == Status::Done {
                        status = Status::Failed;
                    }
                }
            }
        }
        if !self.arguments.quiet && scenarios.len() > 1 && status == Status::Done {
            terminal::note(format_args!(
                "{} scenarios in {:.1} s; results in {}",
                scenarios.len(),
                start.elapsed().as_secs_f64(),
                self.arguments.output.display()
            ));
        }
        status
    }

    /// Runs one scenario into its folder.
    fn one(&self, scenario: &Scenario, folder: &Folder) -> Result<Status, Failure> {
        let start = Instant::now();
        let quiet = self.arguments.quiet;
        if !quiet {
            for warning in scenario.warnings() {
                terminal::warning(&scenario.name, &warning);
            }
        }
        let mut manifest = Manifest::start(scenario, self.pool.current_num_threads());
        let cells = Cells {
            points: 1,
            replicates: scenario.simulation.replicates,
        };
        let (journal, earlier) = self.open_journal(scenario, folder, cells)?;
        let work = Replicates {
            plan: Arc::new(Plan::new(scenario)?),
            earlier,
        };
        let mut keeper = Keeper {
            journal,
            output: Output::start(folder, scenario, &self.arguments.formats())?,
            collector: Collector::new(scenario),
            display: Display::start(scenario, quiet),
            taken: 0,
            failed: Vec::new(),
            cancel: self.cancel.clone(),
            told: false,
        };
        let outcome = run_cells(cells, &work, &self.pool, &self.cancel, &mut keeper);
        let Keeper {
            mut journal,
            output,
            collector,
            display,
            taken,
            failed,
            ..
        } = keeper;
        display.finish();
        let complete = outcome?;
        let synced = journal.sync();
        journal_error(&journal, synced)?;
        if taken == 0 {
            self.tell_nothing(scenario, &failed);
            return Ok(if complete {
                Status::Failed
            } else {
                Status::Interrupted
            });
        }
        let results = collector.finish();
        output.publish(scenario, &results)?;
        remove_charts(folder.path()).map_err(Failure::Other)?;
        manifest.failed = failed;
        manifest.finish(taken, start.elapsed());
        let charts = self
            .pool
            .install(|| write_charts(folder.path(), scenario, &results, &self.charts))
            .map_err(Failure::Other)?;
        self.write_manifest(folder.path(), &mut manifest)?;
        let status = self.conclude(scenario, &manifest, complete);
        if quiet {
            return Ok(status);
        }
        Ok(status.and(self.tell(scenario, folder.path(), &results, charts, start)))
    }

    /// The journal of the run, and the cells in it.
    fn open_journal(
        &self,
        scenario: &Scenario,
        folder: &Folder,
        cells: Cells,
    ) -> Result<(Journal, Journal), Failure> {
        let identity = Manifest::identity(scenario);
        let open = |fresh| {
            Journal::open(folder.path(), &identity, fresh).map_err(|source| {
                Failure::Output(OutputError {
                    path: folder.path().to_owned(),
                    source,
                })
            })
        };
        let (journal, found) = open(self.arguments.fresh)?;
        let kept = journal
            .cells()
            .filter(|cell| cell.replicate < cells.replicates)
            .count();
        if !self.arguments.quiet {
            match found {
                Found::Cells(_) => terminal::note(format_args!(
                    "{}: {kept} of {} replicates were finished earlier and are kept (--fresh starts over)",
                    scenario.name, cells.replicates
                )),
                Found::Other => terminal::note(format_args!(
                    "{}: the scenario, its seed or the program has changed since the last run into {}; starting over",
                    scenario.name,
                    folder.path().display()
                )),
                Found::Nothing => {}
            }
        }
        // a second view of the file, for the threads that read while the first one grows
        let (earlier, _) = open(false)?;
        Ok((journal, earlier))
    }

    /// Says why a run that gave no tables gave none.
    fn tell_nothing(&self, scenario: &Scenario, failed: &[FailedCell]) {
        match failed.first() {
            Some(cell) => terminal::error(format_args!(
                "{}: no replicate could be simulated; replicate {}: {}",
                scenario.name, cell.replicate, cell.cause
            )),
            None => self.note(format_args!(
                "{}: stopped before a replicate had finished; nothing was written",
                scenario.name
            )),
        }
    }

    /// Says how the run ended, where that is not as it should be, and how the program should end.
    fn conclude(&self, scenario: &Scenario, manifest: &Manifest, complete: bool) -> Status {
        for cell in &manifest.failed {
            terminal::error(format_args!(
                "{}: replicate {} failed: {}",
                scenario.name, cell.replicate, cell.cause
            ));
        }
        if !complete {
            self.note(format_args!(
                "{}: interrupted; the tables hold the {} of {} replicates that had finished; the same command finishes the others",
                scenario.name, manifest.replicates_done, manifest.replicates
            ));
            return Status::Interrupted;
        }
        if manifest.failed.is_empty() {
            Status::Done
        } else {
            Status::Failed
        }
    }

    /// Prints a note, unless nothing is to be printed.
    fn note(&self, text: impl std::fmt::Display) {
        if !self.arguments.quiet {
            terminal::note(text);
        }
    }

    fn write_manifest(&self, folder: &Path, manifest: &mut Manifest) -> Result<(), Failure> {
        let path = folder.join("manifest.json");
        manifest.list_files(folder).map_err(|error| {
            Failure::Other(format!("cannot read {}: {error}", folder.display()))
        })?;
        Ok(write_whole(&path, manifest.to_json().as_bytes())?)
    }

    /// Prints what was found, and where the rest is.
    fn tell(
        &self,
        scenario: &Scenario,
        folder: &Path,
        results: &Results,
        charts: usize,
        start: Instant,
    ) -> Status {
        let status = terminal::result(&super::summary::table(scenario, results));
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
        if self.arguments.verbose {
            let threads = self.pool.current_num_threads();
            let periods = f64::from(scenario.simulation.periods) * f64::from(results.replicates);
            let customers: f64 = scenario
                .populations
                .iter()
                .map(|named| f64::from(named.customers))
                .sum();
            terminal::note(format_args!(
                "{threads} threads; {:.2} million customer periods per second, tables and charts included",
                periods * customers / seconds / 1e6
            ));
        }
        status
    }
}

/// The replicates of one scenario, some of them perhaps finished earlier.
struct Replicates {
    plan: Arc<Plan>,
    earlier: Journal,
}

impl Work for Replicates {
    fn plan(&self, _: u32) -> Result<Arc<Plan>, String> {
        Ok(self.plan.clone())
    }

    fn finished(&self, cell: Cell) -> Option<Records> {
        self.earlier.get(cell)
    }
}

/// Takes cells to the journal as they come, and to tables and results in order.
struct Keeper {
    journal: Journal,
    output: Output,
    collector: Collector,
    display: Display,
    /// Cells in the tables.
    taken: usize,
    failed: Vec<FailedCell>,
    cancel: Cancel,
    /// Whether the user was told that a stop is under way.
    told: bool,
}

impl Receiver for Keeper {
    type Error = OutputError;

    fn done(&mut self, done: &Done) -> Result<(), OutputError> {
        match &done.outcome {
            Ok(records) if !done.earlier => {
                let appended = self.journal.append(done.cell, records);
                journal_error(&self.journal, appended)
            }
            _ => Ok(()),
        }
    }

    fn take(&mut self, done: Done) -> Result<(), OutputError> {
        match done.outcome {
            Ok(records) => {
                self.collector.take(&records);
                self.taken += 1;
                self.output.write(&records)
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
