//! The market as a whole in the closing window of a replicate, from the rows of its tables.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::scenario::{MarketQuantity, closing};
use crate::statistics::Moments;
use crate::table::Batch;

/// Figures of the whole market in one replicate, in the order of [`MarketQuantity::ALL`]; NaN is empty.
pub type MarketFigures = [f64; MarketQuantity::ALL.len()];

/// Sums over populations and firms by period of the closing window.
#[derive(Debug, Clone, Default)]
pub struct MarketSums {
    /// Needs, recognized, fulfilled, consumer surplus, producer surplus, squared shares.
    by_period: BTreeMap<u32, [f64; 6]>,
}

impl MarketSums {
    const COLUMNS: [&'static str; 5] = [
        "needs",
        "recognized",
        "fulfilled",
        "consumer_surplus",
        "producer_surplus",
    ];

    /// Takes in some rows of the table `market`, of a run of so many periods.
    pub fn take_market(&mut self, batch: &Batch, periods: u32, rows: Range<usize>) {
        let columns = Self::COLUMNS.map(|name| batch.column_as_numbers(name));
        self.take(batch, periods, rows, |sums, row| {
            for (sum, column) in sums.iter_mut().zip(&columns) {
                *sum += column[row];
            }
        });
    }

    /// Takes in some rows of the table `firms`, likewise.
    pub fn take_firms(&mut self, batch: &Batch, periods: u32, rows: Range<usize>) {
        let shares = batch.numbers("share");
        self.take(batch, periods, rows, |sums, row| {
            let share = shares[row];
            sums[5] += if share.is_nan() { 0.0 } else { share * share };
        });
    }

    fn take(
        &mut self,
        batch: &Batch,
        periods: u32,
        rows: Range<usize>,
        add: impl Fn(&mut [f64; 6], usize),
    ) {
        let window = closing(periods);
        let all = batch.integers("period");
        for row in rows {
            let period = u32::try_from(all[row]).unwrap_or(u32::MAX);
            if window.contains(&period) {
                add(self.by_period.entry(period).or_default(), row);
            }
        }
    }

    /// Means over the periods of the window, with so many customers.
    #[must_use]
    pub fn figures(&self, customers: f64) -> MarketFigures {
        let mean = |of: fn(&[f64; 6], f64) -> f64| {
            let values = self.by_period.values().map(|sums| of(sums, customers));
            // without a need there is no ratio
            Moments::of(values.filter(|value| value.is_finite())).mean()
        };
        [
            mean(|sums, _| sums[2] / sums[0]),
            mean(|sums, _| sums[1] / sums[0]),
            // without a transaction nobody has a share
            mean(|sums, _| if sums[2] > 0.0 { sums[5] } else { f64::NAN }),
            mean(|sums, customers| sums[3] / customers),
            mean(|sums, customers| sums[4] / customers),
        ]
    }
}
