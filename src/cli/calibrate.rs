//! `flywheel calibrate`: which parameters could have made a log of purchases.

use flywheel::scenario::Scenario;

use super::run::{self, Arguments};
use super::status::Status;
use super::terminal;

/// Calibrates the scenarios one after the other.
pub fn execute(arguments: &Arguments) -> Status {
    match run::prepared(arguments, calibration) {
        Ok(scenarios) => run::run_all(arguments, &scenarios),
        Err(status) => status,
    }
}

/// The scenario that asks for the calibration alone; none, after a message, of one that has no log.
fn calibration(scenario: &Scenario) -> Option<Scenario> {
    let calibration = scenario.calibration();
    if calibration.is_none() {
        terminal::error(format_args!(
            "{}: it has no [calibrate], which says of which log and which parameters: `flywheel describe LOG --scenario FILE` writes a scenario that has one",
            scenario.name
        ));
    }
    calibration
}
