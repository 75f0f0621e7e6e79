//! A scenario's own cells: simulated, or found finished, into tables and figures.

use super::{Options, RunError};
use crate::analysis::{Collector, Findings};
use crate::experiment::Order as _;
use crate::experiment::{
    Cell, CellError, Cells, Design, Done, ExperimentError, FailedCell, Journal, Manifest, Observer,
    Output, Progress, Publication, Receiver, Runner, Stage, Study, Summary, WithPoint,
};
use crate::model::Plan;
use crate::scenario::Scenario;

/// Where cells are done, and with what.
pub struct Place<'a> {
    pub scenario: &'a Scenario,
    pub journal: &'a Journal,
    pub new: &'a Publication<'a>,
    pub design: &'a Design,
    pub runner: Runner<'a>,
    pub options: &'a Options,
}

/// A scenario's own cells, done.
pub struct Simulated<'a> {
    pub manifest: Manifest,
    /// Their tables, aside.
    pub output: Output<'a>,
    /// Where the tables hold what series need.
    pub collector: Option<Collector>,
    /// By point.
    pub summaries: Vec<Summary>,
    /// Cells in the tables.
    pub taken: u64,
    /// Whether all cells were done, that is, whether nobody asked to stop.
    pub complete: bool,
}

/// Simulates the cells of a scenario, batch after batch where it asks for a precision.
pub fn simulate<'a>(
    place: &Place<'a>,
    observer: &mut dyn Observer,
) -> Result<Simulated<'a>, RunError> {
    let Place {
        scenario, design, ..
    } = *place;
    let mut manifest = Manifest::start(scenario, place.runner.pool.current_num_threads());
    let mut cells = Cells {
        points: design.len(),
        replicates: scenario.simulation.replicates,
    };
    let plan = |point| Plan::new(&design.scenario(point)?);
    let study = Study::new(place.journal, &plan);
    observer.begin(Stage {
        analysis: None,
        points: cells.points,
        cells: cells.len(),
        kept: study.kept(place.runner.pool, &cells),
        found: place.journal.found(),
    });
    let mut keeper = Keeper {
        output: Output::start(place.new, scenario, &place.options.tables)?,
        collector: Findings::are_series(scenario).then(|| Collector::new(scenario)),
        summaries: summaries(&study, cells.points),
        taken: 0,
        failed: Vec::new(),
        observer,
    };
    let mut from = 0;
    let complete = loop {
        let complete = study.run(place.runner, &cells, from, &mut keeper)?;
        let more = more_replicates(scenario, cells, &keeper.summaries);
        if !complete || more == cells.replicates {
            break complete;
        }
        from = cells.len();
        cells.replicates = more;
        keeper.observer.extend(cells.len());
    };
    study.sync()?;
    keeper.observer.end();
    manifest.failed = keeper.failed;
    manifest.finish(cells, keeper.taken);
    Ok(Simulated {
        manifest,
        output: keeper.output,
        collector: keeper.collector,
        summaries: keeper.summaries,
        taken: keeper.taken,
        complete,
    })
}

/// A summary for each point, without replicates yet.
fn summaries(study: &Study<'_>, points: u32) -> Vec<Summary> {
    let names = |point| {
        let plan = study.plan(point).ok()?;
        let firms = plan.scenario().firms.iter();
        Some(firms.map(|firm| firm.name.clone()).collect())
    };
    // a point that cannot be simulated has no firms; its cells say why
    (0..points)
        .map(|point| Summary::new(names(point).unwrap_or_default()))
        .collect()
}

/// How many replicates it takes: as many as there are, or a batch more where that is not precise enough.
fn more_replicates(scenario: &Scenario, cells: Cells, summaries: &[Summary]) -> u32 {
    let Some(precision) = &scenario.simulation.precision else {
        return cells.replicates;
    };
    let precise = |summary: &Summary| summary.widest(precision.of) <= precision.half_width;
    if summaries.iter().all(precise) {
        return cells.replicates;
    }
    let batch = scenario.simulation.replicates;
    cells
        .replicates
        .saturating_add(batch)
        .min(precision.at_most.max(cells.replicates))
}

/// Takes cells to tables and figures in order.
struct Keeper<'a, 'b> {
    output: Output<'a>,
    collector: Option<Collector>,
    /// By point.
    summaries: Vec<Summary>,
    /// Cells in the tables.
    taken: u64,
    failed: Vec<FailedCell>,
    observer: &'b mut dyn Observer,
}

impl Receiver for Keeper<'_, '_> {
    fn wants_csv(&self) -> Option<WithPoint> {
        self.output.wants_csv()
    }

    fn take(
        &mut self,
        cell: Cell,
        outcome: Result<Done, CellError>,
    ) -> Result<(), ExperimentError> {
        match outcome {
            Ok(done) => {
                let finished = &done.finished;
                if let Some(collector) = &mut self.collector {
                    collector.take(&finished.records);
                }
                if let Some(summary) = self.summaries.get_mut(cell.point as usize) {
                    summary.add(&finished.figures);
                }
                self.taken += 1;
                self.output.write(cell, &done)
            }
            Err(cause) => {
                self.failed.push(FailedCell::new(cell, &cause));
                Ok(())
            }
        }
    }

    fn report(&mut self, progress: Progress) {
        self.observer.progress(progress);
    }
}
