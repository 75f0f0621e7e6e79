//! A made-up journey of customers.

use super::Sample;
use crate::analysis::{Estimate, FirmJourney, Journey, Turn};
use crate::scenario::presets;

impl Sample {
    pub fn journey(&self) -> Journey {
        let count = self.firms.len() as f64;
        let estimate = |mean: f64| self.estimate(mean, 0.01);
        let (long, last) = ((self.periods / 30).max(1), self.periods - 1);
        let firm = |number: usize| {
            let fate = ((number as f64 + 1.0) * 2.399).sin() * self.contrast;
            let never = self.entries.get(number).is_some_and(|&entry| entry > last);
            let of_firm = |mean: f64| {
                if never {
                    Estimate::EMPTY
                } else {
                    estimate(mean)
                }
            };
            let part = if never {
                0.0
            } else {
                (1.0 + 0.9 * fate) / count
            };
            let noticed = (0.5 + 0.5 * fate) * part;
            FirmJourney {
                experience: (!never).then(|| {
                    let (name, experience) = presets()[number % 4].clone();
                    (name.to_owned(), experience)
                }),
                has_others: number % 3 == 2,
                noticed: estimate(0.7 * noticed),
                requested: estimate(0.85 * part),
                fulfilled: estimate(0.8 * part),
                begun: of_firm(0.45 + 0.45 * fate),
                friction: [0.03 - 0.02 * fate, 0.1 + 0.1 * fate, 0.06].map(of_firm),
                wheel: [0.1, 0.6, 0.9].map(|turned| Turn {
                    interactions: of_firm(2000.0 * part * (0.4 + 0.6 * turned)),
                    knowledge: of_firm(turned * (0.8 + 0.2 * fate)),
                    fit: of_firm(0.3 + 0.5 * turned),
                    value: of_firm(-0.1 + 0.6 * turned - self.subsidy),
                }),
            }
        };
        Journey {
            closing: (self.periods - self.periods.div_ceil(10), last),
            friction: [0.05, 0.2, 0.2],
            recognized: estimate(0.88),
            fulfilled: estimate(0.8),
            moments: [0, (self.periods - long) / 2, self.periods - long]
                .map(|first| (first, first + long - 1)),
            firms: (0..self.firms.len()).map(firm).collect(),
        }
    }
}
