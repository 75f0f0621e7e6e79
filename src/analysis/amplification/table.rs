//! The tables `amplification` and `amplification_verdict`, and the way back from them.

use super::{Amplification, AmplificationQuestion, AmplificationStep, Verdict};
use crate::analysis::Estimate;
use crate::analysis::trend::Trend;
use crate::scenario::AmplifiedOutcome;
use crate::table::{AmplificationRow, AmplificationVerdictRow, Batch};

impl Amplification {
    /// The rows of several analyses in `amplification` and in `amplification_verdict`.
    #[must_use]
    pub fn to_tables<'a>(all: impl Iterator<Item = &'a Self> + Clone) -> [Batch; 2] {
        [
            AmplificationRow::batch(all.clone().flat_map(Self::steps)),
            AmplificationVerdictRow::batch(all.map(Self::verdict)),
        ]
    }

    fn steps(&self) -> impl Iterator<Item = AmplificationRow<&str>> {
        let asked = &self.question;
        self.course.iter().map(|step| AmplificationRow {
            analysis: i64::from(asked.analysis),
            firm: asked.firm.as_str(),
            outcome: asked.outcome.name(),
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
        })
    }

    fn verdict(&self) -> AmplificationVerdictRow<&str> {
        let (asked, found) = (&self.question, &self.trend);
        AmplificationVerdictRow {
            analysis: i64::from(asked.analysis),
            firm: &asked.firm,
            outcome: asked.outcome.name(),
            period: i64::from(asked.period),
            precision: asked.precision.unwrap_or(f64::NAN),
            verdict: found.verdict.name(),
            ratio: found.ratio.mean,
            ratio_low: found.ratio.low,
            ratio_high: found.ratio.high,
            early_to: i64::from(found.early.1),
            late_from: i64::from(found.late.0),
            time: found.time.mean,
            time_low: found.time.low,
            time_high: found.time.high,
            half_size: self.half_size.mean,
            half_size_low: self.half_size.low,
            half_size_high: self.half_size.high,
            linear: self.is_linear,
        }
    }

    /// The analyses that rows of the two tables tell of; rows that make no sense are passed over.
    ///
    /// Standard deviations are not in the tables: they come back empty.
    #[must_use]
    pub fn from_tables(courses: &Batch, verdicts: &Batch) -> Vec<Self> {
        let read = |row: AmplificationVerdictRow<&str>| {
            let steps = AmplificationRow::all(courses).filter(|step| step.analysis == row.analysis);
            let course: Vec<AmplificationStep> = steps.filter_map(step).collect();
            let last = course.last()?;
            let bounds = |bounds| Estimate::stored(bounds, last.gain.count.into());
            let period: u32 = row.period.try_into().ok()?;
            Some(Self {
                trend: Trend {
                    verdict: Verdict::named(row.verdict)?,
                    early: (period, row.early_to.try_into().ok()?),
                    late: (row.late_from.try_into().ok()?, last.period),
                    ratio: bounds([row.ratio, row.ratio_low, row.ratio_high]),
                    growth: Estimate::EMPTY,
                    time: bounds([row.time, row.time_low, row.time_high]),
                },
                half_size: bounds([row.half_size, row.half_size_low, row.half_size_high]),
                is_linear: row.linear,
                question: AmplificationQuestion {
                    analysis: row.analysis.try_into().ok()?,
                    firm: row.firm.to_owned(),
                    outcome: AmplifiedOutcome::named(row.outcome)?,
                    period,
                    precision: Some(row.precision).filter(|size| size.is_finite()),
                    periods: last.period + 1,
                },
                course,
            })
        };
        AmplificationVerdictRow::all(verdicts)
            .filter_map(read)
            .collect()
    }
}

fn step(row: AmplificationRow<&str>) -> Option<AmplificationStep> {
    let bounds = |bounds| Estimate::stored(bounds, row.replicates);
    Some(AmplificationStep {
        period: row.period.try_into().ok()?,
        gain: bounds([row.gain, row.gain_low, row.gain_high]),
        cumulative: bounds([row.cumulative, row.cumulative_low, row.cumulative_high]),
        amplification: bounds([
            row.amplification,
            row.amplification_low,
            row.amplification_high,
        ]),
        half_size: row.half_size,
        variance_reduction: row.variance_reduction,
    })
}
