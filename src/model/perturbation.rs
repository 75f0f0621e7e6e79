//! A small push to one firm's learning loop, whose consequences are what is asked for (section 8 of the model).
//!
//! A market with a perturbation and the same market without differ by the push and by what follows from
//! it, since no draw of any customer depends on it. Ordinary runs have none.

use crate::random::{Family, Key, NormalKeys, Purpose, Source};
use crate::scenario::{Diagnostics, Problem, Scenario};

/// A push to one firm; [`Perturbation::of`] gives one that does nothing yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Perturbation {
    /// Name of the firm.
    pub firm: String,
    /// Period `t0`, counted from 0: that of the head start, and the first in which the others act.
    pub period: u32,
    /// Periods, from `t0` on, in which `fit`, `wtp` and `taught_twice` act.
    pub window: u32,
    /// Knowledge that the firm is given about its customers in `t0`.
    pub head_start: HeadStart,
    /// Added to the fit of its transactions, before fit enters anything else; the sum stays in 0 to 1.
    pub fit: f64,
    /// Added to the willingness to pay in its transactions: what customers experience, and all that follows from that.
    pub wtp: f64,
    /// Part of its transactions, 0 to 1, drawn at random, that teach it as much as two.
    pub taught_twice: f64,
}

/// Knowledge given to a firm: every home customer who shares data is observed so much more, if the firm learns
/// individually. With precision `dP` = n/v, `P += dP` and `S += dP ybar`, the mean observation `ybar` being
/// `theta + N(0, 1/sqrt(dP))`. Its draws depend on population, customer and period, not on the firm.
///
/// It is given after the rules of step 3 and before the first customer of step 4: the rules say which
/// experience, and with it which `v`, a customer gets, and everything that the customer does in the
/// period already meets the better informed firm. Those who have the firm for a home then are those
/// whom the tables count at the end of the period before; in period 0 there are none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum HeadStart {
    /// This precision `dP` (0 or more; the taste's unit is that of the tolerance).
    Precision(f64),
    /// As much precision as this many observations (0 or more) in the experience that the firm gives the customer: `dP` = n/v.
    Observations(f64),
}

impl Perturbation {
    /// Of this firm, in this period and for as long as the market lasts, of no size yet.
    #[must_use]
    pub fn of(firm: &str, period: u32) -> Self {
        Self {
            firm: firm.to_owned(),
            period,
            window: u32::MAX,
            head_start: HeadStart::Precision(0.0),
            fit: 0.0,
            wtp: 0.0,
            taught_twice: 0.0,
        }
    }

    /// Holds it against a scenario.
    ///
    /// # Errors
    /// If the scenario has no such firm, or a size is out of its range.
    pub(super) fn check(&self, scenario: &Scenario) -> Result<(), Diagnostics> {
        let mut problems = Vec::new();
        let mut demand = |met: bool, what: String| {
            if !met {
                problems.push(Problem::new(what));
            }
        };
        let known = scenario.firms.iter().any(|firm| firm.name == self.firm);
        let firm = &self.firm;
        demand(known, format!("there is no firm named `{firm}` to perturb"));
        let (HeadStart::Precision(size) | HeadStart::Observations(size)) = self.head_start;
        demand(
            size.is_finite() && size >= 0.0,
            format!("the head start of {firm} is {size}; it should be a number from 0 on"),
        );
        for (what, size) in [("fit", self.fit), ("willingness to pay", self.wtp)] {
            demand(
                size.is_finite(),
                format!("the {what} of {firm} is to be raised by {size}; it should be a number"),
            );
        }
        let part = self.taught_twice;
        demand(
            (0.0..=1.0).contains(&part),
            format!(
                "the part of its transactions that teach {firm} twice is {part}; it should be from 0 to 1"
            ),
        );
        Diagnostics::check(&scenario.name, problems)
    }
}

/// A perturbation in a market.
#[derive(Debug, Clone)]
pub(super) struct Perturbed {
    /// Position of the firm.
    pub firm: usize,
    size: Perturbation,
    /// Draws of the transactions that teach twice, by population.
    taught_twice: Vec<Family>,
    /// Draws of the errors of a head start, by population.
    errors: Vec<Family>,
}

/// What a firm's transactions with one population have on top in a period.
#[derive(Debug, Clone, Copy)]
pub(super) struct Push {
    fit: f32,
    wtp: f32,
    taught_twice: f32,
    key: Key,
}

impl Perturbed {
    /// A checked perturbation of a scenario's market.
    pub fn new(source: &Source, scenario: &Scenario, size: &Perturbation) -> Self {
        let firm = scenario.firms.iter().position(|it| it.name == size.firm);
        let families = scenario
            .populations
            .iter()
            .map(|population| source.family(Purpose::TaughtTwice, &[&population.name, &size.firm]));
        Self {
            firm: firm.expect("a checked perturbation names a firm of the scenario"),
            taught_twice: families.collect(),
            errors: (scenario.populations.iter())
                .map(|population| source.family(Purpose::HeadStart, &[&population.name]))
                .collect(),
            size: size.clone(),
        }
    }

    /// The period in which it begins.
    pub fn period(&self) -> u32 {
        self.size.period
    }

    /// The head start that is due in a period.
    pub fn head_start(&self, period: u32) -> Option<HeadStart> {
        (period == self.size.period).then_some(self.size.head_start)
    }

    /// The draws of the errors of a head start in a period, with the customers of population `s`.
    pub fn errors(&self, s: usize, period: u32, dimensions: usize) -> NormalKeys {
        self.errors[s].normal_keys(period, dimensions)
    }

    /// What transactions of firm `j` with population `s` have on top in a period.
    pub fn push(&self, j: usize, s: usize, period: u32) -> Option<Push> {
        let begun = period.checked_sub(self.size.period);
        let acts = begun.is_some_and(|periods| periods < self.size.window);
        (j == self.firm && acts).then(|| Push {
            fit: self.size.fit as f32,
            wtp: self.size.wtp as f32,
            taught_twice: self.size.taught_twice as f32,
            key: self.taught_twice[s].key(period, 0),
        })
    }
}

impl Push {
    /// Fit, raised.
    #[inline(always)]
    pub fn fit(&self, fit: f32) -> f32 {
        (fit + self.fit).clamp(0.0, 1.0)
    }

    /// Willingness to pay, raised.
    #[inline(always)]
    pub fn wtp(&self, wtp: f32) -> f32 {
        wtp + self.wtp
    }

    /// Whether a customer's transaction teaches as much as two.
    #[inline(always)]
    pub fn teaches_twice(&self, who: u32) -> bool {
        self.key.uniform(who) < self.taught_twice
    }
}
