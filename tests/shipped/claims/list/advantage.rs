//! Claims h to k: whether a lead grows, for whom an experience is best, and what data are worth to rivals.

use std::ops::Range;

use super::POINTS;
use crate::claims::claim::{Claim, Effect, Limit, Markets, Unit};
use crate::claims::run::Run;

pub fn claims() -> [Claim; 4] {
    [compounding(), delegation(), range(), portability()]
}

/// In the terms of section 8 of the model, with A(n) the value that the head start adds within n
/// periods: amplification over sixty periods is A(60) / A(10), and it is more than linear where
/// A(60) is more than six times A(10).
fn compounding() -> Claim {
    const START: usize = 10;
    const VALUE_ADDED: Unit = Unit {
        factor: 1.0,
        decimals: 1,
        name: "in value",
    };
    /// Value that the firm created within some periods of the head start.
    fn created(run: &Run, periods: usize) -> f64 {
        let firm = run.firm("ahead").during(START..START + periods);
        firm.total("value_created", "transactions")
    }
    let ahead = (1, 0);
    Claim {
        name: "h-compounding",
        markets: Markets::HeadStart {
            firm: "ahead",
            period: START as u32,
            observations: 2.0,
        },
        effects: vec![
            Effect::between(
                "value that the head start adds in the first ten periods",
                VALUE_ADDED,
                ahead,
                |run| created(run, 10),
            ),
            Effect::between(
                "value that it adds in sixty periods less six times that of the first ten",
                VALUE_ADDED,
                ahead,
                |run| created(run, 60) - 6.0 * created(run, 10),
            ),
        ],
        limits: vec![
            Limit {
                effect: 1,
                margin: 0.0,
                parameter: "the part of the customers who are replaced in a period (`turnover`)",
                given: "",
                settings: |x| vec![format!("populations.*.turnover={x}")],
                from: 0,
                to: 100,
                per: 1000,
            },
            Limit {
                effect: 1,
                margin: 0.0,
                parameter: "how much tastes change in a period (`taste.drift`, 1 is anew in each)",
                given: "",
                settings: |x| vec![format!("populations.*.taste.drift={x}")],
                from: 0,
                to: 50,
                per: 100,
            },
            Limit {
                effect: 1,
                margin: 0.0,
                parameter: "how little customers go by value when they choose (`choice_noise`)",
                given: "",
                settings: |x| vec![format!("populations.*.choice_noise={x}")],
                from: 80,
                to: 400,
                per: 1000,
            },
        ],
    }
}

/// The last fifty periods of claim i.
const LATE: Range<usize> = 100..150;

/// Share of automatic execution among a population, less that of the best of the others.
fn lead_of_automatic(run: &Run, population: &str) -> f64 {
    let share = |firm| run.firm(firm).with(population).during(LATE).share();
    share("automatic") - best(["respond", "curated", "coach"].map(share))
}

fn best<const N: usize>(values: [f64; N]) -> f64 {
    values.into_iter().fold(f64::NEG_INFINITY, f64::max)
}

fn delegation() -> Claim {
    Claim {
        name: "i-delegation",
        markets: Markets::Points,
        effects: vec![
            Effect::within(
                "share of automatic execution less the best other, among those who delegate",
                POINTS,
                0,
                |run| lead_of_automatic(run, "delegating"),
            ),
            Effect::within(
                "share of the best other less automatic execution, among those who guard",
                POINTS,
                0,
                |run| -lead_of_automatic(run, "guarded"),
            ),
        ],
        limits: vec![
            Limit {
                effect: 0,
                margin: 0.0,
                parameter: "the agency that they prefer (`populations.delegating.agency.mean`)",
                given: "",
                settings: |x| vec![format!("populations.delegating.agency.mean={x}")],
                from: 20,
                to: 80,
                per: 100,
            },
            Limit {
                effect: 0,
                margin: 0.0,
                parameter: "what a mistake costs them (`populations.delegating.mistake_cost`)",
                given: "",
                settings: |x| vec![format!("populations.delegating.mistake_cost={x}")],
                from: 5,
                to: 60,
                per: 100,
            },
            Limit {
                effect: 1,
                margin: 0.0,
                parameter: "the agency that they prefer (`populations.guarded.agency.mean`)",
                given: "where mistakes cost them as little as the others, `mistake_cost` 0.05",
                settings: |x| {
                    vec![
                        format!("populations.guarded.agency.mean={x}"),
                        "populations.guarded.mistake_cost=0.05".to_owned(),
                    ]
                },
                from: 80,
                to: 20,
                per: 100,
            },
        ],
    }
}

const SINGLE: [&str; 4] = ["respond", "curated", "coach", "automatic"];

fn range() -> Claim {
    Claim {
        name: "j-range",
        markets: Markets::Points,
        effects: vec![
            Effect::within(
                "share of the range less the best single",
                POINTS,
                0,
                |run| {
                    let share = |firm| run.firm(firm).during(200..250).share();
                    share("portfolio") - best(SINGLE.map(share))
                },
            ),
            Effect::within(
                "cumulative profit of the range less the best single",
                Unit {
                    factor: 1.0,
                    decimals: 0,
                    name: "in value",
                },
                0,
                |run| {
                    let profit = |firm| run.cumulative_profit(firm);
                    profit("portfolio") - best(SINGLE.map(profit))
                },
            ),
        ],
        limits: vec![
            Limit {
                effect: 0,
                margin: 0.0,
                parameter: "how much the two halves of the customers differ (1: as in the scenario, 0: not at all)",
                given: "",
                settings: differing_by,
                from: 100,
                to: 0,
                per: 100,
            },
            Limit {
                effect: 1,
                margin: 0.0,
                parameter: "what the second experience costs per period (`range_cost`)",
                given: "",
                settings: |x| vec![format!("firms.portfolio.range_cost={x}")],
                from: 0,
                to: 100,
                per: 10,
            },
        ],
    }
}

/// Customers whose preferred agency and mistake cost are this part of the way from their middle to
/// where the scenario has them.
fn differing_by(part: f64) -> Vec<String> {
    let halves = [("delegating", -1.0), ("guarded", 1.0)];
    let settings = halves.into_iter().flat_map(|(name, side)| {
        [
            ("agency.mean", 0.5 + side * part * 0.3),
            ("mistake_cost", 0.325 + side * part * 0.275),
        ]
        .map(|(key, value)| format!("populations.{name}.{key}={value}"))
    });
    settings.collect()
}

fn portability() -> Claim {
    const APART: usize = 0;
    const PORTABLE: usize = 1;
    const POOLED: usize = 2;
    /// Share of the incumbent less that of the latecomer.
    fn lead(run: &Run) -> f64 {
        let share = |firm| run.firm(firm).during(130..150).share();
        share("incumbent") - share("latecomer")
    }
    Claim {
        name: "k-portability",
        markets: Markets::Points,
        effects: vec![
            Effect::within("lead in share without either", POINTS, APART, lead),
            Effect::between(
                "how much portability takes from it",
                POINTS,
                (APART, PORTABLE),
                lead,
            ),
            Effect::between(
                "how much pooling takes from it",
                POINTS,
                (APART, POOLED),
                lead,
            ),
        ],
        limits: vec![
            Limit {
                effect: 1,
                margin: 0.05,
                parameter: "customers who let firms keep data about them (`data_sharing`)",
                given: "",
                settings: |x| vec![format!("populations.*.data_sharing={x}")],
                from: 100,
                to: 0,
                per: 100,
            },
            Limit {
                effect: 2,
                margin: 0.0,
                parameter: "how far firms' first guesses are off (`learning.prior_sd`)",
                given: "",
                settings: |x| vec![format!("firms.*.learning.prior_sd={x}")],
                from: 100,
                to: 5,
                per: 100,
            },
        ],
    }
}
