//! Which profiles are pure equilibria, how surely, and which need more replicates to tell.
//!
//! # Confidence
//!
//! A profile is a pure equilibrium if none of its m deviations gains. Each deviation is tested by itself, one-sided, over
//! the replicates that both profiles have ([`Gain`]). By Boole's inequality (Bonferroni) the confidence that *none* gains is
//! at least 1 - L * (sum of the m doubts of loss); that *one* gains, at least 1 - L * m * (smallest doubt of gain). L is the
//! number of [`looks`](Rounds::looks) at the data that the rounds may take: who looks L times and stops when the answer
//! pleases has L chances to be wrong. Both are lower bounds; each holds for one profile, not for all of them at once.

use super::{Deviation, Gain, Payoffs};
use crate::analysis::Estimate;

/// From this confidence on, a question counts as answered.
pub const ENOUGH: f64 = 0.95;

/// Whether a profile is a pure equilibrium.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProfileVerdict {
    /// No deviation gains.
    Equilibrium,
    /// Some deviation gains.
    None,
    /// The replicates do not tell.
    Undecided,
}

impl ProfileVerdict {
    /// All verdicts.
    pub const ALL: [Self; 3] = [Self::Equilibrium, Self::None, Self::Undecided];

    /// Its word in the table `game`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Equilibrium => "yes",
            Self::None => "no",
            Self::Undecided => "undecided",
        }
    }
}

/// Players of a slot in a profile: what they get, and what they would gain by doing something else.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// The slot: role and strategy.
    pub slot: usize,
    /// How many players are in it.
    pub players: u32,
    /// What each of them gets.
    pub payoff: Estimate,
    /// The best answer to what the others do: the strategy of the largest mean payoff, their own where nothing is better.
    pub best: usize,
    /// What the best of the other strategies gains; below 0 where it loses. None with a single strategy.
    pub gain: Estimate,
    /// How much common random numbers reduced the variance of that gain.
    pub variance_reduction: f64,
    /// Confidence, at least, that none of these players' deviations gains.
    pub confidence: f64,
}

/// What is known of a profile.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// Everybody in it, by slot.
    pub standings: Vec<Standing>,
    /// The most that a player could gain by deviating, as a mean; 0 in an equilibrium. NaN where a payoff is unknown.
    pub regret: f64,
    /// Confidence, at least, that no deviation gains.
    pub confidence: f64,
    /// Confidence, at least, that some deviation gains.
    pub confidence_against: f64,
    /// Whether it is an equilibrium.
    pub verdict: ProfileVerdict,
    /// Replicates of the profile itself.
    pub replicates: u32,
}

/// Judges a profile after at most so many looks at the data.
#[must_use]
pub fn judge(payoffs: &Payoffs, profile: usize, looks: u32) -> Judgement {
    let shape = payoffs.shape();
    let looks = f64::from(looks);
    let mut standings = Vec::new();
    let (mut doubts, mut least, mut count) = (0.0, 1.0f64, 0.0);
    let mut regret = 0.0f64;
    for slot in shape.played(profile) {
        let gains: Vec<(Deviation, Gain)> = shape
            .deviations(slot)
            .map(|deviation| (deviation, payoffs.gain(profile, deviation)))
            .collect();
        let own_doubts: f64 = gains.iter().map(|(_, gain)| gain.doubt_of_loss).sum();
        doubts += own_doubts;
        count += gains.len() as f64;
        least = (gains.iter().map(|(_, gain)| gain.doubt_of_gain)).fold(least, f64::min);
        let best = best_of(&gains);
        let gain = best.map_or(Estimate::EMPTY, |(_, gain)| gain.estimate);
        let (_, own) = shape.of_slot(slot);
        // NaN, if a payoff is not known, stays
        regret = match best {
            Some(_) if gain.mean.is_nan() => f64::NAN,
            Some(_) if gain.mean > regret => gain.mean,
            _ => regret,
        };
        standings.push(Standing {
            slot,
            players: shape.profiles()[profile][slot],
            payoff: payoffs.estimate(profile, slot),
            best: best.map_or(own, |(deviation, gain)| {
                if gain.estimate.mean > 0.0 {
                    deviation.to
                } else {
                    own
                }
            }),
            gain,
            variance_reduction: best.map_or(f64::NAN, |(_, gain)| gain.variance_reduction),
            confidence: bounded(looks * own_doubts),
        });
    }
    let confidence = bounded(looks * doubts);
    let confidence_against = bounded(looks * count * least);
    Judgement {
        standings,
        regret,
        confidence,
        confidence_against,
        verdict: if confidence >= ENOUGH {
            ProfileVerdict::Equilibrium
        } else if confidence_against >= ENOUGH {
            ProfileVerdict::None
        } else {
            ProfileVerdict::Undecided
        },
        replicates: payoffs.replicates(profile),
    }
}

/// The confidence that a bound on the doubt leaves.
pub(super) fn bounded(doubt: f64) -> f64 {
    (1.0 - doubt).clamp(0.0, 1.0)
}

/// The deviation of the largest mean gain, the first of several; one that is not known counts as the largest,
/// so that nothing is claimed without it.
fn best_of(gains: &[(Deviation, Gain)]) -> Option<(Deviation, Gain)> {
    let mut best: Option<(Deviation, Gain)> = None;
    for &(deviation, gain) in gains {
        let better = best.is_none_or(|(_, best): (_, Gain)| {
            let (old, new) = (best.estimate.mean, gain.estimate.mean);
            new > old || (new.is_nan() && !old.is_nan())
        });
        if better {
            best = Some((deviation, gain));
        }
    }
    best
}

/// How many replicates profiles get, round by round: at first all the same, then those twice as many that
/// are needed to answer what is undecided, and so on up to a most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rounds {
    /// Replicates of every profile.
    pub first: u32,
    /// Most replicates of a profile.
    pub at_most: u32,
}

impl Rounds {
    /// The replicates in all after a round, counted from 0.
    #[must_use]
    pub fn replicates(&self, round: u32) -> u32 {
        let wanted = u64::from(self.first.max(1)) << round.min(32);
        u32::try_from(wanted)
            .unwrap_or(u32::MAX)
            .min(self.at_most.max(self.first))
    }

    /// The number of rounds, after each of which the data are looked at.
    #[must_use]
    pub fn looks(&self) -> u32 {
        let last = |round: &u32| self.replicates(*round) >= self.at_most.max(self.first);
        (0..33).find(last).map_or(33, |round| round + 1)
    }

    /// The replicates that are still missing for the next round after `round`, as (profile, replicate), in
    /// the order of replicates: those of undecided profiles and of the deviations that leave them undecided.
    #[must_use]
    pub fn missing(&self, payoffs: &Payoffs, round: u32) -> Vec<(usize, u32)> {
        let wanted = self.replicates(round + 1);
        if round + 1 >= self.looks() {
            return Vec::new();
        }
        let mut needed: Vec<usize> = (0..payoffs.shape().profiles().len())
            .flat_map(|profile| undecided(payoffs, profile, self.looks()))
            .collect();
        needed.sort_unstable();
        needed.dedup();
        let mut cells: Vec<(usize, u32)> = needed
            .into_iter()
            .flat_map(|profile| {
                (payoffs.replicates(profile)..wanted).map(move |replicate| (profile, replicate))
            })
            .collect();
        cells.sort_unstable_by_key(|&(profile, replicate)| (replicate, profile));
        cells
    }
}

/// The profiles that decide whether a profile is an equilibrium, while that is not decided: itself, and what the
/// deviations lead to that may gain.
fn undecided(payoffs: &Payoffs, profile: usize, looks: u32) -> Vec<usize> {
    if judge(payoffs, profile, looks).verdict != ProfileVerdict::Undecided {
        return Vec::new();
    }
    let shape = payoffs.shape();
    let deviations: Vec<Deviation> = shape
        .played(profile)
        .flat_map(|slot| shape.deviations(slot))
        .collect();
    let share = (1.0 - ENOUGH) / (f64::from(looks) * deviations.len() as f64);
    let mut needed = vec![profile];
    needed.extend(
        deviations
            .into_iter()
            .filter(|&deviation| payoffs.gain(profile, deviation).doubt_of_loss > share)
            .map(|deviation| shape.after(profile, deviation)),
    );
    needed
}
