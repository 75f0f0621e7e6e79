//! Whatever the scenario: accounts balance, counts fit into each other, nothing is infinite.

use flywheel::scenario::{Firm, Population, Scenario, presets};
use proptest::prelude::*;

use crate::any_scenario::scenario;
use crate::run::{Run, assert_close, run};

/// Single precision, in which surplus per transaction is taken.
const TOLERANCE: f64 = 1e-5;

/// The accounts of the whole run, in words at each step.
fn assert_balanced(run: &Run, scenario: &Scenario) {
    for t in 0..run.periods {
        for s in 0..run.populations {
            assert_market_balanced(run, t, s);
            let home: f64 = (0..run.firms)
                .map(|j| run.period("customers", t, j, s))
                .sum();
            assert!(home <= f64::from(scenario.populations[s].customers));
            for j in 0..run.firms {
                assert_row_sound(run, t, j, s);
            }
        }
        assert_firms_balanced(run, scenario, t);
    }
}

fn assert_market_balanced(run: &Run, t: usize, s: usize) {
    let sum = |part: &dyn Fn(usize) -> f64| (0..run.firms).map(part).sum::<f64>();
    let [needs, recognized, fulfilled] =
        ["needs", "recognized", "fulfilled"].map(|column| run.market(column, t, s));
    assert!(fulfilled <= recognized && recognized <= needs);
    assert_eq!(sum(&|j| run.period("transactions", t, j, s)), fulfilled);
    // surplus of customers and producers is the value created
    let created = sum(&|j| {
        let n = run.period("transactions", t, j, s);
        if n > 0.0 {
            n * run.period("value_created", t, j, s)
        } else {
            0.0
        }
    });
    let [consumers, producers, hhi] =
        ["consumer_surplus", "producer_surplus", "hhi"].map(|column| run.market(column, t, s));
    assert!((consumers + producers - created).abs() <= TOLERANCE * (1.0 + fulfilled));
    assert_eq!(hhi.is_nan(), fulfilled == 0.0);
    if fulfilled > 0.0 {
        let least = 1.0 / run.firms as f64;
        assert!((least - 1e-12..=1.0 + 1e-12).contains(&hhi), "hhi {hhi}");
    }
}

fn assert_row_sound(run: &Run, t: usize, j: usize, s: usize) {
    let get = |column| run.period(column, t, j, s);
    let n = get("transactions");
    let counts = [
        "customers",
        "detected",
        "declined",
        "false_alarms",
        "cancelled",
        "first_time",
    ];
    for column in counts {
        assert!(get(column) >= 0.0, "{column}");
    }
    assert!(get("detected") <= n && get("first_time") <= n);
    assert!(get("cancelled") <= get("false_alarms") + get("declined"));
    for column in [
        "fit",
        "wtp",
        "cost",
        "value_created",
        "friction",
        "knowledge",
    ] {
        let value = get(column);
        assert!(
            if n > 0.0 {
                value.is_finite()
            } else {
                value.is_nan()
            },
            "{column} {value} of {n}"
        );
    }
    assert_eq!(get("first_fit").is_nan(), get("first_time") == 0.0);
    for column in ["fit", "first_fit", "knowledge", "population_knowledge"] {
        let value = get(column);
        assert!(
            value.is_nan() || (0.0..=1.0).contains(&value),
            "{column} {value}"
        );
    }
    assert!(get("profit").is_finite() && get("consumer_surplus").is_finite());
    if run.firm("active", t, j) == 0.0 {
        assert!(get("price").is_nan());
        assert!(counts.into_iter().all(|column| get(column) == 0.0) && n == 0.0);
    } else if n > 0.0 {
        let margin = get("price") - get("cost");
        let alarms = get("profit") - n * margin;
        assert!(alarms <= TOLERANCE * n, "false alarms only cost");
        if get("false_alarms") == 0.0 {
            assert_close(alarms / n, 0.0, TOLERANCE, "profit per transaction");
        }
    }
}

fn assert_firms_balanced(run: &Run, scenario: &Scenario, t: usize) {
    let transactions: f64 = (0..run.firms).map(|j| run.firm("transactions", t, j)).sum();
    let shares: f64 = (0..run.firms).map(|j| run.firm("share", t, j)).sum();
    if transactions > 0.0 {
        assert_close(shares, 1.0, 1e-12, "shares");
    }
    for j in 0..run.firms {
        let sum = |column| {
            (0..run.populations)
                .map(|s| run.period(column, t, j, s))
                .sum::<f64>()
        };
        assert_eq!(sum("transactions"), run.firm("transactions", t, j));
        assert_eq!(sum("customers"), run.firm("customers", t, j));
        let active = run.firm("active", t, j);
        let fixed = active * scenario.firms[j].fixed_cost;
        assert_close(
            run.firm("profit", t, j),
            sum("profit") - fixed,
            1e-9,
            "profit",
        );
        assert!(run.firm("cumulative_profit", t, j).is_finite());
        if (t as u64) < u64::from(scenario.firms[j].entry) {
            assert_eq!(active, 0.0, "before entry");
        }
        // who has left stays away
        let before = t > 0 && run.firm("active", t - 1, j) == 1.0;
        let entry = scenario.firms[j].entry as usize == t;
        assert!(active == 0.0 || before || entry, "a firm came back");
    }
    let lead = |j| run.firm("competitive_advantage", t, j);
    let leaders = (0..run.firms).filter(|&j| lead(j) > 0.0).count();
    assert!(leaders <= 1, "{leaders} firms are ahead of all others");
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 200,
        rng_seed: proptest::test_runner::RngSeed::Fixed(1),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn accounts_balance_in_any_market(scenario in scenario()) {
        assert_balanced(&run(&scenario, 0), &scenario);
    }

    #[test]
    fn the_order_of_firms_does_not_matter_in_any_market(mut scenario in scenario()) {
        let before = run(&scenario, 0);
        scenario.firms.reverse();
        let after = run(&scenario, 0);
        // sums over firms are taken in another order, which moves their last digits
        for t in 0..before.periods {
            for j in 0..before.firms {
                let now = before.firms - 1 - j;
                for column in ["customers", "transactions", "wtp", "profit", "knowledge"] {
                    let (one, other) = (before.firm(column, t, j), after.firm(column, t, now));
                    assert_close(other, one, 1e-4, &format!("period {t}, firm {j}: {column}"));
                }
            }
        }
    }
}

#[test]
fn accounts_balance_with_64_firms() {
    let mut scenario = crate::run::scenario(3_000, 30);
    for j in 0..64 {
        let mut firm = Firm::new(&format!("f{j}"), presets()[j % 4].0);
        firm.entry = (j / 8) as u32;
        scenario.firms.push(firm);
    }
    let run = run(&scenario, 0);
    assert_balanced(&run, &scenario);
    assert!((0..64).all(|j| run.firm_total("transactions", j) > 0.0));
}

#[test]
fn accounts_balance_with_40_populations() {
    let mut scenario = Scenario::new("many");
    for s in 0..40 {
        let mut population = Population::named(&format!("p{s}"));
        population.customers = 50 + s;
        population.taste.mean = vec![f64::from(s) / 10.0, 0.0];
        scenario.populations.push(population);
    }
    for (name, _) in presets() {
        scenario.firms.push(Firm::new(name, name));
    }
    scenario.simulation.periods = 30;
    let run = run(&scenario, 0);
    assert_balanced(&run, &scenario);
    for s in 0..40 {
        let sold: f64 = (0..30).map(|t| run.market("fulfilled", t, s)).sum();
        assert!(sold > 0.0, "population {s} bought nothing");
    }
}
