//! The tables `feedback` and `feedback_verdict`, and the way back from them.

use super::{Feedback, FeedbackQuestion, FeedbackStep, verdict_name, verdict_named};
use crate::analysis::Estimate;
use crate::analysis::trend::Trend;
use crate::scenario::FeedbackOutcome;
use crate::table::{Batch, FeedbackRow, FeedbackVerdictRow};

impl Feedback {
    /// The rows of several in `feedback` and in `feedback_verdict`.
    #[must_use]
    pub fn to_tables<'a>(all: impl Iterator<Item = &'a Self> + Clone) -> [Batch; 2] {
        [
            FeedbackRow::batch(all.clone().flat_map(Self::rows)),
            FeedbackVerdictRow::batch(all.map(Self::verdict)),
        ]
    }

    fn rows(&self) -> impl Iterator<Item = FeedbackRow<&str>> {
        self.course.iter().map(|step| FeedbackRow {
            analysis: i64::from(self.question.analysis),
            firm: self.question.firm.as_str(),
            period: i64::from(self.question.period),
            length: i64::from(step.length),
            direct: step.direct.mean,
            direct_low: step.direct.low,
            direct_high: step.direct.high,
            total: step.total.mean,
            total_low: step.total.low,
            total_high: step.total.high,
            factor: step.factor.mean,
            factor_low: step.factor.low,
            factor_high: step.factor.high,
            lead: step.lead.mean,
            lead_low: step.lead.low,
            lead_high: step.lead.high,
            replicates: i64::from(step.total.count),
        })
    }

    fn verdict(&self) -> FeedbackVerdictRow<&str> {
        let (asked, lead) = (&self.question, &self.lead);
        FeedbackVerdictRow {
            analysis: i64::from(asked.analysis),
            firm: &asked.firm,
            outcome: asked.outcome.name(),
            period: i64::from(asked.period),
            observations: asked.observations,
            verdict: verdict_name(lead.verdict),
            ratio: lead.ratio.mean,
            ratio_low: lead.ratio.low,
            ratio_high: lead.ratio.high,
            early_to: i64::from(lead.early.1),
            late_from: i64::from(lead.late.0),
            growth: lead.growth.mean,
            growth_low: lead.growth.low,
            growth_high: lead.growth.high,
            time: lead.time.mean,
            time_low: lead.time.low,
            time_high: lead.time.high,
            at_home: self.at_home.mean,
            at_home_low: self.at_home.low,
            at_home_high: self.at_home.high,
            others: self.others.mean,
            others_low: self.others.low,
            others_high: self.others.high,
            replicates: i64::from(self.replicates()),
        }
    }

    /// Those that rows of the two tables tell of; rows that make no sense are passed over.
    ///
    /// Standard deviations are not in the tables: they come back empty.
    #[must_use]
    pub fn from_tables(courses: &Batch, verdicts: &Batch) -> Vec<Self> {
        let read = |row: FeedbackVerdictRow<&str>| {
            let own = |step: &FeedbackRow<&str>| {
                (step.analysis, step.period) == (row.analysis, row.period)
            };
            let steps = FeedbackRow::all(courses).filter(own);
            let course: Vec<FeedbackStep> = steps.filter_map(step).collect();
            let bounds = |bounds| Estimate::stored(bounds, row.replicates);
            let period: u32 = row.period.try_into().ok()?;
            let end = period + course.last()?.length;
            Some(Self {
                lead: Trend {
                    verdict: verdict_named(row.verdict)?,
                    early: (period, row.early_to.try_into().ok()?),
                    late: (row.late_from.try_into().ok()?, end - 1),
                    ratio: bounds([row.ratio, row.ratio_low, row.ratio_high]),
                    growth: bounds([row.growth, row.growth_low, row.growth_high]),
                    time: bounds([row.time, row.time_low, row.time_high]),
                },
                at_home: bounds([row.at_home, row.at_home_low, row.at_home_high]),
                others: bounds([row.others, row.others_low, row.others_high]),
                question: FeedbackQuestion {
                    analysis: row.analysis.try_into().ok()?,
                    firm: row.firm.to_owned(),
                    outcome: FeedbackOutcome::named(row.outcome)?,
                    period,
                    observations: row.observations,
                    periods: end,
                },
                course,
            })
        };
        FeedbackVerdictRow::all(verdicts).filter_map(read).collect()
    }
}

fn step(row: FeedbackRow<&str>) -> Option<FeedbackStep> {
    let bounds = |bounds| Estimate::stored(bounds, row.replicates);
    Some(FeedbackStep {
        length: row.length.try_into().ok()?,
        direct: bounds([row.direct, row.direct_low, row.direct_high]),
        total: bounds([row.total, row.total_low, row.total_high]),
        factor: bounds([row.factor, row.factor_low, row.factor_high]),
        lead: bounds([row.lead, row.lead_low, row.lead_high]),
    })
}
