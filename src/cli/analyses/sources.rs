//! Kind "sources": what a firm owes to individual-level and what to population-level learning.

use std::path::Path;

use flywheel::analysis::sources::{Collector, Part, Reader, Sources, WORLDS};
use flywheel::chart::{Figure, draw_sources};
use flywheel::experiment::Cells;
use flywheel::model::Plan;
use flywheel::scenario::{
    Analysis, Diagnostics, ExperienceRule, RecordedTable, Scenario, Sources as Question,
};
use flywheel::table::{self, SOURCES, SOURCES_SUMMARY, TableError};

use super::super::job::Failure;
use super::{Context, variant};

/// Does the analyses of this kind; their figures, or none if the run was stopped.
pub(super) fn run(context: &Context) -> Result<Option<Vec<Figure>>, Failure> {
    let mut found = Vec::new();
    for (number, analysis) in (1..).zip(&context.scenario.analyses) {
        let Analysis::Sources(question) = analysis else {
            continue;
        };
        let Some(answer) = answer(context, number, analysis, question)? else {
            return Ok(None);
        };
        tell(context, &answer);
        found.push((number, answer));
    }
    if found.is_empty() {
        return Ok(Some(Vec::new()));
    }
    let all: Vec<(usize, &Sources)> = found.iter().map(|(number, one)| (*number, one)).collect();
    let (periods, summary) = Sources::tables(&all);
    context.write(&SOURCES, &periods)?;
    context.write(&SOURCES_SUMMARY, &summary)?;
    Ok(Some(draw(context.scenario, &found)))
}

/// Draws the figures of a finished run's analyses of this kind again from their tables.
pub fn redraw(folder: &Path, scenario: &Scenario) -> Result<Vec<Figure>, TableError> {
    let asked = |analysis: &Analysis| matches!(analysis, Analysis::Sources(_));
    let mut reader = Reader::default();
    if scenario.analyses.iter().any(asked) {
        table::read(folder, &SOURCES, |batch, _| reader.take_periods(batch))?;
        table::read(folder, &SOURCES_SUMMARY, |batch, _| {
            reader.take_summary(batch)
        })?;
    }
    Ok(draw(scenario, &reader.finish()))
}

fn draw(scenario: &Scenario, found: &[(usize, Sources)]) -> Vec<Figure> {
    let figures = (1..)
        .zip(found)
        .map(|(place, (_, one))| draw_sources(scenario, one, place));
    figures.flatten().collect()
}

/// Simulates the four worlds with each experience; none if the run was stopped.
fn answer(
    context: &Context,
    number: usize,
    analysis: &Analysis,
    question: &Question,
) -> Result<Option<Sources>, Failure> {
    let market = market(context.scenario)?;
    let Some(firm) = market
        .firms
        .iter()
        .position(|firm| firm.name == question.firm)
    else {
        let text = format!("analysis {number}: there is no firm {}", question.firm);
        return Err(context.failure(&text));
    };
    let rules = candidates(&market, firm, question);
    let worlds = WORLDS.len();
    let plan = |variant: u32| -> Result<Plan, Diagnostics> {
        let world = WORLDS[variant as usize % worlds];
        let mut scenario = market.clone();
        let focal = &mut scenario.firms[firm];
        focal.experience = rules[variant as usize / worlds].clone();
        focal.learning.individual = world.individual;
        focal.learning.population = world.population;
        Plan::new(&scenario)
    };
    let cells = Cells {
        points: u32::try_from(rules.len() * worlds).unwrap_or(u32::MAX),
        replicates: market.simulation.replicates,
    };
    let periods = market.simulation.periods as usize;
    let mut collector = Collector::new(question.outcome, rules.len(), periods);
    // cells come replicate by replicate, so the four worlds of a candidate follow one another
    let mut series: Vec<Vec<f64>> = Vec::with_capacity(worlds);
    let complete = context.simulate(number, analysis, &cells, &plan, &mut |cell, finished| {
        let column = finished
            .records
            .firms
            .column_as_numbers(question.outcome.name());
        // rows are in the order of periods, then firms
        series.push(
            column
                .into_iter()
                .skip(firm)
                .step_by(market.firms.len())
                .collect(),
        );
        if let [none, individual, population, both] = &series[..] {
            let candidate = cell.point as usize / worlds;
            collector.take(candidate, [none, individual, population, both]);
            series.clear();
        }
    })?;
    let names: Vec<(String, bool)> = rules
        .iter()
        .enumerate()
        .map(|(place, rule)| (name(rule), place == 0))
        .collect();
    Ok(complete.then(|| collector.finish(&question.firm, &names)))
}

/// The scenario as it is written, without its sweep, of which the table `firms` is kept.
fn market(scenario: &Scenario) -> Result<Scenario, Diagnostics> {
    let periods = (0, scenario.simulation.periods);
    variant(scenario, RecordedTable::Firms, periods).resolve()
}

/// The firm's own experience, then the others that take its place.
fn candidates(market: &Scenario, firm: usize, question: &Question) -> Vec<ExperienceRule> {
    let own = &market.firms[firm].experience;
    let names: Vec<String> = match &question.experiences {
        Some(names) => names.clone(),
        None => market.experiences.keys().cloned().collect(),
    };
    let others = names
        .into_iter()
        .map(ExperienceRule::Fixed)
        .filter(|rule| rule != own);
    std::iter::once(own.clone()).chain(others).collect()
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

/// Says what the tables rest on.
fn tell(context: &Context, found: &Sources) {
    let firm = context
        .scenario
        .firms
        .iter()
        .find(|firm| firm.name == found.firm);
    let learns = firm.map(|firm| (firm.learning.individual, firm.learning.population));
    if learns.is_some_and(|learns| learns != (true, true)) {
        context.note(&format!(
            "sources: the scenario has a kind of learning of {} switched off; the analysis switches both on and off all the same",
            found.firm
        ));
    }
    let Some(own) = found.candidates.first() else {
        return;
    };
    let total = own.closing.part(Part::Total);
    if total.variance_reduction.is_finite() {
        context.note(&format!(
            "sources: common random numbers divided the variance of what {} owes to learning by {:.1}",
            found.firm, total.variance_reduction
        ));
    }
    if total.estimate.count < context.scenario.simulation.replicates {
        context.note(&format!(
            "sources: {} of {} replicates have a value of {} in all four worlds at the end; only these count",
            total.estimate.count,
            context.scenario.simulation.replicates,
            found.outcome.name()
        ));
    }
}
