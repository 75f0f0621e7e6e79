//! The tables `amplification` and `amplification_verdict`, and the way back from them.

use super::{Amplification, Finding, Question, Step, Verdict};
use crate::analysis::Estimate;
use crate::scenario::AmplifiedOutcome;
use crate::table::{
    AMPLIFICATION, AMPLIFICATION_VERDICT, AmplificationRow, AmplificationVerdictRow, Batch,
    Vocabulary,
};

impl Amplification {
    /// The rows of several analyses in `amplification` and in `amplification_verdict`.
    #[must_use]
    pub fn tables(all: &[Self]) -> [Batch; 2] {
        let mut vocabulary = Vocabulary::default();
        let mut steps = Vec::new();
        let mut verdicts = Vec::new();
        for one in all {
            let asked = &one.question;
            let firm = vocabulary.label(&asked.firm);
            let outcome = vocabulary.label(asked.outcome.name());
            let verdict = vocabulary.label(one.finding.verdict.name());
            steps.extend(one.course.iter().map(|step| AmplificationRow {
                analysis: i64::from(asked.analysis),
                firm,
                outcome,
                period: i64::from(step.period),
                gain: step.gain.mean,
                gain_low: step.gain.low,
                gain_high: step.gain.high,
                cumulative: step.cumulative.mean,
                cumulative_low: step.cumulative.low,
                cumulative_high: step.cumulative.high,
                amplification: step.amplification.mean,
                amplification_low: step.amplification.low,
                amplification_high: step.amplification.high,
                half_size: step.half_size,
                variance_reduction: step.variance_reduction,
                replicates: i64::from(step.gain.count),
            }));
            let found = &one.finding;
            verdicts.push(AmplificationVerdictRow {
                analysis: i64::from(asked.analysis),
                firm,
                outcome,
                period: i64::from(asked.period),
                precision: asked.precision.unwrap_or(f64::NAN),
                verdict,
                ratio: found.ratio.mean,
                ratio_low: found.ratio.low,
                ratio_high: found.ratio.high,
                early_to: i64::from(found.early.1),
                late_from: i64::from(found.late.0),
                time: found.time.mean,
                time_low: found.time.low,
                time_high: found.time.high,
                half_size: found.half_size.mean,
                half_size_low: found.half_size.low,
                half_size_high: found.half_size.high,
                linear: found.is_linear,
            });
        }
        let vocabulary = std::sync::Arc::new(vocabulary);
        let mut tables = [
            Batch::new(&AMPLIFICATION, vocabulary.clone()),
            Batch::new(&AMPLIFICATION_VERDICT, vocabulary),
        ];
        steps.into_iter().for_each(|row| row.push(&mut tables[0]));
        verdicts
            .into_iter()
            .for_each(|row| row.push(&mut tables[1]));
        tables
    }

    /// The analyses that rows of the two tables tell of; rows that make no sense are passed over.
    ///
    /// Standard deviations are not in the tables: they come back empty.
    #[must_use]
    pub fn from_tables(courses: &Batch, verdicts: &Batch) -> Vec<Self> {
        let read = |row: usize| {
            let text = |column| verdicts.vocabulary().name(verdicts.labels(column)[row]);
            let whole = |column| u32::try_from(verdicts.integers(column)[row]).ok();
            let number = |column| verdicts.numbers(column)[row];
            let analysis = whole("analysis")?;
            let course = course(courses, analysis);
            let last = course.last()?;
            let between = |name: &str| bounds(verdicts, row, name, last.gain.count);
            Some(Self {
                finding: Finding {
                    verdict: Verdict::named(text("verdict"))?,
                    early: (whole("period")?, whole("early_to")?),
                    late: (whole("late_from")?, last.period),
                    ratio: between("ratio"),
                    time: between("time"),
                    half_size: between("half_size"),
                    is_linear: verdicts.flags("linear")[row],
                },
                question: Question {
                    analysis,
                    firm: text("firm").to_owned(),
                    outcome: AmplifiedOutcome::named(text("outcome"))?,
                    period: whole("period")?,
                    precision: Some(number("precision")).filter(|size| size.is_finite()),
                    periods: last.period + 1,
                },
                course,
            })
        };
        (0..verdicts.rows()).filter_map(read).collect()
    }
}

/// The course of an analysis.
fn course(courses: &Batch, analysis: u32) -> Vec<Step> {
    let numbers = courses.integers("analysis").iter();
    let rows = numbers
        .enumerate()
        .filter(|(_, number)| **number == i64::from(analysis));
    let step = |(row, _): (usize, &i64)| {
        let count = u32::try_from(courses.integers("replicates")[row]).unwrap_or(0);
        Some(Step {
            period: u32::try_from(courses.integers("period")[row]).ok()?,
            gain: bounds(courses, row, "gain", count),
            cumulative: bounds(courses, row, "cumulative", count),
            amplification: bounds(courses, row, "amplification", count),
            half_size: courses.numbers("half_size")[row],
            variance_reduction: courses.numbers("variance_reduction")[row],
        })
    };
    rows.filter_map(step).collect()
}

/// A mean with its interval, from the columns of that name.
fn bounds(batch: &Batch, row: usize, name: &str, count: u32) -> Estimate {
    let number = |suffix: &str| batch.numbers(&format!("{name}{suffix}"))[row];
    Estimate {
        mean: number(""),
        standard_deviation: f64::NAN,
        low: number("_low"),
        high: number("_high"),
        count,
    }
}
