//! What the program says of the machine.

use super::Place;

#[test]
fn the_doctor_says_what_the_machine_has() {
    let place = Place::empty();
    let outcome = place.flywheel("doctor").ends(0);
    assert_eq!(outcome.stderr, "");
    let cores = std::thread::available_parallelism().expect("a number");
    let first: Vec<&str> = outcome
        .stdout
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert_eq!(
        first,
        [
            "program",
            "cores",
            "instructions",
            "memory",
            "results",
            "fonts",
            "browser",
            "Slurm"
        ]
    );
    for words in [
        &*format!("cores         {cores}:"),
        flywheel::model::InstructionSet::preferred().name(),
        "output can be written to",
    ] {
        assert!(
            outcome.stdout.contains(words),
            "{words}: {}",
            outcome.stdout
        );
    }
    assert!(place.names(".").is_empty(), "nothing is written");
    place.write("file", "");
    let outcome = place.flywheel("doctor -o file/output").ends(0);
    assert!(outcome.stdout.contains("file/output cannot be written to"));
}

#[test]
fn the_doctor_measures_the_machine_and_says_what_a_run_will_take() {
    let place = Place::with_market();
    let outcome = place
        .flywheel("doctor --bench --seconds 1 market.toml")
        .ends(0)
        .says(&["measuring for about 1 s"]);
    for set in flywheel::model::InstructionSet::available() {
        let words = format!(" with {}", set.name());
        assert!(outcome.stdout.contains(&words), "{}", outcome.stdout);
    }
    let cores = std::thread::available_parallelism().expect("a number");
    let told = outcome.stdout.lines().last().unwrap_or_default();
    for words in [
        "market        4 markets to simulate, in about ",
        &format!(" on {cores} core"),
        " MB",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert!(!told.contains("may ask for more"), "{told}");
    assert_eq!(place.names("."), ["market.toml"], "nothing is written");
    let refused = place.flywheel("doctor --bench nowhere.toml").ends(2);
    assert!(refused.stdout.is_empty(), "{}", refused.stdout);
    place.flywheel("doctor market.toml").ends(2);
    place.flywheel("doctor --bench --seconds 0").ends(2);
}
