//! Global sensitivity analysis: how much each parameter matters for an outcome, over all of their ranges.
//!
//! **Sobol indices** divide the variance of the outcome: the *first-order* index of a parameter is the
//! share that would vanish if it alone were known, the *total* index the share that would remain if
//! all others were known; the difference comes from interactions. **Morris measures** take far fewer
//! runs and only rank: *mu\** is the mean size of a parameter's effect, *sigma* tells how much the effect
//! depends on where the others (or the parameter itself) stand.
//!
//! # Usual flow
//!
//! 1. A design, [`Saltelli`] or [`Morris`], names points of the unit cube row by row; the caller spreads them
//!    over the parameters' ranges. Any row is computed on its own, so none is held in memory.
//! 2. The caller finds the outcome of every row, in order.
//! 3. [`Saltelli::indices`] (of several replicates, [`Saltelli::replicated_indices`]) or [`Morris::measures`] turns the outcomes into one result per parameter, with
//!    95 % intervals by bootstrap, and says where the samples are too few.
//!
//! Equal seeds give equal designs and equal intervals, bit for bit, on every machine.
//!
//! # Sources
//!
//! - A. Saltelli et al. (2010), Computer Physics Communications 181, 259-270: the design, and the
//!   first-order index of parameters that matter little.
//! - M. J. W. Jansen (1999), Computer Physics Communications 117, 35-43: the total index.
//! - M. D. Morris (1991), Technometrics 33, 161-174: trajectories, mu and sigma.
//! - F. Campolongo, J. Cariboni and A. Saltelli (2007), Environmental Modelling & Software 22,
//!   1509-1518: mu\*. (Their selection of trajectories that lie far apart is not made here.)
//!
//! # Example
//!
//! ```
//! use flywheel::analysis::sensitivity::Saltelli;
//!
//! let design = Saltelli::new(2, 1024, 1)?;
//! let outcomes: Vec<f64> = (0..design.len())
//!     .map(|row| design.row(row))
//!     .map(|point| 2.0 * point[0] + point[1])
//!     .collect();
//! let indices = design.indices(&outcomes)?;
//! // variances 4/12 and 1/12: four fifths and one fifth
//! assert!((indices[0].first_order.value - 0.8).abs() < 0.02);
//! assert!((indices[1].total.value - 0.2).abs() < 0.02);
//! # Ok::<(), flywheel::analysis::sensitivity::SensitivityError>(())
//! ```

mod division;
mod draws;
mod effects;
mod error;
mod interval;
mod kind;
mod matrix;
mod morris;
mod saltelli;
mod sobol;

#[cfg(test)]
mod tests;

pub use effects::MorrisMeasure;
pub use error::SensitivityError;
pub use interval::Bounded;
pub use kind::{Parameter, Sensitivity, SensitivityQuestion};
pub use morris::Morris;
pub use saltelli::Saltelli;
pub use sobol::{SobolIndex, SobolIndices};
