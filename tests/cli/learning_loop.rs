//! Analyses of the learning loop: tables, charts, notes, and equal bytes whatever the threads.

use super::{Place, town};

/// A market whose shop becomes cheaper, with lines at the end.
fn market(more: &str) -> String {
    let change = "[[interventions]]\nperiod = 35\nset.\"firms.shop.price\" = 0.25\n";
    town("wheel", [150, 40, 3], &format!("{change}{more}"))
}

const QUESTIONS: &str = r#"
[[analyses]]
kind = "amplification"
firm = "coach"
period = 10
[[analyses]]
kind = "loop"
firm = "coach"
periods = [5, 12]
window = 6
[[analyses]]
kind = "loop"
firm = "shop"
period = 8
[[analyses]]
kind = "feedback"
firm = "coach"
periods = [6, 20]
"#;

fn place() -> Place {
    let place = Place::empty();
    place.write("wheel.toml", &market(QUESTIONS));
    place
}

#[test]
fn tables_and_charts_are_written_and_charts_can_be_drawn_again() {
    let place = place();
    place
        .flywheel("run wheel.toml --charts svg")
        .ends(0)
        .says(&[
            "a head start of coach in period 10",
            "the loop of coach in periods 5 to 10",
            "feedback: ",
            "lead in share",
        ]);
    let rows = |name: &str| {
        let table = place.read(&format!("output/wheel/{name}.csv"));
        table.lines().count() - 1
    };
    assert_eq!(rows("amplification"), 30);
    assert_eq!(rows("amplification_verdict"), 1);
    // three wheels with four levels, eight links and parts, and the product
    assert_eq!(rows("loop"), 3 * (4 + 9));
    // from each head start to the end
    assert_eq!(rows("feedback"), 34 + 20);
    assert_eq!(rows("feedback_verdict"), 2);
    let charts = [
        "amplification",
        "loop-2",
        "loop-3",
        "feedback-4-from-6",
        "feedback-4-from-20",
    ];
    let drawn = charts.map(|name| place.read(&format!("output/wheel/charts/{name}.svg")));
    place.flywheel("chart -q output/wheel --charts svg").ends(0);
    for (name, before) in charts.into_iter().zip(drawn) {
        let again = place.read(&format!("output/wheel/charts/{name}.svg"));
        assert!(again == before, "{name} is drawn the same from the tables");
    }
    // without the analyses their tables and charts go
    place.write("wheel.toml", &market(""));
    place.flywheel("run wheel.toml -q --charts svg").ends(0);
    let left = place.names("output/wheel");
    assert!(
        !left.iter().any(|name| ["loop", "amplification", "feedback"]
            .iter()
            .any(|own| name.contains(own))),
        "{left:?}"
    );
}

#[test]
fn threads_change_no_byte() {
    let place = place();
    for threads in [1, 3] {
        place
            .flywheel(&format!(
                "run wheel.toml -q --charts none -o {threads} --threads {threads}"
            ))
            .ends(0);
    }
    let tables = [
        "amplification.csv",
        "amplification_verdict.csv",
        "loop.csv",
        "feedback.csv",
        "feedback_verdict.csv",
    ];
    for table in tables {
        let [one, three] = ["1", "3"].map(|folder| place.read(&format!("{folder}/wheel/{table}")));
        assert!(one == three, "{table}");
    }
}

#[test]
fn an_analysis_at_each_point_says_of_each_what_its_market_alone_says() {
    let place = Place::empty();
    let analysis = "[[analyses]]\nkind = \"feedback\"\nfirm = \"coach\"\nperiod = 6\n";
    let sweep =
        "[sweep]\n[[sweep.axes]]\nkey = \"populations.town.awareness\"\nvalues = [0.4, 0.8]\n";
    place.write("alone.toml", &market(analysis));
    place.write(
        "swept.toml",
        &market(&format!("{analysis}at_each_point = true\n{sweep}")),
    );
    place
        .flywheel("run swept.toml -q --charts svg -o swept")
        .ends(0);
    for table in ["feedback", "feedback_verdict"] {
        let swept = place.read(&format!("swept/wheel/{table}.csv"));
        assert!(swept.starts_with("point,analysis,"), "{table}");
        for (point, awareness) in [(0, "0.4"), (1, "0.8")] {
            let set = format!("populations.town.awareness={awareness}");
            let line = format!("run alone.toml -q --charts none -o {point} --set {set}");
            place.flywheel(&line).ends(0);
            let alone = place.read(&format!("{point}/wheel/{table}.csv"));
            let prefix = format!("{point},");
            let own = swept.lines().filter_map(|line| line.strip_prefix(&prefix));
            let own: Vec<&str> = own.collect();
            assert!(!own.is_empty(), "{table} has rows of point {point}");
            assert_eq!(own, alone.lines().skip(1).collect::<Vec<_>>(), "{table}");
        }
    }
    // the charts are those of the sweep, and they can be drawn again
    place.flywheel("chart -q swept/wheel --charts svg").ends(0);
    place.flywheel("verify -q swept/wheel --rerun 2").ends(0);
}

#[test]
fn charts_of_a_sweep_show_figures_of_analyses_and_spreads_as_the_tables_have_them() {
    let place = Place::empty();
    let rest = "[[analyses]]\nkind = \"feedback\"\nfirm = \"coach\"\nperiod = 6\nat_each_point = true\n\
         [[sweep.axes]]\nkey = \"populations.town.awareness\"\nvalues = [0.4, 0.8]\n\
         [[sweep.axes]]\nkey = \"market.fit_tolerance\"\nvalues = [0.5, 1.0]\n\
         [[charts]]\nkind = \"sweep\"\noutcome = \"feedback.total\"\n\
         [[charts]]\nkind = \"sweep\"\noutcome = \"feedback.verdict\"\n\
         [[charts]]\nkind = \"sweep\"\noutcome = \"fit\"\nstatistic = \"standard_deviation\"\n";
    place.write("swept.toml", &market(rest));
    place
        .flywheel("run swept.toml -q --charts svg --data -o o")
        .ends(0);
    let rows = |name: &str| -> Vec<Vec<String>> {
        let text = place.read(&format!("o/wheel/{name}.csv"));
        let row = |line: &str| line.split(',').map(str::to_owned).collect();
        text.lines().map(row).collect()
    };
    let column = |rows: &[Vec<String>], name: &str| {
        let place = rows[0].iter().position(|own| own == name);
        place.expect("a column of the table")
    };
    // the total effect over all periods, in the last row of every point
    let (table, drawn) = (rows("feedback"), rows("charts/sweep-feedback-total"));
    let [total, low, point] = ["total", "total_low", "point"].map(|name| column(&table, name));
    assert_eq!(drawn.len(), 5);
    for (number, shown) in drawn[1..].iter().enumerate() {
        let own = table[1..]
            .iter()
            .rfind(|row| row[point] == number.to_string());
        let own = own.expect("rows of the point");
        assert_eq!(&shown[2], "coach");
        assert_eq!((&shown[3], &shown[4]), (&own[total], &own[low]));
    }
    let (table, drawn) = (
        rows("feedback_verdict"),
        rows("charts/sweep-feedback-verdict"),
    );
    let verdict = column(&table, "verdict");
    for (shown, own) in drawn[1..].iter().zip(&table[1..]) {
        assert_eq!(shown[3], own[verdict]);
    }
    let (table, drawn) = (rows("summary"), rows("charts/sweep-fit-standard-deviation"));
    let names = ["quantity", "standard_deviation", "standard_deviation_high"];
    let [quantity, deviation, high] = names.map(|name| column(&table, name));
    let own = table[1..].iter().filter(|row| row[quantity] == "fit");
    for (shown, own) in drawn[1..].iter().zip(own) {
        assert_eq!((&shown[3], &shown[5]), (&own[deviation], &own[high]));
    }
    // drawn again from the tables, they are the same
    let names = [
        "sweep-feedback-total",
        "sweep-feedback-verdict",
        "sweep-fit-standard-deviation",
    ];
    let pictures = || names.map(|name| place.read(&format!("o/wheel/charts/{name}.svg")));
    let before = pictures();
    place.flywheel("chart -q o/wheel --charts svg").ends(0);
    assert!(before == pictures());
}
