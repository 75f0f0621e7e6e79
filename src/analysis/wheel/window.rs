//! What happened between a firm and all its customers in a window of periods: the sums that links are made of.

use super::LoopQuestion;
use crate::table::Batch;

/// Transactions.
pub(super) const TRANSACTIONS: usize = 0;
/// Sum of fit over transactions.
pub(super) const FIT: usize = 1;
/// Sum of willingness to pay.
pub(super) const VALUE: usize = 2;
/// Sum of cost.
pub(super) const COST: usize = 3;
/// Sum of the knowledge index.
pub(super) const KNOWLEDGE: usize = 4;
/// Transactions of customers new to the firm.
pub(super) const FIRST_TIME: usize = 5;
/// Number of sums. They are followed by two entries for each period: [`home`] and [`new`].
const SUMS: usize = 6;

/// Length of a window of so many periods.
pub(super) fn length(periods: u32) -> usize {
    SUMS + 2 * periods as usize
}

/// Home customers at the start of each period.
pub(super) fn home(window: &[f64]) -> &[f64] {
    &window[SUMS..SUMS + (window.len() - SUMS) / 2]
}

/// Transactions of customers new to the firm in each period.
pub(super) fn new(window: &[f64]) -> &[f64] {
    &window[SUMS + (window.len() - SUMS) / 2..]
}

/// The sums over the window, from the rows of `periods`.
pub(super) fn window(question: &LoopQuestion, periods: &Batch) -> Vec<f64> {
    let from = i64::from(question.period);
    let to = from + i64::from(question.window);
    let mut sums = vec![0.0; length(question.window)];
    let per_period =
        |part: i64, after: i64| SUMS + (part * i64::from(question.window) + after) as usize;
    let vocabulary = periods.vocabulary();
    let integers = ["transactions", "first_time", "customers"].map(|name| periods.integers(name));
    let means = ["fit", "wtp", "cost", "knowledge"].map(|name| periods.numbers(name));
    let rows = periods
        .labels("firm")
        .iter()
        .zip(periods.integers("period"));
    for (row, (firm, &period)) in rows.enumerate() {
        if vocabulary.name(*firm) != question.firm {
            continue;
        }
        let [transactions, first_time, customers] = integers.map(|column| column[row] as f64);
        // at the end of a period is at the start of the next
        if (from - 1..to - 1).contains(&period) {
            sums[per_period(0, period + 1 - from)] += customers;
        }
        if !(from..to).contains(&period) {
            continue;
        }
        sums[TRANSACTIONS] += transactions;
        sums[FIRST_TIME] += first_time;
        sums[per_period(1, period - from)] += first_time;
        if transactions > 0.0 {
            for (sum, mean) in sums[FIT..=KNOWLEDGE].iter_mut().zip(means) {
                *sum += transactions * mean[row];
            }
        }
    }
    sums
}
