//! Prices, profits, entry and exit, worked out from the tables.

use flywheel::scenario::{Firm, Funding, PriceRule};

use crate::run::{assert_close, captive, learners, run, scenario, set};

#[test]
fn value_share_follows_the_averages_of_what_was_sold() {
    let mut market = learners();
    market.firms[0].price = PriceRule::ValueShare {
        share: 0.6,
        start: 0.25,
        speed: 0.3,
    };
    // an interruption, in which the averages stay
    market
        .interventions
        .push(set(20, "populations.*.need.rate", 0.0));
    market
        .interventions
        .push(set(25, "populations.*.need.rate", 0.3));
    let run = run(&market, 0);
    let mut averages: Option<(f64, f64)> = None;
    for t in 0..40 {
        let expected = averages.map_or(0.25, |(w, c)| c + 0.6 * (w - c).max(0.0));
        assert_close(
            run.firm("price", t, 0),
            expected,
            1e-9,
            &format!("price in period {t}"),
        );
        let (wtp, cost) = (run.firm("wtp", t, 0), run.firm("cost", t, 0));
        assert_eq!(wtp.is_nan(), (20..25).contains(&t));
        if !wtp.is_nan() {
            let (w, c) = averages.unwrap_or((wtp, cost));
            averages = Some((w + 0.3 * (wtp - w), c + 0.3 * (cost - c)));
        }
    }
}

#[test]
fn cumulative_profit_is_discounted_from_period_zero() {
    let mut market = learners();
    market.simulation.discount_rate = 0.05;
    market.firms[1].fixed_cost = 7.0;
    let run = run(&market, 0);
    for j in 0..2 {
        let mut total = 0.0;
        for t in 0..40 {
            let before = run.period("profit", t, j, 0);
            let profit = run.firm("profit", t, j);
            assert_close(
                profit,
                before - if j == 1 { 7.0 } else { 0.0 },
                1e-12,
                "fixed cost",
            );
            total += profit / 1.05_f64.powi(t as i32);
            assert_close(
                run.firm("cumulative_profit", t, j),
                total,
                1e-9,
                "cumulative profit",
            );
        }
    }
}

#[test]
fn a_firm_acts_from_entry_until_its_funding_is_used_up() {
    let mut market = scenario(500, 12).firm(Firm::new("steady", "respond-to-desire"));
    let mut doomed = Firm::new("doomed", "respond-to-desire");
    doomed.price = PriceRule::Fixed(1e6);
    doomed.entry = 3;
    doomed.fixed_cost = 10.0;
    doomed.funding = Funding::Limit(30.0);
    market.firms.push(doomed);
    let run = run(&market, 0);
    for t in 0..12 {
        // nobody buys: minus 10 a period from 3 on, 30 at the end of 5, below in 6, which is the last
        let active = (3..=6).contains(&t);
        assert_eq!(run.firm("active", t, 1) == 1.0, active, "period {t}");
        assert_eq!(run.firm("price", t, 1).is_nan(), !active, "period {t}");
        assert_eq!(
            run.firm("profit", t, 1),
            if active { -10.0 } else { 0.0 },
            "period {t}"
        );
        assert_eq!(run.firm("active", t, 0), 1.0);
    }
    assert_eq!(run.firm("cumulative_profit", 11, 1), -40.0);
}

#[test]
fn customers_of_a_firm_that_leaves_have_no_home_and_go_elsewhere() {
    let mut market = captive(1_000, 6, "respond-to-desire");
    market.firms[0].fixed_cost = 1e6;
    market.firms[0].funding = Funding::Limit(2.5e6);
    let mut rival = Firm::new("rival", "respond-to-desire");
    rival.entry = 2;
    market.firms.push(rival);
    let run = run(&market, 0);
    // 1,000 sales bring at most 300 a period, so the third loss of about a million is the last
    let active: Vec<bool> = (0..6).map(|t| run.firm("active", t, 0) == 1.0).collect();
    assert_eq!(active, [true, true, true, false, false, false]);
    let customers =
        |j: usize| -> Vec<f64> { (0..6).map(|t| run.firm("customers", t, j)).collect() };
    assert_eq!(customers(0), [1000.0, 1000.0, 0.0, 0.0, 0.0, 0.0]);
    assert_eq!(customers(1), [0.0, 0.0, 0.0, 1000.0, 1000.0, 1000.0]);
    assert_eq!(run.firm("transactions", 3, 0), 0.0);
}

#[test]
fn groups_of_firms_are_resolved_in_code_too() {
    let mut market = scenario(500, 3);
    let mut group = Firm::new("firm", "respond-to-desire");
    group.count = 3;
    market.firms.push(group);
    let run = run(&market, 0);
    assert_eq!(run.firms, 3);
    assert!((0..3).all(|j| run.firm("transactions", 2, j) > 0.0));
}

#[test]
fn a_price_rule_that_returns_starts_afresh_and_one_that_changes_goes_on() {
    let mut market = learners();
    let rule = |text: &str| -> toml::Value {
        toml::from_str::<toml::Table>(text).expect("a table").into()
    };
    market.firms[0].price = PriceRule::ValueShare {
        share: 0.6,
        start: 0.25,
        speed: 0.3,
    };
    let other = rule("rule = 'value-share'\nshare = 0.2\nstart = 0.9\nspeed = 0.3");
    market.interventions = vec![
        set(10, "firms.one.price", other.clone()),
        set(20, "firms.one.price", 0.35),
        set(25, "firms.one.price", other),
    ];
    let run = run(&market, 0);
    let mut averages: Option<(f64, f64)> = None;
    for t in 0..40 {
        let expected = match (t, averages) {
            (20..25, _) => 0.35,
            (_, None) => {
                if t < 10 {
                    0.25
                } else {
                    0.9
                }
            }
            (_, Some((w, c))) => c + if t < 10 { 0.6 } else { 0.2 } * f64::max(0.0, w - c),
        };
        assert_close(
            run.firm("price", t, 0),
            expected,
            1e-9,
            &format!("price in period {t}"),
        );
        let (wtp, cost) = (run.firm("wtp", t, 0), run.firm("cost", t, 0));
        averages = match averages {
            _ if (20..25).contains(&t) => None,
            _ if wtp.is_nan() => averages,
            None => Some((wtp, cost)),
            Some((w, c)) => Some((w + 0.3 * (wtp - w), c + 0.3 * (cost - c))),
        };
    }
}
