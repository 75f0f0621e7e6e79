//! What the marks of the map mean.

use super::panel::{ESTIMATE, PRIOR, draw_cross, draw_product, faint, way_ink};
use super::scene::shades;
use crate::chart::kit::{Anchor, Canvas, Font, Ink, Point, Style, theme};

/// The marks, with the keys of their words.
const ITEMS: [(Mark, &str); 4] = [
    (Mark::Customers, "map.customers"),
    (Mark::Product, "map.product"),
    (Mark::Estimate, "map.estimate"),
    (Mark::Prior, "map.prior"),
];
const FONT: Font = Font::regular(theme::CAPTION);
/// Width of a mark with the space after it.
const MARK: f64 = 40.0;
/// Space between two items.
const GAP: f64 = 20.0;
/// Height of a line.
const LINE: f64 = 21.0;

#[derive(Debug, Clone, Copy)]
enum Mark {
    Customers,
    Product,
    Estimate,
    Prior,
}

/// The key, set in lines.
#[derive(Debug)]
pub struct MapKey {
    items: Vec<(Mark, String, Point)>,
    pub height: f64,
}

impl MapKey {
    /// The key of a sheet whose panels begin at `left`; lengthy words are shortened.
    pub fn new(style: &Style, left: f64) -> Self {
        let right = style.width - theme::RIGHT;
        let (mut x, mut y) = (left, 0.0);
        let mut items = Vec::new();
        for (mark, key) in ITEMS {
            let words = FONT.shorten(style.say(key), right - left - MARK);
            let width = MARK + FONT.width(&words);
            if x > left && x + width > right {
                (x, y) = (left, y + LINE);
            }
            items.push((mark, words, (x, y)));
            x += width + GAP;
        }
        Self {
            items,
            height: y + LINE + 8.0,
        }
    }

    /// Draws the key below `top`.
    pub fn draw(&self, canvas: &mut Canvas, top: f64) {
        for (mark, words, (x, y)) in &self.items {
            let middle = top + y + LINE / 2.0;
            draw_mark(canvas, *mark, (*x, middle));
            let at = (x + MARK, middle + 0.36 * FONT.size);
            canvas.text(words, FONT, theme::TEXT, at, Anchor::Start);
        }
    }
}

fn draw_mark(canvas: &mut Canvas, mark: Mark, (x, y): Point) {
    let (centre, end) = (x + MARK / 2.0 - 4.0, x + MARK - 8.0);
    match mark {
        Mark::Customers => {
            let width = (end - x) / shades().count() as f64;
            for (number, shade) in shades().enumerate() {
                let left = x + number as f64 * width;
                canvas.rectangle(
                    (left, y - 6.0),
                    (left + width, y + 6.0),
                    Ink::fill(shade, 1.0),
                );
            }
        }
        Mark::Product => {
            canvas.line((x, y), (centre + 6.0, y), way_ink());
            draw_product(canvas, (centre + 6.0, y), theme::QUIET);
        }
        Mark::Estimate => {
            canvas.line((x + 6.0, y), (end, y), faint(theme::INK));
            canvas.dot((x + 6.0, y), ESTIMATE, Ink::fill(theme::INK, 0.8));
        }
        Mark::Prior => draw_cross(canvas, (end - PRIOR, y)),
    }
}
