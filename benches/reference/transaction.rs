//! A transaction: the product, its worth to the customer, and what the firm learns.

use rand::rngs::SmallRng;

use super::customers::{Customers, normals};
use super::experiences::{
    AGENCY_COST, BELIEF_SPEED, EFFICIENCY, EXPERIENCES, FRICTION, MISTAKE_COST, UNIT_COST, VARIETY,
    VIEW_ERROR,
};
use super::firms::{Firm, Standing, squared};
use super::journey::Occasion;

/// The customer transacts with a firm, which becomes the home.
#[inline(always)]
pub fn transact<const K: usize, const J: usize>(
    all: &mut Customers<K, J>,
    i: usize,
    occasion: &Occasion<K>,
    firm: &mut Firm<K>,
    standing: &mut Standing<K>,
    rng: &mut SmallRng,
) {
    let (j, x) = (occasion.firm, &occasion.need);
    let (precision, sum) = (&mut all.precision[i][j], &mut all.sum[i][j]);
    let knowledge = 1.0 - standing.unknown(*precision);
    let number = (standing.offer).experience(knowledge, || all.stated_agency[i]);
    let e = &EXPERIENCES[number];

    // product and value
    let prior_precision = 1.0 / standing.variance;
    let variance = 1.0 / (*precision + prior_precision);
    let estimate =
        std::array::from_fn(|d| variance * (sum[d] + standing.mean[d] * prior_precision));
    let z: [f64; K] = normals(rng);
    let view = std::array::from_fn(|d| x[d] + VIEW_ERROR * z[d]);
    let product = firm.select(e.menu, &estimate, &view);
    let fit = (-0.5 * squared(&firm.products[product], x)).exp();
    let familiarity = 1.0 - variance * prior_precision;
    let friction = if occasion.told { 0.0 } else { FRICTION[0] }
        + (FRICTION[1] * (1.0 - e.support[1]) + FRICTION[2] * (1.0 - e.support[2]))
            * (1.0 - e.ease * familiarity);
    let ceded = e.control * (AGENCY_COST * all.agency[i] + MISTAKE_COST * (1.0 - fit));
    let wtp = fit - friction - ceded;
    let belief = &mut all.belief[i][j];
    if belief.is_nan() {
        *belief = standing.reputation;
    }
    *belief += BELIEF_SPEED * (wtp - *belief);

    // learning
    let z: [f64; K] = normals(rng);
    let v = VARIETY * VARIETY + e.signal_noise * e.signal_noise;
    *precision += 1.0 / v;
    let variance = 1.0 / (*precision + prior_precision);
    let mut updated = [0.0; K];
    for d in 0..K {
        let y = x[d] + e.signal_noise * z[d];
        sum[d] += y / v;
        updated[d] = variance * (sum[d] + standing.mean[d] * prior_precision);
        standing.observed.1[d] += y;
    }
    standing.observed.0 += 1.0;
    let assigned = firm.nearest(&updated);
    let (count, total) = &mut firm.assigned[assigned];
    *count += 1.0;
    for d in 0..K {
        total[d] += updated[d];
    }
    standing.sold += 1.0;
    standing.wtp += wtp;
    standing.cost += UNIT_COST * (1.0 - EFFICIENCY * fit);
    all.home[i] = j as u8;
}
