//! Hypotheses in markets that differ from those of the scenario: what their statements come to there.

use std::collections::BTreeMap;

use super::asked::Asked;
use super::figure::World;
use crate::analysis::kind::Setting;
use crate::analysis::{AnalysisError, Moments};
use crate::experiment::{
    Cell, Cells, Design, Finished, Observer, Order as _, Progress, Stage, Study, Work,
};
use crate::model::Plan;
use crate::scenario::{Diagnostics, Record, RecordedTable};

/// A hypothesis in a market that is changed.
pub(super) struct Trial<'a> {
    pub asked: &'a Asked,
    /// The worlds of the scenario.
    pub design: &'a Design,
    /// What differs there, in all variants.
    pub settings: Vec<(String, toml::Value)>,
}

impl Trial<'_> {
    fn plan(&self, variant: usize) -> Result<Plan, Diagnostics> {
        let world = u32::try_from(variant).unwrap_or(u32::MAX);
        let mut scenario = self.design.world_with(world, &self.settings)?;
        let simulation = &mut scenario.simulation;
        simulation.precision = None;
        // what is not looked at is not kept
        let rows = self.asked.figures.iter().filter_map(|sought| sought.rows());
        let rows: Vec<(RecordedTable, u32)> = rows.collect();
        simulation.record = match rows.iter().map(|(_, from)| *from).min() {
            Some(from) => {
                let is_sought = |table: &RecordedTable| rows.iter().any(|(own, _)| own == table);
                let tables = RecordedTable::OVER_PERIODS.into_iter().filter(is_sought);
                Record {
                    tables: tables.collect(),
                    from,
                    ..Record::default()
                }
            }
            None => Record {
                tables: vec![RecordedTable::Market],
                every: u32::MAX,
                ..Record::default()
            },
        };
        self.design.plan_of(world, &scenario)
    }
}

/// Tries hypotheses in rounds, and keeps the cells as those of a run are kept.
pub(super) struct Laboratory<'a> {
    pub setting: &'a Setting<'a>,
    pub replicates: u32,
    /// Cells so far, of all rounds.
    pub cells: u64,
}

impl Laboratory<'_> {
    /// How far the left side of each statement is above the right one; none where the run was stopped.
    ///
    /// # Errors
    /// A market cannot be simulated, or its cells not be kept.
    pub fn attempt(
        &mut self,
        trials: &[Trial<'_>],
        observer: &mut dyn Observer,
    ) -> Result<Option<Vec<Moments>>, AnalysisError> {
        let own = |(place, trial): (usize, &Trial<'_>)| -> Vec<(usize, usize)> {
            let variants = trial.asked.variants().into_iter();
            variants.map(|variant| (place, variant)).collect()
        };
        let jobs: Vec<(usize, usize)> = trials.iter().enumerate().flat_map(own).collect();
        let plan = |point: u32| {
            let (trial, variant) = jobs[point as usize];
            trials[trial].plan(variant)
        };
        let study = Study::new(self.setting.journal, &plan);
        let cells = Cells {
            points: u32::try_from(jobs.len()).unwrap_or(u32::MAX),
            replicates: self.replicates,
        };
        self.begin(&study, cells, observer);
        let mut worlds: BTreeMap<u32, Option<World>> = BTreeMap::new();
        let empty = |trial: &Trial<'_>| {
            let row = vec![f64::NAN; trial.asked.figures.len()];
            vec![row; self.replicates as usize]
        };
        let mut values: Vec<Vec<Vec<f64>>> = trials.iter().map(empty).collect();
        let take = &mut |cell: Cell, finished: &Finished| {
            let (trial, variant) = jobs[cell.point as usize];
            let asked = trials[trial].asked;
            let world = worlds.entry(cell.point).or_insert_with(|| {
                let plan = study.plan(cell.point).ok()?;
                Some(World::of(plan.scenario(), &asked.figures))
            });
            if let Some(world) = world {
                let row = &mut values[trial][cell.replicate as usize];
                asked.take(variant, finished, world, row);
            }
        };
        let before = self.cells;
        let report = &mut |progress: Progress| {
            observer.progress(Progress {
                cells: before + progress.cells,
                ..progress
            });
        };
        let complete = study.run_all(self.setting.runner, &cells, take, report);
        self.cells += cells.len();
        if !complete.map_err(AnalysisError::Experiment)? {
            return Ok(None);
        }
        let moments = trials.iter().zip(&values);
        Ok(Some(
            moments
                .map(|(trial, rows)| trial.asked.moments(rows))
                .collect(),
        ))
    }

    /// Says how many cells there are, the first time and whenever there are more.
    fn begin(&self, study: &Study<'_>, cells: Cells, observer: &mut dyn Observer) {
        if self.cells > 0 {
            return observer.extend(self.cells + cells.len());
        }
        observer.begin(Stage {
            work: Work::Hypotheses,
            points: cells.points,
            cells: cells.len(),
            kept: study.kept(self.setting.runner.pool, &cells),
            found: self.setting.journal.found(),
        });
    }
}
