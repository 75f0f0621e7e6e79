//! Analyses of kind "sensitivity": runs of their own over the sweep's axes; a table, and a chart each.

use flywheel::analysis::sensitivity::{Bounded, Morris, Saltelli, SensitivityError};
use flywheel::analysis::{Moments, Quantity};
use flywheel::chart::{Effect, Figure, Measured, Sensitivity, Share, draw_sensitivity};
use flywheel::experiment::{
    Cells, Design, Done, Folder, Journal, Manifest, OutputError, Progress, Receiver, Work,
    run_cells, write_table,
};
use flywheel::scenario::{Analysis, Outcome, Record, RecordedTable, Scenario, SensitivityMethod};
use flywheel::table::{Batch, SENSITIVITY, SensitivityRow, Vocabulary};

use super::job::{Failure, Points};
use super::progress::Display;
use super::run::Run;

/// An analysis as the scenario states it.
struct Question<'a> {
    number: usize,
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

/// Does the analyses of a scenario, and writes the table `sensitivity`; a figure for each, or none if the run was stopped.
pub fn run(
    run: &Run,
    scenario: &Scenario,
    folder: &Folder,
) -> Result<Option<Vec<Figure>>, Failure> {
    let design = Design::new(scenario)?;
    let mut answers = Vec::new();
    for (number, analysis) in (1..).zip(&scenario.analyses) {
        let Analysis::Sensitivity {
            method,
            outcome,
            firm,
            samples,
        } = analysis;
        let question = Question {
            number,
            method: *method,
            outcome: *outcome,
            firm,
            samples: samples.unwrap_or(method.default_samples()),
        };
        let Some(answer) = answer(run, scenario, folder, &design, &question)? else {
            return Ok(None);
        };
        for remark in &answer.remarks {
            run.note(format_args!("{}: sensitivity: {remark}", scenario.name));
        }
        answers.push((question, answer));
    }
    if answers.is_empty() {
        return Ok(Some(Vec::new()));
    }
    let batch = table(&design, &answers);
    write_table(
        folder,
        scenario,
        &run.arguments.formats(),
        &SENSITIVITY,
        &batch,
    )?;
    Ok(Some(
        answers
            .into_iter()
            .map(|(question, answer)| draw(scenario, &question, answer))
            .collect(),
    ))
}

/// Simulates what a question needs, and answers it; none if the run was stopped.
fn answer(
    run: &Run,
    scenario: &Scenario,
    folder: &Folder,
    design: &Design,
    question: &Question,
) -> Result<Option<Answer>, Failure> {
    let words = |error: SensitivityError| {
        Failure::Other(format!("{}: sensitivity: {error}", scenario.name))
    };
    let matrix = Matrix::new(question, design, scenario).map_err(words)?;
    let cells = Cells {
        points: u32::try_from(matrix.len()).unwrap_or(u32::MAX),
        replicates: scenario.simulation.replicates,
    };
    let point = |row: u32| {
        let mut point = design.scenario_with(row, &design.values_at(&matrix.row(row as usize)))?;
        // only the figures of `summary` are asked for
        point.simulation.record = Record {
            tables: vec![RecordedTable::Market],
            every: u32::MAX,
            from: 0,
        };
        point.simulation.precision = None;
        Ok(point)
    };
    let work = Points::new(&point, open_journal(scenario, folder, question)?);
    let mut keeper = Keeper {
        journal: open_journal(scenario, folder, question)?,
        work: &work,
        firm: question.firm,
        figure: Quantity::SUMMARY
            .iter()
            .position(|&quantity| quantity == question.outcome.into())
            .unwrap_or(0),
        outcomes: vec![Moments::default(); matrix.len()],
        display: Display::start(scenario, cells, run.arguments.quiet),
        failed: None,
    };
    let complete = run_cells(cells, 0, &work, &run.pool, &run.cancel, &mut keeper)?;
    keeper.display.finish();
    if let Some(cause) = keeper.failed {
        return Err(Failure::Other(format!(
            "{}: sensitivity: {cause}",
            scenario.name
        )));
    }
    if !complete {
        return Ok(None);
    }
    let outcomes: Vec<f64> = keeper.outcomes.iter().map(Moments::mean).collect();
    matrix.answer(&outcomes, design).map(Some).map_err(words)
}

/// The journal of a question's cells.
fn open_journal(
    scenario: &Scenario,
    folder: &Folder,
    question: &Question,
) -> Result<Journal, Failure> {
    let Question {
        method,
        samples,
        number,
        ..
    } = question;
    let identity = format!("{} {method:?} {samples}", Manifest::identity(scenario));
    let name = format!(".cells-analysis-{number}");
    match Journal::open(folder.path(), &name, &identity, false) {
        Ok((journal, _)) => Ok(journal),
        Err(source) => Err(OutputError {
            path: folder.path().join(name),
            source,
        }
        .into()),
    }
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
fn table(design: &Design, answers: &[(Question, Answer)]) -> Batch {
    let mut vocabulary = Vocabulary::default();
    let mut rows = Vec::new();
    for (question, answer) in answers {
        let method = match question.method {
            SensitivityMethod::Sobol => "sobol",
            SensitivityMethod::Morris => "morris",
        };
        for (axis, indices) in design.axes().iter().zip(&answer.indices) {
            for (index, bounded) in indices {
                rows.push(SensitivityRow {
                    method: vocabulary.label(method),
                    firm: vocabulary.label(question.firm),
                    outcome: vocabulary.label(question.outcome.name()),
                    parameter: vocabulary.label(&design.columns()[axis.columns.start]),
                    index: vocabulary.label(index),
                    value: bounded.value,
                    low: bounded.low,
                    high: bounded.high,
                    samples: i64::from(question.samples),
                });
            }
        }
    }
    let mut batch = Batch::new(&SENSITIVITY, vocabulary.into());
    rows.into_iter().for_each(|row| row.push(&mut batch));
    batch
}

/// The chart of an answer.
fn draw(scenario: &Scenario, question: &Question, answer: Answer) -> Figure {
    let words = question.outcome.name().replace('_', " ");
    draw_sensitivity(&Sensitivity {
        name: match question.number {
            1 => "sensitivity".to_owned(),
            number => format!("sensitivity-{number}"),
        },
        outcome: format!("the {words} of {}", question.firm),
        samples: u64::from(question.samples),
        remarks: vec![
            format!("{} replicates per point.", scenario.simulation.replicates),
            if scenario.title.is_empty() {
                String::new()
            } else {
                format!("Scenario: “{}”.", scenario.title)
            },
        ],
        measured: answer.measured,
    })
}

/// Takes the outcome of each row from its replicates.
struct Keeper<'a> {
    journal: Journal,
    work: &'a Points<'a>,
    firm: &'a str,
    /// Position of the outcome among a firm's figures.
    figure: usize,
    outcomes: Vec<Moments>,
    display: Display,
    /// Why a row has no outcome.
    failed: Option<String>,
}

impl Receiver for Keeper<'_> {
    type Error = OutputError;

    fn done(&mut self, done: &Done) -> Result<(), OutputError> {
        match &done.outcome {
            Ok(finished) if !done.earlier => {
                let appended = self.journal.append(done.cell, finished);
                appended.map_err(|source| OutputError {
                    path: self.journal.path().to_owned(),
                    source,
                })
            }
            _ => Ok(()),
        }
    }

    fn take(&mut self, done: Done) -> Result<(), OutputError> {
        let point = done.cell.point;
        let outcome = done.outcome.and_then(|finished| {
            let plan = self.work.plan(point)?;
            let mut firms = plan.scenario().firms.iter();
            let figures = firms.position(|firm| firm.name == self.firm);
            let figures = figures.and_then(|firm| finished.figures.get(firm));
            figures
                .map(|figures| figures[self.figure])
                .ok_or_else(|| format!("point {point} has no firm {}", self.firm))
        });
        match outcome {
            Ok(outcome) => self.outcomes[point as usize].add(outcome),
            Err(cause) => self.failed = Some(cause),
        }
        Ok(())
    }

    fn report(&mut self, progress: Progress) {
        self.display.update(progress);
    }
}
