//! `flywheel run`: scenarios become tables, charts and a summary.

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use flywheel::experiment::{Cancel, Folder, Runner, Shard};
use flywheel::scenario::Scenario;

use super::job::Failure;
use super::options::{Changes, ChartFormat, Results};
use super::style::StyleOptions;
use super::{Status, job, options, part, signals, terminal};

#[derive(Debug, Args)]
pub struct Arguments {
    /// Scenario files, or folders whose *.toml files are meant
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Folder for the results; each scenario gets a folder of its own in it
    #[arg(short, long, value_name = "DIR", default_value = "output")]
    output: PathBuf,
    #[command(flatten)]
    changes: Changes,
    #[command(flatten)]
    results: Results,
    /// Do one of N parts, for a cluster: part I goes to NAME.part-I-of-N; `flywheel merge` makes the tables
    #[arg(long, value_name = "I/N")]
    shard: Option<Shard>,
    /// Start over: do not use replicates that an earlier run of the same scenario finished
    #[arg(long)]
    fresh: bool,
}

/// Runs the scenarios one after the other.
pub fn execute(arguments: &Arguments) -> Status {
    let Some(charts) = options::chart_formats(&arguments.results.charts) else {
        return Status::Unusable;
    };
    let style = arguments.results.style.overrides();
    let changes = [arguments.changes.all(), style].concat();
    let Some(scenarios) = options::load_scenarios(&arguments.paths, &changes) else {
        return Status::Unusable;
    };
    if arguments.shard.is_some() && !part::can_be_divided(&scenarios) {
        return Status::Unusable;
    }
    run_all(arguments, charts, &scenarios)
}

/// Runs checked scenarios one after the other.
pub fn run_all(arguments: &Arguments, charts: Vec<ChartFormat>, scenarios: &[Scenario]) -> Status {
    let mut folders = Vec::new();
    for scenario in scenarios {
        let folder = match arguments.shard {
            Some(shard) => Folder::prepare_part(&arguments.output, scenario, shard),
            None => Folder::prepare(&arguments.output, scenario),
        };
        match folder {
            Ok(folder) => folders.push(folder),
            Err(error) => {
                terminal::error(format_args!("{error}; --output chooses another folder"));
                return Status::Unusable;
            }
        }
    }
    let begun = if arguments.fresh {
        Begun::Afresh
    } else {
        Begun::Perhaps
    };
    let Some(run) = Run::start(&arguments.results, &arguments.output, charts, begun) else {
        return Status::Failed;
    };
    run.all(scenarios, |position, scenario| {
        let folder = &folders[position];
        match arguments.shard {
            Some(shard) => part::run(&run, scenario, folder, shard),
            None => job::run(&run, scenario, folder),
        }
    })
}

impl Arguments {
    /// For scenarios of the program's own, whose results are told in other words.
    pub fn of_course(output: PathBuf, style: StyleOptions) -> Self {
        Self {
            paths: Vec::new(),
            output,
            changes: Changes::default(),
            results: Results::of_course(style),
            shard: None,
            fresh: false,
        }
    }
}

/// What to do with cells that are in a folder already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begun {
    /// Use them, for an earlier run may have been interrupted.
    Perhaps,
    /// Drop them.
    Afresh,
    /// They were brought there from parts.
    InParts,
}

/// All that the scenarios of one command share.
pub struct Run<'a> {
    pub arguments: &'a Results,
    output: &'a Path,
    pub charts: Vec<ChartFormat>,
    pub pool: rayon::ThreadPool,
    pub cancel: Cancel,
    pub begun: Begun,
}

impl<'a> Run<'a> {
    /// Starts the threads, and lets signals stop them; none, after a message, if that fails.
    pub fn start(
        arguments: &'a Results,
        output: &'a Path,
        charts: Vec<ChartFormat>,
        begun: Begun,
    ) -> Option<Self> {
        let pool = options::thread_pool(arguments.threads)?;
        let cancel = Cancel::default();
        if let Err(error) = signals::stop_on_signals(&cancel) {
            terminal::note(format_args!(
                "note: Ctrl-C will lose the running scenario: {error}"
            ));
        }
        Some(Self {
            arguments,
            output,
            charts,
            pool,
            cancel,
            begun,
        })
    }

    /// Does the work of every scenario; one that fails does not keep the others from it.
    pub fn all(
        &self,
        scenarios: &[Scenario],
        work: impl Fn(usize, &Scenario) -> Result<Status, Failure>,
    ) -> Status {
        let start = Instant::now();
        let mut status = Status::Done;
        for (position, scenario) in scenarios.iter().enumerate() {
            if self.cancel.is_cancelled() {
                self.note(format_args!("{}: not started", scenario.name));
                status = Status::Interrupted;
                continue;
            }
            if position > 0 && !self.arguments.quiet {
                status = status.and(terminal::result(""));
            }
            match work(position, scenario) {
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
                self.output.display()
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
