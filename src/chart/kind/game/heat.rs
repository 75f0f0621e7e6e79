//! Payoffs as colours: what one does from above to below, what the others do from left to right.

use super::Stage;
use super::profile_grid::{Payoff, ProfileGrid};
use crate::analysis::game::ProfileVerdict;
use crate::chart::form::grid::{CellPlace, GridCells, GridChart};
use crate::chart::form::scale::ColorScale;
use crate::chart::form::side::Side;
use crate::chart::kit::{Canvas, Figure, Ink, Point, Range, bounds, fill, theme};

/// Least and greatest height of a row.
const ROW: (f64, f64) = (34.0, 76.0);

/// The cells of a game, and the colours of their payoffs.
struct Payoffs<'a> {
    grid: &'a ProfileGrid,
    scale: ColorScale,
}

/// Draws the chart.
pub fn draw(stage: &Stage<'_>, grid: &ProfileGrid) -> Figure {
    let outcome = &stage.outcome;
    let range = Range {
        from_zero: false,
        ..outcome.range
    };
    let payoffs = grid.cells.iter().flatten().flatten();
    let span = bounds(payoffs.map(|cell| cell.payoff));
    let scale = ColorScale::new(span, range, outcome.format);
    let title = fill!(stage.style, "game.payoffs", outcome = outcome.title);
    let heading = stage.heading(title, outcome.measured.clone(), also(stage, grid));
    let rows = grid.rows.len() as f64;
    GridChart {
        style: &stage.style,
        told: stage.told("", heading),
        maps: grid
            .titles
            .iter()
            .map(|title| (title.clone(), theme::INK))
            .collect(),
        columns: Side {
            title: format!("{} →", grid.column_title),
            words: grid.columns.clone(),
            colors: match grid.columns_are_strategies {
                true => stage.colors.clone(),
                false => Vec::new(),
            },
            are_names: grid.columns_are_strategies,
        },
        // read from above
        rows: Side {
            title: grid.row_title.clone(),
            words: grid.rows.iter().rev().cloned().collect(),
            colors: stage
                .colors
                .iter()
                .take(grid.rows.len())
                .rev()
                .copied()
                .collect(),
            are_names: true,
        },
        scale: Some((scale.clone(), &outcome.title, "")),
        beside: 0.0,
        tall: &|_| (ROW.0 * rows, ROW.1 * rows),
    }
    .draw(&Payoffs { grid, scale })
}

/// What the marks mean, as far as there are any.
fn also(stage: &Stage<'_>, grid: &ProfileGrid) -> Vec<String> {
    let all = || grid.cells.iter().flatten().flatten();
    let has = |verdict| all().any(|cell: &Payoff| cell.verdict == verdict);
    let (sure, unsure) = (
        has(ProfileVerdict::Equilibrium),
        has(ProfileVerdict::Undecided),
    );
    let mut keys = vec!["game.dot"];
    if sure {
        keys.push("game.frame");
    }
    if unsure {
        keys.push("game.dashed");
    }
    if !sure && !unsure {
        keys.push("game.nowhere");
    }
    keys.into_iter()
        .map(|key| stage.style.say(key).to_owned())
        .collect()
}

impl Payoffs<'_> {
    fn cell(&self, place: CellPlace) -> &Payoff {
        let rows = &self.grid.cells[place.map];
        &rows[rows.len() - 1 - place.row][place.column]
    }
}

impl GridCells for Payoffs<'_> {
    fn value(&self, place: CellPlace) -> f64 {
        self.cell(place).payoff
    }

    fn is_bold(&self, place: CellPlace) -> bool {
        self.cell(place).is_best
    }

    /// A dot for the best answer, and a frame about an equilibrium.
    fn draw(&self, canvas: &mut Canvas, place: CellPlace, from: Point, to: Point) {
        let cell = self.cell(place);
        if cell.is_best && cell.payoff.is_finite() {
            let ink = Ink::fill(self.scale.ink(cell.payoff), 1.0);
            canvas.dot((to.0 - 10.4, from.1 + 10.4), 4.0, ink);
        }
        let pattern: &[f64] = match cell.verdict {
            ProfileVerdict::Equilibrium => &[],
            ProfileVerdict::Undecided => &[9.0, 6.0],
            ProfileVerdict::None => return,
        };
        let (from, to) = ((from.0 + 1.4, from.1 + 1.4), (to.0 - 1.4, to.1 - 1.4));
        // white below black reads on any colour
        for ink in [Ink::stroke(theme::PAPER, 6.0), Ink::stroke(theme::INK, 3.0)] {
            canvas.outline(from, to, pattern, ink);
        }
    }
}
