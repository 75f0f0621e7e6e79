//! One axis of names: for each the outcome of every firm, as a dot with its interval.

use super::stage::Stage;
use super::wording;
use crate::analysis::{AxisValue, Estimate};
use crate::chart::form::rows::{Row, RowChart, RowMarks, Sizes, Slot};
use crate::chart::kind::cast::Actor;
use crate::chart::kit::key::Key;
use crate::chart::kit::{Axis, Canvas, Figure, Ink};

/// Least and greatest height of a firm's place within a row.
const PLACE: (f64, f64) = (7.0, 20.0);
/// Least and greatest space between the firms of two rows.
const BETWEEN: (f64, f64) = (10.0, 30.0);

/// The values of the axis, each with all firms.
struct Dots<'a> {
    stage: &'a Stage<'a>,
    levels: Vec<AxisValue>,
    key: Key,
}

/// Draws the chart.
#[must_use]
pub fn draw(stage: &Stage<'_>) -> Figure {
    let dots = Dots {
        stage,
        levels: stage.results.levels(0),
        key: stage.key(),
    };
    let row = |level| Row {
        name: wording::value(&stage.style, level),
        ..Row::default()
    };
    RowChart {
        style: &stage.style,
        told: stage.told(stage.heading(true, true, Vec::new())),
        rows: dots.levels.iter().map(row).collect(),
        columns: Vec::new(),
        sizes: Sizes {
            pitch: (dots.places() * PLACE.0 + BETWEEN.0, f64::INFINITY),
            left: 0.0,
            right: 24.0,
            is_ruled: true,
            ..Sizes::default()
        },
        heads: (stage.axes[0].clone(), String::new()),
        scale: Some((stage.outcome.format, stage.outcome.title.clone())),
    }
    .draw(&dots)
}

impl Dots<'_> {
    /// Places that a row has: one for each firm with a colour, one for all others.
    fn places(&self) -> f64 {
        let leaders = self.stage.leaders().count();
        (leaders + usize::from(leaders < self.stage.cast.len())) as f64
    }
}

impl RowMarks for Dots<'_> {
    fn axis(&self, pixels: (f64, f64)) -> Axis {
        let stage = self.stage;
        let points = || stage.results.points.iter();
        let of = |actor| points().map(move |point| stage.estimate(actor, point));
        let means = stage.cast.iter().flat_map(|actor| stage.known(actor));
        let leaders = stage.leaders().flat_map(of);
        stage.outcome.range.axis(means, leaders, 6, pixels)
    }

    /// The firms at one value of the axis, one below the other about the middle.
    fn draw(&self, canvas: &mut Canvas, x: &Axis, slot: Slot) {
        let (stage, level) = (self.stage, &self.levels[slot.row]);
        let between = (0.3 * slot.pitch).clamp(BETWEEN.0, BETWEEN.1);
        let place = ((slot.pitch - between) / self.places()).clamp(PLACE.0, PLACE.1);
        let mut y = slot.middle() - (self.places() - 1.0) * place / 2.0;
        let radius = (0.45 * place).clamp(3.2, 5.5);
        let points = || {
            let points = stage.results.points.iter();
            points.filter(|point| point.values.first() == Some(level))
        };
        for actor in stage.leaders() {
            for point in points() {
                draw_estimate(canvas, actor, &stage.estimate(actor, point), x, (y, radius));
            }
            y += place;
        }
        for actor in stage.cast.iter().filter(|actor| !actor.leads) {
            for point in points() {
                draw_estimate(canvas, actor, &stage.estimate(actor, point), x, (y, 3.0));
            }
        }
    }

    fn key_height(&self, _edges: (f64, f64)) -> f64 {
        self.key.height()
    }

    fn draw_key(&self, canvas: &mut Canvas, _x: &Axis, (top, _): (f64, f64)) {
        self.key.draw(canvas, top);
    }
}

fn draw_estimate(
    canvas: &mut Canvas,
    actor: &Actor,
    estimate: &Estimate,
    x: &Axis,
    (y, radius): (f64, f64),
) {
    if !estimate.mean.is_finite() {
        return;
    }
    if actor.leads && estimate.low.is_finite() && estimate.high.is_finite() {
        let ink = Ink::stroke(actor.color, 2.0);
        canvas.line((x.at(estimate.low), y), (x.at(estimate.high), y), ink);
    }
    canvas.mark((x.at(estimate.mean), y), radius, actor.color);
}
