//! `flywheel verify`: holds finished runs against their manifests, and stored rows against computed ones.

use std::path::{Path, PathBuf};

use clap::Args;
use flywheel::experiment::{Cancel, ExperimentError, MANIFEST, Runner, SCENARIO, Status as Ended};
use flywheel::run::{Again, Rerun, RunError, Verified, Wrong, verify};
use flywheel::scenario::Scenario;

use super::options::{self, MOST_THREADS, Work};
use super::status::Status;
use super::{telling, terminal};

#[derive(Debug, Args)]
pub struct Arguments {
    /// Folders of finished runs, such as output/four-experiences
    #[arg(required = true, value_name = "RUN_DIR")]
    folders: Vec<PathBuf>,
    /// Compute N random cells (replicates of points) anew, and compare their rows with those in the tables
    #[arg(long, value_name = "N")]
    rerun: Option<usize>,
    /// Seed of the choice of cells
    #[arg(long, value_name = "N", default_value_t = 0, requires = "rerun")]
    seed: u64,
    /// Number of threads [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=MOST_THREADS))]
    threads: Option<u16>,
    /// Print nothing but errors
    #[arg(short, long)]
    quiet: bool,
}

/// Verifies every folder; one that is not as it should be does not keep the others from it.
pub fn execute(arguments: &Arguments) -> Status {
    let Some(pool) = options::thread_pool(arguments.threads) else {
        return Status::Failed;
    };
    let rerun = arguments.rerun.map(|cells| Rerun {
        cells,
        seed: arguments.seed,
    });
    let runner = Runner {
        pool: &pool,
        cancel: &Cancel::default(),
    };
    let mut status = Status::Done;
    for folder in &arguments.folders {
        // what is wrong with the scenario is found below
        let scenario = Scenario::load(&folder.join(SCENARIO), &[]);
        let simulated = scenario.ok().filter(|_| rerun.is_some());
        if !options::fit_in_memory(simulated.as_slice(), arguments.threads, Work::Simulate) {
            status = status.and(Status::Unusable);
            continue;
        }
        status = status.and(match verify(folder, rerun, runner, &mut ()) {
            Ok(_) if arguments.quiet => Status::Done,
            Ok(verified) => {
                if let Some(again) = &verified.again {
                    note(folder, again);
                }
                terminal::result(&format!("{}: {}", folder.display(), words(&verified)))
            }
            Err(wrong) => print(folder, &wrong),
        });
    }
    status
}

/// Says what was computed anew besides cells, and what was not.
fn note(folder: &Path, again: &Again) {
    let shown = folder.display();
    if !again.derived.is_empty() {
        terminal::note(format_args!(
            "{shown}: computed anew from these and other cells, and equal: {}",
            again.derived.join(", ")
        ));
    }
    if again.thinned {
        terminal::note(format_args!(
            "{shown}: summary was not computed anew, for simulation.record left out rows of firms from which it follows"
        ));
    }
}

/// Prints all that is wrong with a folder.
fn print(folder: &Path, wrong: &[Wrong]) -> Status {
    if let [Wrong::Unreadable(RunError::Experiment(error @ ExperimentError::NoRun(_)))] = wrong {
        terminal::error(error);
        return Status::Unusable;
    }
    if let [Wrong::Unreadable(RunError::Experiment(ExperimentError::Read { path, source }))] = wrong
        && path.ends_with(MANIFEST)
    {
        let shown = folder.display();
        terminal::error(format_args!("{shown}: {MANIFEST} cannot be read: {source}"));
        return Status::Failed;
    }
    for one in wrong {
        terminal::error(format_args!("{}: {one}", folder.display()));
    }
    Status::Failed
}

/// What was found in order.
fn words(verified: &Verified) -> String {
    let manifest = &verified.manifest;
    let files = match manifest.files.len() {
        1 => "1 file is".to_owned(),
        n => format!("{n} files are"),
    };
    let mut words = format!("{files} as {MANIFEST} says");
    if let Some(again) = &verified.again {
        words.push_str(&format!(
            "; {} of {} {} computed anew, with equal rows",
            again.cells,
            again.of,
            telling::cell_word(manifest.points)
        ));
    }
    match manifest.status {
        Ended::Complete => {}
        Ended::Interrupted => words.push_str("; the run was interrupted"),
        Ended::Failed => {
            words.push_str(&format!("; {} cells of it failed", manifest.failed.len()));
        }
    }
    words
}
