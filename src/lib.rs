//! Flywheel.
pub mod scenario;
