//! The cells of an experiment: replicates of points, and the orders in which they can be done.

/// One replicate of one point of the design; both are counted from 0.
///
/// Cells order by replicate, then by point: whoever stops early has all points equally often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// Replicate.
    pub replicate: u32,
    /// Point of the design, or variant of an analysis; 0 without either.
    pub point: u32,
}

/// Cells in the order in which they are begun, and in which they are handed over.
pub trait Order: Sync {
    /// Number of cells.
    fn len(&self) -> u64;

    /// The cell at a position below the number of cells.
    fn cell(&self, position: u64) -> Cell;

    /// One more than the largest point of a cell.
    fn points(&self) -> u32;

    /// The position of a cell; none if it is not one of these.
    fn position(&self, cell: Cell) -> Option<u64>;

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// All cells of an experiment: all points of a replicate, then those of the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cells {
    /// Points of the design.
    pub points: u32,
    /// Replicates of each.
    pub replicates: u32,
}

impl Order for Cells {
    fn len(&self) -> u64 {
        u64::from(self.points) * u64::from(self.replicates)
    }

    fn cell(&self, position: u64) -> Cell {
        let points = u64::from(self.points.max(1));
        let number = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
        Cell {
            replicate: number(position / points),
            point: number(position % points),
        }
    }

    fn points(&self) -> u32 {
        self.points
    }

    fn position(&self, cell: Cell) -> Option<u64> {
        let within = cell.point < self.points && cell.replicate < self.replicates;
        within.then(|| u64::from(cell.replicate) * u64::from(self.points) + u64::from(cell.point))
    }
}

impl Order for Vec<Cell> {
    fn points(&self) -> u32 {
        self.iter().map(|cell| cell.point + 1).max().unwrap_or(0)
    }

    fn position(&self, cell: Cell) -> Option<u64> {
        let place = self.iter().position(|own| *own == cell)?;
        Some(place as u64)
    }

    fn len(&self) -> u64 {
        self.as_slice().len() as u64
    }

    fn cell(&self, position: u64) -> Cell {
        self[position as usize]
    }
}
