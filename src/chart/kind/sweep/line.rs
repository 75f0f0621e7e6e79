//! One axis of numbers: an outcome against it, a line per firm.

use super::stage::Stage;
use crate::analysis::{Estimate, SweepPoint};
use crate::chart::form::across::Across;
use crate::chart::form::curve::Curve;
use crate::chart::form::panel::Panel;
use crate::chart::form::time::TimeChart;
use crate::chart::kind::cast::{Actor, from_below};
use crate::chart::kit::Figure;
use crate::statistics::order::smallest_first;

/// Draws the chart.
#[must_use]
pub fn draw(stage: &Stage<'_>) -> Figure {
    let value = |point: &SweepPoint| point.values.first()?.number();
    let points = stage.results.points.iter();
    let mut points: Vec<_> = points
        .filter_map(|point| Some((value(point)?, point)))
        .collect();
    smallest_first(&mut points, |(value, _)| *value);
    let places: Vec<f64> = points.iter().map(|(value, _)| *value).collect();
    let series = |actor: &Actor| -> Vec<Estimate> {
        points
            .iter()
            .map(|(_, point)| stage.estimate(actor, point))
            .collect()
    };
    let series: Vec<_> = from_below(&stage.cast)
        .map(|actor| (actor, series(actor)))
        .collect();
    let curves = series.iter().map(|(actor, series)| Curve {
        places: Some(&places),
        is_marked: true,
        ..actor.curve(series)
    });
    let outcome = &stage.outcome;
    TimeChart {
        style: &stage.style,
        told: stage.told(stage.heading(true, true, Vec::new())),
        across: Across::Own {
            axis: stage.axis(0, 6, (0.0, 1.0)),
            title: stage.axes[0].clone(),
        },
        panels: vec![Panel::new(
            "",
            curves.collect(),
            outcome.format,
            outcome.range,
        )],
        events: Vec::new(),
        height: 1.0,
    }
    .draw()
}
