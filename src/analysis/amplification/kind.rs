//! Kind "amplification": three markets, without the head start, with it, and with half of it.

use super::{Amplification, AmplificationQuestion, AmplifiedMarkets, VARIANTS, Verdict, size};
use crate::analysis::AnalysisError;
use crate::analysis::kind::{
    Asked, FigureKind, FigureShape, FigureValue, Kind, PointFigure, Posed, Sample, StoredTables,
    variant,
};
use crate::analysis::trend::{Trend, late_and_early, to_tell};
use crate::experiment::{Cell, Cells, Finished, Order};
use crate::model::{HeadStart, Perturbation, Plan};
use crate::scenario::{Analysis, Diagnostics, RecordedTable, Scenario, SweepOutcome};
use crate::statistics::jackknife::contributions;
use crate::table::{AMPLIFICATION, AMPLIFICATION_VERDICT, Batch, Definition};

impl Kind for Amplification {
    const NAME: &'static str = "amplification";
    const TABLES: &'static [&'static Definition] = &[&AMPLIFICATION, &AMPLIFICATION_VERDICT];
    const FIGURES: &'static [FigureKind] = &[
        FigureKind {
            outcome: SweepOutcome::AmplificationRatio,
            shape: FigureShape::Amount { neutral: 1.0 },
        },
        FigureKind {
            outcome: SweepOutcome::AmplificationVerdict,
            shape: FigureShape::Verdict,
        },
    ];
    type Question = Posed<AmplificationQuestion>;
    type Taken = AmplifiedMarkets;

    fn ask(asked: &Asked<'_>) -> Result<Option<Self::Question>, AnalysisError> {
        let Analysis::Amplification {
            firm,
            period,
            precision,
            outcome,
            at_each_point: _,
        } = asked.analysis
        else {
            return Ok(None);
        };
        let periods = asked.scenario.simulation.periods;
        Ok(Some(Posed {
            question: AmplificationQuestion {
                analysis: asked.number,
                firm: firm.clone(),
                outcome: *outcome,
                period: *period,
                precision: *precision,
                periods,
            },
            market: variant(asked.scenario, RecordedTable::Firms, (*period, periods)),
        }))
    }

    fn start(posed: &Self::Question) -> AmplifiedMarkets {
        AmplifiedMarkets::new(posed.question.clone())
    }

    fn cells(posed: &Self::Question, _: &AmplifiedMarkets, round: u32) -> Option<Box<dyn Order>> {
        (round == 0).then(|| {
            Box::new(Cells {
                points: VARIANTS,
                replicates: posed.market.simulation.replicates,
            }) as _
        })
    }

    fn plan(posed: &Self::Question, variant: u32) -> Result<Plan, Diagnostics> {
        let (question, part) = (&posed.question, size(variant));
        let head_start = match question.precision {
            Some(precision) => HeadStart::Precision(part * precision),
            None => HeadStart::Observations(part),
        };
        Plan::new(&posed.market)?.with_perturbation(Perturbation {
            head_start,
            ..Perturbation::of(&question.firm, question.period)
        })
    }

    fn take(_: &Self::Question, taken: &mut AmplifiedMarkets, cell: Cell, finished: &Finished) {
        taken.add(cell.replicate, cell.point, &finished.records.firms);
    }

    fn answer(_: Self::Question, taken: AmplifiedMarkets) -> Result<Self, AnalysisError> {
        Ok(taken.finish())
    }

    fn tables(answers: &[(u32, &Self)]) -> Vec<Batch> {
        Self::to_tables(answers.iter().map(|(_, answer)| *answer)).into()
    }

    fn read(_: &[(u32, Self::Question)], tables: &StoredTables) -> Vec<(u32, Self)> {
        let found = Self::from_tables(tables.table(0), tables.table(1)).into_iter();
        found.map(|one| (one.question.analysis, one)).collect()
    }

    fn figures(&self) -> Vec<PointFigure> {
        let asked = &self.question;
        let verdict = self.trend.verdict.name().to_owned();
        let all = [
            (
                SweepOutcome::AmplificationRatio,
                FigureValue::Number(self.trend.ratio),
            ),
            (
                SweepOutcome::AmplificationVerdict,
                FigureValue::Word(verdict),
            ),
        ];
        all.map(|(outcome, value)| PointFigure {
            outcome,
            firm: asked.firm.clone(),
            period: Some(asked.period),
            by: asked.outcome.name(),
            value,
        })
        .into()
    }

    fn samples(posed: &Self::Question, taken: &AmplifiedMarkets) -> Vec<Sample> {
        vec![Sample {
            outcome: SweepOutcome::AmplificationRatio,
            firm: posed.question.firm.clone(),
            period: Some(posed.question.period),
            values: contributions(&late_and_early(&taken.courses())),
        }]
    }

    fn tell(&self, _: &Scenario) -> Vec<String> {
        let question = &self.question;
        let start = format!(
            "a head start of {} in period {}",
            question.firm, question.period
        );
        let replicates = self.course.last().map_or(0, |step| step.gain.count);
        let verdict = verdict(&self.trend, &start, replicates);
        vec![verdict + &time(&self.trend) + &half(self)]
    }
}

/// Whether it compounds, and by how much.
fn verdict(trend: &Trend, start: &str, replicates: u32) -> String {
    let (early, late, ratio) = (trend.early, trend.late, trend.ratio);
    let interval = format!(
        "{:.2} times as much per period in {} to {} over {} to {}, 95 % interval {:.2} to {:.2}",
        ratio.mean, late.0, late.1, early.0, early.1, ratio.low, ratio.high
    );
    match trend.verdict {
        Verdict::Undecided if replicates < 2 => {
            format!("{start}: one replicate tells nothing; raise simulation.replicates")
        }
        Verdict::NoEffect => format!(
            "{start} does nothing in periods {} to {} that can be told from zero",
            early.0, early.1
        ),
        Verdict::Compounds => format!("{start} compounds: {interval}"),
        Verdict::Keeps => format!("{start} keeps: {interval}"),
        Verdict::Dissipates => format!("{start} dissipates: {interval}"),
        Verdict::Undecided => {
            let more = to_tell(&ratio, 1.0);
            format!("{start}: undecided, {more}: {interval}")
        }
    }
}

/// How fast, where that is known.
fn time(trend: &Trend) -> String {
    let time = trend.time;
    if !time.mean.is_finite() {
        return String::new();
    }
    let name = if trend.verdict == Verdict::Compounds {
        "doubling time"
    } else {
        "half-life"
    };
    let reach = if time.high.is_finite() {
        format!("{:.0} to {:.0}", time.low, time.high)
    } else {
        format!("{:.0} or more", time.low)
    };
    format!("; {name} {:.0} periods ({reach})", time.mean)
}

/// That the answer is not linear, where it is not.
fn half(found: &Amplification) -> String {
    let half = found.half_size.mean;
    if found.is_linear != Some(false) {
        return String::new();
    }
    format!(
        "; the answer is not linear: half of the head start gives {:.0} % of it, not 50 %",
        50.0 * half
    )
}
