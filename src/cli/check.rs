//! `flywheel check`: prints every problem of scenarios and runs nothing.

use std::path::PathBuf;

use clap::Args;
use flywheel::course::Course;
use flywheel::scenario::Scenario;

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
        options::warn(scenario);
        if !lesson_is_sound(scenario) {
            status = Status::Unusable;
            continue;
        }
        let counts = [
            (scenario.firms.len(), "firm"),
            (scenario.populations.len(), "population"),
            (scenario.simulation.periods as usize, "period"),
            (scenario.simulation.replicates as usize, "replicate"),
        ];
        let counts = counts.map(|(count, word)| match count {
            1 => format!("1 {word}"),
            many => format!("{many} {word}s"),
        });
        status = status.and(terminal::result(&format!(
            "{}: fine; {}",
            scenario.name,
            counts.join(", ")
        )));
    }
    status
}

/// Whether a scenario is no lesson, or one whose figures and changes there are; prints what is wrong with it.
fn lesson_is_sound(scenario: &Scenario) -> bool {
    if scenario.lesson.is_none() {
        return true;
    }
    let course = Course::of(scenario.clone(), &scenario.name);
    course.inspect_err(terminal::problems).is_ok()
}
