//! Any valid scenario, small enough to run many.

use flywheel::scenario::{
    ExperienceRule, Firm, Funding, Population, PriceRule, ReputationOf, Scenario, Step, presets,
};
use proptest::collection::vec;
use proptest::prelude::*;

fn share() -> impl Strategy<Value = f64> {
    prop_oneof![1 => Just(0.0), 1 => Just(1.0), 4 => 0.0..=1.0]
}

fn experience() -> impl Strategy<Value = String> {
    (0..4usize).prop_map(|e| presets()[e].0.to_owned())
}

/// Periods between reviews, exploration, memory.
fn review() -> impl Strategy<Value = (u32, f64, f64)> {
    (1..6u32, share(), share())
}

fn rule(populations: usize) -> impl Strategy<Value = ExperienceRule> {
    let steps = vec((experience(), share(), share()), 0..3);
    prop_oneof![
        3 => experience().prop_map(ExperienceRule::Fixed),
        1 => vec(experience(), populations).prop_map(|names| ExperienceRule::Portfolio {
            by_need: Default::default(),
            by_population: (0..).map(|s: usize| format!("p{s}")).zip(names).collect(),
            otherwise: None,
        }),
        1 => (experience(), steps, 0.0..0.5).prop_map(|(first, steps, agency_error)| {
            let step = |(experience, knowledge, max_agency)| Step { experience, knowledge, max_agency, max_stakes: None };
            let steps = std::iter::once((first, 0.0, 1.0)).chain(steps).map(step).collect();
            ExperienceRule::Graduated { steps, agency_error }
        }),
        1 => (1..=4usize, review()).prop_map(|(n, (review_every, explore, memory))| {
            let candidates = presets()[..n].iter().map(|(name, _)| (*name).to_owned()).collect();
            ExperienceRule::Adaptive { candidates, review_every, explore, memory }
        }),
        1 => (experience(), review()).prop_map(|(start, (review_every, explore, _))| {
            ExperienceRule::Imitate { start, review_every, explore }
        }),
    ]
}

fn price() -> impl Strategy<Value = PriceRule> {
    prop_oneof![
        (0.0..1.0).prop_map(PriceRule::Fixed),
        (share(), 0.0..1.0, 0.01..=1.0).prop_map(|(share, start, speed)| PriceRule::ValueShare {
            share,
            start,
            speed
        }),
    ]
}

fn firm(number: usize, populations: usize) -> impl Strategy<Value = Firm> {
    let learning = (
        any::<bool>(),
        any::<bool>(),
        0.01..3.0,
        0.5..10_000.0,
        0.0..0.9,
        0.0..0.9,
    );
    let money = (share(), 0..8u32, 0.0..2.0, prop::option::of(0.0..10.0));
    (rule(populations), price(), 1..20u32, learning, money).prop_map(
        move |(rule, price, assortment, learning, money)| {
            let mut firm = Firm::new(&format!("f{number}"), "");
            (firm.experience, firm.price, firm.assortment) = (rule, price, assortment);
            let own = &mut firm.learning;
            (
                own.individual,
                own.population,
                own.prior_sd,
                own.inertia,
                own.individual_forgetting,
                own.population_forgetting,
            ) = learning;
            let funding;
            (firm.efficiency_gain, firm.entry, firm.fixed_cost, funding) = money;
            firm.funding = funding.map_or(Funding::Unlimited, Funding::Limit);
            firm
        },
    )
}

fn population(number: usize, dimensions: usize) -> impl Strategy<Value = Population> {
    let taste = (
        vec(-3.0..3.0, dimensions),
        0.01..3.0,
        share(),
        share(),
        0.0..2.0,
    );
    let mind = (0.0..2.0, 0.01..0.99, 0.05..50.0, 0.0..2.0, 0.0..2.0);
    let choice = (0.005..1.0, 0.0..0.5, 0.01..=1.0, share());
    let shares = (share(), share(), share());
    (1..120u32, taste, mind, choice, shares).prop_map(
        move |(customers, taste, mind, choice, shares)| {
            let mut one = Population::named(&format!("p{number}"));
            one.customers = customers;
            let drift;
            (
                one.taste.mean,
                one.taste.spread,
                drift,
                one.need.rate,
                one.need.variety,
            ) = taste;
            one.taste.drift = drift * one.taste.spread;
            (
                one.articulation_error,
                one.agency.mean,
                one.agency.concentration,
                one.agency.cost,
                one.mistake_cost,
            ) = mind;
            (
                one.choice_noise,
                one.inertia,
                one.belief_speed,
                one.word_of_mouth,
            ) = choice;
            (one.awareness, one.data_sharing, one.turnover) = shares;
            one
        },
    )
}

/// Up to six firms, four populations and 25 periods; everything else from end to end of its range.
pub fn scenario() -> impl Strategy<Value = Scenario> {
    (1..=8usize, 1..=6usize, 1..=4usize)
        .prop_flat_map(|(dimensions, firms, populations)| {
            let firms: Vec<_> = (0..firms).map(|j| firm(j, populations)).collect();
            let populations: Vec<_> = (0..populations)
                .map(|s| population(s, dimensions))
                .collect();
            let market = (any::<[bool; 3]>(), share(), share(), 0.1..5.0);
            (
                Just(dimensions),
                firms,
                populations,
                market,
                1..25u32,
                0..=i64::MAX.unsigned_abs(),
            )
        })
        .prop_map(|(dimensions, firms, populations, market, periods, seed)| {
            let mut scenario = Scenario::new("any");
            (scenario.firms, scenario.populations) = (firms, populations);
            (scenario.simulation.periods, scenario.simulation.seed) = (periods, seed);
            let shared = &mut scenario.market;
            let flags;
            shared.taste_dimensions = dimensions;
            (
                flags,
                shared.data_portability,
                shared.reputation.speed,
                shared.fit_tolerance,
            ) = market;
            (shared.equal_start, shared.data_pooling) = (flags[0], flags[1]);
            shared.reputation.of = if flags[2] {
                ReputationOf::Everyone
            } else {
                ReputationOf::Newcomers
            };
            scenario
        })
}
