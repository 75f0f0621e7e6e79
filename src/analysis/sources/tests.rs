//! Known answers, additivity, empty values, and the way through the tables.

use proptest::prelude::*;

use super::*;
use crate::model::Plan;
use crate::scenario::{Firm, Population, Scenario};

/// Sources of one candidate from replicates, each with a series per world.
fn sources(outcome: Quantity, replicates: &[[Vec<f64>; 4]]) -> Sources {
    let periods = replicates[0][0].len();
    let mut collector = SourcesCollector::new(outcome, 1, periods);
    for worlds in replicates {
        collector.take(0, worlds.each_ref().map(Vec::as_slice));
    }
    collector.finish("shop", &[("coach-behavior".to_owned(), true)])
}

fn means(split: &Decomposition) -> [f64; 4] {
    split.parts.map(|part| part.estimate.mean)
}

#[test]
fn the_parts_are_the_shapley_values() {
    // alone 3 and 1, together 10: the 6 that only both bring are shared
    let found = sources(
        Quantity::Share,
        &[[vec![0.0], vec![3.0], vec![1.0], vec![10.0]]],
    );
    assert_eq!(
        means(&found.candidates[0].periods[0]),
        [6.0, 4.0, 10.0, 6.0]
    );
    // no complementarity: each gets what it brings alone
    let found = sources(
        Quantity::Share,
        &[[vec![5.0], vec![8.0], vec![6.0], vec![9.0]]],
    );
    assert_eq!(means(&found.candidates[0].periods[0]), [3.0, 1.0, 4.0, 0.0]);
}

#[test]
fn only_replicates_with_a_value_in_every_world_count() {
    let gap = f64::NAN;
    let whole = |level: f64| {
        [
            vec![level; 2],
            vec![level + 1.0; 2],
            vec![level + 2.0; 2],
            vec![level + 4.0; 2],
        ]
    };
    let mut partial = whole(100.0);
    partial[2][1] = gap;
    let found = sources(
        Quantity::CompetitiveAdvantage,
        &[whole(0.0), partial, whole(1.0)],
    );
    let candidate = &found.candidates[0];
    let counts = candidate
        .periods
        .iter()
        .map(|split| split.part(Part::Total).estimate.count);
    assert_eq!(counts.collect::<Vec<_>>(), [3, 2]);
    assert_eq!(
        candidate.periods[1].worlds.map(|world| world.mean),
        [0.5, 1.5, 2.5, 4.5]
    );
    // the window is the last period alone
    assert_eq!(candidate.closing.part(Part::Total).estimate.count, 2);
    let never = sources(
        Quantity::ValueCreated,
        &[[vec![gap], vec![1.0], vec![1.0], vec![1.0]]],
    );
    assert!(
        never.candidates[0]
            .closing
            .part(Part::Individual)
            .estimate
            .mean
            .is_nan()
    );
}

#[test]
fn the_end_is_the_last_tenth_or_the_last_period() {
    let rising: Vec<f64> = (0..20).map(f64::from).collect();
    let world = |factor: f64| {
        rising
            .iter()
            .map(|value| factor * value)
            .collect::<Vec<_>>()
    };
    let replicate = [world(0.0), world(1.0), world(1.0), world(2.0)];
    let share = sources(Quantity::Share, std::slice::from_ref(&replicate));
    assert_eq!(
        share.candidates[0].closing.part(Part::Total).estimate.mean,
        37.0
    );
    let profit = sources(Quantity::CumulativeProfit, &[replicate]);
    assert_eq!(
        profit.candidates[0].closing.part(Part::Total).estimate.mean,
        38.0
    );
}

#[test]
fn the_parts_of_a_simulated_firm_add_up_in_every_replicate_and_period() {
    let population = Population {
        customers: 60,
        ..Population::named("town")
    };
    let mut scenario = Scenario::new("small")
        .population(population)
        .firm(Firm::new("focal", "coach-behavior"))
        .firm(Firm::new("rival", "respond-to-desire"));
    scenario.simulation.periods = 25;
    for outcome in [
        Quantity::CumulativeProfit,
        Quantity::Share,
        Quantity::CompetitiveAdvantage,
    ] {
        for replicate in 0..3 {
            let series = WORLDS.map(|world| {
                let mut variant = scenario.clone();
                variant.firms[0].learning.individual = world.individual;
                variant.firms[0].learning.population = world.population;
                let mut market = Plan::new(&variant)
                    .expect("a sound scenario")
                    .market(replicate);
                while !market.is_done() {
                    market.step();
                }
                let firms = market.into_records().firms;
                firms
                    .numbers(outcome.column())
                    .iter()
                    .step_by(2)
                    .copied()
                    .collect::<Vec<f64>>()
            });
            let found = sources(outcome, &[series]);
            let mut differing = 0;
            for split in &found.candidates[0].periods {
                let [individual, population, total, _] = means(split);
                let [none, .., both] = split.worlds.map(|world| world.mean);
                if total.is_nan() {
                    continue;
                }
                let rounding = 1e-12 * (1.0 + none.abs() + both.abs());
                assert!((individual + population - total).abs() <= rounding);
                assert!((both - none - total).abs() <= rounding);
                differing += u32::from(total != 0.0);
            }
            assert!(
                differing > 0,
                "learning makes a difference to {}",
                outcome.column()
            );
        }
    }
}

proptest! {
    #[test]
    fn parts_add_up_whatever_the_outcomes(
        replicates in prop::collection::vec(prop::collection::vec(prop::array::uniform4(-1e6f64..1e6), 4), 1..6),
    ) {
        let replicates: Vec<[Vec<f64>; 4]> = replicates
            .iter()
            .map(|periods| std::array::from_fn(|world| periods.iter().map(|worlds| worlds[world]).collect()))
            .collect();
        // each replicate by itself, then all together
        let alone = replicates.iter().map(|one| sources(Quantity::Share, std::slice::from_ref(one)));
        for found in alone.chain([sources(Quantity::Share, &replicates)]) {
            let candidate = &found.candidates[0];
            for split in candidate.periods.iter().chain([&candidate.closing]) {
                let [individual, population, total, complementarity] = means(split);
                prop_assert!((individual + population - total).abs() <= 1e-8);
                let [none, first, second, both] = split.worlds.map(|world| world.mean);
                prop_assert!((both - none - total).abs() <= 1e-8);
                prop_assert!((both - first - second + none - complementarity).abs() <= 1e-8);
            }
        }
    }
}

#[test]
fn tables_bring_everything_back() {
    let replicate = |shift: f64| {
        [0.0, 1.0, 4.0, 9.0].map(|world| vec![world + shift, world * (1.0 + shift), f64::NAN])
    };
    let mut one = sources(Quantity::ValueCreated, &[replicate(0.1), replicate(0.4)]);
    let mut second = one.candidates[0].clone();
    second.experience = "curated-offering".to_owned();
    second.own = false;
    one.candidates.push(second);
    let [periods, summary] = Sources::to_tables(&[(3, &one)]);
    let mut reader = SourcesReader::default();
    reader.take_periods(&periods);
    reader.take_summary(&summary);
    // NaN is not equal to itself
    assert_eq!(
        format!("{:?}", reader.finish()),
        format!("{:?}", [(3, one)])
    );
}
