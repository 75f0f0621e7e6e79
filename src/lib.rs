//! Flywheel.
pub mod analysis;
pub mod chart;
pub mod scenario;
