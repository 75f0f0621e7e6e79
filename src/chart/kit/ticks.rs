//! Grid lines and the numbers along axes.

use crate::chart::kit::axis::Axis;
use crate::chart::kit::canvas::{Anchor, Canvas};
use crate::chart::kit::format::Format;
use crate::chart::kit::shape::Ink;
use crate::chart::kit::text::Font;
use crate::chart::kit::theme;

/// Height that numbers below a plot take, and a title below these.
pub const NUMBERS: f64 = 25.0;
/// Height of the title of a level axis.
pub const TITLE: f64 = 20.0;

const FONT: Font = Font::regular(theme::TICK);
/// Space between numbers and the plot.
const GAP: f64 = 8.0;

/// Where plots begin: as far left as all else, or further right where numbers are long.
#[must_use]
pub fn left_edge<'a>(axes: impl IntoIterator<Item = (&'a Axis, Format)>) -> f64 {
    axes.into_iter()
        .flat_map(|(axis, format)| axis.ticks.iter().map(move |&tick| axis.tick(tick, format)))
        .map(|number| FONT.width(&number) + GAP + 12.0)
        .fold(theme::LEFT, f64::max)
}

/// The ink of the grid line at a value: zero is darker.
fn line_at(tick: f64) -> Ink {
    let color = if tick == 0.0 {
        theme::AXIS
    } else {
        theme::GRID
    };
    Ink::stroke(color, theme::HAIRLINE)
}

/// Level grid lines.
pub fn draw_level_grid(canvas: &mut Canvas, (left, right): (f64, f64), y: &Axis) {
    for &tick in &y.ticks {
        canvas.line((left, y.at(tick)), (right, y.at(tick)), line_at(tick));
    }
}

/// Upright grid lines.
pub fn draw_upright_grid(canvas: &mut Canvas, x: &Axis, (top, bottom): (f64, f64)) {
    for &tick in &x.ticks {
        canvas.line((x.at(tick), top), (x.at(tick), bottom), line_at(tick));
    }
}

/// Level grid lines with their numbers.
pub fn draw_grid(canvas: &mut Canvas, (left, right): (f64, f64), y: &Axis, format: Format) {
    // The floor of the plot, should no grid line lie there.
    let floor = y.at(y.domain.0);
    let pale = Ink::stroke(theme::GRID, theme::HAIRLINE);
    canvas.line((left, floor), (right, floor), pale);
    for &tick in &y.ticks {
        canvas.line((left, y.at(tick)), (right, y.at(tick)), line_at(tick));
        let at = (left - GAP, y.at(tick) + 0.36 * FONT.size);
        canvas.text(&y.tick(tick, format), FONT, theme::TEXT, at, Anchor::End);
    }
}

/// The numbers below a plot, and what they are.
pub fn draw_numbers(
    canvas: &mut Canvas,
    x: &Axis,
    format: Format,
    bottom: f64,
    title: Option<&str>,
) {
    let width = canvas.width();
    draw_numbers_within(canvas, x, format, bottom, (0.0, width));
    if let Some(title) = title {
        let title = FONT.shorten(title, canvas.width() - 8.0);
        let half = FONT.width(&title) / 2.0;
        let middle = f64::midpoint(x.pixels.0, x.pixels.1);
        let middle = middle.min(canvas.width() - 4.0 - half).max(4.0 + half);
        let at = (middle, numbers_baseline(bottom) + 1.25 * FONT.size);
        canvas.text(&title, FONT, theme::TEXT, at, Anchor::Middle);
    }
}

fn numbers_baseline(bottom: f64) -> f64 {
    bottom + 10.0 + 0.76 * FONT.size
}

/// The numbers below a plot; those that would reach beyond the edges move inwards.
pub fn draw_numbers_within(
    canvas: &mut Canvas,
    x: &Axis,
    format: Format,
    bottom: f64,
    (left, right): (f64, f64),
) {
    let numbers: Vec<String> = x.ticks.iter().map(|&tick| x.tick(tick, format)).collect();
    let room = match x.ticks[..] {
        [first, second, ..] => (x.at(second) - x.at(first)).abs(),
        _ => f64::INFINITY,
    };
    // Long numbers stand at every second mark, or fewer.
    let every = if x.is_uneven() {
        1
    } else {
        ((FONT.widest(&numbers) + 10.0) / room).ceil().max(1.0) as usize
    };
    let baseline = numbers_baseline(bottom);
    let mut taken = (f64::INFINITY, f64::NEG_INFINITY);
    for (place, (&tick, number)) in x.ticks.iter().zip(&numbers).enumerate() {
        let at = x.at(tick);
        let ink = Ink::stroke(theme::AXIS, theme::HAIRLINE);
        canvas.line((at, bottom), (at, bottom + 4.0), ink);
        let half = FONT.width(number) / 2.0;
        let at = at.min(right - half).max(left + half);
        let is_clear = at + half + 5.0 < taken.0 || taken.1 < at - half - 5.0;
        if place.is_multiple_of(every) && is_clear {
            canvas.text(number, FONT, theme::TEXT, (at, baseline), Anchor::Middle);
            taken = (at - half, at + half);
        }
    }
}
