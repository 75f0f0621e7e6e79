//! Interrupted work goes on where it was, and ends with the bytes of an undisturbed run.
#![cfg(unix)]

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::determinism::{assert_equal, results};
use super::interruption::Running;
use super::{Place, town};

/// `flywheel run` on the scenario, with results below `output`.
const RUN: &str = "run market.toml --charts none -o";

/// With a market whose replicates take some milliseconds each.
fn place() -> Place {
    let place = Place::empty();
    place.write("market.toml", &town("market", [1500, 40, 24], ""));
    place
}

/// Asserts that two runs left the same tables.
fn assert_same_tables(place: &Place, one: &str, other: &str) {
    let results = |output: &str| results(place, &format!("{output}/market"));
    assert_equal(
        &results(one),
        &results(other),
        &format!("{one} and {other}"),
    );
}

#[test]
fn a_run_killed_at_thirty_moments_ends_with_the_same_bytes() {
    let place = place();
    let start = Instant::now();
    place.flywheel(&format!("{RUN} whole")).ends(0);
    let whole = start.elapsed();
    let mut kept = 0;
    for kill in 0..30_u32 {
        // moments spread over the run in no regular order
        let part = f64::from(kill * 11 % 30) / 30.0;
        let mut child = Command::new(env!("CARGO_BIN_EXE_flywheel"))
            .current_dir(place.path("."))
            .args(format!("{RUN} killed --threads 2").split(' '))
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        std::thread::sleep(whole.mul_f64(0.05 + 0.5 * part).min(Duration::from_secs(2)));
        // SIGKILL; a run that is already over stays over
        child.kill().expect("a signal");
        let ended = child.wait_with_output().expect("an end");
        let said = String::from_utf8_lossy(&ended.stderr);
        kept += usize::from(said.contains("were finished earlier and are kept"));
    }
    assert!(kept > 10, "only {kept} of 30 runs found finished work");
    place.flywheel(&format!("{RUN} killed")).ends(0);
    assert_same_tables(&place, "whole", "killed");
}

#[test]
fn more_replicates_are_added_to_those_that_are_there() {
    let place = place();
    place.flywheel(&format!("{RUN} whole")).ends(0);
    place
        .flywheel(&format!("{RUN} grown --replicates 9"))
        .ends(0);
    place
        .flywheel(&format!("{RUN} grown"))
        .ends(0)
        .says(&["9 of 24 replicates were finished earlier and are kept"]);
    assert_same_tables(&place, "whole", "grown");
    place
        .flywheel(&format!("{RUN} grown --replicates 9"))
        .ends(0)
        .says(&["9 of 9 replicates were finished earlier"]);
    place.flywheel(&format!("{RUN} few --replicates 9")).ends(0);
    assert_same_tables(&place, "few", "grown");
}

#[test]
fn another_scenario_or_fresh_start_over() {
    const CHANGED: &str = "--replicates 2 --set firms.shop.price=0.4";
    let place = place();
    place
        .flywheel(&format!("{RUN} output --replicates 2"))
        .ends(0);
    place
        .flywheel(&format!("{RUN} output {CHANGED}"))
        .ends(0)
        .says(&["starting over"]);
    place.flywheel(&format!("{RUN} new {CHANGED}")).ends(0);
    assert_same_tables(&place, "output", "new");
    let fresh = place
        .flywheel(&format!("{RUN} new --replicates 2 --fresh"))
        .ends(0);
    assert!(
        !fresh.stderr.contains("finished earlier") && !fresh.stderr.contains("starting over"),
        "{}",
        fresh.stderr
    );
}

#[test]
fn a_second_process_on_the_same_folder_is_told() {
    let place = place();
    let mut first = Running::start(&place, &format!("{RUN} output --replicates 100000 -q"));
    first.wait_for(&place, "output/market/.cells", 0);
    place
        .flywheel(&format!("{RUN} output"))
        .ends(2)
        .says(&["another flywheel is writing to this folder"]);
}
