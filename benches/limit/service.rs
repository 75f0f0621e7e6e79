//! Transactions with a firm: the product, its worth, and what the firm learns.

use flywheel::math::exp;

use super::super::reference::experiences::{
    AGENCY_COST, BELIEF_SPEED, EFFICIENCY, EXPERIENCES, FRICTION, MISTAKE_COST, PRODUCTS,
    UNIT_COST, VARIETY, VIEW_ERROR,
};
use super::K;
use super::arrived::Arrived;
use super::block::{Block, Tally, Work, whole_tiles};
use super::draws::{FirmNow, Now};
use super::journey::{POSITION, TOLD};
use super::tile::{BATCH, LANES, Tile, normals};

impl Block {
    /// The transactions of firm `E`, which offers experience `E`.
    #[inline(always)]
    pub fn serve<const E: usize>(&mut self, now: &Now, work: &mut Work) {
        let firm = now.firms[E];
        let mut left = work.served[E];
        let lists = whole_tiles(&mut work.groups[E], left);
        let mut tally = work.tallies[E];
        tally.sold = left as f64;
        for lists in lists.chunks(BATCH) {
            for (list, arrived) in lists.iter().zip(work.arrived.iter_mut()) {
                for l in 0..LANES {
                    let i = usize::from(list[l] & POSITION);
                    let [belief, precision, x, y] = self.rows[i].0[E];
                    arrived.belief[l] = belief;
                    arrived.precision[l] = precision;
                    (arrived.sum[0][l], arrived.sum[1][l]) = (x, y);
                    [arrived.taste[0][l], arrived.taste[1][l]] = self.taste[i];
                    arrived.agency[l] = self.agency[i];
                    arrived.who[l] = self.first + i as u32;
                    arrived.told[l] = u32::from(list[l] & TOLD);
                }
            }
            for arrived in &mut work.arrived[..lists.len()] {
                transact::<E>(now, &firm, arrived);
            }
            for (list, arrived) in lists.iter().zip(work.arrived.iter()) {
                for l in 0..LANES {
                    let i = usize::from(list[l] & POSITION);
                    let [x, y] = [0, 1].map(|d| arrived.sum[d][l]);
                    self.rows[i].0[E] = [arrived.belief[l], arrived.precision[l], x, y];
                    self.home[i] = E as u8;
                }
                add(&mut tally, arrived, LANES.min(left));
                left = left.saturating_sub(LANES);
            }
        }
        work.tallies[E] = tally;
    }
}

/// Adds up the first transactions of a tile.
#[inline(always)]
fn add(tally: &mut Tally, arrived: &Arrived, number: usize) {
    let mut sums = [0.0_f64; 4];
    for l in 0..number {
        let own = [
            arrived.wtp[l],
            arrived.cost[l],
            arrived.observed[0][l],
            arrived.observed[1][l],
        ];
        for (sum, own) in sums.iter_mut().zip(own) {
            *sum += f64::from(own);
        }
        let [count, x, y] = &mut tally.assigned[arrived.assigned[l] as usize];
        *count += 1.0;
        *x += arrived.estimate[0][l];
        *y += arrived.estimate[1][l];
    }
    tally.wtp += sums[0];
    tally.cost += sums[1];
    tally.observed[0] += sums[2];
    tally.observed[1] += sums[3];
}

/// Half the squared distance of a product from each point, less what is the same for all products.
#[inline(always)]
fn distances([x, y, half]: [f32; K + 1], points: &[Tile<f32>; K]) -> Tile<f32> {
    let mut out = [0.0; LANES];
    for l in 0..LANES {
        out[l] = half - x * points[0][l] - y * points[1][l];
    }
    out
}

/// The product nearest to each point, and where it lies.
#[inline(always)]
fn nearest(firm: &FirmNow, points: &[Tile<f32>; K]) -> (Tile<u32>, [Tile<f32>; K]) {
    let mut least = [f32::INFINITY; LANES];
    let (mut best, mut place) = ([0; LANES], [[0.0; LANES]; K]);
    for (m, &product) in firm.products.iter().enumerate() {
        let distance = distances(product, points);
        for l in 0..LANES {
            let closer = distance[l] < least[l];
            least[l] = if closer { distance[l] } else { least[l] };
            best[l] = if closer { m as u32 } else { best[l] };
            place[0][l] = if closer { product[0] } else { place[0][l] };
            place[1][l] = if closer { product[1] } else { place[1][l] };
        }
    }
    (best, place)
}

/// Where the product lies that is nearest to the view, of the three nearest to the estimate.
#[inline(always)]
fn from_menu(firm: &FirmNow, estimate: &[Tile<f32>; K], view: &[Tile<f32>; K]) -> [Tile<f32>; K] {
    let mut near = [[0.0; LANES]; PRODUCTS];
    let [mut one, mut two, mut three] = [[f32::INFINITY; LANES]; 3];
    for (near, &product) in near.iter_mut().zip(&firm.products) {
        let distance = distances(product, estimate);
        *near = distance;
        for l in 0..LANES {
            let d = distance[l];
            let (first, second) = (one[l], two[l]);
            one[l] = if d < first { d } else { first };
            let d = if d < first { first } else { d };
            two[l] = if d < second { d } else { second };
            let d = if d < second { second } else { d };
            three[l] = if d < three[l] { d } else { three[l] };
        }
    }
    let mut least = [f32::INFINITY; LANES];
    let mut place = [[0.0; LANES]; K];
    for (near, &product) in near.iter().zip(&firm.products) {
        let distance = distances(product, view);
        for l in 0..LANES {
            let better = (near[l] <= three[l]) & (distance[l] < least[l]);
            least[l] = if better { distance[l] } else { least[l] };
            place[0][l] = if better { product[0] } else { place[0][l] };
            place[1][l] = if better { product[1] } else { place[1][l] };
        }
    }
    place
}

/// A tile of transactions.
#[inline(always)]
fn transact<const E: usize>(now: &Now, firm: &FirmNow, arrived: &mut Arrived) {
    let experience = &EXPERIENCES[E];
    // local copies, so that nothing is loaded or stored under a condition
    let Arrived {
        who,
        told,
        taste,
        agency,
        mut belief,
        mut precision,
        mut sum,
        ..
    } = *arrived;
    let FirmNow {
        reputation,
        mean,
        known,
        ..
    } = *firm;
    let mut need = normals(&now.need, &who);
    let (mut familiarity, mut estimate) = ([0.0; LANES], [[0.0; LANES]; K]);
    for l in 0..LANES {
        let variance = 1.0 / (precision[l] + known);
        familiarity[l] = 1.0 - variance * known;
        for d in 0..K {
            need[d][l] = taste[d][l] + VARIETY as f32 * need[d][l];
            estimate[d][l] = variance * (sum[d][l] + mean[d] * known);
        }
    }
    let place = if experience.menu == PRODUCTS {
        nearest(firm, &estimate).1
    } else {
        let mut view = normals(&now.view, &who);
        for d in 0..K {
            for l in 0..LANES {
                view[d][l] = need[d][l] + VIEW_ERROR as f32 * view[d][l];
            }
        }
        match experience.menu {
            0 => nearest(firm, &view).1,
            _ => from_menu(firm, &estimate, &view),
        }
    };
    let later = (FRICTION[1] * (1.0 - experience.support[1])
        + FRICTION[2] * (1.0 - experience.support[2])) as f32;
    let (mut worth, mut cost) = ([0.0; LANES], [0.0; LANES]);
    for l in 0..LANES {
        let (x, y) = (place[0][l] - need[0][l], place[1][l] - need[1][l]);
        let fit = exp(-0.5 * (x * x + y * y));
        let alone = if told[l] != 0 {
            0.0
        } else {
            FRICTION[0] as f32
        };
        let friction = alone + later * (1.0 - experience.ease as f32 * familiarity[l]);
        let ceded = experience.control as f32
            * (AGENCY_COST as f32 * agency[l] + MISTAKE_COST as f32 * (1.0 - fit));
        worth[l] = fit - friction - ceded;
        cost[l] = UNIT_COST as f32 * (1.0 - EFFICIENCY as f32 * fit);
        let before = if belief[l].is_nan() {
            reputation
        } else {
            belief[l]
        };
        belief[l] = before + BELIEF_SPEED as f32 * (worth[l] - before);
    }
    let noise = normals(&now.signal, &who);
    let v = VARIETY * VARIETY + experience.signal_noise * experience.signal_noise;
    let weight = (1.0 / v) as f32;
    let mut observed = [[0.0; LANES]; K];
    for l in 0..LANES {
        precision[l] += weight;
        let variance = 1.0 / (precision[l] + known);
        for d in 0..K {
            observed[d][l] = need[d][l] + experience.signal_noise as f32 * noise[d][l];
            sum[d][l] += observed[d][l] * weight;
            estimate[d][l] = variance * (sum[d][l] + mean[d] * known);
        }
    }
    let assigned = nearest(firm, &estimate).0;
    *arrived = Arrived {
        who,
        told,
        taste,
        agency,
        belief,
        precision,
        sum,
        wtp: worth,
        cost,
        observed,
        estimate,
        assigned,
    };
}
