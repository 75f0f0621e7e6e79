//! Differences between two runs: a dot with its interval for each figure, on either side of no difference.
//!
//! `rows` draws the figures, `telling` has the words around them.

mod rows;
mod telling;

#[cfg(test)]
mod tests;

use super::canvas::{Anchor, Canvas, Ink};
use super::frame::Frame;
use super::style::Style;
use super::text::Font;
use super::{Figure, theme};
use crate::analysis::{Compared, ComparedFirm, Comparison, Quantity};
use rows::{COLUMNS, NAME, draw_key, draw_row, widest};
use telling::{description, heading, title};

/// Height of a row, and of the words above a group of rows.
const ROW: f64 = 23.0;
const GROUP: f64 = 34.0;
/// Space for what the columns are.
const KEY: f64 = 26.0;
/// Most firms shown for each quantity, and most points of a sweep.
const MOST: (usize, usize) = (8, 12);

/// Two runs as they are drawn.
#[derive(Debug, Clone, Copy)]
pub struct ComparisonChart<'a> {
    /// How it looks.
    pub style: &'a Style,
    /// What the first run is called.
    pub base: &'a str,
    /// What the second run is called.
    pub other: &'a str,
    /// The differences.
    pub comparison: &'a Comparison,
    /// What each point of a sweep is called, by its number; empty without a sweep.
    pub points: &'a [String],
}

/// Rows that share a scale.
struct Group<'a> {
    title: String,
    quantity: Quantity,
    rows: Vec<(&'a str, Compared)>,
}

/// Draws the chart: every figure of every firm, or, of a sweep, the shares at every point.
#[must_use]
pub fn draw_comparison(chart: &ComparisonChart<'_>) -> Figure {
    let groups = groups(chart);
    let heading = heading(chart);
    let frame = Frame::new(chart.style, &heading);
    let rows: usize = groups.iter().map(|group| group.rows.len()).sum();
    let top = frame.above() + KEY;
    let bottom = top + GROUP * groups.len() as f64 + ROW * rows as f64;
    let height = (bottom + 20.0 + frame.below()).ceil();
    let right = chart.style.width - theme::RIGHT - COLUMNS.iter().sum::<f64>();
    let middle = f64::midpoint(theme::LEFT + NAME + 10.0, right);
    let half = (right - middle) - 12.0;

    let mut canvas = Canvas::new(chart.style, height);
    frame.draw(&mut canvas, height);
    draw_key(&mut canvas, chart, top, middle);
    let mut y = top;
    // the same quantity at all points is on one scale
    let common =
        (!chart.points.is_empty()).then(|| widest(groups.iter().flat_map(|group| &group.rows)));
    for group in &groups {
        let reach = common.unwrap_or_else(|| widest(group.rows.iter()));
        let font = Font::bold(theme::TICK);
        let title = font.shorten(&group.title, middle - half - theme::LEFT + half);
        canvas.text(
            &title,
            font,
            theme::INK,
            (theme::LEFT, y + GROUP - 9.0),
            Anchor::Start,
        );
        y += GROUP;
        let ink = Ink::stroke(theme::AXIS, theme::HAIRLINE);
        canvas.line(
            (middle, y - 2.0),
            (middle, y + ROW * group.rows.len() as f64),
            ink,
        );
        for (name, compared) in &group.rows {
            let at = |value: f64| middle + (value / reach).clamp(-1.0, 1.0) * half;
            draw_row(
                &mut canvas,
                (name, compared, group.quantity),
                y + ROW / 2.0,
                at,
            );
            y += ROW;
        }
    }
    canvas.finish("comparison", &heading.title, &description(chart, &groups))
}

fn groups<'a>(chart: &ComparisonChart<'a>) -> Vec<Group<'a>> {
    let firms = &chart.comparison.firms;
    let row =
        |place: usize| move |firm: &'a ComparedFirm| (firm.name.as_str(), firm.figures[place]);
    if chart.points.is_empty() {
        let group = |(place, quantity): (usize, Quantity)| Group {
            title: chart.style.say(title(quantity)).to_owned(),
            quantity,
            rows: firms.iter().take(MOST.0).map(row(place)).collect(),
        };
        return Quantity::SUMMARY
            .into_iter()
            .enumerate()
            .map(group)
            .collect();
    }
    let group = |point: u32| Group {
        title: chart
            .points
            .get(point as usize)
            .cloned()
            .unwrap_or_default(),
        quantity: Quantity::Share,
        rows: firms
            .iter()
            .filter(|firm| firm.point == point)
            .take(MOST.0)
            .map(row(0))
            .collect(),
    };
    chart
        .comparison
        .points()
        .into_iter()
        .take(MOST.1)
        .map(group)
        .collect()
}
