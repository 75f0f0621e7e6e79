//! Which colour is whose: marks with names, in rows above a plot.

use plotters::style::RGBColor;

use super::stage::Stage;
use crate::chart::canvas::{Anchor, Canvas};
use crate::chart::text::{ASCENT, Font};
use crate::chart::theme;

/// Space between the middle of a mark and its name.
const MARK: f64 = 11.0;
/// Space between a name and the next mark.
const APART: f64 = 22.0;

/// Names with their marks, each with a row and a left edge.
#[derive(Debug)]
pub struct Key {
    font: Font,
    entries: Vec<(String, RGBColor, usize, f64)>,
    rows: usize,
}

impl Key {
    /// The firms with a colour, and how many others there are, between two edges.
    #[must_use]
    pub fn of_firms(stage: &Stage<'_>, (left, right): (f64, f64)) -> Self {
        let mut names: Vec<(String, RGBColor)> = stage
            .leaders()
            .map(|actor| (actor.name.clone(), actor.color))
            .collect();
        let others = stage.cast.len() - names.len();
        if others > 0 {
            names.push((
                stage.style.count("other_firm", others as u64),
                theme::OTHERS,
            ));
        }
        let total: f64 = names
            .iter()
            .map(|(name, _)| Font::bold(theme::LABEL).width(name))
            .sum();
        let font = Font::bold(if total > 2.0 * (right - left) {
            theme::LABEL_LEAST
        } else {
            theme::LABEL
        });
        let mut entries = Vec::new();
        let (mut row, mut x) = (0, left);
        for (name, color) in names {
            let name = font.shorten(&name, right - left - MARK - 5.0);
            let width = MARK + 5.0 + font.width(&name);
            if x > left && x + width > right {
                row += 1;
                x = left;
            }
            entries.push((name, color, row, x));
            x += width + APART;
        }
        Self {
            font,
            entries,
            rows: row + 1,
        }
    }

    /// Height that all rows take, with the space below.
    #[must_use]
    pub fn height(&self) -> f64 {
        self.rows as f64 * self.font.pitch() + 12.0
    }

    /// Draws it below `top`.
    pub fn draw(&self, canvas: &mut Canvas, top: f64) {
        for (name, color, row, x) in &self.entries {
            let baseline = top + *row as f64 * self.font.pitch() + ASCENT * self.font.size;
            let middle = baseline - 0.36 * self.font.size;
            canvas.mark((x + 5.0, middle), 5.0, *color);
            let color = if *color == theme::OTHERS {
                theme::QUIET
            } else {
                *color
            };
            let at = (x + 5.0 + MARK, baseline);
            canvas.text(name, self.font, color, at, Anchor::Start);
        }
    }
}
