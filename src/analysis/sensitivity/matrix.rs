//! The design of either method.

use super::{Bounded, Morris, Saltelli, SensitivityError};
use crate::scenario::SensitivityMethod;
use crate::statistics::Moments;

/// Indices by parameter, what to know about them, and the noise between replicates.
pub type Found = (Vec<Vec<Bounded>>, Vec<String>, Option<Bounded>);

/// The places in the unit cube at which a method needs the outcome.
#[derive(Debug)]
pub enum Matrix {
    Sobol(Saltelli),
    Morris(Morris),
}

impl Matrix {
    pub fn new(
        method: SensitivityMethod,
        axes: usize,
        samples: usize,
        seed: u64,
    ) -> Result<Self, SensitivityError> {
        Ok(match method {
            SensitivityMethod::Sobol => Self::Sobol(Saltelli::new(axes, samples, seed)?),
            SensitivityMethod::Morris => {
                Self::Morris(Morris::new(axes, samples, Morris::LEVELS, seed)?)
            }
        })
    }

    pub fn len(&self) -> usize {
        match self {
            Self::Sobol(matrix) => matrix.len(),
            Self::Morris(matrix) => matrix.len(),
        }
    }

    /// The place of a row, with every coordinate below 1, as axes take them.
    pub fn row(&self, row: usize) -> Vec<f64> {
        let mut place = match self {
            Self::Sobol(matrix) => matrix.row(row),
            Self::Morris(matrix) => matrix.row(row),
        };
        place
            .iter_mut()
            .for_each(|x| *x = x.min(1.0 - f64::EPSILON));
        place
    }

    /// By parameter: its indices, in the order of [`indices`], and what to know about them; and the noise.
    pub fn indices(&self, replicates: usize, outcomes: &[f64]) -> Result<Found, SensitivityError> {
        let exact = |value| Bounded {
            value,
            low: f64::NAN,
            high: f64::NAN,
        };
        Ok(match self {
            Self::Sobol(matrix) => {
                let found = matrix.replicated_indices(replicates, outcomes)?;
                let all = found.indices.into_iter();
                let all = all.map(|index| (vec![index.first_order, index.total], index.note));
                let (indices, notes) = all.unzip();
                (indices, notes, Some(found.noise))
            }
            Self::Morris(matrix) => {
                let rows = outcomes.chunks(replicates);
                let means = rows.map(|row| Moments::of(row.iter().copied()).mean());
                let all = matrix.measures(&means.collect::<Vec<_>>())?.into_iter();
                let indices = all.map(|one| vec![exact(one.mu), one.mu_star, exact(one.sigma)]);
                let indices: Vec<_> = indices.collect();
                let notes = vec![String::new(); indices.len()];
                (indices, notes, None)
            }
        })
    }
}
