//! The four-experiences case with krABMaga: one agent per customer, the firms as its state.

use std::any::Any;

use krabmaga::engine::{agent::Agent, schedule::Schedule, state::State};
use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};
use rand_distr::{Beta, Distribution, StandardNormal};

const FIRMS: usize = 4;
const PRODUCTS: usize = 12;
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
const SUPPORT: [[f64; 3]; FIRMS] = [
    [0.0, 0.0, 0.9],
    [0.0, 0.7, 0.5],
    [0.8, 0.5, 0.5],
    [0.9, 1.0, 1.0],
];
const CONTROL: [f64; FIRMS] = [0.0, 0.2, 0.5, 1.0];
/// 0: the customer chooses; `PRODUCTS`: the firm; between: a menu of that size.
const MENU: [usize; FIRMS] = [0, 3, 3, PRODUCTS];
const SIGNAL_NOISE: [f64; FIRMS] = [2.0, 1.6, 1.2, 1.2];
const FALSE_ALARM: [f64; FIRMS] = [0.0, 0.0, 0.05, 0.05];
const EASE: [f64; FIRMS] = [0.2, 0.3, 0.3, 0.0];

type Point = [f64; 2];

#[derive(Clone)]
struct Firm {
    guess: Point,
    first: [Point; PRODUCTS],
    products: [Point; PRODUCTS],
    assigned: [(f64, Point); PRODUCTS],
    observed: (f64, Point),
    mean: Point,
    variance: f64,
    reputation: f64,
    transactions: f64,
    wtp: f64,
}

impl Firm {
    fn learn(&mut self) {
        let (count, sum) = self.observed;
        let w = INERTIA_OF_FIRM / (INERTIA_OF_FIRM + count);
        self.mean = std::array::from_fn(|d| w * self.guess[d] + (1.0 - w) * sum[d] / count.max(1.0));
        self.variance = 1.0 + PRIOR_SD * PRIOR_SD * w;
        let weight = INERTIA_OF_FIRM / PRODUCTS as f64;
        for m in 0..PRODUCTS {
            let (count, sum) = self.assigned[m];
            self.products[m] =
                std::array::from_fn(|d| (weight * self.first[m][d] + sum[d]) / (weight + count));
        }
        (self.transactions, self.wtp) = (0.0, 0.0);
    }

    fn nearest(&self, point: &Point) -> usize {
        let mut best = (f64::INFINITY, 0);
        for (m, product) in self.products.iter().enumerate() {
            let distance = squared(product, point);
            if distance < best.0 {
                best = (distance, m);
            }
        }
        best.1
    }

    fn select(&self, menu: usize, estimate: &Point, view: &Point) -> usize {
        match menu {
            0 => self.nearest(view),
            PRODUCTS => self.nearest(estimate),
            _ => {
                let mut distances = self.products.map(|product| squared(&product, estimate));
                let mut chosen = (f64::INFINITY, 0);
                for _ in 0..menu {
                    let mut proposed = 0;
                    for m in 1..PRODUCTS {
                        if distances[m] < distances[proposed] {
                            proposed = m;
                        }
                    }
                    distances[proposed] = f64::INFINITY;
                    let distance = squared(&self.products[proposed], view);
                    if distance < chosen.0 {
                        chosen = (distance, proposed);
                    }
                }
                chosen.1
            }
        }
    }
}

struct Market {
    customers: usize,
    periods: u64,
    period: u64,
    rng: SmallRng,
    needs: u64,
    firms: Vec<Firm>,
    /// What customers did in the period: firm, product, estimate, observation.
    seen: Vec<(usize, usize, Point, Point)>,
    shares: [f64; FIRMS],
}

impl State for Market {
    fn init(&mut self, schedule: &mut Schedule) {
        for _ in 0..self.customers {
            let customer = Customer::arrive(&mut self.rng);
            schedule.schedule_repeating(Box::new(customer), 0.0, 0);
        }
    }

    /// The library asks for this between repetitions, of which there are none here.
    fn reset(&mut self) {}

    fn update(&mut self, step: u64) {
        self.period = step;
    }

    fn before_step(&mut self, _: &mut Schedule) {
        self.firms.iter_mut().for_each(Firm::learn);
    }

    fn after_step(&mut self, _: &mut Schedule) {
        for (j, product, estimate, y) in self.seen.drain(..) {
            let firm = &mut self.firms[j];
            let assigned = &mut firm.assigned[product];
            for (total, part) in [(assigned, estimate), (&mut firm.observed, y)] {
                total.0 += 1.0;
                total.1[0] += part[0];
                total.1[1] += part[1];
            }
        }
        let sold: f64 = self.firms.iter().map(|firm| firm.transactions).sum();
        for (firm, share) in self.firms.iter_mut().zip(&mut self.shares) {
            if firm.transactions > 0.0 {
                firm.reputation += REPUTATION_SPEED * (firm.wtp / firm.transactions - firm.reputation);
            }
            if self.period + 5 >= self.periods {
                *share += firm.transactions / sold / 5.0;
            }
        }
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }

    fn as_state(&self) -> &dyn State {
        self
    }

    fn as_state_mut(&mut self) -> &mut dyn State {
        self
    }
}

#[derive(Clone)]
struct Customer {
    taste: Point,
    agency: f64,
    home: Option<usize>,
    belief: [f64; FIRMS],
    precision: [f64; FIRMS],
    sum: [Point; FIRMS],
}

impl Agent for Customer {
    fn step(&mut self, state: &mut dyn State) {
        let market = state.as_any_mut().downcast_mut::<Market>().expect("a market");
        if market.period > 0 && market.rng.random::<f64>() < TURNOVER {
            *self = Self::arrive(&mut market.rng);
        }
        if market.rng.random::<f64>() < NEED_RATE {
            market.needs += 1;
            self.feel_need(market);
        } else if let Some(h) = self.home {
            self.feel_no_need(h, market);
        }
    }
}

impl Customer {
    fn arrive(rng: &mut SmallRng) -> Self {
        Self {
            taste: pair(rng),
            agency: Beta::new(2.0, 2.0).expect("valid shapes").sample(rng),
            home: None,
            belief: [f64::NAN; FIRMS],
            precision: [0.0; FIRMS],
            sum: [[0.0; 2]; FIRMS],
        }
    }

    fn unknown(&self, j: usize, firm: &Firm) -> f64 {
        1.0 / (self.precision[j] + 1.0 / firm.variance) / (1.0 + PRIOR_SD * PRIOR_SD)
    }

    fn likes(&self, j: usize) -> f64 {
        1.0 / (1.0 + (-(self.belief[j] - PRICE) / NOISE).exp())
    }

    fn estimate(&self, j: usize, firm: &Firm) -> (f64, Point) {
        let variance = 1.0 / (self.precision[j] + 1.0 / firm.variance);
        let taste = |d: usize| variance * (self.sum[j][d] + firm.mean[d] / firm.variance);
        (variance, [taste(0), taste(1)])
    }

    fn feel_no_need(&mut self, h: usize, market: &mut Market) {
        let rng = &mut market.rng;
        if FALSE_ALARM[h] > 0.0
            && rng.random::<f64>() < FALSE_ALARM[h] * self.unknown(h, &market.firms[h])
        {
            let wtp = -CONTROL[h] * (AGENCY_COST * self.agency + MISTAKE_COST);
            self.belief[h] += BELIEF_SPEED * (wtp - self.belief[h]);
            if rng.random::<f64>() >= self.likes(h) {
                self.home = None;
            }
        }
    }

    fn feel_need(&mut self, market: &mut Market) {
        let rng = &mut market.rng;
        let z = pair(rng);
        let x = [self.taste[0] + VARIETY * z[0], self.taste[1] + VARIETY * z[1]];
        let (mut told, mut cancels) = (false, false);
        if let Some(h) = self.home {
            let support = SUPPORT[h][0];
            told = support > 0.0
                && rng.random::<f64>() < support * (1.0 - self.unknown(h, &market.firms[h]));
            if told {
                let likes = self.likes(h);
                if rng.random::<f64>() < likes {
                    return self.transact(h, x, told, market);
                }
                cancels = rng.random::<f64>() >= likes;
            }
        }
        if !told && rng.random::<f64>() >= AWARENESS {
            return;
        }
        let (mut best, mut chosen) = (gumbel(rng), None);
        for (j, firm) in market.firms.iter().enumerate() {
            let is_home = self.home == Some(j);
            let belief = &mut self.belief[j];
            if !is_home && !belief.is_nan() {
                *belief += WORD_OF_MOUTH * (firm.reputation - *belief);
            }
            let expected = if belief.is_nan() { firm.reputation } else { *belief };
            let inertia = if is_home { INERTIA } else { 0.0 };
            let utility = (expected - PRICE + inertia) / NOISE + gumbel(rng);
            if utility > best && !(told && is_home) {
                (best, chosen) = (utility, Some(j));
            }
        }
        match chosen {
            Some(j) => self.transact(j, x, told, market),
            None if cancels => self.home = None,
            None => {}
        }
    }

    fn transact(&mut self, j: usize, x: Point, told: bool, market: &mut Market) {
        let (firm, rng) = (&mut market.firms[j], &mut market.rng);
        let (variance, estimate) = self.estimate(j, firm);
        let z = pair(rng);
        let view = [x[0] + VIEW_ERROR * z[0], x[1] + VIEW_ERROR * z[1]];
        let product = firm.select(MENU[j], &estimate, &view);
        let fit = (-0.5 * squared(&firm.products[product], &x)).exp();
        let familiarity = 1.0 - variance / firm.variance;
        let friction = if told { 0.0 } else { FRICTION[0] }
            + (FRICTION[1] * (1.0 - SUPPORT[j][1]) + FRICTION[2] * (1.0 - SUPPORT[j][2]))
                * (1.0 - EASE[j] * familiarity);
        let wtp = fit
            - friction
            - CONTROL[j] * (AGENCY_COST * self.agency + MISTAKE_COST * (1.0 - fit));
        if self.belief[j].is_nan() {
            self.belief[j] = firm.reputation;
        }
        self.belief[j] += BELIEF_SPEED * (wtp - self.belief[j]);
        let z = pair(rng);
        let y = [x[0] + SIGNAL_NOISE[j] * z[0], x[1] + SIGNAL_NOISE[j] * z[1]];
        let v = VARIETY * VARIETY + SIGNAL_NOISE[j] * SIGNAL_NOISE[j];
        self.precision[j] += 1.0 / v;
        self.sum[j][0] += y[0] / v;
        self.sum[j][1] += y[1] / v;
        let (_, estimate) = self.estimate(j, firm);
        firm.transactions += 1.0;
        firm.wtp += wtp;
        self.home = Some(j);
        market.seen.push((j, firm.nearest(&estimate), estimate, y));
    }
}

fn squared(a: &Point, b: &Point) -> f64 {
    (a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2)
}

fn pair(rng: &mut SmallRng) -> Point {
    [StandardNormal.sample(rng), StandardNormal.sample(rng)]
}

fn gumbel(rng: &mut SmallRng) -> f64 {
    -(-(1.0 - rng.random::<f64>()).ln()).ln()
}

/// Processor time of this thread, in seconds: on a machine with other work, the fair measure.
fn seconds() -> f64 {
    let times = std::fs::read_to_string("/proc/thread-self/schedstat").expect("Linux");
    let nanoseconds = times.split(' ').next().and_then(|time| time.parse::<f64>().ok());
    nanoseconds.expect("a number") * 1e-9
}

/// The number after a flag on the command line.
fn option(flag: &str, default: u64) -> u64 {
    let mut arguments = std::env::args().skip_while(|argument| argument != flag);
    arguments.nth(1).and_then(|value| value.parse().ok()).unwrap_or(default)
}

fn main() {
    let (customers, periods) = (option("--customers", 5000), option("--periods", 300));
    let start = seconds();
    let mut rng = SmallRng::seed_from_u64(option("--seed", 1));
    let guess = pair(&mut rng).map(|z| PRIOR_SD * z);
    let first: [Point; PRODUCTS] = std::array::from_fn(|_| {
        let z = pair(&mut rng);
        [guess[0] + z[0], guess[1] + z[1]]
    });
    let firm = Firm {
        guess,
        first,
        products: first,
        assigned: [(0.0, [0.0; 2]); PRODUCTS],
        observed: (0.0, [0.0; 2]),
        mean: guess,
        variance: 1.0,
        reputation: 0.45,
        transactions: 0.0,
        wtp: 0.0,
    };
    let mut market = Market {
        customers: customers as usize,
        periods,
        period: 0,
        rng,
        needs: 0,
        firms: vec![firm; FIRMS],
        seen: Vec::new(),
        shares: [0.0; FIRMS],
    };
    let mut schedule = Schedule::new();
    market.init(&mut schedule);
    for _ in 0..periods {
        schedule.step(&mut market);
    }
    println!(
        "{{\"program\": \"krABMaga\", \"needs\": {}, \"seconds\": {}, \"shares\": {:?}}}",
        market.needs,
        seconds() - start,
        market.shares
    );
}
