//! `flywheel describe`: logs of purchases, of a run and of others.

use super::{Place, town};

/// A small market whose interactions are kept.
fn place() -> Place {
    let place = Place::empty();
    let record = "record.tables = [\"interactions\"]";
    let market = town("town", [200, 30, 2], "").replacen(
        "[simulation]",
        &format!("[simulation]\n{record}"),
        1,
    );
    place.write("town.toml", &market);
    place
}

/// The value of a statistic in the table.
fn value(table: &str, start: &str) -> f64 {
    let row = table.lines().find(|line| line.starts_with(start));
    let row = row.unwrap_or_else(|| panic!("no row {start} in {table}"));
    row.rsplit(',')
        .next()
        .and_then(|value| value.parse().ok())
        .expect("a number")
}

#[test]
fn the_log_of_a_run_is_described_in_both_formats() {
    let place = place();
    place
        .flywheel("run town.toml -q --charts none --format csv,parquet")
        .ends(0);
    let outcome = place
        .flywheel("describe output/town/interactions.csv -o csv --data")
        .ends(0);
    assert!(
        outcome.stdout.contains("in 30 periods, 0 to 29"),
        "{}",
        outcome.stdout
    );
    assert!(
        outcome.stdout.contains("other replicates"),
        "{}",
        outcome.stdout
    );
    let names = place.names("csv");
    for chart in ["log", "log-customers", "log-switching"] {
        for ending in ["csv", "png", "svg"] {
            assert!(names.contains(&format!("{chart}.{ending}")), "{names:?}");
        }
    }
    place
        .flywheel("describe output/town/interactions.parquet -o parquet --charts none")
        .ends(0);
    assert_eq!(
        place.read("csv/statistics.csv"),
        place.read("parquet/statistics.csv")
    );
    // the other replicate is another market
    place
        .flywheel("describe output/town/interactions.csv --replicate 1 -o other --charts none")
        .ends(0);
    assert_ne!(
        place.read("csv/statistics.csv"),
        place.read("other/statistics.csv")
    );
    // what it says is what the run counted
    let of_first = |line: &&str| line.starts_with("0,") && !line.contains("false_alarm");
    let rows = place.read("output/town/interactions.csv");
    let purchases = rows.lines().filter(of_first).count();
    let begun = rows
        .lines()
        .filter(of_first)
        .filter(|line| line.contains(",detected,"))
        .count();
    let told = place.read("csv/statistics.csv");
    let (mut shares, mut counted) = (0.0, 0.0);
    for window in 0..6 {
        let (from, to) = (5 * window, 5 * window + 5);
        let frequency = value(&told, &format!("frequency,,{from},{to},"));
        shares += value(&told, &format!("begun_by_firm,,{from},{to},")) * frequency;
        counted += frequency;
    }
    assert!((shares / counted - begun as f64 / purchases as f64).abs() < 1e-12);
}

#[test]
fn a_scenario_that_fits_a_log_is_written_and_runs() {
    let place = Place::empty();
    let rows: String = (0..40)
        .map(|n| {
            format!(
                "{},2024-01-{:02},{}\n",
                n % 7,
                1 + n % 28,
                ["1", "Ben & Jerry", "x.y"][n % 3]
            )
        })
        .collect();
    place.write("weeks.csv", &format!("customer,period,firm\n{rows}"));
    let outcome = place
        .flywheel("describe weeks.csv --period 7d --scenario like.toml --charts none")
        .ends(0);
    assert!(
        outcome
            .stdout
            .contains("4 periods, 2024-01-01 to 2024-01-28"),
        "{}",
        outcome.stdout
    );
    assert!(
        outcome
            .stdout
            .contains("who began the purchases is not known")
    );
    assert!(
        place
            .read("output/weeks/statistics.csv")
            .contains("share,1,0,1,")
    );
    let scenario = place.read("like.toml");
    assert!(
        scenario.contains("customers = 7") && scenario.contains("\"firm 1\""),
        "{scenario}"
    );
    place.flywheel("check like.toml").ends(0);
    place.flywheel("run like.toml -q --charts none").ends(0);
    // what is there is not written over
    place
        .flywheel("describe weeks.csv --period 7d --scenario like.toml")
        .ends(2)
        .says(&["like.toml", "not there yet"]);
}

#[test]
fn mistakes_in_a_log_are_told_with_their_place() {
    let place = Place::empty();
    place.write(
        "log.csv",
        "customer,period,firm,price\n1,1,A,2\n2,soon,A,2\n3,3,A,dear\n",
    );
    place.flywheel("describe log.csv").ends(2).says(&[
        "log.csv, line 3, column period: `soon`",
        "log.csv, line 4, column price: `dear`",
    ]);
    place
        .flywheel("describe none.csv")
        .ends(2)
        .says(&["none.csv", "cannot be read"]);
    place.write("dates.csv", "customer,period,firm\n1,2024-01-01,A\n");
    place
        .flywheel("describe dates.csv")
        .ends(2)
        .says(&["line 2, column period", "--period 7d"]);
    place
        .flywheel("describe dates.csv --period 7y")
        .ends(2)
        .says(&["7y", "7d"]);
    assert_eq!(
        place.names("."),
        ["dates.csv", "log.csv"],
        "nothing was written"
    );
}
