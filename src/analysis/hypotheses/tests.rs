//! Verdicts on a small market, and how often looking repeatedly is wrong.

use super::Verdict::{Refuted, Supported, Undecided};
use super::*;
use crate::analysis::kind::{Answer, Setting, answer_all};
use crate::experiment::{Cancel, Cell, Design, Finished, Journal, Runner};
use crate::model::Plan;
use crate::scenario::{
    Analysis, FeedbackOutcome, Firm, Hypothesis, Limit, Population, Scenario, UntilDecided, Variant,
};

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
        limit: None,
        limits: Vec::new(),
        robust: false,
    }
}

/// Simulates and judges, look by look.
fn judged(scenario: &Scenario, counts: &[u32]) -> (Hypotheses, u32) {
    let design = Design::new(scenario).expect("a design");
    let plans: Vec<Plan> = (0..design.worlds())
        .map(|world| design.plan(world).expect("a plan"))
        .collect();
    let collector = HypothesesCollector::new(scenario, &design);
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

#[test]
fn parameters_are_those_of_the_world() {
    let mut scenario = market(20, 4, 3);
    let mut dear = Variant::base("dear");
    let price = "populations.town.awareness".to_owned();
    dear.set.insert(price, toml::Value::Float(0.9));
    scenario.variants.push(dear);
    scenario.hypotheses = vec![hypothesis(
        "populations.town.awareness in dear - populations.town.awareness > 0.2",
    )];
    let (found, _) = judged(&scenario, &[2]);
    assert!((found.all[0].estimate.mean - 0.3).abs() < 1e-12);
}

/// A hypothesis about the awareness itself turns where the parameter says.
#[test]
fn limits_are_found_where_they_are() {
    let mut scenario = market(20, 4, 3);
    scenario.simulation.replicates = 2;
    let limit = |to: f64| Limit {
        key: "populations.*.awareness".to_owned(),
        from: 0.2,
        to,
        steps: 40,
        along: Vec::new(),
        set: [("firms.one.price".to_owned(), 0.1.into())].into(),
        label: "awareness".to_owned(),
        given: String::new(),
    };
    // the share is noise of less than a thousandth
    let mut claim = hypothesis("0.5005 - populations.town.awareness + 0 * share of one > 0");
    claim.limits = vec![limit(1.0), limit(0.4)];
    scenario.hypotheses = vec![claim];
    let (mut found, _) = judged(&scenario, &[2]);
    let place = tempfile::tempdir().expect("a folder");
    let journal = Journal::open(place.path(), true).expect("a journal");
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build();
    let setting = Setting {
        scenario: &scenario,
        journal: &journal,
        runner: Runner {
            pool: &pool.expect("threads"),
            cancel: &Cancel::default(),
        },
    };
    assert!(
        found
            .examine(&setting, 2, &mut ())
            .expect("all can be simulated")
    );
    let limits = &found.all[0].limits;
    assert_eq!((limits[0].holds, limits[0].fails), (Some(0.5), Some(0.52)));
    assert!(limits[1].is_throughout() && limits[1].fails.is_none());
    assert_eq!(
        limits[0].sentence(),
        "along awareness: supported from 0.2 to 0.5, refuted from 0.52 on"
    );
    // the ends stand in the tables as they were found
    let tables = found.tables(false);
    assert_eq!(tables[1].csv().lines().count(), 2);
}

#[test]
fn figures_of_analyses_are_by_replicate() {
    let mut scenario = market(60, 30, 3);
    scenario.simulation.replicates = 6;
    scenario.analyses = vec![Analysis::Feedback {
        firm: "one".to_owned(),
        period: Some(10),
        periods: Vec::new(),
        observations: 2.0,
        outcome: FeedbackOutcome::default(),
        at_each_point: false,
    }];
    scenario.hypotheses = [
        "feedback.total of one > 0",
        "feedback.total of one - feedback.direct of one > 0",
        "feedback.total of one / feedback.direct of one > -1000000",
    ]
    .map(hypothesis)
    .to_vec();
    let design = Design::new(&scenario).expect("a design");
    let collector = HypothesesCollector::new(&scenario, &design);
    let mut collector = collector.expect("sound").expect("there are some");
    let plan = Plan::new(&scenario).expect("a plan");
    for replicate in 0..6 {
        let cell = Cell {
            replicate,
            point: 0,
        };
        collector.take(cell, &Finished::simulated(&plan, replicate));
    }
    let place = tempfile::tempdir().expect("a folder");
    let journal = Journal::open(place.path(), true).expect("a journal");
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build();
    let setting = Setting {
        scenario: &scenario,
        journal: &journal,
        runner: Runner {
            pool: &pool.expect("threads"),
            cancel: &Cancel::default(),
        },
    };
    let taken = collector.take_analyses(&setting, &mut ());
    assert!(taken.expect("all can be simulated"));
    let found = collector.judge();
    let answers = answer_all(&setting, &mut ()).expect("an answer");
    let Answer::Feedbacks(feedback) = &answers.all[0].answer else {
        panic!("feedback was asked for");
    };
    let last = feedback.all[0].course.last().expect("a course");
    let means = [last.total.mean, last.total.mean - last.direct.mean];
    for (found, expected) in found.all.iter().zip(means) {
        assert!((found.estimate.mean - expected).abs() < 1e-9);
        assert_eq!(found.estimate.count, 6);
    }
}

#[test]
fn verdicts_are_robust_shifted_or_fragile() {
    let mut scenario = market(40, 10, 3);
    scenario.simulation.replicates = 3;
    scenario.market.taste_dimensions = 1;
    scenario.hypotheses = [
        // the same in every market, but for how often it is not even tried
        "share of one > share of other",
        "transactions of one > 1000000",
        // ten times the customers have ten times the needs
        "transactions of one in periods 2 to 9 + transactions of other in periods 2 to 9 < 30",
    ]
    .map(hypothesis)
    .to_vec();
    (scenario.hypotheses.iter_mut()).for_each(|one| one.robust = true);
    let (mut found, _) = judged(&scenario, &[3]);
    let place = tempfile::tempdir().expect("a folder");
    let journal = Journal::open(place.path(), true).expect("a journal");
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build();
    let setting = Setting {
        scenario: &scenario,
        journal: &journal,
        runner: Runner {
            pool: &pool.expect("threads"),
            cancel: &Cancel::default(),
        },
    };
    assert!(
        found
            .examine(&setting, 3, &mut ())
            .expect("all can be simulated")
    );
    let robust: Vec<_> = found.all.iter().map(Judged::robustness).collect();
    assert_eq!(
        robust,
        [None, Some(Robustness::Robust), Some(Robustness::Fragile)],
        "{:?}",
        found.all
    );
    // there is no market with no dimension
    let changes = found.all[2].repetitions.iter().map(|one| one.change);
    let expected = CHANGES
        .into_iter()
        .filter(|change| *change != "one_dimension_fewer");
    assert!(changes.eq(expected));
    let differing = found.all[2].differing();
    assert_eq!(differing.len(), 1);
    assert_eq!(differing[0].change, "ten_times_the_customers");
    // transactions are counted per period of the statement
    let of = |change: &str| {
        let mut all = found.all[2].repetitions.iter();
        all.find(|one| one.change == change)
            .expect("was tried")
            .estimate
            .mean
    };
    let (half, whole) = (of("half_periods"), found.all[2].estimate.mean);
    assert!((half / whole - 1.0).abs() < 0.5, "{half} {whole}");
    assert_eq!(found.tables(false)[1].csv().lines().count(), 3 * 5);
}
