//! What firms know: the hierarchical normal model of section 4.
//!
//! Population-level learning moves the prior about a newcomer and the products; individual learning
//! moves the estimate of one customer from there.

use super::parameters::{Parameters, Population};
use crate::random::{Purpose, Source, normals};
use crate::scenario::{Firm, Scenario};

/// What a firm believes about a customer of a population whom it does not know (single precision, for the customer step).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Prior<const K: usize> {
    /// Mean `M`.
    pub mean: [f32; K],
    /// 1 / `V`.
    pub precision: f32,
    /// 1 / (tau^2 + iota^2): the precision with which the firm started.
    pub initial_precision: f32,
}

/// What a firm believes about one customer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Posterior<const K: usize> {
    /// Taste estimate `th`.
    pub taste: [f32; K],
    /// Posterior variance `pv`.
    pub variance: f32,
}

impl<const K: usize> Prior<K> {
    /// Posterior variance `pv` = 1 / (P + 1/V).
    #[inline(always)]
    fn variance(&self, precision: f32) -> f32 {
        1.0 / (precision + self.precision)
    }

    /// Posterior from the precision `P` and the weighted sum `S` of a customer's history.
    #[inline(always)]
    pub fn update(&self, precision: f32, sum: &[f32; K]) -> Posterior<K> {
        let variance = self.variance(precision);
        Posterior {
            taste: std::array::from_fn(|d| variance * (sum[d] + self.mean[d] * self.precision)),
            variance,
        }
    }

    /// Knowledge index `k` = 1 - pv / (tau^2 + iota^2), in a form that is exactly 0 where nothing was learned.
    #[inline(always)]
    pub fn knowledge(&self, precision: f32) -> f32 {
        (precision + (self.precision - self.initial_precision)) * self.variance(precision)
    }

    /// Familiarity `F` = 1 - pv / V = P pv.
    #[inline(always)]
    pub fn familiarity(&self, precision: f32) -> f32 {
        precision * self.variance(precision)
    }
}

/// A count of observations and their sum.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Observations<const K: usize> {
    pub count: f64,
    pub sum: [f64; K],
}

impl<const K: usize> Observations<K> {
    pub const NONE: Self = Self {
        count: 0.0,
        sum: [0.0; K],
    };

    pub fn add(&mut self, count: f64, sum: &[f64; K]) {
        self.count += count;
        for (total, part) in self.sum.iter_mut().zip(sum) {
            *total += part;
        }
    }

    pub fn forget(&mut self, forgetting: f64) {
        self.count *= 1.0 - forgetting;
        for total in &mut self.sum {
            *total *= 1.0 - forgetting;
        }
    }
}

/// One firm's population-level knowledge and products.
#[derive(Debug, Clone)]
pub(super) struct FirmKnowledge<const K: usize> {
    /// `iota`^2.
    prior_variance: f64,
    /// `N0`.
    inertia: f64,
    /// `M0` by population.
    first_guess: Vec<[f64; K]>,
    /// `M` by population, as last learned.
    mean: Vec<[f64; K]>,
    /// `w` by population, as last learned.
    weight: Vec<f64>,
    /// Own statistics by population.
    pub observations: Vec<Observations<K>>,
    /// Products as they were at the start.
    first_products: Vec<[f64; K]>,
    /// Taste estimates assigned to each product.
    pub assigned: Vec<Observations<K>>,
    /// Products `b`.
    pub products: Vec<[f32; K]>,
}

impl<const K: usize> FirmKnowledge<K> {
    /// A firm's knowledge at the start (section 2): a guess of each population's mean taste, products around it.
    pub fn at_start(
        source: &Source,
        scenario: &Scenario,
        parameters: &Parameters<K>,
        firm: &Firm,
    ) -> Self {
        let equal = scenario.market.equal_start;
        let draw = |purpose: Purpose, population: &str, number: u32| -> [f32; K] {
            let whose = [population, firm.name.as_str()];
            let family = source.family(purpose, &whose[..if equal { 1 } else { 2 }]);
            normals(&family.normal_keys(0, parameters.dimensions), number)
        };
        let populations = || scenario.populations.iter().zip(&parameters.populations);
        let first_guess: Vec<[f64; K]> = populations()
            .map(|(named, population)| {
                let z = draw(Purpose::FirstGuess, &named.name, 0);
                std::array::from_fn(|d| {
                    f64::from(population.taste_mean[d]) + firm.learning.prior_sd * f64::from(z[d])
                })
            })
            .collect();
        let customers: Vec<u32> = scenario
            .populations
            .iter()
            .map(|named| named.customers)
            .collect();
        let mut first_products = Vec::with_capacity(firm.assortment as usize);
        for ((s, (named, population)), share) in populations()
            .enumerate()
            .zip(allot(firm.assortment, &customers))
        {
            for _ in 0..share {
                let number = u32::try_from(first_products.len()).unwrap_or(u32::MAX);
                let z = draw(Purpose::FirstProducts, &named.name, number);
                first_products.push(std::array::from_fn(|d| {
                    first_guess[s][d] + f64::from(population.taste_spread * z[d])
                }));
            }
        }
        let mut knowledge = Self {
            prior_variance: firm.learning.prior_sd * firm.learning.prior_sd,
            inertia: firm.learning.inertia,
            mean: first_guess.clone(),
            weight: vec![1.0; first_guess.len()],
            observations: vec![Observations::NONE; first_guess.len()],
            assigned: vec![Observations::NONE; first_products.len()],
            products: vec![[0.0; K]; first_products.len()],
            first_guess,
            first_products,
        };
        knowledge.place_products();
        knowledge
    }

    /// Learns from the observations of all earlier periods: own ones, or those of all firms (section 3, step 2).
    pub fn learn(&mut self, observations: &[Observations<K>]) {
        for (s, seen) in observations.iter().enumerate() {
            let w = self.inertia / (self.inertia + seen.count);
            self.weight[s] = w;
            self.mean[s] = std::array::from_fn(|d| {
                let observed = if seen.count > 0.0 {
                    seen.sum[d] / seen.count
                } else {
                    0.0
                };
                w * self.first_guess[s][d] + (1.0 - w) * observed
            });
        }
        self.place_products();
    }

    /// Products are the weighted mean of where they started and of the taste estimates assigned to them.
    fn place_products(&mut self) {
        let m = self.first_products.len();
        let weight = self.inertia / m as f64;
        for (number, (first, assigned)) in
            self.first_products.iter().zip(&self.assigned).enumerate()
        {
            let place = std::array::from_fn(|d| {
                ((weight * first[d] + assigned.sum[d]) / (weight + assigned.count)) as f32
            });
            self.products[number] = place;
        }
    }

    /// Forgets part of the population-level data, once a period.
    pub fn forget(&mut self, forgetting: f64) {
        if forgetting > 0.0 {
            let all = self.observations.iter_mut().chain(&mut self.assigned);
            all.for_each(|observations| observations.forget(forgetting));
        }
    }

    /// The prior about an unknown customer of population `s`: mean `M`, variance `V` = tau^2 + iota^2 w.
    pub fn prior(&self, s: usize, population: &Population<K>) -> Prior<K> {
        let taste_variance = f64::from(population.taste_spread).powi(2);
        Prior {
            mean: self.mean[s].map(|mean| mean as f32),
            precision: (1.0 / (taste_variance + self.prior_variance * self.weight[s])) as f32,
            initial_precision: (1.0 / (taste_variance + self.prior_variance)) as f32,
        }
    }

    /// What population-level learning alone resolves: 1 - V / (tau^2 + iota^2).
    pub fn population_knowledge(&self, s: usize, population: &Population<K>) -> f64 {
        let taste_variance = f64::from(population.taste_spread).powi(2);
        self.prior_variance * (1.0 - self.weight[s]) / (taste_variance + self.prior_variance)
    }
}

/// Splits `products` in proportion to `customers` by largest remainder, ties to the one listed first.
pub(super) fn allot(products: u32, customers: &[u32]) -> Vec<u32> {
    let total: u64 = customers.iter().map(|&n| u64::from(n)).sum();
    let quota = |n: u32| u64::from(products) * u64::from(n);
    let mut shares: Vec<u32> = customers
        .iter()
        .map(|&n| u32::try_from(quota(n) / total).unwrap_or(products))
        .collect();
    let mut by_remainder: Vec<usize> = (0..customers.len()).collect();
    by_remainder.sort_by_key(|&s| std::cmp::Reverse(quota(customers[s]) % total));
    let left = products - shares.iter().sum::<u32>();
    for &s in by_remainder.iter().take(left as usize) {
        shares[s] += 1;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_allotted_by_largest_remainder() {
        assert_eq!(allot(12, &[5000]), [12]);
        assert_eq!(allot(12, &[1, 1]), [6, 6]);
        assert_eq!(allot(1, &[5, 5]), [1, 0]);
        assert_eq!(allot(10, &[6, 3, 2]), [5, 3, 2]);
        assert_eq!(allot(2, &[1, 100, 100]), [0, 1, 1]);
    }

    #[test]
    fn posterior_follows_the_normal_model() {
        let prior = Prior::<1> {
            mean: [1.0],
            precision: 0.5,
            initial_precision: 0.25,
        };
        let none = prior.update(0.0, &[0.0]);
        assert_eq!((none.taste, none.variance), ([1.0], 2.0));
        assert_eq!((prior.knowledge(0.0), prior.familiarity(0.0)), (0.5, 0.0));
        // two observations of variance 4 with values 3 and 5: P = 0.5, S = 2
        let two = prior.update(0.5, &[2.0]);
        assert_eq!((two.taste, two.variance), ([2.5], 1.0));
        assert_eq!((prior.knowledge(0.5), prior.familiarity(0.5)), (0.75, 0.5));
    }
}
