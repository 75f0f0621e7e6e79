//! The library's way through a market: start, step by step, tables at any time.

use flywheel::model::{Market, Plan};
use flywheel::scenario::{Firm, Scenario};

use crate::run::{scenario, start};

fn small() -> Scenario {
    scenario(100, 5)
        .firm(Firm::new("one", "curated-offering"))
        .firm(Firm::new("two", "coach-behavior"))
}

#[test]
fn a_market_is_done_after_its_periods_and_stays_so() {
    let mut market = start(&small(), 0);
    for period in 0..5 {
        assert_eq!((market.period(), market.is_done()), (period, false));
        market.step();
    }
    assert_eq!((market.period(), market.is_done()), (5, true));
    market.step();
    assert_eq!(market.period(), 5);
    let records = market.into_records();
    assert_eq!(records.periods.rows(), 5 * 2);
    assert_eq!(records.firms.rows(), 5 * 2);
    assert_eq!(records.market.rows(), 5);
}

#[test]
fn tables_hold_the_periods_so_far() {
    let mut market = start(&small(), 7);
    market.step();
    market.step();
    let records = market.into_records();
    assert_eq!(records.periods.integers("period"), [0, 0, 1, 1]);
    assert_eq!(records.market.integers("replicate"), [7, 7]);
    let vocabulary = records.firms.vocabulary();
    let names = records
        .firms
        .labels("firm")
        .iter()
        .map(|label| vocabulary.name(*label));
    assert_eq!(names.collect::<Vec<_>>(), ["one", "two", "one", "two"]);
    assert_eq!(start(&small(), 0).into_records().periods.rows(), 0);
}

#[test]
fn looking_at_nature_changes_nothing() {
    let (mut watched, mut alone) = (start(&small(), 0), start(&small(), 0));
    while !alone.is_done() {
        assert_eq!(watched.exogenous(0).len(), 100);
        watched.step();
        alone.step();
    }
    let (watched, alone) = (watched.into_records(), alone.into_records());
    // empty numbers are not equal to each other, so no whole tables
    assert_eq!(watched.market, alone.market);
    assert_eq!(
        watched.firms.integers("customers"),
        alone.firms.integers("customers")
    );
}

#[test]
fn a_wrong_scenario_is_an_error() {
    let mut wrong = small();
    wrong.populations[0].need.rate = 1.5;
    wrong.firms[1].experience = Firm::new("", "coach-behaviour").experience;
    let problems = Market::new(&wrong, 0).expect_err("two mistakes");
    assert_eq!(problems.problems.len(), 2);
    assert!(Market::new(&Scenario::new("empty"), 0).is_err());
}

#[test]
fn a_single_customer_and_a_single_product_make_a_market() {
    let mut tiny = scenario(1, 200).firm(Firm::new("one", "automatic-execution"));
    tiny.firms[0].assortment = 1;
    let plan = Plan::new(&tiny).expect("a sound scenario");
    let mut market = plan.parallel_market(0);
    while !market.is_done() {
        market.step();
    }
    let records = market.into_records();
    let needs: i64 = records.market.integers("needs").iter().sum();
    // 200 chances of 0.3: 60 with a standard error of 6.5
    assert!((31..=89).contains(&needs), "{needs} needs");
}
