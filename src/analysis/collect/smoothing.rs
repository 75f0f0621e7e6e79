//! Means over some periods, in which empty values are passed over.

use crate::analysis::Moments;

/// Adds a replicate's trailing means over `smoothing` periods; empty values are passed over.
pub fn add_smoothed(values: &[f64], smoothing: usize, into: &mut [Moments]) {
    for (moments, value) in into.iter_mut().zip(smoothed(values, smoothing)) {
        if !value.is_nan() {
            moments.add(value);
        }
    }
}

/// Trailing means over `smoothing` periods; an empty value stays empty.
pub fn smoothed(values: &[f64], smoothing: usize) -> impl Iterator<Item = f64> {
    values.iter().enumerate().map(move |(period, value)| {
        if value.is_nan() {
            return f64::NAN;
        }
        mean(&values[period.saturating_sub(smoothing - 1)..=period])
    })
}

/// Mean of the values that are not empty; NaN without any.
pub fn mean(values: &[f64]) -> f64 {
    Moments::of(values.iter().copied()).mean()
}
