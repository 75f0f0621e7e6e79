//! What fails under way: status 1, a message that says what is left, and earlier results intact.

use std::fs;

#[cfg(unix)]
use super::Outcome;
use super::Place;

#[cfg(unix)]
fn shell(place: &Place, script: &str) -> Outcome {
    let mut command = assert_cmd::Command::new("sh");
    command.current_dir(place.path("."));
    command.env("FLYWHEEL", env!("CARGO_BIN_EXE_flywheel"));
    Outcome::of(command.args(["-c", script]), script)
}

#[test]
#[cfg(unix)]
fn a_full_disk_leaves_earlier_results_as_they_were() {
    let place = Place::with_market();
    place.flywheel("run market.toml -q").ends(0);
    let before = place.files("output");
    // files may not grow beyond 32 or 64 kilobytes, which stands for a disk that is full
    for format in ["csv", "parquet"] {
        shell(
            &place,
            &format!("trap '' XFSZ; ulimit -f 64; exec \"$FLYWHEEL\" run market.toml --replicates 300 --format {format}"),
        )
        .ends(1)
        .says(&["market: the run failed", "cannot write output/market/", "still there"]);
        assert!(before == place.files("output"), "after {format}");
    }
    // a folder that held no results before holds none afterwards
    shell(
        &place,
        "trap '' XFSZ; ulimit -f 64; exec \"$FLYWHEEL\" run market.toml --replicates 300 -o new",
    )
    .ends(1);
    assert!(place.names("new").is_empty());
}

#[test]
#[cfg(unix)]
fn a_reader_that_goes_away_is_no_failure() {
    let place = Place::with_market();
    let outcome = shell(&place, "\"$FLYWHEEL\" schema | head -n 1").ends(0);
    assert_eq!(
        (outcome.stdout.as_str(), outcome.stderr.as_str()),
        ("{\n", "")
    );
    // a reader that is gone before the first line, and the program's own status
    shell(
        &place,
        "{ sleep 1; \"$FLYWHEEL\" schema; echo $? >&2; } | true",
    )
    .ends(0)
    .says(&["0\n"]);
}

#[test]
#[cfg(target_os = "linux")]
fn results_that_cannot_be_printed_are_a_failure() {
    let place = Place::with_market();
    for command in [
        "schema",
        "check market.toml",
        "run market.toml --charts none",
    ] {
        shell(&place, &format!("exec \"$FLYWHEEL\" {command} > /dev/full"))
            .ends(1)
            .says(&["cannot write to the standard output"]);
    }
    // the tables are there all the same
    assert!(place.path("output/market/manifest.json").is_file());
}

#[test]
fn damaged_tables_are_named_with_their_line() {
    let place = Place::with_market();
    place.flywheel("run market.toml -q --charts none").ends(0);
    let whole = place.read("output/market/firms.csv");
    let cases: [(String, &[&str]); 5] = [
        (whole.replacen(",shop,", ",,", 1), &[]),
        (
            whole[..whole.len() - 40].to_owned(),
            &["firms.csv", "line: 161"],
        ),
        (
            whole.replacen(",true,", ",perhaps,", 1),
            &["firms.csv", "line 2", "`perhaps` is not true or false"],
        ),
        (
            whole.replacen("share", "shares", 1),
            &["firms.csv", "its columns are not those of `firms`"],
        ),
        (
            String::new(),
            &["firms.csv", "its columns are not those of `firms`"],
        ),
    ];
    for (text, words) in cases {
        place.write("output/market/firms.csv", &text);
        place
            .flywheel("chart output/market --charts svg")
            .ends(1)
            .says(&["firms.csv has changed since it was written"]);
        place.hide("output/market", |_| ());
        // a row of no known firm is passed over; all else cannot be read
        let status = i32::from(!words.is_empty());
        place
            .flywheel("chart output/market --charts svg")
            .ends(status)
            .says(words);
    }
    fs::remove_file(place.path("output/market/firms.csv")).expect("the table");
    place
        .flywheel("chart output/market")
        .ends(1)
        .says(&["neither firms.csv nor firms.parquet"]);
}

#[test]
fn one_folder_that_cannot_be_drawn_does_not_keep_the_others_from_it() {
    let place = Place::with_market();
    place.flywheel("run market.toml -q --charts none").ends(0);
    let outcome = place
        .flywheel("chart nowhere output/market --charts svg")
        .ends(2)
        .says(&["nowhere is not the folder"]);
    assert_eq!(outcome.stdout, "output/market: drew 9 charts\n");
    assert!(place.path("output/market/charts/share.svg").is_file());
}

#[test]
fn one_run_that_fails_does_not_keep_the_others_from_running() {
    let place = Place::empty();
    for name in ["a", "b", "c"] {
        place.write(&format!("set/{name}.toml"), super::MARKET);
    }
    // a folder where a file has to go
    place.write("output/b/firms.csv/in-the-way", "");
    let outcome = place
        .flywheel("run set --charts none")
        .ends(1)
        .says(&["b: the run failed", "cannot write output/b/"]);
    for (name, whole) in [("a", true), ("b", false), ("c", true)] {
        let manifest = place.path(&format!("output/{name}/manifest.json"));
        assert_eq!(manifest.is_file(), whole, "{name}");
        assert_eq!(outcome.stdout.contains(&format!("{name}: A shop")), whole);
    }
    assert_eq!(place.names("output/b"), ["firms.csv/in-the-way"]);
}
