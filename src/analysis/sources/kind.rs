//! Kind "sources": the four worlds with the firm's own experience, then with each other in its place.

use super::{Part, Sources, SourcesCollector, SourcesReader, WORLDS};
use crate::analysis::AnalysisError;
use crate::analysis::kind::{
    Asked, FigureKind, FigureShape, FigureValue, Kind, PointFigure, Sample, StoredTables, variant,
};
use crate::experiment::{Cell, Cells, Finished, Order};
use crate::model::Plan;
use crate::scenario::{
    Analysis, Diagnostics, ExperienceRule, Quantity, RecordedTable, Scenario, SweepOutcome,
};
use crate::table::{Batch, Definition, SOURCES, SOURCES_SUMMARY};

/// Whose advantage is taken apart, in which market.
#[derive(Debug, Clone)]
pub struct SourcesQuestion {
    market: Scenario,
    /// Position of the focal firm.
    firm: usize,
    outcome: Quantity,
    /// Its own rule, then those that take its place.
    candidates: Vec<ExperienceRule>,
}

/// What cells have told so far.
#[derive(Debug)]
pub struct SourcesTaken {
    collector: SourcesCollector,
    /// The outcome by period in the worlds of the present candidate.
    series: Vec<Vec<f64>>,
    /// By replicate: the outcome in each world over the closing window, with the firm's own experience.
    closing: Vec<[f64; 4]>,
}

impl Kind for Sources {
    const NAME: &'static str = "sources";
    const TABLES: &'static [&'static Definition] = &[&SOURCES, &SOURCES_SUMMARY];
    const FIGURES: &'static [FigureKind] = &[
        amount(outcome(Part::Individual)),
        amount(outcome(Part::Population)),
        amount(outcome(Part::Total)),
        amount(outcome(Part::Complementarity)),
    ];
    type Question = SourcesQuestion;
    type Taken = SourcesTaken;

    fn ask(asked: &Asked<'_>) -> Result<Option<SourcesQuestion>, AnalysisError> {
        let Analysis::Sources(wanted) = asked.analysis else {
            return Ok(None);
        };
        // groups of firms that a sweep names become firms
        let periods = (0, asked.scenario.simulation.periods);
        let market = variant(asked.scenario, RecordedTable::Firms, periods).resolve()?;
        let firm = (market
            .firms
            .iter()
            .position(|firm| firm.name == wanted.firm))
        .ok_or_else(|| AnalysisError::NoFirm {
            number: asked.number,
            firm: wanted.firm.clone(),
        })?;
        let own = &market.firms[firm].experience;
        let names: Vec<String> = match &wanted.experiences {
            Some(names) => names.clone(),
            None => market.experiences.keys().cloned().collect(),
        };
        let others = names.into_iter().map(ExperienceRule::Fixed);
        let others = others.filter(|rule| rule != own);
        let candidates = std::iter::once(own.clone()).chain(others).collect();
        Ok(Some(SourcesQuestion {
            candidates,
            firm,
            outcome: wanted.outcome,
            market,
        }))
    }

    fn start(question: &SourcesQuestion) -> SourcesTaken {
        let periods = question.market.simulation.periods as usize;
        SourcesTaken {
            collector: SourcesCollector::new(question.outcome, question.candidates.len(), periods),
            series: Vec::with_capacity(WORLDS.len()),
            closing: Vec::new(),
        }
    }

    fn cells(question: &SourcesQuestion, _: &SourcesTaken, round: u32) -> Option<Box<dyn Order>> {
        let points = question.candidates.len() * WORLDS.len();
        (round == 0).then(|| {
            Box::new(Cells {
                points: u32::try_from(points).unwrap_or(u32::MAX),
                replicates: question.market.simulation.replicates,
            }) as _
        })
    }

    fn plan(question: &SourcesQuestion, variant: u32) -> Result<Plan, Diagnostics> {
        let variant = variant as usize;
        let world = WORLDS[variant % WORLDS.len()];
        let mut scenario = question.market.clone();
        let focal = &mut scenario.firms[question.firm];
        focal.experience = question.candidates[variant / WORLDS.len()].clone();
        focal.learning.individual = world.individual;
        focal.learning.population = world.population;
        Plan::new(&scenario)
    }

    /// Cells come replicate by replicate, so the four worlds of a candidate follow one another.
    fn take(question: &SourcesQuestion, taken: &mut SourcesTaken, cell: Cell, finished: &Finished) {
        let firms = &finished.records.firms;
        let column = firms.column_as_numbers(question.outcome.column());
        // rows are in the order of periods, then firms
        let own = column.into_iter().skip(question.firm);
        let own = own.step_by(question.market.firms.len());
        taken.series.push(own.collect());
        if let [none, individual, population, both] = &taken.series[..] {
            let candidate = cell.point as usize / WORLDS.len();
            let worlds = [none, individual, population, both].map(Vec::as_slice);
            let closing = taken.collector.take(candidate, worlds);
            if candidate == 0 {
                taken.closing.push(closing);
            }
            taken.series.clear();
        }
    }

    fn answer(question: SourcesQuestion, taken: SourcesTaken) -> Result<Self, AnalysisError> {
        let candidates = question.candidates.iter().enumerate();
        let names: Vec<(String, bool)> = candidates
            .map(|(place, rule)| (name(rule), place == 0))
            .collect();
        let firm = &question.market.firms[question.firm].name;
        Ok(taken.collector.finish(firm, &names))
    }

    fn tables(answers: &[(u32, &Self)]) -> Vec<Batch> {
        Self::to_tables(answers).into()
    }

    fn read(_: &[(u32, SourcesQuestion)], tables: &StoredTables) -> Vec<(u32, Self)> {
        let mut reader = SourcesReader::default();
        reader.take_periods(tables.table(0));
        reader.take_summary(tables.table(1));
        reader.finish()
    }

    fn figures(&self) -> Vec<PointFigure> {
        // of the firm with its own experience, at the end
        let Some(own) = self.candidates.first() else {
            return Vec::new();
        };
        let figure = |part: Part| PointFigure {
            outcome: outcome(part),
            firm: self.firm.clone(),
            period: None,
            by: self.outcome.column(),
            value: FigureValue::Number(own.closing.part(part).estimate),
        };
        Part::ALL.map(figure).into()
    }

    fn samples(question: &SourcesQuestion, taken: &SourcesTaken) -> Vec<Sample> {
        let values = |part: Part| taken.closing.iter().map(move |worlds| part.of(*worlds));
        let sample = |part: Part| Sample {
            outcome: outcome(part),
            firm: question.market.firms[question.firm].name.clone(),
            period: None,
            values: values(part).collect(),
        };
        Part::ALL.map(sample).into()
    }

    fn tell(&self, scenario: &Scenario) -> Vec<String> {
        let mut sentences = Vec::new();
        let firm = scenario.firms.iter().find(|firm| firm.name == self.firm);
        if firm.is_some_and(|firm| !(firm.learning.individual && firm.learning.population)) {
            sentences.push(format!(
                "sources: the scenario has a kind of learning of {} switched off; the analysis switches both on and off all the same",
                self.firm
            ));
        }
        let Some(own) = self.candidates.first() else {
            return sentences;
        };
        let total = own.closing.part(Part::Total);
        if total.variance_reduction.is_finite() {
            sentences.push(format!(
                "sources: common random numbers divided the variance of what {} owes to learning by {:.1}",
                self.firm, total.variance_reduction
            ));
        }
        let replicates = scenario.simulation.replicates;
        if total.estimate.count < replicates {
            sentences.push(format!(
                "sources: {} of {replicates} replicates have a value of {} in all four worlds at the end; only these count",
                total.estimate.count,
                self.outcome.column()
            ));
        }
        sentences
    }
}

/// What charts of sweeps call a part.
const fn outcome(part: Part) -> SweepOutcome {
    match part {
        Part::Individual => SweepOutcome::SourcesIndividual,
        Part::Population => SweepOutcome::SourcesPopulation,
        Part::Total => SweepOutcome::SourcesTotal,
        Part::Complementarity => SweepOutcome::SourcesComplementarity,
    }
}

const fn amount(outcome: SweepOutcome) -> FigureKind {
    FigureKind {
        outcome,
        shape: FigureShape::Amount { neutral: 0.0 },
    }
}

/// An experience or the kind of a rule.
fn name(rule: &ExperienceRule) -> String {
    match rule {
        ExperienceRule::Fixed(name) => name.as_str(),
        ExperienceRule::Portfolio { .. } => "its portfolio",
        ExperienceRule::Graduated { .. } => "its graduated rule",
        ExperienceRule::Adaptive { .. } => "its adaptive rule",
        ExperienceRule::Imitate { .. } => "its imitation",
    }
    .to_owned()
}
