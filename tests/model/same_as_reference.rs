//! The engine gives what the reference gives, column by column.
//!
//! Engine and reference round differently (single and double precision), so a decision within 1e-7
//! of its threshold could fall differently in the two; markets are small enough that none does. Should
//! a change of the engine's arithmetic ever move one, the first difference is one customer in one count.

use flywheel::scenario::Scenario;

use crate::everything::{EVERYTHING, load, with_kinds};
use crate::reference::{FirmPeriod, Happened, Period, simulate};
use crate::run::{Run, assert_close, run, text, value};

/// Single precision holds 1e-7; sums over a history lose a little more.
const TOLERANCE: f64 = 2e-5;

fn assert_same(text: &str) {
    let scenario = load(text);
    for replicate in [0, 5] {
        let engine = run(&scenario, replicate);
        let reference = simulate(&scenario, replicate);
        let sold: f64 = (0..engine.periods)
            .map(|t| engine.market("fulfilled", t, 0))
            .sum();
        assert!(
            sold > 1000.0,
            "only {sold} transactions: nothing to compare"
        );
        for (t, period) in reference.iter().enumerate() {
            assert_same_market(&engine, &scenario, t, period);
            for (j, firm) in period.firms.iter().enumerate() {
                for (s, happened) in firm.happened.iter().enumerate() {
                    assert_same_population(&engine, &scenario, (t, j, s), firm, happened);
                    assert_same_kinds(&engine, &scenario, (t, j, s), happened);
                }
                assert_same_firm(&engine, &scenario, (t, j), period);
            }
        }
    }
}

fn assert_same_population(
    engine: &Run,
    scenario: &Scenario,
    (t, j, s): (usize, usize, usize),
    firm: &FirmPeriod,
    happened: &Happened,
) {
    let n = happened.transactions;
    let row = (t * engine.firms + j) * engine.populations + s;
    let place = format!("period {t}, {}, population {s}", scenario.firms[j].name);
    assert_eq!(
        text(&engine.records.periods, "experience", row),
        usual(&happened.experiences, scenario),
        "{place}"
    );
    let profit = if firm.acting {
        n * firm.price - happened.cost - happened.false_alarm_cost
    } else {
        0.0
    };
    for (column, expected) in [
        ("price", if firm.acting { firm.price } else { f64::NAN }),
        ("customers", firm.customers[s]),
        ("transactions", n),
        ("detected", happened.detected),
        ("declined", happened.declined),
        ("false_alarms", happened.false_alarms),
        ("cancelled", happened.cancelled),
        ("first_time", happened.first_time),
        ("fit", happened.fit / n),
        ("first_fit", happened.first_fit / happened.first_time),
        ("wtp", happened.wtp / n),
        ("cost", happened.cost / n),
        ("value_created", (happened.wtp - happened.cost) / n),
        ("friction", happened.friction / n),
        ("knowledge", happened.knowledge / n),
        ("population_knowledge", firm.population_knowledge[s]),
        ("profit", profit),
        (
            "consumer_surplus",
            happened.surplus + happened.false_alarm_surplus,
        ),
    ] {
        let actual = engine.period(column, t, j, s);
        assert_close(actual, expected, TOLERANCE, &format!("{place}: {column}"));
    }
}

/// Rows of `kinds` are there for populations that have kinds, firm by firm.
fn assert_same_kinds(
    engine: &Run,
    scenario: &Scenario,
    (t, j, s): (usize, usize, usize),
    happened: &Happened,
) {
    let kinds = |s: usize| scenario.populations[s].need.kinds.len();
    let each: usize = (0..engine.populations).map(kinds).sum();
    let before: usize = (0..s).map(kinds).sum();
    for n in 0..kinds(s) {
        let row = (t * engine.firms + j) * each + before + n;
        let none = Happened::default();
        let own = happened.kinds.get(n).unwrap_or(&none);
        let place = format!(
            "period {t}, {}, population {s}, kind {n}",
            scenario.firms[j].name
        );
        let table = &engine.records.kinds;
        assert_eq!(
            text(table, "experience", row),
            usual(&own.experiences, scenario),
            "{place}"
        );
        for (column, expected) in [
            ("transactions", own.transactions),
            ("detected", own.detected),
            ("declined", own.declined),
            ("false_alarms", own.false_alarms),
            ("fit", own.fit / own.transactions),
            ("wtp", own.wtp / own.transactions),
            ("cost", own.cost / own.transactions),
            ("value_created", (own.wtp - own.cost) / own.transactions),
        ] {
            let actual = value(table, column, row);
            assert_close(actual, expected, TOLERANCE, &format!("{place}: {column}"));
        }
    }
}

fn assert_same_firm(engine: &Run, scenario: &Scenario, (t, j): (usize, usize), period: &Period) {
    let firm = &period.firms[j];
    let place = format!("period {t}, {}", scenario.firms[j].name);
    let sum =
        |of: &FirmPeriod, part: fn(&Happened) -> f64| of.happened.iter().map(part).sum::<f64>();
    let sold = |of: &FirmPeriod| sum(of, |h| h.transactions);
    let created = |of: &FirmPeriod| (sum(of, |h| h.wtp) - sum(of, |h| h.cost)) / sold(of);
    let rivals = period
        .firms
        .iter()
        .enumerate()
        .filter(|(other, _)| *other != j);
    let best_rival = rivals
        .map(|(_, rival)| created(rival))
        .fold(f64::NAN, f64::max);
    let n = sold(firm);
    let weights = || scenario.populations.iter().map(|p| f64::from(p.customers));
    let known = weights()
        .zip(&firm.population_knowledge)
        .map(|(weight, known)| weight * known);
    let experiences = (0..scenario.experiences.len())
        .map(|e| firm.happened.iter().map(|h| h.experiences[e]).sum())
        .collect::<Vec<u64>>();
    assert_eq!(
        text(&engine.records.firms, "experience", t * engine.firms + j),
        usual(&experiences, scenario),
        "{place}"
    );
    for (column, expected) in [
        ("price", if firm.acting { firm.price } else { f64::NAN }),
        ("customers", firm.customers.iter().sum()),
        ("transactions", n),
        ("share", n / period.firms.iter().map(sold).sum::<f64>()),
        ("fit", sum(firm, |h| h.fit) / n),
        ("wtp", sum(firm, |h| h.wtp) / n),
        ("cost", sum(firm, |h| h.cost) / n),
        ("value_created", created(firm)),
        ("competitive_advantage", created(firm) - best_rival),
        ("knowledge", sum(firm, |h| h.knowledge) / n),
        (
            "population_knowledge",
            known.sum::<f64>() / weights().sum::<f64>(),
        ),
        ("profit", firm.profit),
        ("cumulative_profit", firm.cumulative),
    ] {
        let actual = engine.firm(column, t, j);
        assert_close(actual, expected, TOLERANCE, &format!("{place}: {column}"));
    }
    assert_eq!(engine.firm("active", t, j) == 1.0, firm.acting, "{place}");
}

fn assert_same_market(engine: &Run, scenario: &Scenario, t: usize, period: &Period) {
    for s in 0..scenario.populations.len() {
        let sum = |part: &dyn Fn(&FirmPeriod) -> f64| period.firms.iter().map(part).sum::<f64>();
        let fulfilled = sum(&|firm| firm.happened[s].transactions);
        let surplus = |firm: &FirmPeriod| {
            let happened = &firm.happened[s];
            let revenue = happened.transactions * if firm.acting { firm.price } else { 0.0 };
            revenue - happened.cost
        };
        for (column, expected) in [
            ("needs", period.needs[s]),
            ("recognized", period.recognized[s]),
            ("fulfilled", fulfilled),
            ("consumer_surplus", sum(&|firm| firm.happened[s].surplus)),
            ("producer_surplus", sum(&surplus)),
            (
                "hhi",
                sum(&|firm| (firm.happened[s].transactions / fulfilled).powi(2)),
            ),
        ] {
            let actual = engine.market(column, t, s);
            assert_close(
                actual,
                expected,
                TOLERANCE,
                &format!("period {t}, population {s}: {column}"),
            );
        }
    }
}

/// The name of the experience that most transactions had; none without any.
fn usual<'a>(counts: &[u64], scenario: &'a Scenario) -> &'a str {
    let most = counts.iter().copied().max().unwrap_or(0);
    if most == 0 {
        return "";
    }
    let position = counts
        .iter()
        .position(|&count| count == most)
        .expect("one is the largest");
    scenario
        .experiences
        .get_index(position)
        .expect("one of all")
        .0
}

#[test]
fn four_experiences() {
    assert_same(
        r#"
        simulation.periods = 60
        [[populations]]
        name = "customers"
        customers = 300
        turnover = 0.02
        [[firms]]
        name = "respond"
        experience = "respond-to-desire"
        [[firms]]
        name = "curated"
        experience = "curated-offering"
        [[firms]]
        name = "coach"
        experience = "coach-behavior"
        [[firms]]
        name = "automatic"
        experience = "automatic-execution"
        [firm_defaults.learning]
        inertia = 300
        "#,
    );
}

#[test]
fn everything_with_kinds_of_needs() {
    assert_same(&with_kinds());
}

#[test]
fn everything_at_once() {
    assert_same(EVERYTHING);
}

#[test]
fn pooled_data_in_eight_dimensions_with_learning_switched() {
    assert_same(
        r#"
        simulation.periods = 50
        [market]
        taste_dimensions = 8
        fit_tolerance = 3
        data_pooling = true
        [[populations]]
        name = "customers"
        customers = 300
        data_sharing = 0.5
        turnover = 0.01
        taste.spread = 0.6
        [firm_defaults.learning]
        inertia = 400
        [[firms]]
        name = "learner"
        count = 2
        experience = "curated-offering"
        [[firms]]
        name = "blind"
        experience = "coach-behavior"
        learning = { individual = false, population = false }
        [[firms]]
        name = "forgetful"
        experience = "automatic-execution"
        learning = { population_forgetting = 0.1, individual_forgetting = 0.2 }
        [[interventions]]
        period = 15
        set = { "firms.learner-1.learning.individual" = false, "firms.learner-2.learning.population" = false, "firms.blind.learning.population" = true }
        [[interventions]]
        period = 30
        set = { "firms.learner-1.learning.individual" = true, "firms.learner-2.learning.population" = true, "populations.*.data_sharing" = 0.9, "market.data_pooling" = false }
        "#,
    );
}

#[test]
fn full_portability_small_assortments_and_a_market_in_one_dimension() {
    assert_same(
        r#"
        simulation = { periods = 60, seed = 9223372036854775807 }
        [market]
        taste_dimensions = 1
        data_portability = 1
        [[populations]]
        name = "customers"
        customers = 250
        need.rate = 0.5
        inertia = 0
        choice_noise = 0.2
        [[populations]]
        name = "few"
        customers = 20
        agency.concentration = 0.3
        [[firms]]
        name = "incumbent"
        experience = "automatic-execution"
        learning.inertia = 100
        [[firms]]
        name = "entrant"
        experience = "coach-behavior"
        entry = 20
        assortment = 2
        [[firms]]
        name = "single"
        experience = "curated-offering"
        assortment = 1
        [[interventions]]
        period = 0
        set = { "market.friction.request" = 0.4, "populations.few.taste.mean" = [2.0] }
        "#,
    );
}
