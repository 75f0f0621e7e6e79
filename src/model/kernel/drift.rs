//! Step b for a block: tastes wander.

use super::super::conditions::Conditions;
use super::super::customers::Block;
use super::super::level::at_every_level;
use super::super::parameters::Population;
use super::tile::{LANES, normals, tile};
use crate::random::NormalKeys;

at_every_level! {
    /// Moves the tastes of customers from number `first` on, tile by tile.
    fn wander<const K: usize>(first: u32, keys: &NormalKeys, population: &Population<K>, tastes: &mut [[f32; K]]) {
        let kept = population.taste_kept();
        for (t, tastes) in (0..).zip(tastes.chunks_mut(LANES)) {
            let who = tile(|l| first + t * LANES as u32 + l as u32);
            let z = normals::<K>(keys, &who);
            for (l, taste) in tastes.iter_mut().enumerate() {
                for d in 0..K {
                    taste[d] = population.drifted(d, taste[d], kept, z[d][l]);
                }
            }
        }
    }
}

impl<const K: usize> Block<K> {
    /// As [`Block::drift`] of every customer.
    #[inline(never)]
    pub(super) fn wander(&mut self, now: &Conditions<K>) {
        if now.population.taste_drift > 0.0 {
            wander(
                now.set,
                self.first,
                &now.keys.drift,
                now.population,
                &mut self.taste,
            );
        }
    }
}
