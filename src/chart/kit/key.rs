//! Which mark is whose: names behind their marks, in as many lines as they take.

use super::canvas::{Anchor, Canvas};
use super::text::{ASCENT, Font};
use super::theme;
use plotters::style::RGBColor;

/// Width of a mark with the space before its name.
const MARK: f64 = 16.0;
/// Space between a name and the next mark.
const APART: f64 = 22.0;
/// Space below a key.
const BELOW: f64 = 12.0;

/// Where things of these widths stand if they follow each other between two edges: line, and left edge.
pub fn flow(widths: &[f64], (left, right): (f64, f64), apart: f64) -> Vec<(usize, f64)> {
    let (mut line, mut next) = (0, left);
    let place = |width: &f64| {
        if next > left && next + width > right {
            (line, next) = (line + 1, left);
        }
        next += width + apart;
        (line, next - width - apart)
    };
    widths.iter().map(place).collect()
}

/// Names with their marks, each in its colour.
#[derive(Debug)]
pub struct Key {
    font: Font,
    names: Vec<(String, RGBColor)>,
    places: Vec<(usize, f64)>,
}

impl Key {
    /// The key of these names between two edges; names that are too many are set smaller, too long ones shortened.
    #[must_use]
    pub fn new(names: Vec<(String, RGBColor)>, (left, right): (f64, f64)) -> Self {
        let usual = Font::bold(theme::LABEL);
        let total: f64 = names.iter().map(|(name, _)| usual.width(name)).sum();
        let is_long = total > 2.0 * (right - left);
        let font = if is_long {
            Font::bold(theme::LABEL_LEAST)
        } else {
            usual
        };
        let short =
            |(name, color): (&String, &RGBColor)| (font.shorten(name, right - left - MARK), *color);
        let names: Vec<_> = names
            .iter()
            .map(|(name, color)| short((name, color)))
            .collect();
        let widths: Vec<f64> = names
            .iter()
            .map(|(name, _)| MARK + font.width(name))
            .collect();
        Self {
            font,
            names,
            places: flow(&widths, (left, right), APART),
        }
    }

    /// Height that it takes, with the space below.
    #[must_use]
    pub fn height(&self) -> f64 {
        let lines = self.places.last().map_or(0, |(line, _)| line + 1);
        lines as f64 * self.font.pitch() + BELOW
    }

    /// Draws it below `top`.
    pub fn draw(&self, canvas: &mut Canvas, top: f64) {
        for ((name, color), (line, x)) in self.names.iter().zip(&self.places) {
            let baseline = top + *line as f64 * self.font.pitch() + ASCENT * self.font.size;
            canvas.mark((x + 5.0, baseline - 0.36 * self.font.size), 5.0, *color);
            let ink = if *color == theme::OTHERS {
                theme::QUIET
            } else {
                *color
            };
            canvas.text(name, self.font, ink, (x + MARK, baseline), Anchor::Start);
        }
    }
}
