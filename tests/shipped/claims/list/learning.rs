//! Claims d and e: what interactions teach, and what better fit is worth.

use super::VALUE;
use crate::claims::claim::{Claim, Effect, Limit, Markets, Unit};
use crate::claims::run::Run;

const FIT: Unit = Unit {
    factor: 1.0,
    decimals: 3,
    name: "in fit, which is 0 to 1",
};

pub fn claims() -> [Claim; 2] {
    [learning(), better_fit()]
}

fn learning() -> Claim {
    // the last axis of the sweep varies fastest
    const NEITHER: usize = 0;
    const POPULATION: usize = 1;
    const BOTH: usize = 3;
    Claim {
        name: "d-learning",
        markets: Markets::Points,
        effects: vec![
            Effect::between(
                "fit of customers with a history, if it is used less if not",
                FIT,
                (BOTH, POPULATION),
                |run| run.firm("firm").during(50..100).repeat_fit(),
            ),
            Effect::between(
                "rise of newcomers' fit, with learning across customers less without",
                FIT,
                (POPULATION, NEITHER),
                |run: &Run| {
                    let firm = run.firm("firm");
                    firm.clone().during(80..100).first_fit() - firm.during(0..10).first_fit()
                },
            ),
        ],
        limits: vec![
            Limit {
                effect: 0,
                margin: 0.0,
                parameter: "how much tastes change in a period (`taste.drift`, 1 is anew in each)",
                given: "where firms start with a good guess, `learning.prior_sd` 0.2",
                settings: |x| {
                    vec![
                        "firms.*.learning.prior_sd=0.2".to_owned(),
                        format!("populations.*.taste.drift={x}"),
                    ]
                },
                from: 0,
                to: 100,
                per: 100,
            },
            Limit {
                effect: 1,
                margin: 0.0,
                parameter: "how little an interaction reveals (`signal_noise`)",
                given: "where firms start with a good guess, `learning.prior_sd` 0.1",
                settings: |x| {
                    vec![
                        "firms.*.learning.prior_sd=0.1".to_owned(),
                        format!("experiences.curated-offering.signal_noise={x}"),
                    ]
                },
                from: 5,
                to: 85,
                per: 10,
            },
        ],
    }
}

fn better_fit() -> Claim {
    /// Mean per transaction in the second half of the periods.
    fn later(run: &Run, column: &str) -> f64 {
        run.firm("firm").during(50..100).mean(column)
    }
    const WITHOUT: usize = 0;
    const WITH: usize = 1;
    let learning = (WITH, WITHOUT);
    Claim {
        name: "e-better-fit",
        markets: Markets::Points,
        effects: vec![
            Effect::between("fit with learning less without", FIT, learning, |run| {
                later(run, "fit")
            }),
            Effect::between(
                "willingness to pay with learning less without",
                VALUE,
                learning,
                |run| later(run, "wtp"),
            ),
            Effect::between("cost saved by learning", VALUE, (WITHOUT, WITH), |run| {
                later(run, "cost")
            }),
        ],
        limits: vec![
            Limit {
                effect: 1,
                margin: 0.0,
                parameter: "what it costs customers when a firm decides (`agency.cost`)",
                given: "if the firm executes automatically for customers whom it knows by 0.6 or more",
                settings: |x| {
                    let graduated = "firms.firm.experience={ rule = \"graduated\", steps = [\
                         { experience = \"curated-offering\" }, \
                         { experience = \"automatic-execution\", knowledge = 0.6 }] }";
                    vec![
                        graduated.to_owned(),
                        format!("populations.*.agency.cost={x}"),
                    ]
                },
                from: 0,
                to: 160,
                per: 100,
            },
            Limit {
                effect: 1,
                margin: 0.0,
                parameter: "what it costs customers when a firm decides (`agency.cost`)",
                given: "with a curated offering throughout",
                settings: |x| vec![format!("populations.*.agency.cost={x}")],
                from: 0,
                to: 160,
                per: 100,
            },
            Limit {
                effect: 2,
                margin: 0.0,
                parameter: "the part of its cost that a firm saves by perfect fit (`efficiency_gain`)",
                given: "",
                settings: |x| vec![format!("firms.*.efficiency_gain={x}")],
                from: 100,
                to: 10,
                per: 100,
            },
        ],
    }
}
