//! The four-experiences case with its default parameters as a plain loop: no framework, one thread,
//! flat arrays, no allocation per customer, a sequential generator.
//!
//! It is what a careful programmer would write for this one case, and what the engine, which does all
//! that the model can, is measured against.

use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};
use rand_distr::{Beta, Distribution, StandardNormal};

const FIRMS: usize = 4;
const PRODUCTS: usize = 12;
const NO_FIRM: u8 = u8::MAX;
/// Marks a belief about a firm that the customer never bought from.
const NO_BELIEF: f64 = f64::NAN;

/// Tolerance 1, so fit is exp(-d^2 / 2).
const FRICTION: [f64; 3] = [0.05, 0.20, 0.20];
const PRICE: f64 = 0.3;
const NEED_RATE: f64 = 0.3;
const VARIETY: f64 = 0.4;
const AWARENESS: f64 = 0.6;
const VIEW_ERROR: f64 = 0.5;
const AGENCY_COST: f64 = 0.3;
const MISTAKE_COST: f64 = 0.2;
const NOISE: f64 = 0.08;
const INERTIA: f64 = 0.05;
const BELIEF_SPEED: f64 = 0.3;
const WORD_OF_MOUTH: f64 = 0.02;
const TURNOVER: f64 = 0.005;
const REPUTATION_SPEED: f64 = 0.1;
const PRIOR_SD: f64 = 0.7;
const INERTIA_OF_FIRM: f64 = 6000.0;
const EFFICIENCY: f64 = 0.5;
const UNIT_COST: f64 = 0.2;

/// What sets the four experiences apart.
struct Experience {
    support: [f64; 3],
    control: f64,
    /// 0: the customer chooses; `PRODUCTS`: the firm; between: a menu of that size.
    menu: usize,
    signal_noise: f64,
    false_alarm: f64,
    ease: f64,
}

const EXPERIENCES: [Experience; FIRMS] = [
    Experience {
        support: [0.0, 0.0, 0.9],
        control: 0.0,
        menu: 0,
        signal_noise: 2.0,
        false_alarm: 0.0,
        ease: 0.2,
    },
    Experience {
        support: [0.0, 0.7, 0.5],
        control: 0.2,
        menu: 3,
        signal_noise: 1.6,
        false_alarm: 0.0,
        ease: 0.3,
    },
    Experience {
        support: [0.8, 0.5, 0.5],
        control: 0.5,
        menu: 3,
        signal_noise: 1.2,
        false_alarm: 0.05,
        ease: 0.3,
    },
    Experience {
        support: [0.9, 1.0, 1.0],
        control: 1.0,
        menu: PRODUCTS,
        signal_noise: 1.2,
        false_alarm: 0.05,
        ease: 0.0,
    },
];

struct Firm {
    guess: [f64; 2],
    first_products: [[f64; 2]; PRODUCTS],
    products: [[f64; 2]; PRODUCTS],
    assigned: [(f64, [f64; 2]); PRODUCTS],
    observed: (f64, [f64; 2]),
    mean: [f64; 2],
    variance: f64,
    reputation: f64,
}

/// What a run of the loop found.
pub struct Outcome {
    /// Needs handled.
    pub needs: u64,
    /// Each firm's share of transactions in the last five periods, in the order of the experiences.
    pub shares: [f64; FIRMS],
}

struct Customers {
    taste: Vec<[f64; 2]>,
    agency: Vec<f64>,
    home: Vec<u8>,
    belief: Vec<[f64; FIRMS]>,
    precision: Vec<[f64; FIRMS]>,
    sum: Vec<[[f64; 2]; FIRMS]>,
}

/// Runs the case.
pub fn run(customers: usize, periods: u32, seed: u64) -> Outcome {
    let mut rng = SmallRng::seed_from_u64(seed);
    let beta = Beta::new(2.0, 2.0).expect("valid shapes");
    let mut all = Customers {
        taste: (0..customers).map(|_| pair(&mut rng)).collect(),
        agency: (0..customers).map(|_| beta.sample(&mut rng)).collect(),
        home: vec![NO_FIRM; customers],
        belief: vec![[NO_BELIEF; FIRMS]; customers],
        precision: vec![[0.0; FIRMS]; customers],
        sum: vec![[[0.0; 2]; FIRMS]; customers],
    };
    let guess = pair(&mut rng).map(|z| PRIOR_SD * z);
    let first: [[f64; 2]; PRODUCTS] = std::array::from_fn(|_| {
        let z = pair(&mut rng);
        [guess[0] + z[0], guess[1] + z[1]]
    });
    let mut firms: [Firm; FIRMS] = std::array::from_fn(|_| Firm {
        guess,
        first_products: first,
        products: first,
        assigned: [(0.0, [0.0; 2]); PRODUCTS],
        observed: (0.0, [0.0; 2]),
        mean: guess,
        variance: 0.0,
        reputation: 0.45,
    });
    let mut outcome = Outcome {
        needs: 0,
        shares: [0.0; FIRMS],
    };
    for period in 0..periods {
        firms.iter_mut().for_each(learn);
        let mut transactions = [0.0; FIRMS];
        let mut wtp_sum = [0.0; FIRMS];
        let (mut assigned, mut observed) = (
            [[(0.0, [0.0; 2]); PRODUCTS]; FIRMS],
            [(0.0, [0.0; 2]); FIRMS],
        );
        for i in 0..customers {
            if period > 0 && rng.random::<f64>() < TURNOVER {
                all.taste[i] = pair(&mut rng);
                all.agency[i] = beta.sample(&mut rng);
                all.home[i] = NO_FIRM;
                all.belief[i] = [NO_BELIEF; FIRMS];
                all.precision[i] = [0.0; FIRMS];
                all.sum[i] = [[0.0; 2]; FIRMS];
            }
            let need = rng.random::<f64>() < NEED_RATE;
            outcome.needs += u64::from(need);
            let Some((j, x, told)) = (if need {
                journey(&mut all, i, &firms, &mut rng)
            } else {
                false_alarm(&mut all, i, &firms, &mut rng);
                None
            }) else {
                continue;
            };
            let firm = &firms[j];
            let e = &EXPERIENCES[j];
            let posterior_variance = 1.0 / (all.precision[i][j] + 1.0 / firm.variance);
            let estimate: [f64; 2] = std::array::from_fn(|d| {
                posterior_variance * (all.sum[i][j][d] + firm.mean[d] / firm.variance)
            });
            let z = pair(&mut rng);
            let view = [x[0] + VIEW_ERROR * z[0], x[1] + VIEW_ERROR * z[1]];
            let m = select(e.menu, &firm.products, &estimate, &view);
            let fit = (-0.5 * squared(&firm.products[m], &x)).exp();
            let familiarity = 1.0 - posterior_variance / firm.variance;
            let friction = if told { 0.0 } else { FRICTION[0] }
                + (FRICTION[1] * (1.0 - e.support[1]) + FRICTION[2] * (1.0 - e.support[2]))
                    * (1.0 - e.ease * familiarity);
            let wtp = fit
                - friction
                - e.control * (AGENCY_COST * all.agency[i] + MISTAKE_COST * (1.0 - fit));
            let cost = UNIT_COST * (1.0 - EFFICIENCY * fit);
            std::hint::black_box(cost);
            let belief = &mut all.belief[i][j];
            if belief.is_nan() {
                *belief = firm.reputation;
            }
            *belief += BELIEF_SPEED * (wtp - *belief);
            let z = pair(&mut rng);
            let y = [x[0] + e.signal_noise * z[0], x[1] + e.signal_noise * z[1]];
            let v = VARIETY * VARIETY + e.signal_noise * e.signal_noise;
            all.precision[i][j] += 1.0 / v;
            let p = 1.0 / (all.precision[i][j] + 1.0 / firm.variance);
            let mut updated = [0.0; 2];
            for d in 0..2 {
                all.sum[i][j][d] += y[d] / v;
                updated[d] = p * (all.sum[i][j][d] + firm.mean[d] / firm.variance);
                observed[j].1[d] += y[d];
            }
            observed[j].0 += 1.0;
            let near = &mut assigned[j][nearest(&firm.products, &updated)];
            near.0 += 1.0;
            near.1[0] += updated[0];
            near.1[1] += updated[1];
            transactions[j] += 1.0;
            wtp_sum[j] += wtp;
            all.home[i] = j as u8;
        }
        for j in 0..FIRMS {
            let firm = &mut firms[j];
            firm.observed.0 += observed[j].0;
            for d in 0..2 {
                firm.observed.1[d] += observed[j].1[d];
            }
            for (total, part) in firm.assigned.iter_mut().zip(&assigned[j]) {
                total.0 += part.0;
                total.1[0] += part.1[0];
                total.1[1] += part.1[1];
            }
            if transactions[j] > 0.0 {
                firm.reputation +=
                    REPUTATION_SPEED * (wtp_sum[j] / transactions[j] - firm.reputation);
            }
        }
        if period + 5 >= periods {
            let total: f64 = transactions.iter().sum();
            for (share, count) in outcome.shares.iter_mut().zip(transactions) {
                *share += count / total / 5.0;
            }
        }
    }
    outcome
}

/// Population-level knowledge and products from earlier periods.
fn learn(firm: &mut Firm) {
    let (count, sum) = firm.observed;
    let w = INERTIA_OF_FIRM / (INERTIA_OF_FIRM + count);
    firm.mean = std::array::from_fn(|d| {
        let seen = if count > 0.0 { sum[d] / count } else { 0.0 };
        w * firm.guess[d] + (1.0 - w) * seen
    });
    firm.variance = 1.0 + PRIOR_SD * PRIOR_SD * w;
    let weight = INERTIA_OF_FIRM / PRODUCTS as f64;
    for m in 0..PRODUCTS {
        let (count, sum) = firm.assigned[m];
        firm.products[m] = std::array::from_fn(|d| {
            (weight * firm.first_products[m][d] + sum[d]) / (weight + count)
        });
    }
}

/// From a need to the firm that serves it: the firm, the need, and whether a firm made it known.
fn journey(
    all: &mut Customers,
    i: usize,
    firms: &[Firm; FIRMS],
    rng: &mut SmallRng,
) -> Option<(usize, [f64; 2], bool)> {
    let z = pair(rng);
    let x = [
        all.taste[i][0] + VARIETY * z[0],
        all.taste[i][1] + VARIETY * z[1],
    ];
    let home = all.home[i];
    let mut declined = false;
    let mut cancels = false;
    if home != NO_FIRM {
        let h = home as usize;
        let support = EXPERIENCES[h].support[0];
        if support > 0.0 && rng.random::<f64>() < support * knowledge(all, i, &firms[h], h) {
            let acceptance = 1.0 / (1.0 + (-(all.belief[i][h] - PRICE) / NOISE).exp());
            if rng.random::<f64>() < acceptance {
                return Some((h, x, true));
            }
            declined = true;
            cancels = rng.random::<f64>() >= acceptance;
        }
    }
    if !declined && rng.random::<f64>() >= AWARENESS {
        return None;
    }
    let mut best = gumbel(rng);
    let mut chosen = None;
    for (j, firm) in firms.iter().enumerate() {
        let is_home = j == home as usize;
        let belief = &mut all.belief[i][j];
        if !is_home && !belief.is_nan() {
            *belief += WORD_OF_MOUTH * (firm.reputation - *belief);
        }
        let expected = if belief.is_nan() {
            firm.reputation
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
    if chosen.is_none() && cancels {
        all.home[i] = NO_FIRM;
    }
    chosen.map(|j| (j, x, declined))
}

/// Without a need, the home firm may act all the same.
fn false_alarm(all: &mut Customers, i: usize, firms: &[Firm; FIRMS], rng: &mut SmallRng) {
    let home = all.home[i];
    if home == NO_FIRM {
        return;
    }
    let h = home as usize;
    let e = &EXPERIENCES[h];
    if e.false_alarm > 0.0
        && rng.random::<f64>() < e.false_alarm * (1.0 - knowledge(all, i, &firms[h], h))
    {
        let wtp = -e.control * (AGENCY_COST * all.agency[i] + MISTAKE_COST);
        let belief = &mut all.belief[i][h];
        *belief += BELIEF_SPEED * (wtp - *belief);
        if rng.random::<f64>() >= 1.0 / (1.0 + (-(*belief - PRICE) / NOISE).exp()) {
            all.home[i] = NO_FIRM;
        }
    }
}

fn knowledge(all: &Customers, i: usize, firm: &Firm, j: usize) -> f64 {
    1.0 - 1.0 / (all.precision[i][j] + 1.0 / firm.variance) / (1.0 + PRIOR_SD * PRIOR_SD)
}

fn select(
    menu: usize,
    products: &[[f64; 2]; PRODUCTS],
    estimate: &[f64; 2],
    view: &[f64; 2],
) -> usize {
    match menu {
        0 => nearest(products, view),
        PRODUCTS => nearest(products, estimate),
        _ => {
            let mut distances: [f64; PRODUCTS] =
                std::array::from_fn(|m| squared(&products[m], estimate));
            let mut chosen = 0;
            let mut least = f64::INFINITY;
            for _ in 0..menu {
                let mut proposed = 0;
                for m in 1..PRODUCTS {
                    if distances[m] < distances[proposed] {
                        proposed = m;
                    }
                }
                distances[proposed] = f64::INFINITY;
                let distance = squared(&products[proposed], view);
                if distance < least {
                    least = distance;
                    chosen = proposed;
                }
            }
            chosen
        }
    }
}

fn nearest(products: &[[f64; 2]; PRODUCTS], point: &[f64; 2]) -> usize {
    let mut best = 0;
    let mut least = f64::INFINITY;
    for (m, product) in products.iter().enumerate() {
        let distance = squared(product, point);
        if distance < least {
            least = distance;
            best = m;
        }
    }
    best
}

fn squared(a: &[f64; 2], b: &[f64; 2]) -> f64 {
    (a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2)
}

fn pair(rng: &mut SmallRng) -> [f64; 2] {
    [StandardNormal.sample(rng), StandardNormal.sample(rng)]
}

fn gumbel(rng: &mut SmallRng) -> f64 {
    -(-(1.0 - rng.random::<f64>()).ln()).ln()
}
