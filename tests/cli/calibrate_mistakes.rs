//! Scenarios that cannot be calibrated, logs and targets that do not fit them: what is told, and that what is advised helps.

use super::calibrate::{ASKED, place};
use super::town;

#[test]
fn what_cannot_be_asked_is_told_with_its_place() {
    let place = place(ASKED);
    let wrong = |from: &str, to: &str, words: &[&str]| {
        assert!(ASKED.contains(from), "{from}");
        place.write(
            "town.toml",
            &town("town", [120, 40, 2], &ASKED.replacen(from, to, 1)),
        );
        place.flywheel("calibrate town.toml").ends(2).says(words);
    };
    wrong(
        "log.csv",
        "none.csv",
        &["none.csv", "cannot be read", "town.toml:"],
    );
    wrong("log = \"log.csv\"", "", &["needs a `log`, or `targets`"]);
    wrong(
        "range = { from = 0.0, to = 0.2 }",
        "",
        &["needs a `range`", "from where to where?"],
    );
    wrong("awareness", "awarness", &["awareness"]);
    wrong("samples = 256", "samples = 2", &["samples", "128"]);
    wrong(
        "samples = 256",
        "from = 30",
        &[
            "40 periods",
            "only 40 are simulated",
            "simulation.periods = 70",
        ],
    );
    place.write("log.csv", "customer,period,firm\n1,1,shoop\n");
    place.write("town.toml", &town("town", [120, 40, 2], ASKED));
    place
        .flywheel("calibrate town.toml")
        .ends(2)
        .says(&["shoop", "does not have", "shop"]);
    place.write("town.toml", &town("town", [120, 40, 2], ""));
    place
        .flywheel("calibrate town.toml")
        .ends(2)
        .says(&["it has no [calibrate]", "flywheel describe"]);
    let alone = "[[analyses]]\nkind = \"calibration\"\n";
    place.write("town.toml", &town("town", [120, 40, 2], alone));
    place
        .flywheel("run town.toml")
        .ends(2)
        .says(&["needs [calibrate]"]);
}

/// A log that others made, in a scenario that it does not fit: each time it is told, and what is advised helps.
#[test]
fn a_log_that_does_not_fit_is_told_and_how_it_would() {
    let place = place(ASKED);
    let log = place.read("log.csv");
    let mut lines = log.lines();
    let header = lines.next().expect("a header").to_owned();
    let rows: Vec<Vec<String>> = lines
        .filter(|line| !line.contains("false_alarm"))
        .map(|line| line.split(',').map(str::to_owned).collect())
        .collect();
    let column = |name: &str| {
        header
            .split(',')
            .position(|own| own == name)
            .expect("a column")
    };
    let (customer, period, firm) = (column("customer"), column("period"), column("firm"));
    let period = |row: &[String]| row[period].parse::<u32>().expect("a number");
    let purchases = |keep: &dyn Fn(&[String]) -> Vec<[String; 3]>| {
        let rows = rows.iter().flat_map(|row| keep(row));
        let rows: String = rows.map(|row| row.join(",") + "\n").collect();
        place.write("log.csv", &format!("customer,period,firm\n{rows}"));
    };
    let plain = |row: &[String]| {
        [
            row[customer].clone(),
            period(row).to_string(),
            row[firm].clone(),
        ]
    };
    let asked = |more: &str| {
        let asked = ASKED.replacen("customers = 120\n", more, 1);
        place.write("town.toml", &town("town", [120, 40, 2], &asked));
    };
    let wrong = |words: &[&str]| place.flywheel("check town.toml").ends(2).says(words);
    let right = |more: &str, words: &[&str]| {
        asked(more);
        place.flywheel("check town.toml").ends(0).says(words);
    };
    asked("");
    // the first periods are missing
    purchases(&|row| match period(row) {
        0..7 => Vec::new(),
        _ => vec![plain(row)],
    });
    wrong(&["begins with period 7", "from = 7", "from = 0"]);
    right("from = 7\n", &[]);
    right("from = 0\n", &[]);
    // more periods than are simulated, and fewer on demand
    purchases(&|row| {
        let [customer, _, firm] = plain(row);
        vec![plain(row), [customer, (period(row) + 40).to_string(), firm]]
    });
    asked("");
    wrong(&[
        "only 40 are simulated",
        "simulation.periods = ",
        "periods = 40",
    ]);
    right("periods = 40\n", &[]);
    // more customers than there are
    purchases(&|row| {
        let [customer, period, firm] = plain(row);
        let again = |copy| [format!("{customer}-{copy}"), period.clone(), firm.clone()];
        (0..4).map(again).collect()
    });
    asked("");
    wrong(&["customers", "simulated 120 at a time", "raise `customers`"]);
    // all firms that are missing, and a firm without purchases
    purchases(&|row| {
        let [customer, period, _] = plain(row);
        vec![[customer, period, "Café du Thé".to_owned()]]
    });
    asked("");
    wrong(&["`Café du Thé`", "does not have", "add [[firms]]"]);
    purchases(&|row| {
        let [customer, period, _] = plain(row);
        vec![[customer, period, "shop".to_owned()]]
    });
    right("", &["no purchases from the firm `coach`"]);
    // one period, and nothing of what counts
    purchases(&|row| {
        let [customer, _, firm] = plain(row);
        vec![[customer, "1".to_owned(), firm]]
    });
    wrong(&["in one period", "shorter periods"]);
    purchases(&|row| vec![plain(row)]);
    asked("statistics = [\"begun_by_firm\"]\n");
    wrong(&["nothing was observed of the `statistics`", "`share`"]);
}

#[test]
fn targets_that_no_market_has_are_told() {
    let place = place(ASKED);
    let wrong = |words: &[&str]| place.flywheel("check town.toml").ends(2).says(words);
    let asked = ASKED.replacen("log = \"log.csv\"", "targets = \"targets.csv\"", 1);
    place.write("town.toml", &town("town", [120, 40, 2], &asked));
    place.write(
        "targets.csv",
        "statistic,firm,from,to,value,standard_error\nshare,shop,0,50,0.5,0\n",
    );
    wrong(&[
        "targets.csv, line 2, column from",
        "40 periods are seen",
        "town.toml:",
    ]);
    place.write(
        "town.toml",
        &town(
            "town",
            [120, 40, 2],
            &asked.replacen("samples", "period = \"7d\"\nsamples", 1),
        ),
    );
    wrong(&["there is no log", "take it out"]);
}
