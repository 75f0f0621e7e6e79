//! What the scenarios of one command share: threads, signals, options; and their work, one after the other.

use std::path::Path;
use std::time::Instant;

use flywheel::experiment::{Cancel, Runner};
use flywheel::run::{Options, RunError};
use flywheel::scenario::Scenario;

use super::options::{self, Results};
use super::signals;
use super::status::Status;
use super::terminal;

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
pub struct Session<'a> {
    pub arguments: &'a Results,
    output: &'a Path,
    pub options: Options,
    pub pool: rayon::ThreadPool,
    pub cancel: Cancel,
    pub begun: Begun,
}

impl<'a> Session<'a> {
    /// Starts the threads, and lets signals stop them; how the program ends, after a message, if that fails.
    pub fn start(arguments: &'a Results, output: &'a Path, begun: Begun) -> Result<Self, Status> {
        let options = Options {
            tables: arguments.formats(),
            pictures: options::chart_formats(&arguments.charts)?,
            data: arguments.style.data,
            fresh: begun == Begun::Afresh,
            partial: true,
        };
        let pool = options::thread_pool(arguments.threads).ok_or(Status::Failed)?;
        let cancel = Cancel::default();
        if let Err(error) = signals::stop_on_signals(&cancel) {
            terminal::note(format_args!(
                "note: Ctrl-C will lose the running scenario: {error}"
            ));
        }
        Ok(Self {
            arguments,
            output,
            options,
            pool,
            cancel,
            begun,
        })
    }

    /// Does the work of every scenario; one that fails does not keep the others from it.
    #[expect(
        clippy::disallowed_methods,
        reason = "what a run costs is told, and is no result"
    )]
    pub fn all(
        &self,
        scenarios: &[Scenario],
        work: impl Fn(usize, &Scenario) -> Result<Status, RunError>,
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
                Err(error) => {
                    terminal::error(format_args!("{}: the run failed", scenario.name));
                    say(&error);
                    status = status.and(Status::Failed);
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

/// Prints why a run failed.
fn say(error: &RunError) {
    match error {
        RunError::Scenario(problems) => terminal::problems(problems),
        RunError::Experiment(error) => terminal::error(format_args!("{error}; {KEPT}")),
        other => terminal::error(other),
    }
}

/// What is said where a file could not be written.
const KEPT: &str = "what was in the folder before this run is still there, and finished cells are kept: when the cause is removed, the same command goes on where it was";
