//! Sensitivity analyses: table, chart, and equal bytes whatever the threads and earlier runs.

use super::Place;

const SCENARIO: &str = r#"
name = "matters"
[simulation]
periods = 20
replicates = 2
[[populations]]
name = "town"
customers = 200
[[firms]]
name = "shop"
experience = "respond-to-desire"
[[firms]]
name = "butler"
experience = "automatic-execution"
[sweep]
design = "sobol"
samples = 2
[[sweep.axes]]
key = "populations.town.mistake_cost"
label = "Cost of mistakes"
range = { from = 0.0, to = 0.6 }
[[sweep.axes]]
key = "market.friction.recognize"
range = { from = 0.0, to = 0.001 }
[[analyses]]
kind = "sensitivity"
firm = "butler"
samples = 64
[[analyses]]
kind = "sensitivity"
method = "morris"
firm = "butler"
samples = 10
"#;

fn place() -> Place {
    let place = Place::empty();
    place.write("matters.toml", SCENARIO);
    place
}

/// The values of an index by parameter, as the table has them.
fn value(table: &str, method: &str, parameter: &str, index: &str) -> f64 {
    let row = table
        .lines()
        .map(|line| line.split(',').collect::<Vec<_>>())
        .find(|row| row[0] == method && row[3] == parameter && row[4] == index);
    row.expect("the row")[5].parse().expect("a number")
}

#[test]
fn what_matters_is_told_from_what_does_not() {
    let place = place();
    place.flywheel("run matters.toml --charts svg").ends(0);
    let table = place.read("output/matters/sensitivity.csv");
    // two parameters with two Sobol indices and three Morris measures each, and the noise between replicates
    assert_eq!(table.lines().count(), 1 + 2 * 2 + 1 + 2 * 3);
    let (matters, idle) = ("populations.town.mistake_cost", "market.friction.recognize");
    for (method, index) in [("sobol", "total"), ("morris", "mu_star")] {
        let (large, small) = (
            value(&table, method, matters, index),
            value(&table, method, idle, index),
        );
        assert!(large > 10.0 * small, "{method}: {large} and {small}");
    }
    // mistakes that cost more lower the share of who makes them
    assert!(value(&table, "morris", matters, "mu") < 0.0);
    for chart in ["sensitivity", "sensitivity-2"] {
        let svg = place.read(&format!("output/matters/charts/{chart}.svg"));
        assert!(svg.contains("Cost of mistakes"));
    }
}

#[test]
fn threads_and_earlier_runs_do_not_matter() {
    let place = place();
    for threads in [1, 2, 7] {
        place
            .flywheel(&format!(
                "run matters.toml -q --charts none --threads {threads} -o on-{threads}"
            ))
            .ends(0);
    }
    let table = place.read("on-1/matters/sensitivity.csv");
    assert_eq!(table, place.read("on-2/matters/sensitivity.csv"));
    assert_eq!(table, place.read("on-7/matters/sensitivity.csv"));
    place
        .flywheel("run matters.toml -q --charts none -o on-1")
        .ends(0);
    assert_eq!(table, place.read("on-1/matters/sensitivity.csv"));
}

#[test]
fn charts_are_the_same_when_drawn_again() {
    for format in ["csv", "parquet"] {
        let place = place();
        place
            .flywheel(&format!(
                "run matters.toml -q --charts svg --format {format}"
            ))
            .ends(0);
        let drawn = place.files("output/matters/charts");
        assert!(drawn.contains_key("sensitivity.svg") && drawn.contains_key("sensitivity-2.svg"));
        std::fs::remove_dir_all(place.path("output/matters/charts")).expect("charts");
        place
            .flywheel("chart output/matters -q --charts svg")
            .ends(0)
            .silent();
        let again = place.files("output/matters/charts");
        super::determinism::assert_equal(&drawn, &again, format);
    }
}
