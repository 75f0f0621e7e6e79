//! Knowledge, population weight, consent and portability, from the tables alone.

use flywheel::scenario::Firm;

use crate::run::{assert_close, assert_within, captive, learners, run, set, start};

const TAU2: f64 = 1.0;
const IOTA2: f64 = 0.7 * 0.7;

/// Knowledge of a population from N observations.
fn of_population(n: f64) -> f64 {
    let w = 2_000.0 / (2_000.0 + n);
    1.0 - (TAU2 + IOTA2 * w) / (TAU2 + IOTA2)
}

#[test]
fn population_weight_is_inertia_over_inertia_and_data() {
    for pooling in [false, true] {
        let mut market = learners();
        market.market.data_pooling = pooling;
        let run = run(&market, 0);
        let mut seen = [0.0; 2];
        for t in 0..40 {
            let used = if pooling {
                [seen[0] + seen[1]; 2]
            } else {
                seen
            };
            for (j, n) in used.into_iter().enumerate() {
                let known = run.period("population_knowledge", t, j, 0);
                assert_close(
                    known,
                    of_population(n),
                    1e-9,
                    &format!("firm {j}, period {t}"),
                );
            }
            seen[1] *= 0.9;
            for (j, n) in seen.iter_mut().enumerate() {
                *n += run.period("transactions", t, j, 0);
            }
        }
        assert!(seen[0] > 1_000.0, "too few data to matter");
    }
}

#[test]
fn without_population_learning_nothing_is_known_of_newcomers() {
    let mut market = learners();
    market.firms[0].learning.population = false;
    market.firms[1].learning.individual = false;
    let run = run(&market, 0);
    for t in 0..40 {
        assert_eq!(run.period("population_knowledge", t, 0, 0), 0.0);
        let (known, all) = (
            run.period("knowledge", t, 1, 0),
            run.period("population_knowledge", t, 1, 0),
        );
        assert_close(
            known,
            all,
            1e-6,
            "knowledge of a firm that keeps no histories",
        );
    }
    assert!(
        run.period("knowledge", 39, 0, 0) > 0.1,
        "individual learning goes on"
    );
}

#[test]
fn knowledge_has_its_limits() {
    // of the population alone: what the firm did not know of the mean
    let mut market = captive(2_000, 30, "curated-offering");
    market.populations[0].data_sharing = 0.0;
    market.firms[0].learning.inertia = 1.0;
    let population = run(&market, 0);
    assert_eq!(population.period("knowledge", 0, 0, 0), 0.0);
    assert_close(
        population.period("knowledge", 29, 0, 0),
        IOTA2 / (TAU2 + IOTA2),
        1e-4,
        "population",
    );
    // with histories: everything
    let mut market = captive(50, 300, "curated-offering");
    market.populations[0].need.variety = 0.0;
    market.experiences["curated-offering"].signal_noise = 0.01;
    let individual = run(&market, 0);
    assert_eq!(individual.period("knowledge", 0, 0, 0), 0.0);
    assert_close(
        individual.period("knowledge", 299, 0, 0),
        1.0,
        1e-5,
        "individual",
    );
    // without any learning: nothing
    market.firms[0].learning.individual = false;
    market.firms[0].learning.population = false;
    assert_eq!(run(&market, 0).period("knowledge", 299, 0, 0), 0.0);
}

#[test]
fn a_history_that_fades_settles_where_it_gains_what_it_loses() {
    let (phi, v) = (0.2, 0.4_f64.powi(2) + 1.6 * 1.6);
    let mut market = captive(20, 120, "curated-offering");
    market.firms[0].learning.population = false;
    market.firms[0].learning.individual_forgetting = phi;
    let run = run(&market, 0);
    let known = |precision: f64| 1.0 - 1.0 / (precision + 1.0 / (TAU2 + IOTA2)) / (TAU2 + IOTA2);
    let mut precision = 0.0;
    for t in 0..120 {
        assert_close(
            run.period("knowledge", t, 0, 0),
            known(precision),
            1e-5,
            "on the way",
        );
        precision = (1.0 - phi) * precision + 1.0 / v;
    }
    assert_close(
        run.period("knowledge", 119, 0, 0),
        known(1.0 / (v * phi)),
        1e-5,
        "in the end",
    );
}

#[test]
fn only_those_who_share_data_have_a_history() {
    let mut market = captive(4_000, 6, "curated-offering");
    market.populations[0].data_sharing = 0.4;
    market.firms[0].learning.population = false;
    market
        .interventions
        .push(set(3, "populations.*.data_sharing", 0.1));
    let state = start(&market, 0).exogenous(0);
    let sharing = state.iter().filter(|customer| customer.shares_data).count() as f64 / 4_000.0;
    assert_within(
        sharing,
        0.4,
        (0.4 * 0.6 / 4_000.0_f64).sqrt(),
        "share that shares",
    );
    let run = run(&market, 0);
    let v = 0.4_f64.powi(2) + 1.6 * 1.6;
    let known = |n: f64| 1.0 - 1.0 / (n / v + 1.0 / (TAU2 + IOTA2)) / (TAU2 + IOTA2);
    for t in 0..3 {
        let expected = sharing * known(t as f64);
        assert_close(run.period("knowledge", t, 0, 0), expected, 1e-5, "before");
    }
    // consent is withdrawn by most, whose history is deleted; those left keep theirs
    let staying = run.period("knowledge", 3, 0, 0) / known(3.0);
    assert_within(
        staying,
        0.1,
        (0.1 * 0.9 / 4_000.0_f64).sqrt(),
        "share that goes on sharing",
    );
    let later = run.period("knowledge", 5, 0, 0);
    assert_close(later, staying * known(5.0), 1e-5, "after");
}

#[test]
fn consent_given_later_starts_an_empty_history() {
    let mut market = captive(200, 6, "curated-offering");
    market.populations[0].data_sharing = 0.0;
    market.firms[0].learning.population = false;
    market
        .interventions
        .push(set(3, "populations.*.data_sharing", 1.0));
    let run = run(&market, 0);
    let v = 0.4_f64.powi(2) + 1.6 * 1.6;
    for t in 0..6_u32 {
        let n = f64::from(t.saturating_sub(3));
        let known = 1.0 - 1.0 / (n / v + 1.0 / (TAU2 + IOTA2)) / (TAU2 + IOTA2);
        assert_close(
            run.period("knowledge", t as usize, 0, 0),
            known,
            1e-5,
            "knowledge",
        );
    }
}

#[test]
fn who_carries_data_is_known_to_the_next_firm() {
    for (portability, sharing) in [(0.0, 1.0), (1.0, 1.0), (1.0, 0.0), (0.3, 1.0)] {
        let mut market = captive(5_000, 8, "curated-offering");
        market.market.data_portability = portability;
        market.populations[0].data_sharing = sharing;
        let mut rival = Firm::new("rival", "curated-offering");
        rival.entry = 5;
        market.firms.push(rival);
        for firm in &mut market.firms {
            firm.learning.population = false;
        }
        // the incumbent's price drives all customers away when the rival comes
        market.interventions.push(set(5, "firms.firm.price", 1e6));
        let run = run(&market, 0);
        assert_eq!(run.period("first_time", 5, 1, 0), 5_000.0);
        let v = 0.4_f64.powi(2) + 1.6 * 1.6;
        let known = |n: f64| 1.0 - 1.0 / (n / v + 1.0 / (TAU2 + IOTA2)) / (TAU2 + IOTA2);
        let carried = run.period("knowledge", 5, 1, 0) / known(5.0);
        let p: f64 = portability * sharing;
        let error = (p * (1.0 - p) / 5_000.0).sqrt() + 1e-6;
        assert_within(
            carried,
            p,
            error,
            &format!("portability {portability}, sharing {sharing}"),
        );
    }
}

#[test]
fn a_history_is_carried_only_between_firms_that_keep_histories() {
    for stopped in ["firm", "rival"] {
        let mut market = captive(300, 8, "curated-offering");
        market.market.data_portability = 1.0;
        let mut rival = Firm::new("rival", "curated-offering");
        rival.entry = 5;
        market.firms.push(rival);
        for firm in &mut market.firms {
            firm.learning.population = false;
        }
        market.interventions.push(set(5, "firms.firm.price", 1e6));
        let path = format!("firms.{stopped}.learning.individual");
        market.interventions.push(set(5, &path, false));
        market.interventions.push(set(7, &path, true));
        let run = run(&market, 0);
        assert_eq!(run.period("first_time", 5, 1, 0), 300.0);
        assert_eq!(
            run.period("knowledge", 5, 1, 0),
            0.0,
            "{stopped} does not learn"
        );
        // nor does what was not carried turn up later: two transactions of the rival's own, or none kept
        let n = if stopped == "firm" { 2.0 } else { 0.0 };
        let v = 0.4_f64.powi(2) + 1.6 * 1.6;
        let known = 1.0 - 1.0 / (n / v + 1.0 / (TAU2 + IOTA2)) / (TAU2 + IOTA2);
        assert_close(run.period("knowledge", 7, 1, 0), known, 1e-5, stopped);
    }
}
