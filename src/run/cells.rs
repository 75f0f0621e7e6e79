//! A scenario's own cells: simulated, or found finished, into tables and figures.

use super::{Options, RunError};
use crate::analysis::hypotheses::{HypothesesCollector, looks};
use crate::analysis::{Collector, Findings, VariantsCollector};
use crate::experiment::Order as _;
use crate::experiment::{
    Cell, CellError, Cells, Design, Done, ExperimentError, FailedCell, Journal, Manifest, Observer,
    Output, Progress, Publication, Receiver, Runner, Stage, Study, Summary, Work,
};
use crate::scenario::Scenario;
use crate::table::Numbering;

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
    /// Where the scenario has variants.
    pub variants: Option<VariantsCollector>,
    /// Where it has hypotheses.
    pub hypotheses: Option<HypothesesCollector>,
    /// By world.
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
        points: design.worlds(),
        replicates: scenario.simulation.replicates,
    };
    let plan = |world| design.plan(world);
    let study = Study::new(place.journal, &plan);
    observer.begin(Stage {
        work: Work::Own,
        points: cells.points,
        cells: cells.len(),
        kept: study.kept(place.runner.pool, &cells),
        found: place.journal.found(),
    });
    let firms = firms(&study, cells.points);
    let mut keeper = Keeper {
        place,
        output: Output::start(
            place.new,
            scenario,
            design.numbering(),
            &place.options.tables,
        )?,
        variants: VariantsCollector::new(scenario, design, firms.clone())?,
        hypotheses: HypothesesCollector::new(scenario, design)?,
        collector: Findings::are_series(scenario).then(|| Collector::new(scenario)),
        summaries: firms.into_iter().map(Summary::new).collect(),
        taken: 0,
        failed: Vec::new(),
        observer,
    };
    let mut from = 0;
    let complete = loop {
        let complete = study.run(place.runner, &cells, from, &mut keeper)?;
        let more = match &keeper.hypotheses {
            Some(hypotheses) if scenario.simulation.until_decided.is_some() => {
                more_looks(scenario, cells, hypotheses)
            }
            _ => more_replicates(scenario, cells, &keeper.summaries),
        };
        if !complete || more == cells.replicates {
            break complete;
        }
        from = cells.len();
        cells.replicates = more;
        keeper.observer.extend(cells.len());
    };
    // where nothing is made of the cells, nobody waits for the disk
    if !place.options.gives_up(place.runner) {
        study.sync()?;
    }
    keeper.observer.end();
    manifest.failed = keeper.failed;
    manifest.finish(cells, keeper.taken);
    Ok(Simulated {
        manifest,
        output: keeper.output,
        collector: keeper.collector,
        variants: keeper.variants,
        hypotheses: keeper.hypotheses,
        summaries: keeper.summaries,
        taken: keeper.taken,
        complete,
    })
}

/// The names of the firms of each world.
fn firms(study: &Study<'_>, worlds: u32) -> Vec<Vec<String>> {
    let names = |point| {
        let plan = study.plan(point).ok()?;
        let firms = plan.scenario().firms.iter();
        Some(firms.map(|firm| firm.name.clone()).collect())
    };
    // a world that cannot be simulated has no firms; its cells say why
    (0..worlds)
        .map(|world| names(world).unwrap_or_default())
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

/// How many replicates it takes until hypotheses are decided: as many as there are, or those of the next look.
fn more_looks(scenario: &Scenario, cells: Cells, hypotheses: &HypothesesCollector) -> u32 {
    let Some(until) = &scenario.simulation.until_decided else {
        return cells.replicates;
    };
    if hypotheses.judge().are_decided() {
        return cells.replicates;
    }
    let all = looks(scenario.simulation.replicates, until.at_most);
    let next = all.into_iter().find(|count| *count > cells.replicates);
    next.unwrap_or(cells.replicates)
}

/// Takes cells to tables and figures in order.
struct Keeper<'a, 'b> {
    place: &'b Place<'a>,
    output: Output<'a>,
    collector: Option<Collector>,
    variants: Option<VariantsCollector>,
    hypotheses: Option<HypothesesCollector>,
    /// By world.
    summaries: Vec<Summary>,
    /// Cells in the tables.
    taken: u64,
    failed: Vec<FailedCell>,
    observer: &'b mut dyn Observer,
}

impl Receiver for Keeper<'_, '_> {
    fn wants_csv(&self) -> Option<Numbering> {
        self.output.wants_csv()
    }

    fn take(
        &mut self,
        cell: Cell,
        outcome: Result<Done, CellError>,
    ) -> Result<(), ExperimentError> {
        if self.place.options.gives_up(self.place.runner) {
            return Ok(());
        }
        match outcome {
            Ok(done) => {
                let finished = &done.finished;
                if let Some(collector) = &mut self.collector
                    && self.place.design.place(cell.point).1 == 0
                {
                    collector.take(&finished.records);
                }
                if let Some(variants) = &mut self.variants {
                    variants.take(cell, finished);
                }
                if let Some(hypotheses) = &mut self.hypotheses {
                    hypotheses.take(cell, finished);
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
