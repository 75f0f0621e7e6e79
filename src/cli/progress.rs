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
pub enum Display {
    /// A bar of periods, with rate and time left.
    Bar { bar: ProgressBar, replicates: u32 },
    /// A line every now and then.
    Plain {
        name: String,
        total: u64,
        replicates: u32,
        last: Instant,
    },
    /// Nothing.
    Quiet,
}

impl Display {
    /// For a run that starts now.
    pub fn start(scenario: &Scenario, quiet: bool) -> Self {
        let replicates = scenario.simulation.replicates;
        let total = u64::from(replicates) * u64::from(scenario.simulation.periods);
        if quiet {
            Self::Quiet
        } else if terminal::is_interactive() {
            let bar = ProgressBar::new(total)
                .with_style(style())
                .with_prefix(scenario.name.clone())
                .with_message(format!("0/{replicates} replicates"));
            Self::Bar { bar, replicates }
        } else {
            Self::Plain {
                name: scenario.name.clone(),
                total,
                replicates,
                last: Instant::now(),
            }
        }
    }

    /// Takes in how far the run has come.
    pub fn update(&mut self, progress: Progress) {
        match self {
            Self::Bar { bar, replicates } => {
                bar.set_position(progress.periods);
                bar.set_message(format!("{}/{replicates} replicates", progress.cells));
            }
            Self::Plain {
                name,
                total,
                replicates,
                last,
            } => {
                if last.elapsed() >= PLAIN_INTERVAL {
                    *last = Instant::now();
                    let percent = 100 * progress.periods / (*total).max(1);
                    terminal::note(format_args!(
                        "{name}: {percent} %, {} of {replicates} replicates",
                        progress.cells
                    ));
                }
            }
            Self::Quiet => {}
        }
    }

    /// Prints a note, above the bar where there is one.
    pub fn note(&self, text: &str) {
        match self {
            Self::Bar { bar, .. } => bar.suspend(|| terminal::note(text)),
            Self::Plain { .. } => terminal::note(text),
            Self::Quiet => {}
        }
    }

    /// Clears the bar.
    pub fn finish(self) {
        if let Self::Bar { bar, .. } = self {
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
