//! Cross-fitted ridge regressions: what statistics say about a parameter, at points that did not take part in the fit.
//!
//! Points are divided into folds; those of a fold are predicted by a fit on all others, so that the error of a prediction at a point is
//! that at a market which was not simulated. The features are the statistics and their squares.

use nalgebra::{Cholesky, DMatrix, DVector};

/// Folds into which points are divided; no power of two, which would follow the pattern of a Sobol sequence.
const FOLDS: usize = 5;
/// Penalties that are tried, in units of the features' variance times points.
const PENALTIES: [f64; 4] = [1e-5, 1e-4, 1e-3, 1e-2];

/// Statistics as features: each with mean 0 and standard deviation 1 over the points, and its square likewise.
#[derive(Debug, Clone)]
pub(super) struct Features {
    /// By statistic: mean and standard deviation, and those of the square.
    scales: Vec<[f64; 4]>,
    /// By point.
    rows: Vec<Vec<f64>>,
}

impl Features {
    /// The features of points with these statistics; one that does not vary says nothing.
    pub fn new(points: &[Vec<f64>]) -> Self {
        let count = points.first().map_or(0, Vec::len);
        let scale = |place: usize| {
            let (mean, spread) = moments(points.iter().map(|row| row[place]));
            let squares = points
                .iter()
                .map(|row| standard(row[place], mean, spread).powi(2));
            let (mean_square, spread_square) = moments(squares);
            [mean, spread, mean_square, spread_square]
        };
        let scales: Vec<[f64; 4]> = (0..count).map(scale).collect();
        let rows = points.iter().map(|row| features(&scales, row)).collect();
        Self { scales, rows }
    }

    /// The features of other statistics.
    pub fn of(&self, statistics: &[f64]) -> Vec<f64> {
        features(&self.scales, statistics)
    }
}

fn features(scales: &[[f64; 4]], statistics: &[f64]) -> Vec<f64> {
    let mut row = Vec::with_capacity(1 + 2 * scales.len());
    row.push(1.0);
    for ([mean, spread, mean_square, spread_square], value) in scales.iter().zip(statistics) {
        let z = standard(*value, *mean, *spread);
        row.push(z);
        row.push(standard(z * z, *mean_square, *spread_square));
    }
    row
}

/// A value in standard deviations from the mean; 0 where nothing varies.
fn standard(value: f64, mean: f64, spread: f64) -> f64 {
    if spread > 1e-12 * mean.abs().max(1e-12) {
        (value - mean) / spread
    } else {
        0.0
    }
}

/// Mean and standard deviation.
fn moments(values: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
    let count = values.clone().count() as f64;
    let mean = values.clone().sum::<f64>() / count;
    let squares = values.map(|value| (value - mean).powi(2)).sum::<f64>();
    (mean, (squares / count).sqrt())
}

/// What statistics say of one parameter.
#[derive(Debug, Clone)]
pub(super) struct Summary {
    /// Prediction at each point, by a fit without it.
    pub at_points: Vec<f64>,
    /// Prediction for what was observed: the mean of those of all fits.
    pub observed: f64,
    /// Root of the mean squared error at the points.
    pub error: f64,
    /// The same for whoever guesses the mean.
    pub prior_error: f64,
}

/// A summary for each parameter: `values` by parameter and point, `observed` the statistics that were observed.
pub(super) fn summaries(
    features: &Features,
    values: &[Vec<f64>],
    observed: &[f64],
) -> Vec<Summary> {
    let rows = &features.rows;
    let width = rows.first().map_or(1, Vec::len);
    let target = features.of(observed);
    let (grams, all) = grams(rows, width);
    // factors by fold and penalty, shared by the parameters
    let factor = |fold: usize, penalty: f64| {
        let mut gram = &all - &grams[fold];
        let strength = penalty * rows.len() as f64;
        (1..width).for_each(|place| gram[(place, place)] += strength);
        // features that do not vary have no row of their own but the penalty
        Cholesky::new(gram)
    };
    let factors: Vec<Vec<Option<Cholesky<f64, nalgebra::Dyn>>>> = PENALTIES
        .iter()
        .map(|penalty| (0..FOLDS).map(|fold| factor(fold, *penalty)).collect())
        .collect();
    let summary = |own: &Vec<f64>| {
        let (mean, prior_error) = moments(own.iter().copied());
        let rights = rights(rows, own, width);
        let total = rights
            .iter()
            .fold(DVector::zeros(width), |sum, part| sum + part);
        let fitted = factors.iter().map(|folds| {
            let fits: Vec<DVector<f64>> = (folds.iter().zip(&rights))
                .map(|(factor, part)| match factor {
                    Some(factor) => factor.solve(&(&total - part)),
                    None => constant(width, mean),
                })
                .collect();
            summary_of(&fits, rows, own, &target, prior_error)
        });
        let best = fitted.min_by(|a, b| a.error.total_cmp(&b.error));
        best.unwrap_or_else(|| summary_of(&[], rows, own, &target, prior_error))
    };
    values.iter().map(summary).collect()
}

/// A fit that says the mean whatever the features are.
fn constant(width: usize, mean: f64) -> DVector<f64> {
    let mut fit = DVector::zeros(width);
    fit[0] = mean;
    fit
}

fn summary_of(
    fits: &[DVector<f64>],
    rows: &[Vec<f64>],
    own: &[f64],
    target: &[f64],
    prior_error: f64,
) -> Summary {
    let predicted = |fit: &DVector<f64>, row: &[f64]| -> f64 {
        fit.iter()
            .zip(row)
            .map(|(weight, feature)| weight * feature)
            .sum()
    };
    let at = |(point, row): (usize, &Vec<f64>)| {
        fits.get(point % FOLDS)
            .map_or(0.0, |fit| predicted(fit, row))
    };
    let at_points: Vec<f64> = rows.iter().enumerate().map(at).collect();
    let errors = at_points
        .iter()
        .zip(own)
        .map(|(predicted, value)| (predicted - value).powi(2));
    let error = (errors.sum::<f64>() / own.len().max(1) as f64).sqrt();
    let observed = fits.iter().map(|fit| predicted(fit, target)).sum::<f64>();
    Summary {
        at_points,
        observed: observed / fits.len().max(1) as f64,
        error,
        prior_error,
    }
}

/// The products of features, summed over the points of each fold, and over all.
fn grams(rows: &[Vec<f64>], width: usize) -> (Vec<DMatrix<f64>>, DMatrix<f64>) {
    let of_fold = |fold: usize| {
        let own: Vec<f64> = rows
            .iter()
            .skip(fold)
            .step_by(FOLDS)
            .flatten()
            .copied()
            .collect();
        let own = DMatrix::from_row_slice(own.len() / width, width, &own);
        own.tr_mul(&own)
    };
    let folds: Vec<DMatrix<f64>> = (0..FOLDS).map(of_fold).collect();
    let all = folds
        .iter()
        .fold(DMatrix::zeros(width, width), |sum, part| sum + part);
    (folds, all)
}

/// The products of features and values, summed over the points of each fold.
fn rights(rows: &[Vec<f64>], values: &[f64], width: usize) -> Vec<DVector<f64>> {
    let mut folds = vec![DVector::zeros(width); FOLDS];
    for (point, (row, value)) in rows.iter().zip(values).enumerate() {
        let own = &mut folds[point % FOLDS];
        own.iter_mut()
            .zip(row)
            .for_each(|(sum, feature)| *sum += feature * value);
    }
    folds
}

/// Slopes of values on differences, with weights: one column of slopes for each column of values; none where the differences do not
/// tell. The first row is the value where there is no difference.
pub(super) fn local(
    differences: &[Vec<f64>],
    weights: &[f64],
    values: &[Vec<f64>],
) -> Option<DMatrix<f64>> {
    let (width, columns) = (differences.first()?.len() + 1, values.first()?.len());
    let (mut gram, mut right) = (DMatrix::zeros(width, width), DMatrix::zeros(width, columns));
    for ((difference, weight), own) in differences.iter().zip(weights).zip(values) {
        let row = || std::iter::once(1.0).chain(difference.iter().copied());
        for (i, one) in row().enumerate() {
            for (j, other) in row().enumerate() {
                gram[(i, j)] += weight * one * other;
            }
            for (j, value) in own.iter().enumerate() {
                right[(i, j)] += weight * one * value;
            }
        }
    }
    // directions in which the nearest points hardly differ say nothing
    let size = (0..width)
        .map(|place| gram[(place, place)])
        .fold(0.0, f64::max);
    (1..width).for_each(|place| gram[(place, place)] += 1e-9 * size);
    Some(Cholesky::new(gram)?.solve(&right))
}
