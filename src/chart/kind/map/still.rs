//! The map at three moments, side by side.

use super::key::MapKey;
use super::panel::{MapPanel, NAME, moment_name, note_height};
use super::scene::MapScene;
use crate::chart::kind::cast::Actor;
use crate::chart::kind::view::View;
use crate::chart::kit::{Anchor, Figure, Frame, Point, Style, Told, theme, ticks};

/// Most estimates of a panel.
const ESTIMATES: usize = 140;
/// Space between two panels.
const GAP: f64 = 16.0;
/// Height of the headings of columns.
const HEAD: f64 = 25.0;
/// Least and greatest side of a panel.
const SIDE: (f64, f64) = (118.0, 300.0);

/// How many firms there is room for beside each other, of so many, at so many moments.
pub fn firms_that_fit(style: &Style, moments: usize, firms: usize) -> usize {
    if StillGrid::of_moments(style, moments, firms) {
        firms
    } else {
        firms.min(columns_that_fit(style)).max(1)
    }
}

fn room(style: &Style) -> f64 {
    style.width - theme::LEFT - theme::RIGHT
}

fn columns_that_fit(style: &Style) -> usize {
    ((room(style) + GAP) / (SIDE.0 + GAP)).floor().max(1.0) as usize
}

/// Firms by moments: where there are few firms, moments follow each other from left to right, else from top to bottom.
struct StillGrid {
    by_moment: bool,
    columns: usize,
    rows: usize,
    side: f64,
    /// Space between two columns.
    gap: f64,
}

impl StillGrid {
    fn of_moments(style: &Style, moments: usize, firms: usize) -> bool {
        firms <= 2 && moments <= columns_that_fit(style)
    }

    /// `around` is the height of what stands above and below all panels.
    fn new(style: &Style, moments: usize, firms: usize, around: f64) -> Self {
        let by_moment = Self::of_moments(style, moments, firms);
        let (columns, rows) = if by_moment {
            (moments, firms)
        } else {
            (firms, moments)
        };
        let columns = columns.max(1);
        let side = (room(style) - (columns - 1) as f64 * GAP) / columns as f64;
        let mut grid = Self {
            by_moment,
            columns,
            rows,
            side: side.min(SIDE.1),
            gap: GAP,
        };
        if style.theme.keeps_shape {
            let spare = style.height - around - grid.height();
            let side = grid.side + spare / rows.max(1) as f64;
            grid.side = side.max(SIDE.0).min(grid.side);
            let free = room(style) - columns as f64 * grid.side;
            grid.gap = (free / columns as f64).max(GAP);
        }
        grid
    }

    /// Height of a row with its heading.
    fn row(&self) -> f64 {
        NAME.pitch() + 4.0 + self.side + note_height() + 8.0
    }

    /// Height of all rows, with the headings of the columns and the numbers below the last.
    fn height(&self) -> f64 {
        HEAD + self.rows as f64 * self.row() + ticks::NUMBERS + 6.0
    }

    /// The upper left corner of a panel.
    fn corner(&self, column: usize, row: usize, top: f64) -> Point {
        (
            theme::LEFT + column as f64 * (self.side + self.gap),
            top + HEAD + row as f64 * self.row() + NAME.pitch() + 4.0,
        )
    }
}

/// Draws the chart.
pub fn draw(
    view: &View<'_>,
    scene: &MapScene,
    shown: &[Actor],
    moments: &[usize],
    told: Told,
) -> Figure {
    let style = &view.style;
    let frame = Frame::new(style, &told.heading);
    let key = MapKey::new(style, theme::LEFT);
    let top = frame.above() + key.height;
    let around = top + frame.below();
    let grid = StillGrid::new(style, moments.len(), shown.len(), around);
    let height = (top + grid.height() + frame.below()).ceil();
    told.figure(style, &frame, height, |canvas| {
        key.draw(canvas, frame.above());
        for (number, &moment) in moments.iter().enumerate() {
            let name = moment_name(canvas, &view.results.map[moment]);
            let (column, row) = if grid.by_moment {
                (number, 0)
            } else {
                (0, number)
            };
            let (left, above) = grid.corner(column, row, top);
            let lines = if grid.by_moment { HEAD } else { 0.0 };
            let at = (left, above - 7.0 - lines);
            canvas.text(&name, NAME, theme::INK, at, Anchor::Start);
        }
        for (number, actor) in shown.iter().enumerate() {
            let (column, row) = if grid.by_moment {
                (0, number)
            } else {
                (number, 0)
            };
            let (left, above) = grid.corner(column, row, top);
            let (lines, most) = if grid.by_moment {
                (0.0, room(style))
            } else {
                (HEAD, grid.side)
            };
            let name = NAME.shorten(&actor.name, most);
            let at = (left, above - 7.0 - lines);
            canvas.text(&name, NAME, actor.ink(), at, Anchor::Start);
        }
        for row in 0..grid.rows {
            for column in 0..grid.columns {
                let (moment, firm) = if grid.by_moment {
                    (column, row)
                } else {
                    (row, column)
                };
                let (Some(&moment), Some(actor)) = (moments.get(moment), shown.get(firm)) else {
                    continue;
                };
                let panel = MapPanel {
                    scene,
                    corner: grid.corner(column, row, top),
                    side: grid.side,
                    most: ESTIMATES,
                    is_leftmost: column == 0,
                    is_lowest: row + 1 == grid.rows,
                };
                panel.draw(canvas, &view.results.map, moment, actor);
            }
        }
    })
}
