//! `flywheel verify`: what holds is told, and every kind of change is named.

use std::fs;

use super::{MARKET, Place};

const SWEEP: &str = r#"
[[sweep.axes]]
key = "populations.everyone.agency.mean"
values = [0.2, 0.5, 0.8]
"#;

/// A finished sweep of three points and four replicates.
fn place(options: &str) -> Place {
    let place = Place::empty();
    place.write("sweep.toml", &format!("{MARKET}{SWEEP}"));
    place
        .flywheel(&format!("run sweep.toml -q --charts svg {options}"))
        .ends(0);
    place
}

/// Brings the hash of a file in the manifest up to date, as somebody would who means to deceive.
fn hide(place: &Place, file: &str) {
    let path = place.path("output/sweep/manifest.json");
    let mut manifest =
        flywheel::experiment::Manifest::read(&place.path("output/sweep")).expect("a manifest");
    manifest
        .list_files(&place.path("output/sweep"))
        .expect("readable");
    assert!(manifest.files.iter().any(|entry| entry.path == file));
    fs::write(path, manifest.to_json()).expect("space");
}

#[test]
fn what_holds_is_told() {
    let place = place("--format csv,parquet");
    fs::remove_file(place.path("output/sweep/.cells")).expect("the journal");
    let outcome = place.flywheel("verify output/sweep").ends(0);
    assert_eq!(outcome.stderr, "");
    let line = "output/sweep: 12 files are as manifest.json says";
    assert_eq!(outcome.stdout, format!("{line}\n"));
    let outcome = place.flywheel("verify output/sweep --rerun 5").ends(0);
    let rerun = "; 5 of 12 cells computed anew, with equal rows\n";
    assert_eq!(outcome.stdout, format!("{line}{rerun}"));
    place
        .flywheel("verify output/sweep --rerun 100 -q")
        .ends(0)
        .silent();
}

#[test]
fn thinned_tables_and_plain_runs_hold_too() {
    let place = Place::with_market();
    let thin = "simulation.record={tables=[\"firms\"],every=3,from=5}";
    place
        .flywheel(&format!("run market.toml -q --charts none --set {thin}"))
        .ends(0);
    let outcome = place.flywheel("verify output/market --rerun 9").ends(0);
    assert!(
        outcome
            .stdout
            .ends_with("; 4 of 4 replicates computed anew, with equal rows\n"),
        "{}",
        outcome.stdout
    );
}

#[test]
fn files_that_are_missing_changed_or_extra_are_named() {
    let place = place("");
    let table = place.read("output/sweep/market.csv");
    place.write("output/sweep/market.csv", &table.replacen("0.", "1.", 1));
    place.write("output/sweep/notes.txt", "mine");
    place.write("output/sweep/charts/more.svg", "mine");
    fs::remove_file(place.path("output/sweep/firms.csv")).expect("a table");
    let outcome = place.flywheel("verify output/sweep").ends(1).says(&[
        "output/sweep: firms.csv is missing",
        "output/sweep: market.csv has changed",
        "output/sweep: notes.txt is there, but the manifest does not name it",
        "output/sweep: charts/more.svg is there",
    ]);
    assert_eq!(outcome.stdout, "");
}

#[test]
fn rows_that_are_not_what_the_program_computes_are_shown() {
    for format in ["csv", "parquet"] {
        let place = place(&format!("--format {format}"));
        let table = format!("firms.{format}");
        let path = place.path("output/sweep").join(&table);
        // the rows of another seed
        place
            .flywheel(&format!(
                "run sweep.toml -q --charts none --format {format} --seed 99 -o other"
            ))
            .ends(0);
        fs::copy(place.path("other/sweep").join(&table), path).expect("a table");
        place
            .flywheel("verify output/sweep --rerun 2")
            .ends(1)
            .says(&[&format!("{table} has changed")]);
        hide(&place, &table);
        place.flywheel("verify output/sweep").ends(0);
        place
            .flywheel("verify output/sweep --rerun 2")
            .ends(1)
            .says(&[
                &format!("{table}, point "),
                "row ",
                "  stored:   ",
                "  computed: ",
            ]);
    }
    // a cell that is not there at all
    let place = place("");
    let rows = place.read("output/sweep/periods.csv");
    let kept: String = rows
        .lines()
        .filter(|row| !row.starts_with("1,2,"))
        .flat_map(|row| [row, "\n"])
        .collect();
    place.write("output/sweep/periods.csv", &kept);
    hide(&place, "periods.csv");
    place
        .flywheel("verify output/sweep --rerun 12")
        .ends(1)
        .says(&["periods.csv, point 1, replicate 2: 0 rows are stored, and 40 computed"]);
}

#[test]
fn another_scenario_or_version_is_told() {
    let place = place("");
    let scenario = place.read("output/sweep/scenario.toml");
    place.write(
        "output/sweep/scenario.toml",
        &scenario.replace("customers = 200", "customers = 300"),
    );
    place
        .flywheel("verify output/sweep")
        .ends(1)
        .says(&["scenario.toml has changed"]);
    hide(&place, "scenario.toml");
    place
        .flywheel("verify output/sweep")
        .ends(1)
        .says(&["scenario.toml is not the scenario of which the manifest has the hash"]);
    place.write("output/sweep/scenario.toml", &scenario);
    hide(&place, "scenario.toml");
    let manifest = place.read("output/sweep/manifest.json");
    place.write(
        "output/sweep/manifest.json",
        &manifest.replace(env!("CARGO_PKG_VERSION"), "0.0.7"),
    );
    place
        .flywheel("verify output/sweep")
        .ends(1)
        .says(&["made by version 0.0.7", "verify it with that version"]);
}

#[test]
fn parts_and_what_is_no_run_are_told_apart() {
    let place = Place::empty();
    place.write("sweep.toml", &format!("{MARKET}{SWEEP}"));
    place.flywheel("run sweep.toml -q --shard 2/2").ends(0);
    let part = "output/sweep.part-2-of-2";
    let outcome = place.flywheel(&format!("verify {part} --rerun 3")).ends(0);
    assert_eq!(
        outcome.stdout,
        format!(
            "{part}: 2 files are as manifest.json says; 3 of 6 cells computed anew, with equal rows\n"
        )
    );
    fs::remove_file(place.path(part).join(".cells")).expect("the journal");
    place
        .flywheel(&format!("verify {part}"))
        .ends(1)
        .says(&[".cells is missing"]);
    for folder in [".", "nowhere"] {
        place.flywheel(&format!("verify {folder}")).ends(2).says(&[
            folder,
            "not the folder of a finished run",
            "output/",
        ]);
    }
    place.write("output/broken/manifest.json", "{");
    place
        .flywheel("verify output/broken")
        .ends(1)
        .says(&["output/broken: manifest.json cannot be read"]);
    place
        .flywheel("verify output/broken --seed 3")
        .ends(2)
        .says(&["--rerun"]);
}
