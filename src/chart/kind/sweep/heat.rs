//! Two axes on a grid: a heat map of the outcome for every firm, all in the same colours.

use super::cells::Cells;
use super::stage::Stage;
use crate::chart::form::grid::{CellPlace, GridCells, GridChart};
use crate::chart::form::scale::ColorScale;
use crate::chart::kind::cast::Actor;
use crate::chart::kit::{Figure, fill};

/// Most firms that have a map.
const MOST: usize = 8;

/// The maps of some firms.
struct Maps<'a> {
    stage: &'a Stage<'a>,
    shown: Vec<&'a Actor>,
    cells: Cells,
}

/// Draws the chart.
#[must_use]
pub fn draw(stage: &Stage<'_>) -> Figure {
    let (style, outcome) = (&stage.style, &stage.outcome);
    let maps = Maps {
        stage,
        shown: largest(stage),
        cells: Cells::new(stage),
    };
    let shown = || maps.shown.iter().copied();
    let mut also = Vec::new();
    if maps.shown.len() < stage.cast.len() {
        let count = style.texts.number_in_words(MOST as u64);
        also.push(fill!(style, "heat.largest", count));
    }
    if shown().any(|actor| stage.known(actor).count() < stage.results.points.len()) {
        also.push(style.say("heat.struck").to_owned());
    }
    let scale = ColorScale::new(stage.range(shown()), outcome.range, outcome.format);
    GridChart {
        style,
        told: stage.told(stage.heading(false, false, also)),
        maps: shown()
            .map(|actor| (actor.name.clone(), actor.ink()))
            .collect(),
        columns: maps.cells.columns.clone(),
        rows: maps.cells.rows.clone(),
        scale: Some((scale, outcome.title, outcome.unit)),
        beside: 0.0,
        tall: &|width| (0.85 * width.min(240.0), 1.25 * width),
    }
    .draw(&maps)
}

/// The largest firms, in the order of the results.
fn largest<'a>(stage: &'a Stage<'_>) -> Vec<&'a Actor> {
    let mut shown: Vec<&Actor> = stage.cast.iter().collect();
    shown.sort_by(|a, b| stage.sizes[b.firm].total_cmp(&stage.sizes[a.firm]));
    shown.truncate(MOST);
    shown.sort_by_key(|actor| actor.firm);
    shown
}

impl GridCells for Maps<'_> {
    fn value(&self, place: CellPlace) -> f64 {
        let points = &self.stage.results.points;
        self.cells.point(place).map_or(f64::NAN, |point| {
            self.stage
                .estimate(self.shown[place.map], &points[point])
                .mean
        })
    }
}
