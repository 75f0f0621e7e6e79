//! `flywheel check`: prints every problem of scenarios and runs nothing.

use std::path::PathBuf;

use clap::Args;

use super::status::Status;
use super::{options, terminal};

#[derive(Debug, Args)]
pub struct Arguments {
    /// Scenario files, or folders whose *.toml files are meant
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Change a parameter, as in `--set firms.NAME.price=0.4`; `*` in place of a name means all
    #[arg(long, value_name = "PATH=VALUE")]
    set: Vec<String>,
}

/// Checks the scenarios.
pub fn execute(arguments: &Arguments) -> Status {
    let Some(scenarios) = options::load_scenarios(&arguments.paths, &arguments.set) else {
        return Status::Unusable;
    };
    let mut status = Status::Done;
    for scenario in &scenarios {
        for warning in scenario.warnings() {
            terminal::warning(&scenario.name, &warning);
        }
        let (firms, populations) = (scenario.firms.len(), scenario.populations.len());
        status = status.and(terminal::result(&format!(
            "{}: fine; {firms} {}, {populations} {}, {} periods, {} replicates",
            scenario.name,
            if firms == 1 { "firm" } else { "firms" },
            if populations == 1 {
                "population"
            } else {
                "populations"
            },
            scenario.simulation.periods,
            scenario.simulation.replicates,
        )));
    }
    status
}
