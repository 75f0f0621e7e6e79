//! Who leads at a point of a sweep, and how a cell shows it.

use plotters::style::RGBColor;

use super::stage::Stage;
use crate::analysis::{Estimate, SweepPoint};
use crate::chart::form::grid::draw_empty;
use crate::chart::kit::{Canvas, Ink, Point};
use crate::statistics::order::largest_first;

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
    /// A firm and its nearest rival, whose intervals overlap or are not known.
    Undecided(usize, usize),
    /// Two firms, whose shares are equal and not exceeded.
    Tied(usize, usize),
}

/// The firm with the largest share; undecided where its interval reaches that of the next or there is none, or in a tie.
pub fn lead(stage: &Stage<'_>, point: &SweepPoint) -> Lead {
    let mut found: Vec<(usize, Estimate)> = stage
        .cast
        .iter()
        .map(|actor| (actor.firm, stage.estimate(actor, point)))
        .filter(|(_, share)| share.mean.is_finite())
        .collect();
    largest_first(&mut found, |(_, share)| share.mean);
    match found[..] {
        [] => Lead::Nobody,
        [(only, _)] => Lead::Decided(only),
        [(first, ahead), (second, behind), ..] => {
            if ahead.mean <= behind.mean {
                Lead::Tied(first, second)
            } else if ahead.low > behind.high {
                Lead::Decided(first)
            } else {
                // so it is without intervals: one replicate decides nothing
                Lead::Undecided(first, second)
            }
        }
    }
}

/// Fills a cell: the leader's colour; where undecided it is pale, with stripes of the rival's.
pub fn draw_lead(canvas: &mut Canvas, stage: &Stage<'_>, lead: Lead, from: Point, to: Point) {
    match lead {
        Lead::Nobody => draw_empty(canvas, from, to),
        Lead::Decided(firm) => draw_decided(canvas, stage.actor(firm).color, from, to),
        Lead::Undecided(firm, rival) | Lead::Tied(firm, rival) => {
            canvas.rectangle(from, to, Ink::fill(stage.actor(firm).color, PALE));
            draw_stripes(canvas, stage.actor(rival).color, from, to);
        }
    }
}

/// The colour of a firm; without colours pale, with the firm's mark in the middle.
pub fn draw_decided(canvas: &mut Canvas, color: RGBColor, from: Point, to: Point) {
    if canvas.pen(color).marker.is_none() {
        canvas.rectangle(from, to, Ink::fill(color, 1.0));
        return;
    }
    canvas.rectangle(from, to, Ink::fill(color, 0.22));
    let middle = (f64::midpoint(from.0, to.0), f64::midpoint(from.1, to.1));
    let room = (to.0 - from.0).abs().min((to.1 - from.1).abs());
    canvas.mark(middle, (0.22 * room).clamp(1.5, 7.0), color);
}

/// Slanted stripes within a rectangle.
pub fn draw_stripes(
    canvas: &mut Canvas,
    color: RGBColor,
    (left, top): Point,
    (right, bottom): Point,
) {
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
    use super::super::outcome::Shown;
    use super::super::samples::SweepSample;
    use super::*;

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
        let stage = Stage::new(&scenario, &results, Shown::default(), &[]).unwrap();
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
        assert_eq!(lead_of(&[(0.51, nan), (0.49, nan)]), Lead::Undecided(0, 1));
        assert_eq!(lead_of(&[(0.5, nan), (0.5, nan)]), Lead::Tied(0, 1));
        assert_eq!(lead_of(&[(nan, nan), (0.1, 0.2)]), Lead::Decided(1));
        assert_eq!(lead_of(&[(nan, nan), (nan, nan)]), Lead::Nobody);
    }
}
