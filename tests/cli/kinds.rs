//! Kinds of needs from end to end: analyses, the chart, the report, sweeps and interventions.

use super::Place;

/// A market whose needs are of these kinds; its analyses ask about the firm that tells them apart, or not.
fn scenario(name: &str, kinds: &str, rule: &str) -> String {
    format!(
        r#"
name = "{name}"
[simulation]
periods = 30
replicates = 4
[[populations]]
name = "town"
customers = 150
{kinds}
[firm_defaults.learning]
inertia = 200
[[firms]]
name = "range"
experience = {rule}
[[firms]]
name = "shop"
experience = "curated-offering"
[[analyses]]
kind = "sources"
firm = "range"
[[analyses]]
kind = "feedback"
firm = "range"
period = 10
[[analyses]]
kind = "game"
strategies = ["curated-offering", "automatic-execution"]
at_most = 4
"#
    )
}

const STAKES: &str = "need.kinds = [{ name = \"refill\", share = 3, mistake_cost = 0.02, variety = 0.2 }, \
    { name = \"choice\", share = 1, mistake_cost = 1.0, agency_cost = 0.6 }]";
const BY_NEED: &str = "{ rule = \"portfolio\", by_need = { refill = \"automatic-execution\", choice = \"curated-offering\" } }";

/// The cells of a table without its header.
fn cells(table: &str) -> Vec<Vec<String>> {
    let rows = table.lines().skip(1);
    rows.map(|row| row.split(',').map(str::to_owned).collect())
        .collect()
}

#[test]
fn analyses_of_equal_kinds_are_those_without_kinds() {
    let place = Place::empty();
    let equal = "need.kinds = [{ name = \"one\", share = 3 }, { name = \"other\", share = 1 }]";
    let rule = "\"automatic-execution\"";
    place.write("plain.toml", &scenario("plain", "", rule));
    place.write("equal.toml", &scenario("equal", equal, rule));
    place.write("stakes.toml", &scenario("stakes", STAKES, BY_NEED));
    place
        .flywheel("run plain.toml equal.toml stakes.toml --charts none")
        .ends(0);
    for table in ["sources_summary", "feedback", "game"] {
        let read = |name: &str| cells(&place.read(&format!("output/{name}/{table}.csv")));
        let (plain, equal, stakes) = (read("plain"), read("equal"), read("stakes"));
        assert_eq!(plain.len(), equal.len(), "{table}");
        assert!(!plain.is_empty(), "{table}");
        let mut numbers = 0;
        for (one, other) in plain.iter().flatten().zip(equal.iter().flatten()) {
            match (one.parse::<f64>(), other.parse::<f64>()) {
                // sums are taken kind by kind, which is all that differs
                (Ok(one), Ok(other)) => {
                    let near = (one - other).abs() <= 1e-3 * (1.0 + one.abs());
                    assert!(near, "{table}: {one} and {other}");
                    numbers += 1;
                }
                _ => assert_eq!(one, other, "{table}"),
            }
        }
        assert!(numbers > 20, "{table}: {numbers}");
        assert_ne!(
            plain, stakes,
            "{table}: what is at stake makes a difference"
        );
    }
}

#[test]
fn the_chart_and_the_report_tell_kinds() {
    let place = Place::empty();
    let text = scenario("stakes", STAKES, BY_NEED);
    let text = text.split("[[analyses]]").next().unwrap_or_default();
    place.write("stakes.toml", text);
    place.flywheel("run stakes.toml --charts svg").ends(0);
    let drawn = place.read("output/stakes/charts/kinds.svg");
    for words in [
        "75% of the needs of town",
        "up to 0.02",
        "automatic-execution",
        "curated-offering",
    ] {
        assert!(drawn.contains(words), "{words}");
    }
    let page = place.read("output/stakes/report.html");
    for words in [
        "One experience for each kind of need:",
        "<li>refill: automatic-execution</li>",
        "<li>choice: 25% of the needs; a mistake costs up to 1, not to decide up to 0.6",
        "data-figure=\"kinds\"",
    ] {
        assert!(page.contains(words), "{words}");
    }
    // nothing is said of one cost of mistakes for all needs
    assert!(!page.contains("one by a firm that decides alone costs them up to"));
    // the same chart from the stored table
    place.flywheel("chart output/stakes --charts svg").ends(0);
    assert_eq!(place.read("output/stakes/charts/kinds.svg"), drawn);
}

#[test]
fn sweeps_and_interventions_change_what_is_at_stake() {
    let place = Place::empty();
    let text = scenario("stakes", STAKES, BY_NEED);
    let text = text.split("[[analyses]]").next().unwrap_or_default();
    let axis =
        "[[sweep.axes]]\nkey = \"populations.town.need.kinds.choice.share\"\nvalues = [1, 9]\n";
    place.write(
        "swept.toml",
        &format!("{text}{axis}").replace("\"stakes\"", "\"swept\""),
    );
    let change = "[[interventions]]\nperiod = 15\nset.\"populations.town.need.kinds.refill.share\" = 0.001\n";
    place.write(
        "changed.toml",
        &format!("{text}{change}").replace("\"stakes\"", "\"changed\""),
    );
    place
        .flywheel("run swept.toml changed.toml --charts none")
        .ends(0);
    // the part of choices among all transactions, in rows that a test picks
    let part = |folder: &str, is_wanted: &dyn Fn(&str, u32) -> bool| {
        let table = place.read(&format!("output/{folder}/kinds.csv"));
        let header: Vec<&str> = table
            .lines()
            .next()
            .unwrap_or_default()
            .split(',')
            .collect();
        let column = |name: &str| header.iter().position(|known| *known == name);
        let [period, kind, transactions] = ["period", "kind", "transactions"]
            .map(|name| column(name).unwrap_or_else(|| panic!("no column {name}")));
        let point = column("point");
        let (mut choices, mut all) = (0.0, 0.0);
        for row in cells(&table) {
            let at = point.map_or("", |point| &row[point]);
            if is_wanted(at, row[period].parse().expect("a period")) {
                let count: f64 = row[transactions].parse().expect("a number");
                all += count;
                choices += if row[kind] == "choice" { count } else { 0.0 };
            }
        }
        assert!(all > 500.0, "{folder}: {all}");
        choices / all
    };
    let swept = ["0", "1"].map(|point| part("swept", &|at, _| at == point));
    assert!(
        (0.1..0.35).contains(&swept[0]) && (0.6..0.85).contains(&swept[1]),
        "{swept:?}"
    );
    let [before, after] = [0..15, 15..30].map(|when| part("changed", &|_, t| when.contains(&t)));
    assert!(
        (0.1..0.35).contains(&before) && after > 0.99,
        "{before} {after}"
    );
}
