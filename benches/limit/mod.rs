//! The four-experiences case as fast as this case alone can be computed: the limit that the engine is measured against.
//!
//! Single precision, blocks of customers, sixteen side by side, everything that the case fixes known when it is compiled:
//! four firms, two taste dimensions, twelve products, one population, no rule but a fixed experience, no table but what firms
//! learn and earn. Draws are functions of customer, purpose and period, as the model has it, by the engine's hash; where the
//! case allows a cheaper one, it is taken: one word says whether a customer has a need or may suffer a false alarm, gaps say who
//! leaves, and an agency preference is the second of three uniforms. What firms do with what they learned is that of `reference`.
//!
//! `tests/model/plain_loop.rs` holds that it finds what the engine finds.

#![expect(
    clippy::needless_range_loop,
    reason = "a lane's number is what loops over tiles are about"
)]

mod arrived;
mod block;
mod draws;
mod journey;
mod service;
mod tile;

use flywheel::model::InstructionSet;
use rand::SeedableRng;
use rand::rngs::SmallRng;

use super::reference::experiences::{EXPERIENCES, Offer};
use super::reference::firms::{Firm, Standing, first_guesses, first_products};
use super::reference::{LAST, Outcome};
use block::{Block, Work};
use draws::{Families, Now};

/// Taste dimensions.
const K: usize = 2;

const FIRMS: usize = 4;

/// Runs the case.
pub fn run(set: InstructionSet, customers: usize, periods: u32, seed: u64) -> Outcome {
    let mut rng = SmallRng::seed_from_u64(seed);
    let guesses = first_guesses::<K>(&mut rng, 1);
    let products = first_products(&mut rng, &guesses);
    let mut firms: [Firm<K>; FIRMS] = std::array::from_fn(|_| Firm::new(products));
    let mut standings: [Standing<K>; FIRMS] =
        std::array::from_fn(|j| Standing::new(Offer::Same(j % EXPERIENCES.len()), guesses[0]));
    let families = Families::new(seed);
    let mut blocks = Block::all(customers, &families);
    let mut work = Work::default();
    let (mut needs, mut shares, mut wtp, mut sold) = (0, [0.0; FIRMS], 0.0, 0.0);
    for period in 0..periods {
        firms.iter_mut().for_each(Firm::learn);
        standings.iter_mut().for_each(Standing::learn);
        let now = Now::new(&families, period, &firms, &standings);
        for block in &mut blocks {
            live(set, block, &now, &mut work);
            needs += work.needs as u64;
            for (j, tally) in work.tallies.iter().enumerate() {
                tally.add_to(&mut firms[j], &mut standings[j]);
            }
        }
        if period + LAST >= periods {
            let total: f64 = standings.iter().map(|it| it.sold).sum();
            for (share, standing) in shares.iter_mut().zip(&standings) {
                *share += standing.sold / total / f64::from(LAST);
            }
            sold += total;
            wtp += standings.iter().map(|it| it.wtp).sum::<f64>();
        }
        standings.iter_mut().for_each(Standing::end_period);
    }
    Outcome {
        needs,
        shares: shares.to_vec(),
        wtp: wtp / sold,
    }
}

/// Takes a block through a period, compiled for an instruction set.
fn live(set: InstructionSet, block: &mut Block, now: &Now, work: &mut Work) {
    #[inline(always)]
    fn body(block: &mut Block, now: &Now, work: &mut Work) {
        work.clear();
        block.turn_over(now);
        block.list_needs(now, work);
        block.suffer_false_alarms(now, work);
        block.detect(now, work);
        block.choose(now, work);
        block.serve::<0>(now, work);
        block.serve::<1>(now, work);
        block.serve::<2>(now, work);
        block.serve::<3>(now, work);
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn avx2(block: &mut Block, now: &Now, work: &mut Work) {
        body(block, now, work);
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl")]
    fn avx512(block: &mut Block, now: &Now, work: &mut Work) {
        body(block, now, work);
    }

    match set.name() {
        // SAFETY: there is an `InstructionSet` of a name only where the machine was found to have its features
        #[cfg(target_arch = "x86_64")]
        "avx2" => unsafe { avx2(block, now, work) },
        // SAFETY: as above
        #[cfg(target_arch = "x86_64")]
        "avx512" => unsafe { avx512(block, now, work) },
        _ => body(block, now, work),
    }
}
