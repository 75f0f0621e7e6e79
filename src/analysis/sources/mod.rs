//! Sources of advantage: what a firm owes to individual-level and what to population-level learning.
//!
//! # Usual flow
//!
//! 1. The focal firm is simulated in the four [`WORLDS`], all else and all random draws equal.
//! 2. [`SourcesCollector::take`] takes in a replicate's four series of the outcome.
//! 3. [`SourcesCollector::finish`] gives [`Sources`]: Shapley values and complementarity, period by period and at
//!    the end, as means of paired differences with 95 % intervals.
//!
//! Source of the formulas: L. S. Shapley (1953), A value for n-person games, for two players; section 8 of the model.

mod kind;
mod table;
#[cfg(test)]
mod tests;

pub use table::SourcesReader;

use super::paired::{Contrast, weighted};
use super::{Estimate, Moments};
use crate::scenario::Quantity;

/// Whether the focal firm learns about individuals and across the population, in one of the four worlds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct World {
    /// Individual-level learning.
    pub individual: bool,
    /// Population-level learning.
    pub population: bool,
}

/// The four worlds: A00, A10, A01 and A11 of the model.
pub const WORLDS: [World; 4] = [
    World {
        individual: false,
        population: false,
    },
    World {
        individual: true,
        population: false,
    },
    World {
        individual: false,
        population: true,
    },
    World {
        individual: true,
        population: true,
    },
];

impl World {
    /// Its name in tables, in the order of [`WORLDS`].
    pub const NAMES: [&'static str; 4] = ["neither", "only_individual", "only_population", "both"];
}

/// A part of what learning adds to the outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Shapley value of individual-level learning: ((A10 - A00) + (A11 - A01)) / 2.
    Individual,
    /// Shapley value of population-level learning: ((A01 - A00) + (A11 - A10)) / 2.
    Population,
    /// What both add, A11 - A00: the sum of the two.
    Total,
    /// What both add beyond the sum of what each adds alone: A11 - A10 - A01 + A00.
    Complementarity,
}

impl Part {
    /// All parts.
    pub const ALL: [Self; 4] = [
        Self::Individual,
        Self::Population,
        Self::Total,
        Self::Complementarity,
    ];

    /// Its name in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Individual => "individual",
            Self::Population => "population",
            Self::Total => "total",
            Self::Complementarity => "complementarity",
        }
    }

    /// The weight of each of the [`WORLDS`].
    #[must_use]
    pub const fn weights(self) -> [f64; 4] {
        match self {
            Self::Individual => [-0.5, 0.5, -0.5, 0.5],
            Self::Population => [-0.5, -0.5, 0.5, 0.5],
            Self::Total => [-1.0, 0.0, 0.0, 1.0],
            Self::Complementarity => [1.0, -1.0, -1.0, 1.0],
        }
    }

    /// The part in one replicate, from the outcome in each of the [`WORLDS`].
    #[must_use]
    pub fn of(self, outcomes: [f64; 4]) -> f64 {
        weighted(self.weights(), outcomes)
    }
}

/// A part over replicates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    /// Mean of the paired differences with its interval.
    pub estimate: Estimate,
    /// Variance with independent draws over that with common ones; NaN where nothing varies.
    pub variance_reduction: f64,
}

/// An outcome taken apart, over the replicates that have a value in all four worlds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Decomposition {
    /// The outcome in each of the [`WORLDS`].
    pub worlds: [Estimate; 4],
    /// In the order of [`Part::ALL`].
    pub parts: [Measured; 4],
}

impl Decomposition {
    /// A part.
    #[must_use]
    pub fn part(&self, part: Part) -> Measured {
        self.parts[part as usize]
    }
}

/// The focal firm with one experience.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The experience; for the firm's own rule, the kind of the rule.
    pub experience: String,
    /// Whether the scenario gives the firm this experience.
    pub own: bool,
    /// By period.
    pub periods: Vec<Decomposition>,
    /// Over the last tenth of the periods; of cumulative profit, in the last period.
    pub closing: Decomposition,
}

/// What learning adds to an outcome of a firm, with its own experience and with others in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Sources {
    /// The focal firm.
    pub firm: String,
    /// What is measured.
    pub outcome: Quantity,
    /// Its own experience first.
    pub candidates: Vec<Candidate>,
}

/// Takes in replicates.
#[derive(Debug)]
pub struct SourcesCollector {
    outcome: Quantity,
    periods: usize,
    /// By candidate: splits by period, then that of the closing window.
    splits: Vec<Vec<Split>>,
}

impl SourcesCollector {
    /// A collector for so many candidates over so many periods.
    #[must_use]
    pub fn new(outcome: Quantity, candidates: usize, periods: usize) -> Self {
        Self {
            outcome,
            periods,
            splits: vec![vec![Split::default(); periods + 1]; candidates],
        }
    }

    /// Takes in a candidate's outcome by period (NaN is empty) in each of the [`WORLDS`], in one replicate.
    ///
    /// Gives the outcome in each of them over the closing window.
    pub fn take(&mut self, candidate: usize, series: [&[f64]; 4]) -> [f64; 4] {
        let splits = &mut self.splits[candidate];
        let at = |period: usize| series.map(|world| world.get(period).copied().unwrap_or(f64::NAN));
        for (period, split) in splits.iter_mut().take(self.periods).enumerate() {
            split.add(at(period));
        }
        let window = self
            .outcome
            .window(u32::try_from(self.periods).unwrap_or(u32::MAX));
        let mut means = [Moments::default(); 4];
        for outcomes in window.map(|period| at(period as usize)) {
            // a period counts only where all worlds have a value, or they would be means over different periods
            if outcomes.iter().all(|outcome| !outcome.is_nan()) {
                means
                    .iter_mut()
                    .zip(outcomes)
                    .for_each(|(mean, outcome)| mean.add(outcome));
            }
        }
        let closing = means.map(|mean| mean.mean());
        splits[self.periods].add(closing);
        closing
    }

    /// What all replicates so far amount to; `candidates` are the experiences, with whether each is the firm's own.
    #[must_use]
    pub fn finish(self, firm: &str, candidates: &[(String, bool)]) -> Sources {
        let outcome = self.outcome;
        let of = |splits: &[Split]| {
            splits
                .iter()
                .map(|split| split.decomposition(outcome))
                .collect()
        };
        let candidate = |((experience, own), splits): (&(String, bool), Vec<Split>)| {
            let mut periods: Vec<Decomposition> = of(&splits);
            let closing = periods.pop();
            Candidate {
                experience: experience.clone(),
                own: *own,
                periods,
                closing: closing.unwrap_or_else(|| Split::default().decomposition(outcome)),
            }
        };
        Sources {
            firm: firm.to_owned(),
            outcome: self.outcome,
            candidates: candidates.iter().zip(self.splits).map(candidate).collect(),
        }
    }
}

/// The parts of one outcome over the replicates so far.
#[derive(Debug, Clone, Copy)]
struct Split([Contrast<4>; 4]);

impl Default for Split {
    fn default() -> Self {
        Self(Part::ALL.map(|part| Contrast::new(part.weights())))
    }
}

impl Split {
    fn add(&mut self, outcomes: [f64; 4]) {
        self.0
            .iter_mut()
            .for_each(|contrast| contrast.add(outcomes));
    }

    fn decomposition(&self, outcome: Quantity) -> Decomposition {
        let range = outcome.range();
        let worlds = self.0[0].variants();
        Decomposition {
            worlds: worlds.map(|world| world.within(range)),
            parts: self.0.map(|contrast| Measured {
                estimate: contrast.estimate_of(range),
                variance_reduction: contrast.variance_reduction(),
            }),
        }
    }
}
