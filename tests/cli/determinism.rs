//! Equal scenario, seed and version give byte-equal results, however they are computed.

use std::collections::BTreeMap;

use super::Place;

/// What must not depend on the machine: the tables, the scenario, the charts.
pub(super) fn results(place: &Place, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let mut files = place.files(folder);
    files.remove("manifest.json"); // it holds the time
    assert!(files.len() >= 5, "{folder} holds results");
    files
}

/// Names the first file that differs, rather than to print it.
pub(super) fn assert_equal(
    one: &BTreeMap<String, Vec<u8>>,
    other: &BTreeMap<String, Vec<u8>>,
    what: &str,
) {
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(one), names(other), "{what}");
    for (name, bytes) in one {
        assert!(bytes == &other[name], "{name} differs: {what}");
    }
}

/// Runs on 1, 2 and 7 threads.
fn assert_threads_do_not_matter(options: &str) {
    let place = Place::with_market();
    for threads in [1, 2, 7] {
        place
            .flywheel(&format!(
                "run market.toml -q --format csv,parquet --charts svg --threads {threads} -o on-{threads} {options}"
            ))
            .ends(0);
    }
    let one = results(&place, "on-1/market");
    for threads in [2, 7] {
        let other = results(&place, &format!("on-{threads}/market"));
        assert_equal(&one, &other, &format!("{threads} threads, {options}"));
    }
}

#[test]
fn the_number_of_threads_does_not_matter() {
    assert_threads_do_not_matter("--replicates 9");
}

#[test]
fn nor_does_it_inside_one_market() {
    // customers are simulated in blocks of 4096: three of them, and threads to spare
    assert_threads_do_not_matter("--replicates 1 --set populations.*.customers=9000");
}

#[test]
fn a_report_made_again_from_the_tables_is_the_same() {
    let place = Place::with_market();
    place
        .flywheel("run market.toml -q --charts svg --format csv,parquet")
        .ends(0);
    let before = results(&place, "output/market");
    std::fs::remove_file(place.path("output/market/report.html")).expect("there was a report");
    place
        .flywheel("chart output/market -q --charts svg")
        .ends(0);
    assert_equal(&before, &results(&place, "output/market"), "drawn again");
}

#[test]
fn the_resolved_scenario_gives_the_same_results() {
    let place = Place::with_market();
    place
        .flywheel("run market.toml -q --charts none --seed 5 --set firms.coach.entry=3")
        .ends(0);
    place
        .flywheel("run output/market/scenario.toml -q --charts none -o again")
        .ends(0);
    assert_equal(
        &results(&place, "output/market"),
        &results(&place, "again/market"),
        "the resolved scenario",
    );
}

#[test]
fn another_seed_gives_other_results() {
    let place = Place::with_market();
    for seed in [1, 2] {
        place
            .flywheel(&format!(
                "run market.toml -q --charts none --seed {seed} -o seed-{seed}"
            ))
            .ends(0);
    }
    let tables = |seed: u32| place.read(&format!("seed-{seed}/market/market.csv"));
    assert_ne!(tables(1), tables(2));
}

#[test]
fn more_replicates_leave_the_first_as_they_were() {
    let place = Place::with_market();
    place.flywheel("run market.toml -q --charts none").ends(0);
    place
        .flywheel("run market.toml -q --charts none --replicates 6 -o more")
        .ends(0);
    let more = place.read("more/market/periods.csv");
    assert!(more.starts_with(&place.read("output/market/periods.csv")));
}

#[test]
fn charts_are_the_same_when_drawn_again_from_either_format() {
    let place = Place::with_market();
    for format in ["csv", "parquet"] {
        place
            .flywheel(&format!("run market.toml -q --format {format} -o {format}"))
            .ends(0);
        let drawn = results(&place, &format!("{format}/market"));
        std::fs::remove_dir_all(place.path(&format!("{format}/market/charts"))).expect("charts");
        let outcome = place.flywheel(&format!("chart {format}/market")).ends(0);
        assert!(outcome.stdout.contains("drew 18 charts"));
        assert_equal(
            &drawn,
            &results(&place, &format!("{format}/market")),
            &format!("charts from {format}"),
        );
    }
    assert_equal(
        &place.files("csv/market/charts"),
        &place.files("parquet/market/charts"),
        "CSV and Parquet",
    );
}
