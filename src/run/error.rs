//! Why a run failed.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use crate::analysis::{AnalysisError, FindingsError};
use crate::chart::ChartError;
use crate::experiment::OutputError;
use crate::scenario::Diagnostics;

/// Why a run failed.
#[derive(Debug, Error)]
pub enum RunError {
    /// The scenario, or one of its points, is not valid.
    #[error(transparent)]
    Scenario(#[from] Diagnostics),
    /// A file could not be written.
    #[error(transparent)]
    Output(#[from] OutputError),
    /// A question could not be answered.
    #[error(transparent)]
    Analysis(AnalysisError),
    /// What a run found could not be read.
    #[error(transparent)]
    Findings(#[from] FindingsError),
    /// A chart could not be painted.
    #[error(transparent)]
    Chart(#[from] ChartError),
    /// A file or folder could not be read.
    #[error("cannot read {}: {source}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl From<AnalysisError> for RunError {
    fn from(error: AnalysisError) -> Self {
        match error {
            AnalysisError::Scenario(problems) => Self::Scenario(problems),
            AnalysisError::Output(error) => Self::Output(error),
            other => Self::Analysis(other),
        }
    }
}
