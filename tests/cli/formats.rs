//! CSV and Parquet hold the same, and Parquet says where it comes from.

use std::fs::File;

use flywheel::table::{
    self, Definition, FIRMS, INTERACTIONS, LEARNING, MARKET, Numbering, PERIODS, SUMMARY, Values,
};
use parquet::file::reader::{FileReader, SerializedFileReader};

use super::Place;

/// All cells of a table, by row; an empty number is `NaN` in both formats.
fn cells(place: &Place, folder: &str, table: &'static Definition) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    table::read(
        &place.path(folder),
        table,
        &Numbering::default(),
        |batch, _| {
            for row in 0..batch.rows() {
                let cell = |values: &Values| match values {
                    Values::Integer(values) => values[row].to_string(),
                    // all bits, so that nothing is lost in printing
                    Values::Number(values) => format!("{:016x}", values[row].to_bits()),
                    Values::Text(values) => batch.vocabulary().name(values[row]).to_owned(),
                    Values::Flag(values) => values[row].to_string(),
                    Values::Answer(values) => format!("{:?}", values[row]),
                };
                rows.push(batch.columns().iter().map(cell).collect());
            }
        },
    )
    .unwrap_or_else(|error| panic!("{error}"));
    rows
}

#[test]
fn both_formats_hold_the_same_values() {
    let place = Place::with_market();
    // a firm that enters late leaves empty cells
    for format in ["csv", "parquet"] {
        place
            .flywheel(&format!(
                "run market.toml -q --charts none --format {format} -o {format} --set firms.coach.entry=5"
            ))
            .ends(0);
    }
    let rows = [
        (&PERIODS, 4 * 20 * 2),
        (&FIRMS, 4 * 20 * 2),
        (&MARKET, 4 * 20),
        (&SUMMARY, 2 * 9),
    ];
    for (table, count) in rows {
        let csv = cells(&place, "csv/market", table);
        assert_eq!(csv.len(), count, "rows of {}", table.name);
        assert!(
            csv == cells(&place, "parquet/market", table),
            "{} differs between the formats",
            table.name
        );
    }
}

/// A spreadsheet where decimals have a comma: columns by semicolons, numbers with commas, and the mark of UTF-8.
#[test]
fn tables_for_spreadsheets_hold_the_same_and_every_command_reads_them() {
    let place = Place::with_market();
    let sweep = "[[sweep.axes]]\nkey = \"firms.coach.price\"\nlabel = \"Preis, späti; ja\"\nvalues = [0.25, 0.4]\n";
    place.write("sweep.toml", &format!("{}{sweep}", super::MARKET));
    let run = |options: &str| {
        place
            .flywheel(&format!("run sweep.toml -q --charts none {options}"))
            .ends(0)
    };
    run("-o csv");
    run("--format excel -o excel");
    let names = place.names("excel/sweep");
    for table in ["periods", "firms", "market", "summary", "points"] {
        assert!(names.contains(&format!("{table}.excel.csv")), "{names:?}");
        let plain = format!("{table}.csv");
        // points for programs are always there; a query over all `*/firms.csv` meets no other format
        assert_eq!(names.contains(&plain), table == "points");
        let text = place.read(&format!("excel/sweep/{table}.excel.csv"));
        let text = text.strip_prefix('\u{feff}').expect("the mark of UTF-8");
        let back: Vec<String> = (text.lines())
            .map(|line| line.replace(',', ".").replace(';', ","))
            .collect();
        let csv = place.read(&format!("csv/sweep/{plain}"));
        assert!(back.iter().map(String::as_str).eq(csv.lines()), "{table}");
    }
    for table in [&PERIODS, &FIRMS, &MARKET, &SUMMARY] {
        assert!(cells(&place, "csv/sweep", table) == cells(&place, "excel/sweep", table));
    }
    // verified, drawn, compared, and merged from parts
    place.flywheel("verify excel/sweep --rerun 3").ends(0);
    place.flywheel("chart excel/sweep -q --charts svg").ends(0);
    place
        .flywheel("compare csv/sweep excel/sweep -q --charts none --format excel -o compared")
        .ends(0);
    assert!(
        place
            .names("compared")
            .iter()
            .any(|name| name.ends_with("comparison.excel.csv"))
    );
    for part in 1..=2 {
        run(&format!("--shard {part}/2 -o parts"));
    }
    place
        .flywheel("merge merged parts/sweep.part-1-of-2 parts/sweep.part-2-of-2 -q --charts none --format excel")
        .ends(0);
    for (name, bytes) in place.files("merged/sweep") {
        if name.ends_with(".csv") {
            assert!(place.files("excel/sweep")[&name] == bytes, "{name}");
        }
    }
    // an earlier format goes when another is asked for
    run("-o excel");
    assert!(
        !place
            .names("excel/sweep")
            .iter()
            .any(|name| name.ends_with(".excel.csv"))
    );
}

/// What somebody changed in a spreadsheet is not taken for the run's, even where the manifest was made to fit.
#[test]
fn a_changed_table_for_spreadsheets_is_told() {
    let place = Place::with_market();
    let sweep = "[[sweep.axes]]\nkey = \"firms.coach.price\"\nvalues = [0.25, 0.4]\n";
    place.write("sweep.toml", &format!("{}{sweep}", super::MARKET));
    place
        .flywheel("run sweep.toml -q --charts none --format excel")
        .ends(0);
    let folder = "output/sweep";
    let original = place.read("output/sweep/firms.excel.csv");
    for (file, from, to) in [
        ("points.excel.csv", "0,25", "0,35"),
        ("firms.excel.csv", ";0,", ";1,"),
    ] {
        let name = format!("{folder}/{file}");
        let before = place.read(&name);
        place.write(&name, &before.replacen(from, to, 1));
        place
            .flywheel("verify output/sweep")
            .ends(1)
            .says(&[file, "changed"]);
        place.hide(folder, |_| ());
        place
            .flywheel("verify output/sweep --rerun 100")
            .ends(1)
            .says(&[file]);
        place.write(&name, &before);
        place.hide(folder, |_| ());
    }
    // a number as other programs write it is not one here
    place.write(
        "output/sweep/firms.excel.csv",
        &original.replacen(";0,", ";0.", 1),
    );
    place.hide(folder, |_| ());
    place
        .flywheel("verify output/sweep --rerun 1")
        .ends(1)
        .says(&["firms.excel.csv", "is not a number"]);
}

#[test]
fn parquet_files_know_their_scenario_and_seed() {
    let place = Place::with_market();
    place
        .flywheel("run market.toml -q --charts none --format parquet --seed 11")
        .ends(0);
    for table in ["periods", "firms", "market", "summary"] {
        let path = place.path(&format!("output/market/{table}.parquet"));
        let file = File::open(path).expect("the table");
        let reader = SerializedFileReader::new(file).expect("it is Parquet");
        let pairs = reader.metadata().file_metadata().key_value_metadata();
        let value = |key: &str| {
            let mut pairs = pairs.into_iter().flatten();
            pairs.find_map(|pair| (pair.key == key).then(|| pair.value.clone().unwrap_or_default()))
        };
        assert_eq!(value("flywheel.seed").as_deref(), Some("11"), "{table}");
        assert_eq!(
            value("flywheel.version").as_deref(),
            Some(env!("CARGO_PKG_VERSION"))
        );
        assert_eq!(
            value("flywheel.scenario"),
            Some(place.read("output/market/scenario.toml")),
            "{table}"
        );
    }
}

#[test]
fn interactions_go_through_parts_resumption_and_verification() {
    let place = Place::with_market();
    let asked = r#"--set simulation.record.tables=["periods","firms","market","interactions"] --set simulation.record.customers=30"#;
    let run = format!("run market.toml -q --charts none --format csv,parquet {asked}");
    place.flywheel(&format!("{run} -o whole")).ends(0);
    let rows = cells(&place, "whole/market", &INTERACTIONS);
    assert!(rows.len() > 100, "{}", rows.len());
    let plain = "run market.toml -q --charts none -o plain";
    place.flywheel(plain).ends(0);
    for table in ["periods.csv", "firms.csv", "market.csv", "summary.csv"] {
        let [with, without] =
            ["whole", "plain"].map(|it| place.read(&format!("{it}/market/{table}")));
        assert_eq!(with, without, "{table}");
    }
    place.flywheel("verify whole/market --rerun 2").ends(0);
    for part in 1..=2 {
        place
            .flywheel(&format!("{run} --shard {part}/2 -o parts/{part}"))
            .ends(0);
    }
    place
        .flywheel("merge merged parts/1/market.part-1-of-2 parts/2/market.part-2-of-2 -q --charts none --format csv,parquet")
        .ends(0);
    for file in ["interactions.csv", "interactions.parquet"] {
        let [whole, merged] = ["whole", "merged"]
            .map(|it| std::fs::read(place.path(&format!("{it}/market/{file}"))).expect(file));
        assert!(whole == merged, "{file}");
    }
}

#[test]
fn the_learning_table_comes_when_asked_for_and_goes_when_not() {
    let place = Place::with_market();
    let all = r#"simulation.record.tables=["periods","firms","market","learning"]"#;
    place
        .flywheel(&format!(
            "run market.toml -q --charts svg --format csv,parquet -o asked --set {all}"
        ))
        .ends(0);
    let csv = cells(&place, "asked/market", &LEARNING);
    assert_eq!(csv.len(), 4 * 2 * 61);
    // charts over periods are drawn all the same, now and later
    assert!(place.path("asked/market/charts/share.svg").is_file());
    place.flywheel("chart -q asked/market").ends(0);
    std::fs::remove_file(place.path("asked/market/learning.csv")).expect("a file");
    assert!(csv == cells(&place, "asked/market", &LEARNING));
    // finished replicates hold the table too
    place
        .flywheel(&format!(
            "run market.toml -q --charts none -o asked --replicates 5 --set {all}"
        ))
        .ends(0);
    assert_eq!(cells(&place, "asked/market", &LEARNING).len(), 5 * 2 * 61);
    assert!(!place.path("asked/market/learning.parquet").exists());
    place
        .flywheel("run market.toml -q --charts none -o asked")
        .ends(0);
    assert!(!place.path("asked/market/learning.csv").exists());
}
