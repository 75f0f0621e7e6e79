//! What the theory expects, in numbers from an independent implementation of the model.
//!
//! Each number is a mean over 32 replicates of 5,000 customers over 300 periods, given to two digits.
//! Both means have a standard error, known from the spread of our replicates; they may differ by four
//! standard errors of their difference, and by the rounding.

use flywheel::model::Market;
use flywheel::scenario::{ExperienceRule, Firm, Override, Population, Scenario, Step};
use rayon::prelude::*;

const REPLICATES: u32 = 32;

/// The tables of one replicate, reduced to what the patterns are about.
struct Outcome {
    firms: usize,
    /// By period and firm.
    share: Vec<f64>,
    /// Needs fulfilled over needs, by period, populations together.
    coverage: Vec<f64>,
}

impl Outcome {
    fn of(scenario: &Scenario, replicate: u32) -> Self {
        let mut market = Market::new(scenario, replicate).expect("a valid scenario");
        while !market.is_done() {
            market.step();
        }
        let records = market.into_records();
        let populations = scenario.populations.len();
        let by_period = |column: &str| -> Vec<f64> {
            let values = records.market.integers(column).chunks(populations);
            values
                .map(|values| values.iter().sum::<i64>() as f64)
                .collect()
        };
        let (fulfilled, needs) = (by_period("fulfilled"), by_period("needs"));
        Self {
            firms: scenario.firms.len(),
            share: records.firms.numbers("share").to_vec(),
            coverage: fulfilled.iter().zip(needs).map(|(f, n)| f / n).collect(),
        }
    }

    /// A firm's mean share from one period to another.
    fn share(&self, firm: usize, from: usize, to: usize) -> f64 {
        let shares = (from..=to).map(|t| self.share[t * self.firms + firm]);
        shares.sum::<f64>() / (to - from + 1) as f64
    }

    /// A firm's share at the end.
    fn final_share(&self, firm: usize) -> f64 {
        self.share(firm, 295, 299)
    }

    fn coverage(&self, from: usize, to: usize) -> f64 {
        self.coverage[from..=to].iter().sum::<f64>() / (to - from + 1) as f64
    }
}

fn simulate(scenario: &Scenario) -> Vec<Outcome> {
    (0..REPLICATES)
        .into_par_iter()
        .map(|replicate| Outcome::of(scenario, replicate))
        .collect()
}

/// Mean over replicates, and its standard error.
fn mean(outcomes: &[Outcome], quantity: impl Fn(&Outcome) -> f64) -> (f64, f64) {
    let n = outcomes.len() as f64;
    let values: Vec<f64> = outcomes.iter().map(quantity).collect();
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    (mean, (squares / (n - 1.0) / n).sqrt())
}

/// Holds a mean over replicates against the number of the other implementation, which has as many
/// replicates and `digits` digits.
#[track_caller]
fn assert_near(
    outcomes: &[Outcome],
    expected: f64,
    what: &str,
    quantity: impl Fn(&Outcome) -> f64,
) {
    let (mean, error) = mean(outcomes, quantity);
    let bound = 4.0 * error * std::f64::consts::SQRT_2 + 0.005;
    println!("{what}: {mean:.4}, expected {expected} within {bound:.4}");
    assert!(
        (mean - expected).abs() <= bound,
        "{what}: {mean:.4}, expected {expected} within {bound:.4}"
    );
}

fn market(firms: impl IntoIterator<Item = Firm>) -> Scenario {
    let mut scenario = Scenario::new("pattern").population(Population::named("customers"));
    scenario.firms.extend(firms);
    scenario.resolve().expect("a valid scenario")
}

fn with(scenario: &Scenario, overrides: &[&str]) -> Scenario {
    let overrides: Vec<Override> = overrides
        .iter()
        .map(|text| Override::parse(text).expect("a valid override"))
        .collect();
    scenario
        .with_overrides(&overrides)
        .expect("a valid scenario")
}

/// One firm per experience: respond, curated, coach, automatic.
fn four_experiences() -> Scenario {
    market([
        Firm::new("respond", "respond-to-desire"),
        Firm::new("curated", "curated-offering"),
        Firm::new("coach", "coach-behavior"),
        Firm::new("automatic", "automatic-execution"),
    ])
}

const RESPOND: usize = 0;
const CURATED: usize = 1;
const COACH: usize = 2;
const AUTOMATIC: usize = 3;

#[test]
fn respond_to_desire_leads_early_and_knowledge_catches_up() {
    let outcomes = simulate(&four_experiences());
    let early = [0.48, 0.27, 0.17, 0.07];
    let late = [0.30, 0.31, 0.27, 0.12];
    for firm in [RESPOND, CURATED, COACH, AUTOMATIC] {
        assert_near(
            &outcomes,
            early[firm],
            &format!("early share of {firm}"),
            |o| o.share(firm, 95, 100),
        );
        assert_near(
            &outcomes,
            late[firm],
            &format!("late share of {firm}"),
            |o| o.final_share(firm),
        );
    }
}

#[test]
fn automatic_execution_wins_where_customers_delegate() {
    let outcomes = simulate(&with(
        &four_experiences(),
        &[
            "populations.*.agency.mean=0.2",
            "populations.*.mistake_cost=0.05",
        ],
    ));
    assert_near(&outcomes, 0.61, "automatic", |o| o.final_share(AUTOMATIC));
    // before anybody knows a firm, four equal ones and the outside option share the aware
    let attraction = 4.0 * ((0.45 - 0.3) / 0.08_f64).exp();
    let start = 0.6 * attraction / (1.0 + attraction);
    assert_near(&outcomes, start, "coverage at the start", |o| {
        o.coverage(0, 0)
    });
    assert_near(&outcomes, 0.81, "coverage at the end", |o| {
        o.coverage(295, 299)
    });
}

#[test]
fn automatic_execution_loses_where_customers_guard_their_agency() {
    let outcomes = simulate(&with(
        &four_experiences(),
        &[
            "populations.*.agency.mean=0.8",
            "populations.*.mistake_cost=0.6",
        ],
    ));
    let (share, error) = mean(&outcomes, |o| o.final_share(AUTOMATIC));
    assert!(share + 4.0 * error < 0.01, "automatic has {share}");
}

#[test]
fn detecting_needs_grows_a_market_of_unaware_customers() {
    let outcomes = simulate(&with(&four_experiences(), &["populations.*.awareness=0.2"]));
    assert_near(&outcomes, 0.195, "coverage at the start", |o| {
        o.coverage(0, 0)
    });
    assert_near(&outcomes, 0.27, "coverage at the end", |o| {
        o.coverage(295, 299)
    });
    assert_near(&outcomes, 0.25, "coach at the start", |o| {
        o.share(COACH, 0, 0)
    });
    assert_near(&outcomes, 0.38, "coach at the end", |o| {
        o.final_share(COACH)
    });
    assert_near(&outcomes, 0.12, "curated at the end", |o| {
        o.final_share(CURATED)
    });
}

#[test]
fn both_kinds_of_learning_beat_either_and_either_beats_none() {
    let firm = |name: &str, individual, population| {
        let mut firm = Firm::new(name, "curated-offering");
        firm.learning.individual = individual;
        firm.learning.population = population;
        firm
    };
    let outcomes = simulate(&market([
        firm("both", true, true),
        firm("individual", true, false),
        firm("population", false, true),
        firm("none", false, false),
    ]));
    for (firm, expected) in [0.60, 0.25, 0.12, 0.03].into_iter().enumerate() {
        assert_near(&outcomes, expected, &format!("learner {firm}"), |o| {
            o.final_share(firm)
        });
    }
}

#[test]
fn an_incumbent_keeps_its_lead_unless_data_can_leave() {
    let mut entrant = Firm::new("entrant", "curated-offering");
    entrant.entry = 100;
    let latecomer = market([Firm::new("incumbent", "curated-offering"), entrant]);
    for (overrides, expected) in [
        (&[][..], 0.75),
        (&["market.data_portability=1"], 0.52),
        (&["market.data_pooling=true"], 0.71),
    ] {
        let outcomes = simulate(&with(&latecomer, overrides));
        assert_near(
            &outcomes,
            expected,
            &format!("incumbent, {overrides:?}"),
            |o| o.final_share(0),
        );
    }
}

/// Two opposed populations; four firms with one experience each, one with a portfolio, one that graduates.
fn range_of_experiences() -> Scenario {
    let population = |name: &str, agency, mistake_cost| {
        let mut population = Population::named(name);
        population.customers = 2500;
        population.agency.mean = agency;
        population.mistake_cost = mistake_cost;
        population
    };
    let step = |experience: &str, knowledge, max_agency| Step {
        experience: experience.to_owned(),
        knowledge,
        max_agency,
        max_stakes: None,
    };
    let mut scenario = four_experiences();
    scenario.populations = vec![
        population("delegating", 0.2, 0.05),
        population("guarded", 0.8, 0.6),
    ];
    let mut portfolio = Firm::new("portfolio", "");
    portfolio.experience = ExperienceRule::Portfolio {
        by_need: Default::default(),
        by_population: [
            ("delegating", "automatic-execution"),
            ("guarded", "respond-to-desire"),
        ]
        .map(|(population, experience)| (population.to_owned(), experience.to_owned()))
        .into_iter()
        .collect(),
        otherwise: None,
    };
    let mut graduated = Firm::new("graduated", "");
    graduated.experience = ExperienceRule::Graduated {
        steps: vec![
            step("respond-to-desire", 0.0, 1.0),
            step("curated-offering", 0.5, 1.0),
            step("automatic-execution", 0.8, 0.5),
        ],
        agency_error: 0.15,
    };
    scenario.firm(portfolio).firm(graduated)
}

#[test]
fn a_range_of_experiences_beats_any_single_one() {
    let outcomes = simulate(&range_of_experiences());
    assert_near(&outcomes, 0.35, "portfolio", |o| o.final_share(4));
    let best = (RESPOND..=AUTOMATIC)
        .max_by(|&a, &b| {
            let share = |firm| mean(&outcomes, |o| o.final_share(firm)).0;
            share(a).total_cmp(&share(b))
        })
        .expect("four firms");
    assert_near(&outcomes, 0.23, "best single experience", |o| {
        o.final_share(best)
    });
}

#[test]
fn early_luck_sets_identical_firms_apart() {
    let mut firm = Firm::new("firm", "curated-offering");
    firm.count = 4;
    let mut scenario = market([firm]);
    let deviation = |scenario: &Scenario| {
        let outcomes = simulate(scenario);
        let squares = outcomes
            .iter()
            .flat_map(|o| (0..4).map(|firm| (o.final_share(firm) - 0.25).powi(2)));
        (squares.sum::<f64>() / f64::from(4 * REPLICATES)).sqrt()
    };
    let equal = deviation(&scenario);
    scenario.market.equal_start = false;
    let own = deviation(&scenario);
    // three of four shares are free in each replicate, here and there
    let error = own / f64::from(2 * 3 * REPLICATES).sqrt();
    let bound = 4.0 * error * std::f64::consts::SQRT_2 + 0.005;
    assert!(
        (own - 0.06).abs() <= bound,
        "deviation {own}, expected 0.06 within {bound}"
    );
    assert!(
        own > 1.5 * equal,
        "{own} with luck at the start, {equal} without"
    );
}
