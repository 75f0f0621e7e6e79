//! Experience rules in a market: who gets what, and when firms review.

use flywheel::scenario::{
    ExperienceRule, Firm, Intervention, Population, PriceRule, Scenario, Step,
};

use crate::run::{Run, assert_close, assert_within, captive, run, scenario, text};

const RESPOND: &str = "respond-to-desire";
const CURATED: &str = "curated-offering";
const COACH: &str = "coach-behavior";
const AUTOMATIC: &str = "automatic-execution";

fn with_rule(name: &str, experience: ExperienceRule) -> Firm {
    let mut firm = Firm::new(name, "");
    firm.experience = experience;
    firm
}

/// The experience of a firm in a period, by the table `firms`.
fn offered(run: &Run, t: usize, j: usize) -> &str {
    text(&run.records.firms, "experience", t * run.firms + j)
}

/// Periods in which what a firm offers changes, with what it then offers.
fn changes(run: &Run, j: usize) -> Vec<(usize, &str)> {
    let mut changes: Vec<(usize, &str)> = Vec::new();
    for t in 0..run.periods {
        let now = offered(run, t, j);
        if !now.is_empty() && changes.last().is_none_or(|(_, last)| *last != now) {
            changes.push((t, now));
        }
    }
    changes
}

#[test]
fn a_portfolio_offers_each_population_its_own() {
    let mut market = Scenario::new("portfolio");
    for name in ["a", "b", "c"] {
        let mut population = Population::named(name);
        population.customers = 300;
        market.populations.push(population);
    }
    market.simulation.periods = 3;
    market.firms.push(with_rule(
        "portfolio",
        ExperienceRule::Portfolio {
            by_need: Default::default(),
            by_population: [("c", COACH), ("a", RESPOND)]
                .map(|(population, name)| (population.to_owned(), name.to_owned()))
                .into_iter()
                .collect(),
            otherwise: Some(CURATED.to_owned()),
        },
    ));
    let run = run(&market, 0);
    for t in 0..3 {
        let names = [0, 1, 2].map(|s| text(&run.records.periods, "experience", t * 3 + s));
        assert_eq!(names, [RESPOND, CURATED, COACH]);
    }
}

fn step(experience: &str, knowledge: f64, max_agency: f64) -> Step {
    Step {
        experience: experience.to_owned(),
        knowledge,
        max_agency,
        max_stakes: None,
    }
}

#[test]
fn a_graduated_firm_moves_up_as_it_knows_more() {
    let mut market = captive(200, 10, RESPOND);
    market.firms[0].learning.population = false;
    market.firms[0].experience = ExperienceRule::Graduated {
        steps: vec![
            step(RESPOND, 0.0, 1.0),
            step(CURATED, 0.25, 1.0),
            step(COACH, 0.5, 1.0),
        ],
        agency_error: 0.15,
    };
    let run = run(&market, 0);
    // all customers have one transaction a period, so the firm knows all alike
    let initial: f64 = 1.0 / 1.49;
    let mut precision = 0.0;
    for t in 0..10 {
        let known = 1.0 - initial / (precision + initial);
        assert_close(run.period("knowledge", t, 0, 0), known, 1e-5, "knowledge");
        let (expected, noise) = match known {
            k if k >= 0.5 => (COACH, 1.2_f64),
            k if k >= 0.25 => (CURATED, 1.6),
            _ => (RESPOND, 2.0),
        };
        assert_eq!(offered(&run, t, 0), expected, "knowledge {known}");
        precision += 1.0 / (0.16 + noise * noise);
    }
    assert_eq!(changes(&run, 0).len(), 3, "all steps were taken");
}

#[test]
fn who_states_a_wish_for_agency_keeps_it() {
    let mut market = captive(4_000, 1, RESPOND);
    market.populations[0].agency.concentration = 1e10;
    // automatic execution has no friction but f1, responding 0.22 more
    let mut automatic = |agency: f64, error: f64| {
        market.populations[0].agency.mean = agency;
        let mut market = market.clone();
        market.firms[0].experience = ExperienceRule::Graduated {
            steps: vec![step(RESPOND, 0.0, 1.0), step(AUTOMATIC, 0.0, 0.3)],
            agency_error: error,
        };
        (0.27 - run(&market, 0).period("friction", 0, 0, 0)) / 0.22
    };
    assert_close(automatic(0.4, 0.0), 0.0, 1e-5, "all wish for more");
    assert_close(automatic(0.2, 0.0), 1.0, 1e-5, "all wish for less");
    // with an error of 0.1 those get it whose error is below -1 deviation: Phi(-1)
    let p = 0.158_655_254;
    let error = f64::sqrt(p * (1.0 - p) / 4_000.0);
    assert_within(automatic(0.4, 0.1), p, error, "stated with an error");
}

#[test]
fn an_adaptive_firm_reviews_at_entry_and_then_on_schedule() {
    let mut market = scenario(2_000, 60).firm(Firm::new("rival", RESPOND));
    let mut adaptive = with_rule(
        "adaptive",
        ExperienceRule::Adaptive {
            candidates: vec![COACH.to_owned(), CURATED.to_owned(), AUTOMATIC.to_owned()],
            review_every: 7,
            explore: 0.0,
            memory: 0.5,
        },
    );
    adaptive.entry = 10;
    market.firms.push(adaptive);
    let run = run(&market, 0);
    let changes = changes(&run, 1);
    assert_eq!(changes[..3], [(10, COACH), (17, CURATED), (24, AUTOMATIC)]);
    assert!(
        changes.iter().all(|(t, _)| (t - 10) % 7 == 0),
        "{changes:?}"
    );
    // credits as the tables give them: from the fourth review on the best is offered
    let mut credits = [None::<f64>; 3];
    for review in 0..7 {
        let from = 10 + 7 * review;
        let now = offered(&run, from, 1);
        if review >= 3 {
            let best = credits
                .iter()
                .flatten()
                .copied()
                .fold(f64::NEG_INFINITY, f64::max);
            let names = [COACH, CURATED, AUTOMATIC];
            let expected = credits.iter().position(|&credit| credit == Some(best));
            assert_eq!(names.iter().position(|name| *name == now), expected);
        }
        let profit = (from..from + 7)
            .map(|t| run.firm("profit", t, 1))
            .sum::<f64>()
            / 7.0;
        let position = [COACH, CURATED, AUTOMATIC]
            .iter()
            .position(|name| *name == now);
        let credit = &mut credits[position.expect("a candidate")];
        *credit = Some(credit.map_or(profit, |past| 0.5 * past + 0.5 * profit));
    }
}

#[test]
fn an_imitator_offers_what_made_most_profit() {
    let mut dear = Firm::new("dear", AUTOMATIC);
    dear.price = PriceRule::Fixed(5.0);
    let imitator = with_rule(
        "imitator",
        ExperienceRule::Imitate {
            start: COACH.to_owned(),
            review_every: 6,
            explore: 0.0,
        },
    );
    let mut market = scenario(2_000, 30)
        .firm(dear)
        .firm(Firm::new("good", RESPOND))
        .firm(imitator);
    // the imitator can hardly be the best itself
    market.firms[2].price = PriceRule::Fixed(0.12);
    let run = run(&market, 0);
    let profit = |j: usize| -> f64 { (0..6).map(|t| run.firm("profit", t, j)).sum() };
    assert!(profit(1) > profit(0) && profit(1) > profit(2));
    assert_eq!(changes(&run, 2), [(0, COACH), (6, RESPOND)]);
}

#[test]
fn a_new_rule_starts_afresh() {
    let mut market = scenario(1_000, 20).firm(Firm::new("firm", RESPOND));
    let rule: toml::Table = toml::from_str(
        "rule = 'adaptive'\ncandidates = ['coach-behavior', 'curated-offering']\nreview_every = 4",
    )
    .expect("a table");
    market.interventions.push(Intervention {
        period: 9,
        label: String::new(),
        set: [("firms.firm.experience".to_owned(), rule.into())]
            .into_iter()
            .collect(),
    });
    let run = run(&market, 0);
    assert_eq!(
        changes(&run, 0)[..3],
        [(0, RESPOND), (9, COACH), (13, CURATED)]
    );
}
