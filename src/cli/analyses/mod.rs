//! `[[analyses]]`: questions that need cells of their own; one file per kind.
//!
//! Each kind simulates its variants, leaves the numbers to the library, writes its table and draws its
//! charts.

pub mod game;
mod sensitivity;

use flywheel::chart::Figure;
use flywheel::experiment::{Cell, Finished, Folder, Manifest, Order, PlanOf, Study, write_table};
use flywheel::scenario::{Analysis, Scenario};
use flywheel::table::{Batch, Definition};

use super::job::Failure;
use super::progress::Display;
use super::run::Run;

/// Does the analyses of a scenario and writes their tables; their charts, or none if the run was stopped.
pub fn run(
    run: &Run,
    scenario: &Scenario,
    folder: &Folder,
) -> Result<Option<Vec<Figure>>, Failure> {
    let context = Context {
        run,
        scenario,
        folder,
    };
    let kinds = [sensitivity::run, game::run];
    let mut charts = Vec::new();
    for kind in kinds {
        let Some(figures) = kind(&context)? else {
            return Ok(None);
        };
        charts.extend(figures);
    }
    Ok(Some(charts))
}

/// What all kinds of analyses work with.
struct Context<'a> {
    run: &'a Run<'a>,
    scenario: &'a Scenario,
    folder: &'a Folder,
}

impl Context<'_> {
    /// Simulates the cells of one of the scenario's analyses and hands them over in their order; `number` is its
    /// place among them, from 1. Returns whether all were done, that is, whether nobody asked to stop.
    fn simulate(
        &self,
        number: usize,
        analysis: &Analysis,
        cells: &dyn Order,
        plan: PlanOf,
        take: &mut dyn FnMut(Cell, &Finished),
    ) -> Result<bool, Failure> {
        let study = Study {
            folder: self.folder,
            journal: &format!(".cells-analysis-{number}"),
            identity: &format!("{} {analysis:?}", Manifest::identity(self.scenario)),
            plan,
        };
        let quiet = self.run.arguments.quiet;
        let mut display = Display::start(self.scenario, cells.len(), "cells", quiet);
        let report = &mut |progress| display.update(progress);
        let complete = study.run(self.run.runner(), cells, take, report);
        display.finish();
        complete.map_err(|error| match error.into() {
            Failure::Other(cause) => self.failure(&format!("analysis {number}: {cause}")),
            failure => failure,
        })
    }

    /// Writes a table that belongs to the scenario.
    fn write(&self, table: &'static Definition, batch: &Batch) -> Result<(), Failure> {
        let formats = self.run.arguments.formats();
        Ok(write_table(
            self.folder,
            self.scenario,
            &formats,
            table,
            batch,
        )?)
    }

    /// Says something about the scenario's analyses.
    fn note(&self, text: &str) {
        self.run
            .note(format_args!("{}: {text}", self.scenario.name));
    }

    /// What went wrong with the scenario's analyses.
    fn failure(&self, text: &str) -> Failure {
        Failure::Other(format!("{}: {text}", self.scenario.name))
    }
}
