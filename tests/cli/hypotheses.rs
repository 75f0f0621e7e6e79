//! Hypotheses in a run: verdicts on the terminal, in the table, the chart and the report; replicates until all are decided.

use flywheel::experiment::Manifest;

use super::determinism::{assert_equal, results};
use super::{MARKET, Place};

const CLAIMS: &str = r#"
[[variants]]
name = "dear"
set = { "firms.coach.price" = 0.9 }

[[hypotheses]]
claim = "A dear coach sells less."
holds_if = "transactions of coach in dear < transactions of coach in base"
refuted_by = "it sells as much"

[[hypotheses]]
claim = "The shop sells less where the coach is dear"
holds_if = "transactions of shop in dear - transactions of shop in base < -1"

[[hypotheses]]
claim = "Half of the needs are met"
holds_if = "coverage of market in periods 0 to 19 > 50%"
"#;

fn place(more: &str) -> Place {
    let place = Place::with_market();
    place.write("m.toml", &format!("{MARKET}{CLAIMS}{more}"));
    place
}

/// The verdicts in a table, in order.
fn verdicts(table: &str) -> Vec<String> {
    let rows = csv::Reader::from_reader(table.as_bytes())
        .into_records()
        .map(|row| row.expect("a row"));
    let header = table.lines().next().unwrap_or_default();
    let place = header.split(',').position(|name| name == "verdict");
    let place = place.expect("a column");
    rows.map(|row| row[place].to_owned()).collect()
}

#[test]
fn verdicts_are_told_drawn_stored_and_computed_anew() {
    let place = place("");
    let outcome = place
        .flywheel("run m.toml --charts svg --replicates 8 -o out")
        .ends(0);
    for words in [
        "supported: A dear coach sells less (",
        "refuted: The shop sells less",
    ] {
        assert!(outcome.stdout.contains(words), "{}", outcome.stdout);
    }
    let table = place.read("out/m/hypotheses.csv");
    assert_eq!(verdicts(&table)[..2], ["supported", "refuted"]);
    let page = place.read("out/m/report.html");
    for words in [
        "id=\"hypotheses\"",
        "It would be refuted if: it sells as much",
        "data-figure=\"hypotheses\"",
    ] {
        assert!(page.contains(words), "{words}");
    }
    let before = results(&place, "out/m");
    assert!(before.contains_key("charts/hypotheses.svg"));
    place.flywheel("chart out/m --charts svg").ends(0);
    assert_equal(&before, &results(&place, "out/m"), "drawn again");
    place.flywheel("verify out/m --rerun 3").ends(0);
}

#[test]
fn replicates_are_added_until_all_are_decided_and_no_further() {
    let until = |claim: &str, at_most: u32| {
        format!(
            "[[hypotheses]]\nclaim = \"So\"\nholds_if = \"{claim}\"\n[simulation.until_decided]\nat_most = {at_most}\n"
        )
    };
    let replicates = |place: &Place| {
        let manifest = Manifest::read(&place.path("output/m"));
        manifest.expect("a manifest").replicates
    };
    let run = "run m.toml -q --charts none";
    let place = Place::with_market();
    // plain from the first four on
    place.write(
        "m.toml",
        &format!("{MARKET}{}", until("price of coach in period 19 < 0.9", 50)),
    );
    place.flywheel(run).ends(0);
    assert_eq!(replicates(&place), 4);
    place.flywheel("verify output/m").ends(0);
    // never to be known: neither side is larger
    place.write(
        "m.toml",
        &format!("{MARKET}{}", until("price of coach > 0.3", 13)),
    );
    place.flywheel(&format!("{run} --fresh")).ends(0);
    assert_eq!(replicates(&place), 13);
    assert_eq!(
        verdicts(&place.read("output/m/hypotheses.csv")),
        ["undecided"]
    );
    place
        .flywheel("run m.toml --shard 1/2")
        .ends(2)
        .says(&["until_decided"]);
}

#[test]
fn each_point_of_a_sweep_has_its_verdicts() {
    let sweep = "[[sweep.axes]]\nkey = \"populations.everyone.awareness\"\nvalues = [0.2, 0.9]\n";
    let place = place(sweep);
    let outcome = place.flywheel("run m.toml --charts none -o out").ends(0);
    assert!(outcome.stdout.contains("point 1: "), "{}", outcome.stdout);
    let table = place.read("out/m/hypotheses.csv");
    assert!(table.starts_with("point,hypothesis,"));
    assert_eq!(table.lines().count(), 1 + 2 * 3);
    place.flywheel("verify out/m --rerun 3").ends(0);
}

#[test]
fn a_figure_of_an_analysis_is_of_the_one_that_asks_for_its_period() {
    let place = place("");
    let mut text = MARKET.to_owned();
    for period in [5, 8] {
        text += &format!(
            "[[analyses]]\nkind = \"feedback\"\nfirm = \"coach\"\nperiod = {period}\n\
             [[hypotheses]]\nclaim = \"Of period {period}\"\n\
             holds_if = \"feedback.total of coach in period {period} > -1000000\"\n"
        );
    }
    place.write("m.toml", &text);
    place.flywheel("run m.toml --replicates 4 -o out").ends(0);
    let table = place.read("out/m/hypotheses.csv");
    assert_eq!(verdicts(&table), ["supported", "supported"]);
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let place = rows
        .headers()
        .expect("a header")
        .iter()
        .position(|name| name == "estimate");
    let estimates: Vec<String> = rows
        .into_records()
        .map(|row| row.expect("a row")[place.expect("a column")].to_owned())
        .collect();
    assert_ne!(estimates[0], estimates[1], "each is of its own period");
}
