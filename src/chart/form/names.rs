//! Names of bars, set to the right before them.

use plotters::style::RGBColor;

use crate::chart::kit::{ASCENT, Anchor, Canvas, DESCENT, Font, Point, Style, theme};

/// Widest line of a name, on a sheet of the usual width.
const WIDEST: f64 = 250.0;
/// Most lines of a name; a longer one is shortened in its middle.
const MOST_LINES: usize = 3;
/// The names of all bars of a chart, in one size.
pub struct NameColumn {
    font: Font,
    /// Widest line.
    widest: f64,
    /// How far the names reach to the right of where everything starts.
    pub width: f64,
    /// Height of the highest name.
    pub tallest: f64,
}

impl NameColumn {
    /// The size that suits so many names of these lengths.
    pub fn new<'a>(style: &Style, names: impl Iterator<Item = &'a str> + Clone) -> Self {
        let widest = style.part(WIDEST);
        let mut font = Font::bold(if names.clone().count() > 8 {
            theme::LABEL_LEAST + 1.0
        } else {
            theme::LABEL
        });
        if names.clone().any(|name| font.width(name) > widest) {
            font = Font::bold(theme::LABEL_LEAST);
        }
        let mut column = Self {
            font,
            widest,
            width: 0.0,
            tallest: 0.0,
        };
        for name in names {
            let lines = column.lines(name);
            column.width = column.width.max(font.widest(&lines));
            column.tallest = column.tallest.max(column.block(&lines));
        }
        // Names start where everything starts, or reach a little to its left.
        column.width = (column.width - (theme::LEFT - 24.0)).max(0.0);
        column
    }

    /// Writes a name that ends at x, about the middle y.
    pub fn draw(&self, canvas: &mut Canvas, name: &str, color: RGBColor, (right, middle): Point) {
        let lines = self.lines(name);
        let top = middle - self.block(&lines) / 2.0;
        let first = top + ASCENT / (ASCENT + DESCENT) * self.font.size;
        canvas.lines(&lines, self.font, color, (right, first), Anchor::End);
    }

    fn lines(&self, name: &str) -> Vec<String> {
        let lines = self.font.wrap_evenly(name, self.widest);
        if lines.len() <= MOST_LINES {
            return lines;
        }
        let short = self.font.shorten(name, self.widest * 2.5);
        self.font.wrap(&short, self.widest)
    }

    fn block(&self, lines: &[String]) -> f64 {
        (lines.len() as f64 - 1.0) * self.font.pitch() + self.font.size
    }
}
