//! What is at stake differs from kind to kind of needs, so that it is looked up lane by lane.

use super::super::conditions::Conditions;
use super::tile::{LANES, Tile};
use super::word;

/// What depends on the kinds of a tile of needs.
#[derive(Debug, Clone, Copy)]
pub struct Stakes {
    pub variety: Tile<f32>,
    pub agency_cost: Tile<f32>,
    pub mistake_cost: Tile<f32>,
    /// Observation precision.
    pub weight: Tile<f32>,
}

impl Stakes {
    /// Those of needs of the first kind, in an experience.
    #[inline(always)]
    pub fn of_first<const K: usize>(now: &Conditions<K>, experience: usize) -> Self {
        let kind = now.population.kinds[0];
        Self {
            variety: [kind.variety; LANES],
            agency_cost: [kind.agency_cost; LANES],
            mistake_cost: [kind.mistake_cost; LANES],
            weight: [now.observation_precision(0, experience); LANES],
        }
    }

    /// Those of needs of several kinds.
    #[inline(always)]
    pub fn of<const K: usize>(now: &Conditions<K>, experience: usize, list: &Tile<u32>) -> Self {
        let mut stakes = Self::of_first(now, experience);
        for (n, kind) in now.population.kinds.iter().enumerate().skip(1) {
            let weight = now.observation_precision(n, experience);
            put(kind.variety, n, list, &mut stakes.variety);
            put(kind.agency_cost, n, list, &mut stakes.agency_cost);
            put(kind.mistake_cost, n, list, &mut stakes.mistake_cost);
            put(weight, n, list, &mut stakes.weight);
        }
        stakes
    }
}

/// Puts a number in the places of the needs of a kind.
#[inline(always)]
fn put(number: f32, kind: usize, list: &Tile<u32>, places: &mut Tile<f32>) {
    for l in 0..LANES {
        let is = word::is_of(list[l], kind);
        places[l] = if is { number } else { places[l] };
    }
}
