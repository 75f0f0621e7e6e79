//! Rows of a table that a figure is taken from.

use crate::statistics::Moments;
use crate::table::Batch;

/// Some rows of a table.
pub struct Rows<'a> {
    pub batch: &'a Batch,
    /// Their places.
    pub rows: Vec<usize>,
}

impl Rows<'_> {
    pub fn values(&self, column: &str) -> impl Iterator<Item = f64> {
        let values = self.batch.column_as_numbers(column);
        self.rows.iter().map(move |&row| values[row])
    }

    pub fn sum(&self, column: &str) -> f64 {
        self.values(column).filter(|value| value.is_finite()).sum()
    }

    /// Sum of a column that holds means, and of what they are means over.
    pub fn weighed(&self, column: &str, of: &str) -> (f64, f64) {
        let weighted = self.values(column).zip(self.values(of));
        let known = weighted.filter(|(value, weight)| value.is_finite() && *weight > 0.0);
        known.fold((0.0, 0.0), |(sum, all), (value, weight)| {
            (sum + value * weight, all + weight)
        })
    }

    pub fn total(&self, column: &str, of: &str) -> f64 {
        self.weighed(column, of).0
    }

    /// Mean over what a column counts.
    pub fn mean(&self, column: &str, of: &str) -> f64 {
        let (sum, weight) = self.weighed(column, of);
        sum / weight
    }

    pub fn plain_mean(&self, column: &str) -> f64 {
        Moments::of(self.values(column)).mean()
    }

    pub fn last(&self, column: &str) -> f64 {
        self.values(column).last().unwrap_or(f64::NAN)
    }
}
