//! Flywheel.
pub mod analysis;
pub mod experiment;
pub mod math;
pub mod model;
pub mod random;
pub mod scenario;
pub mod table;
