//! One replicate: every number of that market is told, and nothing is inferred from it.

use super::Place;

/// Columns that only more than one replicate can fill.
const INFERRED: [&str; 3] = ["low", "high", "standard_deviation"];

/// A market with every analysis, once.
const ALL: &str = r#"
[simulation]
periods = 30
replicates = 1
[[populations]]
name = "town"
customers = 100
[[firms]]
name = "shop"
experience = "curated-offering"
[[firms]]
name = "coach"
experience = "coach-behavior"
"#;

const ANALYSES: &str = r#"
[[analyses]]
kind = "loop"
firm = "coach"
period = 10
window = 10
[[analyses]]
kind = "amplification"
firm = "coach"
period = 10
[[analyses]]
kind = "feedback"
firm = "coach"
period = 10
[[analyses]]
kind = "sources"
firm = "coach"
[[analyses]]
kind = "game"
strategies = ["curated-offering", "coach-behavior"]
at_most = 1
"#;

fn run(name: &str, more: &str) -> (Place, String) {
    let place = Place::empty();
    place.write(&format!("{name}.toml"), &format!("{ALL}{more}"));
    let outcome = place.flywheel(&format!("run {name}.toml --charts svg --data"));
    let outcome = outcome.ends(0);
    (place, outcome.stdout + &outcome.stderr)
}

/// No table, of results or of a chart, has a value in a column that takes an inference.
fn check_tables(place: &Place, folder: &str) {
    let mut seen = 0;
    for (name, bytes) in place.files(folder) {
        if !name.ends_with(".csv") {
            continue;
        }
        let text = String::from_utf8(bytes).expect("text");
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let columns = reader.headers().expect("a header").clone();
        let inferred = |column: &str| {
            INFERRED.contains(&column) || column.ends_with("_low") || column.ends_with("_high")
        };
        for row in reader.records() {
            let row = row.expect("a row");
            for (column, value) in columns.iter().zip(&row) {
                if inferred(column) {
                    seen += 1;
                    assert_eq!(value, "", "{name}, {column}: {row:?}");
                }
            }
        }
    }
    assert!(seen > 10, "{folder} has such columns");
}

/// No chart, page or line of the terminal tells an interval, or who leads.
fn check_words(place: &Place, folder: &str, told: &str) {
    let mut texts = vec![("the terminal".to_owned(), told.to_owned())];
    for (name, bytes) in place.files(folder) {
        if name.ends_with(".svg") {
            texts.push((name, String::from_utf8(bytes).expect("text")));
        }
    }
    for (name, text) in texts {
        for word in [
            "±",
            "1 replicates",
            "intervals overlap",
            "95&nbsp;%",
            "clearly,",
            "NaN",
        ] {
            assert!(!text.contains(word), "{name} says {word}: {text}");
        }
    }
}

#[test]
fn every_analysis_is_undecided() {
    let (place, told) = run("all", ANALYSES);
    check_tables(&place, "output/all");
    check_words(&place, "output/all", &told);
    let column = |table: &str, wanted: &str| -> Vec<String> {
        let text = place.read(&format!("output/all/{table}.csv"));
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let at = reader
            .headers()
            .expect("a header")
            .iter()
            .position(|name| name == wanted);
        let at = at.unwrap_or_else(|| panic!("{table} has no {wanted}"));
        reader
            .records()
            .map(|row| row.expect("a row")[at].to_owned())
            .collect()
    };
    assert_eq!(column("amplification_verdict", "verdict"), ["undecided"]);
    assert_eq!(column("feedback_verdict", "verdict"), ["undecided"]);
    assert!(column("feedback", "factor").iter().all(String::is_empty));
    assert!(column("loop", "linear").iter().all(String::is_empty));
    assert!(
        column("game", "equilibrium")
            .iter()
            .all(|verdict| verdict == "undecided")
    );
    assert!(
        column("game_equilibria", "confidence")
            .iter()
            .all(|one| one.is_empty() || one == "0.0")
    );
    assert!(told.contains("one replicate tells nothing"), "{told}");
    assert!(!told.contains("is an equilibrium"), "{told}");
    // the report tells of that market and says that it is one
    let page = place.read("output/all/report.html");
    let story = page
        .split("class=\"story\"")
        .nth(1)
        .and_then(|part| part.split("</ul>").next());
    let story = story.expect("the story");
    for word in ["interval", "mean", "settled", "±"] {
        assert!(!story.contains(word), "{word}: {story}");
    }
    assert!(page.contains("simulated once"));
}

#[test]
fn a_sweep_says_nowhere_who_leads() {
    let grid = "[[sweep.axes]]\nkey = \"populations.town.awareness\"\nvalues = [0.1, 0.9]\n[[sweep.axes]]\nkey = \"firms.coach.price\"\nvalues = [0.2, 0.5]\n";
    let (place, told) = run("grid", grid);
    check_tables(&place, "output/grid");
    check_words(&place, "output/grid", &told);
    assert!(told.contains("one replicate per point"), "{told}");
    let leaders = place.read("output/grid/charts/sweep-leader.csv");
    assert_eq!(leaders.lines().count(), 5);
    let decided = leaders
        .lines()
        .skip(1)
        .filter(|line| line.ends_with("true"));
    assert_eq!(decided.count(), 0, "{leaders}");
    let map = place.read("output/grid/charts/sweep-leader.svg");
    assert!(map.contains("one replicate does not decide who leads"));
    let page = place.read("output/grid/report.html");
    assert!(page.contains("Each point was simulated once") && !page.contains("after ±"));
}

#[test]
fn sensitivity_has_no_intervals() {
    let sampled = |method: &str| {
        format!(
            "[sweep]\ndesign = \"sobol\"\nsamples = 4\n[[sweep.axes]]\nkey = \"populations.town.awareness\"\nrange = {{ from = 0.1, to = 0.9 }}\n[[sweep.axes]]\nkey = \"firms.coach.price\"\nrange = {{ from = 0.1, to = 0.5 }}\n[[analyses]]\nkind = \"sensitivity\"\nmethod = \"{method}\"\noutcome = \"share\"\nfirm = \"coach\"\nsamples = 4\n"
        )
    };
    for method in ["sobol", "morris"] {
        let (place, told) = run(method, &sampled(method));
        check_tables(&place, &format!("output/{method}"));
        check_words(&place, &format!("output/{method}"), &told);
        assert!(
            told.contains("one replicate cannot tell influence from chance"),
            "{told}"
        );
    }
}

/// An outcome that is nowhere, or not everywhere, has no indices, and the run is no failure.
#[test]
fn an_outcome_that_is_missing_somewhere_has_no_indices() {
    let more = "[sweep]\ndesign = \"sobol\"\nsamples = 4\n[[sweep.axes]]\nkey = \"populations.town.awareness\"\nrange = { from = 0.1, to = 0.9 }\n[[sweep.axes]]\nkey = \"firms.coach.price\"\nrange = { from = 0.1, to = 0.5 }\n[[analyses]]\nkind = \"sensitivity\"\noutcome = \"fit\"\nfirm = \"coach\"\nsamples = 4\n";
    let (place, told) = run(
        "none",
        &more.replace(
            "[sweep]",
            "[[interventions]]\nperiod = 0\nset.\"populations.*.need.rate\" = 0.0\n[sweep]",
        ),
    );
    assert!(
        told.contains("fit of coach has no value at 16 of 16 points")
            && told.contains("such as \"share\""),
        "{told}"
    );
    let table = place.read("output/none/sensitivity.csv");
    assert!(
        table.lines().skip(1).all(|row| row.ends_with(",,,,4")),
        "{table}"
    );
    assert!(
        place
            .read("output/none/charts/sensitivity.svg")
            .contains("not defined")
    );
}

#[test]
fn compared_runs_differ_without_an_interval() {
    let (place, _) = run("base", "");
    place
        .flywheel("run base.toml -q --charts none -o other --set firms.coach.price=0.4")
        .ends(0);
    let outcome = place
        .flywheel("compare output/base other/base -o compared")
        .ends(0);
    check_tables(&place, "compared");
    check_words(&place, "compared", &(outcome.stdout + &outcome.stderr));
}
