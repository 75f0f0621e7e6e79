//! Which of two firms has more, replicate by replicate, and whether that can be told from luck.

use super::{Estimate, Moments, Quantity, Results};
use crate::statistics::order::largest_first;

/// Two firms' figures, compared in every replicate in which both have one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Apart {
    /// The first firm's figure less the second's.
    pub difference: Estimate,
    /// Replicates in which the first has more.
    pub ahead: u32,
}

impl Apart {
    /// From pairs of figures, one of each replicate; those with an empty one (NaN) are passed over.
    #[must_use]
    pub fn of(pairs: impl IntoIterator<Item = (f64, f64)>) -> Self {
        let (mut differences, mut ahead) = (Moments::default(), 0);
        for (first, second) in pairs {
            differences.add(first - second);
            ahead += u32::from(first > second);
        }
        Self {
            difference: differences.estimate(),
            ahead,
        }
    }

    /// Whether the interval of the difference leaves zero out; one replicate tells nothing.
    #[must_use]
    pub fn is_told(&self) -> bool {
        self.difference.low > 0.0 || self.difference.high < 0.0
    }
}

impl Results {
    /// How far two firms are apart in a quantity of `summary`, at the end.
    #[must_use]
    pub fn apart(&self, quantity: Quantity, first: usize, second: usize) -> Apart {
        let figures = |firm: usize| self.firms[firm].finals(quantity).iter().copied();
        Apart::of(figures(first).zip(figures(second)))
    }

    /// The firms with a mean of a quantity of `summary`, the largest first.
    #[must_use]
    pub fn ranking(&self, quantity: Quantity) -> Vec<(usize, Estimate)> {
        let figure = |(firm, found): (usize, &super::FirmResults)| {
            let estimate = *quantity.of_summary(&found.summary)?;
            estimate.mean.is_finite().then_some((firm, estimate))
        };
        let mut ranked: Vec<_> = self.firms.iter().enumerate().filter_map(figure).collect();
        largest_first(&mut ranked, |(_, estimate)| estimate.mean);
        ranked
    }

    /// The firm with the largest mean share in a period, if it is apart from the next one in the replicates whose lines are kept,
    /// or alone in the market.
    #[must_use]
    pub fn leader(&self, period: u32) -> Option<usize> {
        let share = |(firm, found): (usize, &super::FirmResults)| {
            let share = found.series(Quantity::Share).get(period as usize)?.mean;
            share.is_finite().then_some((firm, share))
        };
        let mut shares: Vec<_> = self.firms.iter().enumerate().filter_map(share).collect();
        largest_first(&mut shares, |(_, share)| *share);
        let (first, second) = match shares[..] {
            [] => return None,
            [(only, _)] => return Some(only),
            [(first, _), (second, _), ..] => (first, second),
        };
        let lines = |firm: usize| {
            let lines = self.fates.firms[firm].lines.iter();
            lines.map(|line| line.get(period as usize).copied().unwrap_or(f64::NAN))
        };
        let apart = Apart::of(lines(first).zip(lines(second)));
        apart.is_told().then_some(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_in_every_replicate_is_told_and_what_differs_by_luck_is_not() {
        let apart = Apart::of([(0.6, 0.4), (0.7, 0.3), (0.65, 0.35), (0.62, 0.38)]);
        assert!(apart.is_told() && apart.ahead == 4);
        let other = Apart::of([(0.4, 0.6), (0.3, 0.7), (0.35, 0.65), (0.38, 0.62)]);
        assert!(other.is_told() && other.ahead == 0);
        let luck = Apart::of([(0.9, 0.1), (0.2, 0.8), (0.9, 0.1), (0.1, 0.9)]);
        assert!(!luck.is_told() && luck.ahead == 2);
        // both vary more than they differ, but together
        let paired = Apart::of([(0.9, 0.89), (0.1, 0.08), (0.5, 0.49), (0.3, 0.28)]);
        assert!(paired.is_told());
    }

    #[test]
    fn one_replicate_and_equal_figures_tell_nothing() {
        assert!(!Apart::of([(0.9, 0.1)]).is_told());
        assert!(!Apart::of([(0.5, 0.5); 20]).is_told());
        let empty = Apart::of([(0.9, f64::NAN), (f64::NAN, 0.1)]);
        assert!(!empty.is_told() && empty.difference.count == 0);
    }
}
