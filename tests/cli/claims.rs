//! The scenarios of the theory's claims and of what the world says, from the command line; `tests/shipped` holds what they find.

use std::path::Path;

use super::Place;

/// A folder of scenarios with its path.
fn folder(name: &str) -> String {
    let scenarios = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    scenarios.join(name).display().to_string()
}

/// The folders, and how many scenarios there are: a to l, and a to n.
const FOLDERS: [(&str, usize); 2] = [("claims", 12), ("evidence", 14)];

#[test]
fn claims_and_evidence_are_fine() {
    for (name, count) in FOLDERS {
        let folder = folder(name);
        let outcome = Place::empty().flywheel(&format!("check {folder}")).ends(0);
        assert_eq!(outcome.stderr, "", "no warnings");
        assert_eq!(outcome.stdout.lines().count(), count);
        assert!(outcome.stdout.lines().all(|line| line.contains(": fine; ")));
    }
}

#[test]
fn claims_and_evidence_run() {
    for (name, count) in FOLDERS {
        let (folder, place) = (folder(name), Place::empty());
        place
            .flywheel(&format!(
                "run {folder} --charts none --replicates 2 --set populations.*.customers=100"
            ))
            .ends(0);
        let names = place.names("output");
        let tables = names.iter().filter(|name| name.ends_with("market.csv"));
        assert_eq!(tables.count(), count);
    }
}
