//! From points with their statistics, and what was observed, to a posterior: approximate Bayesian computation by regression.
//!
//! Each parameter has a summary, the prediction of its value from the statistics (`regression`). The points whose summaries are
//! nearest to those observed, in units of the predictions' errors, get Epanechnikov weights, and their values are moved along a local
//! linear regression to where the observed summaries are (Beaumont, Zhang and Balding, 2002; summaries after Fearnhead and Prangle, 2012).
//! Values are places in the range of their parameter, 0 to 1, on its scale.

use super::regression::{Features, Summary, local, summaries};
use crate::statistics::order::smallest_first;

/// Part of the points that are near, and the fewest.
const NEAR: (f64, usize) = (0.08, 100);
/// Recoveries by which the intervals are judged.
pub const RECOVERIES: usize = 512;

/// Points with their places and statistics.
#[derive(Debug, Clone)]
pub struct Points {
    /// By point and parameter, 0 to 1.
    pub places: Vec<Vec<f64>>,
    /// By point and statistic; NaN where a market has none.
    pub statistics: Vec<Vec<f64>>,
}

/// Values with weights, of one parameter or statistic.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighted {
    /// Values and weights by ascending value.
    pairs: Vec<(f64, f64)>,
}

impl Weighted {
    pub(super) fn new(values: impl Iterator<Item = f64>, weights: &[f64]) -> Self {
        let mut pairs: Vec<(f64, f64)> = values.zip(weights.iter().copied()).collect();
        smallest_first(&mut pairs, |pair| pair.0);
        Self { pairs }
    }

    /// The value below which a part of the weight is, linear between the middles of weights.
    #[must_use]
    pub fn quantile(&self, part: f64) -> f64 {
        let total: f64 = self.pairs.iter().map(|(_, weight)| weight).sum();
        let (mut below, mut last) = (0.0, None);
        for &(value, weight) in &self.pairs {
            let middle = (below + weight / 2.0) / total;
            if middle >= part {
                return match last {
                    Some((at, before)) if middle > at => {
                        before + (value - before) * (part - at) / (middle - at)
                    }
                    _ => value,
                };
            }
            last = Some((middle, value));
            below += weight;
        }
        last.map_or(f64::NAN, |(_, value)| value)
    }
}

/// What is known of the parameters.
#[derive(Debug, Clone, PartialEq)]
pub struct Posterior {
    /// Points that are near, and their weights, which add up to 1.
    pub near: Vec<(usize, f64)>,
    /// By near point and parameter: its place, moved to the observed summaries.
    pub places: Vec<Vec<f64>>,
    /// How far the farthest of them is, in errors of the predictions.
    pub reach: f64,
}

impl Posterior {
    /// The draws of one parameter.
    #[must_use]
    pub fn of(&self, parameter: usize) -> Weighted {
        let weights: Vec<f64> = self.near.iter().map(|(_, weight)| *weight).collect();
        Weighted::new(self.places.iter().map(|row| row[parameter]), &weights)
    }
}

/// A posterior of a point whose parameters are known.
#[derive(Debug, Clone, PartialEq)]
pub struct Recovery {
    /// The point.
    pub point: usize,
    /// By parameter: its place.
    pub truth: Vec<f64>,
    /// By parameter: the 5, 25, 50, 75 and 95 % quantiles of the posterior.
    pub quantiles: Vec<[f64; 5]>,
}

/// The quantiles that are told of a posterior.
pub const QUANTILES: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

/// What was inferred.
#[derive(Debug, Clone, PartialEq)]
pub struct Inferred {
    /// The posterior.
    pub posterior: Posterior,
    /// By parameter: 1 less the error of the prediction over that of guessing the mean.
    pub predictivity: Vec<f64>,
    /// Points whose posterior was made as if they had been observed.
    pub recoveries: Vec<Recovery>,
    /// By statistic: its posterior predictive, moved to the observed summaries.
    pub predictive: Vec<Weighted>,
    /// Whether the nearest points are farther away than those of any point that was recovered.
    pub is_far: bool,
}

/// A posterior from points and what was observed, one number for each statistic.
#[must_use]
pub fn infer(points: &Points, observed: &[f64]) -> Inferred {
    let filled = filled(&points.statistics);
    let parameters = points.places.first().map_or(0, Vec::len);
    let by_parameter: Vec<Vec<f64>> = (0..parameters)
        .map(|parameter| points.places.iter().map(|row| row[parameter]).collect())
        .collect();
    let found = summaries(&Features::new(&filled), &by_parameter, observed);
    let space = Space::new(&found);
    let own: Vec<f64> = space.row(|summary| summary.observed);
    let posterior = posterior(&space, &points.places, &own, None);
    let count = points.places.len();
    let recovered = RECOVERIES.min(count);
    // even steps through the sequence, which fills the ranges evenly
    let recoveries: Vec<(Recovery, f64)> = (0..recovered)
        .map(|number| recover(&space, &points.places, number * count / recovered.max(1)))
        .collect();
    let farthest = recoveries
        .iter()
        .map(|(_, reach)| *reach)
        .fold(0.0, f64::max);
    Inferred {
        predictivity: found.iter().map(predictivity).collect(),
        predictive: predictive(&space, &posterior, &own, &filled),
        is_far: posterior.reach > farthest,
        recoveries: recoveries.into_iter().map(|(one, _)| one).collect(),
        posterior,
    }
}

fn predictivity(summary: &Summary) -> f64 {
    1.0 - summary.error / summary.prior_error
}

/// Statistics in which the mean of the other points stands where one has none.
fn filled(statistics: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let count = statistics.first().map_or(0, Vec::len);
    let mean = |place: usize| {
        let known = statistics
            .iter()
            .map(|row| row[place])
            .filter(|value| value.is_finite());
        let (sum, count) = known.fold((0.0, 0u32), |(sum, count), value| (sum + value, count + 1));
        if count == 0 {
            0.0
        } else {
            sum / f64::from(count)
        }
    };
    let means: Vec<f64> = (0..count).map(mean).collect();
    let fill = |row: &Vec<f64>| {
        let both = row.iter().zip(&means);
        both.map(|(value, mean)| if value.is_finite() { *value } else { *mean })
            .collect()
    };
    statistics.iter().map(fill).collect()
}

/// Summaries in units of the errors of the predictions: a difference of one is as large as what a prediction is off by.
struct Space<'a> {
    summaries: &'a [Summary],
    /// By point.
    rows: Vec<Vec<f64>>,
}

impl<'a> Space<'a> {
    fn new(summaries: &'a [Summary]) -> Self {
        let count = summaries.first().map_or(0, |one| one.at_points.len());
        let mut space = Self {
            summaries,
            rows: Vec::new(),
        };
        space.rows = (0..count)
            .map(|point| space.row(|one| one.at_points[point]))
            .collect();
        space
    }

    fn row(&self, of: impl Fn(&Summary) -> f64) -> Vec<f64> {
        let scaled = |one: &Summary| of(one) / one.error.max(1e-12);
        self.summaries.iter().map(scaled).collect()
    }
}

/// The posterior where these summaries were observed, without one of the points if they are its own.
fn posterior(
    space: &Space<'_>,
    places: &[Vec<f64>],
    observed: &[f64],
    without: Option<usize>,
) -> Posterior {
    let square =
        |row: &Vec<f64>| -> f64 { row.iter().zip(observed).map(|(a, b)| (a - b).powi(2)).sum() };
    let mut distances: Vec<(f64, usize)> = (space.rows.iter().enumerate())
        .filter(|(point, _)| Some(*point) != without)
        .map(|(point, row)| (square(row), point))
        .collect();
    let count = ((NEAR.0 * distances.len() as f64).round() as usize)
        .max(NEAR.1)
        .min(distances.len());
    let order = |a: &(f64, usize), b: &(f64, usize)| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1));
    if count < distances.len() {
        distances.select_nth_unstable_by(count, order);
        distances.truncate(count);
    }
    distances.sort_unstable_by(order);
    let reach = distances.last().map_or(0.0, |last| last.0).max(1e-300);
    // Epanechnikov: the farthest hardly counts
    let weights: Vec<f64> = distances
        .iter()
        .map(|(square, _)| (1.0 - square / reach).max(1e-6))
        .collect();
    let total: f64 = weights.iter().sum();
    let differences: Vec<Vec<f64>> = (distances.iter())
        .map(|(_, point)| {
            space.rows[*point]
                .iter()
                .zip(observed)
                .map(|(a, b)| a - b)
                .collect()
        })
        .collect();
    let near: Vec<Vec<f64>> = distances
        .iter()
        .map(|(_, point)| places[*point].clone())
        .collect();
    let moved = moved(&differences, &weights, &near);
    let clamped = |row: Vec<f64>| row.into_iter().map(|place| place.clamp(0.0, 1.0)).collect();
    Posterior {
        near: distances
            .iter()
            .zip(&weights)
            .map(|((_, point), weight)| (*point, weight / total))
            .collect(),
        places: moved.into_iter().map(clamped).collect(),
        reach: reach.sqrt(),
    }
}

/// Values moved along a local linear regression to where there is no difference. What a regression leaves over is too small by the
/// freedom that its slopes take, and made larger by as much.
fn moved(differences: &[Vec<f64>], weights: &[f64], values: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let Some(slopes) = local(differences, weights, values) else {
        return values.to_vec();
    };
    let (sum, squares) = (weights.iter()).fold((0.0, 0.0), |(sum, squares), weight| {
        (sum + weight, squares + weight * weight)
    });
    let (count, taken) = (sum * sum / squares, slopes.nrows() as f64);
    let larger = if count > 2.0 * taken {
        (count / (count - taken)).sqrt()
    } else {
        1.0
    };
    let row = |(difference, own): (&Vec<f64>, &Vec<f64>)| {
        let value = |(column, value): (usize, &f64)| {
            let along: f64 = (1..)
                .zip(difference)
                .map(|(place, by)| slopes[(place, column)] * by)
                .sum();
            let level = slopes[(0, column)];
            level + larger * (value - along - level)
        };
        own.iter().enumerate().map(value).collect()
    };
    differences.iter().zip(values).map(row).collect()
}

/// The posterior of a point as if it had been observed, and how far its nearest points reach.
fn recover(space: &Space<'_>, places: &[Vec<f64>], point: usize) -> (Recovery, f64) {
    let found = posterior(space, places, &space.rows[point], Some(point));
    let truth = places[point].clone();
    let quantiles = (0..truth.len()).map(|parameter| {
        let own = found.of(parameter);
        QUANTILES.map(|part| own.quantile(part))
    });
    let quantiles = quantiles.collect();
    let recovery = Recovery {
        point,
        truth,
        quantiles,
    };
    (recovery, found.reach)
}

/// The statistics of the near points, moved likewise.
fn predictive(
    space: &Space<'_>,
    posterior: &Posterior,
    observed: &[f64],
    statistics: &[Vec<f64>],
) -> Vec<Weighted> {
    let weights: Vec<f64> = posterior.near.iter().map(|(_, weight)| *weight).collect();
    let of = |rows: &[Vec<f64>]| -> Vec<Vec<f64>> {
        posterior
            .near
            .iter()
            .map(|(point, _)| rows[*point].clone())
            .collect()
    };
    let differences: Vec<Vec<f64>> = (of(&space.rows).iter())
        .map(|row| row.iter().zip(observed).map(|(a, b)| a - b).collect())
        .collect();
    let moved = moved(&differences, &weights, &of(statistics));
    let count = statistics.first().map_or(0, Vec::len);
    (0..count)
        .map(|place| Weighted::new(moved.iter().map(|row| row[place]), &weights))
        .collect()
}
