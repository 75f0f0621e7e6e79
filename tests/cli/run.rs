//! `flywheel run`: what it writes, what it prints, what its options do.

use std::fs;

use flywheel::experiment::{Manifest, Status};
use flywheel::scenario::Scenario;

use super::{MARKET, Place};

const CHARTS: [&str; 9] = [
    "advantage",
    "fit",
    "frontier",
    "journey",
    "market",
    "newcomers",
    "share",
    "value",
    "wheel",
];

/// Names of all files of a run.
fn expected(charts: &[&str], tables: &[&str]) -> Vec<String> {
    let charts = CHARTS.iter().flat_map(|chart| {
        let name = move |ending: &&str| format!("charts/{chart}.{ending}");
        charts.iter().map(name).collect::<Vec<_>>()
    });
    let tables = ["firms", "market", "periods", "summary"]
        .iter()
        .flat_map(|table| {
            let name = move |ending: &&str| format!("{table}.{ending}");
            tables.iter().map(name).collect::<Vec<_>>()
        });
    let others = [
        "flywheel.schema.json",
        "manifest.json",
        "report.html",
        "scenario.toml",
    ]
    .map(str::to_owned);
    let mut names: Vec<String> = charts.chain(tables).chain(others).collect();
    names.sort();
    names
}

fn manifest(place: &Place, folder: &str) -> Manifest {
    let text = place.read(&format!("{folder}/manifest.json"));
    serde_json::from_str(&text).expect("the manifest is JSON of its kind")
}

#[test]
fn a_run_fills_a_folder_named_like_the_scenario() {
    let place = Place::with_market();
    let outcome = place.flywheel("run market.toml").ends(0);
    assert_eq!(
        place.names("output/market"),
        expected(&["png", "svg"], &["csv"])
    );
    // results and nothing else on stdout, a line with a name and five values for each firm
    let lines: Vec<&str> = outcome.stdout.lines().collect();
    assert_eq!(lines[0], "market: A shop and a coach");
    assert!(lines[1].trim_start().starts_with("firm"));
    assert!(lines[2].trim_start().starts_with("shop"));
    assert!(lines[3].trim_start().starts_with("coach"));
    assert_eq!(
        lines[4],
        "periods 18 to 19, mean of 4 replicates ± 95 % interval"
    );
    assert_eq!(lines.len(), 5, "{}", outcome.stdout);
    // plain words where nobody watches: no control characters
    assert!(outcome.stderr.contains("output/market"));
    assert!(!outcome.stderr.contains(['\u{1b}', '\r']));
}

#[test]
fn the_manifest_says_what_the_folder_holds() {
    let place = Place::with_market();
    place
        .flywheel("run market.toml --seed 9223372036854775807 --threads 2")
        .ends(0);
    let manifest = manifest(&place, "output/market");
    assert_eq!(manifest.status, Status::Complete);
    assert_eq!((manifest.replicates, manifest.cells_done), (4, 4));
    assert_eq!(
        (manifest.seed, manifest.threads),
        (i64::MAX.unsigned_abs(), 2)
    );
    assert_eq!(manifest.version, env!("CARGO_PKG_VERSION"));
    let mut files = place.files("output/market");
    files.remove("manifest.json");
    let listed: Vec<(&str, u64)> = manifest
        .files
        .iter()
        .map(|file| (file.path.as_str(), file.bytes))
        .collect();
    let found: Vec<(&str, u64)> = files
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.len() as u64))
        .collect();
    assert_eq!(listed, found);
    let scenario = manifest
        .files
        .iter()
        .find(|file| file.path == "scenario.toml");
    assert_eq!(
        scenario.map(|file| &file.sha256),
        Some(&manifest.scenario_hash),
        "the scenario's hash is that of the file"
    );
}

#[test]
fn quiet_prints_nothing_at_all() {
    let place = Place::with_market();
    // one replicate is worth a warning, which stays unsaid too
    place
        .flywheel("run market.toml -q --charts none --replicates 1")
        .ends(0)
        .silent();
    place.flywheel("chart output/market -q").ends(0).silent();
}

#[test]
fn options_change_the_scenario_that_is_written() {
    let place = Place::with_market();
    place
        .flywheel("run market.toml -o other --replicates 2 --seed 7 --threads 1 --charts none --set firms.*.price=0.3 --set simulation.periods=10")
        .ends(0);
    assert!(!place.path("output").exists());
    let scenario =
        Scenario::load(&place.path("other/market/scenario.toml"), &[]).expect("it loads");
    assert_eq!(scenario.simulation.replicates, 2);
    assert_eq!(scenario.simulation.seed, 7);
    // two replicates, ten periods, two firms, and the header
    let rows = place.read("other/market/firms.csv").lines().count();
    assert_eq!(rows, 2 * 10 * 2 + 1);
    let firms = place.read("other/market/firms.csv");
    let price = firms.lines().nth(1).and_then(|row| row.split(',').nth(5));
    assert_eq!(price, Some("0.3"));
}

#[test]
fn formats_are_those_asked_for_and_no_others_stay() {
    let place = Place::with_market();
    let cases: [(&str, &[&str], &[&str]); 5] = [
        (
            "--format csv,parquet --charts svg,png",
            &["png", "svg"],
            &["csv", "parquet"],
        ),
        ("--format parquet --charts svg", &["svg"], &["parquet"]),
        ("--format csv --charts png", &["png"], &["csv"]),
        ("--format csv,csv --charts none", &[], &["csv"]),
        (
            "--format parquet,csv --charts none",
            &[],
            &["csv", "parquet"],
        ),
    ];
    // all in the same folder: what is left of one run must not pass for a part of the next
    for (options, charts, tables) in cases {
        place
            .flywheel(&format!("run market.toml -q {options}"))
            .ends(0);
        assert_eq!(
            place.names("output/market"),
            expected(charts, tables),
            "{options}"
        );
        assert_eq!(
            manifest(&place, "output/market").files.len(),
            expected(charts, tables).len() - 1
        );
    }
}

#[test]
fn files_of_the_user_stay() {
    let place = Place::with_market();
    place.write("output/market/notes.txt", "mine");
    place.write("output/market/charts/mine.svg", "mine");
    place.flywheel("run market.toml -q --charts none").ends(0);
    assert_eq!(place.read("output/market/notes.txt"), "mine");
    assert_eq!(place.read("output/market/charts/mine.svg"), "mine");
}

#[test]
fn a_folder_stands_for_the_scenarios_in_it() {
    let place = Place::empty();
    place.write("set/a.toml", MARKET);
    place.write("set/b.toml", MARKET);
    place.write("set/notes.txt", "no scenario");
    place.write("set/deeper/c.toml", MARKET);
    let outcome = place.flywheel("run set --charts none").ends(0);
    let mut folders: Vec<String> = fs::read_dir(place.path("output"))
        .expect("the output folder")
        .map(|entry| {
            let entry = entry.expect("an entry");
            entry.file_name().to_string_lossy().into_owned()
        })
        .collect();
    folders.sort();
    assert_eq!(folders, ["a", "b", "index.html"]);
    // an empty line between the tables
    assert!(
        outcome
            .stdout
            .contains("interval\n\nb: A shop and a coach\n")
    );
}

#[test]
fn verbose_says_how_fast_it_went() {
    let place = Place::with_market();
    place
        .flywheel("run market.toml --charts none -v --threads 2")
        .ends(0)
        .says(&["2 threads", "customer periods per second"]);
}
