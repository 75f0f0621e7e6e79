//! Kind "sensitivity": the points of a design in the ranges of the sweep's axes.

use super::Bounded;
use super::matrix::Matrix;
use crate::analysis::AnalysisError;
use crate::analysis::kind::{Asked, Kind, StoredTables, only_figures};
use crate::experiment::{Cell, Cells, Design, Finished, Order};
use crate::model::Plan;
use crate::scenario::{Analysis, Diagnostics, Quantity, Scenario, SensitivityMethod};
use crate::statistics::Moments;
use crate::table::{Batch, Definition, SENSITIVITY, SensitivityRow};

/// What an outcome depends on.
#[derive(Debug, Clone, PartialEq)]
pub struct Sensitivity {
    /// What was asked.
    pub asked: SensitivityQuestion,
    /// The axes of the sweep, in their order.
    pub parameters: Vec<Parameter>,
    /// Part of the variance of the means over replicates that is noise between them, if the method tells.
    pub noise: Option<Bounded>,
    /// What to know about the numbers, in sentences.
    remarks: Vec<String>,
}

/// The index that is of no parameter, in the table.
const NOISE: &str = "noise";
/// With fewer replicates there is little to be said about the noise between them.
const LEAST_REPLICATES: u32 = 5;

impl Sensitivity {
    fn rows(&self) -> impl Iterator<Item = SensitivityRow<&str>> {
        let asked = &self.asked;
        let row = move |index, bounded: &Bounded| SensitivityRow {
            method: match asked.method {
                SensitivityMethod::Sobol => "sobol",
                SensitivityMethod::Morris => "morris",
            },
            firm: asked.firm.as_str(),
            outcome: asked.outcome.column(),
            parameter: "",
            index,
            value: bounded.value,
            low: bounded.low,
            high: bounded.high,
            samples: i64::from(asked.samples),
        };
        let of_parameters = self.parameters.iter().flat_map(move |parameter| {
            let names = indices(asked.method).iter().zip(&parameter.indices);
            names.map(move |(index, bounded)| SensitivityRow {
                parameter: parameter.path.as_str(),
                ..row(*index, bounded)
            })
        });
        of_parameters.chain(self.noise.iter().map(move |noise| row(NOISE, noise)))
    }
}

/// Which outcome, and how its dependence is measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SensitivityQuestion {
    /// How it is measured.
    pub method: SensitivityMethod,
    /// The outcome.
    pub outcome: Quantity,
    /// The firm whose outcome it is.
    pub firm: String,
    /// Base samples, or trajectories.
    pub samples: u32,
}

/// A parameter with its indices.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Path: the first of its axis.
    pub path: String,
    /// Name for readers.
    pub label: String,
    /// In the order of [`indices`].
    indices: Vec<Bounded>,
}

impl Parameter {
    /// The index of that name; undefined where the method has none of it.
    #[must_use]
    pub fn index(&self, method: SensitivityMethod, name: &str) -> Bounded {
        let place = indices(method).iter().position(|known| *known == name);
        let found = place.and_then(|place| self.indices.get(place));
        found.copied().unwrap_or(Bounded::UNDEFINED)
    }
}

/// The indices that a method has, by their names in the table.
const fn indices(method: SensitivityMethod) -> &'static [&'static str] {
    match method {
        SensitivityMethod::Sobol => &["first_order", "total"],
        SensitivityMethod::Morris => &["mu", "mu_star", "sigma"],
    }
}

/// A question with its points.
#[derive(Debug)]
pub struct SensitivityPoints {
    asked: SensitivityQuestion,
    design: Design,
    matrix: Matrix,
    replicates: u32,
    /// Position of the firm, the same at all points unless an axis varies how many firms there are.
    firm: Option<Option<usize>>,
}

impl SensitivityPoints {
    fn market(&self, row: u32) -> Result<Scenario, Diagnostics> {
        let values = self.design.values_at(&self.matrix.row(row as usize));
        Ok(only_figures(self.design.scenario_with(row, &values)?))
    }

    /// The position of the firm at a point.
    fn firm_at(&self, row: u32) -> Option<usize> {
        self.firm
            .unwrap_or_else(|| position(&self.market(row).ok()?, &self.asked.firm))
    }

    /// The answer with these indices by parameter.
    fn answer(
        &self,
        indices: Vec<Vec<Bounded>>,
        noise: Option<Bounded>,
        remarks: Vec<String>,
    ) -> Sensitivity {
        let parameter = |(axis, indices): (&crate::experiment::DesignAxis, _)| Parameter {
            path: self.design.columns()[axis.columns.start].clone(),
            label: axis.label.clone(),
            indices,
        };
        let axes = self.design.axes().iter();
        Sensitivity {
            asked: self.asked.clone(),
            parameters: axes.zip(indices).map(parameter).collect(),
            noise,
            remarks,
        }
    }
}

fn position(scenario: &Scenario, name: &str) -> Option<usize> {
    scenario.firms.iter().position(|firm| firm.name == name)
}

/// What cells have told so far.
#[derive(Debug)]
pub struct SensitivityTaken {
    /// By row, the replicates of each one after the other; NaN where there is none.
    outcomes: Vec<f64>,
    /// A point that does not have the firm.
    without_firm: Option<u32>,
}

impl Kind for Sensitivity {
    const NAME: &'static str = "sensitivity";
    const TELLS_CHANGE: bool = true;
    const TABLES: &'static [&'static Definition] = &[&SENSITIVITY];
    type Question = SensitivityPoints;
    type Taken = SensitivityTaken;

    fn ask(asked: &Asked<'_>) -> Result<Option<SensitivityPoints>, AnalysisError> {
        let Analysis::Sensitivity {
            method,
            outcome,
            firm,
            samples,
        } = asked.analysis
        else {
            return Ok(None);
        };
        let design = Design::new(asked.scenario)?;
        let samples = samples.unwrap_or(method.default_samples());
        let seed = asked.scenario.simulation.seed;
        let varies = design.columns().iter().any(|path| path.ends_with(".count"));
        Ok(Some(SensitivityPoints {
            matrix: Matrix::new(*method, design.axes().len(), samples as usize, seed)?,
            design,
            replicates: asked.scenario.simulation.replicates,
            firm: (!varies).then(|| position(asked.scenario, firm)),
            asked: SensitivityQuestion {
                method: *method,
                outcome: *outcome,
                firm: firm.clone(),
                samples,
            },
        }))
    }

    fn start(posed: &SensitivityPoints) -> SensitivityTaken {
        SensitivityTaken {
            outcomes: vec![f64::NAN; posed.matrix.len() * posed.replicates as usize],
            without_firm: None,
        }
    }

    fn cells(
        posed: &SensitivityPoints,
        _: &SensitivityTaken,
        round: u32,
    ) -> Option<Box<dyn Order>> {
        (round == 0).then(|| {
            Box::new(Cells {
                points: u32::try_from(posed.matrix.len()).unwrap_or(u32::MAX),
                replicates: posed.replicates,
            }) as _
        })
    }

    fn plan(posed: &SensitivityPoints, row: u32) -> Result<Plan, Diagnostics> {
        Plan::new(&posed.market(row)?)
    }

    fn take(
        posed: &SensitivityPoints,
        taken: &mut SensitivityTaken,
        cell: Cell,
        finished: &Finished,
    ) {
        let figures = posed
            .firm_at(cell.point)
            .and_then(|at| finished.figures.get(at));
        match figures.and_then(|own| posed.asked.outcome.of_summary(own)) {
            Some(outcome) => {
                let row = cell.point as usize * posed.replicates as usize;
                taken.outcomes[row + cell.replicate as usize] = *outcome;
            }
            None => taken.without_firm = Some(cell.point),
        }
    }

    fn answer(
        posed: SensitivityPoints,
        mut taken: SensitivityTaken,
    ) -> Result<Self, AnalysisError> {
        if let Some(point) = taken.without_firm {
            return Err(AnalysisError::NoFirmAt {
                point,
                firm: posed.asked.firm,
            });
        }
        let replicates = posed.replicates as usize;
        taken.outcomes.chunks_mut(replicates).for_each(fill);
        let rows = taken.outcomes.chunks(replicates);
        let empty = rows.filter(|row| row.iter().any(|value| value.is_nan()));
        let empty = empty.count();
        if empty > 0 {
            let none = vec![Bounded::UNDEFINED; indices(posed.asked.method).len()];
            let none = vec![none; posed.design.axes().len()];
            let SensitivityQuestion { outcome, firm, .. } = &posed.asked;
            let remark = format!(
                "{} of {firm} has no value at {empty} of {} points, where the firm has no transactions, so no index is defined: choose an outcome that is always there, such as \"share\", or narrower ranges",
                outcome.column(),
                posed.matrix.len()
            );
            return Ok(posed.answer(none, None, vec![remark]));
        }
        let (mut indices, mut notes, mut noise) =
            posed.matrix.indices(replicates, &taken.outcomes)?;
        if replicates < 2 {
            // an interval would leave out what another replicate would change
            let all = indices.iter_mut().flatten();
            all.for_each(|index| (index.low, index.high) = (f64::NAN, f64::NAN));
            notes.iter_mut().for_each(String::clear);
            noise = None;
        }
        let noted = notes.iter().zip(posed.design.axes());
        let noted = noted.filter(|(note, _)| !note.is_empty());
        let remarks = noted.map(|(note, axis)| format!("{}: {note}", axis.label));
        let remarks = remarks.chain(told(posed.replicates, noise.as_ref()));
        let remarks = remarks.collect();
        Ok(posed.answer(indices, noise, remarks))
    }

    fn tables(answers: &[(u32, &Self)]) -> Vec<Batch> {
        let rows = answers.iter().flat_map(|(_, answer)| answer.rows());
        vec![SensitivityRow::batch(rows)]
    }

    /// The table does not have the number of the analysis: its rows are in the order of the questions.
    fn read(questions: &[(u32, SensitivityPoints)], tables: &StoredTables) -> Vec<(u32, Self)> {
        let bounded = |row: SensitivityRow<&str>| Bounded {
            value: row.value,
            low: row.low,
            high: row.high,
        };
        let mut rows = SensitivityRow::all(tables.table(0)).peekable();
        let mut read = |(number, posed): &(u32, SensitivityPoints)| {
            let names = indices(posed.asked.method);
            let mut parameter = || {
                let values = names.iter().map(|_| rows.next().map(bounded));
                values.collect::<Option<_>>()
            };
            let parameters: Option<_> = posed.design.axes().iter().map(|_| parameter()).collect();
            let noise = rows.next_if(|row| row.index == NOISE).map(bounded);
            Some((*number, posed.answer(parameters?, noise, Vec::new())))
        };
        questions.iter().map_while(&mut read).collect()
    }

    fn tell(&self, _: &Scenario) -> Vec<String> {
        let remarks = self.remarks.iter();
        remarks
            .map(|remark| format!("sensitivity: {remark}"))
            .collect()
    }
}

/// Puts the mean of the others where a replicate has no value, as of a firm that has left the market.
fn fill(row: &mut [f64]) {
    let mean = Moments::of(row.iter().copied()).mean();
    let missing = row.iter_mut().filter(|value| value.is_nan());
    missing.for_each(|value| *value = mean);
}

/// What to know about the noise between replicates.
fn told(replicates: u32, noise: Option<&Bounded>) -> Option<String> {
    if replicates < 2 {
        return Some(format!(
            "one replicate cannot tell influence from chance, so there are no intervals: it takes {LEAST_REPLICATES}"
        ));
    }
    let noise = noise?;
    if replicates < LEAST_REPLICATES {
        return Some(format!(
            "the noise between replicates counts as influence, or is in no interval: it takes {LEAST_REPLICATES} replicates to tell, not {replicates}"
        ));
    }
    let percent = (100.0 * noise.value).round();
    (percent > 0.0).then(|| {
        format!("{percent} % of the variance of the means over replicates is noise between these, and in no index")
    })
}
