//! Numbers out of tables: means over replicates with their intervals.

mod collect;
mod estimate;
mod quantity;
mod results;
pub mod sensitivity;
mod sweep;

pub use collect::Collector;
pub use estimate::{Estimate, Moments};
pub use quantity::Quantity;
pub use results::{FirmResults, MarketResults, Results, Series, ValueSplit};
pub use sweep::{AxisValue, SweepAxis, SweepFirm, SweepPoint, SweepResults};
