//! Claims f and g: what customers do when a firm gives them more value.

use crate::claims::claim::{Claim, Effect, Limit, Markets, Unit};

/// The period in which the focal firm's experience gets better.
const CHANGE: usize = 60;

/// The periods in which the customers' answer is measured.
const AFTER: std::ops::Range<usize> = CHANGE..80;

/// Without the improvement, and with it.
const WITHOUT: usize = 0;
const WITH: usize = 1;

pub fn claims() -> [Claim; 2] {
    [loyalty(), newcomers()]
}

fn loyalty() -> Claim {
    Claim {
        name: "f-loyalty",
        markets: Markets::Interventions,
        effects: vec![Effect::between(
            "repeat purchases with more value less without",
            Unit {
                factor: 100.0,
                decimals: 2,
                name: "a period per 100 customers",
            },
            (WITH, WITHOUT),
            |run| {
                let repeats = run.firm("focal").during(AFTER).repeats();
                repeats / AFTER.len() as f64 / run.home_customers("focal", CHANGE - 1)
            },
        )],
        limits: vec![Limit {
            effect: 0,
            margin: 0.0,
            parameter: "the part of the value that the firm's price takes (`price.share`)",
            given: "if the price follows value",
            settings: |x| vec![value_share(x)],
            from: 0,
            to: 100,
            per: 100,
        }],
    }
}

fn newcomers() -> Claim {
    Claim {
        name: "g-newcomers",
        markets: Markets::Interventions,
        effects: vec![Effect::between(
            "new customers with more value less without",
            Unit {
                factor: 1.0,
                decimals: 2,
                name: "a period",
            },
            (WITH, WITHOUT),
            |run| run.firm("focal").during(AFTER).count("first_time") / AFTER.len() as f64,
        )],
        limits: vec![Limit {
            effect: 0,
            margin: 0.0,
            parameter: "how fast reputations follow what customers experience (`reputation.speed`)",
            given: "if the price follows value and takes half of it",
            settings: |x| vec![value_share(0.5), format!("market.reputation.speed={x}")],
            from: 200,
            to: 0,
            per: 1000,
        }],
    }
}

/// A price of the focal firm that follows the value that it creates.
fn value_share(share: f64) -> String {
    format!("firms.focal.price={{ rule = \"value-share\", share = {share} }}")
}
