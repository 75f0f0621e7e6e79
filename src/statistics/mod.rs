//! Means over replicates and what is computed from them, with their intervals.
//!
//! [`Moments`] takes values one by one and gives an [`Estimate`]; [`paired`] does so for differences between
//! markets with the same draws, [`jackknife`] for functions of several means.

mod estimate;
pub mod jackknife;
pub(crate) mod order;
pub mod paired;
pub mod spread;

pub(crate) use estimate::{DIFFERENCE, UNIT};
pub use estimate::{Estimate, Moments, quantile};
pub use spread::Spread;
