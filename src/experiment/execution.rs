//! Cells over all cores, kept in the journal as they are done and handed over in order.
//!
//! Threads take positions in order and never run further ahead of the oldest unfinished one than a
//! small window, so memory does not grow with the number of cells.

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use super::journal::RecordWriter;
use super::window::Window;
use super::{Cell, CellError, ExperimentError, Finished, Order, Study};
use crate::model::Plan;
use crate::table::{Numbering, csv_rows};

/// How often the caller hears of progress.
const TICK: Duration = Duration::from_millis(100);

/// A request to stop, shared with whoever may make it (a Ctrl-C handler, say).
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Asks to stop: cells that are running are given up, finished ones are kept.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    /// Whether a stop was asked for.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

/// What cells are done with.
#[derive(Debug, Clone, Copy)]
pub struct Runner<'a> {
    /// The threads.
    pub pool: &'a rayon::ThreadPool,
    /// A stop that somebody may ask for.
    pub cancel: &'a Cancel,
}

/// How far an experiment has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Cells that are done.
    pub cells: u64,
    /// Simulated periods, of all cells together.
    pub periods: u64,
}

/// A cell that is done.
#[derive(Debug)]
pub struct Done {
    /// What is kept of it.
    pub finished: Finished,
    /// Its rows as CSV by table, in the order of [`Records::batches`](crate::model::Records::batches), where the receiver
    /// wants them.
    pub csv: Option<Vec<String>>,
}

/// Receives cells in their order.
pub trait Receiver {
    /// Whether it wants rows as CSV, and then how they say their world: they are made on the thread that simulated
    /// the cell, for text takes time.
    fn wants_csv(&self) -> Option<Numbering> {
        None
    }

    /// A cell is done: what is kept of it, or why it could not be simulated.
    ///
    /// # Errors
    /// If it cannot be written; this ends the run.
    fn take(&mut self, cell: Cell, outcome: Result<Done, CellError>)
    -> Result<(), ExperimentError>;

    /// How far the run has come, some ten times a second.
    fn report(&mut self, progress: Progress);
}

/// A cell on its way to the receiver: done or failed, or not to be kept.
struct Delivery {
    cell: Cell,
    outcome: Result<Result<Done, CellError>, ExperimentError>,
}

impl Study<'_> {
    /// Does the cells from position `from` of their order on that are not kept yet, and hands all of these
    /// over in order, on the caller's thread.
    ///
    /// Returns whether all were done, that is, whether nobody asked to stop.
    ///
    /// # Errors
    /// If the journal cannot be written, and what the receiver returns.
    pub fn run(
        &self,
        runner: Runner,
        cells: &dyn Order,
        from: u64,
        receiver: &mut dyn Receiver,
    ) -> Result<bool, ExperimentError> {
        let threads = runner.pool.current_num_threads() as u64;
        let left = cells.len().saturating_sub(from);
        let shared = Shared {
            cells,
            study: self,
            window: Window::new(from, cells.len(), self.ahead(cells, from) * threads),
            cancel: runner.cancel,
            abandoned: AtomicBool::new(false),
            periods: AtomicU64::new(0),
            csv: receiver.wants_csv(),
            // threads without a cell of their own help with those of the others
            parallel: left < threads,
        };
        let shared = &shared;
        if !cfg!(feature = "system") {
            return one_by_one(shared, from, receiver);
        }
        let (sender, done) = mpsc::channel();
        std::thread::scope(|scope| {
            scope.spawn(move || {
                runner.pool.scope(|workers| {
                    for _ in 0..threads.min(left) {
                        let sender = sender.clone();
                        workers.spawn(move |_| shared.work(&sender));
                    }
                });
            });
            let outcome = hand_over(shared, from, &done, receiver);
            if outcome.is_err() {
                shared.abandon();
            }
            outcome
        })
    }

    /// How many cells may wait for each thread: one that records single interactions is so large that no other waits meanwhile.
    fn ahead(&self, cells: &dyn Order, from: u64) -> u64 {
        let is_large = from < cells.len()
            && (self.plan(cells.cell(from).point)).is_ok_and(|plan| plan.keeps_interactions());
        if is_large { 1 } else { 2 }
    }

    /// Does cells that are not kept yet, and hands all of them over in their order, with how far it has come
    /// some ten times a second: for an analysis, which needs all of them.
    ///
    /// Returns whether all were done, that is, whether nobody asked to stop.
    ///
    /// # Errors
    /// If the journal cannot be written, or a cell cannot be simulated.
    pub fn run_all(
        &self,
        runner: Runner,
        cells: &dyn Order,
        take: &mut dyn FnMut(Cell, &Finished),
        report: &mut dyn FnMut(Progress),
    ) -> Result<bool, ExperimentError> {
        let mut all = AllOrNothing {
            take,
            report,
            failed: None,
        };
        let complete = self.run(runner, cells, 0, &mut all)?;
        self.sync()?;
        match all.failed {
            Some((cell, cause)) => Err(ExperimentError::Cell { cell, cause }),
            None => Ok(complete),
        }
    }
}

/// Receives the cells of an analysis, which needs all of them.
struct AllOrNothing<'a> {
    take: &'a mut dyn FnMut(Cell, &Finished),
    report: &'a mut dyn FnMut(Progress),
    failed: Option<(Cell, CellError)>,
}

impl Receiver for AllOrNothing<'_> {
    fn take(
        &mut self,
        cell: Cell,
        outcome: Result<Done, CellError>,
    ) -> Result<(), ExperimentError> {
        match outcome {
            Ok(done) => (self.take)(cell, &done.finished),
            Err(cause) => {
                self.failed.get_or_insert((cell, cause));
            }
        }
        Ok(())
    }

    fn report(&mut self, progress: Progress) {
        (self.report)(progress);
    }
}

/// Takes cells from the threads and hands them over in order; returns whether all were done.
fn hand_over(
    shared: &Shared,
    from: u64,
    done: &mpsc::Receiver<(u64, Delivery)>,
    receiver: &mut dyn Receiver,
) -> Result<bool, ExperimentError> {
    let mut waiting: BTreeMap<u64, (Cell, Result<Done, CellError>)> = BTreeMap::new();
    let mut next = from;
    loop {
        match done.recv_timeout(TICK) {
            Ok((position, Delivery { cell, outcome })) => {
                waiting.insert(position, (cell, outcome?));
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        while let Some((cell, outcome)) = waiting.remove(&next) {
            receiver.take(cell, outcome)?;
            next += 1;
            shared.window.advance_to(next);
        }
        let periods = shared.periods.load(Ordering::Relaxed);
        receiver.report(Progress {
            cells: next,
            periods,
        });
    }
    let complete = next == shared.cells.len();
    // after a stop, cells may be done beyond one that was given up
    for (_, (cell, outcome)) in waiting {
        receiver.take(cell, outcome)?;
    }
    Ok(complete)
}

/// Does the cells where there is no thread but this one, and hands each over at once; returns whether all were done.
fn one_by_one(
    shared: &Shared,
    from: u64,
    receiver: &mut dyn Receiver,
) -> Result<bool, ExperimentError> {
    let mut writer = RecordWriter::new();
    for position in from..shared.cells.len() {
        let cell = shared.cells.cell(position);
        let Some(outcome) = shared.obtain(cell, &mut writer) else {
            return Ok(false);
        };
        receiver.take(cell, outcome?)?;
        receiver.report(Progress {
            cells: position + 1,
            periods: shared.periods.load(Ordering::Relaxed),
        });
    }
    Ok(true)
}

/// What the threads of a run share.
struct Shared<'a> {
    cells: &'a dyn Order,
    study: &'a Study<'a>,
    window: Window,
    cancel: &'a Cancel,
    /// Set when nobody takes the tables any more.
    abandoned: AtomicBool,
    periods: AtomicU64,
    csv: Option<Numbering>,
    parallel: bool,
}

impl Shared<'_> {
    fn stopped(&self) -> bool {
        self.cancel.is_cancelled() || self.abandoned.load(Ordering::SeqCst)
    }

    fn abandon(&self) {
        self.abandoned.store(true, Ordering::SeqCst);
        self.window.wake();
    }

    /// Does cell after cell until there are no more.
    fn work(&self, sender: &mpsc::Sender<(u64, Delivery)>) {
        let mut writer = RecordWriter::new();
        while let Some(position) = self.window.take(|| self.stopped()) {
            let cell = self.cells.cell(position);
            let Some(outcome) = self.obtain(cell, &mut writer) else {
                return;
            };
            if sender.send((position, Delivery { cell, outcome })).is_err() {
                return;
            }
        }
    }

    /// A cell from the journal, or simulated and kept there. None if the run is stopped meanwhile.
    fn obtain(
        &self,
        cell: Cell,
        writer: &mut RecordWriter,
    ) -> Option<Result<Result<Done, CellError>, ExperimentError>> {
        let finished = match self.study.finished(cell) {
            Some(finished) => {
                let plan = self.study.plan(cell.point);
                let periods = plan.map_or(0, |plan| plan.periods());
                self.periods.fetch_add(periods.into(), Ordering::Relaxed);
                finished
            }
            None => match self.attempt(cell)? {
                Ok(finished) => {
                    if let Err(error) = self.study.keep(writer, cell, &finished) {
                        return Some(Err(error));
                    }
                    finished
                }
                Err(cause) => return Some(Ok(Err(cause))),
            },
        };
        // it is kept; the text of its rows takes longer than somebody who stops the run waits
        if self.csv.is_some() && self.stopped() {
            return None;
        }
        let csv = self.csv.as_ref().map(|numbering| {
            let rows = |batch| csv_rows(batch, numbering, cell.point);
            finished.records.batches().into_iter().map(rows).collect()
        });
        Some(Ok(Ok(Done { finished, csv })))
    }

    /// Simulates a cell; a panic becomes the cell's failure. None if the run is stopped meanwhile.
    fn attempt(&self, cell: Cell) -> Option<Result<Finished, CellError>> {
        let plan = match self.study.plan(cell.point) {
            Ok(plan) => plan,
            Err(problems) => return Some(Err(problems.into())),
        };
        let simulated = catch_unwind(AssertUnwindSafe(|| self.simulate(&plan, cell.replicate)));
        match simulated {
            Ok(finished) => finished.map(Ok),
            Err(panic) => Some(Err(CellError::Internal(message(panic.as_ref())))),
        }
    }

    fn simulate(&self, plan: &Plan, replicate: u32) -> Option<Finished> {
        let mut market = if self.parallel {
            plan.parallel_market(replicate)
        } else {
            plan.market(replicate)
        };
        while !market.is_done() {
            if self.stopped() {
                return None;
            }
            market.step();
            self.periods.fetch_add(1, Ordering::Relaxed);
        }
        Some(Finished::of(market.into_records(), plan.scenario()))
    }
}

/// What a panic said.
fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("no message").to_owned()
}
