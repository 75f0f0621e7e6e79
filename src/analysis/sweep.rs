//! What a sweep found at every point of a design: the figures of `summary`, and those of analyses that were asked there.

use super::kind::{Answered, PointFigure, each_answer};
use super::{Estimate, Quantity, Spread};
use crate::scenario::Statistic;

/// What an axis of a sweep takes at a point.
#[derive(Debug, Clone, PartialEq)]
pub enum AxisValue {
    /// A number.
    Number(f64),
    /// The name of an experience, a rule, a flag: what is told apart, but not ordered.
    Text(String),
}

impl AxisValue {
    /// The number, if it is a finite one.
    #[must_use]
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) if number.is_finite() => Some(*number),
            _ => None,
        }
    }
}

/// One thing that varies over a sweep.
#[derive(Debug, Clone, PartialEq)]
pub struct SweepAxis {
    /// Path of the parameter, such as `populations.NAME.need.rate`.
    pub key: String,
    /// Its name in words for an audience; may be empty.
    pub label: String,
    /// The values that it takes, in the order of the scenario; empty where they are drawn from a range.
    pub values: Vec<AxisValue>,
}

/// A firm at a point of a sweep.
#[derive(Debug, Clone, PartialEq)]
pub struct SweepFirm {
    /// Name of the firm.
    pub name: String,
    /// The figures of `summary`, in the order of [`Quantity::SUMMARY`].
    pub summary: Vec<Estimate>,
    /// How these are spread over replicates, in the same order.
    pub spreads: Vec<Spread>,
}

/// A point of a sweep, over its replicates.
#[derive(Debug, Clone, PartialEq)]
pub struct SweepPoint {
    /// Its number in the design, from 0.
    pub number: u32,
    /// Its value on every axis.
    pub values: Vec<AxisValue>,
    /// The firms, which need not be the same at every point.
    pub firms: Vec<SweepFirm>,
    /// Figures of the analyses that were asked here.
    pub figures: Vec<PointFigure>,
}

impl SweepPoint {
    /// A figure of a firm; [`Estimate::EMPTY`] if it does not take part here or `summary` does not hold the quantity.
    #[must_use]
    pub fn estimate(&self, firm: &str, quantity: Quantity) -> Estimate {
        let found = self.firms.iter().find(|found| found.name == firm);
        found.map_or(Estimate::EMPTY, |found| {
            quantity
                .of_summary(&found.summary)
                .copied()
                .unwrap_or(Estimate::EMPTY)
        })
    }

    /// What the replicates of a figure of a firm come to; [`Estimate::EMPTY`] where [`SweepPoint::estimate`] is.
    #[must_use]
    pub fn statistic(&self, firm: &str, quantity: Quantity, statistic: Statistic) -> Estimate {
        let found = self.firms.iter().find(|found| found.name == firm);
        let spread = found.and_then(|found| quantity.of_summary(&found.spreads));
        let spread = spread.copied().unwrap_or(Spread::EMPTY);
        match statistic {
            Statistic::Mean => self.estimate(firm, quantity),
            Statistic::Median => spread.median,
            Statistic::StandardDeviation => spread.standard_deviation,
            Statistic::Leads => spread.leads,
        }
    }
}

/// What a sweep found, over all its points.
#[derive(Debug, Clone, PartialEq)]
pub struct SweepResults {
    /// Replicates of every point; the most where they differ.
    pub replicates: u32,
    /// What varies.
    pub axes: Vec<SweepAxis>,
    /// The points that were simulated, in the order of the design.
    pub points: Vec<SweepPoint>,
    /// Whether the points are the combinations of the axes' values.
    pub grid: bool,
}

impl SweepResults {
    /// Takes in the figures of answers at points.
    pub fn take(&mut self, answers: &[Answered]) {
        for answered in answers {
            let Some(number) = answered.point else {
                continue;
            };
            let mut points = self.points.iter_mut();
            if let Some(point) = points.find(|point| point.number == number) {
                let figures =
                    each_answer!(&answered.answer, own => super::kind::Kind::figures(own));
                point.figures.extend(figures);
            }
        }
    }

    /// The names of all firms, in the order in which they first appear.
    #[must_use]
    pub fn firms(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for firm in self.points.iter().flat_map(|point| &point.firms) {
            if !names.contains(&firm.name.as_str()) {
                names.push(&firm.name);
            }
        }
        names
    }

    /// Whether an axis takes finite numbers only.
    #[must_use]
    pub fn is_numeric(&self, axis: usize) -> bool {
        self.points.iter().all(|point| {
            let value = point.values.get(axis);
            value.and_then(AxisValue::number).is_some()
        })
    }

    /// The values that an axis takes: numbers ascending, others in the order of the scenario.
    #[must_use]
    pub fn levels(&self, axis: usize) -> Vec<AxisValue> {
        let stated = self.axes.get(axis).map_or(&[][..], |axis| &axis.values);
        let met = self
            .points
            .iter()
            .filter_map(|point| point.values.get(axis));
        if self.is_numeric(axis) {
            let mut numbers: Vec<f64> = stated
                .iter()
                .chain(met)
                .filter_map(AxisValue::number)
                .collect();
            numbers.sort_by(f64::total_cmp);
            numbers.dedup();
            return numbers.into_iter().map(AxisValue::Number).collect();
        }
        let mut levels: Vec<AxisValue> = Vec::new();
        for value in stated.iter().chain(met) {
            if !levels.contains(value) {
                levels.push(value.clone());
            }
        }
        levels
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(value: AxisValue, firm: &str, share: f64) -> SweepPoint {
        let estimate = Estimate {
            mean: share,
            ..Estimate::EMPTY
        };
        SweepPoint {
            number: 0,
            values: vec![value],
            firms: vec![SweepFirm {
                name: firm.to_owned(),
                summary: vec![estimate; Quantity::SUMMARY.len()],
                spreads: vec![Spread::EMPTY; Quantity::SUMMARY.len()],
            }],
            figures: vec![],
        }
    }

    fn sweep(values: Vec<AxisValue>, points: Vec<SweepPoint>) -> SweepResults {
        SweepResults {
            replicates: 3,
            axes: vec![SweepAxis {
                key: "market.friction.request".to_owned(),
                label: String::new(),
                values,
            }],
            points,
            grid: true,
        }
    }

    #[test]
    fn numbers_ascend_and_texts_keep_their_order() {
        let number = AxisValue::Number;
        let results = sweep(
            vec![number(0.5), number(0.1)],
            vec![point(number(0.5), "a", 1.0), point(number(0.1), "b", 1.0)],
        );
        assert!(results.is_numeric(0));
        assert_eq!(results.levels(0), [number(0.1), number(0.5)]);
        assert_eq!(results.firms(), ["a", "b"]);
        let text = |word: &str| AxisValue::Text(word.to_owned());
        let results = sweep(
            vec![text("z"), number(1.0)],
            vec![point(text("z"), "a", 1.0), point(text("b"), "a", 1.0)],
        );
        assert!(!results.is_numeric(0));
        assert_eq!(results.levels(0), [text("z"), number(1.0), text("b")]);
    }

    #[test]
    fn a_firm_that_is_not_there_has_no_values() {
        let here = point(AxisValue::Number(1.0), "a", 0.4);
        assert_eq!(here.estimate("a", Quantity::Share).mean, 0.4);
        assert!(here.estimate("b", Quantity::Share).mean.is_nan());
        assert!(here.estimate("a", Quantity::Profit).mean.is_nan());
    }

    #[test]
    fn values_that_are_no_numbers_make_an_axis_of_texts() {
        let results = sweep(vec![], vec![point(AxisValue::Number(f64::NAN), "a", 1.0)]);
        assert!(!results.is_numeric(0));
        assert_eq!(results.levels(3), []);
    }
}
