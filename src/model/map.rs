//! The map of tastes: where customers are, what firms offer, and where firms believe customers to be.

use super::customers::Block;
use super::firms::Firm;
use super::parameters::Population;

/// A market's map, as the last period left it (before the first: as it is at the start).
///
/// Points are in the space of tastes, with as many coordinates as there are taste dimensions.
#[derive(Debug, Clone, PartialEq)]
pub struct TasteMap {
    /// Periods simulated so far.
    pub period: u32,
    /// By population in the order of the scenario: the tastes of a sample of its customers.
    pub tastes: Vec<Vec<Vec<f32>>>,
    /// By population: every how many customers one is in the sample, so that the i-th there is customer i times this.
    pub steps: Vec<u32>,
    /// By firm in the order of the scenario.
    pub firms: Vec<FirmOnMap>,
}

/// One firm on a [`TasteMap`].
#[derive(Debug, Clone, PartialEq)]
pub struct FirmOnMap {
    /// Whether it was in the market in the last period.
    pub acting: bool,
    /// Where its products were in the last period.
    pub products: Vec<Vec<f32>>,
    /// What it believes of customers whom it knows.
    pub believes: Vec<FirmOfPopulation>,
}

/// What a firm believes of a population.
#[derive(Debug, Clone, PartialEq)]
pub struct FirmOfPopulation {
    /// Where it expected a newcomer to be in the last period: the prior mean `M`.
    pub prior_mean: Vec<f32>,
    /// Its home customers in the population.
    pub customers: u64,
    /// Mean taste estimate of all of them; empty without any.
    pub mean_estimate: Vec<f64>,
    /// Mean true taste of all of them; empty without any.
    pub mean_taste: Vec<f64>,
    /// Of those in the sample: what it believes, and what is true.
    pub estimates: Vec<BelievedTaste>,
}

/// What a firm believes of one of its home customers.
#[derive(Debug, Clone, PartialEq)]
pub struct BelievedTaste {
    /// The customer's number in the population.
    pub number: u32,
    /// The firm's taste estimate.
    pub estimate: Vec<f32>,
    /// The true taste.
    pub taste: Vec<f32>,
}

/// What the map of one market is drawn from.
pub(super) struct Ground<'a, const K: usize> {
    pub period: u32,
    pub dimensions: usize,
    pub populations: &'a [Population<K>],
    pub blocks: &'a [Block<K>],
    pub firms: &'a [Firm<K>],
    /// Whether each firm learns individually.
    pub individual: Vec<bool>,
}

impl<const K: usize> Ground<'_, K> {
    /// The map, with at most `most` customers of each population: every so many, from the first on.
    pub fn map(&self, most: usize) -> TasteMap {
        let populations = 0..self.populations.len();
        let steps = populations.map(|s| step(self.customers(s).count(), most));
        self.map_every(steps.collect())
    }

    /// The map, with every so many customers of each population, from the first on.
    pub fn map_every(&self, steps: Vec<u32>) -> TasteMap {
        let populations = || steps.iter().enumerate();
        let firms = self.firms.iter().enumerate().map(|(j, firm)| FirmOnMap {
            acting: firm.acting,
            products: firm
                .knowledge
                .products
                .iter()
                .map(|place| self.point(place))
                .collect(),
            believes: populations()
                .map(|(s, &step)| self.believes(j, s, step))
                .collect(),
        });
        let tastes = populations().map(|(s, &step)| {
            self.customers(s)
                .filter(|(block, i)| block.number(*i).is_multiple_of(step))
                .map(|(block, i)| self.point(&block.taste[i]))
                .collect()
        });
        TasteMap {
            period: self.period,
            firms: firms.collect(),
            tastes: tastes.collect(),
            steps,
        }
    }

    /// A point in the dimensions that the market has.
    fn point(&self, place: &[f32; K]) -> Vec<f32> {
        place[..self.dimensions].to_vec()
    }

    /// The customers of a population, in order.
    fn customers(&self, s: usize) -> impl Iterator<Item = (&Block<K>, usize)> {
        let blocks = self
            .blocks
            .iter()
            .filter(move |block| block.population == s);
        blocks.flat_map(|block| (0..block.len()).map(move |i| (block, i)))
    }

    /// What firm `j` believes of population `s`.
    fn believes(&self, j: usize, s: usize, step: u32) -> FirmOfPopulation {
        let prior = self.firms[j].knowledge.prior(s, &self.populations[s]);
        let mut customers = 0_u64;
        let (mut estimated, mut true_taste) = ([0.0; K], [0.0; K]);
        let mut estimates = Vec::new();
        let at_home = self
            .customers(s)
            .filter(|(block, i)| usize::from(block.home[*i]) == j);
        for (block, i) in at_home {
            let (precision, sum) = if self.individual[j] {
                block.relations.history(i, j)
            } else {
                (0.0, [0.0; K])
            };
            let estimate = prior.update(precision, &sum).taste;
            let taste = block.taste[i];
            customers += 1;
            for d in 0..K {
                estimated[d] += f64::from(estimate[d]);
                true_taste[d] += f64::from(taste[d]);
            }
            if block.number(i).is_multiple_of(step) {
                estimates.push(BelievedTaste {
                    number: block.number(i),
                    estimate: self.point(&estimate),
                    taste: self.point(&taste),
                });
            }
        }
        let mean = |sum: [f64; K]| {
            let means = sum[..self.dimensions]
                .iter()
                .map(|sum| sum / customers as f64);
            if customers > 0 {
                means.collect()
            } else {
                Vec::new()
            }
        };
        FirmOfPopulation {
            prior_mean: self.point(&prior.mean),
            customers,
            mean_estimate: mean(estimated),
            mean_taste: mean(true_taste),
            estimates,
        }
    }
}

/// Every how many of so many customers one is in a sample of at most `most`.
pub(super) fn step(customers: usize, most: usize) -> u32 {
    u32::try_from(customers.div_ceil(most.max(1)).max(1)).unwrap_or(u32::MAX)
}
