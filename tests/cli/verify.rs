//! `flywheel verify`: what holds is told, and every kind of change is named.

use std::fs;

use flywheel::experiment::{FailedCell, FileEntry, FileKind, Manifest, Status};

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

/// Hides what was done to the sweep's folder, as somebody would who means to deceive.
fn hide(place: &Place, change: impl Fn(&mut Manifest)) {
    place.hide("output/sweep", change);
}

#[test]
fn what_holds_is_told() {
    let place = place("--format csv,parquet");
    fs::remove_file(place.path("output/sweep/.cells")).expect("the journal");
    let outcome = place.flywheel("verify output/sweep").ends(0);
    assert_eq!(outcome.stderr, "");
    let line = "output/sweep: 13 files are as manifest.json says";
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
        hide(&place, |_| ());
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
    hide(&place, |_| ());
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
    hide(&place, |_| ());
    place
        .flywheel("verify output/sweep")
        .ends(1)
        .says(&["scenario.toml is not the scenario of which the manifest has the hash"]);
    place.write("output/sweep/scenario.toml", &scenario);
    hide(&place, |_| ());
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
            "{part}: 3 files are as manifest.json says; 3 of 6 cells computed anew, with equal rows\n"
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

#[test]
fn what_the_manifest_says_follows_from_scenario_and_tables() {
    type Change = fn(&mut Manifest);
    let place = place("");
    let whole = place.files("output/sweep");
    let cases: [(Change, &str); 10] = [
        (
            |m| m.seed += 1,
            "says seed = 2, but by scenario.toml it is 1",
        ),
        (
            |m| m.points = u32::MAX,
            "says points = 4294967295, but by scenario.toml it is 3",
        ),
        (
            |m| m.replicates = u32::MAX,
            "says replicates = 4294967295, but by scenario.toml it is 4",
        ),
        (
            |m| m.cells_done = 11,
            "says cells_done = 11, but by the tables it is 12",
        ),
        (
            |m| m.cells_done = u64::MAX,
            "says cells_done = 18446744073709551615",
        ),
        (
            |m| m.status = Status::Interrupted,
            "says status = interrupted, but by the tables it is complete",
        ),
        (
            |m| m.scenario = "another".to_owned(),
            "says scenario = another",
        ),
        (
            |m| m.scenario_hash = m.scenario_hash.replace('a', "b"),
            "scenario.toml is not the scenario",
        ),
        (
            |m| m.files.retain(|entry| entry.path != "firms.csv"),
            "firms.csv",
        ),
        (
            |m| {
                m.failed.push(FailedCell {
                    point: 0,
                    replicate: 0,
                    cause: "made up".to_owned(),
                });
            },
            "says cells_done = 12, but by scenario.toml it is 11",
        ),
    ];
    for (change, words) in cases {
        for options in ["", "--rerun 1"] {
            hide(&place, change);
            place
                .flywheel(&format!("verify output/sweep {options}"))
                .ends(1)
                .says(&[words]);
            for (name, bytes) in &whole {
                fs::write(place.path("output/sweep").join(name), bytes).expect("space");
            }
        }
    }
    // a changed manifest that does not bother to deceive
    let manifest = place.read("output/sweep/manifest.json");
    let changed = manifest.replace("\"threads\": ", "\"threads\": 1");
    place.write("output/sweep/manifest.json", &changed);
    place
        .flywheel("verify output/sweep")
        .ends(1)
        .says(&["manifest.json has changed since it was written"]);
}

#[test]
fn tables_that_follow_from_others_are_held_too() {
    let place = place("--format csv,parquet");
    let spoil = |file: &str, from: &str, to: &str| {
        let text = place.read(&format!("output/sweep/{file}"));
        assert!(text.contains(from), "{file}");
        place.write(&format!("output/sweep/{file}"), &text.replacen(from, to, 1));
        hide(&place, |_| ());
    };
    let points = place.read("output/sweep/points.csv");
    spoil("points.csv", "0.5", "0.6");
    place
        .flywheel("verify output/sweep")
        .ends(1)
        .says(&["points.csv", "another list of points"]);
    place.write("output/sweep/points.csv", &points);
    spoil("summary.csv", "coach,fit,0.", "coach,fit,0.1");
    place.flywheel("verify output/sweep").ends(0);
    place
        .flywheel("verify output/sweep --rerun 1")
        .ends(1)
        .says(&["summary.csv: row ", "coach,fit,0.1", "  computed: "]);
}

#[test]
fn tables_of_analyses_are_held_too() {
    let place = Place::empty();
    let analysis = "\n[[analyses]]\nkind = \"sources\"\nfirm = \"coach\"\nexperiences = [\"curated-offering\"]\n";
    place.write("sweep.toml", &format!("{MARKET}{analysis}"));
    place.flywheel("run sweep.toml -q --charts none").ends(0);
    let spoil = |number: &str| {
        let table = place.read("output/sweep/sources.csv");
        let line = table.lines().nth(30).expect("rows").to_owned();
        place.write(
            "output/sweep/sources.csv",
            &table.replace(&line, &format!("{line}{number}")),
        );
        hide(&place, |_| ());
    };
    let verify = || place.flywheel("verify output/sweep --rerun 1");
    verify().ends(0).says(&[
        "computed anew from these and other cells, and equal: summary, sources, sources_summary",
    ]);
    // from cells that are kept, and from such as are simulated
    for keep in [true, false] {
        if !keep {
            fs::remove_file(place.path("output/sweep/.cells")).expect("the journal");
        }
        let before = place.read("output/sweep/sources.csv");
        spoil("7");
        verify().ends(1).says(&["sources.csv: row 30 of the table"]);
        place.write("output/sweep/sources.csv", &before);
        hide(&place, |_| ());
        verify().ends(0);
    }
}

#[test]
#[cfg(unix)]
fn paths_stay_inside_the_folder_and_are_plain_files() {
    use std::os::unix::fs::symlink;

    let place = place("");
    let whole = place.read("output/sweep/manifest.json");
    let entry = |path: &str| FileEntry {
        path: path.to_owned(),
        kind: FileKind::Table,
        bytes: 0,
        sha256: String::new(),
    };
    for path in [
        "/dev/zero",
        "../../market.toml",
        "/etc/passwd",
        "charts/../x",
        "",
    ] {
        hide(&place, |manifest| manifest.files.push(entry(path)));
        place
            .flywheel("verify output/sweep")
            .ends(1)
            .says(&["which is no path inside the folder"]);
        place.write("output/sweep/manifest.json", &whole);
    }
    let folder = place.path("output/sweep");
    let replaced = |name: &str, to: &str| {
        fs::rename(folder.join(name), folder.join("../aside")).expect("a file");
        symlink(to, folder.join(name)).expect("a link");
        place
            .flywheel("verify output/sweep")
            .ends(1)
            .says(&[name, "a link to another place"]);
        fs::remove_file(folder.join(name)).expect("the link");
        fs::rename(folder.join("../aside"), folder.join(name)).expect("a file");
    };
    replaced("market.csv", "../aside");
    replaced("market.csv", "/dev/zero");
    replaced("charts", "../aside");
    replaced(".cells", "../aside");
    place.flywheel("verify output/sweep").ends(0);
}

#[test]
fn files_that_do_not_belong_are_seen_wherever_they_are() {
    let place = place("");
    for name in [
        "charts/deep/more.csv",
        "mine/notes.txt",
        ".cells-analysis-1",
        ".hidden",
    ] {
        place.write(&format!("output/sweep/{name}"), "mine");
        place
            .flywheel("verify output/sweep")
            .ends(1)
            .says(&[&format!(
                "{name} is there, but the manifest does not name it"
            )]);
        fs::remove_file(place.path("output/sweep").join(name)).expect("there");
    }
    place.flywheel("verify output/sweep").ends(0);
}
