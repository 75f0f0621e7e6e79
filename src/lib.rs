//! Flywheel.
pub mod analysis;
pub mod math;
pub mod model;
pub mod random;
pub mod scenario;
pub mod table;
