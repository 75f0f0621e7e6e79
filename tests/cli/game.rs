//! Games: tables, charts, and equal bytes whatever the threads and earlier runs.

use super::Place;

/// Two equal firms, of which a third is a rival that does not choose.
const SCENARIO: &str = r#"
name = "choice"
[simulation]
periods = 20
replicates = 4
[[populations]]
name = "town"
customers = 150
agency.mean = 0.9
mistake_cost = 0.8
[[firms]]
name = "shop"
count = 2
experience = "respond-to-desire"
[[firms]]
name = "rival"
price = 0.35
experience = "curated-offering"
[[analyses]]
kind = "game"
players = ["shop"]
strategies = ["respond-to-desire", "curated-offering", "automatic-execution"]
at_most = 16
[[analyses]]
kind = "game"
strategies = ["respond-to-desire", { rule = "imitate", start = "automatic-execution" }]
outcome = "share"
at_most = 4
"#;

const TABLES: [&str; 3] = ["game", "game_equilibria", "game_cycles"];

fn place() -> Place {
    let place = Place::empty();
    place.write("choice.toml", SCENARIO);
    place
}

/// The rows of a table as cells; no name in these scenarios has a comma.
fn rows(table: &str) -> Vec<Vec<String>> {
    let rows = table.lines().skip(1);
    rows.map(|line| line.split(',').map(str::to_owned).collect())
        .collect()
}

#[test]
fn equal_players_share_profiles_and_answer_each_other() {
    let place = place();
    place
        .flywheel("run choice.toml --charts svg")
        .ends(0)
        .says(&["is an equilibrium", "common random numbers"]);
    let table = rows(&place.read("output/choice/game.csv"));
    let of = |game: &str| {
        table
            .iter()
            .filter(|row| row[0] == game)
            .collect::<Vec<_>>()
    };
    // two equal players with three strategies: six profiles, three of them with two strategies
    assert_eq!(of("1").len(), 6 + 3);
    // two equal players and one who asks more, with two: three times two, with 2 or 3 slots
    assert_eq!(of("2").len(), 4 * 2 + 2 * 3);
    assert!(of("1").iter().all(|row| row[3] == "shop-1 + shop-2"));
    // customers who want to decide, and mistakes that cost much: nobody should act for them
    for row in of("1") {
        let acts = row[2].contains("automatic-execution");
        assert!(!(acts && row[17] == "yes"), "{row:?}");
        if row[4] == "automatic-execution" {
            assert_ne!(row[10], "automatic-execution");
            assert!(row[16].parse::<f64>().expect("a regret") > 0.0);
        }
    }
    // shares of all three players add up to 1
    for profile in 0..6 {
        let own = of("2")
            .into_iter()
            .filter(|row| row[1] == profile.to_string());
        let sum: f64 = own
            .map(|row| row[5].parse::<f64>().unwrap() * row[6].parse::<f64>().unwrap())
            .sum();
        assert!((sum - 1.0).abs() < 1e-9, "{sum}");
    }
    let charts = place.names("output/choice/charts");
    for chart in ["game.svg", "game-simplex.svg", "game-2.svg"] {
        assert!(charts.iter().any(|name| name == chart), "{charts:?}");
    }
}

#[test]
fn more_replicates_go_where_the_answer_is_undecided() {
    let place = place();
    place.flywheel("run choice.toml -q --charts none").ends(0);
    for row in rows(&place.read("output/choice/game.csv")) {
        let replicates: u32 = row[20].parse().expect("a count");
        match row[0].as_str() {
            // never less than at first, doubled at most twice
            "1" => assert!([4, 8, 16].contains(&replicates), "{row:?}"),
            _ => assert_eq!(replicates, 4),
        }
        if row[0] == "1" && row[17] == "undecided" {
            assert_eq!(replicates, 16, "{row:?}");
        }
    }
}

#[test]
fn threads_and_earlier_runs_do_not_matter() {
    let place = place();
    let read = |folder: &str| TABLES.map(|name| place.read(&format!("{folder}/choice/{name}.csv")));
    for threads in [1, 3] {
        let options = format!("-q --charts none --threads {threads} -o on-{threads}");
        place
            .flywheel(&format!("run choice.toml {options}"))
            .ends(0);
    }
    let tables = read("on-1");
    assert_eq!(tables, read("on-3"));
    place
        .flywheel("run choice.toml -q --charts none -o on-1")
        .ends(0);
    assert_eq!(tables, read("on-1"));
}

#[test]
fn charts_are_drawn_again_from_the_tables() {
    let place = place();
    place.flywheel("run choice.toml -q --charts svg").ends(0);
    for chart in ["game", "game-simplex", "game-2"] {
        let path = format!("output/choice/charts/{chart}.svg");
        let drawn = place.read(&path);
        place.write(&path, "");
        place
            .flywheel("chart output/choice -q --charts svg")
            .ends(0);
        assert_eq!(drawn, place.read(&path), "{chart}");
    }
}

#[test]
fn a_scenario_without_the_game_leaves_no_tables_of_it() {
    let place = place();
    place.flywheel("run choice.toml -q --charts svg").ends(0);
    let (alone, _) = SCENARIO.split_once("[[analyses]]").expect("an analysis");
    place.write("choice.toml", alone);
    place.flywheel("run choice.toml -q --charts svg").ends(0);
    let names = place.names("output/choice");
    assert!(!names.iter().any(|name| name.contains("game")), "{names:?}");
}
