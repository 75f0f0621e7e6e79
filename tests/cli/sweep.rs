//! Sweeps: points and their order in the tables, and results that depend on neither threads nor interruptions.

use std::collections::BTreeMap;

use flywheel::experiment::Manifest;
use flywheel::table::{self, Definition, FIRMS, MARKET, Numbering, PERIODS, SUMMARY, Values};

use super::determinism::{assert_equal, results};
use super::{MARKET as SCENARIO, Place};

/// Four points.
const GRID: &str = r#"
[[sweep.axes]]
key = "populations.everyone.agency.mean"
values = [0.2, 0.8]

[[sweep.axes]]
key = "firms.coach.experience"
values = ["coach-behavior", "curated-offering"]
"#;

/// The values of the four points.
const GRID_VALUES: [(&str, &str); 4] = [
    ("0.2", "coach-behavior"),
    ("0.2", "curated-offering"),
    ("0.8", "coach-behavior"),
    ("0.8", "curated-offering"),
];

const LIST: &str = r#"
[sweep]
design = "list"

[[sweep.points]]
"populations.everyone.customers" = 100
"firms.coach.price" = 0.25

[[sweep.points]]
"populations.everyone.customers" = 300
"firms.coach.price" = 0.35

[[sweep.points]]
"populations.everyone.customers" = 200
"firms.coach.price" = 0.3
"#;

const HYPERCUBE: &str = r#"
[sweep]
design = "latin-hypercube"
samples = 5

[[sweep.axes]]
key = "populations.everyone.need.rate"
range = { from = 0.1, to = 0.5 }

[[sweep.axes]]
key = "firms.*.learning.inertia"
range = { from = 100, to = 100000, scale = "log" }
"#;

/// A folder with the small market and these tables behind it as `sweep.toml`.
fn place(sweep: &str) -> Place {
    let place = Place::with_market();
    place.write("sweep.toml", &format!("{SCENARIO}{sweep}"));
    place
}

/// A folder with the grid whose `[simulation]` says this too.
fn place_with(simulation: &str) -> Place {
    let place = place(GRID);
    let text = place.read("sweep.toml");
    let text = text.replace("[simulation]", &format!("[simulation]\n{simulation}"));
    place.write("sweep.toml", &text);
    place
}

/// Point and replicate of every row of a table whose first columns they are, repetitions left out.
fn order(place: &Place, table: &str) -> Vec<(u32, u32)> {
    let text = place.read(&format!("output/sweep/{table}.csv"));
    let mut lines = text.lines();
    let header = lines.next().expect("a header");
    assert!(header.starts_with("point,replicate,period,"), "{header}");
    let mut pairs: Vec<(u32, u32)> = lines
        .map(|line| {
            let mut cells = line.split(',').map(|cell| cell.parse().expect("a number"));
            (
                cells.next().expect("point"),
                cells.next().expect("replicate"),
            )
        })
        .collect();
    pairs.dedup();
    pairs
}

/// The rows of a point in a table, without the column `point`.
fn rows_of(text: &str, point: usize) -> String {
    let start = format!("{point},");
    let mut lines = text.lines();
    let header = lines.next().and_then(|line| line.strip_prefix("point,"));
    let rows = lines.filter_map(|line| line.strip_prefix(&start));
    header
        .into_iter()
        .chain(rows)
        .flat_map(|line| [line, "\n"])
        .collect()
}

/// A row of the table `summary`, as far as tests look at it.
struct Share {
    half_width: f64,
    replicates: u32,
}

/// The shares in the table `summary`.
fn shares(place: &Place, folder: &str) -> Vec<Share> {
    let text = place.read(&format!("{folder}/summary.csv"));
    let rows = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let rows = rows.filter(|cells| cells[2] == "share");
    let number = |cell: &str| cell.parse::<f64>().expect("a number");
    rows.map(|cells| Share {
        half_width: number(cells[6]) - number(cells[3]),
        replicates: cells[7].parse().expect("a count"),
    })
    .collect()
}

fn manifest(place: &Place, folder: &str) -> Manifest {
    serde_json::from_str(&place.read(&format!("{folder}/manifest.json"))).expect("a manifest")
}

#[test]
fn tables_carry_the_point_and_points_are_listed() {
    let grid = GRID_VALUES
        .iter()
        .enumerate()
        .map(|(point, (agency, experience))| format!("{point},{agency},{experience}\n"));
    let grid: String = grid.collect();
    let list = "0,100,0.25\n1,300,0.35\n2,200,0.3\n";
    let designs = [
        (
            GRID,
            "populations.everyone.agency.mean,firms.coach.experience",
            Some(&*grid),
            4,
        ),
        (
            LIST,
            "populations.everyone.customers,firms.coach.price",
            Some(list),
            3,
        ),
        (
            HYPERCUBE,
            "populations.everyone.need.rate,firms.*.learning.inertia",
            None,
            5,
        ),
    ];
    for (sweep, columns, points, count) in designs {
        let place = place(sweep);
        place.flywheel("run sweep.toml -q --charts none").ends(0);
        let written = place.read("output/sweep/points.csv");
        let (header, rows) = written.split_once('\n').expect("a header");
        assert_eq!(header, format!("point,{columns}"));
        assert_eq!(rows.lines().count(), count, "{written}");
        if let Some(points) = points {
            assert_eq!(rows, points);
        }
        // every point of a replicate comes before the next replicate
        let count = u32::try_from(count).expect("a few points");
        let cells: Vec<(u32, u32)> = (0..4)
            .flat_map(|replicate| (0..count).map(move |point| (point, replicate)))
            .collect();
        for table in ["periods", "firms", "market"] {
            assert_eq!(order(&place, table), cells, "{table}");
        }
        let summary = place.read("output/sweep/summary.csv");
        let found: Vec<u32> = summary
            .lines()
            .skip(1)
            .map(|row| row.split(',').next().and_then(|cell| cell.parse().ok()))
            .map(|point| point.expect("a point"))
            .collect();
        let expected: Vec<u32> = (0..count).flat_map(|point| [point; 2 * 9]).collect();
        assert_eq!(found, expected, "two firms with eight quantities by point");
        let manifest = manifest(&place, "output/sweep");
        let counts = (manifest.points, manifest.replicates, manifest.cells_done);
        assert_eq!(counts, (count, 4, u64::from(count) * 4));
    }
}

#[test]
fn a_point_is_a_plain_run_of_its_scenario() {
    let place = place(GRID);
    place.flywheel("run sweep.toml -q --charts none").ends(0);
    for (point, (agency, experience)) in GRID_VALUES.into_iter().enumerate() {
        place
            .flywheel(&format!(
                "run market.toml -q --charts none -o plain --set populations.everyone.agency.mean={agency} --set firms.coach.experience={experience}"
            ))
            .ends(0);
        for table in ["periods", "firms", "market", "summary"] {
            let swept = place.read(&format!("output/sweep/{table}.csv"));
            let plain = place.read(&format!("plain/market/{table}.csv"));
            assert!(
                rows_of(&swept, point) == plain,
                "{table} of point {point} is not that of a plain run"
            );
        }
    }
}

#[test]
fn points_have_other_random_numbers_where_they_are_not_common() {
    let sweep = "[sweep]\ncommon_random_numbers = false\n[[sweep.axes]]\nkey = \"firms.coach.price\"\nvalues = [0.3, 0.4]\n";
    let common = sweep.replace("false", "true");
    let equal = [sweep, &common].map(|sweep| {
        let place = place(sweep);
        place.flywheel("run sweep.toml -q --charts none").ends(0);
        // replicate, period, population and needs, which no price changes
        let needs = |point| {
            let rows = rows_of(&place.read("output/sweep/market.csv"), point);
            let needs = rows
                .lines()
                .map(|row| row.rsplitn(6, ',').last().map(str::to_owned));
            needs.collect::<Vec<_>>()
        };
        needs(0) == needs(1)
    });
    assert_eq!(equal, [false, true]);
}

#[test]
fn threads_do_not_matter() {
    for sweep in [GRID, LIST, HYPERCUBE] {
        assert_threads_do_not_matter(&place(sweep));
    }
}

/// Runs on 1, 2 and 7 threads.
fn assert_threads_do_not_matter(place: &Place) {
    let run = |threads| {
        place
            .flywheel(&format!(
                "run sweep.toml -q --format csv,parquet --charts svg --threads {threads} -o on-{threads}"
            ))
            .ends(0);
        results(place, &format!("on-{threads}/sweep"))
    };
    let one = run(1);
    for threads in [2, 7] {
        assert_equal(&one, &run(threads), &format!("{threads} threads"));
    }
}

#[test]
fn charts_are_the_same_when_drawn_again() {
    let designs: [(&str, &[&str]); 3] = [
        (GRID, &["sweep-leader", "sweep-share"]),
        (LIST, &["sweep-share"]),
        (HYPERCUBE, &["sweep-share"]),
    ];
    for (sweep, charts) in designs {
        for format in ["csv", "parquet"] {
            let place = place(sweep);
            place
                .flywheel(&format!("run sweep.toml -q --format {format}"))
                .ends(0);
            let drawn = place.files("output/sweep/charts");
            let expected = charts
                .iter()
                .flat_map(|name| [format!("{name}.png"), format!("{name}.svg")]);
            assert_eq!(
                drawn.keys().cloned().collect::<Vec<_>>(),
                expected.collect::<Vec<_>>()
            );
            std::fs::remove_dir_all(place.path("output/sweep/charts")).expect("charts");
            place.flywheel("chart output/sweep -q").ends(0).silent();
            let again = place.files("output/sweep/charts");
            assert_equal(&drawn, &again, &format!("charts from {format}"));
        }
    }
}

#[test]
fn more_replicates_keep_finished_cells() {
    let place = place(GRID);
    place.flywheel("run sweep.toml -q").ends(0);
    place
        .flywheel("run sweep.toml --replicates 6")
        .ends(0)
        .says(&["16 of 24 cells were finished earlier and are kept"]);
    place
        .flywheel("run sweep.toml -q --replicates 6 -o at-once")
        .ends(0);
    assert_equal(
        &results(&place, "at-once/sweep"),
        &results(&place, "output/sweep"),
        "replicates added to a sweep",
    );
}

#[cfg(unix)]
#[test]
fn a_killed_sweep_goes_on_to_the_same_bytes() {
    const COMMAND: &str =
        "run sweep.toml --charts svg --set simulation.periods=400 --replicates 75";
    let place = place(GRID);
    let mut run = super::interruption::Running::start(&place, COMMAND);
    run.wait_for(&place, "output/sweep/.cells", 100_000);
    let (status, ..) = run.stop("KILL");
    assert_eq!(status, None, "a killed process has no exit status");
    assert!(!place.path("output/sweep/firms.csv").exists());
    let resumed = place.flywheel(COMMAND).ends(0);
    let kept = resumed.stderr.split(" of 300 cells were finished").next();
    let kept = kept.and_then(|text| text.rsplit(' ').next());
    let kept: u32 = kept.and_then(|word| word.parse().ok()).unwrap_or(0);
    assert!((1..300).contains(&kept), "{}", resumed.stderr);
    place
        .flywheel(&format!("{COMMAND} -q -o undisturbed"))
        .ends(0);
    assert_equal(
        &results(&place, "undisturbed/sweep"),
        &results(&place, "output/sweep"),
        "a killed sweep",
    );
}

#[test]
fn recording_less_leaves_the_summary_as_it_was() {
    let place = place_with(r#"record = { tables = ["firms"], every = 5, from = 7 }"#);
    place.flywheel("run sweep.toml -q").ends(0);
    place.write("sweep.toml", &format!("{SCENARIO}{GRID}"));
    place.flywheel("run sweep.toml -q -o all").ends(0);
    let both = |name: &str| {
        let read = |folder| place.read(&format!("{folder}/sweep/{name}"));
        (read("output"), read("all"))
    };
    let (thinned, all) = both("firms.csv");
    let recorded = |line: &&str| {
        let period = line.split(',').nth(2).unwrap_or_default();
        ["period", "7", "12", "17"].contains(&period)
    };
    let expected: Vec<&str> = all.lines().filter(recorded).collect();
    assert_eq!(expected.len(), 1 + 4 * 4 * 3 * 2);
    assert!(thinned.lines().eq(expected), "rows of recorded periods");
    for name in ["periods.csv", "market.csv"] {
        let (thinned, all) = both(name);
        assert_eq!(thinned.lines().next(), all.lines().next());
        assert_eq!(thinned.lines().count(), 1, "{name} has only its header");
    }
    for name in [
        "summary.csv",
        "charts/sweep-share.svg",
        "charts/sweep-leader.svg",
    ] {
        let (thinned, all) = both(name);
        assert!(thinned == all, "{name} differs");
    }
}

#[test]
fn precision_adds_replicates_until_intervals_are_narrow() {
    const HALF_WIDTH: f64 = 0.05;
    let place = place_with("precision = { of = \"share\", half_width = 0.05, at_most = 400 }");
    place.flywheel("run sweep.toml -q --charts none").ends(0);
    let reached = shares(&place, "output/sweep");
    assert_eq!(reached.len(), 4 * 2);
    let replicates = reached[0].replicates;
    assert!(
        replicates > 4 && replicates < 400 && replicates.is_multiple_of(4),
        "{replicates}"
    );
    for share in &reached {
        assert_eq!(share.replicates, replicates);
        assert!(share.half_width <= HALF_WIDTH, "{}", share.half_width);
    }
    assert_eq!(manifest(&place, "output/sweep").replicates, replicates);
    // one batch less was not enough
    place.write("sweep.toml", &format!("{SCENARIO}{GRID}"));
    place
        .flywheel(&format!(
            "run sweep.toml -q --charts none -o less --replicates {}",
            replicates - 4
        ))
        .ends(0);
    let less = shares(&place, "less/sweep");
    assert!(less.iter().any(|share| share.half_width > HALF_WIDTH));
}

#[test]
fn precision_takes_ten_replicates_at_least_and_an_estimate() {
    let place = place_with("precision = { of = \"share\", half_width = 0.9, at_most = 400 }");
    place.flywheel("run sweep.toml -q --charts none").ends(0);
    // three batches of four
    assert_eq!(manifest(&place, "output/sweep").replicates, 12);
    // a firm that never transacts has no fit, so no interval of it
    let place = place_with("precision = { of = \"fit\", half_width = 0.9, at_most = 24 }");
    let set = "--set firms.*.price=50 --set simulation.periods=5";
    place
        .flywheel(&format!("run sweep.toml -q --charts none {set}"))
        .ends(0);
    assert_eq!(manifest(&place, "output/sweep").replicates, 24);
}

#[test]
fn precision_stops_at_the_most_replicates() {
    let place = place_with("precision = { of = \"share\", half_width = 0.0001, at_most = 10 }");
    place.flywheel("run sweep.toml -q --charts none").ends(0);
    let reached = shares(&place, "output/sweep");
    assert!(reached.iter().all(|share| share.replicates == 10));
    assert!(reached.iter().any(|share| share.half_width > 0.0001));
}

#[test]
fn precision_does_not_depend_on_threads() {
    assert_threads_do_not_matter(&place_with(
        "precision = { of = \"share\", half_width = 0.05, at_most = 400 }",
    ));
}

/// The rows of a table with their points, all bits of numbers in hexadecimal.
fn table_rows(place: &Place, folder: &str, table: &'static Definition) -> Vec<(i64, Vec<String>)> {
    let mut rows = Vec::new();
    table::read(
        &place.path(folder),
        table,
        &Numbering::default(),
        |batch, points| {
            for (row, point) in points.iter().enumerate() {
                let cell = |values: &Values| match values {
                    Values::Integer(values) => values[row].to_string(),
                    Values::Number(values) => format!("{:016x}", values[row].to_bits()),
                    Values::Text(values) => batch.vocabulary().name(values[row]).to_owned(),
                    Values::Flag(values) => values[row].to_string(),
                    Values::Answer(values) => format!("{:?}", values[row]),
                };
                rows.push((*point, batch.columns().iter().map(cell).collect()));
            }
        },
    )
    .unwrap_or_else(|error| panic!("{error}"));
    rows
}

#[test]
fn parquet_has_the_points_too() {
    let place = place(GRID);
    for format in ["csv", "parquet"] {
        place
            .flywheel(&format!(
                "run sweep.toml -q --charts none --format {format} -o {format}"
            ))
            .ends(0);
    }
    for table in [&PERIODS, &FIRMS, &MARKET, &SUMMARY] {
        let rows = table_rows(&place, "parquet/sweep", table);
        let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
        for (point, _) in &rows {
            *counts.entry(*point).or_default() += 1;
        }
        assert_eq!(counts.keys().copied().collect::<Vec<_>>(), [0, 1, 2, 3]);
        assert!(counts.values().all(|count| *count == rows.len() / 4));
        assert!(
            rows == table_rows(&place, "csv/sweep", table),
            "{}",
            table.name
        );
    }
}
