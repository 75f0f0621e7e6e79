//! The columns of the table of what a log of purchases says.

use super::definition::table;

table! {
    /// One row per statistic of a log of purchases: that of `flywheel describe`.
    STATISTICS = "statistics", StatisticRow {
        /// Statistic: share, repeat, repeat_after, return, frequency, dispersion, first_time, within_customers, between_customers, switching, run_length, survival or begun_by_firm.
        statistic: Text,
        /// Firm; of switching the firm before and the firm after, with `>` between them; empty of all firms together.
        firm: Text,
        /// First period; of repeat_after the least number of earlier purchases, of run_length that of purchases in a row, of survival the number of periods later.
        from: Integer,
        /// Period, or number, before which it ends; 0 without an end.
        to: Integer,
        /// Its value; empty where nothing says.
        value: Number,
    }
}
