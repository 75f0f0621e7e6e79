//! Where the value of a perfect fit goes, firm by firm.

use std::ops::Range;

use crate::analysis::{Moments, ValueSplit};
use crate::statistics::UNIT;
use crate::table::Batch;

/// The closing window of the table `periods`, populations together.
#[derive(Debug, Clone)]
pub struct ValueTable {
    current: Option<i64>,
    /// Transactions by firm.
    weights: Vec<f64>,
    /// Sums over transactions of the columns, by firm.
    sums: Vec<[f64; 5]>,
    /// The parts of [`ValueSplit`] in its order, by firm.
    parts: Vec<[Moments; 6]>,
}

impl ValueTable {
    const COLUMNS: [&'static str; 5] = ["fit", "friction", "wtp", "cost", "price"];

    pub fn new(firms: usize) -> Self {
        Self {
            current: None,
            weights: vec![0.0; firms],
            sums: vec![[0.0; 5]; firms],
            parts: vec![[Moments::default(); 6]; firms],
        }
    }

    fn turn_to(&mut self, replicate: i64) {
        if self.current != Some(replicate) {
            self.flush();
            self.current = Some(replicate);
        }
    }

    /// Takes in rows of the table; `firms` are the positions of the rows' firms, `closing` the periods that count.
    pub fn take(&mut self, batch: &Batch, firms: &[Option<usize>], closing: &Range<usize>) {
        let columns = Self::COLUMNS.map(|name| batch.numbers(name));
        let transactions = batch.integers("transactions");
        let periods = batch.integers("period");
        for (row, &replicate) in batch.integers("replicate").iter().enumerate() {
            self.turn_to(replicate);
            let is_closing =
                usize::try_from(periods[row]).is_ok_and(|period| closing.contains(&period));
            let Some(firm) = firms[row].filter(|_| is_closing && transactions[row] > 0) else {
                continue;
            };
            let weight = transactions[row] as f64;
            self.weights[firm] += weight;
            for (sums, column) in self.sums[firm].iter_mut().zip(&columns) {
                *sums += weight * column[row];
            }
        }
    }

    /// The replicate is over.
    pub fn flush(&mut self) {
        if self.current.take().is_none() {
            return;
        }
        for ((weight, sums), parts) in self
            .weights
            .iter_mut()
            .zip(&mut self.sums)
            .zip(&mut self.parts)
        {
            if *weight > 0.0 {
                let [fit, friction, wtp, cost, price] = sums.map(|sum| sum / *weight);
                let split = [
                    1.0 - fit,
                    friction,
                    fit - friction - wtp,
                    cost,
                    price - cost,
                    wtp - price,
                ];
                for (moments, part) in parts.iter_mut().zip(split) {
                    moments.add(part);
                }
            }
            *weight = 0.0;
            *sums = [0.0; 5];
        }
    }

    /// What became of the value of a perfect fit.
    pub fn split(&self, firm: usize) -> ValueSplit {
        let [lost_fit, friction, control, cost, profit, surplus] =
            self.parts[firm].map(|moments| moments.estimate());
        ValueSplit {
            lost_fit: lost_fit.within(UNIT),
            friction: friction.within((0.0, f64::INFINITY)),
            control: control.within((0.0, f64::INFINITY)),
            cost: cost.within((0.0, f64::INFINITY)),
            profit,
            surplus,
        }
    }
}
