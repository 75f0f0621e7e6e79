//! The table `loop`, and the way back from it.

use super::{Level, Link, LinkAnswer, LoopQuestion, Wheel};
use crate::analysis::Estimate;
use crate::table::{Batch, LOOP, LoopRow};

impl Wheel {
    /// The rows of several wheels.
    #[must_use]
    pub fn table<'a>(all: impl Iterator<Item = &'a Self>) -> Batch {
        let mut batch = Batch::new(&LOOP, std::sync::Arc::default());
        for wheel in all {
            for (level, estimate) in Level::ALL.iter().zip(&wheel.levels) {
                wheel
                    .row(level.name(), &LinkAnswer::of_level(*estimate))
                    .push(&mut batch);
            }
            for (link, answer) in Link::ALL.iter().zip(&wheel.links) {
                wheel.row(link.name(), answer).push(&mut batch);
            }
        }
        batch
    }

    fn row<'a>(&'a self, quantity: &'a str, answer: &LinkAnswer) -> LoopRow<&'a str> {
        LoopRow {
            analysis: i64::from(self.question.analysis),
            firm: &self.question.firm,
            period: i64::from(self.question.period),
            window: i64::from(self.question.window),
            quantity,
            value: answer.elasticity.mean,
            low: answer.elasticity.low,
            high: answer.elasticity.high,
            half_size: answer.half_size,
            linear: answer.is_linear,
            cause: answer.cause,
            effect: answer.effect,
            variance_reduction: answer.variance_reduction,
            replicates: i64::from(answer.elasticity.count),
        }
    }

    /// The wheels that rows of the table tell of; rows that make no sense are passed over.
    ///
    /// Standard deviations are not in the table: they come back empty.
    #[must_use]
    pub fn from_table(batch: &Batch) -> Vec<Self> {
        let mut wheels: Vec<Self> = Vec::new();
        for row in LoopRow::all(batch) {
            let Some(question) = question(&row) else {
                continue;
            };
            if wheels.last().is_none_or(|last| last.question != question) {
                wheels.push(Self {
                    question,
                    levels: [Estimate::EMPTY; 4],
                    links: [LinkAnswer::of_level(Estimate::EMPTY); 9],
                });
            }
            let Some(wheel) = wheels.last_mut() else {
                continue;
            };
            let (name, answer) = (row.quantity, answer(&row));
            if let Some(level) = Level::ALL.iter().position(|level| level.name() == name) {
                wheel.levels[level] = answer.elasticity;
            } else if let Some(link) = Link::ALL.iter().position(|link| link.name() == name) {
                wheel.links[link] = answer;
            }
        }
        wheels
    }
}

impl LinkAnswer {
    /// A level, which nothing pushes.
    fn of_level(level: Estimate) -> Self {
        Self {
            elasticity: level,
            half_size: f64::NAN,
            is_linear: None,
            cause: f64::NAN,
            effect: f64::NAN,
            variance_reduction: f64::NAN,
        }
    }
}

fn question(row: &LoopRow<&str>) -> Option<LoopQuestion> {
    Some(LoopQuestion {
        analysis: row.analysis.try_into().ok()?,
        firm: row.firm.to_owned(),
        period: row.period.try_into().ok()?,
        window: row.window.try_into().ok()?,
    })
}

fn answer(row: &LoopRow<&str>) -> LinkAnswer {
    LinkAnswer {
        elasticity: Estimate::stored([row.value, row.low, row.high], row.replicates),
        half_size: row.half_size,
        is_linear: row.linear,
        cause: row.cause,
        effect: row.effect,
        variance_reduction: row.variance_reduction,
    }
}
