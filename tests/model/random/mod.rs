//! Random draws: pinned to the bit, uniform, independent, and of the distributions that they claim.
//!
//! All keys are fixed, so a test that passes once passes always; bounds are quantiles of the test
//! statistic that a true random source would cross once in 100,000 times.

mod distributions;
mod gumbels;
mod independence;
mod keys;
mod mixers;
mod stability;
mod statistics;

use flywheel::random::{Key, Purpose, Source};

/// The draws of one purpose in one period of one replicate of one seed.
fn key(seed: u64, replicate: u32, purpose: Purpose, names: &[&str], period: u32) -> Key {
    Source::new(seed, replicate)
        .family(purpose, names)
        .key(period, 0)
}

/// Some key; tests that need only one take this.
fn any_key() -> Key {
    key(1, 0, Purpose::NeedArises, &["customers"], 0)
}
