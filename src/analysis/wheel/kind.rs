//! Kind "loop": an unperturbed market, and one with each push at each of the times asked for.

use super::{Link, LoopMarkets, LoopQuestion, VARIANTS, Wheel, perturbation};
use crate::analysis::kind::{
    Asked, FigureKind, FigureShape, FigureValue, Kind, PointFigure, Posed, StoredTables, variant,
};
use crate::analysis::{AnalysisError, Estimate};
use crate::experiment::{Cell, Cells, Finished, Order};
use crate::model::Plan;
use crate::scenario::{Analysis, Diagnostics, RecordedTable, Scenario, SweepOutcome};
use crate::table::{Batch, Definition, LOOP};

/// A firm's loop at one or several times: at least one.
#[derive(Debug, Clone, PartialEq)]
pub struct Loop {
    /// In the order of the question.
    pub wheels: Vec<Wheel>,
}

/// What charts of sweeps call the links, in the order of [`Link::PUSHED`].
const LINKS: [SweepOutcome; 4] = [
    SweepOutcome::LoopKnowledgeToFit,
    SweepOutcome::LoopFitToValue,
    SweepOutcome::LoopValueToInteractions,
    SweepOutcome::LoopInteractionsToKnowledge,
];

const fn elasticity(outcome: SweepOutcome) -> FigureKind {
    FigureKind {
        outcome,
        shape: FigureShape::Amount { neutral: 0.0 },
    }
}

/// Pushes at a time.
const PUSHES: u32 = VARIANTS - 1;

/// Of a variant's number: the place of its question, and the variant of that question; none for the unperturbed
/// market, which all questions share.
fn of_variant(number: u32) -> Option<(usize, u32)> {
    let pushed = number.checked_sub(1)?;
    Some(((pushed / PUSHES) as usize, 1 + pushed % PUSHES))
}

impl Kind for Loop {
    const NAME: &'static str = "loop";
    const TABLES: &'static [&'static Definition] = &[&LOOP];
    const FIGURES: &'static [FigureKind] = &[
        elasticity(LINKS[0]),
        elasticity(LINKS[1]),
        elasticity(LINKS[2]),
        elasticity(LINKS[3]),
    ];
    type Question = Posed<Vec<LoopQuestion>>;
    type Taken = Vec<LoopMarkets>;

    fn ask(asked: &Asked<'_>) -> Result<Option<Self::Question>, AnalysisError> {
        let Analysis::Loop {
            firm,
            period,
            periods,
            window,
            at_each_point: _,
        } = asked.analysis
        else {
            return Ok(None);
        };
        let question = |period: &u32| LoopQuestion {
            analysis: asked.number,
            firm: firm.clone(),
            period: *period,
            window: *window,
        };
        let question: Vec<LoopQuestion> = period.iter().chain(periods).map(question).collect();
        Ok((!question.is_empty()).then(|| Posed {
            question,
            market: asked.scenario.clone(),
        }))
    }

    fn start(posed: &Self::Question) -> Self::Taken {
        let questions = posed.question.iter().cloned();
        questions.map(LoopMarkets::new).collect()
    }

    fn cells(posed: &Self::Question, _: &Self::Taken, round: u32) -> Option<Box<dyn Order>> {
        let count = u32::try_from(posed.question.len()).unwrap_or(u32::MAX);
        (round == 0).then(|| {
            Box::new(Cells {
                points: 1 + PUSHES * count,
                replicates: posed.market.simulation.replicates,
            }) as _
        })
    }

    fn plan(posed: &Self::Question, number: u32) -> Result<Plan, Diagnostics> {
        let Posed { question, market } = posed;
        let pushed = of_variant(number).map(|(place, own)| (&question[place], own));
        // a market with a push need not be simulated beyond its window
        let (from, to) = match pushed {
            Some((own, _)) => (own.period, own.period + own.window),
            None => (
                question.iter().map(|one| one.period).min().unwrap_or(1),
                question
                    .iter()
                    .map(|one| one.period + one.window)
                    .max()
                    .unwrap_or(1),
            ),
        };
        let plan = Plan::new(&variant(market, RecordedTable::Periods, (from - 1, to)))?;
        match pushed.and_then(|(own, number)| perturbation(own, number)) {
            Some(push) => plan.with_perturbation(push),
            None => Ok(plan),
        }
    }

    fn take(_: &Self::Question, taken: &mut Self::Taken, cell: Cell, finished: &Finished) {
        let periods = &finished.records.periods;
        match of_variant(cell.point) {
            Some((place, own)) => taken[place].add(cell.replicate, own, periods),
            None => taken
                .iter_mut()
                .for_each(|all| all.add(cell.replicate, 0, periods)),
        }
    }

    fn answer(_: Self::Question, taken: Self::Taken) -> Result<Self, AnalysisError> {
        Ok(Self {
            wheels: taken.into_iter().map(LoopMarkets::finish).collect(),
        })
    }

    fn tables(answers: &[(u32, &Self)]) -> Vec<Batch> {
        let wheels = answers.iter().flat_map(|(_, answer)| &answer.wheels);
        vec![Wheel::table(wheels)]
    }

    fn read(_: &[(u32, Self::Question)], tables: &StoredTables) -> Vec<(u32, Self)> {
        let all = Wheel::from_table(tables.table(0));
        let same = |a: &Wheel, b: &Wheel| a.question.analysis == b.question.analysis;
        let own = |wheels: &[Wheel]| {
            let wheels = wheels.to_vec();
            (wheels[0].question.analysis, Self { wheels })
        };
        all.chunk_by(same).map(own).collect()
    }

    fn figures(&self) -> Vec<PointFigure> {
        let of_wheel = |wheel: &Wheel| {
            let figure = |(outcome, link): (SweepOutcome, Link)| PointFigure {
                outcome,
                firm: wheel.question.firm.clone(),
                period: Some(wheel.question.period),
                by: "",
                value: FigureValue::Number(wheel.link(link).elasticity),
            };
            let links = LINKS.into_iter().zip(Link::PUSHED);
            links.map(figure).collect::<Vec<_>>()
        };
        self.wheels.iter().flat_map(of_wheel).collect()
    }

    fn tell(&self, _: &Scenario) -> Vec<String> {
        let own = |wheel: &Wheel| {
            let remarks = wheel.remarks().into_iter();
            let remarks = remarks.map(|remark| format!("loop: {remark}"));
            std::iter::once(sentence(wheel))
                .chain(remarks)
                .collect::<Vec<_>>()
        };
        self.wheels.iter().flat_map(own).collect()
    }
}

/// What was found, in a sentence.
fn sentence(wheel: &Wheel) -> String {
    let value = |link: Link| {
        let Estimate {
            mean, low, high, ..
        } = wheel.link(link).elasticity;
        match (mean.is_finite(), low.is_finite()) {
            (true, true) => format!("{mean:.2} ({low:.2} to {high:.2})"),
            (true, false) => format!("{mean:.2}"),
            (false, _) => "unknown".to_owned(),
        }
    };
    let links = Link::PUSHED.map(|link| format!("{} {}", link.words(), value(link)));
    let alone = match wheel.link(Link::FitToValue).elasticity.count {
        1 => "; without intervals: one replicate tells nothing",
        _ => "",
    };
    format!(
        "the loop of {} in periods {} to {}: {}{alone}",
        wheel.question.firm,
        wheel.question.period,
        wheel.question.period + wheel.question.window - 1,
        links.join(", "),
    )
}
