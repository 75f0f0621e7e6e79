//! A series as a line with its interval band, broken where values are missing.

use crate::analysis::Estimate;
use crate::chart::form::curve::{Area, Curve, Role};
use crate::chart::kit::{Axis, Canvas, Ink, Point, theme};
use crate::statistics::order::smallest_first;

/// Fewer periods than this are marked by dots.
const FEW: usize = 13;

/// Opacity of an area.
pub const OPACITY: f64 = 0.72;

/// Radius of the marks along a line.
const MARK: f64 = 4.2;
/// Distance between the marks along a line.
const APART: f64 = 62.0;

/// Stretches of periods for which a point exists.
fn runs(series: &[Estimate], point: impl Fn(usize, &Estimate) -> Option<Point>) -> Vec<Vec<Point>> {
    let mut runs = vec![Vec::new()];
    for (period, estimate) in series.iter().enumerate() {
        match (point(period, estimate), runs.last_mut()) {
            (Some(point), Some(run)) => run.push(point),
            _ => runs.push(Vec::new()),
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

/// Draws the interval as a pale band; `at` is the pixel of an entry of the series, across.
pub fn draw_band(
    canvas: &mut Canvas,
    curve: &Curve<'_>,
    at: impl Fn(usize) -> f64,
    y: &Axis,
    opacity: f64,
) {
    let edge = |value: fn(&Estimate) -> f64| {
        runs(&curve.series, |period, estimate| {
            let known = estimate.low.is_finite() && estimate.high.is_finite();
            known.then(|| (at(period), y.at(value(estimate))))
        })
    };
    let opacity = opacity * canvas.style().theme.band;
    for (upper, lower) in edge(|e| e.high).into_iter().zip(edge(|e| e.low)) {
        if upper.len() == 1 {
            // a band would have no width
            canvas.line(upper[0], lower[0], Ink::stroke(curve.color, 1.6));
            continue;
        }
        let mut outline = thinned(&upper);
        outline.extend(thinned(&lower).into_iter().rev());
        canvas.area(outline, Ink::fill(curve.color, opacity));
    }
}

/// Draws the means, at the same pixels; values that stand alone, or are few, as dots.
pub fn draw_line(canvas: &mut Canvas, curve: &Curve<'_>, at: impl Fn(usize) -> f64, y: &Axis) {
    let pen = canvas.pen(curve.color);
    let (ink, dashes) = match curve.role {
        Role::Main => {
            let ink = Ink::stroke(pen.color, theme::STROKE);
            (ink, pen.dashes.unwrap_or(curve.dashes))
        }
        Role::Other => (
            Ink::stroke(curve.color, 1.2),
            pen.dashes.unwrap_or(curve.dashes),
        ),
        Role::Expected => (Ink::stroke(curve.color, 1.4), curve.dashes),
    };
    let is_main = curve.role == Role::Main;
    // dots would tell lines apart by how long they are where each has places of its own
    let few = curve.series.len() < FEW && curve.places.is_none();
    for run in runs(&curve.series, |period, estimate| {
        let known = estimate.mean.is_finite();
        known.then(|| (at(period), y.at(estimate.mean)))
    }) {
        if (few && is_main) || run.len() == 1 {
            for &point in &run {
                canvas.mark(point, 4.0, curve.color);
            }
        }
        canvas.dashed(thinned(&run), dashes, ink);
        if pen.marker.is_some() && !few && is_main {
            for point in marked(&run) {
                canvas.mark(point, MARK, curve.color);
            }
        }
    }
    for (entry, estimate) in curve.series.iter().enumerate() {
        if curve.is_marked && is_main && estimate.mean.is_finite() {
            canvas.mark((at(entry), y.at(estimate.mean)), 4.0, curve.color);
        }
    }
}

/// Fills an area.
pub fn draw_area(canvas: &mut Canvas, area: &Area, at: impl Fn(usize) -> f64, y: &Axis) {
    let known = |(low, high): &(f64, f64)| low.is_finite() && high.is_finite();
    let entries: Vec<usize> = (0..area.edges.len())
        .filter(|&entry| known(&area.edges[entry]))
        .collect();
    for run in entries.chunk_by(|a, b| a + 1 == *b) {
        let far = run
            .iter()
            .map(|&entry| (at(entry), y.at(area.edges[entry].1)));
        let near = run
            .iter()
            .rev()
            .map(|&entry| (at(entry), y.at(area.edges[entry].0)));
        canvas.area(far.chain(near).collect(), Ink::fill(area.color, OPACITY));
    }
}

/// The points of a line that carry its mark: the last, and others at even distances before it.
fn marked(run: &[Point]) -> Vec<Point> {
    let mut found: Vec<Point> = Vec::new();
    for &point in run.iter().rev() {
        if found.last().is_none_or(|last| last.0 - point.0 >= APART) {
            found.push(point);
        }
    }
    found
}

/// At most some points per pixel: of the points in a pixel the first, lowest, highest and last.
fn thinned(points: &[Point]) -> Vec<Point> {
    const PER_PIXEL: f64 = 2.0;
    let span = points.last().map_or(0.0, |last| last.0 - points[0].0);
    if (points.len() as f64) <= 2.0 * PER_PIXEL * span.max(1.0) {
        return points.to_vec();
    }
    points
        .chunk_by(|a, b| a.0.floor() == b.0.floor())
        .flat_map(|pixel| {
            let by_height = |a: &&Point, b: &&Point| a.1.total_cmp(&b.1);
            let low = pixel.iter().min_by(by_height);
            let high = pixel.iter().max_by(by_height);
            let mut kept: Vec<Point> = [pixel.first(), low, high, pixel.last()]
                .into_iter()
                .flatten()
                .copied()
                .collect();
            smallest_first(&mut kept, |point| point.0);
            kept.dedup();
            kept
        })
        .collect()
}
