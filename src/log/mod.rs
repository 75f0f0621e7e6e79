//! Who bought from whom, and when: logs of purchases, and the statistics that say what is in one.
//!
//! # Usual flow
//!
//! 1. [`Log::read`] takes a log from a file: customers of a real market, or the table `interactions` of a run.
//! 2. [`Account`] takes in purchases in the order of time, one by one, whoever made them: a log, or a market that is being simulated.
//! 3. [`Account::values`] are the [`Statistic`]s of a [`Shape`]: the same code for what was observed and what was simulated, so that
//!    they can be held against each other.
//!
//! An account keeps a few numbers for each customer and nothing for each purchase. Who never buys is in no log, so no statistic counts
//! customers who did not.

use std::collections::BTreeSet;

mod account;
mod date;
mod error;
mod gather;
mod read;
mod row;
mod scenario;
mod sheet;
mod statistic;
mod targets;
#[cfg(test)]
mod tests;

pub use account::{Account, Purchase};
pub use date::Unit;
pub use error::{LogError, Mistake};
pub use read::Reading;
pub use scenario::scenario_name;
use sheet::Sheet;
pub use statistic::{Shape, Statistic, StatisticKind};
pub use targets::Target;

/// A log of purchases of one market.
#[derive(Debug, Clone, PartialEq)]
pub struct Log {
    /// Firms, those with most purchases first, then by name.
    pub firms: Vec<FirmInLog>,
    /// Populations with their customers, in the order of their first purchase; one without a name where the log has none. Who takes
    /// the place of one who left, where the log says so, is not counted again.
    pub populations: Vec<(String, u32)>,
    /// Customers who bought anything.
    pub customers: u32,
    /// Periods from the first purchase to the last.
    pub periods: u32,
    /// The number of the first period; none where the log has dates.
    pub first: Option<i64>,
    /// What the log calls its first and its last period: a number, or a date.
    pub span: (String, String),
    /// The purchases in the order of time. Firms are positions in [`Log::firms`].
    pub purchases: Vec<Purchase>,
    /// Whether the log says who began the purchases.
    pub knows_who_began: bool,
    /// Whether the log tells apart who had a number and who took it over.
    pub knows_arrivals: bool,
    /// Rows that are no purchases: false alarms, and other replicates of a run.
    pub passed_over: u64,
}

/// A firm of a log.
#[derive(Debug, Clone, PartialEq)]
pub struct FirmInLog {
    /// Its name.
    pub name: String,
    /// Purchases.
    pub purchases: u64,
    /// Those that the firm began, where that is known.
    pub begun: u64,
    /// Mean price of those whose price is known; NaN where there is none.
    pub price: f64,
}

impl Log {
    /// What the statistics of the log run over.
    #[must_use]
    pub fn shape(&self) -> Shape {
        Shape {
            firms: self.firms.len(),
            periods: self.periods,
        }
    }

    /// Purchases that are not a customer's first one in a period; in the model there are none.
    #[must_use]
    pub fn more_in_a_period(&self) -> usize {
        let own = self.purchases.iter().map(|one| (one.customer, one.period));
        self.purchases.len() - own.collect::<BTreeSet<_>>().len()
    }

    /// The statistics with their values, for firms in the order of [`Log::firms`]; NaN where the log does not say.
    #[must_use]
    pub fn statistics(&self) -> Vec<(Statistic, f64)> {
        self.statistics_as(self.shape(), |firm| firm)
    }

    /// The same over a shape in which firms have other positions.
    #[must_use]
    pub fn statistics_as(
        &self,
        shape: Shape,
        position: impl Fn(u16) -> u16,
    ) -> Vec<(Statistic, f64)> {
        let mut account = Account::new(shape, self.customers as usize);
        for one in &self.purchases {
            account.add(Purchase {
                firm: position(one.firm),
                ..*one
            });
        }
        account.finish();
        let all = shape.statistics().into_iter();
        let values = account.values();
        all.zip(values)
            .map(|(one, value)| {
                let is_known = self.knows_who_began || one.kind != StatisticKind::BegunByFirm;
                (one, if is_known { value } else { f64::NAN })
            })
            .collect()
    }
}
