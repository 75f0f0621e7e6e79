//! Sources of advantage: tables that add up, charts, and equal bytes whatever the threads and earlier runs.

use super::{Outcome, Place};

const SCENARIO: &str = r#"
name = "owed"
[simulation]
periods = 20
replicates = 3
[[populations]]
name = "town"
customers = 150
[firm_defaults.learning]
inertia = 100
[[firms]]
name = "coach"
experience = "coach-behavior"
[[firms]]
name = "shop"
experience = "respond-to-desire"
[[analyses]]
kind = "sources"
firm = "coach"
experiences = ["automatic-execution", "coach-behavior"]
[[analyses]]
kind = "sources"
firm = "coach"
outcome = "competitive_advantage"
experiences = []
"#;

fn place() -> Place {
    let place = Place::empty();
    place.write("owed.toml", SCENARIO);
    place
}

/// The rows of a table by the names of its columns.
fn rows(table: &str) -> Vec<std::collections::BTreeMap<&str, &str>> {
    let mut lines = table.lines().map(|line| line.split(','));
    let header: Vec<&str> = lines.next().expect("a header").collect();
    lines
        .map(|line| header.iter().copied().zip(line).collect())
        .collect()
}

/// Holds that the parts add up in all groups of rows, and returns how many groups had values.
fn adds_up(table: &str) -> usize {
    let rows = rows(table);
    let mut groups = 0;
    // eight rows belong together: four parts, then four worlds
    for group in rows.chunks(8) {
        let value = |quantity: &str| -> Option<f64> {
            let row = group.iter().find(|row| row["quantity"] == quantity);
            row.expect("the quantity")["mean"].parse().ok()
        };
        let Some(total) = value("total") else {
            continue;
        };
        let of = |quantity| value(quantity).expect("a value");
        let close =
            |a: f64, b: f64| assert!((a - b).abs() < 1e-9 * (1.0 + of("both").abs()), "{a} {b}");
        close(of("individual") + of("population"), total);
        close(of("both") - of("neither"), total);
        close(
            of("both") - of("only_individual") - of("only_population") + of("neither"),
            of("complementarity"),
        );
        groups += 1;
    }
    groups
}

#[test]
fn what_learning_adds_is_taken_apart() {
    let place = place();
    let outcome: Outcome = place.flywheel("run owed.toml --charts svg").ends(0);
    outcome.says(&["common random numbers"]);
    let table = place.read("output/owed/sources.csv");
    // two candidates, then one; 20 periods; 8 quantities
    assert_eq!(table.lines().count(), 1 + (2 + 1) * 20 * 8);
    assert!(adds_up(&table) >= 2 * 20 + 15);
    let summary = place.read("output/owed/sources_summary.csv");
    assert_eq!(summary.lines().count(), 1 + 3 * 8);
    assert_eq!(adds_up(&summary), 3);
    for row in rows(&summary) {
        assert_eq!(row["own"] == "true", row["experience"] == "coach-behavior");
    }
    // the world with both kinds of learning is the scenario as it is
    let firms = place.read("output/owed/firms.csv");
    let last = rows(&firms);
    let last = last
        .iter()
        .filter(|row| row["firm"] == "coach" && row["period"] == "19");
    let profits: Vec<f64> = last
        .map(|row| row["cumulative_profit"].parse().expect("a number"))
        .collect();
    let mean = profits.iter().sum::<f64>() / profits.len() as f64;
    let both = rows(&summary)
        .into_iter()
        .find(|row| row["quantity"] == "both")
        .expect("the world");
    let both: f64 = both["mean"].parse().expect("a number");
    assert!((mean - both).abs() < 1e-9 * mean.abs());
    let charts = place.names("output/owed/charts");
    for chart in ["sources.svg", "sources-2.svg", "sources-experiences.svg"] {
        assert!(charts.iter().any(|name| name == chart), "{chart}");
    }
    assert!(
        !charts
            .iter()
            .any(|name| name == "sources-experiences-2.svg")
    );
}

#[test]
fn threads_and_earlier_runs_do_not_matter_and_charts_are_drawn_again() {
    let place = place();
    for threads in [1, 5] {
        place
            .flywheel(&format!(
                "run owed.toml -q --charts svg --threads {threads} -o on-{threads}"
            ))
            .ends(0);
    }
    let files = [
        "sources.csv",
        "sources_summary.csv",
        "charts/sources.svg",
        "charts/sources-experiences.svg",
    ];
    let read = |folder: &str| files.map(|file| place.read(&format!("{folder}/owed/{file}")));
    let first = read("on-1");
    assert_eq!(first, read("on-5"));
    place
        .flywheel("run owed.toml -q --charts svg -o on-1")
        .ends(0);
    assert_eq!(first, read("on-1"));
    std::fs::remove_dir_all(place.path("on-1/owed/charts")).expect("the charts");
    place.flywheel("chart on-1/owed -q --charts svg").ends(0);
    assert_eq!(first, read("on-1"));
}

#[test]
fn a_run_without_the_analysis_leaves_no_table_of_it() {
    let place = place();
    place
        .flywheel("run owed.toml -q --charts none --format csv,parquet")
        .ends(0);
    assert!(place.path("output/owed/sources.parquet").is_file());
    let without = SCENARIO.split("[[analyses]]").next().expect("the market");
    place.write("owed.toml", without);
    place.flywheel("run owed.toml -q --charts none").ends(0);
    let names = place.names("output/owed");
    assert!(
        !names.iter().any(|name| name.starts_with("sources")),
        "{names:?}"
    );
}

#[test]
fn learning_that_is_off_in_the_scenario_is_told() {
    let place = place();
    place
        .flywheel("run owed.toml --charts none --set firms.coach.learning.population=false")
        .ends(0)
        .says(&["switched off"]);
}
