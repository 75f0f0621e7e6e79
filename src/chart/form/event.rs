//! What happens while a market runs, marked on a chart over time.

use crate::chart::kit::{Anchor, Axis, Canvas, Font, Ink, Style, theme};

/// Height of a line of words.
pub const ROW: f64 = 18.0;
/// Most lines of words.
const MOST: usize = 8;
const FONT: Font = Font::regular(theme::CAPTION);

/// Something that happens in a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub period: u32,
    /// What, in a few words.
    pub words: String,
}

/// Draws dotted vertical lines from `top` to `bottom`.
pub fn draw_lines(canvas: &mut Canvas, events: &[Event], x: &Axis, (top, bottom): (f64, f64)) {
    for event in events {
        let at = x.at(f64::from(event.period));
        let ink = Ink::stroke(theme::EVENT, 1.2);
        canvas.dashed(vec![(at, top), (at, bottom)], &[0.1, 4.5], ink);
    }
}

/// Words above a plot: each with its line, counted from above, and its left edge.
fn placed(style: &Style, events: &[Event], x: &Axis) -> Vec<(String, usize, f64)> {
    let (left, right) = x.pixels;
    let mut taken = [left; MOST];
    let place = |event: &Event| {
        let words = FONT.shorten(&event.words, style.part(240.0));
        let width = FONT.width(&words);
        let at = x.at(f64::from(event.period));
        let start = (at - width / 2.0).min(right - width).max(left);
        let near = start - 1.0 <= at && at <= start + width + 1.0;
        let line = taken
            .iter()
            .position(|taken| start >= *taken)
            .filter(|_| near)?;
        taken[line] = start + width + 10.0;
        Some((words, line, start))
    };
    events.iter().filter_map(place).collect()
}

/// Height that the words above a plot take.
pub fn height(style: &Style, events: &[Event], x: &Axis) -> f64 {
    let lines = placed(style, events, x)
        .iter()
        .map(|(_, line, _)| line + 1)
        .max();
    lines.unwrap_or(usize::from(!events.is_empty())) as f64 * ROW
}

/// Writes the words above the lines, the last of their lines on a baseline, as many as have room within the plot.
pub fn draw_words(canvas: &mut Canvas, events: &[Event], x: &Axis, baseline: f64) {
    let placed = placed(canvas.style(), events, x);
    let lines = placed
        .iter()
        .map(|(_, line, _)| line + 1)
        .max()
        .unwrap_or(0);
    for (words, line, start) in placed {
        let at = (start, baseline - (lines - 1 - line) as f64 * ROW);
        canvas.text(&words, FONT, theme::QUIET, at, Anchor::Start);
    }
}
