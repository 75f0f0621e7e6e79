//! Payoffs of every profile, replicate by replicate, and what a player would gain by deviating.

use statrs::distribution::{ContinuousCDF, StudentsT};

use super::{Deviation, Shape};
use crate::analysis::{Estimate, Moments};

/// Payoffs by profile, slot and replicate.
///
/// Profiles may have different numbers of replicates, always those from 0 on: two profiles are compared
/// over the replicates that both have, in which they share their random numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Payoffs {
    shape: Shape,
    /// By profile, then by slot; empty where nobody plays the slot.
    samples: Vec<Vec<Vec<f64>>>,
}

/// What a player gains by deviating: a mean of paired differences over replicates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gain {
    /// Mean gain with its 95 % interval, in units of the payoff.
    pub estimate: Estimate,
    /// The probability of a mean as low as this or lower, if the player gained nothing by deviating or
    /// something: small where the deviation surely does not gain. 1 where nothing is known.
    pub doubt_of_loss: f64,
    /// The probability of a mean as high as this or higher, if the player gained nothing by deviating or
    /// lost: small where the deviation surely gains. 1 where nothing is known.
    pub doubt_of_gain: f64,
    /// The variance that the difference would have with independent replicates, over the one that it has:
    /// what common random numbers save. NaN where nothing is known or the difference does not vary.
    pub variance_reduction: f64,
}

impl Payoffs {
    /// No replicate yet.
    #[must_use]
    pub fn new(shape: Shape) -> Self {
        let samples = vec![vec![Vec::new(); shape.slots()]; shape.profiles().len()];
        Self { shape, samples }
    }

    /// Exact payoffs of slots by profile, as in a textbook: values of slots that nobody plays do not matter.
    ///
    /// Two equal replicates stand for certainty.
    #[must_use]
    pub fn exact(shape: Shape, payoff: impl Fn(&[u32], usize) -> f64) -> Self {
        let mut payoffs = Self::new(shape);
        for profile in 0..payoffs.shape.profiles().len() {
            let counts = &payoffs.shape.profiles()[profile];
            for slot in payoffs.shape.played(profile) {
                payoffs.samples[profile][slot] = vec![payoff(counts, slot); 2];
            }
        }
        payoffs
    }

    /// The roles and strategies.
    #[must_use]
    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    /// Takes in the next replicate of a profile: the payoff of every player in the order of
    /// [`Shape::assignment`], NaN where there is none. Players in the same slot count as their mean.
    pub fn add(&mut self, profile: usize, players: &[f64]) {
        let counts = &self.shape.profiles()[profile];
        let mut rest = players;
        for (samples, &count) in self.samples[profile].iter_mut().zip(counts) {
            let (own, others) = rest.split_at(rest.len().min(count as usize));
            rest = others;
            if count > 0 {
                let mut mean = Moments::default();
                own.iter().for_each(|&payoff| mean.add(payoff));
                samples.push(mean.mean());
            }
        }
    }

    /// Replicates of a profile.
    #[must_use]
    pub fn replicates(&self, profile: usize) -> u32 {
        let longest = self.samples[profile].iter().map(Vec::len).max();
        u32::try_from(longest.unwrap_or(0)).unwrap_or(u32::MAX)
    }

    /// The replicates that every profile has.
    #[must_use]
    pub fn common_replicates(&self) -> u32 {
        let all = (0..self.samples.len()).map(|profile| self.replicates(profile));
        all.min().unwrap_or(0)
    }

    /// The payoff of a slot in a profile.
    #[must_use]
    pub fn estimate(&self, profile: usize, slot: usize) -> Estimate {
        Moments::of(self.samples[profile][slot].iter().copied()).estimate()
    }

    /// The mean payoff of a slot in a profile; NaN where nobody plays it.
    #[must_use]
    pub fn mean(&self, profile: usize, slot: usize) -> f64 {
        Moments::of(self.samples[profile][slot].iter().copied()).mean()
    }

    /// The payoff of a slot in a replicate of a profile; NaN where there is none.
    #[must_use]
    pub fn in_replicate(&self, profile: usize, slot: usize, replicate: u32) -> f64 {
        let samples = &self.samples[profile][slot];
        samples.get(replicate as usize).copied().unwrap_or(f64::NAN)
    }

    /// What a deviation from a profile gains.
    #[must_use]
    pub fn gain(&self, profile: usize, deviation: Deviation) -> Gain {
        let Deviation { role, from, to } = deviation;
        let after = self.shape.after(profile, deviation);
        let before = &self.samples[profile][self.shape.slot(role, from)];
        let after = &self.samples[after][self.shape.slot(role, to)];
        let pairs = || {
            let pairs = before.iter().zip(after);
            pairs.filter(|(a, b)| !a.is_nan() && !b.is_nan())
        };
        let difference = Moments::of(pairs().map(|(before, after)| after - before));
        let variance = |moments: Moments| moments.standard_deviation().powi(2);
        let apart = variance(Moments::of(pairs().map(|(before, _)| *before)))
            + variance(Moments::of(pairs().map(|(_, after)| *after)));
        let together = variance(difference);
        let (doubt_of_loss, doubt_of_gain) = tails(difference);
        Gain {
            estimate: difference.estimate(),
            doubt_of_loss,
            doubt_of_gain,
            variance_reduction: if together > 0.0 {
                apart / together
            } else {
                f64::NAN
            },
        }
    }
}

/// The probabilities of a mean as low as this, if the true one is 0 or above, and of one as high as this, if it
/// is 0 or below. Of the one-sided tests by Student's t and by Hall's transformed t, the one that doubts more, as in
/// intervals. Values that do not vary are taken for certain, and 0 for no gain.
pub(super) fn tails(sample: Moments) -> (f64, f64) {
    let (mean, deviation) = (sample.mean(), sample.standard_deviation());
    if deviation.is_nan() {
        return (1.0, 1.0);
    }
    if deviation == 0.0 {
        return if mean <= 0.0 { (0.0, 1.0) } else { (1.0, 0.0) };
    }
    let (student, hall) = sample.scores();
    StudentsT::new(0.0, 1.0, f64::from(sample.count()) - 1.0).map_or((1.0, 1.0), |law| {
        (law.cdf(student.max(hall)), law.cdf(-student.min(hall)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SWITCH: Deviation = Deviation {
        role: 0,
        from: 0,
        to: 1,
    };

    #[test]
    fn gains_are_paired_differences() {
        // one player, two strategies: profile 0 plays the first
        let mut payoffs = Payoffs::new(Shape::new(&[1], 2));
        for (replicate, [first, second]) in
            (0..).zip([[1.0, 1.5], [5.0, 5.7], [3.0, 3.3], [2.0, 2.5]])
        {
            payoffs.add(0, &[first]);
            payoffs.add(1, &[second]);
            assert_eq!(payoffs.in_replicate(1, 1, replicate), second);
        }
        // a replicate that only one profile has does not count
        payoffs.add(0, &[100.0]);
        let gain = payoffs.gain(0, SWITCH);
        assert_eq!(gain.estimate.count, 4);
        assert!((gain.estimate.mean - 0.5).abs() < 1e-12);
        // standard deviation sqrt(0.08 / 3), so t = 6.124 with 3 degrees of freedom: p = 0.00436
        assert!((gain.doubt_of_gain - 0.004_36).abs() < 2e-5, "{gain:?}");
        assert!((gain.doubt_of_loss + gain.doubt_of_gain - 1.0).abs() < 1e-9);
        assert!(gain.variance_reduction > 100.0);
        assert_eq!((payoffs.replicates(0), payoffs.common_replicates()), (5, 4));
    }

    /// A gain that rests on one lucky replicate, or would be lost with one unlucky one, is doubted more than by Student's t.
    #[test]
    fn skewed_gains_are_doubted_as_their_intervals_do() {
        let gain = |gains: [f64; 6]| {
            let mut payoffs = Payoffs::new(Shape::new(&[1], 2));
            for gain in gains {
                payoffs.add(0, &[0.0]);
                payoffs.add(1, &[gain]);
            }
            payoffs.gain(0, SWITCH)
        };
        for gains in [
            [0.3, 0.32, 0.31, 0.29, 0.3, -0.4],
            [0.02, -0.1, -0.12, -0.1, -0.11, -0.9],
        ] {
            let found = gain(gains);
            let student = Moments::of(gains).scores().0;
            let law = StudentsT::new(0.0, 1.0, 5.0).expect("five degrees of freedom");
            assert!(found.doubt_of_gain >= law.cdf(-student) - 1e-12);
            assert!(found.doubt_of_loss >= law.cdf(student) - 1e-12);
            assert!(found.doubt_of_gain + found.doubt_of_loss > 1.001);
            let settled = found.estimate.low > 0.0 || found.estimate.high < 0.0;
            let doubt = found.doubt_of_gain.min(found.doubt_of_loss);
            assert_eq!(settled, doubt < 0.025, "{found:?}");
        }
    }

    #[test]
    fn players_who_do_the_same_count_as_their_mean() {
        let mut payoffs = Payoffs::new(Shape::new(&[3], 2));
        payoffs.add(1, &[1.0, 3.0, 7.0]);
        assert_eq!((payoffs.mean(1, 0), payoffs.mean(1, 1)), (2.0, 7.0));
        assert!(payoffs.mean(0, 0).is_nan());
    }

    #[test]
    fn without_replicates_nothing_is_known() {
        let mut payoffs = Payoffs::new(Shape::new(&[1], 2));
        let doubts = |gain: Gain| (gain.doubt_of_loss, gain.doubt_of_gain);
        assert_eq!(doubts(payoffs.gain(0, SWITCH)), (1.0, 1.0));
        payoffs.add(0, &[1.0]);
        payoffs.add(1, &[f64::NAN]);
        assert_eq!(doubts(payoffs.gain(0, SWITCH)), (1.0, 1.0));
    }

    #[test]
    fn what_does_not_vary_is_certain() {
        let payoffs = Payoffs::exact(Shape::new(&[1], 3), |_, slot| [1.0, 2.0, 1.0][slot]);
        let gain = |from, to, profile| {
            let deviation = Deviation { role: 0, from, to };
            let gain = payoffs.gain(profile, deviation);
            (gain.doubt_of_loss, gain.doubt_of_gain)
        };
        assert_eq!(gain(0, 1, 0), (1.0, 0.0));
        assert_eq!(gain(1, 0, 1), (0.0, 1.0));
        // an equal payoff is no gain
        assert_eq!(gain(0, 2, 0), (0.0, 1.0));
    }
}
