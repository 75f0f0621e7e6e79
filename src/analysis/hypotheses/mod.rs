//! Hypotheses: claims that were stated before a run, held against its figures replicate by replicate.
//!
//! A statement compares figures of variants, which share their draws, so its two sides are taken from one replicate and their difference is
//! what varies. It is *supported* where the interval of the mean difference lies wholly on the claimed side, *refuted* where it lies
//! wholly on the other, and *undecided* otherwise.
//!
//! Where replicates are added until all is decided, intervals are looked at several times, and each look is a chance to be wrong. The
//! number of looks is known beforehand, since every look doubles the replicates, so each spends an equal part of the error that the confidence allows (Bonferroni's
//! inequality, which holds however looks depend on each other): over all looks together, a wrong verdict is no more likely than at one.

mod asked;
mod collect;
mod examine;
mod figure;
mod judged;
mod limit;
mod robust;
mod rows;
mod search;
mod stored;
mod trial;

pub use collect::HypothesesCollector;
pub use judged::{CHANGES, Hypotheses, Judged, Repetition, Robustness, Verdict, looks};
pub use limit::FoundLimit;

#[cfg(test)]
mod tests;
