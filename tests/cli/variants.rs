//! Variants: worlds with the same draws in one run, their tables, differences, parts and continuations.

use super::determinism::{assert_equal, results};
use super::{MARKET, Place};

/// What base and variants share beside the market.
const CHANGE: &str = r#"
[[interventions]]
period = 10
set = { "firms.shop.price" = 0.25 }
"#;

const VARIANTS: &str = r#"
[[variants]]
name = "dear"
title = "The coach is dear"
set = { "firms.coach.price" = 0.4 }

[[variants]]
name = "steady"
interventions = false

[[variants]]
name = "ahead"
head_start = { firm = "coach", period = 5, observations = 2 }
"#;

const SWEEP: &str = r#"
[[sweep.axes]]
key = "populations.everyone.awareness"
values = [0.2, 0.8]
"#;

/// A folder with the market, its change and variants as `m.toml`, and without variants as `alone.toml`.
fn place(more: &str) -> Place {
    let place = Place::with_market();
    place.write("m.toml", &format!("{MARKET}{CHANGE}{VARIANTS}{more}"));
    place.write("alone.toml", &format!("{MARKET}{CHANGE}"));
    place
}

/// The rows of a table that begin with a name, without it.
fn rows_of(table: &str, start: &str) -> Vec<String> {
    let start = format!("{start},");
    let own = table.lines().filter_map(|line| line.strip_prefix(&start));
    own.map(str::to_owned).collect()
}

/// All rows of a table.
fn rows(table: &str) -> Vec<String> {
    table.lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn a_variant_is_the_scenario_with_what_it_sets() {
    let place = place("");
    place.flywheel("run m.toml -q --charts none -o all").ends(0);
    let runs = [
        ("base", "alone", ""),
        ("dear", "alone", "--set firms.coach.price=0.4"),
        ("steady", "market", ""),
    ];
    for (variant, file, set) in runs {
        let run = format!("run {file}.toml -q --charts none -o {variant} {set}");
        place.flywheel(&run).ends(0);
        for table in ["firms", "periods", "market", "summary"] {
            let alone = rows(&place.read(&format!("{variant}/{file}/{table}.csv")));
            let all = rows_of(&place.read(&format!("all/m/{table}.csv")), variant);
            assert!(alone == all && !all.is_empty(), "{variant}, {table}");
        }
    }
    // a head start changes what comes after it, and nothing before
    let firms = place.read("all/m/firms.csv");
    let (base, ahead) = (rows_of(&firms, "base"), rows_of(&firms, "ahead"));
    let until = |period: usize| 2 * period;
    assert_eq!(base[..until(5)], ahead[..until(5)]);
    assert_ne!(base[until(5)..until(20)], ahead[until(5)..until(20)]);
    let variants = place.read("all/m/variants.csv");
    assert!(variants.contains("\ndear,The coach is dear,firms.coach.price,0.4\n"));
    assert!(variants.contains("\nahead,,head_start.observations,2\n"));
}

#[test]
fn differences_are_paired_and_counted_and_those_of_two_runs() {
    let place = place("");
    let outcome = place.flywheel("run m.toml --charts none -o all").ends(0);
    for words in ["variants with the same draws", "dear", "less base"] {
        assert!(outcome.stdout.contains(words), "{}", outcome.stdout);
    }
    let table = place.read("all/m/comparison.csv");
    // two firms with nine figures, and five of the market
    assert_eq!(table.lines().count(), 1 + 3 * (2 * 9 + 5));
    let price = rows_of(&table, "dear,coach,price");
    let cells: Vec<&str> = price[0].split(',').collect();
    assert_eq!((cells[0], cells[1]), ("0.3", "0.4"));
    assert_eq!(cells[8..], ["4", "0"]);
    for (folder, set) in [("a", ""), ("b", "--set firms.coach.price=0.4")] {
        let run = format!("run alone.toml -q --charts none -o {folder} {set}");
        place.flywheel(&run).ends(0);
    }
    let compare = "compare a/alone b/alone -q -o c --charts none";
    place.flywheel(compare).ends(0);
    assert_eq!(
        rows_of(&table, "dear"),
        rows(&place.read("c/comparison.csv"))
    );
    assert!(
        table
            .lines()
            .any(|line| line.starts_with("dear,,coverage,"))
    );
}

#[test]
fn variants_are_drawn_and_told_and_drawn_again() {
    let place = place("");
    place.flywheel("run m.toml -q --charts svg -o all").ends(0);
    let names = place.names("all/m");
    for chart in ["variants", "comparison-dear", "comparison-ahead", "share"] {
        assert!(names.contains(&format!("charts/{chart}.svg")), "{names:?}");
    }
    let page = place.read("all/m/report.html");
    for words in [
        "id=\"variants\"",
        "“The coach is dear”",
        "data-chart=\"share-3\"",
    ] {
        assert!(page.contains(words), "{words}");
    }
    let before = results(&place, "all/m");
    place.flywheel("chart all/m --charts svg").ends(0);
    assert_equal(&before, &results(&place, "all/m"), "drawn again");
    place.flywheel("verify all/m --rerun 5").ends(0);
}

#[test]
fn each_point_of_a_sweep_has_all_variants_in_parts_as_well() {
    let place = place(SWEEP);
    for format in ["csv", "parquet"] {
        let run = |more: &str| format!("run m.toml -q --format {format} --charts svg {more}");
        place.flywheel(&run(&format!("-o {format}"))).ends(0);
        for part in 1..=3 {
            let part = format!("-o parts-{format} --shard {part}/3");
            place.flywheel(&run(&part)).ends(0);
        }
        let parts: Vec<String> = (1..=3)
            .map(|part| format!("parts-{format}/m.part-{part}-of-3"))
            .collect();
        let merge = format!(
            "merge merged-{format} -q --format {format} --charts svg {}",
            parts.join(" ")
        );
        place.flywheel(&merge).ends(0);
        let merged = results(&place, &format!("merged-{format}/m"));
        assert_equal(&results(&place, &format!("{format}/m")), &merged, format);
        let verify = format!("verify {format}/m --rerun 4");
        place.flywheel(&verify).ends(0);
    }
    let firms = place.read("csv/m/firms.csv");
    assert!(firms.starts_with("point,variant,replicate,"));
    let first = firms
        .lines()
        .filter_map(|line| line.split_once(",0,0,shop,"));
    let order: Vec<&str> = first.map(|(world, _)| world).collect();
    let points = ["0", "1"].map(|point| {
        ["base", "dear", "steady", "ahead"].map(|variant| format!("{point},{variant}"))
    });
    assert_eq!(order, points.concat());
    let comparison = place.read("csv/m/comparison.csv");
    assert!(comparison.contains("\n1,ahead,coach,share,"));
}

#[test]
fn a_variant_that_is_added_is_simulated_and_the_others_are_kept() {
    let place = place("");
    place.flywheel("run m.toml -q --charts none").ends(0);
    let more = "[[variants]]\nname = \"late\"\nset = { \"firms.coach.entry\" = 8 }\n";
    place.write("m.toml", &format!("{MARKET}{CHANGE}{VARIANTS}{more}"));
    let outcome = place.flywheel("run m.toml --charts none").ends(0);
    assert!(outcome.stderr.contains("16 of 20"), "{}", outcome.stderr);
    place
        .flywheel("run m.toml -q --charts none -o fresh")
        .ends(0);
    let fresh = results(&place, "fresh/m");
    assert_equal(&results(&place, "output/m"), &fresh, "continued");
}
