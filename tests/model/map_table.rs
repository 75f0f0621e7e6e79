//! The table `map`: the map of tastes at some moments of the first replicate.

use flywheel::analysis::{Collector, MapFrame};
use flywheel::model::{Market, Plan, TasteMap};
use flywheel::scenario::{Firm, RecordedTable, Scenario};
use flywheel::statistics::Moments;

use crate::run::{Run, assert_close, captive, finish, run, scenario, start, text, value};

fn asking(mut scenario: Scenario) -> Scenario {
    scenario.simulation.record.tables = RecordedTable::ALL.to_vec();
    scenario
}

fn two_firms() -> Scenario {
    asking(
        scenario(1_200, 30)
            .firm(Firm::new("one", "coach-behavior"))
            .firm(Firm::new("two", "curated-offering")),
    )
}

/// Rows of a kind in a period, as number and place.
fn points(run: &Run, period: u32, firm: &str, what: &str) -> Vec<(u32, [f64; 2])> {
    let map = &run.records.map;
    (0..map.rows())
        .filter(|&row| {
            value(map, "period", row) == f64::from(period)
                && text(map, "firm", row) == firm
                && text(map, "what", row) == what
        })
        .map(|row| {
            let place = ["x", "y"].map(|column| value(map, column, row));
            (value(map, "number", row) as u32, place)
        })
        .collect()
}

/// A place as the table has it.
fn rounded(point: &[f32]) -> [f64; 2] {
    [0, 1].map(|d| (f64::from(point[d]) * 1e4).round() / 1e4)
}

/// The map after a period.
fn map_after(scenario: &Scenario, period: u32) -> TasteMap {
    let mut market: Market = start(scenario, 0);
    (0..=period).for_each(|_| market.step());
    // 1,200 customers: every third is on the map of at most 500
    market.map(400)
}

#[test]
fn it_is_the_map_at_the_end_of_the_period() {
    let mut scenario = two_firms();
    scenario.simulation.record.map = vec![0, 7, 29];
    let run = run(&scenario, 0);
    for period in [0, 7, 29] {
        let map = map_after(&scenario, period);
        let tastes = map.tastes[0].iter().map(|taste| rounded(taste));
        let expected: Vec<_> = (0..).step_by(3).zip(tastes).collect();
        assert_eq!(points(&run, period, "", "customer"), expected);
        for (name, firm) in ["one", "two"].iter().zip(&map.firms) {
            let products = (0..).zip(firm.products.iter().map(|point| rounded(point)));
            assert_eq!(
                points(&run, period, name, "product"),
                products.collect::<Vec<_>>()
            );
            let believed = &firm.believes[0];
            assert_eq!(
                points(&run, period, name, "prior"),
                [(0, rounded(&believed.prior_mean))]
            );
            let estimates = believed.estimates.iter();
            let estimates = estimates.map(|one| (one.number, rounded(&one.estimate)));
            assert_eq!(
                points(&run, period, name, "estimate"),
                estimates.collect::<Vec<_>>()
            );
        }
    }
    let rows = run.records.map.integers("period");
    assert!(rows.iter().all(|period| [0, 7, 29].contains(period)));
}

#[test]
fn it_is_there_only_when_asked_for_and_in_the_first_replicate() {
    let asked = two_firms();
    let mut silent = asked.clone();
    silent.simulation.record.tables = RecordedTable::OVER_PERIODS.to_vec();
    let (with, without, later) = (run(&asked, 0), run(&silent, 0), run(&asked, 1));
    assert!(with.records.map.rows() > 0);
    assert_eq!(
        (without.records.map.rows(), later.records.map.rows()),
        (0, 0)
    );
    let rest = |run: &Run| format!("{:?}", &run.records.batches()[..3]);
    assert_eq!(rest(&with), rest(&without));
}

#[test]
fn firms_that_are_not_in_the_market_have_no_points() {
    let mut scenario = two_firms();
    scenario.firms[1].entry = 5;
    scenario.simulation.record.map = vec![4, 5];
    let run = run(&scenario, 0);
    assert_eq!(points(&run, 4, "two", "product").len(), 0);
    assert_eq!(points(&run, 5, "two", "product").len(), 12);
}

#[test]
fn threads_and_order_do_not_change_it() {
    let mut scenario = two_firms();
    scenario.populations[0].customers = 9_000;
    let one = run(&scenario, 0);
    let plan = Plan::new(&scenario).expect("a market");
    let other = finish(&scenario, plan.parallel_market(0));
    let shown = |run: &Run| format!("{:?}", run.records.map);
    assert!(shown(&one) == shown(&other));
    let mut market = start(&scenario, 0);
    market.set_one_by_one(true);
    assert!(shown(&one) == shown(&finish(&scenario, market)));
}

#[test]
fn more_than_two_dimensions_are_seen_along_those_that_differ_most() {
    let mut scenario = asking(scenario(2_000, 2).firm(Firm::new("one", "coach-behavior")));
    scenario.market.taste_dimensions = 4;
    let left = &mut scenario.populations[0];
    left.taste.mean = vec![0.0, 0.0, 0.0, -4.0];
    let mut right = left.clone();
    right.name = "right".to_owned();
    right.taste.mean = vec![0.0, 0.0, 0.0, 4.0];
    scenario.populations.push(right);
    let run = run(&scenario, 0);
    let map = &run.records.map;
    // the first axis is the one that separates the populations, and points to the larger coordinate
    let mean = |population: &str| {
        let mut moments = Moments::default();
        let rows = (0..map.rows()).filter(|&row| {
            text(map, "what", row) == "customer" && text(map, "population", row) == population
        });
        rows.for_each(|row| moments.add(value(map, "x", row)));
        moments.mean()
    };
    assert_close(mean("right"), 4.0, 0.1, "the right");
    assert_close(mean("customers"), -4.0, 0.1, "the left");
}

#[test]
fn one_dimension_has_no_second_coordinate() {
    let mut scenario = asking(scenario(100, 2).firm(Firm::new("one", "coach-behavior")));
    scenario.market.taste_dimensions = 1;
    scenario.populations[0].taste.mean = vec![0.0];
    let run = run(&scenario, 0);
    let map = &run.records.map;
    assert!(map.rows() > 100);
    assert!(
        (0..map.rows())
            .all(|row| value(map, "y", row).is_nan() && value(map, "x", row).is_finite())
    );
}

/// The moments of a run as charts see them.
fn frames(scenario: &Scenario) -> Vec<MapFrame> {
    let mut collector = Collector::new(scenario);
    collector.take(&run(scenario, 0).records);
    collector.finish().map
}

#[test]
fn individual_learning_brings_estimates_to_their_customers() {
    let mut fell = Moments::default();
    for seed in 1..=8 {
        let mut scenario = asking(captive(400, 40, "coach-behavior"));
        scenario.simulation.seed = seed;
        scenario.firms[0].learning.population = false;
        let frames = frames(&scenario);
        let (first, last) = (&frames[0], &frames[frames.len() - 1]);
        // the estimates of all customers, each held against the customer
        assert_eq!(
            (
                first.firms[0].estimates.len(),
                last.firms[0].estimates.len()
            ),
            (400, 400)
        );
        fell.add(first.error(0) - last.error(0));
    }
    let estimate = fell.estimate();
    assert!(estimate.low > 0.3, "{estimate:?}");
}

#[test]
fn without_individual_learning_everybody_is_believed_to_be_at_the_prior() {
    let mut scenario = asking(captive(400, 10, "coach-behavior"));
    scenario.firms[0].learning.individual = false;
    for frame in frames(&scenario) {
        let firm = &frame.firms[0];
        for (_, place) in &firm.estimates {
            assert_close(place.0, firm.priors[0].0, 2e-4, "first coordinate");
            assert_close(place.1, firm.priors[0].1, 2e-4, "second coordinate");
        }
    }
}
