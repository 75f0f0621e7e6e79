//! Keyed draws: every random number is a pure function of what it is for.
//!
//! A draw is named by (seed, replicate, purpose, whose, period, who). Changing one firm's policy, the
//! order of the firms or the number of threads changes no draw, so two scenarios face the same
//! customers with the same needs and shocks: common random numbers (model, section 2).
//!
//! # Architecture
//!
//! 1. [`Source`] is one replicate of one seed.
//! 2. [`Source::family`] narrows it to a [`Purpose`] and to the names of those concerned.
//! 3. [`Family::key`] narrows that to a period and an index. Both steps are one block of Philox4x32-10
//!    each, a counter-based generator that passes the known batteries.
//! 4. [`Key::word`] gives the 32 random bits of one customer (or product) by a keyed integer hash,
//!    cheap enough for the innermost loop, and [`Key::uniform`] and the rest shape them.

mod key;
mod sample;

pub use key::{Family, Key, NormalKeys, Purpose, Source};
pub use sample::{beta, betas, normals};
