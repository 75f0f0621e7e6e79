//! What it is worth that the markets of a claim share their random draws.

use std::collections::BTreeSet;

use flywheel::scenario::expression::Statement;
use statrs::distribution::{ContinuousCDF, StudentsT};

/// What it is worth that markets share their random draws.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pairing {
    /// Variance of the effect if the markets had draws of their own, over its variance as it is.
    pub reduction: f64,
    /// Replicates for a 95 % interval of ± 5 % of the effect if the markets had draws of their own.
    pub own_draws: u64,
}

impl Pairing {
    /// Of the effect that a statement compares, from its figures by replicate; none where all are of one market.
    pub fn of_figures(statement: &Statement, rows: &[Vec<f64>]) -> Option<Self> {
        let variant = |place: usize| statement.figures[place].variant.as_deref();
        let figures = 0..statement.figures.len();
        let variants: BTreeSet<Option<&str>> = figures.map(variant).collect();
        // what varies with one market alone: all others stay as they are in the first replicate
        let part = |own: Option<&str>| {
            let mixed = |row: &Vec<f64>| {
                let places = row.iter().zip(&rows[0]).enumerate();
                let value = |(place, (new, first)): (usize, (&f64, &f64))| {
                    if variant(place) == own { *new } else { *first }
                };
                statement.difference(&places.map(value).collect::<Vec<f64>>())
            };
            rows.iter().map(mixed).collect::<Vec<f64>>()
        };
        let effect: Vec<f64> = rows.iter().map(|row| statement.difference(row)).collect();
        let parts: Vec<Vec<f64>> = variants.iter().map(|own| part(*own)).collect();
        (parts.len() > 1).then(|| Self::of(&effect, &parts))
    }

    /// The same, where the effect is held against something else than zero.
    pub fn of_effect(self, effect: &[f64]) -> Self {
        Self {
            own_draws: replicates_needed(effect, self.reduction),
            ..self
        }
    }

    /// Of an effect that is the sum of these parts, one sample of replicates for each market.
    fn of(effect: &[f64], parts: &[Vec<f64>]) -> Self {
        let independent: f64 = parts.iter().map(|part| moments(part).1).sum();
        let reduction = independent / moments(effect).1;
        Self {
            reduction,
            own_draws: replicates_needed(effect, reduction),
        }
    }
}

/// The least replicates with which the half width of a 95 % interval is 5 % of the mean, for an effect
/// of which this is a sample, but with a variance that many times as large.
pub fn replicates_needed(sample: &[f64], times: f64) -> u64 {
    let (mean, variance) = moments(sample);
    let deviations = (times * variance).sqrt() / (0.05 * mean.abs());
    // at least as many as the normal quantile asks for; Student's asks for a few more, up to a point
    let mut count = (1.96 * deviations).powi(2).floor().max(2.0);
    while count < 1e9 && quantile(count, 0.95) * deviations > count.sqrt() {
        count += 1.0;
    }
    count as u64
}

/// Mean and variance (n - 1) of a sample.
fn moments(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    (mean, squares / (n - 1.0))
}

/// Student's quantile for the two-sided interval of a sample of this size.
fn quantile(count: f64, confidence: f64) -> f64 {
    let student = StudentsT::new(0.0, 1.0, count - 1.0).expect("two values or more");
    student.inverse_cdf(0.5 + confidence / 2.0)
}

#[test]
fn replicates_needed_are_the_least() {
    // mean 1, variance 1; 1.96^2 / 0.05^2 = 1537 by the normal quantile, a little more by Student's
    let sample = [0.0, 1.0, 2.0];
    assert_eq!(replicates_needed(&sample, 1.0), 1540);
    assert_eq!(replicates_needed(&sample.map(|value| -value), 1.0), 1540);
    // a half width of 2 standard deviations: t(n - 1) / sqrt(n) is 2.48 with 3 and 1.59 with 4 replicates
    assert_eq!(replicates_needed(&sample, (0.05_f64 / 2.0).powi(2)), 4);
    assert_eq!(replicates_needed(&[1.0, 1.0], 1.0), 2);
}

#[test]
fn pairing_counts_what_the_markets_share() {
    let one = vec![1.0, 2.0, 3.0, 4.0];
    let other = vec![-0.9, -2.1, -2.9, -4.1];
    let effect: Vec<f64> = one.iter().zip(&other).map(|(a, b)| a + b).collect();
    let pairing = Pairing::of(&effect, &[one, other]);
    // variances: 5/3 and 5.44/3 of the parts, 0.04/3 of their sum
    let expected = (5.0 / 3.0 + 5.44 / 3.0) / (0.04 / 3.0);
    assert!((pairing.reduction - expected).abs() < 1e-9);
    // the same from a statement about two variants
    let statement = Statement::parse("fit of a in x - fit of a in y > 0").expect("a statement");
    let rows = vec![
        vec![1.0, 0.9],
        vec![2.0, 2.1],
        vec![3.0, 2.9],
        vec![4.0, 4.1],
    ];
    let pairing = Pairing::of_figures(&statement, &rows).expect("two markets");
    assert!((pairing.reduction - expected).abs() < 1e-9);
    let within = Statement::parse("fit of a > fit of b").expect("a statement");
    assert_eq!(Pairing::of_figures(&within, &rows), None);
}
