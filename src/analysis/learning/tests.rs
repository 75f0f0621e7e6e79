//! Learning curves of small markets against what Bayesian learning says.

use super::prediction::Terms;
use super::*;
use crate::analysis::Collector;
use crate::model::Plan;
use crate::scenario::{Firm, Intervention, Population, Scenario};

/// One firm that acts for its customers and learns about each of them only; nobody leaves.
fn alone(experience: &str) -> Scenario {
    let mut customers = Population::named("customers");
    customers.customers = 400;
    customers.awareness = 1.0;
    customers.need.rate = 0.8;
    customers.turnover = 0.0;
    let mut firm = Firm::new("firm", experience);
    firm.price = crate::scenario::PriceRule::Fixed(0.0);
    firm.learning.population = false;
    let mut scenario = Scenario::new("alone").population(customers).firm(firm);
    scenario.simulation.periods = 90;
    scenario.simulation.replicates = 2;
    scenario
        .simulation
        .record
        .tables
        .push(RecordedTable::Learning);
    scenario
}

fn learning(scenario: Scenario) -> Learning {
    let scenario = scenario.resolve().expect("a valid scenario");
    let mut collector = Collector::new(&scenario);
    let plan = Plan::new(&scenario).expect("a valid scenario");
    for replicate in 0..scenario.simulation.replicates {
        let mut market = plan.market(replicate);
        while !market.is_done() {
            market.step();
        }
        collector.take(&market.into_records());
    }
    collector.finish().learning
}

/// The curve of the only firm, or of the first.
fn curve(scenario: Scenario) -> ExperienceCurve {
    let curve = learning(scenario).firms.remove(0).curve;
    curve.expect("the table is kept")
}

/// The largest distance between knowledge and its prediction, and how many transactions were compared.
fn distance(curve: &ExperienceCurve) -> (f64, usize) {
    let predicted = curve.predicted.knowledge.as_ref().expect("a prediction");
    let both = curve.knowledge.iter().zip(predicted);
    let found: Vec<f64> = both
        .filter(|(found, _)| found.count > 0)
        .map(|(found, predicted)| (found.mean - predicted.mean).abs())
        .collect();
    (found.iter().copied().fold(0.0, f64::max), found.len())
}

/// Knowledge follows from the number of transactions alone, so only the rounding of single precision is left: P is a sum of at
/// most 60 terms, each rounded to half of 2^-23, and k is 1 - pv/(tau^2 + iota^2) <= 1.
const ROUNDING: f64 = 64.0 * f32::EPSILON as f64;

#[test]
fn knowledge_of_a_customer_is_what_bayesian_learning_predicts() {
    for experience in ["automatic-execution", "respond-to-desire"] {
        let (off, compared) = distance(&curve(alone(experience)));
        assert!(off < ROUNDING && compared >= 50, "{off} in {compared}");
    }
    let mut forgetting = alone("automatic-execution");
    forgetting.firms[0].learning.individual_forgetting = 0.2;
    let curve = curve(forgetting);
    let (off, compared) = distance(&curve);
    assert!(off < ROUNDING && compared >= 50, "{off} in {compared}");
    // what is remembered is worth at most 1/(phi v)
    let predicted = curve.predicted.knowledge.expect("a prediction");
    let (noise, initial) = (0.4f64.powi(2) + 1.2f64.powi(2), 1.0 + 0.7f64.powi(2));
    let most = 1.0 - 1.0 / ((1.0 / (0.2 * noise)) + 1.0 / initial) / initial;
    assert!((predicted[59].mean - most).abs() < 1e-5);
}

#[test]
fn without_individual_learning_the_prediction_is_flat() {
    let mut off = alone("automatic-execution");
    off.firms[0].learning.individual = false;
    let curve = curve(off);
    assert!(distance(&curve).0 == 0.0);
    assert!(
        curve
            .predicted
            .knowledge
            .expect("one")
            .iter()
            .all(|k| k.mean == 0.0)
    );
}

#[test]
fn what_the_firm_knows_of_newcomers_is_where_the_prediction_starts() {
    let mut both = alone("automatic-execution");
    both.firms[0].learning.population = true;
    both.firms[0].learning.inertia = 200.0;
    both.populations[0].turnover = 0.05;
    let curve = curve(both);
    let predicted = curve.predicted.knowledge.as_ref().expect("a prediction");
    let first = curve.knowledge[0].mean;
    // replicates count equally in one mean, and by their newcomers in the other
    assert!(
        first > 0.1 && (first - predicted[0].mean).abs() < 0.01,
        "{first}"
    );
}

#[test]
fn a_product_made_to_the_estimate_fits_as_predicted() {
    // with one dimension and 600 products none is far from any estimate
    let mut scenario = alone("automatic-execution");
    scenario.market.taste_dimensions = 1;
    scenario.populations[0].taste.mean = vec![0.0];
    scenario.firms[0].assortment = 600;
    // nobody declines what the firm proposes, which would pick out the well-served
    scenario.populations[0].choice_noise = 50.0;
    scenario.simulation.periods = 60;
    scenario.simulation.replicates = 30;
    let curve = curve(scenario);
    let predicted = curve.predicted.fit.as_ref().expect("a prediction");
    for n in [1, 2, 3, 5, 8] {
        let (found, predicted) = (&curve.fit[n - 1], &predicted[n - 1]);
        // five standard errors over replicates, and what 600 products leave
        let slack = 5.0 * found.standard_deviation / f64::from(found.count).sqrt() + 0.002;
        assert!(
            (found.mean - predicted.mean).abs() < slack,
            "{n}: {} {}",
            found.mean,
            predicted.mean
        );
    }
}

#[test]
fn the_fit_of_an_exact_product_is_the_integral() {
    let terms = Terms {
        initial: 1.49,
        noise: 1.6,
        variety: 0.16,
        known: 1.0,
        forgetting: 0.0,
        fit: Some((0.8f64.powi(2), 3.0)),
    };
    let [knowledge, fit] = terms.at(2.0, 1.2);
    let variance: f64 = 1.0 / (2.0 + 1.0 / 1.2);
    assert!((knowledge - (1.0 - variance / 1.49)).abs() < 1e-12);
    // one dimension by the midpoint rule over ten standard deviations to either side
    let spread = (variance + 0.16).sqrt();
    let (steps, width) = (20_000, 20.0 * spread / 20_000.0);
    let integral: f64 = (0..steps)
        .map(|step| {
            let e = -10.0 * spread + (f64::from(step) + 0.5) * width;
            let density =
                (-0.5 * (e / spread).powi(2)).exp() / (spread * std::f64::consts::TAU.sqrt());
            density * (-0.5 * (e / 0.8).powi(2)).exp() * width
        })
        .sum();
    assert!(
        (fit - integral.powi(3)).abs() < 1e-9,
        "{fit} {}",
        integral.powi(3)
    );
    // of those who share nothing only the prior is known
    let half = Terms {
        known: 0.5,
        ..terms
    }
    .at(2.0, 1.2);
    let none = Terms {
        known: 0.0,
        ..terms
    }
    .at(2.0, 1.2);
    for of in 0..2 {
        assert!((half[of] - (none[of] + [knowledge, fit][of]) / 2.0).abs() < 1e-12);
    }
}

#[test]
fn what_varies_is_not_predicted() {
    let change = |path: &str, value: toml::Value| Intervention {
        period: 10,
        label: String::new(),
        set: [(path.to_owned(), value)].into(),
    };
    let mut varied = Vec::new();
    let mut scenario = alone("automatic-execution");
    scenario.firms[0].experience = crate::scenario::ExperienceRule::Adaptive {
        candidates: ["respond-to-desire", "coach-behavior"]
            .map(str::to_owned)
            .into(),
        review_every: 20,
        explore: 0.1,
        memory: 0.5,
    };
    varied.push(scenario);
    let mut scenario = alone("automatic-execution");
    scenario.interventions = vec![change("populations.customers.data_sharing", 0.5.into())];
    varied.push(scenario);
    let mut scenario = alone("automatic-execution").firm(Firm::new("rival", "coach-behavior"));
    scenario.market.data_portability = 0.5;
    varied.push(scenario);
    for mut scenario in varied {
        scenario.simulation.periods = 20;
        let predicted = curve(scenario).predicted;
        assert_eq!(predicted, Predicted::default());
    }
    // what does not change what the firm sees leaves the prediction as it is
    let mut scenario = alone("automatic-execution");
    scenario.interventions = vec![change("firms.firm.price", 0.1.into())];
    assert!(distance(&curve(scenario)).0 < ROUNDING);
    let mut drifting = alone("automatic-execution");
    drifting.populations[0].taste.drift = 0.05;
    let curve = curve(drifting);
    assert!(curve.predicted.fit.is_none() && distance(&curve).0 < ROUNDING);
}

#[test]
fn newcomers_are_binned_by_the_transactions_before_their_period() {
    let mut scenario = alone("curated-offering");
    scenario.firms[0].learning.population = true;
    scenario.firms[0].learning.inertia = 500.0;
    scenario.populations[0].turnover = 0.1;
    scenario.simulation.replicates = 4;
    scenario.simulation.record.tables.pop();
    let learning = learning(scenario);
    assert_eq!(learning.usual, 400.0 * 0.8);
    assert!(!learning.has_curves());
    let newcomers = &learning.firms[0].newcomers;
    let before = &newcomers.transactions;
    assert_eq!(before.len(), newcomers.fit.len());
    assert_eq!(before[0], 0.0);
    assert!(
        before.windows(2).all(|pair| pair[0] < pair[1]),
        "{before:?}"
    );
    assert!(*before.last().unwrap() > 10_000.0);
    let (first, last) = (newcomers.fit[0], *newcomers.fit.last().unwrap());
    assert!(
        first.count == 4 && last.count >= 1 && last.mean > first.mean + 0.05,
        "{first:?} {last:?}"
    );
}
