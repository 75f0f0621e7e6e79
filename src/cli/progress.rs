//! How far a run has come: a bar on a terminal, plain lines otherwise.

use std::fmt::Write;
use std::time::{Duration, Instant};

use flywheel::experiment::Progress;
use flywheel::scenario::Scenario;
use indicatif::{ProgressBar, ProgressState, ProgressStyle};

use super::terminal;

/// How often a run that is not watched on a terminal reports.
const PLAIN_INTERVAL: Duration = Duration::from_secs(15);

/// Shows the progress of one scenario's run.
pub struct Display {
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
    /// For so many cells of a scenario, which are called by `word`, from now on.
    pub fn start(scenario: &Scenario, cells: u64, word: &'static str, quiet: bool) -> Self {
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
    pub fn extend(&mut self, cells: u64) {
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
    pub fn update(&mut self, progress: Progress) {
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
    pub fn note(&self, text: &str) {
        match &self.view {
            View::Bar(bar) => bar.suspend(|| terminal::note(text)),
            View::Plain { .. } => terminal::note(text),
            View::Quiet => {}
        }
    }

    /// Clears the bar.
    pub fn finish(self) {
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
