//! One scenario's run, or one part of it: the library does it, and its words are printed.

use flywheel::experiment::{Folder, Shard};
use flywheel::run::{RunError, run as run_whole, run_part};
use flywheel::scenario::Scenario;

use super::progress::Teller;
use super::session::Session;
use super::status::Status;
use super::{options, telling, terminal};

/// Runs one scenario into its folder.
pub fn run(session: &Session, scenario: &Scenario, folder: &Folder) -> Result<Status, RunError> {
    warn(session, scenario);
    let mut teller = Teller::new(session, scenario, folder.path());
    let options = &session.options;
    let ran = run_whole(scenario, folder, options, session.runner(), &mut teller)?;
    if ran.cells == 0 {
        telling::nothing(session, scenario, &ran.manifest.failed);
        return Ok(if ran.complete {
            Status::Failed
        } else {
            Status::Interrupted
        });
    }
    let status = telling::conclude(session, scenario, &ran.manifest, ran.complete);
    if session.arguments.quiet {
        return Ok(status);
    }
    let told = telling::results(scenario, &ran);
    telling::places(session, scenario, folder.path(), &ran);
    Ok(status.and(told))
}

/// Runs one part of a scenario into the part's folder.
pub fn part(
    session: &Session,
    scenario: &Scenario,
    folder: &Folder,
    shard: Shard,
) -> Result<Status, RunError> {
    warn(session, scenario);
    let mut teller = Teller::new(session, scenario, folder.path());
    let (options, runner) = (&session.options, session.runner());
    let (manifest, complete) = run_part(scenario, folder, shard, options, runner, &mut teller)?;
    let status = telling::conclude(session, scenario, &manifest, complete);
    telling::part(session, scenario, folder.path(), shard, &manifest);
    Ok(status)
}

/// Whether scenarios can be divided; says what to do about those that cannot.
pub fn can_be_divided(scenarios: &[Scenario]) -> bool {
    let of = |scenario: &Scenario| match &scenario.simulation {
        one if one.precision.is_some() => Some("precision"),
        one => one.until_decided.as_ref().map(|_| "until_decided"),
    };
    let cannot = |scenario: &&Scenario| of(scenario).is_some();
    scenarios.iter().filter(cannot).for_each(|scenario| {
        let key = of(scenario).unwrap_or_default();
        terminal::error(format_args!(
            "{}: it cannot be divided into parts, for `simulation.{key}` makes the number of replicates depend on the results of all: leave `{key}` out and set `simulation.replicates`, or run it as a whole",
            scenario.name
        ));
    });
    !scenarios.iter().any(|scenario| cannot(&scenario))
}

/// Says what is perhaps not meant.
fn warn(session: &Session, scenario: &Scenario) {
    if !session.arguments.quiet {
        options::warn(scenario);
    }
}
