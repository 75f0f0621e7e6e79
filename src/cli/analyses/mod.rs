//! `[[analyses]]`: questions that need cells of their own; one file per kind.
//!
//! Each kind simulates its variants, leaves the numbers to the library, writes its table and draws its
//! charts.

mod amplification;
mod game;
mod sensitivity;
mod sources;
mod wheel;

use std::cell::Cell as Flag;
use std::path::Path;
use std::sync::Arc;

use flywheel::analysis::amplification::Amplification;
use flywheel::analysis::wheel::Wheel;
use flywheel::chart::{Figure, draw_amplification, draw_wheels};
use flywheel::experiment::{
    Cell, Finished, Folder, Manifest, Order, PlanOf, Shard, Study, analysis_journal, write_table,
};
use flywheel::scenario::{Analysis, Record, RecordedTable, Scenario};
use flywheel::table::{
    self, AMPLIFICATION, AMPLIFICATION_VERDICT, Batch, Definition, Format, LOOP, SENSITIVITY,
};

use super::job::Failure;
use super::progress::Display;
use super::run::{Begun, Run};

/// Kinds of analyses: each does those of the scenario that are its own.
type Kind = fn(&Context) -> Result<Option<Vec<Figure>>, Failure>;

const KINDS: [Kind; 5] = [
    sensitivity::run,
    game::run,
    amplification::run,
    wheel::run,
    sources::run,
];

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
        portion: None,
    };
    let mut charts = Vec::new();
    for kind in KINDS {
        let Some(figures) = kind(&context)? else {
            return Ok(None);
        };
        charts.extend(figures);
    }
    Ok(Some(charts))
}

/// The charts of a scenario's analyses, from those of their tables that a folder holds.
pub fn redraw(folder: &Path, scenario: &Scenario) -> Result<Vec<Figure>, String> {
    let there = |format: Format| format.path(folder, &SENSITIVITY).is_file();
    let mut charts = Vec::new();
    if Format::ALL.into_iter().any(there) {
        charts.extend(sensitivity::redraw(folder, scenario)?);
    }
    charts.extend(game::redraw(folder, scenario)?);
    charts.extend(redraw_loops(folder, scenario)?);
    charts.extend(sources::redraw(folder, scenario).map_err(|error| error.to_string())?);
    Ok(charts)
}

/// The charts of head starts and of learning loops.
fn redraw_loops(folder: &Path, scenario: &Scenario) -> Result<Vec<Figure>, String> {
    let kinds = |wanted: fn(&Analysis) -> bool| scenario.analyses.iter().any(wanted);
    let mut figures = Vec::new();
    let whole = |table| whole(folder, table).map_err(|error| error.to_string());
    if kinds(|analysis| matches!(analysis, Analysis::Amplification { .. })) {
        let courses = whole(&AMPLIFICATION)?;
        let verdicts = whole(&AMPLIFICATION_VERDICT)?;
        let found = Amplification::from_tables(&courses, &verdicts);
        figures.extend(found.iter().map(|one| draw_amplification(scenario, one)));
    }
    if kinds(|analysis| matches!(analysis, Analysis::Loop { .. })) {
        let found = Wheel::from_table(&whole(&LOOP)?);
        figures.extend(wheels(scenario, &found));
    }
    Ok(figures)
}

/// A chart for each analysis of loops.
fn wheels(scenario: &Scenario, found: &[Wheel]) -> Vec<Figure> {
    let same = |a: &Wheel, b: &Wheel| a.question.analysis == b.question.analysis;
    let groups = found.chunk_by(same);
    groups.map(|group| draw_wheels(scenario, group)).collect()
}

/// All rows of a table, which is small.
fn whole(folder: &Path, definition: &'static Definition) -> Result<Batch, table::TableError> {
    let mut all = Batch::new(definition, Arc::default());
    table::read(folder, definition, |batch, _| all.append(batch))?;
    Ok(all)
}

/// The scenario itself as a market for an analysis: without its sweep, simulated until before period `to`, with one
/// table kept from period `from` on.
fn variant(scenario: &Scenario, table: RecordedTable, (from, to): (u32, u32)) -> Scenario {
    let mut variant = scenario.clone();
    variant.sweep = None;
    variant.analyses.clear();
    variant.charts.clear();
    variant.lesson = None;
    variant.interventions.retain(|change| change.period < to);
    let simulation = &mut variant.simulation;
    simulation.periods = to;
    simulation.precision = None;
    simulation.record = Record {
        tables: vec![table],
        from,
        ..Record::default()
    };
    variant
}

/// The same scenario, of which nothing is kept but the figures of `summary`.
fn only_figures(mut scenario: Scenario) -> Scenario {
    scenario.simulation.record = Record {
        tables: vec![RecordedTable::Market],
        every: u32::MAX,
        ..Record::default()
    };
    scenario.simulation.precision = None;
    scenario
}

/// Simulates one part's cells of the analyses, which the merge of all parts then does; returns whether all were
/// done, that is, whether nobody asked to stop.
///
/// Where an analysis decides from its first cells which others it needs, those others are left to the merge.
pub fn run_part(
    run: &Run,
    scenario: &Scenario,
    folder: &Folder,
    shard: Shard,
) -> Result<bool, Failure> {
    for (before, analysis) in scenario.analyses.iter().enumerate() {
        // an analysis without all of its cells ends at once, so each is asked alone
        let mut alone = scenario.clone();
        alone.analyses = vec![analysis.clone()];
        let portion = Portion {
            shard,
            before,
            stopped: Flag::new(false),
        };
        let context = Context {
            run,
            scenario: &alone,
            folder,
            portion: Some(&portion),
        };
        for kind in KINDS {
            kind(&context)?;
        }
        if portion.stopped.get() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Which of an analysis's cells are simulated, where it is not all of them.
struct Portion {
    shard: Shard,
    /// How many analyses of the scenario come before this one.
    before: usize,
    /// Whether somebody asked to stop.
    stopped: Flag<bool>,
}

/// What all kinds of analyses work with.
struct Context<'a> {
    run: &'a Run<'a>,
    scenario: &'a Scenario,
    folder: &'a Folder,
    /// None if all of the cells are to be simulated.
    portion: Option<&'a Portion>,
}

impl Context<'_> {
    /// Simulates the cells of one of the scenario's analyses and hands them over in their order; `number` is its
    /// place among them, from 1. Returns whether all were done, that is, whether nobody asked to stop, and this is
    /// not a part, which hands over none.
    fn simulate(
        &self,
        number: usize,
        analysis: &Analysis,
        cells: &dyn Order,
        plan: PlanOf,
        take: &mut dyn FnMut(Cell, &Finished),
    ) -> Result<bool, Failure> {
        let number = number + self.portion.map_or(0, |portion| portion.before);
        let study = Study {
            folder: self.folder,
            journal: &analysis_journal(number),
            identity: &Manifest::identity_of_analysis(self.scenario, analysis),
            plan,
        };
        if self.run.begun == Begun::Afresh {
            study.open(true)?;
        }
        let Some(portion) = self.portion else {
            return self.simulate_these(number, &study, cells, take);
        };
        let own = portion.shard.of(cells);
        let complete = self.simulate_these(number, &study, &own, &mut |_, _| {})?;
        portion.stopped.set(!complete);
        Ok(false)
    }

    fn simulate_these(
        &self,
        number: usize,
        study: &Study,
        cells: &dyn Order,
        take: &mut dyn FnMut(Cell, &Finished),
    ) -> Result<bool, Failure> {
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
