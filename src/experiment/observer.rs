//! How whoever started a run hears of it.

use super::{Found, Progress};

/// Cells that are about to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stage {
    /// What needs them.
    pub work: Work,
    /// Points of the sweep, 1 without one; variants of an analysis.
    pub points: u32,
    /// How many cells there are.
    pub cells: u64,
    /// How many of them an earlier run finished.
    pub kept: u64,
    /// What an earlier run left.
    pub found: Found,
}

/// What cells are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// The scenario's own run.
    Own,
    /// The analysis at this place in the scenario, from 1.
    Analysis(u32),
    /// How far its hypotheses hold.
    Hypotheses,
}

/// Hears how a run goes, on the thread that started it. What is not written does nothing.
pub trait Observer {
    /// Cells are about to be done.
    fn begin(&mut self, _stage: Stage) {}

    /// There are more of them than was said: so many.
    fn extend(&mut self, _cells: u64) {}

    /// How far the stage has come, some ten times a second.
    fn progress(&mut self, _progress: Progress) {}

    /// The stage is over.
    fn end(&mut self) {}

    /// Something that was found, in a sentence.
    fn note(&mut self, _text: &str) {}
}

/// Hears nothing.
impl Observer for () {}
