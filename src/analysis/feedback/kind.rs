//! Kind "feedback": three worlds side by side in every replicate, for each of the times asked for.

use super::{Feedback, FeedbackQuestion, FeedbackStep, FeedbackWorlds, verdict_name};
use crate::analysis::kind::{
    Asked, FigureKind, FigureShape, FigureValue, Kind, PointFigure, Posed, Sample, StoredTables,
    variant,
};
use crate::analysis::trend::{Verdict, late_and_early, to_tell};
use crate::analysis::{AnalysisError, Estimate};
use crate::experiment::{Cell, Cells, Finished, Order};
use crate::model::{HeadStart, Plan};
use crate::scenario::{
    Analysis, Diagnostics, FeedbackOutcome, Record, RecordedTable, Scenario, SweepOutcome,
};
use crate::statistics::jackknife::contributions;
use crate::table::{Batch, Definition, FEEDBACK, FEEDBACK_VERDICT};

/// What comes back of head starts at one or several times: at least one.
#[derive(Debug, Clone, PartialEq)]
pub struct Feedbacks {
    /// In the order of the question.
    pub all: Vec<Feedback>,
}

impl Kind for Feedbacks {
    const NAME: &'static str = "feedback";
    const TABLES: &'static [&'static Definition] = &[&FEEDBACK, &FEEDBACK_VERDICT];
    const FIGURES: &'static [FigureKind] = &[
        figure(
            SweepOutcome::FeedbackFactor,
            FigureShape::Amount { neutral: 1.0 },
        ),
        figure(
            SweepOutcome::FeedbackDirect,
            FigureShape::Amount { neutral: 0.0 },
        ),
        figure(
            SweepOutcome::FeedbackTotal,
            FigureShape::Amount { neutral: 0.0 },
        ),
        figure(SweepOutcome::FeedbackLead, FigureShape::Part),
        figure(SweepOutcome::FeedbackLeadGrowth, FigureShape::Part),
        figure(
            SweepOutcome::FeedbackLeadRatio,
            FigureShape::Amount { neutral: 1.0 },
        ),
        figure(SweepOutcome::FeedbackVerdict, FigureShape::Verdict),
    ];
    type Question = Posed<Vec<FeedbackQuestion>>;
    type Taken = Vec<FeedbackWorlds>;

    fn ask(asked: &Asked<'_>) -> Result<Option<Self::Question>, AnalysisError> {
        let Analysis::Feedback {
            firm,
            period,
            periods,
            observations,
            outcome,
            at_each_point: _,
        } = asked.analysis
        else {
            return Ok(None);
        };
        let all = asked.scenario.simulation.periods;
        let question = |period: &u32| FeedbackQuestion {
            analysis: asked.number,
            firm: firm.clone(),
            outcome: *outcome,
            period: *period,
            observations: *observations,
            periods: all,
        };
        let question: Vec<_> = period.iter().chain(periods).map(question).collect();
        let mut market = variant(asked.scenario, RecordedTable::Firms, (0, all));
        // what is asked for stands in a table of its own
        market.simulation.record = Record {
            tables: vec![RecordedTable::Market],
            every: u32::MAX,
            ..Record::default()
        };
        Ok((!question.is_empty()).then_some(Posed { question, market }))
    }

    fn start(posed: &Self::Question) -> Self::Taken {
        posed
            .question
            .iter()
            .cloned()
            .map(FeedbackWorlds::new)
            .collect()
    }

    fn cells(posed: &Self::Question, _: &Self::Taken, round: u32) -> Option<Box<dyn Order>> {
        (round == 0).then(|| {
            Box::new(Cells {
                points: u32::try_from(posed.question.len()).unwrap_or(u32::MAX),
                replicates: posed.market.simulation.replicates,
            }) as _
        })
    }

    fn plan(posed: &Self::Question, number: u32) -> Result<Plan, Diagnostics> {
        let question = &posed.question[number as usize];
        let head_start = HeadStart::Observations(question.observations);
        Plan::new(&posed.market)?.with_worlds(&question.firm, question.period, head_start)
    }

    fn take(_: &Self::Question, taken: &mut Self::Taken, cell: Cell, finished: &Finished) {
        taken[cell.point as usize].add(&finished.records.worlds);
    }

    fn answer(_: Self::Question, taken: Self::Taken) -> Result<Self, AnalysisError> {
        Ok(Self {
            all: taken.into_iter().map(FeedbackWorlds::finish).collect(),
        })
    }

    fn tables(answers: &[(u32, &Self)]) -> Vec<Batch> {
        Feedback::to_tables(answers.iter().flat_map(|(_, answer)| &answer.all)).into()
    }

    fn read(_: &[(u32, Self::Question)], tables: &StoredTables) -> Vec<(u32, Self)> {
        let all = Feedback::from_tables(tables.table(0), tables.table(1));
        let same = |a: &Feedback, b: &Feedback| a.question.analysis == b.question.analysis;
        let own = |all: &[Feedback]| (all[0].question.analysis, Self { all: all.to_vec() });
        all.chunk_by(same).map(own).collect()
    }

    fn figures(&self) -> Vec<PointFigure> {
        self.all.iter().flat_map(figures).collect()
    }

    fn samples(_: &Self::Question, taken: &Self::Taken) -> Vec<Sample> {
        taken.iter().flat_map(samples).collect()
    }

    fn tell(&self, _: &Scenario) -> Vec<String> {
        let own = |one: &Feedback| [factor(one), lead(one)].map(|text| format!("feedback: {text}"));
        self.all.iter().flat_map(own).collect()
    }
}

const fn figure(outcome: SweepOutcome, shape: FigureShape) -> FigureKind {
    FigureKind { outcome, shape }
}

/// All figures of one head start.
fn figures(found: &Feedback) -> Vec<PointFigure> {
    let asked = &found.question;
    let end = |of: fn(&FeedbackStep) -> Estimate| {
        let last = found.course.last();
        FigureValue::Number(last.map_or(Estimate::EMPTY, of))
    };
    let verdict = verdict_name(found.lead.verdict).to_owned();
    let all = [
        (SweepOutcome::FeedbackFactor, end(|step| step.factor)),
        (SweepOutcome::FeedbackDirect, end(|step| step.direct)),
        (SweepOutcome::FeedbackTotal, end(|step| step.total)),
        (SweepOutcome::FeedbackLead, end(|step| step.lead)),
        (
            SweepOutcome::FeedbackLeadGrowth,
            FigureValue::Number(found.lead.growth),
        ),
        (
            SweepOutcome::FeedbackLeadRatio,
            FigureValue::Number(found.lead.ratio),
        ),
        (SweepOutcome::FeedbackVerdict, FigureValue::Word(verdict)),
    ];
    let of_value = |outcome| {
        use SweepOutcome::{FeedbackDirect, FeedbackFactor, FeedbackTotal};
        matches!(outcome, FeedbackDirect | FeedbackFactor | FeedbackTotal)
    };
    all.map(|(outcome, value)| PointFigure {
        outcome,
        firm: asked.firm.clone(),
        period: Some(asked.period),
        by: if of_value(outcome) {
            asked.outcome.name()
        } else {
            ""
        },
        value,
    })
    .into()
}

/// The figures of one head start by replicate.
fn samples(worlds: &FeedbackWorlds) -> Vec<Sample> {
    let (effects, leads) = (worlds.effects(), worlds.leads());
    let direct = effects.iter().map(|effect| effect.0).collect();
    let total = effects.iter().map(|effect| effect.1).collect();
    let factor: Vec<(f64, f64)> = effects
        .iter()
        .map(|(direct, total)| (*total, *direct))
        .collect();
    let last = |lead: &Vec<f64>| lead.last().copied().unwrap_or(f64::NAN);
    let all = [
        (SweepOutcome::FeedbackFactor, contributions(&factor)),
        (SweepOutcome::FeedbackDirect, direct),
        (SweepOutcome::FeedbackTotal, total),
        (SweepOutcome::FeedbackLead, leads.iter().map(last).collect()),
        (
            SweepOutcome::FeedbackLeadRatio,
            contributions(&late_and_early(&leads)),
        ),
    ];
    let sample = |(outcome, values)| Sample {
        outcome,
        firm: worlds.question.firm.clone(),
        period: Some(worlds.question.period),
        values,
    };
    all.map(sample).into()
}

/// What a unit of value has become.
fn factor(found: &Feedback) -> String {
    let FeedbackQuestion {
        firm,
        period,
        outcome,
        ..
    } = &found.question;
    let what = match outcome {
        FeedbackOutcome::ValueCreated => "value",
        FeedbackOutcome::Profit => "profit",
    };
    let (factor, lasts) = (found.factor(), found.course.len());
    if found.replicates() < 2 {
        return format!(
            "{firm} in period {period}: one replicate tells nothing; raise simulation.replicates"
        );
    }
    if !factor.mean.is_finite() {
        return format!(
            "knowing better in period {period} does nothing for the {what} of {firm} that can be told from zero, so nothing comes back"
        );
    }
    if !found.is_told() {
        return format!(
            "how much comes back of the {what} that {firm} has from knowing better in period {period} cannot be told yet: {:.1} times as much after {lasts} periods, 95 % interval {:.1} to {:.1}; {}",
            factor.mean,
            factor.low,
            factor.high,
            to_tell(&factor, 0.0)
        );
    }
    format!(
        "a unit of {what} that {firm} has from knowing better in period {period} has become {:.1} after {lasts} periods, 95 % interval {:.1} to {:.1}",
        factor.mean, factor.low, factor.high
    )
}

/// What becomes of the lead.
fn lead(found: &Feedback) -> String {
    let trend = &found.lead;
    let ratio = trend.ratio;
    // where the lead was hardly there at first, it may be any number of times as large
    let high = match ratio.high {
        high if high < 100.0 => format!("{high:.2}"),
        _ => "more than 100".to_owned(),
    };
    let interval = format!(
        "{:.2} times as large in periods {} to {} as in {} to {}, 95 % interval {:.2} to {high}",
        ratio.mean, trend.late.0, trend.late.1, trend.early.0, trend.early.1, ratio.low
    );
    match trend.verdict {
        Verdict::Compounds => format!("its lead in share compounds: {interval}"),
        Verdict::Keeps => format!("its lead in share keeps: {interval}"),
        Verdict::Dissipates => format!("its lead in share fades: {interval}"),
        Verdict::Undecided if ratio.low.is_finite() => {
            let more = to_tell(&ratio, 1.0);
            format!("what becomes of its lead in share is undecided, {more}: {interval}")
        }
        Verdict::Undecided => "what becomes of its lead in share is undecided".to_owned(),
        Verdict::NoEffect => {
            "it has no lead in share at first that can be told from zero".to_owned()
        }
    }
}
