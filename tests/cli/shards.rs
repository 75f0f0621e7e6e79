//! Runs in parts, and their merge: the bytes of a run that was never divided, or a refusal that says what to do.

use std::fs;

use serde_json::Value;

use super::determinism::{assert_equal, results};
use super::{MARKET, Place};

/// Five points, so that three parts have unequal numbers of cells.
const SWEEP: &str = r#"
[[sweep.axes]]
key = "populations.everyone.agency.mean"
range = { from = 0.1, to = 0.9, steps = 5 }
"#;

/// Points drawn from a range, and two analyses with cells of their own.
const ANALYSES: &str = r#"
[sweep]
design = "sobol"
samples = 5

[[sweep.axes]]
key = "populations.everyone.mistake_cost"
range = { from = 0.0, to = 0.6 }

[[sweep.axes]]
key = "populations.everyone.awareness"
range = { from = 0.2, to = 0.8 }

[[analyses]]
kind = "sensitivity"
method = "morris"
firm = "coach"
samples = 3

[[analyses]]
kind = "sensitivity"
firm = "shop"
samples = 8
"#;

/// A folder with the small market and these tables behind it as `sweep.toml`.
fn place(more: &str) -> Place {
    let place = Place::with_market();
    place.write("sweep.toml", &format!("{MARKET}{more}"));
    place
}

/// Runs every part of a scenario.
fn run_parts(place: &Place, of: u32, options: &str) {
    for part in 1..=of {
        place
            .flywheel(&format!("run sweep.toml -q --shard {part}/{of} {options}"))
            .ends(0)
            .silent();
    }
}

/// The manifest of a folder without what depends on the clock and the machine.
fn manifest(place: &Place, folder: &str) -> Value {
    let text = place.read(&format!("{folder}/manifest.json"));
    let mut manifest: Value = serde_json::from_str(&text).expect("JSON");
    let fields = manifest.as_object_mut().expect("a table");
    for key in ["started", "duration_seconds", "cpu_seconds", "checksum"] {
        assert!(fields.remove(key).is_some(), "{key}");
    }
    manifest
}

#[test]
fn merged_parts_are_the_whole() {
    for (name, more) in [("sweep", SWEEP), ("analyses", ANALYSES), ("plain", "")] {
        let place = place(more);
        for format in ["csv", "parquet", "csv,parquet"] {
            place
                .flywheel(&format!(
                    "run sweep.toml -q --charts svg --format {format} -o whole"
                ))
                .ends(0);
            if format == "csv" {
                run_parts(&place, 3, "");
            }
            place
                .flywheel(&format!(
                    "merge output output/sweep.part-3-of-3 output/sweep.part-1-of-3 output/sweep.part-2-of-3 -q --charts svg --format {format}"
                ))
                .ends(0)
                .silent();
            let what = format!("{name} as {format}");
            assert_equal(
                &results(&place, "whole/sweep"),
                &results(&place, "output/sweep"),
                &what,
            );
            assert_eq!(
                manifest(&place, "whole/sweep"),
                manifest(&place, "output/sweep"),
                "{what}"
            );
        }
    }
}

#[test]
fn a_part_holds_finished_cells_and_says_which() {
    let place = place(SWEEP);
    let outcome = place
        .flywheel("run sweep.toml --shard 2/3")
        .ends(0)
        .says(&["sweep: part 2/3 with 7 of 20 cells in output/sweep.part-2-of-3"]);
    assert_eq!(outcome.stdout, "");
    let folder = "output/sweep.part-2-of-3";
    let names = ["flywheel.schema.json", "manifest.json", "scenario.toml"];
    assert_eq!(place.names(folder), names);
    let manifest = manifest(&place, folder);
    assert_eq!(manifest["shard"]["part"], 2);
    assert_eq!(manifest["shard"]["of"], 3);
    assert_eq!(manifest["cells_done"], 7);
    assert_eq!(manifest["status"], "complete");
    // its cells are its result, so the manifest has their hash
    assert_eq!(manifest["files"][0]["path"], ".cells");
}

#[test]
fn parts_go_on_where_they_were_and_take_more_replicates() {
    let place = place(ANALYSES);
    run_parts(&place, 3, "--replicates 2");
    place
        .flywheel("run sweep.toml --shard 2/3")
        .ends(0)
        .says(&["3 of 7 cells were finished earlier and are kept"]);
    run_parts(&place, 3, "");
    place
        .flywheel("merge output output/sweep.part-1-of-3 output/sweep.part-2-of-3 output/sweep.part-3-of-3 --charts none")
        .ends(0)
        .says(&["sweep: merging 3 parts"]);
    place
        .flywheel("run sweep.toml -q --charts none -o whole")
        .ends(0);
    let whole = results(&place, "whole/sweep");
    assert_equal(&whole, &results(&place, "output/sweep"), "parts that grew");
    // what was merged is a run like any other: replicates can be added to it
    place
        .flywheel("run sweep.toml --charts none --replicates 5")
        .ends(0)
        .says(&["20 of 25 cells were finished earlier and are kept"]);
}

#[test]
#[cfg(unix)]
fn a_killed_part_goes_on_and_is_not_merged_before() {
    const LONG: &str = "--set simulation.periods=400 --replicates 40";
    let place = place(SWEEP);
    let mut part =
        super::interruption::Running::start(&place, &format!("run sweep.toml --shard 1/2 {LONG}"));
    part.wait_for(&place, "output/sweep.part-1-of-2/.cells", 100_000);
    part.stop("KILL");
    place
        .flywheel(&format!("run sweep.toml -q --shard 2/2 {LONG}"))
        .ends(0);
    let merge = "merge output output/sweep.part-1-of-2 output/sweep.part-2-of-2 -q --charts none";
    place.flywheel(merge).ends(2).says(&[
        "output/sweep.part-1-of-2: it is not finished",
        "goes on where it was",
    ]);
    assert!(!place.path("output/sweep").exists());
    let mut part =
        super::interruption::Running::start(&place, &format!("run sweep.toml --shard 1/2 {LONG}"));
    let kept =
        std::fs::metadata(place.path("output/sweep.part-1-of-2/.cells")).expect("the journal");
    part.wait_for(
        &place,
        "output/sweep.part-1-of-2/.cells",
        kept.len() + 50_000,
    );
    let (status, _, stderr) = part.stop("INT");
    assert_eq!(status, Some(130), "{stderr}");
    assert!(stderr.contains("its folder holds the"), "{stderr}");
    place
        .flywheel(merge)
        .ends(2)
        .says(&["part 1/2 was interrupted"]);
    place
        .flywheel(&format!("run sweep.toml --shard 1/2 {LONG}"))
        .ends(0)
        .says(&["were finished earlier and are kept"]);
    place.flywheel(merge).ends(0);
    place
        .flywheel(&format!("run sweep.toml -q --charts none -o whole {LONG}"))
        .ends(0);
    let whole = results(&place, "whole/sweep");
    assert_equal(&whole, &results(&place, "output/sweep"), "a killed part");
}

#[test]
#[expect(clippy::too_many_lines, reason = "a list")]
fn parts_that_make_no_whole_are_refused() {
    let place = place(SWEEP);
    run_parts(&place, 3, "--replicates 1");
    run_parts(&place, 2, "--replicates 1");
    place
        .flywheel("run sweep.toml -q --charts none --replicates 1 -o whole")
        .ends(0);
    place
        .flywheel("run sweep.toml -q --replicates 1 --shard 3/3 --seed 5 -o seed")
        .ends(0);
    place
        .flywheel("run sweep.toml -q --replicates 2 --shard 3/3 -o more")
        .ends(0);
    let copy = |to: &str, change: &dyn Fn(&str) -> Vec<u8>| {
        for name in [".cells", "scenario.toml", "manifest.json"] {
            let path = format!("output/sweep.part-3-of-3/{name}");
            fs::create_dir_all(place.path(to)).expect("a folder");
            let bytes = match change(name) {
                changed if changed.is_empty() => fs::read(place.path(&path)).expect("a file"),
                changed => changed,
            };
            fs::write(place.path(&format!("{to}/{name}")), bytes).expect("space");
        }
    };
    copy("copied", &|_| Vec::new());
    copy("damaged", &|name| match name {
        ".cells" => b"flywheel cells 1 of nothing\n".to_vec(),
        _ => Vec::new(),
    });
    let old = place.read("output/sweep.part-3-of-3/manifest.json");
    let old = old.replace(env!("CARGO_PKG_VERSION"), "0.0.7");
    copy("old", &|name| match name {
        "manifest.json" => old.clone().into_bytes(),
        _ => Vec::new(),
    });
    copy("unreadable", &|name| match name {
        "manifest.json" => b"{".to_vec(),
        _ => Vec::new(),
    });
    let (one, two) = ("output/sweep.part-1-of-3", "output/sweep.part-2-of-3");
    let cases: [(&str, &[&str]); 11] = [
        (
            "",
            &[
                "`sweep` lacks part 3/3",
                "flywheel run SCENARIO --shard 3/3",
            ],
        ),
        (
            "nowhere",
            &["nowhere: there is no such folder", "run --shard"],
        ),
        (".", &[".: it holds no part of a run", "run --shard"]),
        (
            "whole/sweep",
            &["whole/sweep: this is a whole run, not a part"],
        ),
        (
            "output/sweep.part-3-of-3 copied",
            &["copied", "are both part 3/3", "leave one"],
        ),
        (
            "output/sweep.part-2-of-2",
            &[
                "output/sweep.part-2-of-2 part 2/2",
                "only parts of one division",
            ],
        ),
        (
            "seed/sweep.part-3-of-3",
            &[
                "seed/sweep.part-3-of-3",
                "different scenarios",
                "same options",
            ],
        ),
        (
            "more/sweep.part-3-of-3",
            &[
                "more/sweep.part-3-of-3",
                "different scenarios",
                "same options",
            ],
        ),
        (
            "damaged",
            &["damaged: .cells has changed", "copy the whole folder again"],
        ),
        (
            "old",
            &["old: this part was made by version 0.0.7", "run all"],
        ),
        (
            "unreadable",
            &["unreadable: manifest.json cannot be read", "run it again"],
        ),
    ];
    for (third, words) in cases {
        let outcome = place
            .flywheel(&format!("merge merged {one} {two} {third}"))
            .ends(2)
            .says(words);
        assert_eq!(outcome.stdout, "");
        assert!(!place.path("merged").exists(), "{third}");
    }
    // all problems at once, and no part is called missing that cannot be used
    let outcome = place
        .flywheel(&format!("merge merged {one} nowhere old"))
        .ends(2)
        .says(&["nowhere:", "old:"]);
    assert!(!outcome.stderr.contains("lacks"), "{}", outcome.stderr);
}

#[test]
fn several_scenarios_are_divided_and_merged_at_once() {
    let place = Place::with_market();
    place.write("other.toml", MARKET);
    for part in [1, 2] {
        place
            .flywheel(&format!("run market.toml other.toml -q --shard {part}/2"))
            .ends(0);
    }
    let parts: Vec<String> = ["market", "other"]
        .iter()
        .flat_map(|name| [1, 2].map(|part| format!("output/{name}.part-{part}-of-2")))
        .collect();
    place
        .flywheel(&format!(
            "merge output -q --charts none {}",
            parts.join(" ")
        ))
        .ends(0);
    place
        .flywheel("run market.toml other.toml -q --charts none -o whole")
        .ends(0);
    for name in ["market", "other"] {
        let results = |output: &str| results(&place, &format!("{output}/{name}"));
        assert_equal(&results("whole"), &results("output"), name);
    }
}

#[test]
fn parts_without_cells_do_no_harm() {
    let place = place("");
    run_parts(&place, 6, "");
    let parts: Vec<String> = (1..=6)
        .map(|part| format!("output/sweep.part-{part}-of-6"))
        .collect();
    place
        .flywheel(&format!(
            "merge output -q --charts none {}",
            parts.join(" ")
        ))
        .ends(0);
    place
        .flywheel("run sweep.toml -q --charts none -o whole")
        .ends(0);
    let whole = results(&place, "whole/sweep");
    assert_equal(&whole, &results(&place, "output/sweep"), "empty parts");
}

#[test]
fn what_cannot_be_divided_is_refused() {
    let place = Place::with_market();
    let precise = MARKET.replace(
        "[simulation]",
        "[simulation]\nprecision = { of = \"share\", half_width = 0.01 }",
    );
    place.write("precise.toml", &precise);
    for command in [
        "run precise.toml --shard 1/2",
        "slurm precise.toml --tasks 2",
    ] {
        place.flywheel(command).ends(2).says(&[
            "precise: it cannot be divided into parts",
            "leave `precision` out",
        ]);
    }
    for shard in ["0/2", "3/2", "2", "a/b"] {
        place
            .flywheel(&format!("run market.toml --shard {shard}"))
            .ends(2)
            .says(&[shard, "a part is written I/N, with I from 1 to N"]);
    }
    assert_eq!(place.names("."), ["market.toml", "precise.toml"]);
}

/// A grid of so many points that those that cannot be are found only as the run comes to them: at the last
/// 100 of 10,100 the taste drifts faster than its spread allows.
fn partly_impossible() -> String {
    let list = |values: Vec<String>| values.join(", ");
    let drifts = list(
        (0..=100)
            .map(|n| format!("{:.2}", f64::from(n) / 100.0))
            .collect(),
    );
    let customers = list((1..=100).map(|n| n.to_string()).collect());
    format!(
        r#"
name = "sweep"
[simulation]
periods = 1
replicates = 1
record = {{ tables = [] }}
[[populations]]
name = "everyone"
taste.spread = 0.995
[[firms]]
name = "shop"
experience = "respond-to-desire"
[[sweep.axes]]
key = "populations.everyone.taste.drift"
values = [{drifts}]
[[sweep.axes]]
key = "populations.everyone.customers"
values = [{customers}]
"#
    )
}

#[test]
fn cells_that_fail_fail_in_parts_too_and_the_others_are_merged() {
    let place = Place::empty();
    place.write("sweep.toml", &partly_impossible());
    for part in 1..=3 {
        place
            .flywheel(&format!("run sweep.toml --shard {part}/3"))
            .ends(1)
            .says(&["failed:", "manifest.json names them all"]);
    }
    place
        .flywheel("merge output output/sweep.part-1-of-3 output/sweep.part-2-of-3 output/sweep.part-3-of-3")
        .ends(1)
        .says(&["failed:"]);
    place.flywheel("run sweep.toml -o whole").ends(1);
    assert_equal(
        &results(&place, "whole/sweep"),
        &results(&place, "output/sweep"),
        "cells that fail",
    );
    let whole = manifest(&place, "whole/sweep");
    assert_eq!(whole, manifest(&place, "output/sweep"));
    assert_eq!(whole["status"], "failed");
    let failed = whole["failed"].as_array().expect("a list").len() as u64;
    assert_eq!(failed, 100);
    assert_eq!(whole["cells_done"].as_u64(), Some(10_000));
}

#[test]
fn more_parts_than_cells_are_told_and_do_no_harm() {
    let place = place("");
    place
        .flywheel("run sweep.toml --shard 1/4294967295")
        .ends(0)
        .says(&["there are 4 cells, so more than 4 parts have nothing to do"]);
    let part = "output/sweep.part-1-of-4294967295";
    place
        .flywheel(&format!("merge merged {part}"))
        .ends(2)
        .says(&[
            "`sweep` lacks parts 2/4294967295, 3/4294967295",
            "11/4294967295 and 4294967284 more",
        ]);
    place
        .flywheel("run sweep.toml --shard 6/7")
        .ends(0)
        .says(&["part 6/7 has 0"]);
    place
        .flywheel("run sweep.toml --threads 65535")
        .ends(2)
        .says(&["65535", "1..=1024"]);
}
