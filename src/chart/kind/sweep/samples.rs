//! Made-up sweeps for the tests of charts.

use crate::analysis::Spread;
use crate::analysis::kind::{FigureValue, PointFigure};
use crate::analysis::{
    AxisValue, Estimate, Quantity, SweepAxis, SweepFirm, SweepPoint, SweepResults,
};
use crate::chart::samples::Sample;
use crate::scenario::{Scenario, SweepOutcome};

/// A sweep to draw, described by what matters to a chart.
#[derive(Debug, Clone)]
pub struct SweepSample {
    /// The firms, replicates and title.
    pub run: Sample,
    /// What varies: names, and the values of a grid or the ends of a range.
    pub axes: Vec<SweepAxis>,
    /// Number of points drawn from the ranges; a grid where zero.
    pub samples: usize,
    /// Half the width of intervals.
    pub noise: f64,
    /// Points at which this firm has no transactions: those whose number is a multiple.
    pub silent: Option<(usize, usize)>,
    /// Added to all outcomes but shares.
    pub shift: f64,
    /// Whether all firms are equal.
    pub tied: bool,
}

impl SweepSample {
    /// So many firms over axes of numbers, with so many values from 0 to 1 each.
    pub fn numbers(firms: usize, sizes: &[usize]) -> Self {
        let labels = ["Awareness", "Stakes of a decision", "Need rate", "", ""];
        let keys = [
            "populations.all.awareness",
            "populations.all.stakes",
            "populations.all.need.rate",
            "market.friction.request",
            "market.reputation.speed",
        ];
        let axis = |(number, &size): (usize, &usize)| SweepAxis {
            key: keys[number % 5].to_owned(),
            label: labels[number % 5].to_owned(),
            values: (0..size)
                .map(|step| AxisValue::Number(step as f64 / (size.max(2) - 1) as f64))
                .collect(),
        };
        Self {
            run: if firms == 4 {
                Sample::four()
            } else {
                Sample::firms(firms)
            },
            axes: sizes.iter().enumerate().map(axis).collect(),
            samples: 0,
            noise: 0.015,
            silent: None,
            shift: 0.0,
            tied: false,
        }
    }

    /// An axis of names in place of one of numbers.
    pub fn with_names(mut self, axis: usize, names: &[&str]) -> Self {
        self.axes[axis] = SweepAxis {
            key: "firms.firm-1.experience".to_owned(),
            label: "Experience of the first firm".to_owned(),
            values: names
                .iter()
                .map(|name| AxisValue::Text((*name).to_owned()))
                .collect(),
        };
        self
    }

    /// The first axis with so many names, like its first one.
    pub fn named_levels(mut self, count: usize) -> Self {
        let first = match self.axes[0].values.first() {
            Some(AxisValue::Text(first)) => first.clone(),
            _ => String::new(),
        };
        let name = |number: usize| AxisValue::Text(format!("{first} {number}"));
        self.axes[0].values = (0..count).map(name).collect();
        self
    }

    /// Points drawn from the axes' ranges.
    pub fn sampled(mut self, samples: usize) -> Self {
        self.samples = samples;
        self
    }

    pub fn scenario(&self) -> Scenario {
        self.run.scenario()
    }

    pub fn results(&self) -> SweepResults {
        let sizes: Vec<usize> = self.axes.iter().map(|axis| axis.values.len()).collect();
        let total = if self.samples > 0 {
            self.samples
        } else {
            sizes.iter().product()
        };
        let mut axes = self.axes.clone();
        if self.samples > 0 {
            axes.iter_mut().for_each(|axis| axis.values.clear());
        }
        SweepResults {
            replicates: self.run.replicates,
            axes,
            points: (0..total)
                .map(|number| self.point(number, &sizes))
                .collect(),
            grid: self.samples == 0,
        }
    }

    fn point(&self, number: usize, sizes: &[usize]) -> SweepPoint {
        let mut values = Vec::new();
        let mut parts = Vec::new();
        let mut rest = number;
        for (axis, &size) in self.axes.iter().zip(sizes).rev() {
            let place = rest % size;
            rest /= size;
            // An even spread without a pattern: multiples of an irrational number.
            let drawn = ((number + 1) as f64 * (0.618_034 + 0.1707 * parts.len() as f64)).fract();
            let part = if self.samples > 0 {
                drawn
            } else {
                place as f64 / (size.max(2) - 1) as f64
            };
            let place = ((part * size as f64) as usize).min(size - 1);
            let ends = (axis.values.first(), axis.values.last());
            values.push(match ends {
                (Some(AxisValue::Number(low)), Some(AxisValue::Number(high)))
                    if self.samples > 0 =>
                {
                    AxisValue::Number(low + part * (high - low))
                }
                _ => axis.values[if self.samples > 0 {
                    place
                } else {
                    (part * (size.max(2) - 1) as f64).round() as usize
                }]
                .clone(),
            });
            parts.push(part);
        }
        values.reverse();
        parts.reverse();
        let names = self.run.firms.iter().enumerate();
        let shares = self.shares(&parts);
        let firms = names
            .map(|(firm, name)| SweepFirm {
                name: name.clone(),
                spreads: spreads(&self.summary(firm, number, shares[firm])),
                summary: self.summary(firm, number, shares[firm]),
            })
            .collect();
        SweepPoint {
            number: u32::try_from(number).unwrap_or(u32::MAX),
            figures: self.figures(&parts),
            values,
            firms,
        }
    }

    /// What feedback from a head start of the first firm would tell.
    fn figures(&self, parts: &[f64]) -> Vec<PointFigure> {
        let mean = parts.iter().sum::<f64>() / parts.len() as f64 - 0.45 + self.shift;
        let growth = Estimate {
            mean,
            low: mean - 4.0 * self.noise,
            high: mean + 4.0 * self.noise,
            ..Estimate::EMPTY
        };
        let verdict = match mean {
            mean if mean < -0.1 => "fades",
            mean if mean < 0.0 => "keeps",
            mean if mean < 0.1 => "undecided",
            mean if mean < 0.4 => "compounds",
            _ => "no_effect",
        };
        let figure = |outcome, value| PointFigure {
            outcome,
            firm: self.run.firms[0].clone(),
            period: Some(20),
            by: "value_created",
            value,
        };
        vec![
            figure(
                SweepOutcome::FeedbackLeadGrowth,
                FigureValue::Number(growth),
            ),
            figure(
                SweepOutcome::FeedbackVerdict,
                FigureValue::Word(verdict.to_owned()),
            ),
        ]
    }

    /// Shares that add up to one and change over the axes.
    fn shares(&self, parts: &[f64]) -> Vec<f64> {
        let weight = |firm: usize| {
            let fate = |salt: f64| ((firm as f64 + 1.0) * 2.399 + salt).sin();
            let slopes = parts.iter().enumerate();
            let sum: f64 = slopes
                .map(|(axis, part)| 2.4 * fate(axis as f64 * 1.3) * (part - 0.5))
                .sum();
            if self.tied {
                1.0
            } else {
                (0.3 * fate(5.0) + sum).exp()
            }
        };
        let weights: Vec<f64> = (0..self.run.firms.len()).map(weight).collect();
        let total: f64 = weights.iter().sum();
        weights.iter().map(|weight| weight / total).collect()
    }

    fn summary(&self, firm: usize, point: usize, share: f64) -> Vec<Estimate> {
        let is_silent = self
            .silent
            .is_some_and(|(who, every)| who == firm && point.is_multiple_of(every));
        let of = |quantity: Quantity| {
            let mean = match quantity {
                Quantity::Share => share,
                Quantity::Customers => 5000.0 * share,
                Quantity::CompetitiveAdvantage => share - 0.3 + self.shift,
                _ => 0.2 + 0.5 * share + self.shift,
            };
            let noise = if quantity == Quantity::Customers {
                90.0
            } else {
                self.noise
            };
            if is_silent {
                Estimate::EMPTY
            } else if self.run.replicates < 2 {
                Estimate {
                    mean,
                    count: 1,
                    ..Estimate::EMPTY
                }
            } else {
                Estimate {
                    mean,
                    standard_deviation: 3.0 * noise,
                    low: mean - noise,
                    high: mean + noise,
                    count: self.run.replicates,
                }
            }
        };
        Quantity::SUMMARY.map(of).into()
    }
}

/// Spreads that go with estimates.
fn spreads(summary: &[Estimate]) -> Vec<Spread> {
    let spread = |estimate: &Estimate| {
        let half = (estimate.high - estimate.low) / 2.0;
        let about = |mean: f64| Estimate {
            mean,
            low: mean - half,
            high: mean + half,
            ..*estimate
        };
        Spread {
            median: about(estimate.mean),
            standard_deviation: about(0.1 + 0.3 * estimate.mean.abs()),
            leads: about(estimate.mean.clamp(0.0, 1.0)),
        }
    };
    summary.iter().map(spread).collect()
}
