//! Numbers out of tables: means over replicates with their intervals.

pub mod amplification;
mod collect;
mod comparison;
mod estimate;
pub mod game;
pub mod jackknife;
mod journey;
mod learning;
pub mod paired;
mod quantity;
mod results;
pub mod sensitivity;
pub mod sources;
mod summary;
mod sweep;
mod taste_map;
pub mod wheel;

pub use collect::Collector;
pub use comparison::{Compared, ComparedFirm, Comparison, RunFigures};
pub use estimate::{Estimate, Moments};
pub use journey::{FirmJourney, Journey, Turn};
pub use learning::{ExperienceCurve, FirmLearning, LONGEST, Learning, Newcomers, Predicted};
pub use quantity::Quantity;
pub use results::{FirmResults, MarketResults, Results, Series, ValueSplit};
pub use summary::{Figures, Summary, figures};
pub use sweep::{AxisValue, SweepAxis, SweepFirm, SweepPoint, SweepResults};
pub use taste_map::{MapCustomer, MapFirm, MapFrame, Place};
