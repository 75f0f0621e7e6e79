//! Expectations that a pencil gives: fit, choice, needs, detections, false alarms, value.

use flywheel::random::{Purpose, Source, normals};
use flywheel::scenario::{Firm, Scenario};

use crate::run::{assert_close, assert_within, captive, run, scenario};

/// The only product of a firm with an assortment of one, as the random draws place it.
fn first_product(scenario: &Scenario) -> Vec<f64> {
    let population = &scenario.populations[0];
    let source = Source::new(scenario.simulation.seed, 0);
    let draw = |purpose| {
        let family = source.family(purpose, &[&population.name]);
        normals::<8>(&family.normal_keys(0, 8), 0).map(f64::from)
    };
    let (guess, product) = (draw(Purpose::FirstGuess), draw(Purpose::FirstProducts));
    let iota = scenario.firms[0].learning.prior_sd;
    (population.taste.mean.iter().enumerate())
        .map(|(d, mu)| mu + iota * guess[d] + population.taste.spread * product[d])
        .collect()
}

/// E exp(-|x - b|^2 / (2 h^2)) for x ~ N(mu, s) in K dimensions.
fn expected_fit(b: &[f64], mu: &[f64], s2: f64, h2: f64) -> f64 {
    let squares: f64 = b.iter().zip(mu).map(|(b, mu)| (b - mu).powi(2)).sum();
    (1.0 + s2 / h2).powf(-(b.len() as f64) / 2.0) * (-squares / (2.0 * (h2 + s2))).exp()
}

#[test]
fn expected_fit_with_one_product() {
    for k in 1..=8 {
        for h in [1.0, 2.0_f64] {
            let mut one = captive(40_000, 1, "respond-to-desire");
            one.market.taste_dimensions = k;
            one.market.fit_tolerance = h;
            one.firms[0].assortment = 1;
            one.firms[0].learning.prior_sd = 0.3;
            one.populations[0].taste.mean = (0..k).map(|d| 0.4 * d as f64 - 1.0).collect();
            one.populations[0].taste.spread = 0.7;
            let s2 = 0.7 * 0.7 + 0.4 * 0.4;
            let (b, mu) = (first_product(&one), &one.populations[0].taste.mean);
            let expected = expected_fit(&b, mu, s2, h * h);
            // the square of a fit is the fit at half the squared tolerance
            let variance = expected_fit(&b, mu, s2, h * h / 2.0) - expected * expected;
            let market = run(&one, 0);
            assert_eq!(market.total("fulfilled"), 40_000.0);
            let error = (variance / 40_000.0).sqrt();
            let what = format!("fit in {k} dimensions with tolerance {h}");
            assert_within(market.period("fit", 0, 0, 0), expected, error, &what);
        }
    }
}

#[test]
fn first_choices_are_a_logit_of_reputation_and_price() {
    const N: u32 = 100_000;
    for noise in [0.05, 0.08, 0.5] {
        let mut market = scenario(N, 1);
        market.populations[0].need.rate = 1.0;
        market.populations[0].awareness = 1.0;
        market.populations[0].choice_noise = noise;
        let prices = [0.3, 0.35, 0.45, 0.6];
        for (j, price) in prices.into_iter().enumerate() {
            let mut firm = Firm::new(&format!("firm-{j}"), "respond-to-desire");
            firm.price = flywheel::scenario::PriceRule::Fixed(price);
            market.firms.push(firm);
        }
        // one that is cheap, but not there yet
        let mut late = Firm::new("late", "respond-to-desire");
        late.price = flywheel::scenario::PriceRule::Fixed(0.0);
        late.entry = 1;
        market.firms.push(late);
        let weights = prices.map(|price| ((0.45 - price) / noise).exp());
        let all = 1.0 + weights.iter().sum::<f64>();
        let run = run(&market, 0);
        let n = f64::from(N);
        for (j, weight) in weights.into_iter().enumerate() {
            let p = weight / all;
            let error = (n * p * (1.0 - p)).sqrt();
            let sold = run.period("transactions", 0, j, 0);
            assert_within(sold, n * p, error, &format!("noise {noise}, firm {j}"));
        }
        let none = 1.0 / all;
        let left = n - run.total("fulfilled");
        let error = (n * none * (1.0 - none)).sqrt();
        assert_within(
            left,
            n * none,
            error,
            &format!("noise {noise}, outside option"),
        );
        assert_eq!(run.period("transactions", 0, 4, 0), 0.0);
    }
}

#[test]
fn needs_arise_and_are_noticed_at_their_rates() {
    let mut market = scenario(10_000, 40).firm(Firm::new("firm", "curated-offering"));
    market.populations[0].need.rate = 0.23;
    market.populations[0].awareness = 0.37;
    let run = run(&market, 0);
    let chances = 10_000.0 * 40.0;
    let error = (chances * 0.23 * 0.77_f64).sqrt();
    assert_within(run.total("needs"), chances * 0.23, error, "needs");
    let needs = run.total("needs");
    let error = (needs * 0.37 * 0.63_f64).sqrt();
    assert_within(run.total("recognized"), needs * 0.37, error, "recognized");
}

/// Everybody accepts all that this firm does: it costs nothing, and a mistake does not hurt.
fn trusted(customers: u32, periods: u32) -> Scenario {
    let mut market = scenario(customers, periods).firm(Firm::new("firm", "automatic-execution"));
    market.market.fit_tolerance = 5.0;
    market.market.friction.recognize = 0.0;
    market.populations[0].choice_noise = 1e-4;
    market.populations[0].turnover = 0.0;
    market.firms[0].price = flywheel::scenario::PriceRule::Fixed(0.0);
    market.experiences["automatic-execution"].control = 0.0;
    market
}

#[test]
fn detections_and_false_alarms_follow_knowledge() {
    let mut market = trusted(20_000, 30);
    // knowledge is that of the population alone, so the same for all customers and in the tables
    market.populations[0].data_sharing = 0.0;
    market.firms[0].learning.inertia = 20_000.0;
    let run = run(&market, 0);
    assert_eq!(run.firm_total("declined", 0), 0.0);
    assert_eq!(run.firm_total("cancelled", 0), 0.0);
    let (mut detected, mut alarms) = ([0.0; 2], [0.0; 2]);
    for t in 1..30 {
        let home = run.period("customers", t - 1, 0, 0);
        let k = run.period("population_knowledge", t, 0, 0);
        for (total, p) in [
            (&mut detected, 0.3 * 0.9 * k),
            (&mut alarms, 0.7 * 0.05 * (1.0 - k)),
        ] {
            total[0] += home * p;
            total[1] += home * p * (1.0 - p);
        }
        let share = run.period("knowledge", t, 0, 0);
        assert_close(share, k, 1e-6, "knowledge of those who share nothing");
    }
    assert_within(
        run.firm_total("detected", 0),
        detected[0],
        detected[1].sqrt(),
        "detected",
    );
    assert_within(
        run.firm_total("false_alarms", 0),
        alarms[0],
        alarms[1].sqrt(),
        "false alarms",
    );
    assert!(
        detected[0] > 20_000.0 && alarms[0] > 10_000.0,
        "too few to tell"
    );
}

#[test]
fn transactions_are_those_detected_and_those_noticed() {
    let market = run(&trusted(20_000, 30), 0);
    // at these prices nobody who knows the need stays away
    assert_eq!(market.total("fulfilled"), market.total("recognized"));
    let (mut expected, mut variance) = (0.0, 0.0);
    for t in 0..30 {
        let missed = market.market("needs", t, 0) - market.period("detected", t, 0, 0);
        expected += market.period("detected", t, 0, 0) + missed * 0.6;
        variance += missed * 0.6 * 0.4;
    }
    let sold = market.firm_total("transactions", 0);
    assert_within(sold, expected, f64::sqrt(variance), "transactions");
}

#[test]
fn value_is_fit_less_friction_less_what_control_costs() {
    for (name, preset) in flywheel::scenario::presets() {
        let mut market = captive(500, 12, name);
        let everyone = &mut market.populations[0];
        // everybody values agency alike, so the mean of a product is the product of the means
        everyone.agency.mean = 0.3;
        everyone.agency.concentration = 1e10;
        market.firms[0].learning.population = false;
        market.firms[0].efficiency_gain = 0.7;
        let run = run(&market, 0);
        let v = 0.4_f64.powi(2) + preset.signal_noise.powi(2);
        let initial = 1.0 + 0.7 * 0.7;
        for t in 0..12 {
            assert_eq!(run.period("transactions", t, 0, 0), 500.0);
            // everybody has had t transactions
            let variance = 1.0 / (t as f64 / v + 1.0 / initial);
            let familiarity = 1.0 - variance / initial;
            let (fit, friction) = (run.period("fit", t, 0, 0), run.period("friction", t, 0, 0));
            let support = &preset.support;
            let eased = 1.0 - preset.eased_by_familiarity * familiarity;
            let journey = 0.2 * (1.0 - support.request) + 0.2 * (1.0 - support.respond);
            assert_close(friction, 0.05 + journey * eased, 1e-5, "friction");
            assert_close(
                run.period("knowledge", t, 0, 0),
                familiarity,
                1e-5,
                "knowledge",
            );
            let ceded = preset.control * (0.3 * 0.3 + 0.2 * (1.0 - fit));
            assert_close(
                run.period("wtp", t, 0, 0),
                fit - friction - ceded,
                1e-4,
                "wtp",
            );
            assert_close(
                run.period("cost", t, 0, 0),
                0.2 * (1.0 - 0.7 * fit),
                1e-5,
                "cost",
            );
        }
    }
}

#[test]
fn a_false_alarm_costs_both_sides() {
    let mut market = captive(2_000, 2, "automatic-execution");
    let experience = &mut market.experiences["automatic-execution"];
    experience.false_alarm = 1.0;
    experience.control = 0.8;
    market.firms[0].learning.individual = false;
    market.firms[0].learning.population = false;
    let everyone = &mut market.populations[0];
    everyone.agency.mean = 0.3;
    everyone.agency.concentration = 1e10;
    market.interventions.push(flywheel::scenario::Intervention {
        period: 1,
        label: String::new(),
        set: [("populations.customers.need.rate".to_owned(), 0.0.into())]
            .into_iter()
            .collect(),
    });
    let run = run(&market, 0);
    // everybody is at home, nobody has a need, and nothing is known: one alarm each
    assert_eq!(run.period("false_alarms", 1, 0, 0), 2_000.0);
    let loss = 0.8 * (0.3 * 0.3 + 0.2);
    assert_close(
        run.period("consumer_surplus", 1, 0, 0),
        -2_000.0 * loss,
        1e-4,
        "surplus",
    );
    assert_close(
        run.period("profit", 1, 0, 0),
        -2_000.0 * 0.8 * 0.2,
        1e-6,
        "profit",
    );
    assert_eq!(
        run.market("consumer_surplus", 1, 0),
        0.0,
        "only transactions count there"
    );
}
