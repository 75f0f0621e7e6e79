//! Flywheel.
pub mod analysis;
pub mod scenario;
