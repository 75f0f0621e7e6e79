//! What markets cost that the plain loop does not have, as parts of the plain market's speed.

use std::fmt::Write as _;

use flywheel::model::{HeadStart, InstructionSet, Perturbation, Plan};
use flywheel::scenario::{NeedKind, Scenario};

use crate::cases::Feature;
use crate::measure::{Run, engine};
use crate::sheet::{Scale, head};

/// The plain market with something on top, and in how many worlds it lives.
struct Market {
    name: &'static str,
    plan: Plan,
    worlds: u32,
}

fn perturbed(scenario: &Scenario, worlds: bool) -> Plan {
    let plan = Plan::new(scenario).expect("a sound scenario");
    let firm = &scenario.firms[2].name;
    let of = Perturbation::of(firm, 0);
    if worlds {
        plan.with_worlds(firm, 0, HeadStart::Observations(1.0))
    } else {
        // as the analysis of the loop pushes
        let (fit, wtp, taught_twice) = (0.02, 0.01, 0.1);
        plan.with_perturbation(Perturbation {
            fit,
            wtp,
            taught_twice,
            ..of
        })
    }
    .expect("a firm of the scenario")
}

fn markets(customers: u32, periods: u32) -> Vec<Market> {
    let plain = Feature::Plain.scenario(customers, periods, 1);
    let kinds = |number: usize| {
        let mut scenario = plain.clone();
        let names = ["daily", "weekly", "yearly"];
        let kind = |name: &&str| NeedKind {
            name: (*name).to_owned(),
            share: 1.0,
            mistake_cost: None,
            agency_cost: None,
            variety: None,
        };
        scenario.populations[0].need.kinds = names[..number].iter().map(kind).collect();
        scenario
    };
    let market = |name, plan, worlds| Market { name, plan, worlds };
    let plan = |scenario: &Scenario| Plan::new(scenario).expect("a sound scenario");
    vec![
        market("plain", plan(&plain), 1),
        market("perturbed", perturbed(&plain, false), 1),
        market("three worlds", perturbed(&plain, true), 3),
        market("two kinds of needs", plan(&kinds(2)), 1),
        market("three kinds of needs", plan(&kinds(3)), 1),
    ]
}

/// All of them in turns; a need counts in each world.
pub fn measure(scale: Scale) -> String {
    let set = InstructionSet::preferred();
    let mut out = head(&["market", "5,000", "less", "100,000", "less"]);
    let sizes = [(5_000, 300, 25), (100_000, 40, 9)];
    let columns = sizes.map(|(customers, periods, rounds)| {
        let markets = markets(customers, periods);
        let mut best: Vec<Option<Run>> = vec![None; markets.len()];
        for _ in 0..scale.rounds(rounds) {
            for (best, market) in best.iter_mut().zip(&markets) {
                let mut run = engine(&market.plan, set);
                run.needs *= f64::from(market.worlds);
                *best = Some(run.or_faster(*best));
            }
        }
        let speed = |run: &Option<Run>| run.map_or(f64::NAN, Run::speed);
        best.iter().map(speed).collect::<Vec<f64>>()
    });
    for (n, market) in markets(60, 1).iter().enumerate() {
        let _ = write!(out, "| {} |", market.name);
        for speeds in &columns {
            let less = 100.0 * (1.0 - speeds[n] / speeds[0]);
            let _ = write!(out, " {:.1} | {less:.0} % |", speeds[n]);
        }
        out.push('\n');
    }
    format!(
        "Millions of needs per second with {}, and how much less than the plain market's:\n\n{out}",
        set.name()
    )
}
