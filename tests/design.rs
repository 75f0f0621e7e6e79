//! Points of sweeps: which there are, in which order, and what scenario each is.

use flywheel::experiment::Design;
use flywheel::scenario::{ExperienceRule, PriceRule, Scenario};

/// Two firms and a group of three, one population, and a sweep.
fn scenario(sweep: &str) -> Scenario {
    let text = format!(
        "[[populations]]\nname = \"commuters\"\n\
         [[firms]]\nname = \"acme\"\nexperience = \"curated-offering\"\n\
         [[firms]]\nname = \"bolt\"\nexperience = \"coach-behavior\"\n\
         [[firms]]\nname = \"trio\"\ncount = 3\nexperience = \"coach-behavior\"\n\
         {sweep}\n"
    );
    Scenario::from_toml(&text).unwrap_or_else(|problems| panic!("{problems}"))
}

fn design(sweep: &str) -> Design {
    Design::new(&scenario(sweep)).unwrap_or_else(|problems| panic!("{problems}"))
}

fn point(design: &Design, point: u32) -> Scenario {
    design
        .scenario(point)
        .unwrap_or_else(|problems| panic!("{problems}"))
}

/// All rows of `points.csv`, cells joined by commas.
fn rows(design: &Design) -> Vec<String> {
    (0..design.len())
        .map(|point| design.row(point).join(","))
        .collect()
}

#[test]
fn without_a_sweep_there_is_one_point_the_scenario_itself() {
    let scenario = scenario("");
    let design = Design::new(&scenario).expect("a design");
    assert_eq!((design.len(), design.is_sweep()), (1, false));
    assert!(design.columns().is_empty() && design.axes().is_empty());
    assert_eq!(point(&design, 0), scenario);
    assert_eq!(rows(&design), ["0"]);
}

#[test]
fn a_grid_has_every_combination_and_the_last_axis_varies_fastest() {
    let design = design(
        "[[sweep.axes]]\nkey = \"firms.*.price\"\nvalues = [0.2, 1]\nlabel = \"Price\"\n\
         [[sweep.axes]]\nkey = \"market.data_pooling\"\nvalues = [false, true]\n\
         [[sweep.axes]]\nkeys = [\"populations.*.need.rate\", \"populations.*.awareness\"]\n\
         range = { from = 0, to = 1, steps = 3 }",
    );
    assert_eq!(
        design.header().join(","),
        "point,firms.*.price,market.data_pooling,populations.*.need.rate,populations.*.awareness"
    );
    let rows = rows(&design);
    assert_eq!(rows.len(), 12);
    assert_eq!(
        rows[..4],
        [
            "0,0.2,false,0,0",
            "1,0.2,false,0.5,0.5",
            "2,0.2,false,1,1",
            "3,0.2,true,0,0"
        ]
    );
    assert_eq!(rows[11], "11,1,true,1,1");
    let mut values: Vec<&str> = rows
        .iter()
        .filter_map(|row| row.split_once(','))
        .map(|(_, v)| v)
        .collect();
    values.sort_unstable();
    values.dedup();
    assert_eq!(values.len(), 12);
    let labels: Vec<&str> = design
        .axes()
        .iter()
        .map(|axis| axis.label.as_str())
        .collect();
    assert_eq!(
        labels,
        ["Price", "market.data_pooling", "populations.*.need.rate"]
    );
    let last = point(&design, 11);
    assert!(last.market.data_pooling);
    assert!(
        last.firms
            .iter()
            .all(|firm| firm.price == PriceRule::Fixed(1.0))
    );
    assert_eq!(last.populations[0].need.rate, 1.0);
    assert_eq!(last.populations[0].awareness, 1.0);
}
