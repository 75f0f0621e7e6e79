//! What can be wrong with a design or with outcomes.

use std::fmt;

/// Why a design cannot be made, or outcomes cannot be analysed.
#[derive(Debug, Clone, PartialEq)]
pub enum SensitivityError {
    /// No parameters, or more than the design can hold.
    Dimensions {
        /// Parameters asked for.
        found: usize,
        /// Most that the design holds.
        most: usize,
    },
    /// Too few or too many base samples or trajectories.
    Samples {
        /// Samples asked for.
        found: usize,
        /// Least number.
        least: usize,
        /// Greatest number.
        most: usize,
    },
    /// A number of levels that Morris's step does not fit.
    Levels {
        /// Levels asked for.
        found: usize,
        /// Greatest number.
        most: usize,
    },
    /// More or fewer outcomes than rows.
    Length {
        /// Rows of the design.
        rows: usize,
        /// Outcomes given.
        found: usize,
    },
    /// An outcome that is no number.
    NotFinite {
        /// Row of the design, counted from 0.
        row: usize,
        /// The outcome.
        value: f64,
    },
}

impl fmt::Display for SensitivityError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dimensions { found: 0, .. } => {
                write!(out, "a sensitivity analysis needs at least one parameter")
            }
            Self::Dimensions { found, most } => write!(
                out,
                "{found} parameters are too many for this design: at most {most}; \
                 vary several together, or leave out some"
            ),
            Self::Samples { found, least, most } => {
                write!(out, "{found} samples: should be between {least} and {most}")
            }
            Self::Levels { found, most } => write!(
                out,
                "{found} levels: should be an even number between 2 and {most}; 4 is usual"
            ),
            Self::Length { rows, found } => write!(
                out,
                "the design has {rows} rows, but there are {found} outcomes: give one per row and replicate, in order"
            ),
            Self::NotFinite { row, value } if value.is_nan() => write!(
                out,
                "the outcome of row {row} is empty (NaN): indices need a value at every row"
            ),
            Self::NotFinite { row, value } => write!(
                out,
                "the outcome of row {row} is {value}: indices need a finite value at every row"
            ),
        }
    }
}

impl std::error::Error for SensitivityError {}

/// Whether there is one finite outcome per row and replicate.
pub(super) fn check_outcomes(
    rows: usize,
    replicates: usize,
    outcomes: &[f64],
) -> Result<(), SensitivityError> {
    if outcomes.len() != rows * replicates {
        return Err(SensitivityError::Length {
            rows,
            found: outcomes.len(),
        });
    }
    match outcomes.iter().position(|value| !value.is_finite()) {
        None => Ok(()),
        Some(place) => Err(SensitivityError::NotFinite {
            row: place / replicates,
            value: outcomes[place],
        }),
    }
}
