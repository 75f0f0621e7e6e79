//! From a need to the firm that serves it, and what happens without a need.

use rand::RngExt;
use rand::rngs::SmallRng;

use super::customers::{Customers, NO_FIRM, normals};
use super::experiences::{
    AGENCY_COST, AWARENESS, BELIEF_SPEED, EXPERIENCES, Experience, INERTIA, MISTAKE_COST, NOISE,
    PRICE, VARIETY, WORD_OF_MOUTH,
};
use super::firms::Standing;

/// A need and the firm that serves it.
pub struct Occasion<const K: usize> {
    pub firm: usize,
    pub need: [f64; K],
    /// Whether a firm made the need known.
    pub told: bool,
}

/// A need arises, and perhaps comes to a firm.
#[inline(always)]
pub fn feel_need<const K: usize, const J: usize>(
    all: &mut Customers<K, J>,
    i: usize,
    standings: &[Standing<K>; J],
    rng: &mut SmallRng,
) -> Option<Occasion<K>> {
    let z: [f64; K] = normals(rng);
    let need = std::array::from_fn(|d| all.taste[i][d] + VARIETY * z[d]);
    let home = all.home[i];
    let mut told = false;
    let mut cancels = false;
    if home != NO_FIRM {
        let h = home as usize;
        let (experience, unknown) = home_experience(all, i, h, &standings[h]);
        let support = experience.support[0];
        if support > 0.0 && rng.random::<f64>() < support * (1.0 - unknown) {
            told = true;
            let acceptance = acceptance(all.belief[i][h]);
            if rng.random::<f64>() < acceptance {
                return Some(Occasion {
                    firm: h,
                    need,
                    told,
                });
            }
            cancels = rng.random::<f64>() >= acceptance;
        }
    }
    if !told && rng.random::<f64>() >= AWARENESS {
        return None;
    }
    let chosen = choose(&mut all.belief[i], home, told, standings, rng);
    if chosen.is_none() && cancels {
        all.home[i] = NO_FIRM;
    }
    chosen.map(|firm| Occasion { firm, need, told })
}

/// The firm with the largest utility, if it exceeds that of doing without; the home firm only if it was not declined.
#[inline(always)]
fn choose<const K: usize, const J: usize>(
    beliefs: &mut [f64; J],
    home: u8,
    declined: bool,
    standings: &[Standing<K>; J],
    rng: &mut SmallRng,
) -> Option<usize> {
    let mut best = gumbel(rng);
    let mut chosen = None;
    for (j, (belief, standing)) in beliefs.iter_mut().zip(standings).enumerate() {
        let is_home = j == home as usize;
        if !is_home && !belief.is_nan() {
            *belief += WORD_OF_MOUTH * (standing.reputation - *belief);
        }
        let expected = if belief.is_nan() {
            standing.reputation
        } else {
            *belief
        };
        let inertia = if is_home { INERTIA } else { 0.0 };
        let utility = (expected - PRICE + inertia) / NOISE + gumbel(rng);
        if utility > best && !(declined && is_home) {
            best = utility;
            chosen = Some(j);
        }
    }
    chosen
}

/// Without a need, the home firm may act all the same.
#[inline(always)]
pub fn feel_no_need<const K: usize, const J: usize>(
    all: &mut Customers<K, J>,
    i: usize,
    standings: &[Standing<K>; J],
    rng: &mut SmallRng,
) {
    let home = all.home[i];
    if home == NO_FIRM {
        return;
    }
    let h = home as usize;
    let (experience, unknown) = home_experience(all, i, h, &standings[h]);
    if experience.false_alarm > 0.0 && rng.random::<f64>() < experience.false_alarm * unknown {
        let wtp = -experience.control * (AGENCY_COST * all.agency[i] + MISTAKE_COST);
        let belief = &mut all.belief[i][h];
        *belief += BELIEF_SPEED * (wtp - *belief);
        if rng.random::<f64>() >= acceptance(*belief) {
            all.home[i] = NO_FIRM;
        }
    }
}

/// What the home firm offers the customer, and what it does not know of the customer.
#[inline(always)]
fn home_experience<const K: usize, const J: usize>(
    all: &Customers<K, J>,
    i: usize,
    h: usize,
    standing: &Standing<K>,
) -> (&'static Experience, f64) {
    let unknown = standing.unknown(all.precision[i][h]);
    let number = (standing.offer).experience(1.0 - unknown, || all.stated_agency[i]);
    (&EXPERIENCES[number], unknown)
}

fn acceptance(belief: f64) -> f64 {
    1.0 / (1.0 + (-(belief - PRICE) / NOISE).exp())
}

fn gumbel(rng: &mut SmallRng) -> f64 {
    -(-(1.0 - rng.random::<f64>()).ln()).ln()
}
