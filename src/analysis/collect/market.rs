//! Rows of the table `market`, one replicate at a time.

use super::{add_smoothed, count, estimates, mean};
use crate::analysis::{MarketResults, Moments};
use crate::scenario::closing;
use crate::statistics::UNIT;

/// The current replicate of the table `market`, populations together, and the moments over those before.
#[derive(Debug, Clone)]
pub struct MarketTable {
    current: Option<i64>,
    customers: f64,
    /// By column and period.
    pub sums: [Vec<f64>; 5],
    /// Coverage, recognized, consumer and producer surplus, by period.
    moments: [Vec<Moments>; 4],
    /// The same in the closing window.
    closing: [Moments; 4],
}

impl MarketTable {
    pub const COLUMNS: [&'static str; 5] = [
        "needs",
        "recognized",
        "fulfilled",
        "consumer_surplus",
        "producer_surplus",
    ];

    pub fn new(periods: usize, customers: f64) -> Self {
        Self {
            current: None,
            customers,
            sums: std::array::from_fn(|_| vec![0.0; periods]),
            moments: std::array::from_fn(|_| vec![Moments::default(); periods]),
            closing: [Moments::default(); 4],
        }
    }

    pub fn turn_to(&mut self, replicate: i64, smoothing: usize) {
        if self.current != Some(replicate) {
            self.flush(smoothing);
            self.current = Some(replicate);
        }
    }

    pub fn flush(&mut self, smoothing: usize) {
        if self.current.take().is_none() {
            return;
        }
        let [needs, recognized, fulfilled, consumer, producer] = &self.sums;
        // without a need there is no ratio: 0/0 is NaN, which is empty
        let ratio = |part: &[f64]| part.iter().zip(needs).map(|(x, n)| x / n).collect();
        let per_customer = |sum: &[f64]| sum.iter().map(|x| x / self.customers).collect();
        let values: [Vec<f64>; 4] = [
            ratio(fulfilled),
            ratio(recognized),
            per_customer(consumer),
            per_customer(producer),
        ];
        let window = closing(count(needs.len()));
        let window = window.start as usize..window.end as usize;
        let moments = self.moments.iter_mut().zip(&mut self.closing);
        for (values, (moments, closing)) in values.iter().zip(moments) {
            add_smoothed(values, smoothing, moments);
            closing.add(mean(&values[window.clone()]));
        }
        self.sums.iter_mut().for_each(|sums| sums.fill(0.0));
    }

    pub fn results(&self, concentrations: &[Moments], concentrated: Moments) -> MarketResults {
        const ANY: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);
        let [coverage, recognized, consumer_surplus, producer_surplus] =
            std::array::from_fn(|part| {
                estimates(&self.moments[part], if part < 2 { UNIT } else { ANY })
            });
        let [covered, known, consumer, producer] = self.closing;
        let part = |moments: Moments| moments.estimate().within(UNIT);
        MarketResults {
            closing: [
                part(covered),
                part(known),
                part(concentrated),
                consumer.estimate(),
                producer.estimate(),
            ],
            coverage,
            recognized,
            concentration: estimates(concentrations, UNIT),
            consumer_surplus,
            producer_surplus,
        }
    }
}
