//! How the program ends.

use std::process::ExitCode;

/// How the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// All was done.
    Done,
    /// A run failed.
    Failed,
    /// Wrong usage or a bad scenario; nothing was written.
    Unusable,
    /// The user stopped the program; finished work is kept.
    Interrupted,
}

impl Status {
    /// How two pieces of work end together: done only if both are, else as the first that is not.
    pub fn and(self, other: Self) -> Self {
        if self == Self::Done { other } else { self }
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Done => 0,
            Status::Failed => 1,
            Status::Unusable => 2,
            Status::Interrupted => 130,
        })
    }
}
