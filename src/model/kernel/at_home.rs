//! Step e for tiles of candidates: what a home firm that may detect a need makes of it.

use super::super::conditions::Conditions;
use super::super::customers::Block;
use super::super::knowledge::Prior;
use super::super::level::at_every_level;
use super::super::replay::aware;
use super::tile::{BATCH, LANES, Tile, uniforms};
use crate::math::logistic;

/// A tile of customers whose home firm may detect the need.
#[derive(Debug, Clone, Copy)]
struct AtHome {
    who: Tile<u32>,
    belief: Tile<f32>,
    /// Of the firm's history of the customer.
    precision: Tile<f32>,
    support: Tile<f32>,
    /// Of the firm's prior.
    known: Tile<f32>,
    initial: Tile<f32>,
    price: Tile<f32>,
}

impl AtHome {
    const NOTHING: Self = Self {
        who: [0; LANES],
        belief: [0.0; LANES],
        precision: [0.0; LANES],
        support: [0.0; LANES],
        known: [0.0; LANES],
        initial: [0.0; LANES],
        price: [0.0; LANES],
    };
}

at_every_level! {
    /// For needs whose home firm may detect them, listed by their places among all: whether it does, and what follows from
    /// that. `support` is by home firm and kind of need.
    pub(super) fn detect<const K: usize>(
        block: &Block<K>,
        now: &Conditions<K>,
        candidates: &[Tile<u32>],
        needing: &[u32],
        homes: &[u16],
        kinds: &[u8],
        support: &[f32],
        courses: &mut [u8],
    ) {
        let (rows, width) = block.relations.flat();
        let firms = now.firms.len();
        let several = now.population.kinds.len();
        let precise = now.population.choice_precision;
        let keys = &now.keys;
        let (noticing, accepting, leaving) = (keys.detection, keys.acceptance, keys.cancelling);
        let mut batch = [AtHome::NOTHING; BATCH];
        for lists in candidates.chunks(BATCH) {
            for (list, at_home) in lists.iter().zip(&mut batch) {
                for l in 0..LANES {
                    let need = list[l] as usize;
                    let (position, home) = (needing[need], usize::from(homes[need]));
                    let firm = &now.firms[home];
                    let row = &rows[position as usize * width..][..width];
                    let precision = row[firms + home];
                    at_home.belief[l] = row[home];
                    at_home.precision[l] = if firm.individual { precision } else { 0.0 };
                    let kind = kinds.get(need).map_or(0, |&kind| usize::from(kind));
                    at_home.support[l] = support[home * several + kind];
                    at_home.known[l] = firm.prior.precision;
                    at_home.initial[l] = firm.prior.initial_precision;
                    at_home.price[l] = firm.price;
                    at_home.who[l] = block.first + position;
                }
            }
            for (list, home) in lists.iter().zip(&batch) {
                let AtHome { who, .. } = home;
                let detection = uniforms(noticing, who);
                let acceptance = uniforms(accepting, who);
                let cancelling = uniforms(leaving, who);
                let mut found = [0; LANES];
                for l in 0..LANES {
                    let prior = Prior::<0> {
                        mean: [],
                        precision: home.known[l],
                        initial_precision: home.initial[l],
                    };
                    let knowledge = prior.knowledge(home.precision[l]);
                    let detected = detection[l] < home.support[l] * knowledge;
                    let likes = logistic((home.belief[l] - home.price[l]) * precise);
                    let accepts = if acceptance[l] < likes { aware::ACCEPTS } else { 0 };
                    let cancels = if cancelling[l] >= likes { aware::CANCELS } else { 0 };
                    let detected = if detected { aware::DETECTED } else { 0 };
                    found[l] = detected | accepts | cancels;
                }
                for l in 0..LANES {
                    courses[list[l] as usize] |= found[l];
                }
            }
        }
    }
}
