//! Games from simulated payoffs: pure and mixed equilibria, regret, best-response cycles.
//!
//! Firms are players, experiences are strategies, and the payoff of every profile comes from simulation with common random
//! numbers, so that deviations are compared replicate by replicate.
//!
//! # Usual flow
//!
//! 1. A [`Shape`] says which players are interchangeable, and lists the profiles.
//! 2. The caller simulates every profile and fills [`Payoffs`]; [`Rounds`] says which profiles need more replicates.
//! 3. [`solve`] finds all that the payoffs tell: a [`Game`].
//!
//! # Architecture
//!
//! `stability` judges profiles, `cycles` follows best responses. For mixed strategies `field` turns payoffs into polynomials,
//! `rest` finds where they are in equilibrium, `dynamics` follows the replicator dynamics, and `mixture` brings both together
//! with intervals. `found` lists all equilibria, `tables` writes and reads what was found. No function here draws at random: equal payoffs give equal results, bit for bit.
//!
//! # Example
//!
//! Hawks and doves who fight over 2 at a cost of 3:
//!
//! ```
//! use flywheel::analysis::game::{Payoffs, Shape, solve};
//!
//! let (value, cost) = (2.0, 3.0);
//! // two equal players; strategy 0 is the hawk
//! let payoffs = Payoffs::exact(Shape::new(&[2], 2), |counts, own| match (own, counts[0]) {
//!     (0, 2) => (value - cost) / 2.0,
//!     (0, _) => value,
//!     (_, 1) => 0.0,
//!     _ => value / 2.0,
//! });
//! let game = solve(&payoffs, 1);
//! // a hawk and a dove are an equilibrium, as profile 1 of 3
//! assert!(game.judgements[1].regret == 0.0 && game.judgements[1].confidence == 1.0);
//! // if both mix alike, hawks are as frequent as the value is of the cost, and all dynamics end there
//! let mixed = &game.mixtures.unwrap().all[0];
//! assert!((mixed.shares[0].mean - value / cost).abs() < 1e-9);
//! assert!(mixed.stable && mixed.basin == 1.0);
//! ```

mod cycles;
mod dynamics;
mod field;
mod found;
mod kind;
mod mixture;
mod payoffs;
mod rest;
mod shape;
mod stability;
mod tables;

#[cfg(test)]
mod tests;

pub use cycles::{Cycle, CycleStep};
pub use dynamics::velocity;
pub use field::Field;
pub use found::{Found, Labels};
pub use kind::Played;
pub use mixture::{Mixture, Mixtures, STARTS};
pub use payoffs::{Gain, Payoffs};
pub use shape::{Deviation, Shape};
pub use stability::{ENOUGH, Judgement, ProfileVerdict, Rounds, Standing, judge};
pub use tables::{GameReader, Numbered, to_tables};

/// What the payoffs of a game tell.
#[derive(Debug, Clone, PartialEq)]
pub struct Game {
    /// Every profile, in the order of the shape.
    pub judgements: Vec<Judgement>,
    /// Equilibria in which the players of a role mix alike; none where a payoff is not known.
    pub mixtures: Option<Mixtures>,
    /// Best-response cycles.
    pub cycles: Vec<Cycle>,
}

impl Game {
    /// By what factor common random numbers reduced the variance of what the best deviations gain: the median over profiles and
    /// strategies; none where nothing varies.
    #[must_use]
    pub fn variance_reduction(&self) -> Option<f64> {
        let standings = self
            .judgements
            .iter()
            .flat_map(|judgement| &judgement.standings);
        let mut factors: Vec<f64> = standings
            .map(|standing| standing.variance_reduction)
            .filter(|factor| factor.is_finite())
            .collect();
        factors.sort_unstable_by(f64::total_cmp);
        factors.get(factors.len() / 2).copied()
    }
}

/// Solves a game whose payoffs were looked at so many times while they were gathered (1, if all at once).
#[must_use]
pub fn solve(payoffs: &Payoffs, looks: u32) -> Game {
    let profiles = 0..payoffs.shape().profiles().len();
    let judgements: Vec<Judgement> = profiles
        .map(|profile| judge(payoffs, profile, looks))
        .collect();
    Game {
        mixtures: mixture::mixtures(payoffs, looks),
        cycles: cycles::cycles(payoffs, &judgements, looks),
        judgements,
    }
}
