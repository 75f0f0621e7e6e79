//! `flywheel merge`: the parts of a divided run become tables, charts and a summary.

use std::path::PathBuf;

use clap::Args;
use flywheel::experiment::{Folder, Whole};
use flywheel::scenario::{Diagnostics, Override, Scenario, matching};

use super::options::{Results, Work};
use super::session::{Begun, Session};
use super::status::Status;
use super::{job, options, telling, terminal};

#[derive(Debug, Args)]
pub struct Arguments {
    /// Folder for the results; each scenario gets a folder of its own in it
    #[arg(value_name = "OUT")]
    output: PathBuf,
    /// Folders of all parts, such as output/market.part-*-of-4; those of several scenarios may be mixed
    #[arg(required = true, value_name = "PART")]
    parts: Vec<PathBuf>,
    #[command(flatten)]
    results: Results,
}

/// Merges the parts of every scenario.
pub fn execute(arguments: &Arguments) -> Status {
    if let Err(status) = options::chart_formats(&arguments.results.charts) {
        return status;
    }
    let wholes = match Whole::of(&matching(&arguments.parts)) {
        Ok(wholes) => wholes,
        Err(problems) => {
            problems.iter().for_each(terminal::error);
            return Status::Unusable;
        }
    };
    let styled: Result<Vec<Scenario>, Diagnostics> = wholes
        .iter()
        .map(|whole| styled(&whole.scenario, &arguments.results.style.overrides()))
        .collect();
    let scenarios = match styled {
        Ok(scenarios) => scenarios,
        Err(problems) => {
            terminal::problems(&problems);
            return Status::Unusable;
        }
    };
    if !options::fit_in_memory(&scenarios, arguments.results.threads, Work::Merge) {
        return Status::Unusable;
    }
    let mut folders = Vec::new();
    for whole in &wholes {
        match Folder::prepare(&arguments.output, &whole.scenario) {
            Ok(folder) => folders.push(folder),
            Err(error) => {
                terminal::error(format_args!("{error}; OUT may name another folder"));
                return Status::Unusable;
            }
        }
    }
    let output = &arguments.output;
    let session = match Session::start(&arguments.results, output, Begun::InParts) {
        Ok(session) => session,
        Err(status) => return status,
    };
    session.all(&scenarios, |position, scenario| {
        let (whole, folder) = (&wholes[position], &folders[position]);
        telling::merging(&session, scenario, whole.parts());
        whole.fill(&folder.journal(false)?)?;
        job::run(&session, scenario, folder)
    })
}

/// A scenario with options for the look of its charts.
fn styled(scenario: &Scenario, style: &[String]) -> Result<Scenario, Diagnostics> {
    let overrides: Vec<Override> = style
        .iter()
        .map(|text| Override::parse(text))
        .collect::<Result<_, _>>()?;
    scenario.with_overrides(&overrides)
}
