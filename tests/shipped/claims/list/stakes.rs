//! Claim l: whether what is at stake in a need should decide how it is served.

use super::POINTS;
use crate::claims::claim::{Claim, Effect, Limit, Markets, Unit};

const SINGLE: [&str; 4] = ["respond", "curated", "coach", "automatic"];

pub fn claims() -> [Claim; 1] {
    [stakes()]
}

fn stakes() -> Claim {
    /// What is better than the best single experience by a figure of firms.
    fn lead(figure: impl Fn(&str) -> f64) -> f64 {
        let best = SINGLE.iter().map(|firm| figure(firm));
        figure("by-stakes") - best.fold(f64::NEG_INFINITY, f64::max)
    }
    let routine = |from, to| Limit {
        effect: 0,
        margin: 0.0,
        parameter: "the part of the needs that are refills (`need.kinds.refill.share`)",
        given: "",
        settings: |part| {
            let [refill, choice] = ["refill", "choice"]
                .map(|kind| format!("populations.households.need.kinds.{kind}.share"));
            vec![
                format!("{refill}={part}"),
                format!("{choice}={}", 1.0 - part),
            ]
        },
        from,
        to,
        per: 100,
    };
    Claim {
        name: "l-stakes",
        markets: Markets::Points,
        effects: vec![
            Effect::within(
                "share of the firm that lets the stakes decide less the best single",
                POINTS,
                0,
                |run| lead(|firm| run.firm(firm).during(200..250).share()),
            ),
            Effect::within(
                "cumulative profit of that firm less the best single",
                Unit {
                    factor: 1.0,
                    decimals: 0,
                    name: "in value",
                },
                0,
                |run| lead(|firm| run.cumulative_profit(firm)),
            ),
        ],
        limits: vec![
            routine(75, 1),
            routine(75, 99),
            Limit {
                effect: 0,
                margin: 0.0,
                parameter: "what a mistake costs in a refill (`need.kinds.refill.mistake_cost`)",
                given: "",
                settings: |x| {
                    vec![format!(
                        "populations.households.need.kinds.refill.mistake_cost={x}"
                    )]
                },
                from: 5,
                to: 80,
                per: 100,
            },
            Limit {
                effect: 1,
                margin: 0.0,
                parameter: "what the second experience costs per period (`range_cost`)",
                given: "",
                settings: |x| vec![format!("firms.by-stakes.range_cost={x}")],
                from: 0,
                to: 200,
                per: 10,
            },
        ],
    }
}
