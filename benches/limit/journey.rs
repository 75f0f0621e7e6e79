//! From needs to the firms that serve them.

use flywheel::math::{exp, logistic};

use super::super::reference::experiences::{
    AWARENESS, EXPERIENCES, INERTIA, NOISE, PRICE, WORD_OF_MOUTH,
};
use super::FIRMS;
use super::block::{Block, NOBODY, Work, whole_tiles};
use super::draws::Now;
use super::tile::{BATCH, LANES, Tile, exponentials, uniforms};

/// Marks a position whose need a firm made known.
pub const TOLD: u16 = 1 << 15;
/// Marks a position of a customer who cancels, unless another firm is found.
const CANCELS: u16 = 1 << 14;
/// The position itself.
pub const POSITION: u16 = CANCELS - 1;

const PRECISION: f32 = (1.0 / NOISE) as f32;

/// A tile of customers with a need, and what their home firms know of them.
#[derive(Clone, Copy)]
struct Needing {
    who: Tile<u32>,
    home: Tile<u32>,
    belief: Tile<f32>,
    precision: Tile<f32>,
    /// The home firm, where it serves the need.
    server: Tile<u32>,
    chooses: Tile<u32>,
    marks: Tile<u32>,
}

/// A tile of customers who choose.
#[derive(Clone, Copy)]
struct Choosing {
    who: Tile<u32>,
    home: Tile<u32>,
    belief: [Tile<f32>; FIRMS],
    told: Tile<u32>,
    server: Tile<u32>,
}

impl Block {
    /// Detection: groups needs that home firms serve, and lists customers who choose.
    #[inline(always)]
    pub fn detect(&mut self, now: &Now, work: &mut Work) {
        let mut batch = [Needing {
            who: [0; LANES],
            home: [0; LANES],
            belief: [0.0; LANES],
            precision: [0.0; LANES],
            server: [0; LANES],
            chooses: [0; LANES],
            marks: [0; LANES],
        }; BATCH];
        let mut left = work.needs;
        let mut choosers = 0;
        for lists in whole_tiles(&mut work.needing, work.needs).chunks(BATCH) {
            for (list, needing) in lists.iter().zip(&mut batch) {
                for l in 0..LANES {
                    let i = usize::from(list[l]);
                    let home = self.home[i];
                    let [belief, precision, ..] = self.rows[i].0[usize::from(home) % FIRMS];
                    needing.belief[l] = belief;
                    needing.precision[l] = precision;
                    needing.home[l] = u32::from(home);
                    needing.who[l] = self.first + u32::from(list[l]);
                }
            }
            for needing in &mut batch[..lists.len()] {
                notice(now, needing);
            }
            for (list, needing) in lists.iter().zip(&batch) {
                for l in 0..LANES.min(left) {
                    let entry = list[l] | needing.marks[l] as u16;
                    let server = needing.server[l] as usize;
                    let at = &mut work.served[server];
                    work.groups[server][*at] = entry;
                    *at += 1;
                    work.choosing[choosers] = entry;
                    choosers += needing.chooses[l] as usize;
                }
                left = left.saturating_sub(LANES);
            }
        }
        work.choosers = choosers;
    }

    /// The choice among firms of those who choose.
    #[inline(always)]
    pub fn choose(&mut self, now: &Now, work: &mut Work) {
        let mut batch = [Choosing {
            who: [0; LANES],
            home: [0; LANES],
            belief: [[0.0; LANES]; FIRMS],
            told: [0; LANES],
            server: [0; LANES],
        }; BATCH];
        // those whom no home firm serves are all those who choose, and others whom nobody serves
        work.served[usize::from(NOBODY)] = 0;
        let mut left = work.choosers;
        for lists in whole_tiles(&mut work.choosing, work.choosers).chunks(BATCH) {
            for (list, choosing) in lists.iter().zip(&mut batch) {
                for l in 0..LANES {
                    let i = usize::from(list[l] & POSITION);
                    let row = &self.rows[i].0;
                    for j in 0..FIRMS {
                        choosing.belief[j][l] = row[j][0];
                    }
                    choosing.home[l] = u32::from(self.home[i]);
                    choosing.who[l] = self.first + i as u32;
                    choosing.told[l] = u32::from(list[l] & TOLD);
                }
            }
            for choosing in &mut batch[..lists.len()] {
                decide(now, choosing);
            }
            for (list, choosing) in lists.iter().zip(&batch) {
                for l in 0..LANES {
                    let row = &mut self.rows[usize::from(list[l] & POSITION)].0;
                    for j in 0..FIRMS {
                        row[j][0] = choosing.belief[j][l];
                    }
                }
                for l in 0..LANES.min(left) {
                    let server = choosing.server[l] as usize;
                    let at = &mut work.served[server];
                    work.groups[server][*at] = list[l];
                    *at += 1;
                }
                left = left.saturating_sub(LANES);
            }
        }
        let nobody = usize::from(NOBODY);
        for &entry in &work.groups[nobody][..work.served[nobody]] {
            if entry & CANCELS != 0 {
                self.home[usize::from(entry & POSITION)] = NOBODY;
            }
        }
    }
}

/// Whether the home firms detect a tile of needs, and what follows.
#[inline(always)]
fn notice(now: &Now, needing: &mut Needing) {
    let Needing {
        who,
        home,
        belief,
        precision,
        ..
    } = *needing;
    let detection = uniforms(now.detection, &who);
    let acceptance = uniforms(now.acceptance, &who);
    let cancelling = uniforms(now.cancelling, &who);
    let awareness = uniforms(now.awareness, &who);
    let [support, other_support] = [2, 3].map(|j| EXPERIENCES[j].support[0] as f32);
    let [initial, other_initial] = [2, 3].map(|j| now.firms[j].initial);
    let [prior, other_prior] = [2, 3].map(|j| now.firms[j].known);
    let (mut likely, mut likes) = ([0.0; LANES], [0.0; LANES]);
    for l in 0..LANES {
        let last = home[l] == 3;
        let initial = if last { other_initial } else { initial };
        let prior = if last { other_prior } else { prior };
        let support = if last { other_support } else { support };
        let support = if home[l] == 2 || last { support } else { 0.0 };
        likely[l] = support * (1.0 - initial / (precision[l] + prior));
        likes[l] = logistic((belief[l] - PRICE as f32) * PRECISION);
    }
    let (mut server, mut chooses, mut marks) = ([0; LANES], [0; LANES], [0; LANES]);
    for l in 0..LANES {
        let told = detection[l] < likely[l];
        let accepts = told & (acceptance[l] < likes[l]);
        let aware = (awareness[l] < AWARENESS as f32) | told;
        let cancels = told & (cancelling[l] >= likes[l]);
        server[l] = if accepts { home[l] } else { u32::from(NOBODY) };
        chooses[l] = u32::from(aware & !accepts);
        let mark = if told { u32::from(TOLD) } else { 0 };
        marks[l] = mark
            | if cancels & !accepts {
                u32::from(CANCELS)
            } else {
                0
            };
    }
    (needing.server, needing.chooses, needing.marks) = (server, chooses, marks);
}

/// What a tile of customers choose.
#[inline(always)]
fn decide(now: &Now, choosing: &mut Choosing) {
    let Choosing {
        who, home, told, ..
    } = *choosing;
    let mut shortest = exponentials(now.outside, &who);
    let mut server = [u32::from(NOBODY); LANES];
    for j in 0..FIRMS {
        let shock = exponentials(now.choice[j], &who);
        let reputation = now.firms[j].reputation;
        let before = choosing.belief[j];
        let mut after = [0.0; LANES];
        for l in 0..LANES {
            let is_home = home[l] == j as u32;
            let heard = before[l] + WORD_OF_MOUTH as f32 * (reputation - before[l]);
            let it = if is_home { before[l] } else { heard };
            let expected = if it.is_nan() { reputation } else { it };
            let inertia = if is_home { INERTIA as f32 } else { 0.0 };
            let utility = (expected - PRICE as f32 + inertia) * PRECISION;
            let time = shock[l] * exp(-utility);
            let excluded = is_home & (told[l] != 0);
            let time = if excluded { f32::INFINITY } else { time };
            let wins = time < shortest[l];
            shortest[l] = if wins { time } else { shortest[l] };
            server[l] = if wins { j as u32 } else { server[l] };
            after[l] = it;
        }
        choosing.belief[j] = after;
    }
    choosing.server = server;
}
