//! Two axes on a grid: which firm has the largest share where, and where that is not decided.

use plotters::style::RGBColor;

use super::leaders::Key;
use super::matrix::{self, Matrix, Plot};
use super::stage::{Stage, plain};
use crate::analysis::{Estimate, SweepPoint};
use crate::chart::Figure;
use crate::chart::canvas::{Anchor, Canvas, Ink, Point};
use crate::chart::data::Entry;
use crate::chart::frame::{Frame, Heading};
use crate::chart::text::{ASCENT, Font};
use crate::chart::{Data, theme, ticks};

/// Width of the key beside the map, on a sheet of the usual width.
const KEY: f64 = 290.0;
/// Space between map and key.
const APART: f64 = 28.0;
/// Distance between two stripes of an undecided cell, along the upper edge.
const STRIPE: f64 = 7.0;
/// How pale the leader's colour is where its lead is not decided.
const PALE: f64 = 0.30;

/// Who leads at a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lead {
    /// Nobody has a share.
    Nobody,
    /// A firm, clear of all others.
    Decided(usize),
    /// A firm and its nearest rival, whose intervals overlap.
    Undecided(usize, usize),
    /// Two firms, whose shares are equal and not exceeded.
    Tied(usize, usize),
}

/// Draws the chart.
#[must_use]
pub fn draw(stage: &Stage<'_>) -> Figure {
    let matrix = Matrix::new(stage);
    let leads: Vec<Lead> = stage
        .results
        .points
        .iter()
        .map(|point| lead(stage, point))
        .collect();
    let heading = heading(stage, &leads);
    let style = &stage.style;
    let frame = Frame::new(style, &heading);
    let beside = style.part(KEY);
    let key = Key::new(stage, &leads, beside);

    let left = theme::LEFT.max(matrix.row_margin() + 24.0);
    let right = style.width - theme::RIGHT - beside - APART;
    let cell = (right - left) / matrix.columns.len().max(1) as f64;
    let legend = matrix.legend(cell, style.width - theme::RIGHT - theme::LEFT);
    let up_title = 24.0;
    let around = frame.above()
        + up_title
        + ticks::NUMBERS
        + ticks::TITLE
        + Matrix::legend_height(&legend)
        + frame.below();
    let tall = (style.height - around)
        .max(matrix.least_height())
        .max(key.height());
    let height = (around + tall).ceil();
    let top = frame.above() + up_title;
    let plot = Plot::new(&matrix, (left, top), (right, top + tall));

    let mut canvas = Canvas::new(style, height);
    frame.draw(&mut canvas, height);
    for column in 0..matrix.columns.len() {
        for row in 0..matrix.rows.len() {
            let lead = matrix
                .point(column, row)
                .map_or(Lead::Nobody, |point| leads[point]);
            let (from, to) = plot.corners(column, row);
            draw_lead(&mut canvas, stage, lead, from, to);
        }
    }
    matrix.draw_columns(&mut canvas, &plot);
    matrix.draw_rows(&mut canvas, &plot);
    draw_titles(&mut canvas, stage, &matrix, &plot);
    let below = plot.bottom + ticks::NUMBERS + ticks::TITLE + 2.0;
    Matrix::draw_legend(&mut canvas, &legend, (theme::LEFT, below));
    key.draw(&mut canvas, stage, (right + APART, top));
    canvas
        .finish(&stage.name, &heading.title, &key.description())
        .with_data(data(stage, &leads))
}

/// A row for every point: values of the axes, the leader, and whether it leads clearly.
fn data(stage: &Stage<'_>, leads: &[Lead]) -> Data {
    let keys = stage.results.axes.iter().map(|axis| axis.key.as_str());
    let columns: Vec<&str> = keys.chain(["leader", "runner_up", "decided"]).collect();
    let mut data = Data::new(&columns);
    for (point, lead) in stage.results.points.iter().zip(leads) {
        let name = |firm: usize| stage.actor(firm).name.clone();
        let (leader, rival, decided) = match *lead {
            Lead::Nobody => (String::new(), String::new(), ""),
            Lead::Decided(firm) => (name(firm), String::new(), "true"),
            Lead::Undecided(firm, rival) | Lead::Tied(firm, rival) => {
                (name(firm), name(rival), "false")
            }
        };
        let mut row: Vec<String> = point.values.iter().map(plain).collect();
        row.extend([leader, rival, decided.to_owned()]);
        let entries: Vec<&dyn Entry> = row.iter().map(|entry| entry as &dyn Entry).collect();
        data.push(&entries);
    }
    data
}

/// The firm with the largest share; undecided where its interval reaches that of the next, or in a tie.
fn lead(stage: &Stage<'_>, point: &SweepPoint) -> Lead {
    let mut found: Vec<(usize, Estimate)> = stage
        .cast
        .iter()
        .map(|actor| (actor.firm, stage.estimate(actor, point)))
        .filter(|(_, share)| share.mean.is_finite())
        .collect();
    found.sort_by(|a, b| b.1.mean.total_cmp(&a.1.mean));
    match found[..] {
        [] => Lead::Nobody,
        [(only, _)] => Lead::Decided(only),
        [(first, ahead), (second, behind), ..] => {
            // Without intervals only a tie is undecided.
            if ahead.mean <= behind.mean {
                Lead::Tied(first, second)
            } else if ahead.low <= behind.high {
                Lead::Undecided(first, second)
            } else {
                Lead::Decided(first)
            }
        }
    }
}

fn heading(stage: &Stage<'_>, leads: &[Lead]) -> Heading {
    let mut also = Vec::new();
    if leads
        .iter()
        .any(|lead| matches!(lead, Lead::Undecided(..) | Lead::Tied(..)))
    {
        let why = if stage.results.replicates > 1 {
            stage.style.say("leader.overlap")
        } else {
            stage.style.say("leader.equal")
        };
        also.push(why.to_owned());
    }
    let title = stage.style.fill("leader.title", &[("axes", &stage.by())]);
    let subtitle = stage.style.say("leader.measured");
    stage.heading_of(true, title, subtitle.to_owned(), false, also)
}

fn draw_titles(canvas: &mut Canvas, stage: &Stage<'_>, matrix: &Matrix, plot: &Plot) {
    let font = Font::regular(theme::TICK);
    let up = format!("↑ {}", stage.axes[matrix.up]);
    let up = font.shorten(&up, plot.right - theme::LEFT);
    let at = (theme::LEFT, plot.top - 11.0);
    canvas.text(&up, font, theme::TEXT, at, Anchor::Start);
    let across = format!("{} →", stage.axes[matrix.across]);
    let across = font.shorten(&across, plot.right - plot.left);
    let middle = f64::midpoint(plot.left, plot.right);
    let at = (middle, plot.bottom + ticks::NUMBERS + ASCENT * font.size);
    canvas.text(&across, font, theme::TEXT, at, Anchor::Middle);
}

/// Fills a cell: the leader's colour; where undecided it is pale, with stripes of the rival's.
pub fn draw_lead(canvas: &mut Canvas, stage: &Stage<'_>, lead: Lead, from: Point, to: Point) {
    match lead {
        Lead::Nobody => matrix::draw_empty(canvas, from, to),
        Lead::Decided(firm) => draw_decided(canvas, stage.actor(firm).color, from, to),
        Lead::Undecided(firm, rival) | Lead::Tied(firm, rival) => {
            canvas.rectangle(from, to, Ink::fill(stage.actor(firm).color, PALE));
            draw_stripes(canvas, stage.actor(rival).color, from, to);
        }
    }
}

/// The colour of a firm; without colours pale, with the firm's mark in the middle.
fn draw_decided(canvas: &mut Canvas, color: RGBColor, from: Point, to: Point) {
    if canvas.pen(color).marker.is_none() {
        canvas.rectangle(from, to, matrix::solid(color));
        return;
    }
    canvas.rectangle(from, to, Ink::fill(color, 0.22));
    let middle = (f64::midpoint(from.0, to.0), f64::midpoint(from.1, to.1));
    let room = (to.0 - from.0).abs().min((to.1 - from.1).abs());
    canvas.mark(middle, (0.22 * room).clamp(1.5, 7.0), color);
}

/// Slanted stripes within a rectangle.
fn draw_stripes(canvas: &mut Canvas, color: RGBColor, (left, top): Point, (right, bottom): Point) {
    let (width, height) = (right - left, bottom - top);
    let ink = Ink::stroke(color, 1.5);
    // A stripe starts at `offset` on the line through the lower edge and rises by as much as it goes right.
    let count = ((width + height) / STRIPE).floor().max(1.0);
    let step = (width + height) / (count + 1.0);
    for number in 1..=count as u32 {
        let offset = f64::from(number) * step - height;
        let start = offset.max(0.0);
        let end = (offset + height).min(width);
        if end - start > 1.5 {
            let at = |along: f64| (left + along, bottom - (along - offset));
            canvas.line(at(start), at(end), ink);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::SweepSample;
    use super::*;
    use crate::analysis::Quantity;

    /// Who leads where the firms have these shares and half-widths of intervals.
    fn lead_of(shares: &[(f64, f64)]) -> Lead {
        let sample = SweepSample::numbers(shares.len(), &[2, 2]);
        let (scenario, mut results) = (sample.scenario(), sample.results());
        for (firm, &(mean, half)) in results.points[0].firms.iter_mut().zip(shares) {
            firm.summary[0] = Estimate {
                mean,
                low: mean - half,
                high: mean + half,
                ..Estimate::EMPTY
            };
        }
        let stage = Stage::new(&scenario, &results, Quantity::Share, &[]).unwrap();
        lead(&stage, &results.points[0])
    }

    #[test]
    fn a_lead_within_the_intervals_is_undecided() {
        assert_eq!(lead_of(&[(0.3, 0.02), (0.7, 0.02)]), Lead::Decided(1));
        assert_eq!(
            lead_of(&[(0.52, 0.03), (0.48, 0.03)]),
            Lead::Undecided(0, 1)
        );
        assert_eq!(lead_of(&[(0.5, 0.0), (0.5, 0.0)]), Lead::Tied(0, 1));
        let nan = f64::NAN;
        assert_eq!(lead_of(&[(0.51, nan), (0.49, nan)]), Lead::Decided(0));
        assert_eq!(lead_of(&[(0.5, nan), (0.5, nan)]), Lead::Tied(0, 1));
        assert_eq!(lead_of(&[(nan, nan), (0.1, 0.2)]), Lead::Decided(1));
        assert_eq!(lead_of(&[(nan, nan), (nan, nan)]), Lead::Nobody);
    }
}
