//! Figures of answers: what charts of a sweep show of an analysis that is asked at each point.

use super::{AnalysisKind, Kind, each_kind};
use crate::analysis::Estimate;
use crate::scenario::SweepOutcome;

/// A figure that a kind of analysis has.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FigureKind {
    /// What scenarios call it.
    pub outcome: SweepOutcome,
    /// What it is.
    pub shape: FigureShape,
}

/// What a figure is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum FigureShape {
    /// A number.
    Amount {
        /// What divides more from less, such as 0 of an effect or 1 of a ratio.
        neutral: f64,
    },
    /// A part of 1, written as a percentage; 0 divides more from less.
    Part,
    /// A word.
    Verdict,
}

impl FigureShape {
    /// What a figure is; none of a quantity of `summary`.
    #[must_use]
    pub fn of(outcome: SweepOutcome) -> Option<Self> {
        let mut all = AnalysisKind::ALL
            .iter()
            .flat_map(|kind| each_kind!(kind, Own => <Own as Kind>::FIGURES));
        all.find(|kind| kind.outcome == outcome)
            .map(|kind| kind.shape)
    }
}

/// A figure of an answer at a point.
#[derive(Debug, Clone, PartialEq)]
pub struct PointFigure {
    /// Which.
    pub outcome: SweepOutcome,
    /// The firm that it is of; empty where it is of the market.
    pub firm: String,
    /// The period for which it was asked, where an analysis can be asked for several.
    pub period: Option<u32>,
    /// What the analysis measures by: the name of a quantity; empty where it does not matter.
    pub by: &'static str,
    /// Its value.
    pub value: FigureValue,
}

/// The value of a figure.
#[derive(Debug, Clone, PartialEq)]
pub enum FigureValue {
    /// A number with its interval.
    Number(Estimate),
    /// A word: that of a verdict, or what the verdict is on.
    Word(String),
}

/// A figure of an analysis by replicate.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// Which.
    pub outcome: SweepOutcome,
    /// The firm that it is of.
    pub firm: String,
    /// The period for which it was asked, where an analysis can be asked for several.
    pub period: Option<u32>,
    /// By replicate; of what is no mean over replicates, what each contributes ([`contributions`](crate::statistics::jackknife::contributions)). NaN is empty.
    pub values: Vec<f64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_that_scenarios_can_ask_for_is_one_of_its_kind() {
        let mut all: Vec<SweepOutcome> = Vec::new();
        for kind in AnalysisKind::ALL {
            let figures = each_kind!(kind, Own => <Own as Kind>::FIGURES);
            for FigureKind { outcome, shape } in figures {
                assert_eq!(outcome.analysis(), Some(kind.name()), "{outcome:?}");
                let is_verdict = *shape == FigureShape::Verdict;
                assert_eq!(outcome.is_verdict(), is_verdict, "{outcome:?}");
                assert!(!all.contains(outcome), "{outcome:?} comes twice");
                all.push(*outcome);
            }
        }
        let asked = SweepOutcome::ALL.into_iter();
        let mut asked = asked.filter(|outcome| outcome.analysis().is_some());
        assert!(asked.all(|outcome| all.contains(&outcome)));
    }
}
