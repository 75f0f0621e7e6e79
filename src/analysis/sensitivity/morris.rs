//! Morris's design: random trajectories on a grid that change one parameter at a time.

use super::draws::{Draws, Stream, below};
use super::effects::{self, MorrisMeasure};
use super::error::{SensitivityError, check_outcomes};

/// Most parameters, trajectories and levels; far beyond use, so that all numbers fit.
const MOST: usize = 1 << 16;

/// Trajectories through a grid of equal levels in [0, 1]^k (both ends are levels).
///
/// A trajectory is `dimensions + 1` rows one after another; from each to the next one parameter, in
/// random order, moves up or down by delta = p / (2 (p - 1)), p being the number of levels. Start,
/// order and directions are drawn for each trajectory on its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Morris {
    dimensions: u32,
    trajectories: u32,
    levels: u32,
    draws: Draws,
    resampling: Draws,
}

/// One trajectory: the two levels of every parameter, and the order in which they change.
struct Trajectory {
    /// Level before and after, by parameter.
    levels: Vec<[u32; 2]>,
    /// Parameters in the order of their change.
    order: Vec<usize>,
}

impl Morris {
    /// The usual number of levels.
    pub const LEVELS: usize = 4;

    /// A design of `trajectories * (dimensions + 1)` rows.
    ///
    /// # Errors
    /// Unless there are at least one dimension, two trajectories and an even number of levels, each at most 65,536.
    pub fn new(
        dimensions: usize,
        trajectories: usize,
        levels: usize,
        seed: u64,
    ) -> Result<Self, SensitivityError> {
        if !(1..=MOST).contains(&dimensions) {
            return Err(SensitivityError::Dimensions {
                found: dimensions,
                most: MOST,
            });
        }
        if !(2..=MOST).contains(&trajectories) {
            return Err(SensitivityError::Samples {
                found: trajectories,
                least: 2,
                most: MOST,
            });
        }
        // with an odd number the step would end between two levels
        if !(2..=MOST).contains(&levels) || !levels.is_multiple_of(2) {
            return Err(SensitivityError::Levels {
                found: levels,
                most: MOST,
            });
        }
        Ok(Self {
            dimensions: dimensions as u32,
            trajectories: trajectories as u32,
            levels: levels as u32,
            draws: Draws::new(seed, Stream::Trajectory),
            resampling: Draws::new(seed, Stream::Bootstrap),
        })
    }

    /// Number of parameters.
    #[must_use]
    pub fn dimensions(&self) -> usize {
        self.dimensions as usize
    }

    /// Number of trajectories.
    #[must_use]
    pub fn trajectories(&self) -> usize {
        self.trajectories as usize
    }

    /// Number of rows.
    #[expect(clippy::len_without_is_empty, reason = "never empty")]
    #[must_use]
    pub fn len(&self) -> usize {
        self.trajectories() * (self.dimensions() + 1)
    }

    /// A row, counted from 0: a point in [0, 1]^k; empty beyond the last row.
    #[must_use]
    pub fn row(&self, index: usize) -> Vec<f64> {
        let size = self.dimensions() + 1;
        let (number, step) = (index / size, index % size);
        if number >= self.trajectories() {
            return Vec::new();
        }
        let trajectory = self.trajectory(number as u32);
        let mut place: Vec<f64> = trajectory
            .levels
            .iter()
            .map(|&[before, _]| self.value(before))
            .collect();
        for &moved in &trajectory.order[..step] {
            place[moved] = self.value(trajectory.levels[moved][1]);
        }
        place
    }

    /// The measures of every parameter, from one outcome per row.
    ///
    /// Effects are per unit of the cube: the change of the outcome over the whole range of a parameter,
    /// were it linear.
    ///
    /// # Errors
    /// If there are more or fewer outcomes than rows, or one of them is NaN or infinite.
    pub fn measures(&self, outcomes: &[f64]) -> Result<Vec<MorrisMeasure>, SensitivityError> {
        check_outcomes(self.len(), 1, outcomes)?;
        let moves = (0..self.trajectories).flat_map(|number| {
            let trajectory = self.trajectory(number);
            let by = |parameter: usize| {
                let [before, after] = trajectory.levels[parameter];
                (parameter, self.value(after) - self.value(before))
            };
            trajectory
                .order
                .iter()
                .map(|&parameter| by(parameter))
                .collect::<Vec<_>>()
        });
        Ok(effects::measures(
            self.dimensions(),
            moves,
            outcomes,
            self.resampling,
        ))
    }

    fn value(&self, level: u32) -> f64 {
        f64::from(level) / f64::from(self.levels - 1)
    }

    fn trajectory(&self, number: u32) -> Trajectory {
        let half = self.levels / 2;
        let mut levels = Vec::with_capacity(self.dimensions());
        let mut order: Vec<usize> = (0..self.dimensions()).collect();
        for parameter in 0..self.dimensions {
            let [start, direction, swap, _] = self.draws.words(number, parameter);
            let low = below(start, half);
            let up = [low, low + half];
            levels.push(if direction >> 31 == 0 {
                up
            } else {
                [up[1], up[0]]
            });
            // Fisher and Yates, from the front
            let last = parameter as usize;
            order.swap(last, below(swap, parameter + 1) as usize);
        }
        Trajectory { levels, order }
    }
}
