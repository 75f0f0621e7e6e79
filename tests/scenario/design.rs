//! Points of sweeps: which there are, in which order, and what scenario each is.

use flywheel::experiment::Design;
use flywheel::scenario::{AxisRange, ExperienceRule, PriceRule, Scenario};
use proptest::collection::vec;
use proptest::prelude::*;

/// The seed of point 0 where points do not share their random numbers and the scenario's seed is 1.
const SEED_OF_POINT_0: u64 = 6_831_435_717_091_357;

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

#[test]
fn steps_of_a_range_are_decimals() {
    let design = design(
        "[[sweep.axes]]\nkey = \"populations.commuters.awareness\"\nrange = { from = 0, to = 1, steps = 11 }",
    );
    let values: Vec<String> = (0..design.len())
        .map(|p| design.row(p)[1].clone())
        .collect();
    let tenths = [
        "0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "1",
    ];
    assert_eq!(values, tenths);
    assert_eq!(point(&design, 3).populations[0].awareness, 0.3);
}

#[test]
fn whole_numbers_stay_whole() {
    let design = design(
        "[[sweep.axes]]\nkey = \"populations.commuters.customers\"\nrange = { from = 1000, to = 5000, steps = 3 }\n\
         [[sweep.axes]]\nkeys = [\"firms.acme.assortment\", \"firms.acme.fixed_cost\"]\nvalues = [4, 5]",
    );
    assert_eq!(rows(&design)[3], "3,3000,5,5");
    let scenario = point(&design, 3);
    assert_eq!(scenario.populations[0].customers, 3000);
    assert_eq!(scenario.firms[0].assortment, 5);
    assert_eq!(scenario.firms[0].fixed_cost, 5.0);
}

#[test]
fn an_axis_takes_names_and_rules() {
    let design = design(
        "[[sweep.axes]]\nkey = \"firms.acme.experience\"\n\
         values = [\"automatic-execution\", { rule = \"imitate\", start = \"coach-behavior\" }]\n\
         [[sweep.axes]]\nkey = \"firms.bolt.price\"\nvalues = [0.25, { rule = \"value-share\", share = 0.4 }]",
    );
    let rows = rows(&design);
    assert_eq!(rows[0], "0,automatic-execution,0.25");
    assert!(rows[3].contains("rule = \"imitate\""), "{}", rows[3]);
    let scenario = point(&design, 3);
    assert!(
        matches!(&scenario.firms[0].experience, ExperienceRule::Imitate { start, review_every: 20, .. } if start == "coach-behavior")
    );
    assert!(matches!(scenario.firms[1].price, PriceRule::ValueShare { share, .. } if share == 0.4));
}

#[test]
fn a_list_has_the_points_as_they_are_written() {
    let design = design(
        "[sweep]\ndesign = \"list\"\n\
         [[sweep.points]]\nfirms.acme.price = 0.2\nmarket = { data_pooling = true }\n\
         [[sweep.points]]\n\"market.data_pooling\" = false\n\"firms.acme.price\" = 1",
    );
    assert_eq!(
        design.header().join(","),
        "point,firms.acme.price,market.data_pooling"
    );
    assert_eq!(rows(&design), ["0,0.2,true", "1,1,false"]);
    assert_eq!(design.axes().len(), 2);
    assert_eq!(point(&design, 1).firms[0].price, PriceRule::Fixed(1.0));
}

#[test]
fn the_size_of_a_group_can_vary() {
    let scenario = scenario(
        "[[interventions]]\nperiod = 5\nset = { \"firms.trio.price\" = 0.4 }\n\
         [[sweep.axes]]\nkey = \"firms.trio.count\"\nvalues = [1, 4]",
    );
    assert_eq!(
        scenario.firms.len(),
        3,
        "the group stays one until its size is known"
    );
    let design = Design::new(&scenario).expect("a design");
    let names = |p| -> Vec<String> {
        point(&design, p)
            .firms
            .into_iter()
            .map(|f| f.name)
            .collect()
    };
    assert_eq!(names(0), ["acme", "bolt", "trio"]);
    assert_eq!(
        names(1),
        ["acme", "bolt", "trio-1", "trio-2", "trio-3", "trio-4"]
    );
    let changed: Vec<String> = point(&design, 1).interventions[0]
        .set
        .keys()
        .cloned()
        .collect();
    assert_eq!(changed.len(), 4);
    assert_eq!(changed[3], "firms.trio-4.price");
    let all = Design::new(&self::scenario(
        "[[sweep.axes]]\nkey = \"firms.*.count\"\nvalues = [2]",
    ))
    .expect("a design");
    assert_eq!(point(&all, 0).firms.len(), 6);
}

#[test]
fn a_mean_at_the_origin_follows_the_dimensions() {
    let design = design("[[sweep.axes]]\nkey = \"market.taste_dimensions\"\nvalues = [1, 3]");
    assert_eq!(point(&design, 0).populations[0].taste.mean, [0.0]);
    assert_eq!(point(&design, 1).populations[0].taste.mean, [0.0; 3]);
}

#[test]
fn points_share_their_random_numbers_unless_told_otherwise() {
    let axis = "[[sweep.axes]]\nkey = \"firms.acme.price\"\nvalues = [0.1, 0.2, 0.3]";
    let common = design(axis);
    assert!((0..3).all(|p| point(&common, p).simulation.seed == 1 && common.seed(p) == 1));
    let own = design(&format!("[sweep]\ncommon_random_numbers = false\n{axis}"));
    let seeds: Vec<u64> = (0..3).map(|p| own.seed(p)).collect();
    assert!(seeds[0] != seeds[1] && seeds[1] != seeds[2] && seeds[0] != seeds[2]);
    assert!(seeds.iter().all(|seed| *seed != 1 && *seed < 1 << 53));
    assert_eq!(point(&own, 2).simulation.seed, seeds[2]);
    assert_eq!(own.header().last().map(String::as_str), Some("seed"));
    assert_eq!(own.row(2).last(), Some(&seeds[2].to_string()));
    // part of the results: they may not change silently
    assert_eq!(seeds[0], SEED_OF_POINT_0);
}

#[test]
fn points_have_neither_sweep_nor_analyses() {
    let scenario = scenario(
        "[sweep]\ndesign = \"sobol\"\nsamples = 4\n\
         [[sweep.axes]]\nkey = \"firms.acme.price\"\nrange = { from = 0.1, to = 0.5 }\n\
         [[analyses]]\nkind = \"sensitivity\"\nfirm = \"trio-2\"",
    );
    let design = Design::new(&scenario).expect("a design");
    let one = point(&design, 3);
    assert!(one.sweep.is_none() && one.analyses.is_empty());
    assert_eq!(one.check(), Ok(()));
}

#[test]
fn a_sweep_survives_being_written() {
    let scenario = scenario(
        "[simulation]\nrecord = { tables = [\"firms\"], every = 10 }\n\
         precision = { half_width = 0.01 }\n\
         [sweep]\ndesign = \"latin-hypercube\"\nsamples = 7\n\
         [[sweep.axes]]\nkey = \"firms.trio.price\"\nrange = { from = 1, to = 10, scale = \"log\" }\nlabel = \"Price\"\n\
         [[sweep.axes]]\nkeys = [\"firms.acme.price\", \"firms.bolt.price\"]\nvalues = [0.2, { rule = \"value-share\" }]\n\
         [[analyses]]\nkind = \"sensitivity\"\nmethod = \"morris\"\noutcome = \"cumulative_profit\"\nfirm = \"acme\"",
    );
    let text = scenario.to_toml();
    assert_eq!(Scenario::from_toml(&text).as_ref(), Ok(&scenario), "{text}");
    insta::assert_snapshot!(text);
}

#[test]
fn a_range_to_sample_may_be_of_whole_numbers_and_logarithmic() {
    let design = design(
        "[sweep]\ndesign = \"sobol\"\nsamples = 256\n\
         [[sweep.axes]]\nkey = \"populations.commuters.customers\"\nrange = { from = 100, to = 10000, scale = \"log\" }\n\
         [[sweep.axes]]\nkey = \"market.data_pooling\"\nvalues = [false, true]",
    );
    let customers: Vec<u32> = (0..256)
        .map(|p| point(&design, p).populations[0].customers)
        .collect();
    assert!(customers.iter().all(|n| (100..=10_000).contains(n)));
    // half of them below the geometric mean of the ends; the sequence has no more than a stratum's error
    let below = customers.iter().filter(|n| **n < 1000).count();
    assert!(below.abs_diff(128) <= 1, "{below}");
    let pooled = (0..256)
        .filter(|p| point(&design, *p).market.data_pooling)
        .count();
    assert_eq!(pooled, 128);
}

#[test]
fn a_sobol_design_has_one_point_in_every_stratum() {
    let design = design(
        "[sweep]\ndesign = \"sobol\"\nsamples = 64\n\
         [[sweep.axes]]\nkey = \"populations.commuters.awareness\"\nrange = { from = 0, to = 1 }\n\
         [[sweep.axes]]\nkey = \"populations.commuters.need.rate\"\nrange = { from = 0, to = 1 }",
    );
    let number = |point, axis: usize| design.values(point)[axis].as_float().expect("a number");
    for axis in 0..2 {
        let mut strata: Vec<usize> = (0..64).map(|p| (number(p, axis) * 64.0) as usize).collect();
        strata.sort_unstable();
        assert_eq!(strata, (0..64).collect::<Vec<_>>());
    }
    // and of the two together, one in every cell of 8 x 8: a net
    let mut cells: Vec<usize> = (0..64)
        .map(|p| (number(p, 0) * 8.0) as usize * 8 + (number(p, 1) * 8.0) as usize)
        .collect();
    cells.sort_unstable();
    assert_eq!(cells, (0..64).collect::<Vec<_>>());
}

#[test]
fn a_hundred_thousand_points_are_made_one_at_a_time() {
    let design = design(
        "[sweep]\ndesign = \"latin-hypercube\"\nsamples = 100000\n\
         [[sweep.axes]]\nkey = \"firms.acme.price\"\nrange = { from = 0, to = 1 }",
    );
    assert_eq!(design.len(), 100_000);
    assert!(point(&design, 99_999).firms[0].price != point(&design, 0).firms[0].price);
    assert!(design.values(100_000).is_empty());
}

#[test]
fn the_scenarios_of_the_guide_are_valid() {
    let guide = include_str!("../../docs/sweeps.md");
    let examples: Vec<&str> = guide
        .split("```toml\n")
        .skip(1)
        .filter_map(|rest| rest.split_once("```"))
        .map(|(example, _)| example)
        .collect();
    assert_eq!(examples.len(), 7);
    for example in &examples {
        let scenario = Scenario::from_toml(example).unwrap_or_else(|problems| panic!("{problems}"));
        let design = Design::new(&scenario).expect("a design");
        (0..design.len()).for_each(|p| drop(point(&design, p)));
    }
    let grid = Design::new(&Scenario::from_toml(examples[0]).expect("valid")).expect("a design");
    assert_eq!(grid.len(), 27);
    for line in [grid.header(), grid.row(0), grid.row(1)] {
        assert!(guide.contains(&line.join(",")), "{line:?}");
    }
}

/// Numbers of a scenario with a Latin hypercube of two axes, one column each.
fn hypercube(seed: u64, samples: u32, more: &str) -> Vec<Vec<f64>> {
    let design = design(&format!(
        "[simulation]\nseed = {seed}\n[sweep]\ndesign = \"latin-hypercube\"\nsamples = {samples}\n\
         [[sweep.axes]]\nkey = \"populations.commuters.awareness\"\nrange = {{ from = 0, to = 1 }}\n\
         {more}\n\
         [[sweep.axes]]\nkey = \"firms.acme.price\"\nrange = {{ from = 10, to = 20 }}"
    ));
    let last = design.columns().len() - 1;
    let column = |column: usize| {
        let value = |p| design.values(p)[column].as_float().expect("a number");
        (0..samples).map(value).collect()
    };
    vec![column(0), column(last)]
}

#[test]
fn the_first_points_of_a_hypercube_are_as_ever() {
    let places = hypercube(1, 4, "");
    insta::assert_snapshot!(format!("{places:#?}"));
}

proptest! {
    #[test]
    fn a_hypercube_has_one_point_in_every_part(seed in 0..u64::MAX / 2, samples in 1..300u32) {
        let [awareness, price] = &hypercube(seed, samples, "")[..] else { unreachable!("two axes") };
        let parts = f64::from(samples);
        for places in [awareness.clone(), price.iter().map(|p| (p - 10.0) / 10.0).collect()] {
            let mut strata: Vec<u32> = places.iter().map(|place: &f64| (place * parts) as u32).collect();
            strata.sort_unstable();
            // rounding may carry a place from one part to the edge of the next
            let misplaced = strata.iter().zip(0..samples).filter(|(stratum, part)| **stratum != *part);
            prop_assert!(misplaced.count() <= 1, "{strata:?}");
        }
    }

    #[test]
    fn equal_seeds_give_equal_points_and_other_axes_change_none(seed in 0..1000u64) {
        let places = hypercube(seed, 20, "");
        prop_assert_eq!(&places, &hypercube(seed, 20, ""));
        let third = "[[sweep.axes]]\nkey = \"market.data_pooling\"\nvalues = [false, true]";
        prop_assert_eq!(&places, &hypercube(seed, 20, third));
        prop_assert_ne!(&places, &hypercube(seed + 1, 20, ""));
    }

    #[test]
    fn a_grid_has_every_combination_once(lengths in vec(1..6usize, 1..4)) {
        let keys = ["firms.acme.price", "firms.bolt.price", "market.fit_tolerance"];
        let axes: Vec<String> = lengths.iter().zip(keys).map(|(length, key)| {
            let values: Vec<String> = (1..=*length).map(|v| v.to_string()).collect();
            format!("[[sweep.axes]]\nkey = \"{key}\"\nvalues = [{}]\n", values.join(", "))
        }).collect();
        let design = design(&axes.concat());
        let expected: usize = lengths.iter().product();
        prop_assert_eq!(design.len() as usize, expected);
        let mut points: Vec<String> = (0..design.len()).map(|p| design.row(p)[1..].join(",")).collect();
        let in_order = points.clone();
        points.sort_unstable();
        points.dedup();
        prop_assert_eq!(points.len(), expected);
        // values are single digits, so the order of the texts is that of the last axis fastest
        prop_assert_eq!(points, in_order);
    }

    #[test]
    fn a_range_of_decimals_has_decimals(from in -1000..1000i64, step in 1..100i64, steps in 2..50u32, places in 0..6u32) {
        let factor = 10_i64.pow(places);
        let decimal = |digits: i64| -> f64 {
            let sign = if digits < 0 { "-" } else { "" };
            let (whole, fraction) = (digits.abs() / factor, digits.abs() % factor);
            format!("{sign}{whole}.{fraction:0width$}", width = places.max(1) as usize).parse().expect("a decimal")
        };
        let to = from + step * (i64::from(steps) - 1);
        let range = AxisRange::steps(decimal(from), decimal(to), steps);
        for number in 0..steps {
            prop_assert_eq!(range.step(number), decimal(from + step * i64::from(number)));
        }
    }
}

/// A scenario file beside a table of points.
fn with_table(
    table: &str,
) -> (
    tempfile::TempDir,
    Result<Scenario, flywheel::scenario::Diagnostics>,
) {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "[[populations]]\nname = \"all\"\n[[firms]]\nname = \"shop\"\nexperience = \"coach-behavior\"\n\
                [sweep]\ndesign = \"file\"\nfile = \"design.csv\"\n";
    let file = folder.path().join("market.toml");
    std::fs::write(&file, text).expect("written");
    std::fs::write(folder.path().join("design.csv"), table).expect("written");
    let scenario = Scenario::load(&file, &[]);
    (folder, scenario)
}

#[test]
fn a_table_of_points_is_a_list() {
    let (_folder, scenario) = with_table(
        "\u{feff}point,populations.all.customers,firms.shop.price,firms.shop.experience,seed\r\n\
         0,1000,0.3,coach-behavior,7\r\n1,10000,1,\"{ rule = \"\"imitate\"\", start = \"\"coach-behavior\"\" }\",8\r\n",
    );
    let scenario = scenario.unwrap_or_else(|problems| panic!("{problems}"));
    let design = Design::new(&scenario).expect("a design");
    assert_eq!(design.len(), 2);
    assert_eq!(design.columns().len(), 3);
    let point = design.scenario(1).expect("a point");
    assert_eq!(point.populations[0].customers, 10_000);
    assert_eq!(
        point.firms[0].price,
        flywheel::scenario::PriceRule::Fixed(1.0)
    );
    // what the results hold does not need the table
    assert_eq!(
        Scenario::from_toml(&scenario.to_toml()).as_ref(),
        Ok(&scenario)
    );
    // points.csv can be fed back
    let lines =
        std::iter::once(design.header()).chain((0..design.len()).map(|point| design.row(point)));
    let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
    let lines = lines.map(|cells| cells.iter().map(quoted).collect::<Vec<_>>().join(","));
    let (_folder, again) = with_table(&lines.collect::<Vec<_>>().join("\n"));
    assert_eq!(
        again.as_ref().map(|again| &again.sweep),
        Ok(&scenario.sweep)
    );
}

/// As a spreadsheet saves it where decimals have a comma.
#[test]
fn a_table_of_points_may_have_semicolons_and_decimal_commas() {
    let (_folder, scenario) = with_table(
        "\u{feff}point;populations.all.customers;firms.shop.price;firms.shop.experience\r\n0;1000;0,3;coach-behavior\r\n1;2000;1;\"{ rule = \"\"imitate\"\", start = \"\"coach-behavior\"\" }\"\r\n",
    );
    let scenario = scenario.unwrap_or_else(|problems| panic!("{problems}"));
    let design = Design::new(&scenario).expect("a design");
    assert_eq!(design.row(0)[1..3], ["1000", "0.3"]);
    assert_eq!(design.row(1)[1..3], ["2000", "1"]);
    // a comma that is none of a number
    let (_folder, wrong) = with_table("firms.shop.price;firms.shop.assortment\n0,3,4;5\n");
    let told = wrong.expect_err("not a number").to_string();
    assert!(
        told.contains("firms.shop.price") && told.contains(":2"),
        "{told}"
    );
}

#[test]
fn what_is_wrong_in_a_table_of_points_is_shown_there() {
    for (table, message, line) in [
        ("firms.shop.prize\n0.3\n", "a firm has no key `prize`", 2),
        ("firms.shop.price\n0.3\n-1\n", "`firms.shop.price` is -1", 3),
        ("firms.shop.price\n0.3\n\n", "", 0),
        (
            "firms.shop.price,market.data_pooling\n0.3,\n",
            "`market.data_pooling` has no value",
            2,
        ),
    ] {
        let (_folder, scenario) = with_table(table);
        if message.is_empty() {
            assert!(scenario.is_ok(), "{scenario:?}");
            continue;
        }
        let problems = scenario.expect_err("a problem");
        let place = problems.problems[0].place.as_ref().expect("a place");
        assert!(problems.problems[0].message.contains(message), "{problems}");
        assert!(
            place.file.ends_with("design.csv") && place.line == line,
            "{problems}"
        );
    }
    let (_folder, none) = with_table("firms.shop.price\n");
    assert!(
        none.expect_err("no points")
            .to_string()
            .contains("holds no points")
    );
}
