//! The map of tastes shows what customers want, what firms sell, and what firms believe.

use flywheel::scenario::Firm;

use crate::run::{assert_close, captive, scenario, start};

#[test]
fn the_map_shows_a_sample_of_everybody() {
    let mut scenario = scenario(1_000, 5).firm(Firm::new("one", "curated-offering"));
    scenario.market.taste_dimensions = 3;
    scenario.populations[0].taste.mean = vec![0.0; 3];
    let mut market = start(&scenario, 0);
    let tastes = |customers: &[flywheel::model::Exogenous]| -> Vec<Vec<f32>> {
        customers
            .iter()
            .map(|customer| customer.taste.clone())
            .collect()
    };
    (0..4).for_each(|_| market.step());
    let all = market.map(5_000);
    assert_eq!(all.period, 4);
    assert_eq!(all.tastes[0], tastes(&market.exogenous(0)));
    let some = market.map(300);
    // every fourth
    assert_eq!(some.tastes[0].len(), 250);
    assert_eq!(some.tastes[0][1], all.tastes[0][4]);
    // how many are shown changes no mean
    assert_eq!(
        some.firms[0].believes[0].mean_taste,
        all.firms[0].believes[0].mean_taste
    );
    let home = &all.firms[0].believes[0];
    assert_eq!(home.customers, home.estimates.len() as u64);
    assert!(some.firms[0].believes[0].estimates.len() < home.estimates.len());
}

#[test]
fn estimates_find_their_customers_and_products_come_along() {
    let mut scenario = captive(2_000, 40, "coach-behavior");
    scenario.populations[0].taste.mean = vec![1.5, -1.0];
    scenario.firms[0].learning.inertia = 1_000.0;
    let mut market = start(&scenario, 0);
    let start = market.map(100);
    assert!(
        !start.firms[0].acting,
        "nobody acts before the first period"
    );
    assert_eq!(start.firms[0].believes[0].customers, 0);
    assert!(start.firms[0].believes[0].mean_estimate.is_empty());
    let distance = |estimate: &[f32], taste: &[f32]| -> f32 {
        estimate
            .iter()
            .zip(taste)
            .map(|(a, b)| (a - b).powi(2))
            .sum()
    };
    let error = |market: &flywheel::model::Market| {
        let map = market.map(2_000);
        let estimates = &map.firms[0].believes[0].estimates;
        let errors = estimates
            .iter()
            .map(|customer| distance(&customer.estimate, &customer.taste));
        errors.sum::<f32>() / estimates.len() as f32
    };
    market.step();
    let early = error(&market);
    (1..40).for_each(|_| market.step());
    assert!(error(&market) < early / 4.0);
    let end = market.map(100);
    let firm = &end.firms[0];
    assert!(firm.acting && firm.products.len() == 12);
    for d in 0..2 {
        let believed = &firm.believes[0];
        assert_eq!(believed.customers, 2_000);
        assert_close(
            believed.mean_estimate[d],
            believed.mean_taste[d],
            0.02,
            "the mean",
        );
        let mean = f64::from(believed.prior_mean[d]);
        assert_close(mean, believed.mean_taste[d], 0.05, "the prior mean");
    }
}
