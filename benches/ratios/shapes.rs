//! How the time per need grows with what a market consists of besides customers.

use std::fmt::Write as _;

use flywheel::model::{InstructionSet, Plan};
use flywheel::scenario::{Firm, Scenario};

use crate::cases::Feature;
use crate::measure::{Run, engine};
use crate::sheet::{Scale, head};

/// A name, what makes a market have so many of it, and how many.
type Shape = (&'static str, fn(&mut Scenario, u32), &'static [u32]);

/// What there is more of.
const SHAPES: [Shape; 4] = [
    ("taste dimensions", set_dimensions, &[1, 2, 3, 4, 8]),
    ("products per firm", set_products, &[6, 12, 48, 192]),
    ("firms", set_firms, &[2, 4, 16, 64]),
    ("populations", set_populations, &[1, 2, 4, 8]),
];

fn set_dimensions(scenario: &mut Scenario, number: u32) {
    scenario.market.taste_dimensions = number as usize;
}

fn set_products(scenario: &mut Scenario, number: u32) {
    (scenario.firms.iter_mut()).for_each(|it| it.assortment = number);
}

/// The four experiences in turn.
fn set_firms(scenario: &mut Scenario, number: u32) {
    let four = std::mem::take(&mut scenario.firms);
    let firm = |(n, firm): (u32, &Firm)| Firm {
        name: format!("firm-{n}"),
        ..firm.clone()
    };
    scenario.firms = (0..number).zip(four.iter().cycle()).map(firm).collect();
}

/// As many customers as before, shared out.
fn set_populations(scenario: &mut Scenario, number: u32) {
    let mut one = scenario.populations.remove(0);
    one.customers /= number;
    for n in 0..number {
        let mut own = one.clone();
        own.name = format!("part-{n}");
        scenario.populations.push(own);
    }
}

/// Each number in turns with the others of its shape, with 5,000 customers.
pub fn measure(scale: Scale) -> String {
    let set = InstructionSet::preferred();
    let mut out = head(&["of what", "how many: nanoseconds per need"]);
    for (name, change, numbers) in SHAPES {
        let plans: Vec<Plan> = (numbers.iter())
            .map(|&number| {
                let mut scenario = Feature::Plain.scenario(5_000, 100, 1);
                change(&mut scenario, number);
                Plan::new(&scenario).expect("a sound scenario")
            })
            .collect();
        let mut best: Vec<Option<Run>> = vec![None; plans.len()];
        for _ in 0..scale.rounds(15) {
            for (best, plan) in best.iter_mut().zip(&plans) {
                *best = Some(engine(plan, set).or_faster(*best));
            }
        }
        let told = numbers.iter().zip(best);
        let told =
            told.map(|(number, run)| format!("{number}: {:.0}", run.map_or(f64::NAN, Run::need)));
        let _ = writeln!(out, "| {name} | {} |", told.collect::<Vec<_>>().join(", "));
    }
    let replicates = [1, 10, 100].map(|number| {
        let plan = Plan::new(&Feature::Plain.scenario(5_000, 100, 1)).expect("a sound scenario");
        let (mut needs, mut seconds) = (0.0, 0.0);
        for _ in 0..number {
            let run = engine(&plan, set);
            needs += run.needs;
            seconds += run.creation + run.life;
        }
        format!("{number}: {:.0}", seconds / needs * 1e9)
    });
    let _ = writeln!(
        out,
        "| replicates, one after the other, creation included | {} |",
        replicates.join(", ")
    );
    format!(
        "5,000 customers over 100 periods with {}, without creation:\n\n{out}",
        set.name()
    )
}
