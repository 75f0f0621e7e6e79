//! `flywheel run`: scenarios become tables, charts and a summary.

use std::path::PathBuf;
use std::time::Instant;

use clap::Args;
use flywheel::experiment::{Cancel, Folder, Runner};
use flywheel::scenario::Scenario;
use flywheel::table::Format;

use super::options::{ChartFormat, TableFormat};
use super::style::StyleOptions;
use super::{Status, job, options, terminal};

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
    #[command(flatten)]
    pub style: StyleOptions,
    /// Start over: do not use replicates that an earlier run of the same scenario finished
    #[arg(long)]
    pub fresh: bool,
    /// Print nothing but errors
    #[arg(short, long)]
    pub quiet: bool,
    /// Say more: threads and rates
    #[arg(short, long, conflicts_with = "quiet")]
    pub verbose: bool,
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
    run_all(arguments, charts, &scenarios)
}

/// Runs checked scenarios one after the other.
pub fn run_all(arguments: &Arguments, charts: Vec<ChartFormat>, scenarios: &[Scenario]) -> Status {
    let mut folders = Vec::new();
    for scenario in scenarios {
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
    run.all(scenarios, &folders)
}

/// The first request to stop keeps finished work, which the run then tells; the second stops at once.
fn stop(cancel: &Cancel) {
    if cancel.is_cancelled() {
        std::process::exit(130);
    }
    cancel.cancel();
}

impl Arguments {
    /// For scenarios of the program's own, whose results are told in other words.
    pub fn of_course(output: PathBuf, style: StyleOptions) -> Self {
        Self {
            paths: Vec::new(),
            output,
            replicates: None,
            seed: None,
            threads: None,
            set: Vec::new(),
            format: vec![TableFormat::Csv],
            charts: Vec::new(),
            style,
            fresh: false,
            quiet: true,
            verbose: false,
        }
    }

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
            .chain(self.style.overrides())
            .collect()
    }

    /// The formats of the tables, without repetition.
    pub fn formats(&self) -> Vec<Format> {
        let mut formats: Vec<Format> = self.format.iter().map(|&format| format.into()).collect();
        formats.sort();
        formats.dedup();
        formats
    }
}

/// All that the scenarios of one command share.
pub struct Run<'a> {
    pub arguments: &'a Arguments,
    pub charts: Vec<ChartFormat>,
    pub pool: rayon::ThreadPool,
    pub cancel: Cancel,
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
            match job::run(self, scenario, folder) {
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

    /// What cells are done with.
    pub fn runner(&self) -> Runner<'_> {
        Runner {
            pool: &self.pool,
            cancel: &self.cancel,
        }
    }

    /// Prints a note, unless nothing is to be printed.
    pub fn note(&self, text: impl std::fmt::Display) {
        if !self.arguments.quiet {
            terminal::note(text);
        }
    }
}
