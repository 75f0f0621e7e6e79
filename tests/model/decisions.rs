//! Firms whose experience and price are decided from outside, period by period.

use flywheel::model::{Decision, HeadStart, Market, Plan, Records};
use flywheel::scenario::{ExperienceRule, Firm, Intervention, PriceRule, Scenario};
use flywheel::table::{Numbering, csv_rows};

use crate::run::{run, scenario, start};

fn market() -> Scenario {
    scenario(1_500, 30)
        .firm(Firm::new("one", "curated-offering"))
        .firm(Firm::new("two", "coach-behavior"))
}

/// All rows as text, in which what is empty equals what is empty.
fn rows(records: &Records) -> Vec<String> {
    let batches = records.batches().into_iter();
    batches
        .map(|batch| csv_rows(batch, &Numbering::default(), 0))
        .collect()
}

/// Steps to the end, with a decision for firm `one` before each period.
fn decided(mut market: Market, decision: impl Fn(u32) -> Decision<'static>) -> Market {
    while !market.is_done() {
        let decision = decision(market.period());
        market.decide("one", &decision).expect("a valid decision");
        market.step();
    }
    market
}

#[test]
fn deciding_what_the_rules_say_changes_no_byte() {
    let as_ruled = decided(start(&market(), 0), |_| Decision::default()).into_records();
    let same = decided(start(&market(), 0), |_| Decision {
        experience: Some("curated-offering"),
        price: Some(0.3),
    });
    assert_eq!(rows(&same.into_records()), rows(&as_ruled));
    assert_eq!(rows(&run(&market(), 0).records), rows(&as_ruled));
}

#[test]
fn a_decision_is_an_intervention_of_that_period() {
    let decision = |period| match period {
        0..10 => Decision::default(),
        10..20 => Decision {
            experience: Some("respond-to-desire"),
            price: Some(0.4),
        },
        _ => Decision {
            price: Some(0.35),
            ..Decision::default()
        },
    };
    let set = |period, experience: &str, price: f64| Intervention {
        period,
        label: String::new(),
        set: [
            ("firms.one.experience".to_owned(), experience.into()),
            ("firms.one.price".to_owned(), price.into()),
        ]
        .into(),
    };
    let mut changed = market();
    changed.interventions = vec![
        set(10, "respond-to-desire", 0.4),
        set(20, "curated-offering", 0.35),
    ];
    let by_decision = decided(start(&market(), 0), decision).into_records();
    assert_eq!(rows(&by_decision), rows(&run(&changed, 0).records));
    assert_ne!(rows(&by_decision), rows(&run(&market(), 0).records));
}

#[test]
fn a_decision_stands_in_for_rules_with_a_state() {
    let mut ruled = market();
    ruled.firms[0].experience = ExperienceRule::Adaptive {
        candidates: vec!["coach-behavior".to_owned(), "curated-offering".to_owned()],
        review_every: 5,
        explore: 0.1,
        memory: 0.5,
    };
    ruled.firms[0].price = PriceRule::ValueShare {
        share: 0.5,
        start: 0.3,
        speed: 0.1,
    };
    let fixed = decided(start(&ruled, 0), |_| Decision {
        experience: Some("curated-offering"),
        price: Some(0.3),
    });
    assert_eq!(
        rows(&fixed.into_records()),
        rows(&run(&market(), 0).records)
    );
}

#[test]
fn all_worlds_hear_of_a_decision() {
    let plan = |size| {
        let plan = Plan::new(&market()).expect("a valid scenario");
        plan.with_worlds("one", 12, HeadStart::Observations(size))
            .expect("a firm")
    };
    let decision = |period| Decision {
        experience: (period >= 15).then_some("coach-behavior"),
        price: Some(0.25),
    };
    let worlds = decided(plan(0.0).market(0), decision).into_worlds();
    // a head start of nothing leaves all three worlds alike, decisions included
    assert_eq!(worlds.len(), 3);
    let firms = |records: &Records| csv_rows(&records.firms, &Numbering::default(), 0);
    assert_eq!(firms(&worlds[0]), firms(&worlds[1]));
    assert_eq!(firms(&worlds[0]), firms(&worlds[2]));
    let alone = decided(start(&market(), 0), decision).into_records();
    assert_eq!(firms(&worlds[0]), firms(&alone));
}

#[test]
fn the_rows_so_far_are_those_of_the_tables() {
    let mut market = start(&market(), 0);
    assert_eq!(market.records().firms.rows(), 0);
    (0..3).for_each(|_| market.step());
    assert_eq!(market.records().firms.rows(), 6);
    let so_far = csv_rows(&market.records().firms, &Numbering::default(), 0);
    assert_eq!(
        so_far,
        csv_rows(&market.into_records().firms, &Numbering::default(), 0)
    );
}

#[test]
fn a_decision_that_makes_no_sense_is_refused() {
    let mut market = start(&market(), 0);
    let mut refused = |firm: &str, experience, price| {
        let decision = Decision { experience, price };
        let problems = market.decide(firm, &decision).expect_err("no sense");
        problems.problems[0].clone()
    };
    let unknown = refused("ones", None, None);
    assert_eq!(unknown.suggestion.as_deref(), Some("one"));
    let unknown = refused("one", Some("coach-behaviour"), None);
    assert_eq!(unknown.suggestion.as_deref(), Some("coach-behavior"));
    for price in [-0.1, f64::NAN, f64::INFINITY] {
        let problem = refused("one", None, Some(price));
        assert_eq!(problem.help, ["a price is a number from 0 on"]);
    }
}
