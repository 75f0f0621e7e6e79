//! What a calibration found, in sentences.

use super::{Calibrated, FittedStatistic, Told};

/// Statistics that are named where the model cannot make them.
const MOST_NAMED: usize = 5;

impl Calibrated {
    /// What was found: first, if it is so, that the model cannot make these data.
    #[must_use]
    pub fn sentences(&self) -> Vec<String> {
        let warnings = self.impossible().into_iter();
        let own = self.parameters.iter().map(|one| {
            let (low, high) = one.posterior.wide();
            let told = match one.told() {
                Told::Identified => String::new(),
                Told::Weak => format!("; weak: predictivity {:.2}", one.predictivity),
                Told::NotIdentified => {
                    format!("; not identified: this is what its range says, the data say next to nothing (predictivity {:.2})", one.predictivity)
                }
            };
            let number = number(high - low);
            format!("{} is {}, 90 % interval {} to {}{told}", one.path, number(one.posterior.median()), number(low), number(high))
        });
        let together = self.pairs.iter().filter(|pair| pair.is_together()).map(|pair| {
            let (one, other) = &pair.paths;
            format!("{one} and {other} cannot be told apart: their draws have a correlation of {:.2}", pair.correlation)
        });
        warnings
            .chain(own)
            .chain(together)
            .map(|text| format!("calibration: {text}"))
            .collect()
    }

    /// Why the model cannot make these data; nothing where it can.
    #[must_use]
    pub fn impossible(&self) -> Vec<String> {
        if self.is_possible {
            return Vec::new();
        }
        let all: Vec<&FittedStatistic> = self.fit.iter().filter(|one| !one.is_possible()).collect();
        if all.is_empty() {
            return vec![
                "the model cannot make these data: no point comes as near to all statistics together as points do to each other".to_owned(),
            ];
        }
        let mut told: Vec<String> = all
            .iter()
            .take(MOST_NAMED)
            .map(|one| outside(one))
            .collect();
        if all.len() > MOST_NAMED {
            told.push(format!(
                "the model cannot make these data: {} statistics more lie outside of what any point gives (table fit)",
                all.len() - MOST_NAMED
            ));
        }
        told
    }
}

/// How a statistic lies outside of what points give.
fn outside(one: &FittedStatistic) -> String {
    let (least, greatest) = one.range;
    let number = number(greatest - least);
    let bound = match one.observed.0 > greatest {
        true => format!("no point gives more than {}", number(greatest)),
        false => format!("no point gives less than {}", number(least)),
    };
    format!(
        "the model cannot make these data: {} is {}, and {bound}",
        one.name(),
        number(one.observed.0)
    )
}

impl FittedStatistic {
    /// The statistic in words: "share of coach from 0 to 19".
    #[must_use]
    pub fn name(&self) -> String {
        let (from, to) = self.over;
        let firm = match self.firm.as_str() {
            "" => String::new(),
            firm => format!(" of {firm}"),
        };
        let over = match to {
            0 => format!("from {from} on"),
            to if to == from + 1 => format!("at {from}"),
            to => format!("from {from} to {}", to - 1),
        };
        format!("{}{firm} {over}", self.kind.name())
    }
}

/// How numbers of this width are written.
fn number(width: f64) -> impl Fn(f64) -> String {
    let decimals = match width > 0.0 && width.is_finite() {
        true => (2.0 - libm::log10(width).floor()).clamp(0.0, 8.0) as usize,
        false => 4,
    };
    move |value| format!("{value:.decimals$}")
}
