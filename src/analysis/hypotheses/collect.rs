//! Takes in the cells of a run as they are done, and judges its hypotheses.

use std::collections::{BTreeMap, BTreeSet};

use super::asked::Asked;
use super::figure::World;
use super::judged::{Hypotheses, Judged, looks};
use crate::analysis::AnalysisError;
use crate::analysis::kind::{Setting, samples};
use crate::experiment::{Cell, Design, Finished, Observer};
use crate::scenario::{Diagnostics, Scenario};

/// Takes in cells as they are done, and judges.
#[derive(Debug)]
pub struct HypothesesCollector {
    design: Design,
    asked: Vec<Asked>,
    /// What figures need to know of the worlds so far; none of one that cannot be simulated.
    worlds: BTreeMap<u32, Option<World>>,
    /// How often the run is looked at.
    looks: usize,
    /// By point and replicate: the figures of each hypothesis.
    values: BTreeMap<(u32, u32), Vec<Vec<f64>>>,
}

impl HypothesesCollector {
    /// A collector for the hypotheses of a scenario; none where it has none.
    ///
    /// # Errors
    /// A statement cannot be read, of a scenario that was built in code.
    pub fn new(scenario: &Scenario, design: &Design) -> Result<Option<Self>, Diagnostics> {
        if scenario.hypotheses.is_empty() {
            return Ok(None);
        }
        let simulation = &scenario.simulation;
        let until = simulation.until_decided.as_ref();
        let looks = until.map_or(1, |until| looks(simulation.replicates, until.at_most).len());
        Ok(Some(Self {
            design: design.clone(),
            asked: Asked::all(scenario, design)?,
            worlds: BTreeMap::new(),
            looks,
            values: BTreeMap::new(),
        }))
    }

    /// Takes in a cell, whose point is its world.
    pub fn take(&mut self, cell: Cell, finished: &Finished) {
        let (point, variant) = self.design.place(cell.point);
        let (design, asked) = (&self.design, &self.asked);
        let world = self.worlds.entry(cell.point).or_insert_with(|| {
            let scenario = design.world(cell.point).ok()?;
            Some(World::of(
                &scenario,
                asked.iter().flat_map(|one| &one.figures),
            ))
        });
        let Some(world) = world else {
            return;
        };
        let empty = || {
            let asked = asked.iter();
            asked.map(|one| vec![f64::NAN; one.figures.len()]).collect()
        };
        let key = (point, cell.replicate);
        let row: &mut Vec<Vec<f64>> = self.values.entry(key).or_insert_with(empty);
        for (asked, row) in asked.iter().zip(row) {
            asked.take(variant, finished, world, row);
        }
    }

    /// Takes in the figures of analyses that statements name, which have cells of their own; false where the run was stopped.
    ///
    /// # Errors
    /// An analysis cannot be asked of a variant, or its cells not be simulated or kept.
    pub fn take_analyses(
        &mut self,
        setting: &Setting<'_>,
        observer: &mut dyn Observer,
    ) -> Result<bool, AnalysisError> {
        let figures = self.asked.iter().flat_map(|one| &one.figures);
        let named =
            figures.filter_map(|sought| Some((sought.of_analysis()?.number, sought.variant)));
        // each once, in their order
        let named: BTreeSet<(u32, usize)> = named.collect();
        for (number, variant) in named {
            let market = self
                .design
                .world(u32::try_from(variant).unwrap_or(u32::MAX))?;
            let Some(found) = samples(setting, number, &market, observer)? else {
                return Ok(false);
            };
            for ((_, replicate), row) in &mut self.values {
                for (asked, row) in self.asked.iter().zip(row) {
                    for (sought, value) in asked.figures.iter().zip(row) {
                        let own = sought.of_analysis().filter(|one| one.number == number);
                        let values = own.filter(|_| sought.variant == variant);
                        let values = values.and_then(|one| one.values(&found));
                        if let Some(found) = values.and_then(|all| all.get(*replicate as usize)) {
                            *value = *found;
                        }
                    }
                }
            }
        }
        Ok(true)
    }

    /// The figures of the statement of a hypothesis at a point, by replicate; `number` is its place in the scenario, from 1.
    #[must_use]
    pub fn figures(&self, point: u32, number: u32) -> Vec<Vec<f64>> {
        let of_point = self.values.range((point, 0)..=(point, u32::MAX));
        let place = (number as usize).saturating_sub(1);
        let own = of_point.filter_map(|(_, row)| row.get(place));
        own.cloned().collect()
    }

    /// What the cells so far say.
    #[must_use]
    pub fn judge(&self) -> Hypotheses {
        let mut all = Vec::new();
        let mut points: Vec<u32> = self.values.keys().map(|(point, _)| *point).collect();
        points.dedup();
        for point in points {
            let of_point = self.values.range((point, 0)..=(point, u32::MAX));
            let rows: Vec<&Vec<Vec<f64>>> = of_point.map(|(_, row)| row).collect();
            for (place, asked) in self.asked.iter().enumerate() {
                // each look spends an equal part of the error
                let error = (1.0 - asked.hypothesis.confidence) / self.looks as f64;
                let found = asked.judged(&asked.moments(rows.iter().map(|row| &row[place])), error);
                all.push(Judged {
                    number: u32::try_from(place + 1).unwrap_or(u32::MAX),
                    point,
                    claim: asked.hypothesis.claim.clone(),
                    holds_if: asked.hypothesis.holds_if.clone(),
                    estimate: found.estimate,
                    threshold: asked.statement.threshold(),
                    confidence: asked.hypothesis.confidence,
                    verdict: found.verdict,
                    more: found.more,
                    limits: Vec::new(),
                    repetitions: Vec::new(),
                });
            }
        }
        Hypotheses { all }
    }
}
