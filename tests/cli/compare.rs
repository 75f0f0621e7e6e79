//! `flywheel compare`: paired differences, and every reason why runs are not paired.

use super::Place;

/// Two runs of the small market, of which the second has another price.
fn place() -> Place {
    let place = Place::with_market();
    place
        .flywheel("run market.toml -q --charts none -o base")
        .ends(0);
    place
        .flywheel("run market.toml -q --charts none -o other --set firms.coach.price=0.4")
        .ends(0);
    place
}

/// The cells of a row of a table.
fn row<'a>(table: &'a str, firm: &str, quantity: &str) -> Vec<&'a str> {
    let start = format!("{firm},{quantity},");
    let row = table.lines().find(|line| line.contains(&start));
    row.unwrap_or_else(|| panic!("no row {start}"))
        .split(',')
        .collect()
}

fn number(cell: &str) -> f64 {
    cell.parse().expect("a number")
}

#[test]
fn differences_are_those_of_the_summaries_with_narrower_intervals() {
    let place = place();
    let outcome = place.flywheel("compare base/market other/market").ends(0);
    assert!(outcome.stdout.contains("other against base"));
    assert!(outcome.stdout.contains("4 paired replicates"));
    let table = place.read("output/other-against-base/comparison.csv");
    // two firms with nine figures, and five of the market
    assert_eq!(table.lines().count(), 1 + 2 * 9 + 5);
    let (base, other) = (
        place.read("base/market/summary.csv"),
        place.read("other/market/summary.csv"),
    );
    for firm in ["shop", "coach"] {
        for quantity in [
            "share",
            "value_created",
            "fit",
            "price",
            "customers",
            "cumulative_profit",
        ] {
            let found = row(&table, firm, quantity);
            // a replicate without transactions in one of the runs has no fit to compare
            if found[9] != "4" {
                assert!(["value_created", "fit"].contains(&quantity), "{quantity}");
                continue;
            }
            let (first, second) = (
                number(row(&base, firm, quantity)[2]),
                number(row(&other, firm, quantity)[2]),
            );
            let close = |a: f64, b: f64| {
                assert!(
                    (a - b).abs() < 1e-9 * (1.0 + b.abs()),
                    "{firm} {quantity}: {a} {b}"
                );
            };
            close(number(found[2]), first);
            close(number(found[3]), second);
            close(number(found[4]), second - first);
        }
    }
    // a higher price costs the coach customers, beyond doubt
    let customers = row(&table, "coach", "customers");
    assert!(number(customers[7]) < 0.0, "{customers:?}");
    let price = row(&table, "coach", "price");
    assert!(
        (number(price[4]) - 0.1).abs() < 1e-12 && price[8].is_empty(),
        "{price:?}"
    );
    for chart in ["comparison.svg", "comparison.png"] {
        assert!(
            place
                .path(&format!("output/other-against-base/{chart}"))
                .is_file()
        );
    }
}

#[test]
fn output_and_formats_are_chosen_and_bytes_repeat() {
    let place = place();
    let compare = "compare base/market other/market -q --format csv,parquet --charts svg -o";
    place.flywheel(&format!("{compare} one")).ends(0).silent();
    place.flywheel(&format!("{compare} two")).ends(0);
    assert_eq!(place.files("one"), place.files("two"));
    assert_eq!(
        place.names("one"),
        ["comparison.csv", "comparison.parquet", "comparison.svg"]
    );
}

#[test]
fn the_replicates_that_both_have_are_compared() {
    let place = place();
    place
        .flywheel("run market.toml -q --charts none -o more --replicates 6")
        .ends(0);
    let outcome = place
        .flywheel("compare base/market more/market -o out")
        .ends(0);
    assert!(outcome.stdout.contains("4 paired replicates"));
    outcome.says(&["4 and 6 replicates"]);
    // the same market: no difference at all
    let table = place.read("out/comparison.csv");
    assert_eq!(number(row(&table, "shop", "share")[4]), 0.0);
}

#[test]
fn firms_in_one_of_the_runs_are_named() {
    let place = place();
    let market = place.read("market.toml")
        + "\n[[firms]]\nname = \"late\"\nexperience = \"automatic-execution\"\n";
    place.write("market.toml", &market);
    place
        .flywheel("run market.toml -q --charts none -o three")
        .ends(0);
    place
        .flywheel("compare base/market three/market -o out --charts svg")
        .ends(0)
        .says(&["only in three/market: late"]);
    assert!(
        place
            .read("out/comparison.svg")
            .contains("Only in three: late.")
    );
}

#[test]
fn sweeps_are_compared_point_by_point() {
    let place = place();
    let sweep = "\n[sweep]\n[[sweep.axes]]\nkey = \"populations.everyone.need.rate\"\nvalues = [0.2, 0.4]\n";
    place.write("sweep.toml", &(place.read("market.toml") + sweep));
    let run = |more: &str| {
        place
            .flywheel(&format!("run sweep.toml -q --charts none {more}"))
            .ends(0)
    };
    run("-o base");
    run("-o other --set firms.coach.price=0.4");
    place
        .flywheel("compare base/sweep other/sweep -o out --charts svg")
        .ends(0);
    let table = place.read("out/comparison.csv");
    assert!(table.starts_with("point,firm,"));
    assert_eq!(table.lines().count(), 1 + 2 * (2 * 9 + 5));
    assert!(place.read("out/comparison.svg").contains("rate 0.4"));
    place
        .flywheel("compare base/sweep base/market -o no")
        .ends(2)
        .says(&["is a sweep and"]);
    place.write(
        "sweep.toml",
        &(place.read("market.toml") + &sweep.replace("0.4", "0.5")),
    );
    run("-o third");
    place
        .flywheel("compare base/sweep third/sweep -o no")
        .ends(2)
        .says(&["different points"]);
    assert!(place.names("no").is_empty());
}

#[test]
fn runs_that_are_not_paired_are_refused_with_the_reason() {
    let place = place();
    let refused = |name: &str, options: &str, words: &[&str]| {
        place
            .flywheel(&format!(
                "run market.toml -q --charts none -o {name} {options}"
            ))
            .ends(0);
        let compare = format!("compare base/market {name}/market -o no");
        place.flywheel(&compare).ends(2).says(words);
    };
    refused("seed", "--seed 7", &["seeds are 1 and 7", "--seed"]);
    refused(
        "long",
        "--set simulation.periods=30",
        &["20 and 30 periods"],
    );
    refused(
        "rate",
        "--set simulation.discount_rate=0.01",
        &["discount rates are 0 and 0.01"],
    );
    refused(
        "size",
        "--set populations.everyone.customers=100",
        &["everyone (200) and everyone (100)"],
    );
    refused(
        "taste",
        "--set market.taste_dimensions=3",
        &["2 and 3 dimensions"],
    );
    refused(
        "thin",
        "--set simulation.record.every=10",
        &["simulation.record", "periods 18 to 19"],
    );
    place
        .flywheel("compare base/market nowhere -o no")
        .ends(2)
        .says(&["nowhere is not the folder of a finished run"]);
    let manifest = place.read("other/market/manifest.json");
    let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
    assert!(manifest.contains(&version));
    place.write(
        "other/market/manifest.json",
        &manifest.replace(&version, "\"version\": \"0.0.9\""),
    );
    place
        .flywheel("compare base/market other/market -o no")
        .ends(2)
        .says(&["version 0.0.9"]);
    assert!(place.names("no").is_empty(), "nothing is written");
}

#[test]
fn a_table_that_is_gone_or_torn_fails() {
    let place = place();
    let firms = place.path("other/market/firms.csv");
    std::fs::write(&firms, "replicate,period\n").expect("a file");
    let compare = || place.flywheel("compare base/market other/market -o no");
    compare()
        .ends(1)
        .says(&["other/market: firms.csv has changed since it was written"]);
    place.hide("other/market", |_| ());
    compare()
        .ends(1)
        .says(&["firms.csv", "its columns are not those"]);
    std::fs::remove_file(&firms).expect("the file");
    place
        .flywheel("compare base/market other/market -o no")
        .ends(1)
        .says(&["holds neither firms.csv nor"]);
}
