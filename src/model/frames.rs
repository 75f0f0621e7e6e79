//! The map of tastes at some moments of the first replicate: the table `map`.
//!
//! It is drawn only when the scenario asks for the table.

use super::customers::Block;
use super::map::{Ground, TasteMap, step};
use super::plane::Plane;
use crate::scenario::{RecordedTable, Scenario};

/// Most customers on the map, of all populations together.
const MOST: usize = 500;

/// The replicate of which there is a map: one market is seen better than a mean of many.
const REPLICATE: u32 = 0;

/// What it takes to draw the map.
#[derive(Debug, Clone)]
pub(super) struct Frames<const K: usize> {
    /// The periods at whose ends it is drawn, in order.
    periods: Vec<u32>,
    /// By population: every how many customers one is on it. All have the same, so that a population
    /// twice as large has twice as many.
    steps: Vec<u32>,
    plane: Plane<K>,
}

impl<const K: usize> Frames<K> {
    /// What the scenario asks for in a replicate, of which these are the customers at the start; none if it is nothing.
    pub fn of(scenario: &Scenario, replicate: u32, blocks: &[Block<K>]) -> Option<Self> {
        let record = &scenario.simulation.record;
        if replicate != REPLICATE || !record.keeps_table(RecordedTable::Map) {
            return None;
        }
        let customers: usize = blocks.iter().map(Block::len).sum();
        Some(Self {
            periods: record.map_periods(scenario.simulation.periods),
            steps: vec![step(customers, MOST); scenario.populations.len()],
            plane: Plane::of(blocks.iter().flat_map(|block| block.taste.iter().copied())),
        })
    }

    /// Whether it is drawn at the end of a period.
    pub fn shows(&self, period: u32) -> bool {
        self.periods.binary_search(&period).is_ok()
    }

    /// The map as it is now.
    pub fn map(&self, ground: &Ground<'_, K>) -> TasteMap {
        ground.map_every(self.steps.clone())
    }

    /// Where a point is on it.
    pub fn place(&self, point: &[f32]) -> (f64, f64) {
        self.plane.place(point)
    }
}
