//! What happens while a market runs, marked on a chart over time.

use crate::chart::kit::{Anchor, Axis, Canvas, Font, Ink, theme};

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

/// Writes the words above the lines, as many as have room within the plot.
pub fn draw_words(canvas: &mut Canvas, events: &[Event], x: &Axis, baseline: f64) {
    let (left, right) = x.pixels;
    let font = Font::regular(theme::CAPTION);
    let mut taken = left;
    for event in events {
        let words = font.shorten(&event.words, canvas.style().part(240.0));
        let width = font.width(&words);
        let at = x.at(f64::from(event.period));
        let start = (at - width / 2.0).min(right - width).max(left);
        let near = start - 1.0 <= at && at <= start + width + 1.0;
        if start >= taken && near {
            canvas.text(&words, font, theme::QUIET, (start, baseline), Anchor::Start);
            taken = start + width + 10.0;
        }
    }
}
