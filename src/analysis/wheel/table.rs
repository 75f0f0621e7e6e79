//! The table `loop`, and the way back from it.

use super::{Answer, Level, Link, Question, Wheel};
use crate::analysis::Estimate;
use crate::table::{Batch, LOOP, LoopRow, Vocabulary};

impl Wheel {
    /// The rows of several wheels.
    #[must_use]
    pub fn table(all: &[Self]) -> Batch {
        let mut vocabulary = Vocabulary::default();
        let mut rows = Vec::new();
        for wheel in all {
            let firm = vocabulary.label(&wheel.question.firm);
            let mut add = |name: &str, answer: &Answer| {
                rows.push(LoopRow {
                    analysis: i64::from(wheel.question.analysis),
                    firm,
                    period: i64::from(wheel.question.period),
                    window: i64::from(wheel.question.window),
                    quantity: vocabulary.label(name),
                    value: answer.elasticity.mean,
                    low: answer.elasticity.low,
                    high: answer.elasticity.high,
                    half_size: answer.half_size,
                    linear: answer.is_linear,
                    cause: answer.cause,
                    effect: answer.effect,
                    variance_reduction: answer.variance_reduction,
                    replicates: i64::from(answer.elasticity.count),
                });
            };
            for (level, estimate) in Level::ALL.iter().zip(&wheel.levels) {
                add(level.name(), &Answer::of_level(*estimate));
            }
            for (link, answer) in Link::ALL.iter().zip(&wheel.links) {
                add(link.name(), answer);
            }
        }
        let mut batch = Batch::new(&LOOP, vocabulary.into());
        rows.into_iter().for_each(|row| row.push(&mut batch));
        batch
    }

    /// The wheels that rows of the table tell of; rows that make no sense are passed over.
    ///
    /// Standard deviations are not in the table: they come back empty.
    #[must_use]
    pub fn from_table(batch: &Batch) -> Vec<Self> {
        let mut wheels: Vec<Self> = Vec::new();
        for row in 0..batch.rows() {
            let Some(question) = question(batch, row) else {
                continue;
            };
            if wheels.last().is_none_or(|last| last.question != question) {
                wheels.push(Self {
                    question,
                    levels: [Estimate::EMPTY; 4],
                    links: [Answer::of_level(Estimate::EMPTY); 9],
                });
            }
            let Some(wheel) = wheels.last_mut() else {
                continue;
            };
            let name = batch.vocabulary().name(batch.labels("quantity")[row]);
            let answer = answer(batch, row);
            if let Some(level) = Level::ALL.iter().position(|level| level.name() == name) {
                wheel.levels[level] = answer.elasticity;
            } else if let Some(link) = Link::ALL.iter().position(|link| link.name() == name) {
                wheel.links[link] = answer;
            }
        }
        wheels
    }
}

impl Answer {
    /// A level, which nothing pushes.
    fn of_level(level: Estimate) -> Self {
        Self {
            elasticity: level,
            half_size: f64::NAN,
            is_linear: true,
            cause: f64::NAN,
            effect: f64::NAN,
            variance_reduction: f64::NAN,
        }
    }
}

fn question(batch: &Batch, row: usize) -> Option<Question> {
    let whole = |column| u32::try_from(batch.integers(column)[row]).ok();
    Some(Question {
        analysis: whole("analysis")?,
        firm: batch
            .vocabulary()
            .name(batch.labels("firm")[row])
            .to_owned(),
        period: whole("period")?,
        window: whole("window")?,
    })
}

fn answer(batch: &Batch, row: usize) -> Answer {
    let number = |column| batch.numbers(column)[row];
    Answer {
        elasticity: Estimate {
            mean: number("value"),
            standard_deviation: f64::NAN,
            low: number("low"),
            high: number("high"),
            count: u32::try_from(batch.integers("replicates")[row]).unwrap_or(0),
        },
        half_size: number("half_size"),
        is_linear: batch.flags("linear")[row],
        cause: number("cause"),
        effect: number("effect"),
        variance_reduction: number("variance_reduction"),
    }
}
