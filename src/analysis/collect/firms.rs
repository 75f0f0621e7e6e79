//! Rows of the table `firms`, one replicate at a time.

use super::{add_smoothed, count, mean};
use crate::analysis::{Fates, Moments, Quantity};
use crate::scenario::closing;

/// The current replicate of the table `firms`, and the moments over those before.
#[derive(Debug, Clone)]
pub struct FirmsTable {
    current: Option<i64>,
    pub replicates: u32,
    /// By quantity, firm and period, as in the table.
    pub raw: Vec<Vec<Vec<f64>>>,
    /// The same, empty while a firm is not in the market.
    pub shown: Vec<Vec<Vec<f64>>>,
    /// Sum of squared shares by period.
    pub concentration: Vec<f64>,
    pub series: Vec<Vec<Vec<Moments>>>,
    pub concentrations: Vec<Moments>,
    /// In the closing window.
    pub concentrated: Moments,
    /// By firm, in the order of [`Quantity::SUMMARY`], and by replicate.
    pub finals: Vec<Vec<Vec<f64>>>,
    pub fates: Fates,
}

impl FirmsTable {
    pub fn new(firms: usize, periods: usize) -> Self {
        let values = vec![vec![vec![f64::NAN; periods]; firms]; Quantity::ALL.len()];
        Self {
            current: None,
            replicates: 0,
            shown: values.clone(),
            raw: values,
            concentration: vec![0.0; periods],
            series: vec![vec![vec![Moments::default(); periods]; firms]; Quantity::ALL.len()],
            concentrations: vec![Moments::default(); periods],
            concentrated: Moments::default(),
            finals: vec![vec![Vec::new(); Quantity::SUMMARY.len()]; firms],
            fates: Fates::default(),
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
        self.replicates += 1;
        let share = Quantity::Share as usize;
        let window = closing(count(self.concentration.len()));
        let window = window.start as usize..window.end as usize;
        let ends = self.raw[share]
            .iter()
            .map(|values| mean(&values[window.clone()]));
        let ends: Vec<f64> = ends.collect();
        self.fates.take(&self.shown[share], &ends, smoothing);
        let quantities = self.shown.iter_mut().zip(&mut self.series);
        for ((values, moments), quantity) in quantities.zip(Quantity::ALL) {
            // a sum so far, smoothed, would lag behind what the summary says of the end
            let smoothing = match quantity {
                Quantity::CumulativeProfit => 1,
                _ => smoothing,
            };
            for (values, moments) in values.iter_mut().zip(moments) {
                add_smoothed(values, smoothing, moments);
                values.fill(f64::NAN);
            }
        }
        add_smoothed(&self.concentration, smoothing, &mut self.concentrations);
        self.concentrated
            .add(mean(&self.concentration[window.clone()]));
        self.concentration.fill(0.0);
        for (position, quantity) in Quantity::SUMMARY.into_iter().enumerate() {
            let window = quantity.window(count(self.concentration.len()));
            let window = window.start as usize..window.end as usize;
            let values = &mut self.raw[quantity as usize];
            for (values, finals) in values.iter_mut().zip(&mut self.finals) {
                finals[position].push(mean(&values[window.clone()]));
                values.fill(f64::NAN);
            }
        }
    }
}
