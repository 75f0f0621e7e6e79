//! Saltelli's design: two samples A and B, and for every parameter A with that parameter from B.

use super::draws::{Draws, Stream};
use super::error::{SensitivityError, check_outcomes};
use super::sobol::{self, SobolIndex, SobolIndices};

/// Most parameters: a point of A and B together has as many coordinates as there are Sobol dimensions.
const MOST_DIMENSIONS: usize = sobol_burley::NUM_DIMENSIONS as usize / 2;
/// Most base samples: the length of the Sobol sequence.
const MOST_SAMPLES: usize = 1 << 16;

/// The design A, B, A_B^(i) (radial: A with coordinate i from B) of Saltelli et al. (2010).
///
/// A base sample is one point of an Owen-scrambled Sobol sequence in twice as many dimensions as there
/// are parameters: the first half is a row of A, the second of B. Its `dimensions + 2` rows follow one
/// another: A, then A_B^(1) to A_B^(k), then B (the order of SALib without second order). So a
/// design that was cut off after some base samples is a smaller design.
///
/// A power of two of base samples fills the cube most evenly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saltelli {
    dimensions: usize,
    base_samples: u32,
    scramble: u32,
    seed: u64,
}

impl Saltelli {
    /// A design of `base_samples * (dimensions + 2)` rows.
    ///
    /// # Errors
    /// Unless there are 1 to 128 dimensions and 2 to 65,536 base samples.
    pub fn new(
        dimensions: usize,
        base_samples: usize,
        seed: u64,
    ) -> Result<Self, SensitivityError> {
        if !(1..=MOST_DIMENSIONS).contains(&dimensions) {
            return Err(SensitivityError::Dimensions {
                found: dimensions,
                most: MOST_DIMENSIONS,
            });
        }
        if !(2..=MOST_SAMPLES).contains(&base_samples) {
            return Err(SensitivityError::Samples {
                found: base_samples,
                least: 2,
                most: MOST_SAMPLES,
            });
        }
        let [scramble, ..] = Draws::new(seed, Stream::Scramble).words(0, 0);
        Ok(Self {
            dimensions,
            base_samples: base_samples as u32,
            scramble,
            seed,
        })
    }

    /// Number of parameters.
    #[must_use]
    pub fn dimensions(&self) -> usize {
        self.dimensions
    }

    /// Number of base samples.
    #[must_use]
    pub fn base_samples(&self) -> usize {
        self.base_samples as usize
    }

    /// Number of rows.
    #[expect(clippy::len_without_is_empty, reason = "never empty")]
    #[must_use]
    pub fn len(&self) -> usize {
        self.base_samples() * (self.dimensions + 2)
    }

    /// A row, counted from 0: a point in [0, 1)^k, multiples of 2^-23; empty beyond the last row.
    #[must_use]
    pub fn row(&self, index: usize) -> Vec<f64> {
        let size = self.dimensions + 2;
        let (base, part) = (index / size, index % size);
        if base >= self.base_samples() {
            return Vec::new();
        }
        (0..self.dimensions)
            .map(|coordinate| {
                // part 0 is A, the last B, and in between coordinate part - 1 alone is from B
                let from_b = part == size - 1 || part == coordinate + 1;
                let dimension = coordinate + if from_b { self.dimensions } else { 0 };
                f64::from(sobol_burley::sample(
                    base as u32,
                    dimension as u32,
                    self.scramble,
                ))
            })
            .collect()
    }

    /// The indices of every parameter, from one outcome per row.
    ///
    /// An outcome that does not vary has no indices: they are NaN, and the note says so.
    ///
    /// # Errors
    /// If there are more or fewer outcomes than rows, or one of them is NaN or infinite.
    pub fn indices(&self, outcomes: &[f64]) -> Result<Vec<SobolIndex>, SensitivityError> {
        Ok(self.replicated_indices(1, outcomes)?.indices)
    }

    /// The same from several replicates, those of a row one after the other: the noise between them is in no index, and is in
    /// the intervals, of which it takes some five replicates to tell.
    ///
    /// # Errors
    /// As [`Saltelli::indices`].
    pub fn replicated_indices(
        &self,
        replicates: usize,
        outcomes: &[f64],
    ) -> Result<SobolIndices, SensitivityError> {
        check_outcomes(self.len(), replicates, outcomes)?;
        Ok(sobol::indices(
            self.dimensions,
            replicates,
            outcomes,
            self.seed,
        ))
    }
}
