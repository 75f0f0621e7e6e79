//! What the model says of worlds that live side by side.

use super::definition::table;

table! {
    /// One row per replicate, period and world: what a firm's head start comes to with and without the answers of customers. It is no file.
    WORLDS = "worlds", WorldRow {
        /// Replicate, counted from 0.
        replicate: Integer,
        /// Period, from that of the head start on.
        period: Integer,
        /// World: base (without the head start), closed (everything answers) or open (what happens to customers is replayed from base).
        world: Text,
        /// Value created by all transactions of the firm.
        value_created: Number,
        /// The part of it in transactions with those who were at home with the firm when it got the head start.
        value_created_at_home: Number,
        /// Profit of the firm after fixed cost.
        profit: Number,
        /// The part of it with the same customers, before fixed cost.
        profit_at_home: Number,
        /// The firm's share of all transactions, 0 to 1; 0 where there are none.
        share: Number,
    }
}
