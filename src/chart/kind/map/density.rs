//! Where customers are many: an estimate of their density, and the outlines of its levels.

use std::collections::BTreeMap;

use crate::analysis::Place;
use crate::statistics::order::largest_first;

/// Points of the grid along each side.
const GRID: usize = 34;

/// The density of places on a square, at the points of a grid, relative to its greatest.
#[derive(Debug)]
pub struct Density {
    /// Lower left corner of the square, and the distance between points of the grid.
    corner: Place,
    step: f64,
    /// Row by row from below.
    values: Vec<f64>,
}

/// A closed line around what is above a level, or around a hole in it.
#[derive(Debug, PartialEq)]
pub struct Outline {
    /// Its corners.
    pub corners: Vec<Place>,
    /// The area within: negative for a hole.
    pub area: f64,
}

/// An edge of the grid: the point at which it begins (column, row), and whether it goes up rather than to the right.
type Edge = (usize, usize, bool);

impl Density {
    /// A Gaussian kernel estimate on the square about a centre that reaches `half` to each side; its bandwidth is Scott's, of
    /// places that spread by `spread` in each dimension.
    #[must_use]
    pub fn of(places: &[Place], centre: Place, half: f64, spread: f64) -> Self {
        // the outermost points lie beyond the square and count as empty, so that every outline closes
        let step = 2.0 * half / (GRID - 3) as f64;
        let corner = (centre.0 - half - step, centre.1 - half - step);
        let bandwidth = (spread * libm::pow(places.len().max(1) as f64, -1.0 / 6.0)).max(step);
        let mut values = vec![0.0; GRID * GRID];
        let kernel = |from: f64, at: usize, place: f64| {
            let far = (from + at as f64 * step - place) / bandwidth;
            libm::exp(-0.5 * far * far)
        };
        for &(x, y) in places {
            let across: [f64; GRID] = std::array::from_fn(|at| kernel(corner.0, at, x));
            for row in 1..GRID - 1 {
                let up = kernel(corner.1, row, y);
                let row = &mut values[row * GRID..(row + 1) * GRID];
                for at in 1..GRID - 1 {
                    row[at] += up * across[at];
                }
            }
        }
        let greatest = values.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
        values.iter_mut().for_each(|value| *value /= greatest);
        Self {
            corner,
            step,
            values,
        }
    }

    fn value(&self, column: usize, row: usize) -> f64 {
        self.values[row * GRID + column]
    }

    /// The outlines of what is above a level (a part of the greatest density), the largest first: by marching squares.
    #[must_use]
    pub fn outlines(&self, level: f64) -> Vec<Outline> {
        let mut next: BTreeMap<Edge, Edge> = BTreeMap::new();
        for row in 0..GRID - 1 {
            for column in 0..GRID - 1 {
                self.cross(column, row, level, &mut next);
            }
        }
        let mut outlines = Vec::new();
        while let Some((start, mut edge)) = next.pop_first() {
            let mut corners = vec![self.crossing(start, level)];
            while edge != start {
                corners.push(self.crossing(edge, level));
                // every line that enters a cell leaves it, and the border is empty
                let Some(further) = next.remove(&edge) else {
                    break;
                };
                edge = further;
            }
            let area = area(&corners);
            outlines.push(Outline { corners, area });
        }
        largest_first(&mut outlines, |outline| outline.area.abs());
        outlines
    }

    /// Adds a cell's pieces of outlines, from the edge at which its rim goes out of what is above the level to the one
    /// at which it comes back.
    fn cross(&self, column: usize, row: usize, level: f64, next: &mut BTreeMap<Edge, Edge>) {
        let corners = [(0, 0), (1, 0), (1, 1), (0, 1)];
        let inside = corners.map(|(right, up)| self.value(column + right, row + up) >= level);
        let edges: [Edge; 4] = [
            (column, row, false),
            (column + 1, row, true),
            (column, row + 1, false),
            (column, row, true),
        ];
        for side in 0..4 {
            if !inside[side] || inside[(side + 1) % 4] {
                continue;
            }
            let back = (1..4)
                .map(|further| (side + further) % 4)
                .find(|&other| !inside[other] && inside[(other + 1) % 4]);
            next.extend(back.map(|back| (edges[side], edges[back])));
        }
    }

    /// Where the level is crossed on an edge.
    fn crossing(&self, (column, row, up): Edge, level: f64) -> Place {
        let (right, above) = if up { (0, 1) } else { (1, 0) };
        let (from, to) = (
            self.value(column, row),
            self.value(column + right, row + above),
        );
        let part = ((level - from) / (to - from)).clamp(0.0, 1.0);
        (
            self.corner.0 + (column as f64 + part * right as f64) * self.step,
            self.corner.1 + (row as f64 + part * above as f64) * self.step,
        )
    }
}

/// The area within a polygon, positive if it turns to the left.
fn area(corners: &[Place]) -> f64 {
    let after = corners.iter().cycle().skip(1);
    let twice = corners
        .iter()
        .zip(after)
        .map(|(a, b)| a.0 * b.1 - b.0 * a.1);
    twice.sum::<f64>() / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_kernel_has_round_outlines() {
        let density = Density::of(&[(1.0, -2.0)], (0.0, 0.0), 6.0, 1.0);
        for level in [0.2_f64, 0.5, 0.8] {
            let outlines = density.outlines(level);
            assert_eq!(outlines.len(), 1);
            let radius = (-2.0 * level.ln()).sqrt();
            for &(x, y) in &outlines[0].corners {
                let found = (x - 1.0).hypot(y + 2.0);
                assert!((found - radius).abs() < 0.12, "{found}, not {radius}");
            }
            let round = std::f64::consts::PI * radius * radius;
            assert!((outlines[0].area / round - 1.0).abs() < 0.1);
        }
    }

    #[test]
    fn a_ring_has_a_hole() {
        let places: Vec<Place> = (0..40)
            .map(|step| (f64::from(step) * 0.157).sin_cos())
            .map(|(x, y)| (3.0 * x, 3.0 * y))
            .collect();
        let density = Density::of(&places, (0.0, 0.0), 6.0, 1.0);
        let outlines = density.outlines(0.5);
        assert_eq!(outlines.len(), 2);
        assert!(outlines[0].area > 0.0 && outlines[1].area < 0.0);
    }

    #[test]
    fn nobody_is_nowhere() {
        assert!(
            Density::of(&[], (0.0, 0.0), 1.0, 1.0)
                .outlines(0.5)
                .is_empty()
        );
    }
}
