//! One axis of numbers: an outcome against it, a line per firm.

use super::stage::Stage;
use super::wording;
use crate::analysis::{AxisValue, Estimate};
use crate::chart::Figure;
use crate::chart::axis::Axis;
use crate::chart::canvas::{Canvas, Ink};
use crate::chart::frame::Frame;
use crate::chart::labels::{Label, Setting};
use crate::chart::lines::{draw_band, draw_line};
use crate::chart::panel::{Curve, Panel, Role};
use crate::chart::text::Font;
use crate::chart::ticks::{self, draw_grid, draw_numbers, left_edge};
use crate::chart::{Style, theme};

/// Least height of the plot.
const LEAST: f64 = 120.0;
/// How far labels may reach beyond the plot, above and below.
const OVERHANG: f64 = 9.0;

/// Draws the chart.
#[must_use]
pub fn draw(stage: &Stage<'_>) -> Figure {
    let heading = stage.heading(true, true, Vec::new());
    let frame = Frame::new(&stage.style, &heading);
    let (xs, series) = series(stage);
    let panel = panel(stage, &series);

    let around = frame.above() + ticks::NUMBERS + ticks::TITLE + frame.below();
    let style = &stage.style;
    let natural = (style.height - around).max(LEAST);
    let mut y = panel.axis(natural);
    let measured = [labels(
        style,
        &panel,
        &xs,
        &stage.axis(0, 6, (0.0, 1.0)),
        &y,
    )];
    let setting = Setting::that_fits(style, &measured, natural + 2.0 * OVERHANG);
    let tall = natural.max(setting.height(&measured[0]) - 2.0 * OVERHANG);
    let height = (around + tall).ceil();
    let (top, bottom) = (frame.above(), frame.above() + tall);
    y.pixels = (bottom, top);
    let left = left_edge([(&y, panel.format)]);
    let right = style.width - theme::RIGHT - setting.margin(&measured).max(20.0);
    let x = stage.axis(0, 6, (left, right));

    let mut canvas = Canvas::new(style, height);
    frame.draw(&mut canvas, height);
    draw_grid(&mut canvas, x.pixels, &y, panel.format);
    let font = Font::regular(theme::TICK);
    let title = font.shorten(&stage.axes[0], right - left);
    draw_numbers(&mut canvas, &x, style.number(), bottom, Some(&title));
    draw_curves(&mut canvas, &panel, &xs, &x, &y);
    let labels = labels(style, &panel, &xs, &x, &y);
    let bounds = (top - OVERHANG, bottom + OVERHANG);
    setting.draw(&mut canvas, &labels, right, bounds);
    canvas
        .finish(&stage.name, &heading.title, &stage.description())
        .with_data(stage.data())
}

/// The values of the axis in ascending order, and each firm's outcomes there.
fn series(stage: &Stage<'_>) -> (Vec<f64>, Vec<Vec<Estimate>>) {
    let mut points: Vec<_> = stage
        .results
        .points
        .iter()
        .filter_map(|point| {
            let value = point.values.first().and_then(AxisValue::number)?;
            Some((value, point))
        })
        .collect();
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    let of = |actor| -> Vec<Estimate> {
        let found = points.iter();
        found
            .map(|(_, point)| stage.estimate(actor, point))
            .collect()
    };
    let series = stage.cast.iter().map(of).collect();
    (points.iter().map(|(value, _)| *value).collect(), series)
}

/// The firms' lines: the others first, so that they lie below.
fn panel<'a>(stage: &Stage<'_>, series: &'a [Vec<Estimate>]) -> Panel<'a> {
    let outcome = &stage.outcome;
    let mut actors: Vec<_> = stage.cast.iter().zip(series).collect();
    actors.sort_by_key(|(actor, _)| actor.leads);
    let curves = actors
        .into_iter()
        .map(|(actor, series)| Curve {
            name: actor.name.clone(),
            series,
            color: actor.color,
            dashes: actor.dashes,
            places: None,
            role: Role::of(actor),
        })
        .collect();
    Panel {
        title: String::new(),
        curves,
        format: outcome.format,
        limits: outcome.limits,
        from_zero: outcome.from_zero,
    }
}

fn draw_curves(canvas: &mut Canvas, panel: &Panel<'_>, xs: &[f64], x: &Axis, y: &Axis) {
    let at = |number: usize| x.at(xs[number]);
    let leaders = || panel.curves.iter().filter(|curve| curve.role == Role::Main);
    // Many bands, one above the other, must not become darker than a few.
    let opacity = theme::BAND * (4.0 / leaders().count().max(1) as f64).min(1.0);
    for curve in leaders() {
        draw_band(canvas, curve, at, y, opacity);
        draw_lone_intervals(canvas, curve, at, y);
    }
    for curve in &panel.curves {
        draw_line(canvas, curve, at, y);
        for (number, estimate) in curve.series.iter().enumerate() {
            if curve.role == Role::Main && estimate.mean.is_finite() {
                let place = (at(number), y.at(estimate.mean));
                canvas.mark(place, 4.0, curve.color);
            }
        }
    }
}

/// Upright strokes where a band would have no width: at points without a neighbour.
fn draw_lone_intervals(
    canvas: &mut Canvas,
    curve: &Curve<'_>,
    at: impl Fn(usize) -> f64,
    y: &Axis,
) {
    let known = |number: usize| {
        let estimate = curve.series.get(number);
        estimate.is_some_and(|estimate| estimate.low.is_finite())
    };
    for (number, estimate) in curve.series.iter().enumerate() {
        let has_neighbour = known(number + 1) || number.checked_sub(1).is_some_and(known);
        if known(number) && !has_neighbour {
            let (low, high) = (y.at(estimate.low), y.at(estimate.high));
            let ink = Ink::stroke(curve.color, 1.6);
            canvas.line((at(number), low), (at(number), high), ink);
        }
    }
}

/// A label for every line at its last value, and one for all others.
fn labels(style: &Style, panel: &Panel<'_>, xs: &[f64], x: &Axis, y: &Axis) -> Vec<Label> {
    let mut labels = Vec::new();
    let mut others = Vec::new();
    for curve in &panel.curves {
        let known = |estimate: &Estimate| estimate.mean.is_finite();
        let Some(last) = curve.series.iter().rposition(known) else {
            continue;
        };
        let mean = curve.series[last].mean;
        if curve.role == Role::Other {
            others.push(mean);
            continue;
        }
        let mut value = y.value(mean, panel.format);
        if xs[last] < xs[xs.len() - 1] {
            let place = wording::value(style, &AxisValue::Number(xs[last]));
            value.push_str(&style.fill("sweep.at_bracketed", &[("place", &place)]));
        }
        labels.push(Label {
            name: curve.name.clone(),
            value,
            color: curve.color,
            end: (x.at(xs[last]), y.at(mean)),
            leader: true,
        });
    }
    others.sort_by(f64::total_cmp);
    if let Some(&middle) = others.get(others.len() / 2) {
        labels.push(Label {
            name: style.count("other_firm", others.len() as u64),
            value: String::new(),
            color: theme::QUIET,
            end: (x.pixels.1, y.at(middle)),
            leader: false,
        });
    }
    labels
}
