//! Equilibria in mixed strategies with their intervals, and how many starts of the replicator dynamics end in each.

use super::dynamics::{End, follow, starts};
use super::payoffs::tails;
use super::rest::{Rest, Row, System, distance, equilibria};
use super::stability::bounded;
use super::{Field, Payoffs};
use crate::analysis::{Estimate, Moments};
use crate::statistics::UNIT;

/// Starts of the dynamics.
pub const STARTS: u32 = 512;
/// The dynamics have arrived at a stable state when they are as near as this.
const NEAR: f64 = 1e-3;

/// An equilibrium in which all players of a role mix in the same way; with certainty, if it is pure.
#[derive(Debug, Clone, PartialEq)]
pub struct Mixture {
    /// By slot, the probability of its strategy with its 95 % interval (linear error propagation; empty where the equilibrium
    /// is not isolated or there are no two replicates).
    pub shares: Vec<Estimate>,
    /// What players of each role earn in it.
    pub payoffs: Vec<f64>,
    /// Whether it is evolutionarily stable.
    pub stable: bool,
    /// Share of starts from which the replicator dynamics end here.
    pub basin: f64,
    /// Confidence, at least, that it mixes these strategies and that no other one gains (Bonferroni).
    pub confidence: f64,
}

/// All equilibria in which the players of a role mix alike.
#[derive(Debug, Clone, PartialEq)]
pub struct Mixtures {
    /// Pure ones first.
    pub all: Vec<Mixture>,
    /// Share of starts from which the dynamics did not come to rest: they go round, or are too slow to tell.
    pub moving: f64,
}

/// Finds the equilibria, and follows the dynamics from [`STARTS`] starts; none where a payoff is not known.
#[must_use]
pub fn mixtures(payoffs: &Payoffs, looks: u32) -> Option<Mixtures> {
    let field = Field::new(payoffs.shape(), |profile, slot| payoffs.mean(profile, slot))?;
    let mut known = equilibria(&field);
    let (ended, moving) = basins(&field, &mut known);
    let share = |count: u32| f64::from(count) / f64::from(STARTS);
    let all = known.into_iter().zip(ended).map(|(rest, ended)| {
        let (shares, confidence) = uncertainty(&field, payoffs, &rest.state, looks);
        let earned = field.payoffs(&rest.state);
        Mixture {
            shares,
            payoffs: field.means(&rest.state, &earned),
            stable: rest.stable,
            basin: share(ended),
            confidence,
        }
    });
    Some(Mixtures {
        all: all.collect(),
        moving: share(moving),
    })
}

/// How many starts end in each known equilibrium, to which those that the dynamics find are added; and how many go on moving.
fn basins(field: &Field, known: &mut Vec<Rest>) -> (Vec<u32>, u32) {
    let mut ended = vec![0; known.len()];
    let mut moving = 0;
    for start in starts(field.shape(), STARTS) {
        let arrived = |state: &[f64]| {
            known
                .iter()
                .position(|rest| rest.stable && attracts(field, &rest.state, state))
        };
        match follow(field, &start, arrived) {
            End::Known(number) => ended[number] += 1,
            End::Moving => moving += 1,
            End::Rest(state) => {
                let same = |rest: &Rest| distance(&rest.state, &state) < NEAR;
                if let Some(number) = known.iter().position(same) {
                    ended[number] += 1;
                } else {
                    known.push(Rest {
                        state,
                        stable: false,
                    });
                    ended.push(1);
                }
            }
        }
    }
    (ended, moving)
}

/// Whether a stable equilibrium is near, and does better in a state than those who are in it.
fn attracts(field: &Field, rest: &[f64], state: &[f64]) -> bool {
    if distance(rest, state) >= NEAR {
        return false;
    }
    let payoffs = field.payoffs(state);
    let ahead: f64 = (0..state.len())
        .map(|slot| (rest[slot] - state[slot]) * payoffs[slot])
        .sum();
    ahead > 0.0
}

/// The state with intervals, and the confidence that it is one with this support.
///
/// In every replicate that all profiles have, the equations of the equilibrium are off by a little; to first order, the equilibrium of
/// that replicate alone lies where they would be solved. These places vary as the equilibrium itself is uncertain.
fn uncertainty(
    field: &Field,
    payoffs: &Payoffs,
    state: &[f64],
    looks: u32,
) -> (Vec<Estimate>, f64) {
    let slots: Vec<usize> = (0..state.len()).filter(|&slot| state[slot] > 0.0).collect();
    let system = System::new(field, &slots, state);
    let derivatives = field.derivatives(state);
    let mut places = vec![Moments::default(); state.len()];
    let mut gaps = vec![Moments::default(); state.len()];
    for replicate in 0..payoffs.common_replicates() {
        let of_replicate = |profile, slot| payoffs.in_replicate(profile, slot, replicate);
        let Some(own) = Field::new(field.shape(), of_replicate) else {
            continue;
        };
        let earned = own.payoffs(state);
        let off = |row: &Row| match *row {
            Row::Equal(slot, first) => (earned[first] - earned[slot]) / field.scale(),
            Row::Sum(_) => 0.0,
        };
        let Some(moved) = system.solve(&system.rows.iter().map(off).collect::<Vec<_>>()) else {
            break;
        };
        let mut change = vec![0.0; state.len()];
        slots
            .iter()
            .zip(&moved)
            .for_each(|(&slot, moved)| change[slot] = *moved);
        for slot in 0..state.len() {
            places[slot].add(state[slot] + change[slot]);
            let first = first_of_role(field, &slots, slot);
            let slope: f64 = (0..state.len())
                .map(|by| (derivatives[slot][by] - derivatives[first][by]) * change[by])
                .sum();
            gaps[slot].add(earned[slot] - earned[first] + slope);
        }
    }
    let is_pure = slots.len() == field.shape().roles().len();
    let doubts = (0..state.len()).map(|slot| match state[slot] > 0.0 {
        true if is_pure => 0.0,
        true => tails(places[slot]).1,
        false => tails(gaps[slot]).0,
    });
    let confidence = bounded(f64::from(looks) * doubts.sum::<f64>());
    let shares = state.iter().zip(places);
    (
        shares.map(|(&share, place)| around(share, place)).collect(),
        confidence,
    )
}

/// The first slot of the support in the role of a slot.
fn first_of_role(field: &Field, slots: &[usize], slot: usize) -> usize {
    let role = field.shape().of_slot(slot).0;
    let own = |&&played: &&usize| field.shape().of_slot(played).0 == role;
    slots.iter().find(own).copied().unwrap_or(slot)
}

/// A share with an interval as wide as that of its places, within 0 and 1.
fn around(share: f64, places: Moments) -> Estimate {
    let estimate = places.estimate();
    let moved = Estimate {
        mean: share,
        low: share - (estimate.mean - estimate.low),
        high: share + (estimate.high - estimate.mean),
        ..estimate
    };
    moved.within(UNIT)
}
