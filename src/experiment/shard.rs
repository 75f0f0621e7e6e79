//! Shards: an experiment divided among machines, every cell on exactly one of them.
//!
//! Shard I of N has the cells at positions I - 1, I - 1 + N, I - 1 + 2 N, ... of their [`Order`]. More replicates
//! only add positions, so a shard keeps its cells when they are raised.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{Cell, Order};

/// One of the parts into which an experiment is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Shard {
    /// Which one, from 1.
    pub part: u32,
    /// How many there are.
    pub of: u32,
}

impl Shard {
    /// Name of the folder for this part of a scenario: no scenario can be named so, for names have no point.
    #[must_use]
    pub fn folder_name(self, scenario: &str) -> String {
        format!("{scenario}.part-{}-of-{}", self.part, self.of)
    }

    /// The part whose turn it is where this one's was, so many turns later.
    #[must_use]
    pub fn turned(self, turns: u32) -> Self {
        let of = u64::from(self.of.max(1));
        let part = (u64::from(self.part.saturating_sub(1)) + u64::from(turns)) % of;
        Self {
            part: u32::try_from(part).unwrap_or(0) + 1,
            ..self
        }
    }

    /// The cells of this part, in their order.
    #[must_use]
    pub fn of(self, cells: &dyn Order) -> Portion<'_> {
        Portion { cells, shard: self }
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.part, self.of)
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let numbers = text.split_once('/').and_then(|(part, of)| {
            let (part, of) = (part.parse().ok()?, of.parse().ok()?);
            (1..=of).contains(&part).then_some(Self { part, of })
        });
        numbers.ok_or_else(|| {
            "a part is written I/N, with I from 1 to N: 1/4, 2/4, 3/4 and 4/4 make a whole"
                .to_owned()
        })
    }
}

/// The cells of one part.
#[derive(Clone, Copy)]
pub struct Portion<'a> {
    cells: &'a dyn Order,
    shard: Shard,
}

impl Portion<'_> {
    /// Position of this part's first cell among all.
    fn first(&self) -> u64 {
        u64::from(self.shard.part.saturating_sub(1))
    }
}

impl Order for Portion<'_> {
    fn len(&self) -> u64 {
        let left = self.cells.len().saturating_sub(self.first());
        left.div_ceil(u64::from(self.shard.of.max(1)))
    }

    fn cell(&self, position: u64) -> Cell {
        let all = self.first() + position * u64::from(self.shard.of);
        self.cells.cell(all)
    }

    fn points(&self) -> u32 {
        self.cells.points()
    }

    fn position(&self, cell: Cell) -> Option<u64> {
        let ahead = self.cells.position(cell)?.checked_sub(self.first())?;
        let of = u64::from(self.shard.of.max(1));
        ahead.is_multiple_of(of).then(|| ahead / of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Cells;

    #[test]
    fn parts_have_every_cell_once_and_keep_theirs_when_replicates_are_added() {
        for of in [1, 2, 3, 5, 40] {
            let cells = |replicates| Cells {
                points: 7,
                replicates,
            };
            let (few, more) = (cells(3), cells(5));
            let mut found = Vec::new();
            for part in 1..=of {
                let shard = Shard { part, of };
                let list = |cells: &Cells| -> Vec<Cell> {
                    let portion = shard.of(cells);
                    (0..portion.len()).map(|at| portion.cell(at)).collect()
                };
                assert!(list(&more).starts_with(&list(&few)), "{shard}");
                for (position, &cell) in (0..).zip(&list(&few)) {
                    assert_eq!(shard.of(&few).position(cell), Some(position), "{shard}");
                }
                let own = |cell: &Cell| shard.of(&few).position(*cell).is_some();
                let all = (0..few.len()).map(|at| few.cell(at));
                assert_eq!(all.filter(own).count() as u64, shard.of(&few).len());
                found.extend(list(&few));
            }
            found.sort();
            let all: Vec<Cell> = (0..few.len()).map(|at| few.cell(at)).collect();
            assert_eq!(found, all, "in {of} parts");
        }
    }

    #[test]
    fn only_parts_of_a_whole_are_parts() {
        assert_eq!("2/4".parse(), Ok(Shard { part: 2, of: 4 }));
        for text in ["0/4", "5/4", "1/0", "1", "/4", "1/", "a/b", "-1/4", "1/4/4"] {
            assert!(text.parse::<Shard>().is_err(), "{text}");
        }
    }
}
