//! A larger experiment takes over every finished cell of a smaller one, and ends with the bytes of one that began
//! afresh; what cannot be taken over is told, with the reason.

use std::fs;

use super::determinism::{assert_equal, results};
use super::{MARKET, Place};

/// Runs the small market with these tables behind it.
fn run(place: &Place, tables: &str, output: &str) -> super::Outcome {
    place.write("sweep.toml", &format!("{MARKET}{tables}"));
    place
        .flywheel(&format!("run sweep.toml --charts none -o {output}"))
        .ends(0)
}

/// Runs the one after the other, and the other alone; holds that both end alike and that the first line says so.
fn assert_refines(before: &str, after: &str, words: &[&str]) {
    let place = Place::empty();
    run(&place, before, "output");
    run(&place, after, "output").says(words);
    run(&place, after, "afresh");
    let afresh = results(&place, "afresh/sweep");
    assert_equal(&afresh, &results(&place, "output/sweep"), after);
}

fn axis(values: &str) -> String {
    format!("[[sweep.axes]]\nkey = \"populations.everyone.agency.mean\"\nvalues = {values}\n")
}

fn sampled(design: &str, samples: u32) -> String {
    format!(
        "[sweep]\ndesign = \"{design}\"\nsamples = {samples}\n
[[sweep.axes]]\nkey = \"populations.everyone.mistake_cost\"\nrange = {{ from = 0.0, to = 0.6 }}\n
[[sweep.axes]]\nkey = \"populations.everyone.awareness\"\nrange = {{ from = 0.2, to = 0.8 }}\n"
    )
}

fn sensitivity(method: &str, samples: u32) -> String {
    format!(
        "\n[[analyses]]\nkind = \"sensitivity\"\nmethod = \"{method}\"\nfirm = \"coach\"\nsamples = {samples}\n"
    )
}

#[test]
fn values_of_an_axis_are_added_anywhere() {
    let kept = ["12 of 20 cells were finished earlier and are kept"];
    assert_refines(
        &axis("[0.2, 0.5, 0.8]"),
        &axis("[0.1, 0.2, 0.35, 0.5, 0.8]"),
        &kept,
    );
}

#[test]
fn an_axis_is_added_whose_values_hold_what_was_there() {
    let more = "[[sweep.axes]]\nkey = \"firms.shop.price\"\nvalues = [0.2, 0.3]\n";
    let both = format!("{}{more}", axis("[0.2, 0.5]"));
    let kept = ["8 of 16 cells were finished earlier and are kept"];
    assert_refines(&axis("[0.2, 0.5]"), &both, &kept);
    let kept = ["4 of 8 cells were finished earlier and are kept"];
    assert_refines("", &axis("[0.3, 0.5]"), &kept);
}

#[test]
fn points_of_a_list_are_added_anywhere() {
    let list = |points: &[f64]| {
        let point = |mean: &f64| {
            format!("[[sweep.points]]\n\"populations.everyone.agency.mean\" = {mean}\n")
        };
        let points: String = points.iter().map(point).collect();
        format!("[sweep]\ndesign = \"list\"\n{points}")
    };
    let kept = ["8 of 16 cells were finished earlier and are kept"];
    assert_refines(&list(&[0.3, 0.6]), &list(&[0.1, 0.6, 0.2, 0.3]), &kept);
}

#[test]
fn sobol_points_are_added_and_those_of_a_latin_hypercube_are_others() {
    let kept = ["32 of 64 cells were finished earlier and are kept"];
    assert_refines(&sampled("sobol", 8), &sampled("sobol", 16), &kept);
    let others = [
        "starting over",
        "a Latin hypercube has other points when its samples or axes change",
    ];
    let latin = |samples| sampled("latin-hypercube", samples);
    assert_refines(&latin(4), &latin(8), &others);
}

#[test]
fn base_samples_and_analyses_are_added() {
    let with = |analyses: &[String]| sampled("sobol", 2) + &analyses.concat();
    let twice = [
        "sweep: 8 of 8 cells were finished earlier",
        "analysis 1: 128 of 256 cells were finished earlier and are kept",
    ];
    let (few, more) = (sensitivity("sobol", 8), sensitivity("sobol", 16));
    assert_refines(&with(std::slice::from_ref(&few)), &with(&[more]), &twice);
    let (morris, longer) = (sensitivity("morris", 4), sensitivity("morris", 6));
    // all 48, and those of a longer one that come to places where a shorter one was
    let half = ["analysis 1: 56 of 72 cells were finished earlier and are kept"];
    assert_refines(
        &with(std::slice::from_ref(&morris)),
        &with(&[longer]),
        &half,
    );
    // an analysis that moves to another place keeps its cells
    let moved = ["analysis 2: 128 of 128 cells were finished earlier and are kept"];
    assert_refines(
        &with(std::slice::from_ref(&few)),
        &with(&[morris, few]),
        &moved,
    );
}

#[test]
fn what_takes_random_numbers_from_its_place_is_told() {
    let own = |values| format!("[sweep]\ncommon_random_numbers = false\n{}", axis(values));
    let words = [
        "4 of 12 cells were finished earlier and are kept",
        "not more, for points with random numbers of their own",
    ];
    assert_refines(&own("[0.2, 0.8]"), &own("[0.2, 0.5, 0.8]"), &words);
}

#[test]
fn a_changed_parameter_is_named() {
    let place = Place::with_market();
    let run = |options: &str| place.flywheel(&format!("run market.toml --charts none {options}"));
    run("").ends(0);
    run("--set firms.shop.price=0.4").ends(0).says(&[
        "market: since the last run into output/market, firms.shop.price was 0.3 and is 0.4; starting over",
    ]);
    // what is of no use any more does not stay
    let size = || {
        fs::metadata(place.path("output/market/.cells"))
            .expect("there")
            .len()
    };
    let before = size();
    run("--set firms.shop.price=0.5").ends(0);
    assert!(size() < before + before / 10, "{} after {before}", size());
}

#[test]
fn a_flipped_bit_costs_one_cell_and_is_told() {
    let place = Place::with_market();
    let run = |output: &str| {
        place
            .flywheel(&format!(
                "run market.toml --charts none --replicates 40 -o {output}"
            ))
            .ends(0)
    };
    run("output");
    let journal = place.path("output/market/.cells");
    let whole = fs::read(&journal).expect("the journal");
    let mut bytes = whole.clone();
    bytes[whole.len() / 3] ^= 4;
    fs::write(&journal, &bytes).expect("space");
    run("output").says(&[
        "output/market/.cells is damaged or cut off in 1 place: the cells that stood there are computed again, all others are kept",
        "39 of 40 replicates were finished earlier and are kept",
    ]);
    let outcome = run("output").says(&["40 of 40 replicates were finished earlier"]);
    assert!(!outcome.stderr.contains("damaged"), "{}", outcome.stderr);
    // the line before the records is for people
    let mut bytes = fs::read(&journal).expect("the journal");
    bytes[3] ^= 1;
    fs::write(&journal, &bytes).expect("space");
    run("output").says(&["40 of 40 replicates were finished earlier"]);
    run("afresh");
    let afresh = results(&place, "afresh/market");
    assert_equal(&afresh, &results(&place, "output/market"), "a flipped bit");
}

#[test]
#[cfg(unix)]
fn a_link_in_the_place_of_the_cells_is_not_written_through() {
    let place = Place::with_market();
    place.flywheel("run market.toml -q --charts none").ends(0);
    let before = place.files("output/market");
    let link = place.path("output/market/.cells");
    fs::remove_file(&link).expect("the journal");
    place.write("precious", "as it was");
    std::os::unix::fs::symlink(place.path("precious"), &link).expect("a link");
    for options in ["", "--fresh", "--seed 5"] {
        place
            .flywheel(&format!("run market.toml --charts none {options}"))
            .ends(1)
            .says(&[
                "output/market/.cells",
                "a link to another place",
                "move it away",
            ]);
    }
    assert_eq!(place.read("precious"), "as it was");
    assert!(
        before == place.files("output/market"),
        "earlier results stay"
    );
}
