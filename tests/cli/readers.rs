//! Every query that docs/tables.md shows, over a folder of mixed runs, in the programs that it names; to have them:
//! `pip install pandas polars duckdb pyarrow`, and R with readr and dplyr.
//!
//! `cargo test --test cli readers -- --ignored`; PYTHON and RSCRIPT say which Python and R, if not `python3` and `Rscript`.

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

use super::Place;

/// Two columns of numbers that depend on what a reader takes a table for, and types that must be the same in both formats.
const TYPES: &str = r#"
import sys
from pathlib import Path
import polars as pl, pyarrow.parquet as pq, duckdb
checked = 0
for path in sorted(Path("output").glob("*/*.parquet")):
    schema = pq.read_schema(path)
    described = pq.read_metadata(path).metadata
    for field in schema:
        assert described[b"column:" + field.name.encode()], (path, field.name)
    own = pl.read_parquet(path)
    csv = path.with_suffix(".csv")
    guessed = pl.read_csv(csv, infer_schema_length=None)
    assert own.columns == guessed.columns and len(own) == len(guessed), path
    for name in own.columns:
        # what is empty throughout has no type in CSV
        if guessed[name].null_count() < len(guessed):
            assert own.schema[name] == guessed.schema[name], (path, name, own.schema[name], guessed.schema[name])
            assert own[name].equals(guessed[name]), (path, name)
            checked += 1
    assert not any(own[name].is_nan().any() or own[name].is_infinite().any() for name in own.columns if own.schema[name] == pl.Float64), path
    assert duckdb.sql(f"SELECT count(*) FROM '{path}'").fetchall()[0][0] == len(own)
assert checked > 200, checked
"#;

/// Runs with and without sweeps, with one replicate and more, with a table left out, and with the tables of analyses.
fn mixed_runs() -> Place {
    let place = Place::empty();
    let scenarios = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let runs = [
        (
            "four-experiences",
            "--replicates 1 --set simulation.periods=40",
        ),
        ("latecomer", "--replicates 3 --set simulation.periods=120"),
        (
            "range-of-experiences",
            "--replicates 2 --set simulation.periods=20 --set simulation.record.tables=[\"market\"]",
        ),
        (
            "experiments/awareness",
            "--replicates 2 --set simulation.periods=20",
        ),
        ("experiments/loop", "--replicates 2"),
    ];
    for (name, arguments) in runs {
        let scenario = scenarios.join(format!("{name}.toml"));
        let run = format!(
            "run {} -q --charts none --format csv,parquet --set populations.*.customers=60 {arguments}",
            scenario.display()
        );
        place.flywheel(&run).ends(0);
    }
    place
}

/// The code blocks of docs/tables.md in a language, as one program.
fn program(language: &str) -> String {
    let document = include_str!("../../docs/tables.md");
    let (_, reading) = document.split_once("## Reading them").expect("the section");
    blocks(reading, language).join("\n")
}

/// The code blocks of a text in a language.
fn blocks<'a>(text: &'a str, language: &str) -> Vec<&'a str> {
    let fence = format!("```{language}\n");
    let blocks = text.split(fence.as_str()).skip(1);
    let blocks: Vec<&str> = blocks
        .filter_map(|block| block.split("```").next())
        .collect();
    assert!(!blocks.is_empty(), "no {language} in the document");
    blocks
}

/// Runs a program in a place, and gives what it prints.
fn run(place: &Place, with: (&str, &str), name: &str, program: &str) -> String {
    let command = env::var(with.0).unwrap_or_else(|_| with.1.to_owned());
    fs::write(place.path(name), program).expect("a writable folder");
    let output = Command::new(&command)
        .arg(name)
        .current_dir(place.path(""))
        .output()
        .unwrap_or_else(|error| panic!("{command}: {error}"));
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name}: {complaint}\n{printed}");
    assert!(!complaint.contains("Warning"), "{name}: {complaint}");
    printed
}

/// Every run that has rows is among the results.
fn has_all_runs(printed: &str) {
    for name in ["four-experiences", "latecomer", "awareness", "loop"] {
        assert!(printed.contains(name), "{name} is missing:\n{printed}");
    }
}

const PYTHON: (&str, &str) = ("PYTHON", "python3");

#[test]
#[ignore = "needs pandas, polars, DuckDB and pyarrow"]
fn documented_queries_in_python_work_on_mixed_runs() {
    let place = mixed_runs();
    let whole = "import polars as pl\npl.Config.set_tbl_rows(-1)\n";
    let python = format!("{whole}{}", program("python"));
    has_all_runs(&run(&place, PYTHON, "documented.py", &python));
    let queries = program("sql");
    for query in [queries.clone(), queries.replace("csv", "parquet")] {
        let each = query.split(';').filter(|query| !query.trim().is_empty());
        let each: Vec<String> = each
            .map(|query| format!("for row in duckdb.sql('''{query}''').fetchall(): print(row)"))
            .collect();
        let text = format!("import duckdb\n{}\n", each.join("\n"));
        has_all_runs(&run(&place, PYTHON, "queries.py", &text));
    }
    run(&place, PYTHON, "column_types.py", TYPES);
}

#[test]
#[ignore = "needs R with readr and dplyr"]
fn documented_queries_in_r_work_on_mixed_runs() {
    let place = mixed_runs();
    let printed = run(
        &place,
        ("RSCRIPT", "Rscript"),
        "documented.R",
        &program("r"),
    );
    has_all_runs(&printed);
}

#[test]
#[ignore = "needs R with readr"]
fn the_examples_of_the_document_for_r_work() {
    let place = Place::empty();
    let scenario = blocks(include_str!("../../README.md"), "toml")[0];
    place.write("coach.toml", scenario);
    let awareness = include_str!("../../scenarios/experiments/awareness.toml");
    place.write("awareness.toml", awareness);
    for command in [
        "run coach.toml",
        "run coach.toml --set firms.coach.price=0.4 -o dearer",
        "run awareness.toml --set simulation.periods=20",
    ] {
        let less = "-q --charts none --replicates 3 --set populations.*.customers=60";
        place.flywheel(&format!("{command} {less}")).ends(0);
    }
    let text = blocks(include_str!("../../docs/r.md"), "r").join("\n");
    let printed = run(&place, ("RSCRIPT", "Rscript"), "documented.R", &text);
    // the paired test, the firms of the summary, the points of the sweep
    for word in ["Paired t-test", "coach", "awareness"] {
        assert!(printed.contains(word), "{word} is missing:\n{printed}");
    }
}
