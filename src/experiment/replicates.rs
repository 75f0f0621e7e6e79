//! The replicates of a scenario over all cores, handed over in order.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use crate::model::{Market, Records};
use crate::scenario::{Diagnostics, Scenario};

/// How often the caller hears of progress.
const TICK: Duration = Duration::from_millis(100);

/// A request to stop, shared with whoever may make it (a Ctrl-C handler, say).
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Asks to stop: replicates that are running are given up, finished ones are kept.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    /// Whether a stop was asked for.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

/// How far a run has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Finished replicates.
    pub replicates: u32,
    /// Simulated periods, of all replicates together.
    pub periods: u64,
}

/// What a run came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finished {
    /// The replicates whose tables were handed over, in order.
    pub replicates: Vec<u32>,
    /// Whether the run was stopped before its end.
    pub cancelled: bool,
}

/// Why a run ended early.
type Stop<E> = Result<(), E>;

/// Simulates all replicates of a scenario on the threads of `pool`, and hands over their tables in the order of the replicates.
///
/// `take` gets each replicate's number and tables on the caller's thread; its first error ends the run
/// and is returned. `report` is told about the progress some ten times a second.
///
/// # Errors
/// What `take` returns, or the problems of a scenario that was not checked (as `E`).
pub fn run_replicates<E: From<Diagnostics> + Send>(
    scenario: &Scenario,
    pool: &rayon::ThreadPool,
    cancel: &Cancel,
    mut take: impl FnMut(u32, Records) -> Stop<E>,
    mut report: impl FnMut(Progress),
) -> Result<Finished, E> {
    scenario.phases()?;
    let total = scenario.simulation.replicates;
    let threads = u32::try_from(pool.current_num_threads()).unwrap_or(u32::MAX);
    let shared = Shared {
        window: Window::new(total, 2 * threads),
        cancel: cancel.clone(),
        abandoned: AtomicBool::new(false),
        periods: AtomicU64::new(0),
        // threads without a replicate of their own help with those of the others
        parallel: total < threads,
    };
    let (sender, receiver) = mpsc::channel();
    let shared = &shared;
    let mut outcome = Ok(());
    let mut handed_over = Vec::new();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            pool.scope(|workers| {
                for _ in 0..threads.min(total) {
                    let sender = sender.clone();
                    workers.spawn(move |_| shared.work(scenario, &sender));
                }
            });
        });
        let mut waiting: BTreeMap<u32, Records> = BTreeMap::new();
        let mut next = 0;
        let mut hand_over = |replicate: u32, records: Records| -> Stop<E> {
            take(replicate, records)?;
            handed_over.push(replicate);
            Ok(())
        };
        loop {
            match receiver.recv_timeout(TICK) {
                Ok((replicate, records)) => {
                    waiting.insert(replicate, records);
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            while let Some(records) = waiting.remove(&next) {
                outcome = hand_over(next, records);
                if outcome.is_err() {
                    shared.abandon();
                    return;
                }
                next += 1;
                shared.window.advance_to(next);
            }
            report(Progress {
                replicates: next,
                periods: shared.periods.load(Ordering::Relaxed),
            });
        }
        // after a stop, replicates may have finished beyond one that was given up
        for (replicate, records) in waiting {
            outcome = hand_over(replicate, records);
            if outcome.is_err() {
                return;
            }
        }
    });
    outcome?;
    let cancelled = handed_over.len() < total as usize;
    Ok(Finished {
        replicates: handed_over,
        cancelled,
    })
}

/// What the threads of a run share.
struct Shared {
    window: Window,
    cancel: Cancel,
    /// Set when nobody takes the tables any more.
    abandoned: AtomicBool,
    periods: AtomicU64,
    parallel: bool,
}

impl Shared {
    fn stopped(&self) -> bool {
        self.cancel.is_cancelled() || self.abandoned.load(Ordering::SeqCst)
    }

    fn abandon(&self) {
        self.abandoned.store(true, Ordering::SeqCst);
        self.window.wake();
    }

    /// Simulates replicate after replicate until there are no more.
    fn work(&self, scenario: &Scenario, sender: &mpsc::Sender<(u32, Records)>) {
        while let Some(replicate) = self.window.take(|| self.stopped()) {
            let Some(records) = self.simulate(scenario, replicate) else {
                return;
            };
            if sender.send((replicate, records)).is_err() {
                return;
            }
        }
    }

    /// One replicate; none if the run is stopped meanwhile.
    fn simulate(&self, scenario: &Scenario, replicate: u32) -> Option<Records> {
        // the scenario was checked before the threads started
        let mut market = Market::new(scenario, replicate).ok()?;
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

/// Gives out replicates in order, at most `size` ahead of the first that was not handed over yet.
struct Window {
    state: Mutex<Bounds>,
    moved: Condvar,
    total: u32,
    size: u32,
}

struct Bounds {
    next: u32,
    handed_over: u32,
}

impl Window {
    fn new(total: u32, size: u32) -> Self {
        Self {
            state: Mutex::new(Bounds {
                next: 0,
                handed_over: 0,
            }),
            moved: Condvar::new(),
            total,
            size,
        }
    }

    /// The next replicate, when it is inside the window; none when there are no more or the run is stopped.
    fn take(&self, stopped: impl Fn() -> bool) -> Option<u32> {
        let mut bounds = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if stopped() || bounds.next >= self.total {
                return None;
            }
            if bounds.next < bounds.handed_over.saturating_add(self.size) {
                bounds.next += 1;
                return Some(bounds.next - 1);
            }
            // the time limit lets a waiting thread see that the run was stopped
            bounds = self
                .moved
                .wait_timeout(bounds, TICK)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
    }

    fn advance_to(&self, handed_over: u32) {
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
