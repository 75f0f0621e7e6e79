//! Jansen's estimators of first-order and total indices, with bootstrap intervals and a verdict on them.

use super::draws::Draws;
use super::interval::{Bounded, RESAMPLES};

/// An interval should reach at most this far to either side.
const WIDEST: f64 = 0.1;
/// With fewer base samples a bootstrap knows too little to be believed.
const LEAST_SAMPLES: usize = 32;
/// Outcomes that differ by less than this part of their size are equal but for rounding.
const ROUNDING: f64 = 1e-12;

/// How much of the variance of an outcome is due to one parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct SobolIndex {
    /// Share of the variance due to the parameter alone.
    pub first_order: Bounded,
    /// Share due to the parameter alone and in interaction with others; at least the first-order index.
    pub total: Bounded,
    /// Whether the samples suffice: both intervals reach at most 0.1 to either side and no index is
    /// negative beyond noise.
    pub enough: bool,
    /// What to know about these numbers, in plain words; empty where there is nothing.
    pub note: String,
}

/// The indices of every parameter from finite outcomes in the order of [`super::Saltelli`].
pub fn indices(dimensions: usize, outcomes: &[f64], resampling: Draws) -> Vec<SobolIndex> {
    let base = outcomes.len() / (dimensions + 2);
    let outcomes = Outcomes::new(dimensions, outcomes);
    let Some(shares) = outcomes.shares(0..base) else {
        return vec![constant(); dimensions];
    };
    let mut first: Vec<Vec<f64>> = vec![Vec::with_capacity(RESAMPLES as usize); dimensions];
    let mut total = first.clone();
    for number in 0..RESAMPLES {
        // a resample may happen to hold equal outcomes only, and then has no indices
        let Some(resampled) = outcomes.shares(resampling.resample(number, base as u32)) else {
            continue;
        };
        for (coordinate, share) in resampled.into_iter().enumerate() {
            first[coordinate].push(share.first);
            total[coordinate].push(share.total);
        }
    }
    shares
        .into_iter()
        .zip(first.iter_mut().zip(&mut total))
        .map(|(share, (first, total))| {
            let first_order = Bounded::new(share.first, first);
            let total = Bounded::new(share.total, total);
            let (enough, note) = judge(base, first_order, total);
            SobolIndex {
                first_order,
                total,
                enough,
                note,
            }
        })
        .collect()
}

/// The two indices of one parameter.
#[derive(Debug, Clone, Copy, Default)]
struct Share {
    first: f64,
    total: f64,
}

/// Outcomes, shifted and scaled to about -1 to 1, which changes no index and keeps squares exact and finite.
struct Outcomes {
    dimensions: usize,
    scaled: Vec<f64>,
    varies: bool,
}

impl Outcomes {
    fn new(dimensions: usize, outcomes: &[f64]) -> Self {
        let size = dimensions + 2;
        let base = outcomes
            .chunks_exact(size)
            .flat_map(|rows| [rows[0], rows[size - 1]]);
        let (low, high) = range(base);
        let varies = high / 2.0 - low / 2.0 > ROUNDING * low.abs().max(high.abs()) / 2.0;
        let (low, high) = range(outcomes.iter().copied());
        let (middle, half) = (low / 2.0 + high / 2.0, high / 2.0 - low / 2.0);
        Self {
            dimensions,
            scaled: outcomes
                .iter()
                .map(|value| (value - middle) / half)
                .collect(),
            varies,
        }
    }

    /// The indices from these base samples: with V the variance of A and B together,
    /// S_i = 1 - mean((B - A_B^(i))^2) / 2V and T_i = mean((A - A_B^(i))^2) / 2V.
    fn shares(&self, base_samples: impl Iterator<Item = usize>) -> Option<Vec<Share>> {
        if !self.varies {
            return None;
        }
        let size = self.dimensions + 2;
        let (mut count, mut sum, mut squares) = (0.0, 0.0, 0.0);
        let mut shares = vec![Share::default(); self.dimensions];
        for base in base_samples {
            let rows = &self.scaled[base * size..(base + 1) * size];
            let (a, b) = (rows[0], rows[size - 1]);
            count += 1.0;
            sum += a + b;
            squares += a * a + b * b;
            for (share, ab) in shares.iter_mut().zip(&rows[1..]) {
                share.first += (b - ab) * (b - ab);
                share.total += (a - ab) * (a - ab);
            }
        }
        let mean = sum / (2.0 * count);
        let variance = squares / (2.0 * count) - mean * mean;
        // what is left of equal outcomes by rounding
        if variance <= 1e-15 * squares / count {
            return None;
        }
        for share in &mut shares {
            share.first = 1.0 - share.first / (2.0 * count * variance);
            share.total /= 2.0 * count * variance;
        }
        Some(shares)
    }
}

fn range(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
        (low.min(value), high.max(value))
    })
}

fn constant() -> SobolIndex {
    SobolIndex {
        first_order: Bounded::UNDEFINED,
        total: Bounded::UNDEFINED,
        enough: false,
        note: "the outcome does not vary over the samples, so there is nothing to divide among parameters"
            .to_owned(),
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
