//! The scenarios in `scenarios/` pass the check without a warning, and run.

use std::path::Path;

use super::Place;

/// The folder of the shipped scenarios.
fn folder() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    folder.display().to_string()
}

#[test]
fn shipped_scenarios_are_fine() {
    let outcome = Place::empty()
        .flywheel(&format!("check {}", folder()))
        .ends(0);
    assert_eq!(outcome.stderr, "", "no warnings");
    assert_eq!(outcome.stdout.lines().count(), 12);
    assert!(outcome.stdout.lines().all(|line| line.contains(": fine; ")));
}

#[test]
fn shipped_scenarios_run() {
    let place = Place::empty();
    place
        .flywheel(&format!(
            "run {} --charts none --replicates 2 --set populations.*.customers=300",
            folder()
        ))
        .ends(0)
        .says(&["12 scenarios in"]);
    let summaries = place.names("output");
    let summaries = summaries
        .iter()
        .filter(|name| name.ends_with("summary.csv"));
    assert_eq!(summaries.count(), 12);
}
