//! Step a for a block, and its customers at the start: newcomers, as [`Block::draw_newcomer`] draws one.

use super::super::conditions::Conditions;
use super::super::customers::Block;
use super::super::draws::ArrivalKeys;
use super::super::level::{InstructionSet, at_every_level};
use super::super::parameters::Population;
use super::tile::{LANES, Tile, fill_up, make_room, normals, tile, tiles, uniforms};
use crate::random::betas;

at_every_level! {
    /// Places newcomers in the stead of the customers at these positions.
    fn draw<const K: usize>(
        block: &mut Block<K>,
        period: u32,
        keys: &ArrivalKeys,
        population: &Population<K>,
        data_portability: f32,
        newcomers: &[Tile<u32>],
    ) {
        let Population { taste_mean: mean, taste_spread: spread, data_sharing, .. } = *population;
        let [a, b] = population.agency_shapes;
        for list in newcomers {
            let who = tile(|l| block.first + list[l]);
            let mut taste = normals::<K>(&keys.taste, &who);
            for d in 0..K {
                for l in 0..LANES {
                    taste[d][l] = mean[d] + spread * taste[d][l];
                }
            }
            let agency = betas(keys.agency, &who, a, b);
            let sharing = uniforms(keys.data_sharing, &who);
            let carrying = uniforms(keys.data_portability, &who);
            for l in 0..LANES {
                let i = list[l] as usize;
                for d in 0..K {
                    block.taste[i][d] = taste[d][l];
                }
                block.agency[i] = agency[l] as f32;
                block.arrival[i] = period;
                block.shares_data[i] = sharing[l] < data_sharing;
                block.carries_data[i] = carrying[l] < data_portability;
            }
        }
    }
}

impl<const K: usize> Block<K> {
    /// Newcomers in everybody's stead, as at the start.
    pub fn draw_all(
        &mut self,
        set: InstructionSet,
        keys: &ArrivalKeys,
        population: &Population<K>,
        data_portability: f32,
    ) {
        let len = self.len();
        let mut all: Vec<u32> = (0..len as u32).collect();
        make_room(&mut all, tiles(len) * LANES, 0);
        fill_up(&mut all, len);
        let all = all.as_chunks().0;
        draw(set, self, 0, keys, population, data_portability, all);
    }

    /// As [`Block::replace`] of the customers at these positions, who have left their homes already.
    pub(super) fn turn_over_together(&mut self, newcomers: &mut Vec<u32>, now: &Conditions<K>) {
        for &i in &*newcomers {
            self.forget(i as usize);
        }
        let len = newcomers.len();
        make_room(newcomers, tiles(len) * LANES, 0);
        fill_up(newcomers, len);
        draw(
            now.set,
            self,
            now.period,
            &now.keys.arrival,
            now.population,
            now.parameters.data_portability,
            newcomers.as_chunks().0,
        );
    }
}
