//! What rows of tables add up: a firm's populations, and single interactions.

use super::log::{Cause, Interaction};
use super::tally::{FirmTally, Tally};
use crate::log::{Account, Purchase, Shape};

/// What of single interactions is added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// The first period that counts.
    pub from: u32,
    /// The firms, all of the scenario, and the periods that count.
    pub shape: Shape,
    /// Whether who takes the place of one who left is taken for the same customer, as where a log has their number and no more.
    pub by_number: bool,
}

/// The interactions so far, added up.
#[derive(Debug, Clone)]
pub struct Summed {
    pub seen: Seen,
    pub account: Account,
    /// Numbers of customers in the populations before each.
    pub before: Vec<u32>,
}

impl Summed {
    /// Takes in what customers of a population did in a period.
    pub fn add(&mut self, period: u32, population: usize, interactions: &[Interaction]) {
        let Some(period) = period.checked_sub(self.seen.from) else {
            return;
        };
        for it in interactions {
            if it.cause == Cause::FalseAlarm {
                continue;
            }
            self.account.add(Purchase {
                period,
                customer: self.before[population] + it.customer,
                arrived: if self.seen.by_number { 0 } else { it.arrived },
                firm: it.firm,
                begun_by_firm: it.cause == Cause::Detected,
            });
        }
    }
}

/// A firm's sums over all populations.
pub struct Total {
    pub transactions: u64,
    pub experiences: Vec<u64>,
    pub fit: f64,
    pub wtp: f64,
    pub cost: f64,
    pub knowledge: f64,
}

impl Total {
    pub fn of<const K: usize>(j: usize, tallies: &[Tally<K>]) -> Self {
        let sum = |part: fn(&FirmTally<K>) -> f64| -> f64 {
            tallies.iter().map(|tally| part(&tally.firm(j))).sum()
        };
        let mut experiences = vec![0; tallies[0].experiences_of(j).len()];
        for tally in tallies {
            for (total, part) in experiences.iter_mut().zip(tally.experiences_of(j)) {
                *total += part;
            }
        }
        Self {
            transactions: tallies.iter().map(|tally| tally.firm(j).transactions).sum(),
            experiences,
            fit: sum(|firm| firm.fit),
            wtp: sum(|firm| firm.wtp),
            cost: sum(|firm| firm.cost),
            knowledge: sum(|firm| firm.knowledge),
        }
    }

    /// Mean willingness to pay less mean cost; NaN without transactions.
    pub fn value_created(&self) -> f64 {
        per(self.wtp - self.cost, self.transactions)
    }
}

/// A sum divided by a count; NaN (empty) where there is nothing to divide by.
pub fn per(sum: f64, count: u64) -> f64 {
    if count == 0 {
        f64::NAN
    } else {
        sum / count as f64
    }
}
