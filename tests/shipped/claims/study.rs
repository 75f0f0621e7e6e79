//! All markets of a claim, simulated in the same replicates.

use rayon::prelude::*;

use crate::claims::claim::{Claim, Effect};
use crate::claims::interval::{Interval, Pairing, replicates_needed};
use crate::claims::run::Run;

/// An effect as it was found.
#[derive(Debug, Clone, Copy)]
pub struct Finding {
    pub interval: Interval,
    /// Replicates for a 95 % interval of ± 5 % of the effect.
    pub replicates: u64,
    /// None where the comparison is within one market.
    pub pairing: Option<Pairing>,
}

/// Measures all effects of a claim, with some parameters of its scenario replaced.
pub fn measure(claim: &Claim, settings: &[String]) -> Vec<Finding> {
    let effects: Vec<&Effect> = claim.effects.iter().collect();
    let samples = simulate(claim, &effects, settings);
    let finding = |terms: &Vec<Vec<f64>>| {
        let values = sums(terms);
        Finding {
            interval: Interval::of(&values),
            replicates: replicates_needed(&values, 1.0),
            pairing: (terms.len() > 1).then(|| Pairing::of(&values, terms)),
        }
    };
    samples.iter().map(finding).collect()
}

/// The intervals of all effects of a claim, and nothing else, with some parameters of its scenario replaced.
pub fn intervals(claim: &Claim, settings: &[String]) -> Vec<Interval> {
    let effects: Vec<&Effect> = claim.effects.iter().collect();
    let samples = simulate(claim, &effects, settings);
    samples
        .iter()
        .map(|terms| Interval::of(&sums(terms)))
        .collect()
}

/// The interval of one effect of a claim, less a margin, with some parameters replaced.
pub fn measure_one(claim: &Claim, effect: usize, margin: f64, settings: &[String]) -> Interval {
    let samples = simulate(claim, &[&claim.effects[effect]], settings);
    let values = sums(&samples[0]);
    Interval::of(
        &values
            .iter()
            .map(|value| value - margin)
            .collect::<Vec<_>>(),
    )
}

/// An effect in each replicate: the sum of its terms.
fn sums(terms: &[Vec<f64>]) -> Vec<f64> {
    (0..terms[0].len())
        .map(|replicate| terms.iter().map(|term| term[replicate]).sum())
        .collect()
}

/// Effects by term and replicate, weights included.
fn simulate(claim: &Claim, effects: &[&Effect], settings: &[String]) -> Vec<Vec<Vec<f64>>> {
    let plans = claim.plans(settings);
    let needed = |market| {
        let mut terms = effects.iter().flat_map(|effect| &effect.terms);
        terms.any(|term| term.market == market)
    };
    let replicates = plans[0].scenario().simulation.replicates;
    let by_replicate: Vec<Vec<Vec<f64>>> = (0..replicates)
        .into_par_iter()
        .map(|replicate| {
            let markets = plans.iter().enumerate();
            let runs: Vec<Option<Run>> = markets
                .map(|(market, plan)| needed(market).then(|| Run::new(plan, replicate)))
                .collect();
            let values = |effect: &&Effect| {
                let terms = effect.terms.iter().map(|term| {
                    let run = runs[term.market].as_ref().expect("a needed market ran");
                    term.weight * (term.measure)(run)
                });
                terms.collect()
            };
            effects.iter().map(values).collect()
        })
        .collect();
    let samples = effects.iter().enumerate().map(|(e, effect)| {
        (0..effect.terms.len())
            .map(|k| by_replicate.iter().map(|effects| effects[e][k]).collect())
            .collect()
    });
    samples.collect()
}
