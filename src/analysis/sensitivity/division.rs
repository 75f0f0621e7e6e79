//! The outcome's variance divided among parameters: first-order and total indices without the noise between
//! replicates.
//!
//! An outcome of a row is f(x) + e: what the parameters make of it, and what chance adds in a replicate. A product of two
//! outcomes has the expectation of the product of their f where they are of different replicates, so means are taken
//! over all pairs of these: noise cancels from variances, first-order and total indices alike. With one replicate there is no such
//! pair, and noise counts as influence.

use super::draws::{Draws, Stream};

/// Outcomes that differ by less than this part of their size are equal but for rounding.
const ROUNDING: f64 = 1e-12;

/// The two indices of one parameter.
#[derive(Debug, Clone, Copy, Default)]
pub struct Share {
    pub first: f64,
    pub total: f64,
}

/// How the variance divides.
pub struct Division {
    /// By parameter.
    pub shares: Vec<Share>,
    /// Part of the variance of the means over replicates that is noise; 0 with one replicate.
    pub noise: f64,
}

/// Outcomes by base sample, row and replicate, centred and scaled to about -1 to 1, which changes no index and keeps squares
/// exact and finite.
pub struct Outcomes {
    dimensions: usize,
    replicates: usize,
    scaled: Vec<f64>,
    varies: bool,
}

/// Sums over base samples for one parameter.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    /// Of B times A_B.
    with: f64,
    /// Of the mean of their squares.
    own: f64,
    /// Of the squared difference of A and A_B.
    apart: f64,
}

impl Outcomes {
    pub fn new(dimensions: usize, replicates: usize, outcomes: &[f64]) -> Self {
        let size = (dimensions + 2) * replicates;
        let base = || {
            let samples = outcomes.chunks_exact(size);
            samples.flat_map(|rows| [&rows[..replicates], &rows[size - replicates..]].concat())
        };
        let (low, high) = range(base());
        let varies = high / 2.0 - low / 2.0 > ROUNDING * low.abs().max(high.abs()) / 2.0;
        let (low, high) = range(outcomes.iter().copied());
        let (middle, half) = (low / 2.0 + high / 2.0, high / 2.0 - low / 2.0);
        let scale = |value: f64| (value - middle) / half;
        let count = 2 * replicates * (outcomes.len() / size);
        let mean = base().map(scale).sum::<f64>() / count as f64;
        Self {
            dimensions,
            replicates,
            scaled: outcomes.iter().map(|&value| scale(value) - mean).collect(),
            varies,
        }
    }

    /// Number of base samples.
    pub fn base(&self) -> usize {
        self.scaled.len() / ((self.dimensions + 2) * self.replicates)
    }

    /// The indices from all base samples and replicates; none if the outcome does not vary beyond noise.
    pub fn division(&self) -> Option<Division> {
        self.divide(0..self.base(), &vec![1.0; self.replicates])
    }

    /// The same from a resample of both.
    pub fn resampled(&self, number: u32, seed: u64) -> Option<Division> {
        let draws = |stream, count| Draws::new(seed, stream).resample(number, count as u32);
        let mut weights = vec![0.0; self.replicates];
        draws(Stream::Replicates, self.replicates).for_each(|replicate| weights[replicate] += 1.0);
        self.divide(draws(Stream::Bootstrap, self.base()), &weights)
    }

    /// The indices from these base samples, with replicates of these weights. With V the variance of A and B together, the total
    /// index is T = mean((A - A_B)^2) / 2V (Jansen). The first-order index is the covariance of B and A_B over V, less 1 - T of that of
    /// B and A: this is 0 but for chance, and A_B shares 1 - T of its variance with A, so that much of the error.
    /// As far as the index is not small it goes by the variance of B and A_B instead of V, since it errs together with
    /// their covariance (Janon et al. 2014). For a parameter that does not matter this is the formula of Saltelli et al. (2010).
    fn divide(
        &self,
        base_samples: impl Iterator<Item = usize>,
        weights: &[f64],
    ) -> Option<Division> {
        let products = Products::new(weights)?;
        if !self.varies {
            return None;
        }
        let (replicates, rows) = (self.replicates, self.dimensions + 2);
        let mut sums = vec![Sums::default(); self.dimensions];
        let (mut count, mut squares, mut squares_of_means, mut control) = (0.0, 0.0, 0.0, 0.0);
        let mut columns = vec![0.0; rows * replicates];
        let mut apart = vec![0.0; replicates];
        for base in base_samples {
            let sample = &self.scaled[base * columns.len()..(base + 1) * columns.len()];
            let row = |row: usize| &sample[row * replicates..(row + 1) * replicates];
            let (a, b) = (row(0), row(rows - 1));
            count += 1.0;
            let own = products.of(b, b);
            squares += (products.of(a, a) + own) / 2.0;
            squares_of_means += (products.mean(a).powi(2) + products.mean(b).powi(2)) / 2.0;
            control += products.of(a, b);
            for (sums, ab) in sums.iter_mut().zip((1..).map(row)) {
                sums.with += products.of(b, ab);
                sums.own += (own + products.of(ab, ab)) / 2.0;
                apart
                    .iter_mut()
                    .zip(a.iter().zip(ab))
                    .for_each(|(apart, (a, ab))| *apart = a - ab);
                sums.apart += products.of(&apart, &apart);
            }
            columns
                .iter_mut()
                .zip(sample)
                .for_each(|(column, value)| *column += value);
        }
        columns.iter_mut().for_each(|column| *column /= count);
        let column = |row: usize| &columns[row * replicates..(row + 1) * replicates];
        let (a, b) = (column(0), column(rows - 1));
        let middle: Vec<f64> = a.iter().zip(b).map(|(a, b)| (a + b) / 2.0).collect();
        let variance = squares / count - products.of(&middle, &middle);
        let variance_of_means = squares_of_means / count - products.mean(&middle).powi(2);
        // what is left of equal outcomes by rounding
        if variance <= 1e-15 * squares_of_means / count {
            return None;
        }
        let chance = control / count - products.of(a, b);
        let share = |(place, sums): (usize, Sums)| {
            let total = sums.apart / (2.0 * count * variance);
            let ab = column(place + 1);
            let with = sums.with / count - products.of(b, ab);
            let first = (with - (1.0 - total).clamp(0.0, 1.0) * chance) / variance;
            let own = sums.own / count - (products.of(b, b) + products.of(ab, ab)) / 2.0;
            Share {
                first: first + first.clamp(0.0, 1.0) * (1.0 - own / variance),
                total,
            }
        };
        Some(Division {
            shares: sums.into_iter().enumerate().map(share).collect(),
            noise: 1.0 - variance / variance_of_means,
        })
    }
}

/// Means of products of outcomes of different replicates; with one replicate, of that one.
struct Products<'a> {
    weights: &'a [f64],
    sum: f64,
    /// Weight of all pairs.
    pairs: f64,
}

impl<'a> Products<'a> {
    /// None where a resample has the same replicate only, though there are more.
    fn new(weights: &'a [f64]) -> Option<Self> {
        let sum: f64 = weights.iter().sum();
        let pairs = sum * sum - weights.iter().map(|weight| weight * weight).sum::<f64>();
        let products = Self {
            weights,
            sum,
            pairs,
        };
        (weights.len() == 1 || pairs > 0.0).then_some(products)
    }

    fn mean(&self, values: &[f64]) -> f64 {
        let weighted = values.iter().zip(self.weights);
        weighted.map(|(value, weight)| value * weight).sum::<f64>() / self.sum
    }

    fn of(&self, one: &[f64], other: &[f64]) -> f64 {
        if let ([one], [other]) = (one, other) {
            return one * other;
        }
        let (mut ones, mut others, mut same) = (0.0, 0.0, 0.0);
        for ((one, other), weight) in one.iter().zip(other).zip(self.weights) {
            let (one, other) = (one * weight, other * weight);
            ones += one;
            others += other;
            same += one * other;
        }
        (ones * others - same) / self.pairs
    }
}

fn range(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
        (low.min(value), high.max(value))
    })
}
