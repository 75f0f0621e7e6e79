//! Rows: something named in each, marks for it over one axis of values, and numbers beside them.
//!
//! The form lays out names, rows, axis, grid, columns of numbers and what stands above all of these. A kind of chart
//! says what they are, and draws the marks of a row where a [`Slot`] has them: see [`RowMarks`].

use plotters::style::RGBColor;

use super::names::NameColumn;
use crate::chart::kit::{
    Anchor, Axis, Canvas, Figure, Font, Format, Frame, Ink, Point, Style, Told, theme, ticks,
};

/// Height of what stands above names, plot and columns.
const HEAD: f64 = 30.0;
/// Height of the title of a group of rows.
const GROUP: f64 = 34.0;
/// Between names and plot.
const GAP: f64 = 14.0;
/// Side of the square before the head of a column.
const SWATCH: f64 = 11.0;
/// Height below rows that have no numbers below them.
const BELOW: f64 = 8.0;
/// Heads, and numbers in columns.
const BOLD: Font = Font::bold(theme::TICK);
const SMALL: Font = Font::regular(theme::CAPTION);

/// A chart of named rows.
pub struct RowChart<'a> {
    /// How it is drawn.
    pub style: &'a Style,
    /// Its words and numbers.
    pub told: Told,
    /// Its rows from top to bottom.
    pub rows: Vec<Row>,
    /// Its columns of numbers from left to right.
    pub columns: Vec<Column<'a>>,
    /// How large rows are.
    pub sizes: Sizes,
    /// What stands above the names, and above the plot; mostly nothing.
    pub heads: (String, String),
    /// How the numbers below the plot are written, and what they are; none without numbers.
    pub scale: Option<(Format, String)>,
}

/// A row: its name, and its numbers.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// What it is called.
    pub name: String,
    /// The colour of its name; ink if none.
    pub color: Option<RGBColor>,
    /// The title of a group of rows that begins with it; mostly empty.
    pub group: String,
    /// What is said in place of marks and numbers where it has none; empty if it has.
    pub note: String,
    /// Its numbers, by column.
    pub cells: Vec<Cell>,
}

/// A number beside a row.
#[derive(Debug, Clone)]
pub struct Cell {
    /// As it is written.
    pub text: String,
    /// In small letters below it, its interval; mostly empty.
    pub below: String,
    /// Whether it stands out.
    pub bold: bool,
    /// Its colour.
    pub color: RGBColor,
}

/// A column of numbers.
pub struct Column<'a> {
    /// What stands above it.
    pub head: &'a str,
    /// The colour of its head.
    pub color: RGBColor,
    /// Its width, unless its head needs more.
    pub width: f64,
    /// What draws the mark that its numbers belong to, between two corners.
    pub swatch: Option<fn(&mut Canvas, Point, Point)>,
}

/// How large rows are, in layout units.
#[derive(Debug, Clone, Copy)]
pub struct Sizes {
    /// Least and greatest distance from row to row; one with a tall name may take more.
    pub pitch: (f64, f64),
    /// Space that a name needs beside its own height.
    pub space: f64,
    /// Where the plot begins at least, on a sheet of the usual width.
    pub left: f64,
    /// Space to the right of the plot.
    pub right: f64,
    /// Whether a line parts one row from the next.
    pub is_ruled: bool,
}

impl Default for Sizes {
    fn default() -> Self {
        Self {
            pitch: (24.0, 66.0),
            space: 10.0,
            left: 170.0,
            right: 0.0,
            is_ruled: false,
        }
    }
}

/// Where the marks of a row have room.
#[derive(Debug, Clone, Copy)]
pub struct Slot {
    /// Number of the row.
    pub row: usize,
    /// Its upper edge.
    pub top: f64,
    /// Its height.
    pub pitch: f64,
}

impl Slot {
    /// Its middle.
    pub fn middle(&self) -> f64 {
        self.top + self.pitch / 2.0
    }

    /// Upper and lower edge of a bar about its middle that takes a part of its height, up to the thickest.
    pub fn bar(&self, part: f64, thickest: f64) -> (f64, f64) {
        let half = (part * self.pitch).min(thickest) / 2.0;
        (self.middle() - half, self.middle() + half)
    }
}

/// What a kind of chart draws in the form of rows.
pub trait RowMarks {
    /// The axis between two pixels.
    fn axis(&self, pixels: (f64, f64)) -> Axis;

    /// Draws the marks of a row that has no note.
    fn draw(&self, canvas: &mut Canvas, x: &Axis, slot: Slot);

    /// The middle of a row's name and numbers.
    fn middle(&self, slot: Slot) -> f64 {
        slot.middle()
    }

    /// Height of a key above all else, where the plot lies between these edges.
    fn key_height(&self, _edges: (f64, f64)) -> f64 {
        0.0
    }

    /// Draws the key between two heights.
    fn draw_key(&self, _canvas: &mut Canvas, _x: &Axis, _between: (f64, f64)) {}
}

impl Cell {
    /// A number in ink.
    #[must_use]
    pub fn plain(text: String) -> Self {
        Self {
            text,
            below: String::new(),
            bold: false,
            color: theme::INK,
        }
    }
}

/// An interval as a line across, with an end wherever it ends within the axis.
pub fn draw_interval(canvas: &mut Canvas, x: &Axis, ends: (f64, f64), y: f64, inks: &[Ink]) {
    if !(ends.0.is_finite() && ends.1.is_finite()) {
        return;
    }
    for &ink in inks {
        canvas.line((x.at(ends.0), y), (x.at(ends.1), y), ink);
        for value in [ends.0, ends.1] {
            if (x.domain.0..=x.domain.1).contains(&value) {
                canvas.line((x.at(value), y - 3.0), (x.at(value), y + 3.0), ink);
            }
        }
    }
}

impl RowChart<'_> {
    /// Draws it.
    #[must_use]
    pub fn draw(self, marks: &dyn RowMarks) -> Figure {
        let style = self.style;
        let frame = Frame::new(style, &self.told.heading);
        let names = NameColumn::new(style, self.rows.iter().map(|row| row.name.as_str()));
        let left = (theme::LEFT + names.width + GAP).max(style.part(self.sizes.left));
        let numbers: f64 = self.columns.iter().map(Column::width).sum();
        let x = marks.axis((
            left,
            style.width - theme::RIGHT - self.sizes.right - numbers,
        ));
        let key = frame.above() + marks.key_height(x.pixels);
        let top = key + self.head_height();
        let below = frame.below()
            + match self.scale {
                Some(_) => ticks::NUMBERS + ticks::TITLE + 4.0,
                None => BELOW,
            };
        let slots = self.slots(top, style.height - below, names.tallest);
        let bottom = slots.last().map_or(top, |slot| slot.top + slot.pitch);
        let told = self.told.clone();
        told.figure(style, &frame, (bottom + below).ceil(), |canvas| {
            marks.draw_key(canvas, &x, (frame.above(), key));
            self.draw_heads(canvas, &x, top - 12.0);
            self.draw_grid(canvas, &x, &slots);
            for (row, &slot) in self.rows.iter().zip(&slots) {
                let middle = marks.middle(slot);
                let color = row.color.unwrap_or(theme::INK);
                names.draw(canvas, &row.name, color, (left - GAP, middle));
                if row.note.is_empty() {
                    marks.draw(canvas, &x, slot);
                }
                self.draw_cells(canvas, row, left, middle);
            }
        })
    }

    fn head_height(&self) -> f64 {
        let (names, plot) = &self.heads;
        let has_heads = !(self.columns.is_empty() && names.is_empty() && plot.is_empty());
        if has_heads { HEAD } else { 0.0 }
    }

    /// Rows share the height that is left, within their limits.
    fn slots(&self, top: f64, bottom: f64, tallest: f64) -> Vec<Slot> {
        let groups = self.rows.iter().filter(|row| !row.group.is_empty());
        let room = bottom - top - GROUP * groups.count() as f64;
        let (least, greatest) = self.sizes.pitch;
        let pitch = (room / self.rows.len().max(1) as f64)
            .clamp(least, greatest)
            .max(tallest + self.sizes.space);
        let mut next = top;
        let slot = |(row, entry): (usize, &Row)| {
            next += if entry.group.is_empty() { 0.0 } else { GROUP };
            next += pitch;
            Slot {
                row,
                top: next - pitch,
                pitch,
            }
        };
        self.rows.iter().enumerate().map(slot).collect()
    }

    /// What names, plot and columns are.
    fn draw_heads(&self, canvas: &mut Canvas, x: &Axis, baseline: f64) {
        for (number, column) in self.columns.iter().enumerate() {
            let right = self.right(number);
            let head = BOLD.shorten(column.head, column.width() - 6.0);
            canvas.text(&head, BOLD, column.color, (right, baseline), Anchor::End);
            if let Some(draw) = column.swatch {
                let left = right - BOLD.width(&head) - SWATCH - 5.0;
                let corner = (left, baseline - SWATCH + 0.5);
                draw(canvas, corner, (left + SWATCH, baseline + 0.5));
            }
        }
        let font = Font::regular(theme::TICK);
        let names = font.shorten(&self.heads.0, x.pixels.1 - theme::LEFT);
        canvas.text(
            &names,
            font,
            theme::TEXT,
            (theme::LEFT, baseline),
            Anchor::Start,
        );
        let plot = SMALL.shorten(&self.heads.1, x.pixels.1 - x.pixels.0);
        let middle = f64::midpoint(x.pixels.0, x.pixels.1);
        canvas.text(
            &plot,
            SMALL,
            theme::QUIET,
            (middle, baseline),
            Anchor::Middle,
        );
    }

    /// Titles of groups, lines between rows, and the grid; without numbers below, of the grid only what negative values need.
    fn draw_grid(&self, canvas: &mut Canvas, x: &Axis, slots: &[Slot]) {
        let edge = self.style.width - theme::RIGHT;
        for (row, slot) in self
            .rows
            .iter()
            .zip(slots)
            .filter(|(row, _)| !row.group.is_empty())
        {
            let title = BOLD.shorten(&row.group, edge - theme::LEFT);
            let at = (theme::LEFT, slot.top - 9.0);
            canvas.text(&title, BOLD, theme::INK, at, Anchor::Start);
        }
        let starts = |(number, row): &(usize, &Row)| *number == 0 || !row.group.is_empty();
        let mut blocks: Vec<usize> = self
            .rows
            .iter()
            .enumerate()
            .filter(starts)
            .map(|(number, _)| number)
            .collect();
        blocks.push(slots.len());
        for block in blocks.windows(2) {
            let slots = &slots[block[0]..block[1]];
            let (Some(first), Some(last)) = (slots.first(), slots.last()) else {
                continue;
            };
            // what is said in place of marks has no line through it
            let is_marked = |slot: &&Slot| !self.rows[slot.row].name.is_empty();
            let last = slots.iter().rfind(is_marked).unwrap_or(last);
            let reach = (first.top, last.top + last.pitch);
            if self.scale.is_some() {
                ticks::draw_upright_grid(canvas, x, reach);
            } else if x.domain.0 < 0.0 {
                let ink = Ink::stroke(theme::AXIS, theme::HAIRLINE);
                canvas.line((x.at(0.0), reach.0 - 4.0), (x.at(0.0), reach.1 - 4.0), ink);
            }
            for slot in slots.iter().skip(1).filter(|_| self.sizes.is_ruled) {
                let ink = Ink::stroke(theme::GRID, theme::HAIRLINE);
                canvas.line((x.pixels.0, slot.top), (edge, slot.top), ink);
            }
        }
        let bottom = slots.last().map(|slot| slot.top + slot.pitch);
        if let (Some((format, title)), Some(bottom)) = (&self.scale, bottom) {
            ticks::draw_numbers(canvas, x, *format, bottom, Some(title));
        }
    }

    /// The right edge of a column.
    fn right(&self, column: usize) -> f64 {
        let behind: f64 = self.columns[column + 1..].iter().map(Column::width).sum();
        self.style.width - theme::RIGHT - behind
    }

    /// The numbers of a row, or what is said in their place.
    fn draw_cells(&self, canvas: &mut Canvas, row: &Row, left: f64, middle: f64) {
        let regular = Font::regular(theme::TICK);
        let baseline = middle + 0.36 * regular.size;
        if !row.note.is_empty() {
            let (x, anchor) = match self.columns.is_empty() {
                true => (left, Anchor::Start),
                false => (self.style.width - theme::RIGHT, Anchor::End),
            };
            let room = self.style.width
                - theme::RIGHT
                - if row.name.is_empty() {
                    theme::LEFT
                } else {
                    left
                };
            let note = regular.shorten(&row.note, room);
            canvas.text(&note, regular, theme::QUIET, (x, baseline), anchor);
            return;
        }
        for (number, cell) in row.cells.iter().take(self.columns.len()).enumerate() {
            let right = self.right(number);
            let font = if cell.bold { BOLD } else { regular };
            let above = if cell.below.is_empty() {
                baseline
            } else {
                middle - 1.0
            };
            canvas.text(&cell.text, font, cell.color, (right, above), Anchor::End);
            let below = (right, middle + 15.0);
            canvas.text(&cell.below, SMALL, theme::QUIET, below, Anchor::End);
        }
    }
}

impl Column<'_> {
    fn width(&self) -> f64 {
        let swatch = if self.swatch.is_some() {
            SWATCH + 5.0
        } else {
            0.0
        };
        self.width.max(if self.swatch.is_some() {
            BOLD.width(self.head) + swatch + 12.0
        } else {
            0.0
        })
    }
}
