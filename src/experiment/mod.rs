//! Many markets: replicates over all cores, their tables in order, and the folder that keeps them.
//!
//! # Usual flow
//!
//! 1. [`Output::prepare`] makes sure that results can be written, before any work.
//! 2. [`Design`] says at which points of the parameter space, and gives the scenario of each.
//! 3. [`run_replicates`] simulates the replicates of a scenario and hands their tables over in order.
//! 4. [`Output`] writes them aside, then puts them in place with the scenario and a [`Manifest`].
//!
//! # Architecture
//!
//! Threads take replicates in order and never run further ahead of the oldest unfinished one than a
//! small window, so memory does not grow with the number of replicates. Tables are handed over in
//! replicate order on the caller's thread, so files do not depend on the number of threads.

mod design;
mod manifest;
mod output;
mod replicates;

pub use design::{Design, DesignAxis};
pub use manifest::{FileEntry, Manifest, Status};
pub use output::{Output, OutputError, write_whole};
pub use replicates::{Cancel, Finished, Progress, run_replicates};
