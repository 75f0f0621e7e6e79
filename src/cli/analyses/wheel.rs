//! Kind "loop": a firm's learning loop link by link, at one or several times.

use flywheel::analysis::wheel::{Collector, Link, Question, VARIANTS, Wheel, perturbation};
use flywheel::chart::Figure;
use flywheel::experiment::Cells;
use flywheel::model::Plan;
use flywheel::scenario::{Analysis, Diagnostics, RecordedTable, Scenario};
use flywheel::table::LOOP;

use super::super::job::Failure;
use super::{Context, variant, wheels};

/// Does the analyses of this kind; a figure for each, or none if the run was stopped.
pub fn run(context: &Context) -> Result<Option<Vec<Figure>>, Failure> {
    let mut found = Vec::new();
    for (analysis, questions) in asked(context.scenario) {
        let Some(wheels) = answer(context, analysis, &questions)? else {
            return Ok(None);
        };
        for wheel in &wheels {
            context.note(&sentence(wheel));
            for remark in wheel.remarks() {
                context.note(&format!("loop: {remark}"));
            }
        }
        found.extend(wheels);
    }
    if !found.is_empty() {
        context.write(&LOOP, &Wheel::table(&found))?;
    }
    Ok(Some(wheels(context.scenario, &found)))
}

/// The analyses of this kind, with a question for each of their periods.
fn asked(scenario: &Scenario) -> Vec<(&Analysis, Vec<Question>)> {
    let mut asked = Vec::new();
    for (number, analysis) in (1..).zip(&scenario.analyses) {
        let Analysis::Loop {
            firm,
            period,
            periods,
            window,
        } = analysis
        else {
            continue;
        };
        let question = |period: &u32| Question {
            analysis: number,
            firm: firm.clone(),
            period: *period,
            window: *window,
        };
        let questions = period.iter().chain(periods).map(question).collect();
        asked.push((analysis, questions));
    }
    asked
}

/// Simulates the markets of an analysis; none if the run was stopped.
fn answer(
    context: &Context,
    analysis: &Analysis,
    questions: &[Question],
) -> Result<Option<Vec<Wheel>>, Failure> {
    let mut collectors: Vec<Collector> = questions.iter().cloned().map(Collector::new).collect();
    let Some(first) = questions.first() else {
        return Ok(Some(Vec::new()));
    };
    // point 0 is the unperturbed market of all questions; then come the perturbed ones, question by question
    let pushes = VARIANTS - 1;
    let count = u32::try_from(questions.len()).unwrap_or(u32::MAX);
    let cells = Cells {
        points: 1 + pushes * count,
        replicates: context.scenario.simulation.replicates,
    };
    let of_point = |point: u32| {
        let number = point.checked_sub(1)?;
        let question = questions.get((number / pushes) as usize)?;
        Some((question, 1 + number % pushes))
    };
    let plan = |point: u32| match of_point(point) {
        Some((question, variant)) => perturbed(context.scenario, question, variant),
        None => Plan::new(&unperturbed(context.scenario, questions)),
    };
    let complete = context.simulate(
        first.analysis as usize,
        analysis,
        &cells,
        &plan,
        &mut |cell, finished| {
            let periods = &finished.records.periods;
            match cell.point.checked_sub(1) {
                None => collectors
                    .iter_mut()
                    .for_each(|all| all.add(cell.replicate, 0, periods)),
                Some(number) => {
                    let collector = &mut collectors[(number / pushes) as usize];
                    collector.add(cell.replicate, 1 + number % pushes, periods);
                }
            }
        },
    )?;
    Ok(complete.then(|| collectors.into_iter().map(Collector::finish).collect()))
}

/// The market without a push, over the windows of all questions.
fn unperturbed(scenario: &Scenario, questions: &[Question]) -> Scenario {
    let starts = questions.iter().map(|question| question.period);
    let ends = questions
        .iter()
        .map(|question| question.period + question.window);
    let (from, to) = (starts.min().unwrap_or(1), ends.max().unwrap_or(1));
    variant(scenario, RecordedTable::Periods, (from - 1, to))
}

/// The market with a push, which need not be simulated beyond the window.
fn perturbed(scenario: &Scenario, question: &Question, number: u32) -> Result<Plan, Diagnostics> {
    let window = (question.period - 1, question.period + question.window);
    let plan = Plan::new(&variant(scenario, RecordedTable::Periods, window))?;
    match perturbation(question, number) {
        Some(push) => plan.with_perturbation(push),
        None => Ok(plan),
    }
}

/// What was found, in a sentence.
fn sentence(wheel: &Wheel) -> String {
    let links = Link::PUSHED.map(|link| {
        let answer = wheel.link(link).elasticity;
        format!("{} {:.2}", link.words(), answer.mean)
    });
    let gain = wheel.link(Link::Gain).elasticity;
    format!(
        "the loop of {} in periods {} to {}: {}; gain {:.2} ({:.2} to {:.2})",
        wheel.question.firm,
        wheel.question.period,
        wheel.question.period + wheel.question.window - 1,
        links.join(", "),
        gain.mean,
        gain.low,
        gain.high
    )
}
