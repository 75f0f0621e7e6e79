//! First-order and total indices with their intervals, by a bootstrap over base samples and replicates, and a verdict on them.

use super::division::{Division, Outcomes, Share};
use super::interval::{Bounded, RESAMPLES};

/// An interval should reach at most this far to either side.
const WIDEST: f64 = 0.1;
/// With fewer base samples a bootstrap knows too little to be believed.
const LEAST_SAMPLES: usize = 32;

/// How much of the variance of an outcome is due to one parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct SobolIndex {
    /// Share of the variance due to the parameter alone.
    pub first_order: Bounded,
    /// Share due to the parameter alone and in interaction with others; at least the first-order index, but for chance.
    pub total: Bounded,
    /// Whether the samples suffice: both intervals reach at most 0.1 to either side and no index is
    /// negative beyond noise.
    pub enough: bool,
    /// What to know about these numbers, in plain words; empty where there is nothing.
    pub note: String,
}

/// The indices of all parameters, and what of the outcome is chance.
#[derive(Debug, Clone, PartialEq)]
pub struct SobolIndices {
    /// By parameter.
    pub indices: Vec<SobolIndex>,
    /// Part of the variance of the means over replicates that is noise between replicates, and is in no index; 0 with one
    /// replicate, whose noise cannot be told from influence.
    pub noise: Bounded,
}

/// The indices of every parameter from finite outcomes in the order of [`super::Saltelli`], the replicates of a row one after the other.
pub fn indices(dimensions: usize, replicates: usize, outcomes: &[f64], seed: u64) -> SobolIndices {
    let outcomes = Outcomes::new(dimensions, replicates, outcomes);
    let Some(Division { shares, noise }) = outcomes.division() else {
        return SobolIndices {
            indices: vec![constant(replicates); dimensions],
            noise: Bounded::UNDEFINED,
        };
    };
    let mut first: Vec<Vec<f64>> = vec![Vec::with_capacity(RESAMPLES as usize); dimensions];
    let mut total = first.clone();
    let mut noises = Vec::with_capacity(RESAMPLES as usize);
    // a resample may happen to hold equal outcomes only, and then has no indices
    for resampled in (0..RESAMPLES).filter_map(|number| outcomes.resampled(number, seed)) {
        for (coordinate, share) in resampled.shares.into_iter().enumerate() {
            first[coordinate].push(share.first);
            total[coordinate].push(share.total);
        }
        noises.push(resampled.noise);
    }
    let index = |(share, (first, total)): (Share, (&mut Vec<f64>, &mut Vec<f64>))| {
        let first_order = Bounded::new(share.first, first);
        let total = Bounded::new(share.total, total);
        let (enough, note) = judge(outcomes.base(), first_order, total);
        SobolIndex {
            first_order,
            total,
            enough,
            note,
        }
    };
    let resampled = first.iter_mut().zip(&mut total);
    SobolIndices {
        indices: shares.into_iter().zip(resampled).map(index).collect(),
        noise: Bounded::new(noise, &mut noises),
    }
}

fn constant(replicates: usize) -> SobolIndex {
    let beyond = if replicates > 1 {
        " beyond the noise between replicates"
    } else {
        ""
    };
    SobolIndex {
        first_order: Bounded::UNDEFINED,
        total: Bounded::UNDEFINED,
        enough: false,
        note: format!(
            "the outcome does not vary over the samples{beyond}, so there is nothing to divide among parameters"
        ),
    }
}

/// Whether the samples suffice, and what to know.
fn judge(base: usize, first_order: Bounded, total: Bounded) -> (bool, String) {
    let widest = first_order.half_width().max(total.half_width());
    let precise = widest <= WIDEST;
    let possible = first_order.high >= 0.0;
    let mut sentences = Vec::new();
    if !precise {
        let which = if first_order.half_width() >= total.half_width() {
            "first-order"
        } else {
            "total"
        };
        sentences.push(format!(
            "too few samples ({base}): the {which} index is known to ±{widest:.2} only, {} would give ±{WIDEST}",
            advice(base, widest)
        ));
    } else if base < LEAST_SAMPLES {
        sentences.push(format!(
            "too few samples ({base}) for an interval to be believed: take at least {LEAST_SAMPLES}"
        ));
    }
    if !possible {
        sentences.push(
            "too few samples: the first-order index is negative beyond its interval, though the true one is not"
                .to_owned(),
        );
    } else if first_order.value < 0.0 {
        sentences.push(
            "the first-order index is negative by chance: it cannot be told from 0".to_owned(),
        );
    }
    let enough = precise && possible && base >= LEAST_SAMPLES;
    (enough, sentences.join("; "))
}

/// The power of two of base samples for the wanted interval, which narrows with the square root.
fn advice(base: usize, widest: f64) -> String {
    let needed = base as f64 * (widest / WIDEST).powi(2);
    if needed.is_nan() || needed > 65_536.0 {
        return "more than 65536".to_owned();
    }
    format!(
        "about {}",
        (needed as usize).next_power_of_two().max(LEAST_SAMPLES)
    )
}
