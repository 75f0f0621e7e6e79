//! One scenario's run, or one part of it: the library does it, and its words are printed.

use flywheel::experiment::{Folder, Shard};
use flywheel::run::{RunError, run as run_whole, run_part};
use flywheel::scenario::Scenario;

use super::progress::Teller;
use super::session::Session;
use super::status::Status;
use super::{options, telling};

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

/// Says what is perhaps not meant.
fn warn(session: &Session, scenario: &Scenario) {
    if !session.arguments.quiet {
        options::warn(scenario);
    }
}
