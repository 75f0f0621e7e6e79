//! Sweeps become figures: an outcome against what varies, and who leads where.
//!
//! What a sweep looks like decides how it is drawn: `line` for one axis of numbers, `dots` for one of
//! names, `heat` and `leader` for two axes on a grid, `scatter` for all else. `stage` holds what these
//! share: the firms' colours, the outcome and the words around it; `outcome` has the words of a quantity,
//! `wording` those of axes and values. `matrix` lays out grids of cells, `key` tells which colour is
//! whose, `leaders` also who leads how often, and `scale` turns numbers into colours.

mod dots;
mod heat;
mod key;
mod leader;
mod leaders;
mod line;
mod matrix;
mod outcome;
mod scale;
mod scatter;
mod stage;
mod wording;

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

use self::outcome::Outcome;
use self::stage::Stage;
use super::Figure;
use crate::analysis::{Quantity, SweepResults};
use crate::scenario::Scenario;

/// Draws the charts of a sweep that nobody has to ask for: shares, and with two axes on a grid who leads.
///
/// A sweep without axes, points or firms has none.
#[must_use]
pub fn draw_all(scenario: &Scenario, results: &SweepResults) -> Vec<Figure> {
    let share = draw_outcome(Quantity::Share, scenario, results);
    let leader = draw_leader(scenario, results);
    share.into_iter().chain(leader).collect()
}

/// Draws an outcome against what varies; the figure's name is `sweep-` and the quantity.
///
/// None if there is nothing to draw, or if `summary` does not hold the quantity (see [`Quantity::SUMMARY`]).
#[must_use]
pub fn draw_outcome(
    quantity: Quantity,
    scenario: &Scenario,
    results: &SweepResults,
) -> Option<Figure> {
    let stage = Stage::new(scenario, results, Outcome::of(quantity)?)?;
    let figure = match results.axes.len() {
        1 if results.is_numeric(0) => line::draw(&stage),
        1 => dots::draw(&stage),
        2 if results.grid => heat::draw(&stage),
        _ => scatter::draw(&stage),
    };
    Some(figure)
}

/// Draws which firm has the largest share at every point of a grid of two axes; none for other sweeps.
///
/// The figure's name is `sweep-leader`.
#[must_use]
pub fn draw_leader(scenario: &Scenario, results: &SweepResults) -> Option<Figure> {
    if results.axes.len() != 2 || !results.grid {
        return None;
    }
    let stage = Stage::new(scenario, results, Outcome::of(Quantity::Share)?)?;
    Some(leader::draw(&stage))
}
