//! What becomes of single markets: each replicate's shares over time, and who is ahead at the end.
//!
//! Means over replicates say little where markets end in opposite ways; then single markets are shown.

use super::Moments;
use super::collect::smoothed;
use crate::statistics::quantile;

/// Most replicates whose lines are kept; the ends of all are.
const LINES: usize = 100;
/// A standard deviation of final shares over replicates from which on means mislead.
const MISLEADING: f64 = 0.1;

/// The shares of every firm in single replicates, in the order of the firms.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Fates {
    /// What becomes of each firm.
    pub firms: Vec<Fate>,
}

/// The shares of one firm in single replicates, in their order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Fate {
    /// Smoothed shares by period, of the first 100 replicates; NaN while it is not in the market.
    pub lines: Vec<Vec<f64>>,
    /// Shares in the closing window, of all replicates.
    pub ends: Vec<f64>,
}

impl Fate {
    /// The median of the shares in the closing window; none where there are none.
    #[must_use]
    pub fn median_end(&self) -> Option<f64> {
        let mut ends: Vec<f64> = self.ends.clone();
        ends.retain(|end| !end.is_nan());
        ends.sort_by(f64::total_cmp);
        (!ends.is_empty()).then(|| quantile(&ends, 0.5))
    }

    /// The lower quartile, the median and the upper quartile of the lines in a period; none where less than half of them have a value.
    #[must_use]
    pub fn quartiles(&self, period: usize) -> Option<[f64; 3]> {
        let values = self
            .lines
            .iter()
            .filter_map(|line| line.get(period).copied());
        let mut known: Vec<f64> = values.filter(|value| !value.is_nan()).collect();
        if known.is_empty() || 2 * known.len() < self.lines.len() {
            return None;
        }
        known.sort_by(f64::total_cmp);
        let at = |part: f64| {
            let place = part * (known.len() - 1) as f64;
            let (below, above) = (known[place.floor() as usize], known[place.ceil() as usize]);
            below + place.fract() * (above - below)
        };
        Some([at(0.25), at(0.5), at(0.75)])
    }
}

impl Fates {
    /// Takes in a replicate: shares by firm and period as shown (NaN while a firm is not in the market), and in the closing window.
    pub(super) fn take(&mut self, shown: &[Vec<f64>], ends: &[f64], smoothing: usize) {
        self.firms.resize(shown.len(), Fate::default());
        for ((fate, shares), &end) in self.firms.iter_mut().zip(shown).zip(ends) {
            if fate.ends.len() < LINES {
                fate.lines.push(smoothed(shares, smoothing).collect());
            }
            fate.ends.push(end);
        }
    }

    /// Number of replicates.
    #[must_use]
    pub fn replicates(&self) -> usize {
        self.firms.first().map_or(0, |fate| fate.ends.len())
    }

    /// In how many replicates a firm ends ahead of all others; where two are equal, nobody is.
    #[must_use]
    pub fn times_ahead(&self, firm: usize) -> usize {
        let is_ahead = |replicate: &usize| {
            let end = |firm: &Fate| firm.ends[*replicate];
            let own = end(&self.firms[firm]);
            let others = self
                .firms
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != firm);
            others
                .map(|(_, fate)| end(fate))
                .all(|other| own > other || other.is_nan())
        };
        (0..self.replicates()).filter(is_ahead).count()
    }

    /// Whether means over replicates mislead: some firm's final shares differ by a standard deviation of more than a tenth.
    #[must_use]
    pub fn differ(&self) -> bool {
        self.firms.iter().any(|fate| {
            let mut moments = Moments::default();
            fate.ends.iter().for_each(|&end| moments.add(end));
            moments.estimate().standard_deviation > MISLEADING
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_ahead_is_counted_and_ties_count_for_nobody() {
        let mut fates = Fates::default();
        for (first, second) in [(0.9, 0.1), (0.2, 0.8), (0.5, 0.5), (0.7, f64::NAN)] {
            fates.take(&[vec![first; 3], vec![second; 3]], &[first, second], 1);
        }
        assert_eq!(fates.replicates(), 4);
        assert_eq!((fates.times_ahead(0), fates.times_ahead(1)), (2, 1));
        assert_eq!(fates.firms[0].lines[1], [0.2; 3]);
        assert!(fates.differ());
    }

    #[test]
    fn quartiles_are_those_of_the_lines_that_there_are() {
        let mut fates = Fates::default();
        for share in [0.1, 0.5, 0.3, 0.2, 0.4] {
            fates.take(&[vec![share, f64::NAN]], &[share], 1);
        }
        let quartiles = fates.firms[0].quartiles(0).unwrap();
        let expected = [0.2, 0.3, 0.4];
        assert!(
            quartiles
                .iter()
                .zip(expected)
                .all(|(a, b)| (a - b).abs() < 1e-12)
        );
        assert_eq!(fates.firms[0].quartiles(1), None);
        assert_eq!(fates.firms[0].quartiles(2), None);
    }

    #[test]
    fn markets_that_end_alike_do_not_differ() {
        let mut fates = Fates::default();
        for share in [0.58, 0.60, 0.62] {
            fates.take(&[vec![share], vec![1.0 - share]], &[share, 1.0 - share], 1);
        }
        assert!(!fates.differ());
        assert!(!Fates::default().differ());
    }

    #[test]
    fn lines_are_kept_of_a_hundred_replicates_and_ends_of_all() {
        let mut fates = Fates::default();
        (0..130).for_each(|_| fates.take(&[vec![1.0]], &[1.0], 1));
        assert_eq!(
            (fates.firms[0].lines.len(), fates.firms[0].ends.len()),
            (LINES, 130)
        );
    }
}
