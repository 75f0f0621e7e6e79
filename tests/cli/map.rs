//! The map of tastes: its table, its chart and its animation, from runs of every kind.

use super::determinism::{assert_equal, results};
use super::{MARKET, Place};

const ASKED: &str = r#"simulation.record.tables=["periods","firms","market","map"]"#;

#[test]
fn equal_runs_have_equal_maps_on_any_threads_and_when_taken_up_again() {
    let place = Place::with_market();
    let run = |options: &str| {
        let line = format!("run market.toml -q --format csv,parquet --set {ASKED} {options}");
        place.flywheel(&line).ends(0);
    };
    run("-o one --threads 1");
    let one = results(&place, "one/market");
    for file in [
        "map.csv",
        "map.parquet",
        "charts/map.svg",
        "charts/map.png",
        "charts/map.gif",
    ] {
        assert!(one.contains_key(file), "{file}");
    }
    run("-o three --threads 3");
    assert_equal(&one, &results(&place, "three/market"), "three threads");
    run("-o later --replicates 2");
    run("-o later");
    assert_equal(&one, &results(&place, "later/market"), "replicates added");
    // drawn again from the table
    std::fs::remove_dir_all(place.path("one/market/charts")).expect("charts");
    place.flywheel("chart -q one/market").ends(0);
    assert_equal(&one, &results(&place, "one/market"), "drawn again");
}

#[test]
fn parts_of_a_run_give_the_map_of_the_whole() {
    let place = Place::with_market();
    let options = format!("market.toml -q --charts none --set {ASKED}");
    place.flywheel(&format!("run {options} -o whole")).ends(0);
    for part in 1..=2 {
        place
            .flywheel(&format!("run {options} -o parts --shard {part}/2"))
            .ends(0);
    }
    place
        .flywheel("merge parts parts/market.part-1-of-2 parts/market.part-2-of-2 -q --charts none")
        .ends(0);
    let map = |folder: &str| std::fs::read(place.path(folder)).expect("a map");
    assert!(map("whole/market/map.csv") == map("parts/market/map.csv"));
}

#[test]
fn a_map_that_is_no_longer_asked_for_goes() {
    let place = Place::with_market();
    place
        .flywheel(&format!("run market.toml -q --set {ASKED}"))
        .ends(0);
    assert!(place.path("output/market/charts/map.gif").is_file());
    place.flywheel("run market.toml -q").ends(0);
    for file in [
        "map.csv",
        "charts/map.svg",
        "charts/map.png",
        "charts/map.gif",
    ] {
        assert!(
            !place.path(&format!("output/market/{file}")).exists(),
            "{file}"
        );
    }
}

#[test]
fn a_chart_of_the_map_shows_chosen_firms_and_periods() {
    let place = Place::with_market();
    let text = format!(
        "{}\n[[charts]]\nkind = \"map\"\nname = \"coach\"\nfirms = [\"coach\"]\nperiods = {{ from = 2, to = 9 }}\n",
        MARKET.replace(
            "[simulation]",
            "[simulation]\nrecord = { tables = [\"periods\", \"firms\", \"market\", \"map\"], map = [0, 2, 5, 9, 19] }"
        )
    );
    std::fs::write(place.path("market.toml"), text).expect("space");
    place.flywheel("run market.toml -q --data").ends(0);
    let data = std::fs::read_to_string(place.path("output/market/charts/coach.csv")).expect("data");
    let rows = || {
        data.lines()
            .skip(1)
            .map(|row| row.split(',').collect::<Vec<_>>())
    };
    let periods: std::collections::BTreeSet<&str> = rows().map(|row| row[0]).collect();
    assert_eq!(Vec::from_iter(periods), ["2", "5", "9"]);
    assert!(rows().all(|row| row[1].is_empty() || row[1] == "coach"));
}
