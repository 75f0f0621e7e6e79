//! Which parameters matter for an outcome: bars of Sobol indices, or a plane of Morris measures.

mod bars;
mod plane;

#[cfg(test)]
mod tests;

use super::{Figure, words};
use crate::analysis::sensitivity::Bounded;

/// A sensitivity analysis as it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Sensitivity {
    /// Name of the figure: the stem of its files.
    pub name: String,
    /// The outcome as part of a sentence: "the share of coach-behavior".
    pub outcome: String,
    /// Base samples (Sobol) or trajectories (Morris).
    pub samples: u64,
    /// What the caption says besides: sentences, of which some may be empty.
    pub remarks: Vec<String>,
    /// What was found, in any order.
    pub measured: Measured,
}

/// The results of one of the two methods, by parameter.
#[derive(Debug, Clone, PartialEq)]
pub enum Measured {
    /// Sobol indices.
    Shares(Vec<Share>),
    /// Morris measures.
    Effects(Vec<Effect>),
}

/// The part of an outcome's variance that is due to a parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    /// The parameter, as a reader should see it.
    pub label: String,
    /// First-order index; NaN where the outcome does not vary.
    pub first_order: Bounded,
    /// Total index; NaN where the outcome does not vary.
    pub total: Bounded,
}

/// The effect of a parameter on an outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// The parameter, as a reader should see it.
    pub label: String,
    /// Mean size of the effect.
    pub mu_star: Bounded,
    /// Standard deviation of the effect.
    pub sigma: f64,
}

/// Draws the chart: bars for Sobol indices, the largest total first; a plane for Morris measures.
#[must_use]
pub fn draw_sensitivity(sensitivity: &Sensitivity) -> Figure {
    match &sensitivity.measured {
        Measured::Shares(shares) => bars::draw(sensitivity, shares),
        Measured::Effects(effects) => plane::draw(sensitivity, effects),
    }
}

/// The largest first, values that are not defined last; equals in the order given.
fn largest_first<T>(all: &[T], size: impl Fn(&T) -> f64) -> Vec<&T> {
    let size = |item: &T| {
        let size = size(item);
        if size.is_nan() {
            f64::NEG_INFINITY
        } else {
            size
        }
    };
    let mut sorted: Vec<&T> = all.iter().collect();
    sorted.sort_by(|a, b| size(b).total_cmp(&size(a)));
    sorted
}

/// "Shown are the twelve of 40 parameters that matter most.", or nothing where all are shown.
fn of_all(shown: usize, all: usize, verb: &str) -> String {
    if shown == all {
        return String::new();
    }
    let [shown, all] = [shown, all].map(|count| words::number(count as u64));
    format!("{verb} are the {shown} of {all} parameters that matter most.")
}
