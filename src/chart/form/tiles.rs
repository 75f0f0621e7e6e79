//! Things of one size beside and below each other.

use crate::chart::kit::Point;

/// Tiles of one size, row by row.
#[derive(Debug, Clone, Copy)]
pub struct Tiles {
    /// How many there are.
    pub count: usize,
    /// How many stand beside each other, and below each other.
    pub across: usize,
    pub down: usize,
    /// Width of each.
    pub width: f64,
    /// Space between two beside each other.
    pub gap: f64,
    /// Where the first begins.
    pub left: f64,
    pub top: f64,
    /// Distance from row to row.
    pub pitch: f64,
}

impl Tiles {
    /// So many tiles, so many beside each other between two edges; where the rows stand is still to be said.
    #[must_use]
    pub fn new(count: usize, across: usize, (left, right): (f64, f64), gap: f64) -> Self {
        let across = across.max(1);
        Self {
            count,
            across,
            down: count.div_ceil(across).max(1),
            width: (right - left - gap * (across as f64 - 1.0)) / across as f64,
            gap,
            left,
            top: 0.0,
            pitch: 0.0,
        }
    }

    /// The same, with the first row at `top`, and the next so much below it.
    #[must_use]
    pub fn at(self, top: f64, pitch: f64) -> Self {
        Self { top, pitch, ..self }
    }

    /// Upper left corner of a tile.
    #[must_use]
    pub fn corner(&self, number: usize) -> Point {
        let (column, row) = (number % self.across, number / self.across);
        let left = self.left + column as f64 * (self.width + self.gap);
        (left, self.top + row as f64 * self.pitch)
    }

    /// Left and right edge of all.
    #[must_use]
    pub fn edges(&self) -> (f64, f64) {
        let all = self.across as f64 * (self.width + self.gap) - self.gap;
        (self.left, self.left + all)
    }

    /// Where the last row begins.
    #[must_use]
    pub fn last_top(&self) -> f64 {
        self.top + (self.down - 1) as f64 * self.pitch
    }

    /// Height of all rows.
    #[must_use]
    pub fn height(&self) -> f64 {
        self.down as f64 * self.pitch
    }

    /// Whether nothing stands to the left of a tile.
    #[must_use]
    pub fn is_leftmost(&self, number: usize) -> bool {
        number.is_multiple_of(self.across)
    }

    /// Whether nothing stands below a tile.
    #[must_use]
    pub fn is_lowest(&self, number: usize) -> bool {
        number + self.across >= self.count
    }
}
