//! What made-up firms learn.

use super::{Sample, rise};
use crate::analysis::{
    Estimate, ExperienceCurve, FirmLearning, LONGEST, Learning, Newcomers, Predicted, Series,
};

impl Sample {
    /// Curves of all firms that are ever in the market; the last firm's cannot be predicted, and few come often to the second.
    pub(super) fn learning(&self) -> Learning {
        let firm = |number: usize| {
            let never = self
                .entries
                .get(number)
                .is_some_and(|&entry| entry >= self.periods);
            let fate = ((number as f64 + 1.0) * 2.399).sin() * self.contrast;
            let speed = 6.0 + 2.0 * fate;
            let long = if number == 1 { 17 } else { LONGEST };
            let curve = |start: f64, gain: f64, shown: usize| -> Series {
                let one = |n: usize| self.estimate(start + gain * rise(n as f64, speed), 0.01);
                let known = |n: usize| if n < shown { one(n) } else { Estimate::EMPTY };
                (0..LONGEST).map(known).collect()
            };
            let shown = if never { 0 } else { long };
            let predicted = (number == 0 || number + 1 < self.firms.len()).then_some(LONGEST);
            let bins = if never { 0 } else { 12 + (number % 5) };
            FirmLearning {
                curve: Some(ExperienceCurve {
                    knowledge: curve(0.1, 0.7, shown),
                    fit: curve(0.4, 0.3, shown),
                    predicted: Predicted {
                        knowledge: predicted.map(|shown| curve(0.11, 0.71, shown)),
                        fit: predicted.map(|shown| curve(0.42, 0.35, shown)),
                    },
                }),
                newcomers: Newcomers {
                    transactions: (0..bins)
                        .map(|bin| 400.0 * ((bin as f64 / 2.0).exp2() - 1.0))
                        .collect(),
                    fit: (0..bins)
                        .map(|bin| self.estimate(0.35 + (0.015 + 0.01 * fate) * bin as f64, 0.01))
                        .collect(),
                },
            }
        };
        Learning {
            usual: 400.0,
            firms: (0..self.firms.len()).map(firm).collect(),
        }
    }
}
