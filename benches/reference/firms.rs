//! Firms: their products, and what they know of a population and are thought of in it.

use rand::rngs::SmallRng;

use super::customers::normals;
use super::experiences::{
    FIRST_REPUTATION, INERTIA_OF_FIRM, Offer, PRIOR_SD, PRODUCTS, REPUTATION_SPEED,
};

/// A firm's assortment.
pub struct Firm<const K: usize> {
    first_products: [[f64; K]; PRODUCTS],
    pub products: [[f64; K]; PRODUCTS],
    /// Number and sum of the taste estimates assigned to each product.
    pub assigned: [(f64, [f64; K]); PRODUCTS],
}

/// How a firm stands in a population.
pub struct Standing<const K: usize> {
    pub offer: Offer,
    first_guess: [f64; K],
    /// Number and sum of observations.
    pub observed: (f64, [f64; K]),
    pub mean: [f64; K],
    pub variance: f64,
    pub reputation: f64,
    /// Transactions of the period, and their WTP and cost.
    pub sold: f64,
    pub wtp: f64,
    pub cost: f64,
}

/// What all firms take the mean taste of each population to be.
pub fn first_guesses<const K: usize>(rng: &mut SmallRng, populations: usize) -> Vec<[f64; K]> {
    let guess = |_| normals(rng).map(|z: f64| PRIOR_SD * z);
    (0..populations).map(guess).collect()
}

/// The products with which all firms start, as many for each population.
pub fn first_products<const K: usize>(
    rng: &mut SmallRng,
    guesses: &[[f64; K]],
) -> [[f64; K]; PRODUCTS] {
    std::array::from_fn(|m| {
        let z: [f64; K] = normals(rng);
        let guess = guesses[m * guesses.len() / PRODUCTS];
        std::array::from_fn(|d| guess[d] + z[d])
    })
}

impl<const K: usize> Firm<K> {
    pub fn new(products: [[f64; K]; PRODUCTS]) -> Self {
        Self {
            first_products: products,
            products,
            assigned: [(0.0, [0.0; K]); PRODUCTS],
        }
    }

    /// Products from earlier periods.
    pub fn learn(&mut self) {
        let weight = INERTIA_OF_FIRM / PRODUCTS as f64;
        for m in 0..PRODUCTS {
            let (count, sum) = self.assigned[m];
            self.products[m] = std::array::from_fn(|d| {
                (weight * self.first_products[m][d] + sum[d]) / (weight + count)
            });
        }
    }

    /// The product that is chosen, given the firm's estimate of the taste and the customer's view of the need.
    #[inline(always)]
    pub fn select(&self, menu: usize, estimate: &[f64; K], view: &[f64; K]) -> usize {
        match menu {
            0 => self.nearest(view),
            PRODUCTS => self.nearest(estimate),
            _ => {
                let mut distances: [f64; PRODUCTS] =
                    std::array::from_fn(|m| squared(&self.products[m], estimate));
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
                    let distance = squared(&self.products[proposed], view);
                    if distance < least {
                        least = distance;
                        chosen = proposed;
                    }
                }
                chosen
            }
        }
    }

    /// The product nearest to a point.
    #[inline(always)]
    pub fn nearest(&self, point: &[f64; K]) -> usize {
        let mut best = 0;
        let mut least = f64::INFINITY;
        for (m, product) in self.products.iter().enumerate() {
            let distance = squared(product, point);
            if distance < least {
                least = distance;
                best = m;
            }
        }
        best
    }
}

impl<const K: usize> Standing<K> {
    pub fn new(offer: Offer, first_guess: [f64; K]) -> Self {
        Self {
            offer,
            first_guess,
            observed: (0.0, [0.0; K]),
            mean: first_guess,
            variance: 0.0,
            reputation: FIRST_REPUTATION,
            sold: 0.0,
            wtp: 0.0,
            cost: 0.0,
        }
    }

    /// Population-level knowledge from earlier periods.
    pub fn learn(&mut self) {
        let (count, sum) = self.observed;
        let w = INERTIA_OF_FIRM / (INERTIA_OF_FIRM + count);
        self.mean = std::array::from_fn(|d| {
            let seen = if count > 0.0 { sum[d] / count } else { 0.0 };
            w * self.first_guess[d] + (1.0 - w) * seen
        });
        self.variance = 1.0 + PRIOR_SD * PRIOR_SD * w;
    }

    /// Reputation follows the period's experiences, which are counted anew.
    pub fn end_period(&mut self) {
        if self.sold > 0.0 {
            self.reputation += REPUTATION_SPEED * (self.wtp / self.sold - self.reputation);
        }
        (self.sold, self.wtp, self.cost) = (0.0, 0.0, 0.0);
    }

    /// What is not known of a customer after a history of this precision: one less the knowledge index.
    #[inline(always)]
    pub fn unknown(&self, precision: f64) -> f64 {
        1.0 / (precision + 1.0 / self.variance) / (1.0 + PRIOR_SD * PRIOR_SD)
    }
}

#[inline(always)]
pub fn squared<const K: usize>(a: &[f64; K], b: &[f64; K]) -> f64 {
    (0..K).map(|d| (a[d] - b[d]) * (a[d] - b[d])).sum()
}
