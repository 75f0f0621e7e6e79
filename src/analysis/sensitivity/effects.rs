//! Elementary effects and what Morris and Campolongo make of them.

use super::draws::Draws;
use super::interval::{Bounded, RESAMPLES};
use crate::analysis::Moments;

/// The effect of one parameter on an outcome, per unit of the cube.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MorrisMeasure {
    /// Mean effect; effects of opposite signs cancel.
    pub mu: f64,
    /// Mean size of the effect, with its 95 % interval: the measure to rank by.
    pub mu_star: Bounded,
    /// Standard deviation of the effect: 0 if it is the same everywhere, large with curvature or interactions.
    pub sigma: f64,
}

/// The measures of every parameter from finite outcomes along trajectories of `dimensions + 1` rows;
/// `moves` tells for each step which parameter changes, and by how much.
pub fn measures(
    dimensions: usize,
    moves: impl Iterator<Item = (usize, f64)>,
    outcomes: &[f64],
    resampling: Draws,
) -> Vec<MorrisMeasure> {
    let mut effects: Vec<Vec<f64>> = vec![Vec::new(); dimensions];
    let steps = outcomes
        .chunks_exact(dimensions + 1)
        .flat_map(|trajectory| trajectory.windows(2));
    for (step, (parameter, change)) in steps.zip(moves) {
        effects[parameter].push((step[1] - step[0]) / change);
    }
    effects
        .iter()
        .map(|effects| {
            let mut moments = Moments::default();
            effects.iter().for_each(|&effect| moments.add(effect));
            MorrisMeasure {
                mu: moments.mean(),
                mu_star: mean_size(effects, resampling),
                sigma: moments.standard_deviation(),
            }
        })
        .collect()
}

/// The mean size, and its interval over resampled trajectories.
fn mean_size(effects: &[f64], resampling: Draws) -> Bounded {
    let count = effects.len();
    let mean = |which: &mut dyn Iterator<Item = usize>| {
        which.map(|place| effects[place].abs()).sum::<f64>() / count as f64
    };
    let mut resampled: Vec<f64> = (0..RESAMPLES)
        .map(|number| mean(&mut resampling.resample(number, count as u32)))
        .collect();
    Bounded::new(mean(&mut (0..count)), &mut resampled)
}
