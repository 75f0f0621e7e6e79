//! Grids: cells over two sides of words, in one map or in several of one size, with the bar of their colours.
//!
//! The form lays out maps, cells, words along the sides, titles and the bar of colours. A kind of chart says what they
//! are, what the value of a cell is, and draws what a cell shows besides: see [`GridCells`].

use plotters::style::RGBColor;

use super::scale::{self, ColorScale};
use super::side::{FONT, SMALL, Side};
use super::tiles::Tiles;
use crate::chart::kit::{
    ASCENT, Anchor, Canvas, Figure, Font, Frame, Ink, Point, Style, Told, theme, ticks,
};

/// Widest name before a row, on a sheet of the usual width.
const WIDEST: f64 = 190.0;
/// Space between words and cells.
const GAP: f64 = 8.0;
/// Space between two maps.
const BETWEEN: f64 = 18.0;
/// Width of the bar of colours.
const BAR: f64 = 300.0;
/// Height of the title of the upright side, where there is no bar beside it.
const UP_TITLE: f64 = 24.0;
/// Cells smaller than this touch.
const FINE: f64 = 9.0;
/// Most lines of the title of a map.
const LINES: usize = 3;
/// A map narrower than this shows little.
const NARROWEST: f64 = 190.0;

/// A chart of cells.
pub struct GridChart<'a> {
    /// How it is drawn.
    pub style: &'a Style,
    /// Its words and numbers.
    pub told: Told,
    /// What each map is called, and the colour of that; an only one may have no name.
    pub maps: Vec<(String, RGBColor)>,
    /// From left to right.
    pub columns: Side,
    /// From below upwards.
    pub rows: Side,
    /// The colours of values, what these are and their unit; none where cells are filled otherwise.
    pub scale: Option<(ColorScale, &'a str, &'a str)>,
    /// Space to the right of all maps.
    pub beside: f64,
    /// Least and greatest height of a map of that width.
    pub tall: &'a dyn Fn(f64) -> (f64, f64),
}

/// A cell: its map, column and row.
#[derive(Debug, Clone, Copy)]
pub struct CellPlace {
    /// Number of the map.
    pub map: usize,
    /// From the left.
    pub column: usize,
    /// From below.
    pub row: usize,
}

/// What a kind of chart puts into cells.
pub trait GridCells {
    /// The value whose colour fills a cell; NaN for an empty one. Asked for only where the chart has a scale.
    fn value(&self, _place: CellPlace) -> f64 {
        f64::NAN
    }

    /// Whether the number of a cell stands out.
    fn is_bold(&self, _place: CellPlace) -> bool {
        false
    }

    /// Draws what a cell shows besides, between two corners, once all cells of its map are filled.
    fn draw(&self, _canvas: &mut Canvas, _place: CellPlace, _from: Point, _to: Point) {}

    /// Draws what stands beside all maps, from this upper left corner.
    fn draw_beside(&self, _canvas: &mut Canvas, _corner: Point) {}
}

/// Where everything stands.
struct GridLayout {
    frame: Frame,
    tiles: Tiles,
    /// Height of a map.
    tall: f64,
    names: Font,
    legend: Vec<String>,
    height: f64,
}

impl GridChart<'_> {
    /// Draws it.
    #[must_use]
    pub fn draw(self, cells: &dyn GridCells) -> Figure {
        let layout = GridLayout::new(&self);
        let told = self.told.clone();
        told.figure(self.style, &layout.frame, layout.height, |canvas| {
            self.draw_bar(canvas, &layout);
            for map in 0..self.maps.len() {
                self.draw_map(canvas, &layout, map, cells);
            }
            self.draw_titles(canvas, &layout);
            let (_, right) = layout.tiles.edges();
            cells.draw_beside(canvas, (right, layout.corner(0).1));
        })
    }

    fn draw_map(
        &self,
        canvas: &mut Canvas,
        layout: &GridLayout,
        map: usize,
        cells: &dyn GridCells,
    ) {
        let (name, color) = &self.maps[map];
        let (left, top) = layout.corner(map);
        let lines = layout.names.wrap_at_most(name, layout.tiles.width, LINES);
        let above = (lines.len() as f64 - 1.0) * layout.names.pitch();
        let at = (left, top - 8.0 - above);
        canvas.lines(&lines, layout.names, *color, at, Anchor::Start);
        let places = || {
            let columns = 0..self.columns.words.len();
            let rows = self.rows.words.len();
            columns.flat_map(move |column| (0..rows).map(move |row| CellPlace { map, column, row }))
        };
        if let Some((scale, ..)) = &self.scale {
            let values: Vec<_> = places().map(|place| (place, cells.value(place))).collect();
            self.fill(canvas, layout, scale, &values);
            self.write(canvas, layout, scale, &values, cells);
        }
        for place in places() {
            let (from, to) = self.corners(layout, place);
            cells.draw(canvas, place, from, to);
        }
        if layout.tiles.is_leftmost(map) {
            self.draw_rows(canvas, layout, map);
        }
        if layout.tiles.is_lowest(map) {
            self.draw_columns(canvas, layout, map);
        }
    }

    /// The colours of values; an empty cell is struck through.
    fn fill(
        &self,
        canvas: &mut Canvas,
        layout: &GridLayout,
        scale: &ColorScale,
        values: &[(CellPlace, f64)],
    ) {
        for &(place, value) in values {
            let (from, to) = self.corners(layout, place);
            if value.is_finite() {
                canvas.rectangle(from, to, Ink::fill(scale.color(value), 1.0));
            } else {
                draw_empty(canvas, from, to);
            }
        }
    }

    /// Numbers in the cells where all of them fit.
    fn write(
        &self,
        canvas: &mut Canvas,
        layout: &GridLayout,
        scale: &ColorScale,
        values: &[(CellPlace, f64)],
        cells: &dyn GridCells,
    ) {
        let known = || values.iter().filter(|(_, value)| value.is_finite());
        let texts: Vec<String> = known().map(|(_, value)| scale.words(*value)).collect();
        let (width, height) = self.cell_size(layout);
        if FONT.widest(&texts) + 8.0 > width || FONT.pitch() + 2.0 > height {
            return;
        }
        for (&(place, value), text) in known().zip(&texts) {
            let (x, y) = self.middle(layout, place);
            let font = Font {
                bold: cells.is_bold(place),
                ..FONT
            };
            let at = (x, y + 0.36 * font.size);
            canvas.text(text, font, scale.ink(value), at, Anchor::Middle);
        }
    }

    /// Words below the columns of a map: whole, in lines, or letters that a legend explains.
    fn draw_columns(&self, canvas: &mut Canvas, layout: &GridLayout, map: usize) {
        let (width, _) = self.cell_size(layout);
        let words = self.columns.lines(width);
        let widest = words
            .iter()
            .map(|lines| FONT.widest(lines))
            .fold(0.0, f64::max);
        let every = ((widest + GAP) / width).ceil().max(1.0) as usize;
        for (column, lines) in words.iter().enumerate().step_by(every) {
            let place = CellPlace {
                map,
                column,
                row: 0,
            };
            let bottom = layout.corner(map).1 + layout.tall;
            let at = (
                self.middle(layout, place).0,
                bottom + GAP + ASCENT * FONT.size,
            );
            canvas.lines(lines, FONT, self.columns.color(column), at, Anchor::Middle);
        }
    }

    /// Words before the rows of a map.
    fn draw_rows(&self, canvas: &mut Canvas, layout: &GridLayout, map: usize) {
        let (_, height) = self.cell_size(layout);
        let every = (FONT.pitch() / height - 1e-9).ceil().max(1.0) as usize;
        for (row, word) in self.rows.words.iter().enumerate().step_by(every) {
            let word = FONT.shorten(word, self.style.part(WIDEST));
            let place = CellPlace {
                map,
                column: 0,
                row,
            };
            let at = (
                layout.corner(map).0 - GAP,
                self.middle(layout, place).1 + 0.36 * FONT.size,
            );
            canvas.text(&word, FONT, self.rows.color(row), at, Anchor::End);
        }
    }

    /// What the upright side is, and the bar of colours beside it.
    fn draw_bar(&self, canvas: &mut Canvas, layout: &GridLayout) {
        let top = layout.frame.above();
        let mut right = self.style.width - theme::RIGHT - self.beside;
        let first = top + ASCENT * FONT.size;
        if let Some((scale, title, unit)) = &self.scale {
            // the number at its end reaches beyond it
            let end = right - (scale.end() / 2.0 + 4.0).max(16.0);
            let bar = (end - self.style.part(BAR), end);
            scale.draw(canvas, bar, top);
            right = bar.0 - 36.0;
            let taken = FONT.width(title).max(SMALL.width(unit));
            let up = FONT.width(&self.rows.title).min(60.0);
            // on a narrow sheet title and subtitle must say what the colours are
            if right - taken - theme::LEFT - 24.0 >= up {
                canvas.text(title, FONT, theme::TEXT, (right, first), Anchor::End);
                let second = (right, first + FONT.pitch());
                canvas.text(unit, SMALL, theme::TEXT, second, Anchor::End);
                right -= taken;
            }
            right -= 24.0;
        }
        let up = FONT.shorten(&self.rows.title, right - theme::LEFT);
        canvas.text(&up, FONT, theme::TEXT, (theme::LEFT, first), Anchor::Start);
    }

    /// What the level side is, and what its letters mean.
    fn draw_titles(&self, canvas: &mut Canvas, layout: &GridLayout) {
        let (left, right) = layout.tiles.edges();
        let across = FONT.shorten(&self.columns.title, right - left);
        let words = self.columns.height(self.cell_size(layout).0);
        let below = layout.tiles.last_top() + layout.tall + words;
        let at = (f64::midpoint(left, right), below + ASCENT * FONT.size);
        canvas.text(&across, FONT, theme::TEXT, at, Anchor::Middle);
        let at = (
            theme::LEFT,
            below + ticks::TITLE + 2.0 + ASCENT * SMALL.size,
        );
        canvas.lines(&layout.legend, SMALL, theme::TEXT, at, Anchor::Start);
    }

    /// Width and height of a cell.
    fn cell_size(&self, layout: &GridLayout) -> (f64, f64) {
        let count = |side: &Side| side.words.len().max(1) as f64;
        (
            layout.tiles.width / count(&self.columns),
            layout.tall / count(&self.rows),
        )
    }

    fn middle(&self, layout: &GridLayout, place: CellPlace) -> Point {
        let (width, height) = self.cell_size(layout);
        let (left, top) = layout.corner(place.map);
        let x = left + (place.column as f64 + 0.5) * width;
        (x, top + layout.tall - (place.row as f64 + 0.5) * height)
    }

    /// Upper left and lower right corner of a cell: apart from its neighbours, or a little over them where
    /// cells are fine, so that no seams show.
    fn corners(&self, layout: &GridLayout, place: CellPlace) -> (Point, Point) {
        let (width, height) = self.cell_size(layout);
        let (x, y) = self.middle(layout, place);
        let inset = if width.min(height) < FINE { -0.2 } else { 0.6 };
        let (half, tall) = (width / 2.0 - inset, height / 2.0 - inset);
        ((x - half, y - tall), (x + half, y + tall))
    }
}

impl GridLayout {
    /// Maps share the width; they are as high as the figure's usual height allows, within their limits.
    fn new(chart: &GridChart<'_>) -> Self {
        let (style, count) = (chart.style, chart.maps.len());
        let frame = Frame::new(style, &chart.told.heading);
        let most = (style.width / NARROWEST).floor().max(1.0) as usize;
        let across = match count {
            0..=4 => count.max(1),
            5 | 6 => 3,
            _ => 4,
        };
        let across = match across.min(most) {
            // as many in every row
            3 if count == 4 => 2,
            across => across,
        };
        let words = chart.rows.words.iter();
        let words: Vec<_> = words
            .map(|row| FONT.shorten(row, style.part(WIDEST)))
            .collect();
        let left = theme::LEFT.max(FONT.widest(&words) + GAP + 24.0);
        let right = style.width - theme::RIGHT - chart.beside;
        let mut tiles = Tiles::new(count, across, (left, right), BETWEEN);

        let is_tight = tiles.down > 1 || across > 3;
        let names = Font::bold(if is_tight { theme::TICK } else { theme::LABEL });
        let lines = |name: &str| names.wrap_at_most(name, tiles.width, LINES).len();
        let lines = chart
            .maps
            .iter()
            .map(|(name, _)| lines(name))
            .max()
            .unwrap_or(0);
        let title = if lines > 0 {
            lines as f64 * names.pitch() + 6.0
        } else {
            0.0
        };
        let head = if chart.scale.is_some() {
            scale::HEIGHT
        } else {
            UP_TITLE
        };

        let cell = tiles.width / chart.columns.words.len().max(1) as f64;
        let legend = chart
            .columns
            .legend(cell, style.width - theme::RIGHT - theme::LEFT);
        let legend_height = match legend.len() {
            0 => 0.0,
            lines => lines as f64 * SMALL.pitch() + 6.0,
        };
        let around = frame.above()
            + head
            + (title + BETWEEN) * tiles.down as f64
            + chart.columns.height(cell)
            + ticks::TITLE
            + legend_height
            + frame.below();
        let room = (style.height - around + BETWEEN) / tiles.down as f64;
        let (least, greatest) = (chart.tall)(tiles.width);
        let row = if chart.rows.are_names {
            FONT.pitch()
        } else {
            4.0
        };
        let tall = room
            .max(least)
            .min(greatest)
            .max(chart.rows.words.len() as f64 * row);
        tiles.top = frame.above() + head + title;
        tiles.pitch = title + tall + BETWEEN;
        let height = (around - BETWEEN + tall * tiles.down as f64).ceil();
        Self {
            frame,
            tiles,
            tall,
            names,
            legend,
            height,
        }
    }

    fn corner(&self, map: usize) -> Point {
        self.tiles.corner(map)
    }
}

/// A cell without a value: empty but for a stroke from corner to corner.
pub fn draw_empty(canvas: &mut Canvas, (left, top): Point, (right, bottom): Point) {
    canvas.rectangle((left, top), (right, bottom), Ink::fill(theme::GRID, 0.45));
    let ink = Ink::stroke(theme::EVENT, theme::HAIRLINE);
    canvas.line((left, bottom), (right, top), ink);
}
