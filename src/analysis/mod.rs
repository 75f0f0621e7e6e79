//! Numbers out of tables: means over replicates with their intervals.

mod collect;
mod estimate;
mod quantity;
mod results;
pub mod sensitivity;

pub use collect::Collector;
pub use estimate::{Estimate, Moments};
pub use quantity::Quantity;
pub use results::{FirmResults, MarketResults, Results, Series, ValueSplit};
