//! Sweeps become figures: an outcome against what varies, and who leads where.
//!
//! What a sweep looks like decides how it is drawn: `line` for one axis of numbers, `dots` for one of
//! names, `heat` and `leader` for two axes on a grid, `scatter` for all else, and `verdicts` for words. `stage` holds what these
//! share: the firms' colours, the outcome and the words around it; `outcome` has the words of what is shown, `series` says of
//! whom that is, `wording` has the words of axes and values. `cells` says which point is where on a grid, `lead` who leads at a
//! point, and `leaders` is the key to that, drawn `beside` the map.

mod beside;
mod cells;
mod description;
mod dots;
mod heat;
mod lead;
mod leader;
mod leaders;
mod line;
pub(in crate::chart) mod outcome;
mod scatter;
mod series;
mod stage;
mod verdicts;
mod wording;

#[cfg(test)]
mod cases;
#[cfg(test)]
pub(in crate::chart) mod samples;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use self::outcome::Shown;
use self::stage::Stage;
use crate::analysis::{Quantity, SweepPoint, SweepResults};
use crate::chart::kit::Figure;
use crate::chart::kit::subject::Subject;
use crate::scenario::{Chart, ChartKind, Scenario, SweepOutcome};

/// Draws the charts of a sweep: those that the scenario lists, else shares, and with two axes on a grid who leads.
///
/// A sweep without axes, points or firms has none.
#[must_use]
pub fn draw_all(scenario: &Scenario, results: &SweepResults) -> Vec<Figure> {
    if !scenario.charts.is_empty() {
        let charts = scenario.charts.iter();
        return charts
            .filter_map(|chart| draw_chart(chart, scenario, results))
            .collect();
    }
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
    let shown = Shown {
        outcome: SweepOutcome::named(quantity.column())?,
        ..Shown::default()
    };
    let stage = Stage::new(scenario, results, shown, &[])?;
    Some(draw_stage(&stage, true).about(Subject::usual(ChartKind::Sweep)))
}

/// Draws which firm has the largest share at every point of a grid of two axes; none for other sweeps.
///
/// The figure's name is `sweep-leader`.
#[must_use]
pub fn draw_leader(scenario: &Scenario, results: &SweepResults) -> Option<Figure> {
    if results.axes.len() != 2 || !results.grid {
        return None;
    }
    let mut stage = Stage::new(scenario, results, Shown::default(), &[])?;
    "sweep-leader".clone_into(&mut stage.name);
    Some(leader::draw(&stage).about(Subject::usual(ChartKind::SweepLeader)))
}

/// Draws what a chart of the scenario asks for; none for a chart of something else than a sweep.
fn draw_chart(chart: &Chart, scenario: &Scenario, results: &SweepResults) -> Option<Figure> {
    let is_leader = match chart.kind {
        ChartKind::Sweep => false,
        ChartKind::SweepLeader => true,
        _ => return None,
    };
    let shown = Shown {
        outcome: chart.outcome.unwrap_or_default(),
        statistic: chart.statistic.unwrap_or_default(),
    };
    let chosen = with_axes(results, &chart.axes);
    let is_whole = chosen.axes.len() == results.axes.len();
    if is_leader && (chosen.axes.len() != 2 || !is_whole || !results.grid) {
        return None;
    }
    let is_verdict = shown.outcome.is_verdict();
    if is_verdict && (chosen.axes.len() > 2 || !is_whole || !results.grid) {
        return None;
    }
    let mut stage = Stage::new(scenario, &chosen, shown, &chart.firms)?;
    stage.ask(chart);
    let figure = match (is_leader, is_verdict) {
        (true, _) => leader::draw(&stage),
        (_, true) => verdicts::draw(&stage),
        _ => draw_stage(&stage, is_whole),
    };
    Some(figure.about(Subject::of(chart)))
}

/// Draws the outcome of a stage. Where not all axes are shown, points differ by more than what is seen.
fn draw_stage(stage: &Stage<'_>, is_whole: bool) -> Figure {
    let results = stage.results;
    match results.axes.len() {
        1 if is_whole && results.is_numeric(0) => line::draw(stage),
        1 if is_whole => dots::draw(stage),
        2 if is_whole && results.grid => heat::draw(stage),
        _ => scatter::draw(stage),
    }
}

/// The results over these axes only, named by path or label, in this order; over all if none is named.
fn with_axes<'a>(results: &'a SweepResults, wanted: &[String]) -> Cow<'a, SweepResults> {
    let place = |name: &String| {
        let mut axes = results.axes.iter();
        axes.position(|axis| axis.key == *name || axis.label == *name)
    };
    let places: Vec<usize> = wanted.iter().filter_map(place).collect();
    if places.is_empty() {
        return Cow::Borrowed(results);
    }
    let point = |point: &SweepPoint| SweepPoint {
        values: places
            .iter()
            .filter_map(|&place| point.values.get(place).cloned())
            .collect(),
        ..point.clone()
    };
    Cow::Owned(SweepResults {
        axes: places
            .iter()
            .map(|&place| results.axes[place].clone())
            .collect(),
        points: results.points.iter().map(point).collect(),
        ..results.clone()
    })
}
