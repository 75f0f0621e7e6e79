//! The four-experiences case with its default parameters as a plain loop, and with one more feature each: no
//! framework, one thread, flat arrays, no allocation per customer, a sequential generator.
//!
//! It is what a careful programmer would write for these markets (see `benches/cases`), and what the engine, which does
//! all that the model can, is measured against. Numbers of firms and of taste dimensions are known when it is compiled.
//! `tests/model/plain_loop.rs` holds that it finds what the engine finds.

#![expect(
    clippy::disallowed_methods,
    reason = "what anybody would write, with the standard library"
)]

mod customers;
pub mod experiences;
pub mod firms;
mod journey;
mod transaction;

use std::hint::black_box;
use std::ops::Range;

use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};

use super::cases::Feature;
use customers::Customers;
use experiences::{NEED_RATE, Offer, TURNOVER};
use firms::{Firm, Standing};

/// Shares and WTP are means over this many periods at the end.
pub const LAST: u32 = 5;

/// What a run of the loop found.
#[derive(Debug, Clone)]
#[allow(
    dead_code,
    reason = "benchmarks look at the needs only, the test at all"
)]
pub struct Outcome {
    /// Needs handled.
    pub needs: u64,
    /// Each firm's share of transactions in the last five periods.
    pub shares: Vec<f64>,
    /// Mean WTP of the transactions of the last five periods.
    pub wtp: f64,
}

/// Runs a market.
pub fn run(feature: Feature, customers: usize, periods: u32, seed: u64) -> Outcome {
    let fixed = |j: usize| Offer::Same(j % 4);
    match feature {
        Feature::Plain => Market::<2, 4>::new(seed, customers, 1, |_, j| fixed(j)).run(periods),
        Feature::TwoPopulations => {
            Market::<2, 4>::new(seed, customers, 2, |_, j| fixed(j)).run(periods)
        }
        Feature::Graduated => {
            let first = |j| if j == 0 { Offer::Graduated } else { fixed(j) };
            Market::<2, 4>::new(seed, customers, 1, |_, j| first(j)).run(periods)
        }
        Feature::Portfolio => {
            // coach behavior for the first population, curated offering for the second
            let first = |s| Offer::Same(if s == 0 { 2 } else { 1 });
            let offer = |s, j| if j == 0 { first(s) } else { fixed(j) };
            Market::<2, 4>::new(seed, customers, 2, offer).run(periods)
        }
        Feature::FourDimensions => {
            Market::<4, 4>::new(seed, customers, 1, |_, j| fixed(j)).run(periods)
        }
        Feature::SixteenFirms => {
            Market::<2, 16>::new(seed, customers, 1, |_, j| fixed(j)).run(periods)
        }
    }
}

/// A market with `K` taste dimensions and `J` firms.
struct Market<const K: usize, const J: usize> {
    rng: SmallRng,
    customers: Customers<K, J>,
    /// Which customers are of each population.
    populations: Vec<Range<usize>>,
    firms: [Firm<K>; J],
    /// By population, how each firm stands there.
    standings: Vec<[Standing<K>; J]>,
    needs: u64,
}

impl<const K: usize, const J: usize> Market<K, J> {
    /// A market of as many customers in as many equal populations, with what each firm offers to each of them.
    fn new(
        seed: u64,
        customers: usize,
        populations: usize,
        offer: impl Fn(usize, usize) -> Offer,
    ) -> Self {
        let mut rng = SmallRng::seed_from_u64(seed);
        let offers: Vec<[Offer; J]> = (0..populations)
            .map(|s| std::array::from_fn(|j| offer(s, j)))
            .collect();
        let graduates = offers[0].contains(&Offer::Graduated);
        let guesses = firms::first_guesses(&mut rng, populations);
        let products = firms::first_products(&mut rng, &guesses);
        let standings = std::iter::zip(&offers, &guesses)
            .map(|(offers, guess)| offers.map(|offer| Standing::new(offer, *guess)))
            .collect();
        let first = |s: usize| (s * customers).div_ceil(populations);
        Self {
            customers: Customers::arrive(&mut rng, customers, graduates),
            rng,
            populations: (0..populations).map(|s| first(s)..first(s + 1)).collect(),
            firms: std::array::from_fn(|_| Firm::new(products)),
            standings,
            needs: 0,
        }
    }

    fn run(mut self, periods: u32) -> Outcome {
        let mut shares = [0.0; J];
        let (mut wtp, mut sold) = (0.0, 0.0);
        for period in 0..periods {
            self.firms.iter_mut().for_each(Firm::learn);
            for s in 0..self.populations.len() {
                self.standings[s].iter_mut().for_each(Standing::learn);
                self.live(s, period);
            }
            if period + LAST >= periods {
                let of = |j: usize| self.standings.iter().map(|all| all[j].sold).sum();
                let sales: [f64; J] = std::array::from_fn(of);
                let total: f64 = sales.iter().sum();
                for (share, sales) in shares.iter_mut().zip(sales) {
                    *share += sales / total / f64::from(LAST);
                }
                sold += total;
                wtp += (self.standings.iter().flatten())
                    .map(|it| it.wtp)
                    .sum::<f64>();
            }
            (self.standings.iter_mut().flatten()).for_each(Standing::end_period);
        }
        black_box(&self.standings);
        Outcome {
            needs: self.needs,
            shares: shares.to_vec(),
            wtp: wtp / sold,
        }
    }

    /// Takes the customers of a population through a period.
    fn live(&mut self, s: usize, period: u32) {
        let (rng, all, standings) = (&mut self.rng, &mut self.customers, &mut self.standings[s]);
        for i in self.populations[s].clone() {
            if period > 0 && rng.random::<f64>() < TURNOVER {
                all.replace(i, rng);
            }
            if rng.random::<f64>() < NEED_RATE {
                self.needs += 1;
                if let Some(occasion) = journey::feel_need(all, i, standings, rng) {
                    let (firm, standing) = (
                        &mut self.firms[occasion.firm],
                        &mut standings[occasion.firm],
                    );
                    transaction::transact(all, i, &occasion, firm, standing, rng);
                }
            } else {
                journey::feel_no_need(all, i, standings, rng);
            }
        }
    }
}
