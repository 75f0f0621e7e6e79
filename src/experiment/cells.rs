//! The cells of an experiment, point by replicate, over all cores, handed over in order.

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use crate::model::{Plan, Records};

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

/// One replicate of one point of the design; both are counted from 0.
///
/// Cells order by replicate, then by point: whoever stops early has all points equally often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// Replicate.
    pub replicate: u32,
    /// Point of the design; 0 without a sweep.
    pub point: u32,
}

/// The cells of an experiment in their order: all points of a replicate, then those of the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cells {
    /// Points of the design.
    pub points: u32,
    /// Replicates of each.
    pub replicates: u32,
}

impl Cells {
    /// Number of cells.
    #[must_use]
    pub fn len(self) -> u64 {
        u64::from(self.points) * u64::from(self.replicates)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The cell at a position of the order.
    #[must_use]
    pub fn cell(self, position: u64) -> Cell {
        let points = u64::from(self.points.max(1));
        let number = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
        Cell {
            replicate: number(position / points),
            point: number(position % points),
        }
    }
}

/// Where the work on cells comes from, and where finished work may already be.
pub trait Work: Sync {
    /// The plan of a point.
    ///
    /// # Errors
    /// Why the point cannot be simulated, in words.
    fn plan(&self, point: u32) -> Result<Arc<Plan>, String>;

    /// The tables of a cell that was finished earlier.
    fn finished(&self, cell: Cell) -> Option<Records>;
}

/// A cell that is done, one way or the other.
#[derive(Debug)]
pub struct Done {
    /// Which.
    pub cell: Cell,
    /// Its tables, or why there are none.
    pub outcome: Result<Records, String>,
    /// Whether the tables are those of an earlier run.
    pub earlier: bool,
}

/// How far an experiment has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Cells that are done.
    pub cells: u64,
    /// Simulated periods, of all cells together.
    pub periods: u64,
}

/// Receives cells: as soon as they are done, and in order.
pub trait Receiver {
    /// What can go wrong with receiving; it ends the run.
    type Error: Send;

    /// A cell is done; cells come in any order.
    ///
    /// # Errors
    /// If it cannot be kept.
    fn done(&mut self, done: &Done) -> Result<(), Self::Error>;

    /// The same cells again, in their order.
    ///
    /// # Errors
    /// If it cannot be written.
    fn take(&mut self, done: Done) -> Result<(), Self::Error>;

    /// How far the run has come, some ten times a second.
    fn report(&mut self, progress: Progress);
}

/// Does all cells on the threads of `pool`; the receiver is called on the caller's thread.
///
/// Returns whether all cells were done, that is, whether nobody asked to stop.
///
/// # Errors
/// What the receiver returns.
pub fn run_cells<R: Receiver>(
    cells: Cells,
    work: &dyn Work,
    pool: &rayon::ThreadPool,
    cancel: &Cancel,
    receiver: &mut R,
) -> Result<bool, R::Error> {
    let threads = pool.current_num_threads() as u64;
    let shared = Shared {
        cells,
        work,
        window: Window::new(cells.len(), 2 * threads),
        cancel: cancel.clone(),
        abandoned: AtomicBool::new(false),
        periods: AtomicU64::new(0),
        // threads without a cell of their own help with those of the others
        parallel: cells.len() < threads,
    };
    let (sender, done) = mpsc::channel();
    let shared = &shared;
    std::thread::scope(|scope| {
        scope.spawn(move || {
            pool.scope(|workers| {
                for _ in 0..threads.min(cells.len()) {
                    let sender = sender.clone();
                    workers.spawn(move |_| shared.work(&sender));
                }
            });
        });
        let outcome = hand_over(shared, &done, receiver);
        if outcome.is_err() {
            shared.abandon();
        }
        outcome
    })
}

/// Takes cells from the threads and hands them over in order; returns whether all were done.
fn hand_over<R: Receiver>(
    shared: &Shared,
    done: &mpsc::Receiver<(u64, Done)>,
    receiver: &mut R,
) -> Result<bool, R::Error> {
    let mut waiting: BTreeMap<u64, Done> = BTreeMap::new();
    let mut next = 0;
    loop {
        match done.recv_timeout(TICK) {
            Ok((position, done)) => {
                receiver.done(&done)?;
                waiting.insert(position, done);
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        while let Some(done) = waiting.remove(&next) {
            receiver.take(done)?;
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
    for (_, done) in waiting {
        receiver.take(done)?;
    }
    Ok(complete)
}

/// What the threads of a run share.
struct Shared<'a> {
    cells: Cells,
    work: &'a dyn Work,
    window: Window,
    cancel: Cancel,
    /// Set when nobody takes the tables any more.
    abandoned: AtomicBool,
    periods: AtomicU64,
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
    fn work(&self, sender: &mpsc::Sender<(u64, Done)>) {
        while let Some(position) = self.window.take(|| self.stopped()) {
            let cell = self.cells.cell(position);
            let done = match self.work.finished(cell) {
                Some(records) => {
                    let periods = self.work.plan(cell.point).map_or(0, |plan| plan.periods());
                    self.periods.fetch_add(periods.into(), Ordering::Relaxed);
                    Done {
                        cell,
                        outcome: Ok(records),
                        earlier: true,
                    }
                }
                None => match self.attempt(cell) {
                    Some(outcome) => Done {
                        cell,
                        outcome,
                        earlier: false,
                    },
                    None => return,
                },
            };
            if sender.send((position, done)).is_err() {
                return;
            }
        }
    }

    /// Simulates a cell; a panic becomes the cell's failure. None if the run is stopped meanwhile.
    fn attempt(&self, cell: Cell) -> Option<Result<Records, String>> {
        let plan = match self.work.plan(cell.point) {
            Ok(plan) => plan,
            Err(cause) => return Some(Err(cause)),
        };
        let simulated = catch_unwind(AssertUnwindSafe(|| self.simulate(&plan, cell.replicate)));
        match simulated {
            Ok(records) => records.map(Ok),
            Err(panic) => Some(Err(panic_message(panic.as_ref()))),
        }
    }

    fn simulate(&self, plan: &Plan, replicate: u32) -> Option<Records> {
        let mut market = plan.market(replicate);
        market.set_parallel(self.parallel);
        while !market.is_done() {
            if self.stopped() {
                return None;
            }
            market.step();
            self.periods.fetch_add(1, Ordering::Relaxed);
        }
        Some(market.into_records())
    }
}

/// What a panic said.
fn panic_message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    format!(
        "an internal error, which should be reported: {}",
        text.unwrap_or("no message")
    )
}

/// Gives out positions in order, at most `size` ahead of the first that was not handed over yet.
struct Window {
    state: Mutex<Bounds>,
    moved: Condvar,
    total: u64,
    size: u64,
}

struct Bounds {
    next: u64,
    handed_over: u64,
}

impl Window {
    fn new(total: u64, size: u64) -> Self {
        let state = Mutex::new(Bounds {
            next: 0,
            handed_over: 0,
        });
        Self {
            state,
            moved: Condvar::new(),
            total,
            size,
        }
    }

    /// The next position, when it is inside the window; none when there are no more or the run is stopped.
    fn take(&self, stopped: impl Fn() -> bool) -> Option<u64> {
        let mut bounds = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if stopped() || bounds.next >= self.total {
                return None;
            }
            if bounds.next < bounds.handed_over + self.size {
                bounds.next += 1;
                return Some(bounds.next - 1);
            }
            // the time limit lets a waiting thread see that the run was stopped
            let waited = self.moved.wait_timeout(bounds, TICK);
            bounds = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn advance_to(&self, handed_over: u64) {
        self.state
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .handed_over = handed_over;
        self.wake();
    }

    fn wake(&self) {
        self.moved.notify_all();
    }
}
