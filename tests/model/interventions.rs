//! What interventions do to the living, to those who come later, and to nobody before.

use flywheel::model::{Exogenous, Market};
use flywheel::scenario::{Firm, Intervention, Scenario};

use crate::run::{assert_within, run, scenario, start, value};

fn market() -> Scenario {
    scenario(4_000, 30)
        .firm(Firm::new("one", "curated-offering"))
        .firm(Firm::new("two", "coach-behavior"))
}

fn set(period: u32, settings: &[(&str, toml::Value)]) -> Intervention {
    Intervention {
        period,
        label: String::new(),
        set: settings
            .iter()
            .map(|(path, value)| ((*path).to_owned(), value.clone()))
            .collect(),
    }
}

/// The customers before and after a period.
fn around(scenario: &Scenario, period: u32) -> (Vec<Exogenous>, Vec<Exogenous>) {
    let mut market: Market = start(scenario, 0);
    while market.period() < period {
        market.step();
    }
    let before = market.exogenous(0);
    market.step();
    (before, market.exogenous(0))
}

#[test]
fn a_taste_shift_moves_every_taste_with_the_distribution() {
    let mut market = market();
    market.populations[0].turnover = 0.0;
    market.populations[0].taste.mean = vec![1.0, -1.0];
    market.populations[0].taste.spread = 0.5;
    market.interventions.push(set(
        10,
        &[
            ("populations.customers.taste.mean", vec![0.5, 2.0].into()),
            ("populations.customers.taste.spread", 1.5.into()),
        ],
    ));
    let (before, after) = around(&market, 10);
    for (before, after) in before.iter().zip(&after) {
        for (d, (old, new)) in [(1.0, 0.5), (-1.0, 2.0)].into_iter().enumerate() {
            let expected = new + 3.0 * (f64::from(before.taste[d]) - old);
            assert!((f64::from(after.taste[d]) - expected).abs() < 2e-6);
        }
    }
    let (before, after) = around(&market, 9);
    assert!(
        before.iter().zip(&after).all(|(a, b)| a.taste == b.taste),
        "not a period earlier"
    );
}

#[test]
fn agency_changes_only_for_those_who_arrive_later() {
    let mut market = market();
    market.populations[0].turnover = 0.2;
    market.populations[0].agency.concentration = 20.0;
    market
        .interventions
        .push(set(10, &[("populations.*.agency.mean", 0.9.into())]));
    let (before, after) = around(&market, 10);
    let mut newcomers = Vec::new();
    for (before, after) in before.iter().zip(&after) {
        if after.arrival == 10 {
            newcomers.push(f64::from(after.agency));
        } else {
            assert_eq!(before.agency.to_bits(), after.agency.to_bits());
        }
    }
    let n = newcomers.len() as f64;
    assert_within(n, 800.0, f64::sqrt(4_000.0 * 0.2 * 0.8), "newcomers");
    let mean = newcomers.iter().sum::<f64>() / n;
    assert_within(mean, 0.9, (0.9 * 0.1 / 21.0 / n).sqrt(), "their agency");
}

#[test]
fn interventions_change_nothing_before_them() {
    let plain = run(&market(), 0);
    let mut changed = market();
    changed.interventions.push(set(
        12,
        &[
            ("market.friction.request", 0.0.into()),
            ("populations.*.awareness", 0.1.into()),
            ("firms.one.experience", "respond-to-desire".into()),
        ],
    ));
    let changed = run(&changed, 0);
    for t in 0..30 {
        for column in ["transactions", "wtp", "friction", "customers"] {
            let same = (0..2).all(|j| {
                let (one, other) = (
                    plain.period(column, t, j, 0),
                    changed.period(column, t, j, 0),
                );
                one.to_bits() == other.to_bits()
            });
            if t < 12 {
                assert!(same, "{column} in period {t}");
            } else if t == 12 {
                assert!(!same, "{column} in period {t}");
            }
        }
    }
}

#[test]
fn parameters_hold_from_the_start_of_the_period_in_the_order_of_the_file() {
    let mut market = market();
    market.interventions = vec![
        set(5, &[("firms.*.price", 0.4.into())]),
        set(8, &[("firms.*.price", 0.5.into())]),
        set(8, &[("firms.two.price", 0.6.into())]),
        set(9, &[("populations.*.need.rate", 0.0.into())]),
        set(11, &[("populations.*.need.rate", 1.0.into())]),
    ];
    let run = run(&market, 0);
    let price = |t, j| run.firm("price", t, j);
    for (t, one, two) in [
        (4, 0.3, 0.3),
        (5, 0.4, 0.4),
        (7, 0.4, 0.4),
        (8, 0.5, 0.6),
        (29, 0.5, 0.6),
    ] {
        assert_eq!((price(t, 0), price(t, 1)), (one, two), "period {t}");
    }
    assert!(run.market("needs", 8, 0) > 0.0);
    assert_eq!(
        (run.market("needs", 9, 0), run.market("needs", 10, 0)),
        (0.0, 0.0)
    );
    assert_eq!(run.market("needs", 11, 0), 4_000.0);
}

#[test]
fn while_population_learning_is_off_the_prior_stays() {
    let mut market = market();
    market.firms[0].learning.inertia = 3_000.0;
    market.firms[0].learning.population_forgetting = 0.03;
    market.interventions = vec![
        set(10, &[("firms.one.learning.population", false.into())]),
        set(20, &[("firms.one.learning.population", true.into())]),
    ];
    let run = run(&market, 0);
    let known = |t| run.period("population_knowledge", t, 0, 0);
    assert!(known(9) > known(8));
    for t in 10..20 {
        assert_eq!(known(t), known(9), "period {t}");
    }
    // what was seen meanwhile counts from then on, as far as it is not forgotten
    let n = (0..20).fold(0.0, |n, t| 0.97 * n + run.period("transactions", t, 0, 0));
    let w = 3_000.0 / (3_000.0 + n);
    let expected = 0.49 * (1.0 - w) / 1.49;
    assert!((known(20) - expected).abs() < 1e-12);
}

#[test]
fn while_individual_learning_is_off_histories_rest() {
    let mut market = market();
    market.interventions = vec![
        set(10, &[("firms.*.learning.individual", false.into())]),
        set(20, &[("firms.*.learning.individual", true.into())]),
    ];
    let run = run(&market, 0);
    for j in 0..2 {
        for t in 10..20 {
            let (known, all) = (
                run.period("knowledge", t, j, 0),
                run.period("population_knowledge", t, j, 0),
            );
            assert!(
                (known - all).abs() < 1e-6,
                "firm {j} uses histories in period {t}"
            );
        }
        assert!(
            run.period("knowledge", 20, j, 0) > run.period("population_knowledge", 20, j, 0) + 0.05
        );
    }
}

#[test]
fn an_experience_changes_for_all_who_offer_it() {
    let mut market = market();
    market.firms[1].experience = market.firms[0].experience.clone();
    market.interventions = vec![set(
        3,
        &[
            ("experiences.curated-offering.unit_cost", 0.0.into()),
            ("experiences.curated-offering.support.request", 1.0.into()),
        ],
    )];
    let run = run(&market, 0);
    for row in 0..run.records.periods.rows() {
        let cost = value(&run.records.periods, "cost", row);
        let free = value(&run.records.periods, "period", row) >= 3.0;
        assert_eq!(cost == 0.0, free);
    }
    let friction = |t| run.period("friction", t, 0, 0);
    assert!(friction(3) < friction(2) - 0.03);
}
