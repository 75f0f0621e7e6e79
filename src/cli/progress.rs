//! How far a run has come: a bar on a terminal, plain lines otherwise.

use std::fmt::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use flywheel::experiment::{Observer, Progress, Stage, Work};
use flywheel::scenario::Scenario;
use indicatif::{ProgressBar, ProgressState, ProgressStyle};

use super::session::Session;
use super::{telling, terminal};

/// How often a run that is not watched on a terminal reports.
const PLAIN_INTERVAL: Duration = Duration::from_secs(15);

/// What is said when somebody asks to stop.
const STOPPING: &str = "stopping: finished replicates are kept (Ctrl-C once more stops at once)";

/// Tells of one scenario's run while it goes on.
pub struct Teller<'a> {
    session: &'a Session<'a>,
    scenario: &'a Scenario,
    folder: &'a Path,
    display: Option<Display>,
    /// Whether the user was told that a stop is under way.
    told: bool,
}

impl<'a> Teller<'a> {
    /// Of a run into this folder.
    pub fn new(session: &'a Session<'a>, scenario: &'a Scenario, folder: &'a Path) -> Self {
        Self {
            session,
            scenario,
            folder,
            display: None,
            told: false,
        }
    }
}

impl Observer for Teller<'_> {
    fn begin(&mut self, stage: Stage) {
        let word = match stage.work {
            Work::Own => telling::cell_word(stage.points),
            _ => "cells",
        };
        telling::found(self.session, self.scenario, self.folder, &stage);
        let quiet = self.session.arguments.quiet;
        self.display = Some(Display::start(self.scenario, stage.cells, word, quiet));
    }

    fn extend(&mut self, cells: u64) {
        if let Some(display) = &mut self.display {
            display.extend(cells);
        }
    }

    fn progress(&mut self, progress: Progress) {
        let Some(display) = &mut self.display else {
            return;
        };
        if self.session.cancel.is_cancelled() && !self.told {
            self.told = true;
            display.note(STOPPING);
        }
        display.update(progress);
    }

    fn end(&mut self) {
        if let Some(display) = self.display.take() {
            display.finish();
        }
    }

    fn note(&mut self, text: &str) {
        self.session
            .note(format_args!("{}: {text}", self.scenario.name));
    }
}

/// Shows the progress of one scenario's cells.
struct Display {
    view: View,
    name: String,
    cells: u64,
    /// What cells are called.
    word: &'static str,
    /// Periods of cells that were done before the present batch.
    before: u64,
    periods: u32,
}

/// Where progress is shown.
enum View {
    /// A bar of periods, with rate and time left.
    Bar(ProgressBar),
    /// A line every now and then.
    Plain { last: Instant },
    /// Nothing.
    Quiet,
}

impl Display {
    #[expect(clippy::disallowed_methods, reason = "how often a line is printed")]
    /// For so many cells of a scenario, which are called by `word`, from now on.
    fn start(scenario: &Scenario, cells: u64, word: &'static str, quiet: bool) -> Self {
        let periods = scenario.simulation.periods;
        let mut display = Self {
            view: View::Quiet,
            name: scenario.name.clone(),
            cells,
            word,
            before: 0,
            periods,
        };
        if !quiet {
            display.view = if terminal::is_interactive() {
                let bar = ProgressBar::new(display.total())
                    .with_style(style())
                    .with_prefix(scenario.name.clone())
                    .with_message(display.words(0));
                View::Bar(bar)
            } else {
                View::Plain {
                    last: Instant::now(),
                }
            };
        }
        display
    }

    /// Adds cells to those that were done.
    fn extend(&mut self, cells: u64) {
        self.before = self.total();
        self.cells = cells;
        if let View::Bar(bar) = &self.view {
            bar.set_length(self.total());
        }
    }

    /// Periods of all cells; points of a sweep that have more or fewer make it an estimate.
    fn total(&self) -> u64 {
        self.cells * u64::from(self.periods)
    }

    fn words(&self, done: u64) -> String {
        format!("{done}/{} {}", self.cells, self.word)
    }

    /// Takes in how far the run has come.
    #[expect(clippy::disallowed_methods, reason = "how often a line is printed")]
    fn update(&mut self, progress: Progress) {
        let periods = self.before + progress.periods;
        let words = self.words(progress.cells);
        let percent = (100 * periods / self.total().max(1)).min(100);
        match &mut self.view {
            View::Bar(bar) => {
                bar.set_position(periods);
                bar.set_message(words);
            }
            View::Plain { last } => {
                if last.elapsed() >= PLAIN_INTERVAL {
                    *last = Instant::now();
                    terminal::note(format_args!("{}: {percent} %, {words}", self.name));
                }
            }
            View::Quiet => {}
        }
    }

    /// Prints a note, above the bar where there is one.
    fn note(&self, text: &str) {
        match &self.view {
            View::Bar(bar) => bar.suspend(|| terminal::note(text)),
            View::Plain { .. } => terminal::note(text),
            View::Quiet => {}
        }
    }

    /// Clears the bar.
    fn finish(self) {
        if let View::Bar(bar) = self.view {
            bar.finish_and_clear();
        }
    }
}

fn style() -> ProgressStyle {
    ProgressStyle::with_template(
        "{prefix} {wide_bar} {msg}, {percent} %, {rate} periods/s, {eta} left",
    )
    .unwrap_or_else(|_| ProgressStyle::default_bar())
    .with_key("rate", |state: &ProgressState, out: &mut dyn Write| {
        // the estimate of a rate is not good to a part of a period
        let _ = write!(out, "{:.0}", state.per_sec());
    })
}
