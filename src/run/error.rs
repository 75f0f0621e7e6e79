//! Why a run failed.

use thiserror::Error;

use crate::analysis::{AnalysisError, FindingsError};
use crate::chart::ChartError;
use crate::experiment::ExperimentError;
use crate::scenario::Diagnostics;
use crate::table::TableError;

/// Why a run failed.
#[derive(Debug, Error)]
pub enum RunError {
    /// The scenario, or one of its points, is not valid.
    #[error(transparent)]
    Scenario(#[from] Diagnostics),
    /// A file could not be read or written.
    #[error(transparent)]
    Experiment(#[from] ExperimentError),
    /// A question could not be answered.
    #[error(transparent)]
    Analysis(AnalysisError),
    /// What a run found could not be read.
    #[error(transparent)]
    Findings(#[from] FindingsError),
    /// A chart could not be painted.
    #[error(transparent)]
    Chart(#[from] ChartError),
}

impl From<TableError> for RunError {
    fn from(error: TableError) -> Self {
        Self::Experiment(error.into())
    }
}

impl From<AnalysisError> for RunError {
    fn from(error: AnalysisError) -> Self {
        match error {
            AnalysisError::Scenario(problems) => Self::Scenario(problems),
            AnalysisError::Experiment(error) => Self::Experiment(error),
            other => Self::Analysis(other),
        }
    }
}
