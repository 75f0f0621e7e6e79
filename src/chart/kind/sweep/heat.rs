//! Two axes on a grid: a heat map of the outcome for every firm, all in the same colours, with a line between more and less where
//! the outcome has a middle.

use super::cells::Cells;
use super::stage::Stage;
use crate::analysis::SweepPoint;
use crate::chart::form::grid::{CellPlace, GridCells, GridChart};
use crate::chart::form::scale::ColorScale;
use crate::chart::kind::cast::Actor;
use crate::chart::kit::{Canvas, Figure, Ink, Point, fill, theme};
use crate::statistics::order::largest_first;

/// Most firms that have a map.
const MOST: usize = 8;

/// Width of the line between more and less.
const LINE: f64 = 3.2;

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
    if outcome.neutral.is_some() {
        also.push(outcome.line_in_words(style));
        if shown().any(|actor| {
            stage
                .results
                .points
                .iter()
                .any(|point| maps.is_open(actor, point))
        }) {
            also.push(style.say("heat.open").to_owned());
        }
    }
    let range = stage.range(shown());
    let scale = match outcome.neutral {
        Some(neutral) => ColorScale::diverging(range, neutral, outcome.format),
        None => ColorScale::new(range, outcome.range, outcome.format),
    };
    GridChart {
        style,
        told: stage.told(stage.heading(false, false, also)),
        maps: shown()
            .map(|actor| (actor.name.clone(), actor.ink()))
            .collect(),
        columns: maps.cells.columns.clone(),
        rows: maps.cells.rows.clone(),
        scale: Some((scale, &outcome.title, outcome.unit)),
        beside: 0.0,
        tall: &|width| (0.85 * width.min(240.0), 1.25 * width),
    }
    .draw(&maps)
}

/// The largest firms, in the order of the results.
fn largest<'a>(stage: &'a Stage<'_>) -> Vec<&'a Actor> {
    let mut shown: Vec<&Actor> = stage.cast.iter().collect();
    largest_first(&mut shown, |actor| stage.sizes[actor.firm]);
    shown.truncate(MOST);
    shown.sort_by_key(|actor| actor.firm);
    shown
}

impl Maps<'_> {
    /// Whether it is not told on which side of the middle a point is.
    fn is_open(&self, actor: &Actor, point: &SweepPoint) -> bool {
        let found = self.stage.estimate(actor, point);
        let neutral = self.stage.outcome.neutral;
        neutral.is_some_and(|middle| found.low <= middle && middle <= found.high)
    }

    /// Whether a point is above the middle; none where it has no value.
    fn is_above(&self, map: usize, point: Option<usize>) -> Option<bool> {
        let middle = self.stage.outcome.neutral?;
        let point = &self.stage.results.points[point?];
        let mean = self.stage.estimate(self.shown[map], point).mean;
        mean.is_finite().then_some(mean > middle)
    }
}

impl GridCells for Maps<'_> {
    /// The line between more and less along two of the edges, and a dot where the side is not told.
    fn draw(&self, canvas: &mut Canvas, place: CellPlace, from: Point, to: Point) {
        let Some(own) = self.is_above(place.map, self.cells.point(place)) else {
            return;
        };
        let differs = |point| {
            self.is_above(place.map, point)
                .is_some_and(|other| other != own)
        };
        let [right, above] = self.cells.neighbours(place);
        let ink = Ink::stroke(theme::INK, LINE);
        if differs(right) {
            canvas.line((to.0 + 0.6, from.1 - 1.6), (to.0 + 0.6, to.1 + 1.6), ink);
        }
        if differs(above) {
            canvas.line(
                (from.0 - 1.6, from.1 - 0.6),
                (to.0 + 1.6, from.1 - 0.6),
                ink,
            );
        }
        let points = &self.stage.results.points;
        let is_open = |point: usize| self.is_open(self.shown[place.map], &points[point]);
        if self.cells.point(place).is_some_and(is_open) {
            let room = (to.0 - from.0).min(to.1 - from.1);
            let radius = (0.07 * room).clamp(1.2, 3.2);
            let at = (to.0 - 2.2 * radius, from.1 + 2.2 * radius);
            canvas.dot(at, radius, Ink::fill(theme::INK, 1.0));
        }
    }

    fn value(&self, place: CellPlace) -> f64 {
        let points = &self.stage.results.points;
        self.cells.point(place).map_or(f64::NAN, |point| {
            self.stage
                .estimate(self.shown[place.map], &points[point])
                .mean
        })
    }
}
