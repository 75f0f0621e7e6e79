//! Kind "sensitivity": which of the sweep's parameters an outcome depends on.

use std::path::Path;

use flywheel::analysis::sensitivity::{Bounded, Morris, Saltelli, SensitivityError};
use flywheel::analysis::{Moments, Quantity};
use flywheel::chart::{Effect, Figure, Measured, Sensitivity, Share, Style, draw_sensitivity};
use flywheel::experiment::{Cells, Design};
use flywheel::model::Plan;
use flywheel::scenario::{Analysis, Diagnostics, Outcome, Scenario, SensitivityMethod};
use flywheel::table::{self, Batch, SENSITIVITY, SensitivityRow};

use super::super::job::Failure;
use super::{Context, only_figures};

/// An analysis as the scenario states it.
struct Question<'a> {
    number: usize,
    analysis: &'a Analysis,
    method: SensitivityMethod,
    outcome: Outcome,
    firm: &'a str,
    samples: u32,
}

/// What an analysis found.
struct Answer {
    /// What is drawn.
    measured: Measured,
    /// By axis of the sweep: names of indices with their values.
    indices: Vec<Vec<(&'static str, Bounded)>>,
    /// What to know about the numbers.
    remarks: Vec<String>,
}

/// Does the analyses of this kind; a figure for each, or none if the run was stopped.
pub fn run(context: &Context) -> Result<Option<Vec<Figure>>, Failure> {
    let scenario = context.scenario;
    if questions(scenario).is_empty() {
        return Ok(Some(Vec::new()));
    }
    let design = Design::new(scenario)?;
    let mut answers = Vec::new();
    for question in questions(scenario) {
        let Some(answer) = answer(context, &design, &question)? else {
            return Ok(None);
        };
        for remark in &answer.remarks {
            context.note(&format!("sensitivity: {remark}"));
        }
        answers.push((question, answer));
    }
    context.write(&SENSITIVITY, &to_table(&design, &answers))?;
    let draw = |(question, answer): (Question, Answer)| draw(scenario, &question, answer.measured);
    Ok(Some(answers.into_iter().map(draw).collect()))
}

/// The analyses of this kind.
fn questions<'a>(scenario: &'a Scenario) -> Vec<Question<'a>> {
    let question = |(number, analysis): (usize, &'a Analysis)| {
        let Analysis::Sensitivity {
            method,
            outcome,
            firm,
            samples,
        } = analysis
        else {
            return None;
        };
        Some(Question {
            number,
            analysis,
            method: *method,
            outcome: *outcome,
            firm,
            samples: samples.unwrap_or(method.default_samples()),
        })
    };
    (1..).zip(&scenario.analyses).filter_map(question).collect()
}

/// Simulates what a question needs, and answers it; none if the run was stopped.
fn answer(
    context: &Context,
    design: &Design,
    question: &Question,
) -> Result<Option<Answer>, Failure> {
    let scenario = context.scenario;
    let words = |error: SensitivityError| context.failure(&format!("sensitivity: {error}"));
    let matrix = Matrix::new(question, design, scenario).map_err(words)?;
    let cells = Cells {
        points: u32::try_from(matrix.len()).unwrap_or(u32::MAX),
        replicates: scenario.simulation.replicates,
    };
    let scenario_of = |row: u32| {
        let point = design.scenario_with(row, &design.values_at(&matrix.row(row as usize)))?;
        Ok(only_figures(point))
    };
    let firms = Firms {
        name: question.firm,
        everywhere: (!design.columns().iter().any(|path| path.ends_with(".count")))
            .then(|| position(scenario, question.firm)),
    };
    let asked = Quantity::from(question.outcome);
    let known = Quantity::SUMMARY.iter().position(|&known| known == asked);
    let figure = known.unwrap_or(0);
    let mut outcomes = vec![Moments::default(); matrix.len()];
    let mut missing = None;
    let complete = context.simulate(
        question.number,
        question.analysis,
        &cells,
        &|row| Plan::new(&scenario_of(row)?),
        &mut |cell, finished| {
            let at = firms.position(|| scenario_of(cell.point));
            let own = at.and_then(|at| finished.figures.get(at));
            match own {
                Some(figures) => outcomes[cell.point as usize].add(figures[figure]),
                None => missing = Some(cell.point),
            }
        },
    )?;
    if let Some(point) = missing {
        let text = format!("sensitivity: point {point} has no firm {}", question.firm);
        return Err(context.failure(&text));
    }
    if !complete {
        return Ok(None);
    }
    let outcomes: Vec<f64> = outcomes.iter().map(Moments::mean).collect();
    matrix.answer(&outcomes, design).map(Some).map_err(words)
}

/// Where a firm stands among those of a point.
struct Firms<'a> {
    name: &'a str,
    /// The same at all points, unless an axis varies how many firms there are.
    everywhere: Option<Option<usize>>,
}

impl Firms<'_> {
    fn position(&self, scenario: impl Fn() -> Result<Scenario, Diagnostics>) -> Option<usize> {
        self.everywhere
            .unwrap_or_else(|| position(&scenario().ok()?, self.name))
    }
}

fn position(scenario: &Scenario, name: &str) -> Option<usize> {
    scenario.firms.iter().position(|firm| firm.name == name)
}

/// The places in the unit cube at which a method needs the outcome.
enum Matrix {
    Sobol(Saltelli),
    Morris(Morris),
}

impl Matrix {
    fn new(
        question: &Question,
        design: &Design,
        scenario: &Scenario,
    ) -> Result<Self, SensitivityError> {
        let (axes, samples) = (design.axes().len(), question.samples as usize);
        let seed = scenario.simulation.seed;
        Ok(match question.method {
            SensitivityMethod::Sobol => Self::Sobol(Saltelli::new(axes, samples, seed)?),
            SensitivityMethod::Morris => {
                Self::Morris(Morris::new(axes, samples, Morris::LEVELS, seed)?)
            }
        })
    }

    fn len(&self) -> usize {
        match self {
            Self::Sobol(matrix) => matrix.len(),
            Self::Morris(matrix) => matrix.len(),
        }
    }

    /// The place of a row, with every coordinate below 1, as axes take them.
    fn row(&self, row: usize) -> Vec<f64> {
        let mut place = match self {
            Self::Sobol(matrix) => matrix.row(row),
            Self::Morris(matrix) => matrix.row(row),
        };
        place
            .iter_mut()
            .for_each(|x| *x = x.min(1.0 - f64::EPSILON));
        place
    }

    fn answer(&self, outcomes: &[f64], design: &Design) -> Result<Answer, SensitivityError> {
        let labels = design.axes().iter().map(|axis| axis.label.clone());
        match self {
            Self::Sobol(matrix) => {
                let all = matrix.indices(outcomes)?;
                let noted = all
                    .iter()
                    .zip(design.axes())
                    .filter(|(index, _)| !index.note.is_empty());
                let remarks = noted.map(|(index, axis)| format!("{}: {}", axis.label, index.note));
                let remarks = remarks.collect();
                let indices = all
                    .iter()
                    .map(|index| vec![("first_order", index.first_order), ("total", index.total)]);
                let shares = labels.zip(&all).map(|(label, index)| Share {
                    label,
                    first_order: index.first_order,
                    total: index.total,
                });
                let measured = Measured::Shares(shares.collect());
                Ok(Answer {
                    measured,
                    indices: indices.collect(),
                    remarks,
                })
            }
            Self::Morris(matrix) => {
                let all = matrix.measures(outcomes)?;
                let exact = |value| Bounded {
                    value,
                    low: f64::NAN,
                    high: f64::NAN,
                };
                let indices = all.iter().map(|measure| {
                    let (mu, sigma) = (exact(measure.mu), exact(measure.sigma));
                    vec![("mu", mu), ("mu_star", measure.mu_star), ("sigma", sigma)]
                });
                let effects = labels.zip(&all).map(|(label, measure)| Effect {
                    label,
                    mu_star: measure.mu_star,
                    sigma: measure.sigma,
                });
                let measured = Measured::Effects(effects.collect());
                Ok(Answer {
                    measured,
                    indices: indices.collect(),
                    remarks: Vec::new(),
                })
            }
        }
    }
}

/// The table `sensitivity`; a parameter is the first path of its axis.
fn to_table(design: &Design, answers: &[(Question, Answer)]) -> Batch {
    let mut batch = Batch::new(&SENSITIVITY, std::sync::Arc::default());
    for (question, answer) in answers {
        let method = match question.method {
            SensitivityMethod::Sobol => "sobol",
            SensitivityMethod::Morris => "morris",
        };
        for (axis, indices) in design.axes().iter().zip(&answer.indices) {
            for (index, bounded) in indices {
                let row = SensitivityRow {
                    method,
                    firm: question.firm,
                    outcome: question.outcome.name(),
                    parameter: &design.columns()[axis.columns.start],
                    index,
                    value: bounded.value,
                    low: bounded.low,
                    high: bounded.high,
                    samples: i64::from(question.samples),
                };
                row.push(&mut batch);
            }
        }
    }
    batch
}

/// The charts of the scenario's analyses of this kind, from the table that a folder holds.
pub fn redraw(folder: &Path, scenario: &Scenario) -> Result<Vec<Figure>, String> {
    let questions = questions(scenario);
    let design = Design::new(scenario).map_err(|problems| problems.to_string())?;
    let mut values = Vec::new();
    table::read(folder, &SENSITIVITY, |batch, _| {
        values.extend(SensitivityRow::all(batch).map(|row| Bounded {
            value: row.value,
            low: row.low,
            high: row.high,
        }));
    })
    .map_err(|error| error.to_string())?;
    let mut values = values.into_iter();
    let draw = |question: Question| {
        let measured = stored(question.method, &design, &mut values)
            .ok_or("the table sensitivity has too few rows for the scenario's analyses")?;
        Ok(draw(scenario, &question, measured))
    };
    questions.into_iter().map(draw).collect()
}

/// What an analysis measured, from its rows of the table; none if there are too few.
fn stored(
    method: SensitivityMethod,
    design: &Design,
    values: &mut impl Iterator<Item = Bounded>,
) -> Option<Measured> {
    let mut shares = Vec::new();
    let mut effects = Vec::new();
    for axis in design.axes() {
        let label = axis.label.clone();
        match method {
            SensitivityMethod::Sobol => shares.push(Share {
                label,
                first_order: values.next()?,
                total: values.next()?,
            }),
            SensitivityMethod::Morris => {
                let (_mu, mu_star, sigma) = (values.next()?, values.next()?, values.next()?);
                effects.push(Effect {
                    label,
                    mu_star,
                    sigma: sigma.value,
                });
            }
        }
    }
    Some(match method {
        SensitivityMethod::Sobol => Measured::Shares(shares),
        SensitivityMethod::Morris => Measured::Effects(effects),
    })
}

/// The chart of an answer.
fn draw(scenario: &Scenario, question: &Question, measured: Measured) -> Figure {
    let sensitivity = Sensitivity {
        name: match question.number {
            1 => "sensitivity".to_owned(),
            number => format!("sensitivity-{number}"),
        },
        quantity: question.outcome.into(),
        firm: question.firm.to_owned(),
        samples: u64::from(question.samples),
        replicates: scenario.simulation.replicates,
        scenario: scenario.title.clone(),
        measured,
    };
    draw_sensitivity(&Style::new(&scenario.chart_style), &sensitivity)
}
