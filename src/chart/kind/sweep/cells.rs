//! The cells of a grid of one or two axes: which point is in which.

use super::stage::Stage;
use super::wording;
use crate::analysis::AxisValue;
use crate::chart::form::grid::CellPlace;
use crate::chart::form::side::Side;

/// Which point is in which cell, and what rows and columns are called.
#[derive(Debug)]
pub struct Cells {
    /// From left to right.
    pub columns: Side,
    /// From below upwards.
    pub rows: Side,
    /// The point in each cell, column by column.
    points: Vec<Option<usize>>,
}

impl Cells {
    /// The first axis runs from left to right, unless it has names and the second numbers: names stand
    /// better before rows. An only one has a single row.
    #[must_use]
    pub fn new(stage: &Stage<'_>) -> Self {
        let results = stage.results;
        let is_plane = results.axes.len() > 1;
        let are_names = [0, 1].map(|axis| is_plane && !results.is_numeric(axis));
        let axes = if are_names[0] && !are_names[1] {
            [1, 0]
        } else {
            [0, 1]
        };
        let mut levels = axes.map(|axis| results.levels(axis));
        if are_names[axes[1]] {
            // Names are read from above.
            levels[1].reverse();
        }
        let rows = levels[1].len().max(1);
        let mut points = vec![None; levels[0].len() * rows];
        for (number, point) in results.points.iter().enumerate() {
            let place = |side: usize| {
                let value: &AxisValue = point.values.get(axes[side])?;
                levels[side].iter().position(|level| level == value)
            };
            let row = if is_plane { place(1) } else { Some(0) };
            if let (Some(column), Some(row)) = (place(0), row) {
                points[column * rows + row].get_or_insert(number);
            }
        }
        let side = |side: usize, title| Side {
            title,
            words: wording::values(&stage.style, &levels[side]),
            colors: Vec::new(),
            are_names: !results.is_numeric(axes[side]),
        };
        let rows = if is_plane {
            side(1, format!("↑ {}", stage.axes[axes[1]]))
        } else {
            Side {
                words: vec![String::new()],
                ..Side::default()
            }
        };
        Self {
            columns: side(0, format!("{} →", stage.axes[axes[0]])),
            rows,
            points,
        }
    }

    /// The point in the cell to the right of one and in the cell above it, in the same map.
    #[must_use]
    pub fn neighbours(&self, place: CellPlace) -> [Option<usize>; 2] {
        let CellPlace { column, row, .. } = place;
        let right = CellPlace {
            column: column + 1,
            ..place
        };
        let above = CellPlace {
            row: row + 1,
            ..place
        };
        [
            self.point(right)
                .filter(|_| right.column < self.columns.words.len()),
            self.point(above)
                .filter(|_| above.row < self.rows.words.len()),
        ]
    }

    /// The point in a cell.
    #[must_use]
    pub fn point(&self, place: CellPlace) -> Option<usize> {
        let number = place.column * self.rows.words.len() + place.row;
        self.points.get(number).copied().flatten()
    }
}
