//! Numbers as colours: one scale from pale to dark, which also reads in grey and by the colour-blind.

use plotters::style::RGBColor;

use crate::chart::kit::{Anchor, Axis, Canvas, Font, Format, Ink, Range, theme};

/// Height of the bar.
const BAR: f64 = 13.0;
/// Height that the bar and its numbers take.
pub const HEIGHT: f64 = 44.0;
/// Pieces of which the bar is made.
const PIECES: u32 = 120;

/// From the least to the greatest; every step is darker than the one before.
const STOPS: [RGBColor; 6] = [
    RGBColor(250, 246, 219),
    RGBColor(203, 231, 193),
    RGBColor(124, 199, 190),
    RGBColor(52, 149, 188),
    RGBColor(38, 92, 158),
    RGBColor(27, 38, 92),
];

/// From far below a middle to far above it, pale in between; both sides differ for the colour-blind, and darken alike.
const SIDES: [RGBColor; 7] = [
    RGBColor(122, 62, 8),
    RGBColor(191, 115, 34),
    RGBColor(233, 190, 128),
    RGBColor(246, 242, 232),
    RGBColor(142, 196, 214),
    RGBColor(47, 127, 178),
    RGBColor(24, 62, 121),
];

/// The colours of a range of values.
#[derive(Debug, Clone, PartialEq)]
pub struct ColorScale {
    axis: Axis,
    format: Format,
    /// The value that divides two colours, if one does.
    middle: Option<f64>,
}

impl ColorScale {
    /// Spans the values, ends on round numbers.
    #[must_use]
    pub fn new(span: Option<(f64, f64)>, range: Range, format: Format) -> Self {
        let (mut low, mut high) = span.unwrap_or((0.0, 1.0));
        if range.from_zero {
            (low, high) = (low.min(0.0), high.max(0.0));
        }
        let mut axis = Axis::rounded(low, high, 4, (0.0, 1.0));
        axis.clip(range.limits.0, range.limits.1);
        Self {
            axis,
            format,
            middle: None,
        }
    }

    /// Spans the values and a middle, with a colour on either side of it.
    #[must_use]
    pub fn diverging(span: Option<(f64, f64)>, middle: f64, format: Format) -> Self {
        let (low, high) = span.unwrap_or((middle, middle));
        Self {
            axis: Axis::rounded(low.min(middle), high.max(middle), 4, (0.0, 1.0)),
            format,
            middle: Some(middle),
        }
    }

    /// The colours, and how far along them a value is, from 0 to 1.
    fn place(&self, value: f64) -> (&'static [RGBColor], f64) {
        let Some(middle) = self.middle else {
            return (&STOPS, self.axis.at(value).clamp(0.0, 1.0));
        };
        // equal distances to either side are equally dark
        let (low, high) = self.axis.domain;
        let reach = (high - middle).max(middle - low);
        (
            &SIDES,
            (0.5 + 0.5 * (value - middle) / reach).clamp(0.0, 1.0),
        )
    }

    /// The colour of a value.
    #[must_use]
    pub fn color(&self, value: f64) -> RGBColor {
        let (stops, place) = self.place(value);
        let place = place * (stops.len() - 1) as f64;
        let before = (place.floor() as usize).min(stops.len() - 2);
        let part = place - before as f64;
        let (from, to) = (stops[before], stops[before + 1]);
        let mix =
            |a: u8, b: u8| (f64::from(a) + part * (f64::from(b) - f64::from(a))).round() as u8;
        RGBColor(mix(from.0, to.0), mix(from.1, to.1), mix(from.2, to.2))
    }

    /// The ink that can be read on the colour of a value.
    #[must_use]
    pub fn ink(&self, value: f64) -> RGBColor {
        let is_dark = match self.place(value) {
            (_, place) if self.middle.is_some() => (place - 0.5).abs() > 0.3,
            (_, place) => place > 0.52,
        };
        if is_dark { theme::PAPER } else { theme::INK }
    }

    /// A value in words, as fine as a cell needs.
    #[must_use]
    pub fn words(&self, value: f64) -> String {
        self.axis.value(value, self.format)
    }

    /// Width of the number at the end of its bar.
    #[must_use]
    pub fn end(&self) -> f64 {
        let last = self.axis.ticks.last().copied().unwrap_or(0.0);
        Font::regular(theme::TICK).width(&self.axis.tick(last, self.format))
    }

    /// The bar of all colours with its numbers, between two edges.
    pub fn draw(&self, canvas: &mut Canvas, (left, right): (f64, f64), top: f64) {
        let font = Font::regular(theme::TICK);
        let mut bar = self.axis.clone();
        bar.pixels = (left, right);
        let (low, high) = bar.domain;
        let piece = (right - left) / f64::from(PIECES);
        for number in 0..PIECES {
            let from = left + f64::from(number) * piece;
            let part = (f64::from(number) + 0.5) / f64::from(PIECES);
            let ink = Ink::fill(self.color(low + part * (high - low)), 1.0);
            // A little over the next, so that no seam shows.
            let to = (from + piece + 0.5).min(right);
            canvas.rectangle((from, top), (to, top + BAR), ink);
        }
        let numbers: Vec<String> = bar
            .ticks
            .iter()
            .map(|&tick| bar.tick(tick, self.format))
            .collect();
        let room = match bar.ticks[..] {
            [first, second, ..] => bar.at(second) - bar.at(first),
            _ => f64::INFINITY,
        };
        let every = ((font.widest(&numbers) + 10.0) / room).ceil().max(1.0) as usize;
        for (place, (&tick, number)) in bar.ticks.iter().zip(&numbers).enumerate() {
            let at = bar.at(tick);
            let ink = Ink::stroke(theme::AXIS, if tick == 0.0 { 1.6 } else { theme::HAIRLINE });
            canvas.line((at, top + BAR), (at, top + BAR + 4.0), ink);
            if place.is_multiple_of(every) {
                let baseline = top + BAR + 7.0 + 0.76 * font.size;
                canvas.text(number, font, theme::TEXT, (at, baseline), Anchor::Middle);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::kit::style::Style;

    #[test]
    fn greater_values_are_darker() {
        let scale = ColorScale::new(
            Some((0.0, 1.0)),
            Range::PART.with_zero(),
            Style::default().percent(),
        );
        let light = |value: f64| {
            let color = scale.color(value);
            0.2126 * f64::from(color.0) + 0.7152 * f64::from(color.1) + 0.0722 * f64::from(color.2)
        };
        for step in 0..100 {
            let value = f64::from(step) / 100.0;
            assert!(light(value + 0.01) < light(value), "{value}");
        }
        assert_eq!(scale.color(0.0), STOPS[0]);
        assert_eq!(scale.color(1.0), STOPS[5]);
    }

    #[test]
    fn both_sides_of_a_middle_darken_alike() {
        let scale = ColorScale::diverging(Some((-0.2, 1.0)), 0.0, Style::default().signed());
        let light = |value: f64| {
            let color = scale.color(value);
            0.2126 * f64::from(color.0) + 0.7152 * f64::from(color.1) + 0.0722 * f64::from(color.2)
        };
        assert_eq!(scale.color(0.0), SIDES[3]);
        assert_eq!(scale.color(1.0), SIDES[6]);
        for step in 1..=20 {
            let value = f64::from(step) / 100.0;
            assert!((light(value) - light(-value)).abs() < 12.0, "{value}");
            assert_ne!(scale.color(value), scale.color(-value));
        }
    }

    #[test]
    fn odd_ranges_have_colours() {
        for span in [None, Some((0.0, 0.0)), Some((-3.0, -1.0))] {
            let range = Range::ANY.with_zero();
            let scale = ColorScale::new(span, range, Style::default().signed());
            assert_ne!(scale.color(-1e9), scale.color(1e9));
        }
    }
}
