//! What the lines, dots and maps of a sweep are of: firms, or those of which an analysis was asked.

use super::outcome::Shown;
use crate::analysis::kind::{FigureValue, PointFigure};
use crate::analysis::{Estimate, SweepPoint, SweepResults};
use crate::chart::kit::{Style, fill};

/// What has a value at every point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// Name of the firm; empty where the figure is of the market.
    pub firm: String,
    /// The period for which an analysis was asked.
    pub period: Option<u32>,
    /// What it measures by: the name of a quantity, or empty.
    pub by: &'static str,
}

/// All that have values, in the order in which they first appear.
#[must_use]
pub fn series(results: &SweepResults, shown: Shown) -> Vec<Series> {
    if shown.outcome.quantity().is_some() {
        let firm = |name: &str| Series {
            firm: name.to_owned(),
            period: None,
            by: "",
        };
        return results.firms().into_iter().map(firm).collect();
    }
    let mut found: Vec<Series> = Vec::new();
    for figure in results.points.iter().flat_map(|point| &point.figures) {
        let own = Series {
            firm: figure.firm.clone(),
            period: figure.period,
            by: figure.by,
        };
        if figure.outcome == shown.outcome && !found.contains(&own) {
            found.push(own);
        }
    }
    found
}

impl Series {
    /// What charts call it: the firm, with the period where there are several of the firm.
    #[must_use]
    pub fn name(&self, style: &Style, all: &[Self], of_market: &str) -> String {
        if self.firm.is_empty() {
            return of_market.to_owned();
        }
        let firm = style.label(&self.firm);
        let is_alone = all.iter().filter(|one| one.firm == self.firm).count() == 1;
        match self.period.filter(|_| !is_alone) {
            Some(period) => fill!(style, "figures.from_period", firm, period),
            None => firm,
        }
    }

    fn figure<'a>(&self, point: &'a SweepPoint, shown: Shown) -> Option<&'a PointFigure> {
        let mut figures = point.figures.iter();
        figures.find(|figure| {
            figure.outcome == shown.outcome
                && figure.firm == self.firm
                && figure.period == self.period
        })
    }

    /// Its value at a point.
    #[must_use]
    pub fn estimate(&self, point: &SweepPoint, shown: Shown) -> Estimate {
        if let Some(quantity) = shown.outcome.quantity() {
            return point.statistic(&self.firm, quantity, shown.statistic);
        }
        match self.figure(point, shown).map(|figure| &figure.value) {
            Some(FigureValue::Number(estimate)) => *estimate,
            _ => Estimate::EMPTY,
        }
    }

    /// Its word at a point, of a figure that is one.
    #[must_use]
    pub fn word<'a>(&self, point: &'a SweepPoint, shown: Shown) -> Option<&'a str> {
        match &self.figure(point, shown)?.value {
            FigureValue::Word(word) => Some(word),
            FigureValue::Number(_) => None,
        }
    }
}
