//! Numbers out of tables: means over replicates with their intervals.

mod estimate;
mod quantity;
mod results;

pub use estimate::{Estimate, Moments};
pub use quantity::Quantity;
pub use results::{FirmResults, MarketResults, Results, Series, ValueSplit};
