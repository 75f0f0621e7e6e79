//! Population learning: how well the first transaction of a new customer fits, by the transactions that the firm had before.
//!
//! A bin holds the periods in which that number N is alike: bin b is where 2 log2(1 + N / usual) rounds to b, so that bins
//! grow with N, and the first is that of a firm without transactions.

use super::Series;
use crate::analysis::{Estimate, Moments};
use crate::statistics::UNIT;
use crate::table::Batch;

/// Bins for a doubling of transactions.
const PER_DOUBLING: f64 = 2.0;

/// The fit of a firm's newcomers, one entry per bin that has any, in ascending order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Newcomers {
    /// Transactions of the firm before the period, as the mean over newcomers.
    pub transactions: Vec<f64>,
    /// Mean fit of first transactions, 0 to 1.
    pub fit: Series,
}

#[derive(Debug, Clone)]
pub(super) struct NewcomersTable {
    usual: f64,
    current: Option<i64>,
    firms: Vec<FirmBins>,
}

#[derive(Debug, Clone, Default)]
struct FirmBins {
    period: i64,
    /// Transactions in the period, and before it.
    now: f64,
    before: f64,
    bins: Vec<Bin>,
}

#[derive(Debug, Clone, Default)]
struct Bin {
    /// Newcomers of the current replicate, and their fit.
    newcomers: f64,
    fit: f64,
    moments: Moments,
    /// Newcomers of all replicates, and the firm's transactions before each.
    all: f64,
    before: f64,
}

impl NewcomersTable {
    pub fn new(firms: usize, usual: f64) -> Self {
        Self {
            usual,
            current: None,
            firms: (0..firms).map(|_| FirmBins::default()).collect(),
        }
    }

    /// Takes in rows, those of a firm in the order of periods.
    pub fn take(&mut self, batch: &Batch, firms: &[Option<usize>]) {
        let [periods, transactions, newcomers] =
            ["period", "transactions", "first_time"].map(|name| batch.integers(name));
        let fit = batch.numbers("first_fit");
        for (row, &replicate) in batch.integers("replicate").iter().enumerate() {
            if self.current != Some(replicate) {
                self.flush();
                self.current = Some(replicate);
            }
            let Some(firm) = firms[row].and_then(|firm| self.firms.get_mut(firm)) else {
                continue;
            };
            firm.turn_to(periods[row]);
            firm.now += transactions[row] as f64;
            if newcomers[row] > 0 {
                let bin = PER_DOUBLING * libm::log2(1.0 + firm.before / self.usual);
                firm.add(bin.round() as usize, newcomers[row] as f64, fit[row]);
            }
        }
    }

    /// Ends a replicate.
    fn flush(&mut self) {
        for firm in &mut self.firms {
            (firm.period, firm.now, firm.before) = (0, 0.0, 0.0);
            for bin in &mut firm.bins {
                // without newcomers 0/0 is NaN, which is empty
                bin.moments.add(bin.fit / bin.newcomers);
                (bin.newcomers, bin.fit) = (0.0, 0.0);
            }
        }
    }

    pub fn finish(mut self) -> Vec<Newcomers> {
        self.flush();
        self.firms.iter().map(FirmBins::finish).collect()
    }
}

impl FirmBins {
    /// The rows that follow are of this period.
    fn turn_to(&mut self, period: i64) {
        if period != self.period {
            self.period = period;
            self.before += std::mem::take(&mut self.now);
        }
    }

    fn add(&mut self, bin: usize, newcomers: f64, fit: f64) {
        if bin >= self.bins.len() {
            self.bins.resize_with(bin + 1, Bin::default);
        }
        let bin = &mut self.bins[bin];
        bin.newcomers += newcomers;
        bin.fit += newcomers * fit;
        bin.all += newcomers;
        bin.before += newcomers * self.before;
    }

    fn finish(&self) -> Newcomers {
        let bins = || self.bins.iter().filter(|bin| bin.all > 0.0);
        Newcomers {
            transactions: bins().map(|bin| bin.before / bin.all).collect(),
            fit: bins()
                .map(|bin| -> Estimate { bin.moments.estimate().within(UNIT) })
                .collect(),
        }
    }
}
