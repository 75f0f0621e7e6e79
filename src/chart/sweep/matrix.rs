//! A grid of cells over two axes: where cells stand, and the words along both sides.

use super::stage::Stage;
use super::wording;
use crate::analysis::AxisValue;
use crate::chart::canvas::{Anchor, Canvas, Ink, Point};
use crate::chart::text::{ASCENT, Font};
use crate::chart::theme;

/// Words along the sides.
const FONT: Font = Font::regular(theme::TICK);
/// Letters in place of names too long to stand below a column, and what they mean.
const SMALL: Font = Font::regular(theme::CAPTION);
/// Widest name before a row, on a sheet of the usual width.
const WIDEST: f64 = 190.0;
/// Space between words and cells.
const GAP: f64 = 8.0;
/// Cells smaller than this touch.
const FINE: f64 = 9.0;

/// Which point is in which cell, and what rows and columns are called.
#[derive(Debug)]
pub struct Matrix {
    /// Widest name before a row.
    widest: f64,
    /// The axis from left to right.
    pub across: usize,
    /// The axis from bottom to top.
    pub up: usize,
    /// The words of the columns.
    pub columns: Vec<String>,
    /// The words of the rows, from below.
    pub rows: Vec<String>,
    /// Whether columns and rows are names, which must all be told.
    are_names: (bool, bool),
    /// The point in each cell, column by column.
    cells: Vec<Option<usize>>,
}

impl Matrix {
    /// The first axis runs from left to right, unless it has names and the second numbers: names stand
    /// better before rows.
    #[must_use]
    pub fn new(stage: &Stage<'_>) -> Self {
        let results = stage.results;
        let are_names = [0, 1].map(|axis| !results.is_numeric(axis));
        let (across, up) = if are_names[0] && !are_names[1] {
            (1, 0)
        } else {
            (0, 1)
        };
        let mut levels = [across, up].map(|axis| results.levels(axis));
        if are_names[up] {
            // Names are read from above.
            levels[1].reverse();
        }
        let mut cells = vec![None; levels[0].len() * levels[1].len()];
        for (number, point) in results.points.iter().enumerate() {
            let place = |axis: usize, levels: &[AxisValue]| {
                let value = point.values.get(axis)?;
                levels.iter().position(|level| level == value)
            };
            if let (Some(column), Some(row)) = (place(across, &levels[0]), place(up, &levels[1])) {
                cells[column * levels[1].len() + row].get_or_insert(number);
            }
        }
        let [columns, rows] = levels.map(|levels| wording::values(&stage.style, &levels));
        Self {
            widest: stage.style.part(WIDEST),
            across,
            up,
            columns,
            rows,
            are_names: (are_names[across], are_names[up]),
            cells,
        }
    }

    /// The point in a cell.
    #[must_use]
    pub fn point(&self, column: usize, row: usize) -> Option<usize> {
        let place = column * self.rows.len() + row;
        self.cells.get(place).copied().flatten()
    }

    /// Least height at which all rows that must have words can have them.
    #[must_use]
    pub fn least_height(&self) -> f64 {
        let pitch = if self.are_names.1 { FONT.pitch() } else { 4.0 };
        self.rows.len() as f64 * pitch
    }

    /// Width of the words before rows.
    #[must_use]
    pub fn row_margin(&self) -> f64 {
        let shown: Vec<String> = self
            .rows
            .iter()
            .map(|row| FONT.shorten(row, self.widest))
            .collect();
        FONT.widest(&shown) + GAP
    }

    /// Whether columns of that width are named by letters.
    fn is_lettered(&self, width: f64) -> bool {
        self.are_names.0 && FONT.widest(&self.columns) + 10.0 > width
    }

    /// What the letters below columns stand for, in lines of that width; nothing if names fit.
    #[must_use]
    pub fn legend(&self, cell: f64, width: f64) -> Vec<String> {
        if !self.is_lettered(cell) {
            return Vec::new();
        }
        let named = self.columns.iter().enumerate();
        let parts: Vec<String> = named
            .map(|(number, name)| {
                format!("{}\u{a0}=\u{a0}{name}", letter(number, self.columns.len()))
            })
            .collect();
        SMALL.wrap(&format!("{}.", parts.join("; ")), width)
    }

    /// Height that a legend takes.
    #[must_use]
    pub fn legend_height(lines: &[String]) -> f64 {
        if lines.is_empty() {
            0.0
        } else {
            lines.len() as f64 * SMALL.pitch() + 6.0
        }
    }

    /// Writes a legend below `top`.
    pub fn draw_legend(canvas: &mut Canvas, lines: &[String], (left, top): Point) {
        let at = (left, top + ASCENT * SMALL.size);
        canvas.lines(lines, SMALL, theme::TEXT, at, Anchor::Start);
    }

    /// Words below the columns of a plot.
    pub fn draw_columns(&self, canvas: &mut Canvas, plot: &Plot) {
        let (width, _) = plot.cell_size();
        let is_lettered = self.is_lettered(width);
        let count = self.columns.len();
        let words: Vec<String> = if is_lettered {
            (0..count).map(|number| letter(number, count)).collect()
        } else {
            self.columns.clone()
        };
        let every = ((FONT.widest(&words) + 8.0) / width).ceil().max(1.0) as usize;
        // Letters stand in for names only where all of them can be shown, else at some columns.
        for (number, word) in words.iter().enumerate().step_by(every) {
            let at = (
                plot.middle(number, 0).0,
                plot.bottom + GAP + ASCENT * FONT.size,
            );
            canvas.text(word, FONT, theme::TEXT, at, Anchor::Middle);
        }
    }

    /// Words before the rows of a plot.
    pub fn draw_rows(&self, canvas: &mut Canvas, plot: &Plot) {
        let (_, height) = plot.cell_size();
        let every = (FONT.pitch() / height - 1e-9).ceil().max(1.0) as usize;
        for (number, word) in self.rows.iter().enumerate().step_by(every) {
            let word = FONT.shorten(word, self.widest);
            let at = (plot.left - GAP, plot.middle(0, number).1 + 0.36 * FONT.size);
            canvas.text(&word, FONT, theme::TEXT, at, Anchor::End);
        }
    }
}

/// A letter for a column, or a number where there are too many.
fn letter(number: usize, count: usize) -> String {
    match u8::try_from(number) {
        Ok(number) if count <= 26 => char::from(b'A' + number.min(25)).to_string(),
        _ => (number + 1).to_string(),
    }
}

/// The rectangle of a matrix and its number of cells.
#[derive(Debug, Clone, Copy)]
pub struct Plot {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
    columns: usize,
    rows: usize,
}

impl Plot {
    /// The plot of a matrix between these edges.
    #[must_use]
    pub fn new(matrix: &Matrix, (left, top): Point, (right, bottom): Point) -> Self {
        Self {
            left,
            top,
            right,
            bottom,
            columns: matrix.columns.len().max(1),
            rows: matrix.rows.len().max(1),
        }
    }

    /// Width and height of a cell.
    #[must_use]
    pub fn cell_size(&self) -> (f64, f64) {
        let width = (self.right - self.left) / self.columns as f64;
        (width, (self.bottom - self.top) / self.rows as f64)
    }

    /// The middle of a cell.
    #[must_use]
    pub fn middle(&self, column: usize, row: usize) -> Point {
        let (width, height) = self.cell_size();
        let x = self.left + (column as f64 + 0.5) * width;
        (x, self.bottom - (row as f64 + 0.5) * height)
    }

    /// Upper left and lower right corner of a cell: apart from its neighbours, or a little over them where
    /// cells are fine, so that no seams show.
    #[must_use]
    pub fn corners(&self, column: usize, row: usize) -> (Point, Point) {
        let (width, height) = self.cell_size();
        let (x, y) = self.middle(column, row);
        let inset = if width.min(height) < FINE { -0.2 } else { 0.6 };
        let (half, tall) = (width / 2.0 - inset, height / 2.0 - inset);
        ((x - half, y - tall), (x + half, y + tall))
    }

    /// Draws a cell where no firm had a transaction: empty but for a stroke from corner to corner.
    pub fn draw_empty(&self, canvas: &mut Canvas, column: usize, row: usize) {
        let ((left, top), (right, bottom)) = self.corners(column, row);
        draw_empty(canvas, (left, top), (right, bottom));
    }
}

/// A cell without a value.
pub fn draw_empty(canvas: &mut Canvas, (left, top): Point, (right, bottom): Point) {
    canvas.rectangle((left, top), (right, bottom), Ink::fill(theme::GRID, 0.45));
    let ink = Ink::stroke(theme::EVENT, theme::HAIRLINE);
    canvas.line((left, bottom), (right, top), ink);
}

/// An area without an edge.
#[must_use]
pub const fn solid(color: plotters::style::RGBColor) -> Ink {
    Ink::fill(color, 1.0)
}
