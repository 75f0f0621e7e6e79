//! Verdicts on a small market, and how often looking repeatedly is wrong.

use super::Verdict::{Refuted, Supported, Undecided};
use super::*;
use crate::model::Plan;
use crate::scenario::{Firm, Population, UntilDecided, Variant};

/// A market of two firms that are alike in all but their names.
fn market(customers: u32, periods: u32, seed: u64) -> Scenario {
    let population = Population {
        customers,
        ..Population::named("town")
    };
    let mut scenario = Scenario::new("small")
        .population(population)
        .firm(Firm::new("one", "curated-offering"))
        .firm(Firm::new("other", "curated-offering"));
    scenario.simulation.periods = periods;
    scenario.simulation.seed = seed;
    scenario
}

fn hypothesis(holds_if: &str) -> Hypothesis {
    Hypothesis {
        claim: "It is so".to_owned(),
        holds_if: holds_if.to_owned(),
        confidence: 0.95,
        refuted_by: String::new(),
        by_construction: false,
        periods: None,
    }
}

/// Simulates and judges, look by look.
fn judged(scenario: &Scenario, counts: &[u32]) -> (Hypotheses, u32) {
    let design = Design::new(scenario).expect("a design");
    let plans: Vec<Plan> = (0..design.worlds())
        .map(|world| design.plan(world).expect("a plan"))
        .collect();
    let names = |plan: &Plan| {
        let firms = plan.scenario().firms.iter();
        firms.map(|firm| firm.name.clone()).collect()
    };
    let firms = plans.iter().map(names).collect();
    let collector = HypothesesCollector::new(scenario, &design, firms);
    let mut collector = collector.expect("sound").expect("there are some");
    let mut done = 0;
    for &count in counts {
        for replicate in done..count {
            for (point, plan) in (0..).zip(&plans) {
                let cell = Cell { replicate, point };
                collector.take(cell, &Finished::simulated(plan, replicate));
            }
        }
        done = count;
        if collector.judge().are_decided() {
            break;
        }
    }
    (collector.judge(), done)
}

#[test]
fn what_is_true_false_and_not_to_be_known_is_told_apart() {
    let mut scenario = market(60, 12, 3);
    let mut dear = Variant::base("dear");
    let price = "firms.one.price".to_owned();
    dear.set.insert(price, toml::Value::Float(0.6));
    scenario.variants.push(dear);
    scenario.hypotheses = [
        "share of one in base - share of one in dear > 0.05",
        "share of one in dear > share of one in base",
        "share of one > share of other",
        "price of one in dear < 60%",
    ]
    .map(hypothesis)
    .to_vec();
    let (found, _) = judged(&scenario, &[12]);
    let verdicts: Vec<Verdict> = found.all.iter().map(|one| one.verdict).collect();
    assert_eq!(verdicts[..3], [Supported, Refuted, Undecided]);
    // neither above nor below: it is equal, in all replicates
    assert_eq!(found.all[3].verdict, Undecided);
    assert!(found.all[3].more.is_nan());
    assert!((found.all[3].estimate.mean - 0.6).abs() < 1e-9);
    assert_eq!(found.all[0].threshold, 0.05);
    assert!(found.all[0].more.is_nan() && found.all[2].more >= 1.0);
    assert!(!found.are_decided());
}

#[test]
fn figures_of_windows_and_populations_are_those_of_the_tables() {
    let mut scenario = market(80, 10, 5);
    scenario.hypotheses = [
        "first_time of one in periods 2 to 4 > 0",
        "share of one among town in period 9 > 0",
        "coverage of market in periods 0 to 9 > 0",
        "fit of one > 0",
        "cumulative_profit of one in period 9 - cumulative_profit of one > -1",
    ]
    .map(hypothesis)
    .to_vec();
    let (found, _) = judged(&scenario, &[3]);
    let plan = Plan::new(&scenario).expect("a plan");
    let mut expected = [0.0; 4];
    for replicate in 0..3 {
        let finished = Finished::simulated(&plan, replicate);
        let (periods, all) = (&finished.records.periods, &finished.records.market);
        let row = |period: usize, firm: usize| 2 * period + firm;
        let of = |column: &str, row: usize| periods.column_as_numbers(column)[row];
        let first: f64 = (2..5).map(|period| of("first_time", row(period, 0))).sum();
        let [own, rival] = [0, 1].map(|firm| of("transactions", row(9, firm)));
        let sum = |column: &str| all.column_as_numbers(column).iter().sum::<f64>();
        expected[0] += first / 3.0 / 3.0;
        expected[1] += own / (own + rival) / 3.0;
        expected[2] += sum("fulfilled") / sum("needs") / 3.0;
        expected[3] += finished.figures[0][4] / 3.0;
    }
    for (found, expected) in found.all.iter().zip(expected) {
        assert!(
            (found.estimate.mean - expected).abs() < 1e-12,
            "{}",
            found.holds_if
        );
    }
    assert_eq!(found.all[4].estimate.mean, 0.0);
}

#[test]
fn looks_double_and_end_with_the_most() {
    assert_eq!(looks(20, 100), [20, 40, 80, 100]);
    assert_eq!(looks(20, 20), [20]);
    assert_eq!(looks(5, 40), [5, 10, 20, 40]);
}

/// Two equal firms: that one of them has the larger share is neither true nor false, so every verdict is a false one.
#[test]
fn looking_repeatedly_is_wrong_no_more_often_than_the_confidence_says() {
    const SEEDS: u64 = 500;
    let counts = looks(8, 64);
    assert_eq!(counts.len(), 4);
    let wrong = (0..SEEDS).filter(|&seed| {
        let mut scenario = market(10, 4, 100 + seed);
        scenario.simulation.replicates = 8;
        scenario.simulation.until_decided = Some(UntilDecided { at_most: 64 });
        scenario.hypotheses = vec![hypothesis("transactions of one > transactions of other")];
        judged(&scenario, &counts).0.are_decided()
    });
    let rate = wrong.count() as f64 / SEEDS as f64;
    assert!(rate <= 0.05, "{rate}");
}
