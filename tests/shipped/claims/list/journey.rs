//! Claims a to c: what experiences do along the customer's journey.

use super::{POINTS, VALUE};
use crate::claims::claim::{Claim, Effect, Limit, Markets};
use crate::claims::run::Run;

/// The second half of the periods: experiences that live on knowledge have some by then.
const LATER: std::ops::Range<usize> = 50..100;

pub fn claims() -> [Claim; 3] {
    [awareness(), coaching(), shortest_journey()]
}

/// Needs that end in a transaction, as a part of all.
fn served(run: &Run) -> f64 {
    run.part_of_needs("fulfilled", LATER)
}

fn awareness() -> Claim {
    const RESPOND: usize = 0;
    const CURATED: usize = 1;
    const COACH: usize = 2;
    Claim {
        name: "a-awareness",
        markets: Markets::Points,
        effects: vec![
            Effect::within(
                "needs noticed less needs served by responding",
                POINTS,
                RESPOND,
                |run| run.noticed() - served(run),
            ),
            Effect::within(
                "needs noticed less needs served by curating",
                POINTS,
                CURATED,
                |run| run.noticed() - served(run),
            ),
            Effect::within(
                "needs served by coaching less needs noticed",
                POINTS,
                COACH,
                |run| served(run) - run.noticed(),
            ),
            Effect::between(
                "needs served by coaching less those by curating",
                POINTS,
                (COACH, CURATED),
                served,
            ),
        ],
        limits: vec![Limit {
            effect: 3,
            margin: 0.0,
            parameter: "the part of needs that customers notice (`awareness`)",
            given: "",
            settings: |x| vec![format!("populations.*.awareness={x}")],
            from: 20,
            to: 100,
            per: 100,
        }],
    }
}

fn coaching() -> Claim {
    Claim {
        name: "b-coaching",
        markets: Markets::Points,
        effects: vec![Effect::between(
            "needs recognized with the coach less without",
            POINTS,
            (1, 0),
            |run| run.part_of_needs("recognized", LATER),
        )],
        limits: vec![Limit {
            effect: 0,
            margin: 0.01,
            parameter: "what it costs customers when a firm decides (`agency.cost`)",
            given: "",
            settings: |x| vec![format!("populations.*.agency.cost={x}")],
            from: 30,
            to: 150,
            per: 100,
        }],
    }
}

fn shortest_journey() -> Claim {
    Claim {
        name: "c-shortest-journey",
        markets: Markets::Points,
        effects: vec![
            Effect::within(
                "least friction of the other three less that of automatic execution",
                VALUE,
                0,
                |run| {
                    let friction = |firm| run.firm(firm).during(LATER).mean("friction");
                    let others = ["respond", "curated", "coach"].map(friction);
                    others.into_iter().fold(f64::INFINITY, f64::min) - friction("automatic")
                },
            ),
            Effect::between(
                "needs served if automatic execution may act first less if not",
                POINTS,
                (0, 1),
                served,
            ),
        ],
        limits: vec![
            Limit {
                effect: 0,
                margin: 0.0,
                parameter: "the friction of requesting and of responding (`friction.request`, `friction.respond`)",
                given: "where customers guard their decisions, `agency.mean` 0.7",
                settings: |x| {
                    vec![
                        "populations.*.agency.mean=0.7".to_owned(),
                        format!("market.friction.request={x}"),
                        format!("market.friction.respond={x}"),
                    ]
                },
                from: 200,
                to: 0,
                per: 1000,
            },
            Limit {
                effect: 1,
                margin: 0.01,
                parameter: "the agency that customers prefer (`agency.mean`)",
                given: "",
                settings: |x| vec![format!("populations.*.agency.mean={x}")],
                from: 30,
                to: 90,
                per: 100,
            },
        ],
    }
}
