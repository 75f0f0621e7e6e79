//! Which parameters matter for an outcome: bars of Sobol indices, or a plane of Morris measures.

mod bars;
mod plane;

#[cfg(test)]
mod tests;

use crate::analysis::Quantity;
use crate::analysis::sensitivity::Bounded;
use crate::chart::kit::{Figure, Style, fill, words};
use crate::statistics::order;

/// A sensitivity analysis as it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Sensitivity {
    /// Name of the figure: the stem of its files.
    pub name: String,
    /// The outcome: a quantity of `summary`.
    pub quantity: Quantity,
    /// Name of the firm whose outcome it is.
    pub firm: String,
    /// Base samples (Sobol) or trajectories (Morris).
    pub samples: u64,
    /// Replicates at each point.
    pub replicates: u32,
    /// Title of the scenario; may be empty.
    pub scenario: String,
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
pub fn draw_sensitivity(style: &Style, sensitivity: &Sensitivity) -> Figure {
    match &sensitivity.measured {
        Measured::Shares(shares) => bars::draw(style, sensitivity, shares),
        Measured::Effects(effects) => plane::draw(style, sensitivity, effects),
    }
}

impl Sensitivity {
    /// The outcome within a sentence: "the share of coach-behavior".
    fn outcome(&self, style: &Style) -> String {
        let key = format!("outcomes.{}.of", self.quantity.column());
        fill!(style, &key, firm = style.label(&self.firm))
    }

    /// What a caption says besides.
    fn remarks(&self, style: &Style) -> [String; 2] {
        let replicates = match self.replicates {
            1 => style.say("words.one_replicate").to_owned(),
            many => {
                let count = style.texts.grouped(u64::from(many));
                fill!(style, "sensitivity.per_point", count)
            }
        };
        [replicates, words::scenario_title(style, &self.scenario)]
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
    order::largest_first(&mut sorted, |item| size(item));
    sorted
}

/// "Shown are the twelve of 40 parameters that matter most.", or nothing where all are shown.
fn of_all(style: &Style, shown: usize, all: usize, key: &str) -> String {
    if shown == all {
        return String::new();
    }
    let [shown, all] = [shown, all].map(|count| style.texts.number_in_words(count as u64));
    fill!(style, key, shown, all)
}
