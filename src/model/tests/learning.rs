//! The learner is calibrated: its errors are as large as it believes.

use std::sync::Arc;

use super::*;
use crate::model::knowledge::Posterior;
use crate::model::names::Names;
use crate::scenario::{Firm as FirmParameters, Population, Scenario};

/// One firm, to which every need of every customer leads, so that what it sees of whom is no choice
/// of theirs; it knows the population's mean taste.
fn captive(experience: &str, customers: u32, periods: u32) -> Scenario {
    let mut everyone = Population::named("customers");
    everyone.customers = customers;
    everyone.awareness = 1.0;
    everyone.turnover = 0.0;
    everyone.inertia = 1000.0;
    everyone.taste.mean = vec![0.7, -0.3];
    everyone.taste.spread = 0.9;
    let mut firm = FirmParameters::new("firm", experience);
    firm.learning.prior_sd = 1e-6;
    firm.learning.population = false;
    let mut scenario = Scenario::new("captive").population(everyone).firm(firm);
    scenario.market.reputation.initial = 1000.0;
    scenario.market.reputation.speed = 0.0;
    scenario.simulation.periods = periods;
    // what a firm begins could be declined
    for (_, experience) in &mut scenario.experiences {
        experience.support.recognize = 0.0;
    }
    scenario.resolve().expect("a valid scenario")
}

fn engine(scenario: &Scenario) -> Engine<2> {
    let phases = scenario.phases().expect("a valid scenario");
    Engine::new(scenario, &phases, 0, &Arc::new(Names::new(scenario)), false)
}

/// What the only firm believes of a customer, with the history that it rests on.
struct Belief {
    taste: [f32; 2],
    precision: f32,
    posterior: Posterior<2>,
}

/// What the only firm believes of every customer.
fn beliefs(engine: &mut Engine<2>) -> Vec<Belief> {
    let prior = engine.firms[0]
        .knowledge
        .prior(0, &engine.parameters.populations[0]);
    let mut beliefs = Vec::new();
    for block in &mut engine.blocks {
        for i in 0..block.len() {
            let row = block.relations.row(i);
            beliefs.push(Belief {
                taste: block.taste[i],
                precision: row.precisions[0],
                posterior: prior.update(row.precisions[0], &row.sums[0]),
            });
        }
    }
    beliefs
}

impl Belief {
    /// Squared error of the taste estimate per dimension.
    fn squared_error(&self) -> f64 {
        let errors = self.taste.iter().zip(self.posterior.taste);
        errors.map(|(a, b)| f64::from(a - b).powi(2)).sum::<f64>() / 2.0
    }
}

#[test]
fn squared_error_of_taste_estimates_is_the_posterior_variance() {
    const N: u32 = 20_000;
    for (name, preset) in crate::scenario::presets() {
        let mut scenario = captive(name, N, 30);
        scenario.populations[0].need.rate = 1.0;
        let mut engine = engine(&scenario);
        let v = 0.4_f64.powi(2) + preset.signal_noise.powi(2);
        for n in 0..30_u32 {
            // everybody has had n transactions
            let variance = 1.0 / (f64::from(n) / v + 1.0 / (0.9 * 0.9));
            let beliefs = beliefs(&mut engine);
            let believed = f64::from(beliefs[0].posterior.variance);
            assert!(
                (believed / variance - 1.0).abs() < 1e-5,
                "{name}: {believed} after {n}"
            );
            let error = beliefs.iter().map(Belief::squared_error).sum::<f64>() / f64::from(N);
            // mean of 2 N squares of normals with that variance
            let bound = 4.5 * variance * (2.0 / f64::from(2 * N)).sqrt();
            assert!(
                (error - variance).abs() < bound,
                "{name}: {error}, believed {variance}"
            );
            engine.step();
        }
    }
}

#[test]
fn the_learner_is_calibrated_whatever_the_length_of_histories() {
    let mut engine = engine(&captive("coach-behavior", 20_000, 25));
    for _ in 0..25 {
        engine.step();
    }
    let beliefs = beliefs(&mut engine);
    let v = 0.4_f32.powi(2) + 1.2 * 1.2;
    // binomial numbers of needs, 7.5 on average: few and many
    for range in [0..5, 5..10, 10..26] {
        let members: Vec<&Belief> = beliefs
            .iter()
            .filter(|belief| range.contains(&((belief.precision * v).round() as i32)))
            .collect();
        let n = members.len() as f64;
        assert!(n > 1_000.0);
        let ratio = |b: &&Belief| b.squared_error() / f64::from(b.posterior.variance);
        let mean = members.iter().map(ratio).sum::<f64>() / n;
        let bound = 4.5 * (2.0 / (2.0 * n)).sqrt();
        assert!(
            (mean - 1.0).abs() < bound,
            "{range:?} transactions: {mean} of what is believed"
        );
    }
}

#[test]
fn estimates_are_unbiased_within_what_is_believed() {
    let mut engine = engine(&captive("automatic-execution", 20_000, 10));
    for _ in 0..10 {
        engine.step();
    }
    // the mean of truth less estimate is zero, and unrelated to the estimate
    let beliefs = beliefs(&mut engine);
    let n = 2.0 * beliefs.len() as f64;
    let (mut bias, mut slope, mut squares, mut variance) = (0.0, 0.0, 0.0, 0.0);
    for belief in &beliefs {
        for d in 0..2 {
            let estimate = f64::from(belief.posterior.taste[d] - [0.7, -0.3][d]);
            let error = f64::from(belief.taste[d] - belief.posterior.taste[d]);
            let believed = f64::from(belief.posterior.variance);
            bias += error;
            slope += error * estimate;
            variance += believed;
            squares += believed * estimate * estimate;
        }
    }
    assert!(bias.abs() < 4.5 * variance.sqrt(), "bias {}", bias / n);
    assert!(
        slope.abs() < 4.5 * squares.sqrt(),
        "covariance {}",
        slope / n
    );
}

#[test]
fn the_prior_moves_from_the_first_guess_to_what_is_seen() {
    const N: u32 = 4_000;
    let mut scenario = captive("curated-offering", N, 12);
    scenario.populations[0].need.rate = 1.0;
    scenario.firms[0].learning.population = true;
    scenario.firms[0].learning.prior_sd = 1.5;
    scenario.firms[0].learning.inertia = 9_000.0;
    let mut engine = engine(&scenario);
    let prior = |engine: &Engine<2>| {
        engine.firms[0]
            .knowledge
            .prior(0, &engine.parameters.populations[0])
    };
    let first = prior(&engine).mean;
    let mut taste = [0.0; 2];
    for belief in beliefs(&mut engine) {
        for (total, part) in taste.iter_mut().zip(belief.taste) {
            *total += f64::from(part) / f64::from(N);
        }
    }
    for t in 0..12_u32 {
        engine.step();
        // known in period t: t observations of each customer
        let n = f64::from(N * t);
        let w = 9_000.0 / (9_000.0 + n);
        let prior = prior(&engine);
        let variance = 0.9 * 0.9 + 1.5 * 1.5 * w;
        assert!((f64::from(prior.precision) * variance - 1.0).abs() < 1e-6);
        let v = 0.4_f64.powi(2) + 1.6 * 1.6;
        let bound = 4.5 * (1.0 - w) * (v / n.max(1.0)).sqrt() + 1e-6;
        for d in 0..2 {
            let expected = w * f64::from(first[d]) + (1.0 - w) * taste[d];
            let mean = f64::from(prior.mean[d]);
            assert!(
                (mean - expected).abs() < bound,
                "{mean}, expected {expected}, period {t}"
            );
        }
    }
}

#[test]
fn first_guesses_and_products_scatter_as_they_should() {
    let mut scenario = captive("curated-offering", 10, 1);
    scenario.market.equal_start = false;
    scenario.firms[0].learning.prior_sd = 0.7;
    scenario.firms[0].assortment = 10;
    scenario.firms[0].count = 500;
    let scenario = scenario.resolve().expect("a valid scenario");
    let engine = engine(&scenario);
    let (mut guesses, mut products) = (0.0, 0.0);
    for firm in &engine.firms {
        let mean = firm
            .knowledge
            .prior(0, &engine.parameters.populations[0])
            .mean;
        for d in 0..2 {
            guesses += f64::from(mean[d] - [0.7, -0.3][d]).powi(2) / 1_000.0;
            let places = (0..10).map(|m| firm.knowledge.products[m][d]);
            let around = places.map(|b| f64::from(b - mean[d]).powi(2));
            products += around.sum::<f64>() / 10_000.0;
        }
    }
    let near = |variance: f64, expected: f64, n: f64| {
        (variance - expected).abs() < 4.5 * expected * (2.0 / n).sqrt()
    };
    assert!(
        near(guesses, 0.7 * 0.7, 1_000.0),
        "variance of first guesses {guesses}"
    );
    assert!(
        near(products, 0.9 * 0.9, 10_000.0),
        "variance of products {products}"
    );
}

#[test]
fn an_equal_start_is_equal_but_for_what_firms_are() {
    let mut scenario = captive("curated-offering", 10, 1);
    scenario.firms[0].learning.prior_sd = 0.7;
    let mut other = scenario.firms[0].clone();
    other.name = "other".to_owned();
    other.assortment = 5;
    scenario.firms.push(other);
    let engine = engine(&scenario);
    let products = |j: usize, m: usize| engine.firms[j].knowledge.products[m];
    for m in 0..5 {
        assert_eq!(products(0, m), products(1, m));
    }
}

#[test]
fn products_move_to_the_estimates_assigned_to_them() {
    let mut scenario = captive("curated-offering", 3_000, 8);
    scenario.firms[0].learning.population = true;
    scenario.firms[0].learning.prior_sd = 0.7;
    scenario.firms[0].learning.inertia = 1_200.0;
    scenario.firms[0].assortment = 6;
    let mut engine = engine(&scenario);
    let start = engine.firms[0].knowledge.products.clone();
    let mut sold = 0.0;
    for _ in 0..8 {
        let assigned = engine.firms[0].knowledge.assigned.clone();
        let counted: f64 = assigned.iter().map(|product| product.count).sum();
        assert_eq!(counted, sold, "every transaction assigns one estimate");
        engine.step();
        let knowledge = &engine.firms[0].knowledge;
        for (m, product) in assigned.iter().enumerate() {
            for (d, &first) in start[m].iter().enumerate() {
                let first = f64::from(first);
                let place = (200.0 * first + product.sum[d]) / (200.0 + product.count);
                let error = f64::from(knowledge.products[m][d]) - place;
                assert!(error.abs() < 1e-6 * (1.0 + place.abs()), "product {m}");
            }
        }
        sold += engine.tallies[0].fulfilled() as f64;
    }
}
