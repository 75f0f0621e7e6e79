//! What the variants of a scenario found: the series of each, and what differs from the scenario itself.

use std::path::Path;

use super::{Collector, Comparison, FindingsError, Results, RunFigures};
use crate::experiment::{Cell, Design, Filled, Finished, plain_value};
use crate::scenario::{Diagnostics, Scenario, Variant};
use crate::table::{Batch, TableError, VariantRow};

/// What the variants of a scenario found, the scenario itself first.
#[derive(Debug, Clone, PartialEq)]
pub struct Variants {
    /// All, in the order of the design.
    pub all: Vec<VariantResults>,
    /// What differs from the scenario itself: of each of the others, in their order.
    pub comparisons: Vec<Comparison>,
}

/// What one variant found.
#[derive(Debug, Clone, PartialEq)]
pub struct VariantResults {
    /// What it is.
    pub variant: Variant,
    /// Series over periods; none in a sweep, where rows were left out, or where it is the scenario itself.
    pub results: Option<Results>,
}

impl Variants {
    /// What the tables in the folder of a run hold; none where the scenario has no variants.
    ///
    /// # Errors
    /// They cannot be read.
    pub fn read(folder: &Path, scenario: &Scenario) -> Result<Option<Self>, FindingsError> {
        let design = Design::new(scenario)?;
        if design.variants().is_empty() {
            return Ok(None);
        }
        let numbering = design.numbering();
        let mut all = Vec::new();
        for (world, variant) in (0..).zip(design.variants()) {
            let results = match has_series(scenario) && world > 0 {
                true => Some(Results::read_world(
                    folder,
                    &design.world(world)?,
                    &numbering,
                    world,
                )?),
                false => None,
            };
            let variant = variant.clone();
            all.push(VariantResults { variant, results });
        }
        let comparisons = match Comparison::read(folder, &design) {
            // a run that was stopped has none
            Err(TableError::Missing { .. }) => Vec::new(),
            read => read?,
        };
        Ok(Some(Self { all, comparisons }))
    }

    /// The tables `variants` and `comparison`.
    #[must_use]
    pub fn tables(&self, design: &Design) -> [Filled; 2] {
        let variants = self.all.iter().map(|one| &one.variant);
        [
            Filled::plain(settings(variants)),
            Comparison::filled(&self.comparisons, &design.numbering()),
        ]
    }
}

/// Whether variants have series: one point, with all rows of its tables.
fn has_series(scenario: &Scenario) -> bool {
    scenario.sweep.is_none() && scenario.simulation.record.keeps_all_periods()
}

/// What variants set.
fn settings<'a>(variants: impl Iterator<Item = &'a Variant>) -> Batch {
    let mut rows: Vec<[String; 4]> = Vec::new();
    for variant in variants {
        let mut own: Vec<(String, String)> = Vec::new();
        let set = variant.set.iter();
        own.extend(set.map(|(path, value)| (path.clone(), plain_value(value))));
        if !variant.interventions {
            own.push(("interventions".to_owned(), "false".to_owned()));
        }
        if let Some(given) = &variant.head_start {
            let observations = given.observations.to_string();
            own.extend([
                ("head_start.firm".to_owned(), given.firm.clone()),
                ("head_start.period".to_owned(), given.period.to_string()),
                ("head_start.observations".to_owned(), observations),
            ]);
        }
        if own.is_empty() {
            own.push((String::new(), String::new()));
        }
        let named = |(path, value)| [variant.name.clone(), variant.title.clone(), path, value];
        rows.extend(own.into_iter().map(named));
    }
    VariantRow::batch(rows.iter().map(|[variant, title, path, value]| VariantRow {
        variant: variant.as_str(),
        title: title.as_str(),
        path: path.as_str(),
        value: value.as_str(),
    }))
}

/// Takes in the cells of variants as they are done.
#[derive(Debug)]
pub struct VariantsCollector {
    design: Design,
    /// The names of the firms of each world.
    firms: Vec<Vec<String>>,
    /// Of each variant; none of the scenario itself.
    collectors: Vec<Option<Collector>>,
    /// The figures of each variant.
    figures: Vec<RunFigures>,
}

impl VariantsCollector {
    /// A collector for the variants of a scenario; none where it has no variants. `firms` has the names of the firms of each world.
    ///
    /// # Errors
    /// A variant cannot be simulated.
    pub fn new(
        scenario: &Scenario,
        design: &Design,
        firms: Vec<Vec<String>>,
    ) -> Result<Option<Self>, Diagnostics> {
        let count = design.variants().len();
        if count == 0 {
            return Ok(None);
        }
        let mut collectors = Vec::new();
        for world in (0..).take(count) {
            collectors.push(match has_series(scenario) && world > 0 {
                true => Some(Collector::new(&design.world(world)?)),
                false => None,
            });
        }
        let periods = vec![scenario.simulation.periods];
        let figures = (0..count).map(|_| RunFigures::new(periods.clone()));
        Ok(Some(Self {
            design: design.clone(),
            firms,
            collectors,
            figures: figures.collect(),
        }))
    }

    /// Takes in a cell, whose point is its world.
    pub fn take(&mut self, cell: Cell, finished: &Finished) {
        let (point, variant) = self.design.place(cell.point);
        if let Some(Some(collector)) = self.collectors.get_mut(variant) {
            collector.take(&finished.records);
        }
        let names = self.firms.get(cell.point as usize);
        if let (Some(figures), Some(names)) = (self.figures.get_mut(variant), names) {
            figures.take_finished((point, cell.replicate), names, finished);
        }
    }

    /// What all cells so far amount to.
    #[must_use]
    pub fn finish(self) -> Variants {
        let comparisons = match self.figures.split_first() {
            Some((base, others)) => {
                let compare = |other| Comparison::of(base, other);
                others.iter().map(compare).collect()
            }
            None => Vec::new(),
        };
        let all = self.design.variants().iter().zip(self.collectors);
        Variants {
            all: all
                .map(|(variant, collector)| VariantResults {
                    variant: variant.clone(),
                    results: collector.map(Collector::finish),
                })
                .collect(),
            comparisons,
        }
    }
}
