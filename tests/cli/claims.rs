//! The scenarios of the theory's claims, from the command line; `tests/shipped/claims` holds what they find.

use std::path::Path;

use super::Place;

/// The folder of the claims, and how many there are: a to l.
fn claims() -> (String, usize) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/claims");
    (folder.display().to_string(), 12)
}

#[test]
fn claims_are_fine() {
    let (folder, count) = claims();
    let outcome = Place::empty().flywheel(&format!("check {folder}")).ends(0);
    assert_eq!(outcome.stderr, "", "no warnings");
    assert_eq!(outcome.stdout.lines().count(), count);
    assert!(outcome.stdout.lines().all(|line| line.contains(": fine; ")));
}

#[test]
fn claims_run() {
    let (folder, count) = claims();
    let place = Place::empty();
    place
        .flywheel(&format!(
            "run {folder} --charts none --replicates 2 --set populations.*.customers=100"
        ))
        .ends(0);
    let names = place.names("output");
    let tables = names.iter().filter(|name| name.ends_with("market.csv"));
    assert_eq!(tables.count(), count);
}
