//! `flywheel chart`: draws the charts of finished runs again from their tables.

use std::path::PathBuf;

use clap::Args;
use flywheel::experiment::ExperimentError;
use flywheel::run::{RunError, redraw};

use super::options::ChartFormat;
use super::status::Status;
use super::style::StyleOptions;
use super::{options, terminal};

#[derive(Debug, Args)]
pub struct Arguments {
    /// Folders of finished runs, such as output/four-experiences
    #[arg(required = true, value_name = "RUN_DIR")]
    folders: Vec<PathBuf>,
    /// Formats of the charts
    #[arg(long, value_enum, value_delimiter = ',', default_value = "svg,png")]
    charts: Vec<ChartFormat>,
    #[command(flatten)]
    style: StyleOptions,
    /// Print nothing but errors
    #[arg(short, long)]
    quiet: bool,
}

/// Draws the charts of every folder; one that cannot be drawn does not keep the others from it.
pub fn execute(arguments: &Arguments) -> Status {
    let formats = match options::chart_formats(&arguments.charts) {
        Ok(formats) => formats,
        Err(status) => return status,
    };
    let overrides = match arguments.style.read() {
        Ok(overrides) => overrides,
        Err(status) => return status,
    };
    let mut status = Status::Done;
    for folder in &arguments.folders {
        match redraw(folder, &overrides, &formats, arguments.style.data) {
            Ok(drawn) if !arguments.quiet => {
                let shown = folder.display();
                for missing in &drawn.missing {
                    terminal::note(format_args!(
                        "{shown}: no charts of the analyses of kind {}, for there is no table {}: the run was stopped before, and `flywheel run` on its scenario finishes it",
                        missing.kind, missing.table
                    ));
                }
                let text = format!("{shown}: drew {} charts", drawn.pictures);
                status = status.and(terminal::result(&text));
            }
            Ok(_) => {}
            Err(RunError::Experiment(error @ ExperimentError::NoRun(_))) => {
                terminal::error(error);
                status = status.and(Status::Unusable);
            }
            Err(problem) => {
                terminal::error(format_args!("{}: {problem}", folder.display()));
                status = status.and(Status::Failed);
            }
        }
    }
    status
}
