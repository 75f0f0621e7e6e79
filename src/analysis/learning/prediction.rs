//! The individual learning curve that Bayesian learning predicts (section 4 of the model).
//!
//! Before its n-th transaction a customer who shares data has left the firm n - 1 observations of variance
//! v = sigma^2 + signal_noise^2, hence the precision P, with P <- (1 - phi) P + 1/v per transaction. From V, the variance that
//! the firm's prior then has, follow the posterior variance pv = 1 / (P + 1/V) and the knowledge index
//! k = 1 - pv / (tau^2 + iota^2). V is taken from the run, as the firm's population knowledge 1 - V / (tau^2 + iota^2) when it met
//! the customer: the prediction is what the customer's own history adds to that, and the mean over all first transactions.
//!
//! The need of the next transaction differs from the estimate by N(0, pv + sigma^2) in each of K dimensions. With
//! E exp(-e^2 / (2 h^2)) = (1 + s^2/h^2)^(-1/2) for e ~ N(0, s) a product made exactly to the estimate would have the fit
//! (1 + (pv + sigma^2) / h^2)^(-K/2).

use super::{LONGEST, Series};
use crate::analysis::Estimate;
use crate::scenario::{Experience, ExperienceRule, Phase, Scenario, Selection};
use crate::table::Batch;

/// What Bayesian learning predicts; estimates without intervals.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Predicted {
    /// Mean knowledge index before the n-th transaction; none where what decides it varies: the experience by customer or in the
    /// course of the run, or where customers bring a history along.
    pub knowledge: Option<Series>,
    /// Mean fit of a product made exactly to the firm's estimate; none where customers choose among all products or tastes change, too.
    pub fit: Option<Series>,
}

/// What decides the curve of one population's customers with one firm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Terms {
    /// tau^2 + iota^2.
    pub initial: f64,
    /// v: variance of an observation.
    pub noise: f64,
    /// sigma^2: variance of needs about the taste.
    pub variety: f64,
    /// Share of the customers of whom the firm learns individually.
    pub known: f64,
    /// phi: forgetting per transaction.
    pub forgetting: f64,
    /// Squared fit tolerance and number of taste dimensions, where the estimate decides the product.
    pub fit: Option<(f64, f64)>,
}

impl Terms {
    /// The terms throughout a run; none where they change, or differ from customer to customer.
    fn of(phases: &[Phase], firm: usize, population: usize) -> Option<Self> {
        let (first, later) = phases.split_first()?;
        let terms = Self::in_phase(first, firm, population)?;
        let taste = &first.populations[population].taste;
        let mut moves = taste.drift > 0.0;
        for phase in later {
            if (Self::in_phase(phase, firm, population)?) != terms {
                return None;
            }
            moves |= phase.populations[population].taste != *taste;
        }
        let fit = terms.fit.filter(|_| !moves);
        Some(Self { fit, ..terms })
    }

    fn in_phase(phase: &Phase, firm: usize, population: usize) -> Option<Self> {
        let (market, firms) = (&phase.market, &phase.firms);
        if market.data_portability > 0.0 && firms.len() > 1 {
            return None;
        }
        let (firm, population) = (&firms[firm], &phase.populations[population]);
        let offered = offered(phase, &firm.experience, &population.name)?;
        let (one, others) = offered.split_first()?;
        if others
            .iter()
            .any(|other| other.signal_noise != one.signal_noise)
        {
            return None;
        }
        let estimated = offered
            .iter()
            .all(|one| one.selection != Selection::Customer);
        let (learning, variety) = (&firm.learning, population.need.variety.powi(2));
        let dimensions = market.taste_dimensions as f64;
        Some(Self {
            initial: population.taste.spread.powi(2) + learning.prior_sd.powi(2),
            noise: variety + one.signal_noise.powi(2),
            variety,
            known: if learning.individual {
                population.data_sharing
            } else {
                0.0
            },
            forgetting: learning.individual_forgetting,
            fit: estimated.then_some((market.fit_tolerance.powi(2), dimensions)),
        })
    }

    /// P before every transaction, of a customer whose history the firm keeps.
    fn precisions(&self) -> Vec<f64> {
        let next = |&precision: &f64| Some((1.0 - self.forgetting) * precision + 1.0 / self.noise);
        std::iter::successors(Some(0.0), next)
            .take(LONGEST)
            .collect()
    }

    /// Knowledge and fit (NaN where the estimate does not decide it) at a precision, from V on.
    pub fn at(&self, precision: f64, prior: f64) -> [f64; 2] {
        let of_known = self.of_one(1.0 / (precision + 1.0 / prior));
        let of_others = self.of_one(prior);
        std::array::from_fn(|of| self.known * of_known[of] + (1.0 - self.known) * of_others[of])
    }

    /// The same of one customer, at a posterior variance.
    fn of_one(&self, variance: f64) -> [f64; 2] {
        let fit = self.fit.map_or(f64::NAN, |(tolerance, dimensions)| {
            libm::pow(
                1.0 + (variance + self.variety) / tolerance,
                -dimensions / 2.0,
            )
        });
        [1.0 - variance / self.initial, fit]
    }
}

/// The experiences that a rule may give to customers of a population; none where the rule or a name is not known.
fn offered<'a>(
    phase: &'a Phase,
    rule: &ExperienceRule,
    population: &str,
) -> Option<Vec<&'a Experience>> {
    let names: Vec<&str> = match rule {
        ExperienceRule::Portfolio {
            by_need,
            by_population,
            otherwise,
        } => {
            let own = by_population.get(population).or(otherwise.as_ref());
            let names = by_need.values().chain(own).map(String::as_str);
            names.collect()
        }
        // what others offer may be anything
        ExperienceRule::Imitate { .. } => phase.experiences.keys().map(String::as_str).collect(),
        ExperienceRule::Fixed(_)
        | ExperienceRule::Graduated { .. }
        | ExperienceRule::Adaptive { .. } => rule.names(),
    };
    names
        .into_iter()
        .map(|name| phase.experiences.get(name))
        .collect()
}

/// Adds predictions up over first transactions.
#[derive(Debug, Clone)]
pub(super) struct PredictionTable {
    populations: Vec<String>,
    /// By firm and population.
    terms: Vec<Vec<Option<Course>>>,
    firms: Vec<Sums>,
}

/// The terms, and P before every transaction.
type Course = (Terms, Vec<f64>);

#[derive(Debug, Clone)]
struct Sums {
    newcomers: f64,
    /// Knowledge and fit by transaction, times newcomers.
    sums: Vec<[f64; 2]>,
}

impl PredictionTable {
    pub fn new(scenario: &Scenario) -> Self {
        // a scenario that does not resolve has no parameters, and nothing is predicted
        let phases = scenario.phases().unwrap_or_default();
        let names: Vec<String> = scenario
            .populations
            .iter()
            .map(|population| population.name.clone())
            .collect();
        let terms = |firm: usize| {
            let of = |population| {
                let terms = Terms::of(&phases, firm, population)?;
                Some((terms, terms.precisions()))
            };
            (0..names.len()).map(of).collect()
        };
        let none = Sums {
            newcomers: 0.0,
            sums: vec![[0.0; 2]; LONGEST],
        };
        Self {
            terms: (0..scenario.firms.len()).map(terms).collect(),
            firms: vec![none; scenario.firms.len()],
            populations: names,
        }
    }

    /// Takes in rows of the table `periods`.
    pub fn take(&mut self, batch: &Batch, firms: &[Option<usize>]) {
        let newcomers = batch.integers("first_time");
        let known = batch.numbers("population_knowledge");
        for (row, &population) in batch.labels("population").iter().enumerate() {
            let Some(firm) = firms[row].filter(|_| newcomers[row] > 0) else {
                continue;
            };
            let name = batch.vocabulary().name(population);
            let Some(population) = self.populations.iter().position(|known| known == name) else {
                continue;
            };
            let weight = newcomers[row] as f64;
            let sums = &mut self.firms[firm];
            sums.newcomers += weight;
            let Some((terms, precisions)) = &self.terms[firm][population] else {
                continue;
            };
            let prior = (1.0 - known[row]) * terms.initial;
            for (sums, &precision) in sums.sums.iter_mut().zip(precisions) {
                for (sum, value) in sums.iter_mut().zip(terms.at(precision, prior)) {
                    *sum += weight * value;
                }
            }
        }
    }

    /// The predictions of every firm.
    pub fn finish(self) -> Vec<Predicted> {
        let firms = self.firms.iter().zip(&self.terms);
        firms.map(|(sums, terms)| predicted(sums, terms)).collect()
    }
}

/// A firm's predictions, where there is one for each of its populations.
fn predicted(sums: &Sums, terms: &[Option<Course>]) -> Predicted {
    let each = |holds: fn(&Terms) -> bool| {
        let mut terms = terms.iter();
        terms.all(|terms| terms.as_ref().is_some_and(|(terms, _)| holds(terms)))
    };
    let series = |of: usize| -> Series {
        let mean = |sum: &[f64; 2]| Estimate {
            mean: sum[of] / sums.newcomers,
            ..Estimate::EMPTY
        };
        sums.sums.iter().map(mean).collect()
    };
    Predicted {
        knowledge: each(|_| true).then(|| series(0)),
        fit: each(|terms| terms.fit.is_some()).then(|| series(1)),
    }
}
