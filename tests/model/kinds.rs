//! Kinds of needs: closed forms, and what a firm makes of them.

use flywheel::model::Plan;
use flywheel::scenario::{ExperienceRule, NeedKind, Population, Scenario};
use flywheel::table::Kind;

use crate::everything::{EVERYTHING, load};
use crate::run::{Run, assert_close, assert_within, captive, run, text, value};

fn kind(name: &str, share: f64) -> NeedKind {
    NeedKind {
        name: name.to_owned(),
        share,
        mistake_cost: None,
        agency_cost: None,
        variety: None,
    }
}

/// A quarter of needs is important: mistakes cost more, deciding oneself matters more, and they vary more.
fn routine_and_important() -> Vec<NeedKind> {
    let important = NeedKind {
        mistake_cost: Some(1.5),
        agency_cost: Some(0.6),
        variety: Some(0.9),
        ..kind("important", 1.0)
    };
    let routine = NeedKind {
        mistake_cost: Some(0.02),
        ..kind("routine", 3.0)
    };
    vec![routine, important]
}

fn portfolio(routine: &str, important: &str) -> ExperienceRule {
    ExperienceRule::Portfolio {
        by_need: [("routine", routine), ("important", important)]
            .map(|(kind, experience)| (kind.to_owned(), experience.to_owned()))
            .into(),
        by_population: Default::default(),
        otherwise: None,
    }
}

/// A number of the table `kinds` in a market with one population and two kinds.
fn of_kind(run: &Run, column: &str, t: usize, j: usize, n: usize) -> f64 {
    value(&run.records.kinds, column, 2 * (t * run.firms + j) + n)
}

#[test]
fn kinds_come_in_their_shares() {
    let mut scenario = captive(4_000, 10, "curated-offering");
    scenario.populations[0].need.kinds = vec![kind("a", 1.0), kind("b", 2.0), kind("c", 5.0)];
    let run = run(&scenario, 0);
    let counts = run.records.kinds.integers("transactions").chunks(3);
    let mut total = [0.0; 3];
    counts.for_each(|three| (0..3).for_each(|n| total[n] += three[n] as f64));
    let all: f64 = total.iter().sum();
    assert_eq!(all, 40_000.0);
    for (count, share) in total.into_iter().zip([0.125, 0.25, 0.625]) {
        assert_within(
            count / all,
            share,
            (share * (1.0 - share) / all).sqrt(),
            "a share",
        );
    }
}

#[test]
fn kinds_of_false_alarms_come_in_their_shares_and_cost_what_is_at_stake() {
    let mut scenario = captive(20_000, 2, "coach-behavior");
    scenario.populations[0].need.kinds = routine_and_important();
    scenario.populations[0].agency.concentration = 1e6;
    let everyone = crate::run::set(1, "populations.customers.need.rate", 0.0);
    scenario.interventions.push(everyone);
    for (_, experience) in &mut scenario.experiences {
        experience.false_alarm = 1.0;
    }
    let run = run(&scenario, 0);
    let [routine, important] = [0, 1].map(|n| of_kind(&run, "false_alarms", 1, 0, n));
    let all = routine + important;
    assert!(all > 5_000.0);
    assert_within(
        important / all,
        0.25,
        (0.25 * 0.75 / all).sqrt(),
        "important alarms",
    );
    // half control, preference for agency one half: -0.5 (A / 2 + G)
    let suffered = -0.5 * (routine * (0.15 + 0.02) + important * (0.3 + 1.5));
    assert_close(
        run.period("consumer_surplus", 1, 0, 0),
        suffered,
        1e-3,
        "surplus",
    );
}

#[test]
fn equal_kinds_are_no_kinds() {
    let plain = load(EVERYTHING);
    let mut equal = plain.clone();
    for population in &mut equal.populations {
        population.need.kinds = vec![kind("a", 0.3), kind("b", 0.5)];
    }
    let [plain, equal] = [run(&plain, 0), run(&equal, 0)];
    let tables = [&plain, &equal].map(|run| &run.records.periods);
    let columns = tables[0].definition().columns;
    for row in 0..tables[0].rows() {
        let [one, other] = tables.map(|table| text(table, "experience", row));
        assert_eq!(one, other, "row {row}");
        for column in columns.iter().filter(|column| column.kind != Kind::Text) {
            // sums are taken kind by kind, which is all that differs
            let [one, other] = tables.map(|table| value(table, column.name, row));
            assert_close(other, one, 1e-5, column.name);
        }
    }
}

/// Mean fit, willingness to pay and cost per transaction, by kind or by population, over replicates: mean and
/// standard error.
fn means(scenario: &Scenario, of: impl Fn(&Run, &str, usize) -> f64) -> Vec<(f64, f64)> {
    const REPLICATES: u32 = 40;
    let plan = Plan::new(scenario).expect("a valid scenario");
    let runs: Vec<Run> = (0..REPLICATES)
        .map(|replicate| crate::run::finish(scenario, plan.market(replicate)))
        .collect();
    let mut found = Vec::new();
    for which in 0..2 {
        for column in ["fit", "wtp", "cost"] {
            let values: Vec<f64> = runs.iter().map(|run| of(run, column, which)).collect();
            let n = values.len() as f64;
            let mean = values.iter().sum::<f64>() / n;
            let variance = values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0);
            found.push((mean, (variance / n).sqrt()));
        }
    }
    found
}

#[test]
fn two_kinds_are_two_populations_where_nobody_learns_or_chooses() {
    // all products scatter about the mean taste, whichever population they were meant for
    for experience in [
        "automatic-execution",
        "curated-offering",
        "respond-to-desire",
    ] {
        let mut kinds = captive(600, 2, experience);
        let firm = &mut kinds.firms[0];
        firm.learning.individual = false;
        firm.learning.population = false;
        firm.learning.prior_sd = 1e-6;
        let mut populations = kinds.clone();
        kinds.populations[0].need.kinds = routine_and_important();
        let [routine, important] = &kinds.populations[0].need.kinds[..] else {
            panic!("two kinds");
        };
        let of_kind_alone = |kind: &NeedKind| {
            let mut one = Population {
                name: kind.name.clone(),
                customers: 300,
                ..populations.populations[0].clone()
            };
            one.mistake_cost = kind.mistake_cost.unwrap_or(one.mistake_cost);
            one.agency.cost = kind.agency_cost.unwrap_or(one.agency.cost);
            one.need.variety = kind.variety.unwrap_or(one.need.variety);
            one
        };
        populations.populations = vec![of_kind_alone(routine), of_kind_alone(important)];
        let one = means(&kinds, |run, column, n| of_kind(run, column, 1, 0, n));
        let two = means(&populations, |run, column, s| run.period(column, 1, 0, s));
        for ((kind, error), (population, other)) in one.into_iter().zip(two) {
            assert_within(kind, population, error.hypot(other), experience);
        }
    }
}

#[test]
fn what_each_kind_teaches_adds_up_in_knowledge() {
    // a firm that knows nothing across customers: after t needs, of which b were important, the precision is b of the
    // one kind of observation and t - b of the other, and b is binomial
    const CUSTOMERS: u32 = 4_000;
    let mut scenario = captive(CUSTOMERS, 7, "curated-offering");
    scenario.populations[0].need.kinds = routine_and_important();
    scenario.firms[0].learning.population = false;
    let run = run(&scenario, 0);
    let (noise, q) = (1.6_f64, 0.25_f64);
    let uncertainty = 1.0 + 0.7_f64.powi(2);
    let precision = |variety: f64| 1.0 / (variety.powi(2) + noise.powi(2));
    for t in 0..7_i32 {
        let (mut chance, mut mean, mut square) = ((1.0 - q).powi(t), 0.0, 0.0);
        for b in 0..=t {
            let known = f64::from(b) * precision(0.9) + f64::from(t - b) * precision(0.4);
            let k = 1.0 - 1.0 / (known * uncertainty + 1.0);
            mean += chance * k;
            square += chance * k * k;
            chance *= q / (1.0 - q) * f64::from(t - b) / f64::from(b + 1);
        }
        let error = ((square - mean * mean).max(0.0) / f64::from(CUSTOMERS)).sqrt();
        let found = run.period("knowledge", t as usize, 0, 0);
        assert_within(found, mean, error + 1e-6, "knowledge");
    }
}

#[test]
fn a_portfolio_serves_each_kind_as_it_says() {
    let mut scenario = captive(500, 4, "coach-behavior");
    scenario.populations[0].need.kinds = routine_and_important();
    scenario.firms[0].experience = portfolio("automatic-execution", "curated-offering");
    scenario.firms[0].range_cost = 7.0;
    let run = run(&scenario, 0);
    for t in 0..4 {
        let experience = |n: usize| text(&run.records.kinds, "experience", 2 * t + n);
        assert_eq!(
            [0, 1].map(experience),
            ["automatic-execution", "curated-offering"]
        );
        let of_both = |column| of_kind(&run, column, t, 0, 0) + of_kind(&run, column, t, 0, 1);
        assert_eq!(of_both("transactions"), run.period("transactions", t, 0, 0));
        // one experience beyond the first
        let profit = run.period("profit", t, 0, 0) - run.firm("profit", t, 0);
        assert_close(profit, 7.0, 1e-9, "the cost of a range");
    }
}

#[test]
fn the_same_experience_twice_is_no_range() {
    let mut scenario = captive(50, 2, "coach-behavior");
    scenario.populations[0].need.kinds = routine_and_important();
    scenario.firms[0].experience = portfolio("curated-offering", "curated-offering");
    scenario.firms[0].range_cost = 7.0;
    let run = run(&scenario, 0);
    assert_eq!(run.period("profit", 1, 0, 0), run.firm("profit", 1, 0));
}

#[test]
fn stakes_keep_a_customer_on_a_lower_step() {
    let mut scenario = captive(500, 4, "coach-behavior");
    scenario.populations[0].need.kinds = routine_and_important();
    let step = |experience: &str, max_stakes| flywheel::scenario::Step {
        experience: experience.to_owned(),
        knowledge: 0.0,
        max_agency: 1.0,
        max_stakes,
    };
    scenario.firms[0].experience = ExperienceRule::Graduated {
        steps: vec![
            step("curated-offering", None),
            // met at its limit
            step("automatic-execution", Some(0.02)),
        ],
        agency_error: 0.0,
    };
    let run = run(&scenario, 0);
    let experience = |n: usize| text(&run.records.kinds, "experience", n);
    assert_eq!(
        [0, 1].map(experience),
        ["automatic-execution", "curated-offering"]
    );
}

#[test]
fn without_kinds_there_is_no_table_of_them() {
    let run = run(&captive(50, 2, "coach-behavior"), 0);
    assert_eq!(run.records.kinds.rows(), 0);
}
