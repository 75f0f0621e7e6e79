//! Why there is no answer.

use thiserror::Error;

use super::sensitivity::SensitivityError;
use crate::experiment::ExperimentError;
use crate::scenario::Diagnostics;
use crate::table::TableError;

/// Why an analysis has no answer.
#[derive(Debug, Error)]
pub enum AnalysisError {
    /// The scenario, or a variant of it, is not valid.
    #[error(transparent)]
    Scenario(#[from] Diagnostics),
    /// A finished cell could not be kept.
    #[error(transparent)]
    Experiment(ExperimentError),
    /// A table could not be read.
    #[error(transparent)]
    Table(#[from] TableError),
    /// A cell could not be simulated.
    #[error("analysis {number}: {source}")]
    Cell {
        /// Place of the analysis in the scenario, from 1.
        number: u32,
        /// Which cell, and why.
        source: ExperimentError,
    },
    /// The firm that is asked about does not take part.
    #[error("analysis {number}: there is no firm {firm}")]
    NoFirm {
        /// Place of the analysis in the scenario, from 1.
        number: u32,
        /// Its name.
        firm: String,
    },
    /// The firm that is asked about does not take part at a point.
    #[error("sensitivity: point {point} has no firm {firm}")]
    NoFirmAt {
        /// Number of the point, from 0.
        point: u32,
        /// Its name.
        firm: String,
    },
    /// The design of a sensitivity analysis is not possible, or an outcome is no number.
    #[error("sensitivity: {0}")]
    Sensitivity(#[from] SensitivityError),
    /// A table has too few rows for what the scenario asks.
    #[error("the tables of kind {kind} lack rows of analyses that the scenario asks for")]
    TooFewRows {
        /// Which kind of analysis.
        kind: &'static str,
    },
}

impl AnalysisError {
    /// What went wrong while the cells of an analysis were simulated.
    pub(super) fn of_study(number: u32, error: ExperimentError) -> Self {
        match error {
            source @ ExperimentError::Cell { .. } => Self::Cell { number, source },
            other => Self::Experiment(other),
        }
    }
}
