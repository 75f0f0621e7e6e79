//! Who the customers are: arrivals, tastes that wander, agency preferences.

use flywheel::model::Market;
use flywheel::scenario::Firm;

use crate::run::{assert_within, captive, run, scenario, start};

#[test]
fn customers_are_replaced_at_the_rate_of_turnover() {
    let mut market = captive(10_000, 40, "respond-to-desire");
    market.populations[0].turnover = 0.03;
    let run = run(&market, 0);
    // all are new in period 0, when nobody leaves; later, who is new has just arrived
    assert_eq!(run.period("first_time", 0, 0, 0), 10_000.0);
    let arrived = run.firm_total("first_time", 0) - 10_000.0;
    let chances = 10_000.0 * 39.0;
    let error = f64::sqrt(chances * 0.03 * 0.97);
    assert_within(arrived, chances * 0.03, error, "arrivals");
}

#[test]
fn drift_keeps_the_spread_and_loses_the_memory_of_tastes() {
    let mut scenario = captive(20_000, 20, "respond-to-desire");
    scenario.populations[0].taste.mean = vec![2.0, -1.0];
    scenario.populations[0].taste.spread = 0.8;
    scenario.populations[0].taste.drift = 0.3;
    let mut market = start(&scenario, 0);
    let deviations = |market: &Market| -> Vec<f64> {
        let customers = market.exogenous(0);
        let off = |taste: &Vec<f32>| [f64::from(taste[0]) - 2.0, f64::from(taste[1]) + 1.0];
        customers
            .iter()
            .flat_map(|customer| off(&customer.taste))
            .collect()
    };
    let start = deviations(&market);
    for _ in 0..20 {
        market.step();
    }
    let end = deviations(&market);
    let n = 40_000.0;
    let mean = |values: &mut dyn Iterator<Item = f64>| values.sum::<f64>() / n;
    let (tau2, kept) = (0.64, (1.0 - 0.09 / 0.64_f64).sqrt().powi(20));
    for (tastes, what) in [(&start, "at the start"), (&end, "after 20 periods")] {
        let variance = mean(&mut tastes.iter().map(|x| x * x));
        assert_within(variance, tau2, tau2 * (2.0 / n).sqrt(), what);
        assert_within(
            mean(&mut tastes.iter().copied()),
            0.0,
            (tau2 / n).sqrt(),
            what,
        );
    }
    let covariance = mean(&mut start.iter().zip(&end).map(|(a, b)| a * b));
    // variance of the product of two normals with correlation rho: tau^4 (1 + rho^2)
    let error = tau2 * ((1.0 + kept * kept) / n).sqrt();
    assert_within(covariance, tau2 * kept, error, "covariance");
}

#[test]
fn agency_preferences_follow_their_beta_distribution() {
    let mut market = scenario(50_000, 1).firm(Firm::new("firm", "respond-to-desire"));
    market.populations[0].agency.mean = 0.2;
    market.populations[0].agency.concentration = 4.0;
    let market = start(&market, 0);
    let agency: Vec<f64> = market
        .exogenous(0)
        .iter()
        .map(|c| f64::from(c.agency))
        .collect();
    let n = agency.len() as f64;
    let variance = 0.2 * 0.8 / 5.0;
    let mean = agency.iter().sum::<f64>() / n;
    assert_within(mean, 0.2, f64::sqrt(variance / n), "mean");
    // the standard error of a variance takes the excess kurtosis
    let (a, b) = (0.8, 3.2);
    let s: f64 = a + b;
    let excess =
        6.0 * ((a - b) * (a - b) * (s + 1.0) - a * b * (s + 2.0)) / (a * b * (s + 2.0) * (s + 3.0));
    let error = variance * ((excess + 2.0) / n).sqrt();
    let actual = agency.iter().map(|x| (x - 0.2) * (x - 0.2)).sum::<f64>() / n;
    assert_within(actual, variance, error, "variance");
}
