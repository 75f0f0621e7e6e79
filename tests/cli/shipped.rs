//! The scenarios in `scenarios/` and the experiments below pass the check without a warning, and run.

use std::path::Path;

use super::Place;

/// The folder of the shipped scenarios.
fn folder() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    folder.display().to_string()
}

/// The folder of the shipped experiments, and how many there are.
fn experiments() -> (String, usize) {
    (format!("{}/experiments", folder()), 11)
}

#[test]
fn shipped_scenarios_are_fine() {
    let outcome = Place::empty()
        .flywheel(&format!("check {}", folder()))
        .ends(0);
    assert_eq!(outcome.stderr, "", "no warnings");
    assert_eq!(outcome.stdout.lines().count(), 16);
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
        .says(&["16 scenarios in"]);
    let summaries = place.names("output");
    let summaries = summaries
        .iter()
        .filter(|name| name.ends_with("/summary.csv"));
    assert_eq!(summaries.count(), 16);
}

#[test]
fn shipped_experiments_are_fine() {
    let (folder, count) = experiments();
    let outcome = Place::empty().flywheel(&format!("check {folder}")).ends(0);
    assert_eq!(outcome.stderr, "", "no warnings");
    assert_eq!(outcome.stdout.lines().count(), count);
    assert!(outcome.stdout.lines().all(|line| line.contains(": fine; ")));
}

#[test]
fn shipped_experiments_run() {
    let (folder, count) = experiments();
    let place = Place::empty();
    // the analyses of the others take many runs; tests/cli has small ones
    let sweeps = [
        "agency-by-stakes",
        "around-the-flywheel",
        "awareness",
        "learning-inertia-by-market-size",
    ];
    assert_eq!(sweeps.len() + 7, count);
    for sweep in sweeps {
        place
            .flywheel(&format!(
                "run {folder}/{sweep}.toml --charts svg --replicates 2 --set simulation.periods=20"
            ))
            .ends(0);
    }
    let names = place.names("output");
    let having = |file| names.iter().filter(|name| name.ends_with(file)).count();
    assert_eq!(having("/points.csv"), sweeps.len());
    assert_eq!(having("/charts/sweep-share.svg"), sweeps.len());
}
