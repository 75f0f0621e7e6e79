//! `flywheel run`: scenarios become tables, charts and a summary.

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use flywheel::analysis::{Collector, Results};
use flywheel::experiment::{
    Cancel, Finished, Manifest, Output, OutputError, remove_if_empty, run_replicates, write_whole,
};
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
        match Output::prepare(&arguments.output, scenario) {
            Ok(folder) => folders.push(folder),
            Err(error) => {
                terminal::error(format_args!("{error}: choose another folder with --output"));
                folders.iter().for_each(|folder| remove_if_empty(folder));
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
    fn all(&self, scenarios: &[Scenario], folders: &[PathBuf]) -> Status {
        let start = Instant::now();
        let mut status = Status::Done;
        for (position, (scenario, folder)) in scenarios.iter().zip(folders).enumerate() {
            if self.cancel.is_cancelled() {
                self.note(format_args!("{}: not started", scenario.name));
                remove_if_empty(folder);
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
    fn one(&self, scenario: &Scenario, folder: &Path) -> Result<Status, Failure> {
        let start = Instant::now();
        let quiet = self.arguments.quiet;
        if !quiet {
            for warning in scenario.warnings() {
                terminal::warning(&scenario.name, &warning);
            }
        }
        let mut manifest = Manifest::start(scenario, self.pool.current_num_threads());
        let mut output = Output::start(folder, scenario, &self.arguments.formats())?;
        let mut collector = Collector::new(scenario);
        let mut display = Display::start(scenario, quiet);
        let mut told = false;
        let outcome = run_replicates(
            scenario,
            &self.pool,
            &self.cancel,
            |_, records| {
                collector.take(&records);
                output.write(&records).map_err(Failure::from)
            },
            |progress| {
                if self.cancel.is_cancelled() && !told {
                    told = true;
                    display.note(STOPPING);
                }
                display.update(progress);
            },
        );
        display.finish();
        let finished = outcome?;
        if finished.replicates.is_empty() {
            self.note(format_args!(
                "{}: stopped before a replicate had finished; nothing was written",
                scenario.name
            ));
            return Ok(Status::Interrupted);
        }
        let results = collector.finish();
        output.publish(scenario, &results)?;
        remove_charts(folder).map_err(Failure::Other)?;
        manifest.finish(finished.replicates.len(), start.elapsed());
        let charts = self
            .pool
            .install(|| write_charts(folder, scenario, &results, &self.charts))
            .map_err(Failure::Other)?;
        self.write_manifest(folder, &mut manifest)?;
        let status = if finished.cancelled {
            Status::Interrupted
        } else {
            Status::Done
        };
        if quiet {
            return Ok(status);
        }
        Ok(status.and(self.tell(scenario, folder, &finished, &results, charts, start)))
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
        finished: &Finished,
        results: &Results,
        charts: usize,
        start: Instant,
    ) -> Status {
        let status = terminal::result(&super::summary::table(scenario, results));
        if finished.cancelled {
            terminal::note(format_args!(
                "{}: interrupted; the tables hold the {} of {} replicates that had finished",
                scenario.name,
                finished.replicates.len(),
                scenario.simulation.replicates
            ));
        }
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
            let periods = f64::from(scenario.simulation.periods) * finished.replicates.len() as f64;
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
