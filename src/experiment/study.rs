//! A study: points or variants of a market in the same replicates, kept in a journal.
//!
//! The cells of a scenario's own run and those of each of its analyses are studies with journals of their
//! own in the folder of the run, so an interruption costs none of them more than the cells under way.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use super::execution::{Done, Progress, Receiver, Runner, run_cells};
use super::journal::RecordWriter;
use super::{Cell, Finished, Folder, Found, Journal, Order, OutputError};
use crate::model::Plan;
use crate::scenario::Diagnostics;

/// The plan of each point.
pub type PlanOf<'a> = &'a (dyn Fn(u32) -> Result<Plan, Diagnostics> + Sync);

/// What cells are kept where, and how each is simulated.
pub struct Study<'a> {
    /// The folder of the run.
    pub folder: &'a Folder,
    /// Name of the journal's file in it.
    pub journal: &'a str,
    /// What the cells belong to, in one line; cells with another line are dropped.
    pub identity: &'a str,
    /// The plan of each point.
    pub plan: PlanOf<'a>,
}

impl<'a> Study<'a> {
    /// Opens the journal, and tells what was there; `fresh` drops it.
    ///
    /// # Errors
    /// If the journal cannot be read or written.
    pub fn open(&self, fresh: bool) -> Result<(Session<'a>, Found), OutputError> {
        let path = self.folder.path();
        let opened = Journal::open(path, self.journal, self.identity, fresh);
        let (journal, found) = opened.map_err(|source| OutputError {
            path: path.join(self.journal),
            source,
        })?;
        let session = Session {
            journal,
            plan: self.plan,
            plans: Mutex::default(),
        };
        Ok((session, found))
    }

    /// Does cells that are not kept yet, and hands all of them over in their order, with how far it has come
    /// some ten times a second.
    ///
    /// Returns whether all were done, that is, whether nobody asked to stop.
    ///
    /// # Errors
    /// If the journal cannot be written, or a cell cannot be simulated.
    pub fn run(
        &self,
        runner: Runner,
        cells: &dyn Order,
        take: &mut dyn FnMut(Cell, &Finished),
        report: &mut dyn FnMut(Progress),
    ) -> Result<bool, StudyError> {
        let (session, _) = self.open(false)?;
        let mut all = AllOrNothing {
            take,
            report,
            failed: None,
        };
        let complete = session.run(runner, cells, 0, &mut all)?;
        session.sync()?;
        match all.failed {
            Some((cell, cause)) => Err(StudyError::Cell { cell, cause }),
            None => Ok(complete),
        }
    }
}

/// Why a study could not be done.
#[derive(Debug)]
pub enum StudyError {
    /// Its cells could not be kept.
    Output(OutputError),
    /// A cell could not be simulated.
    Cell {
        /// Which.
        cell: Cell,
        /// Why.
        cause: String,
    },
}

impl From<OutputError> for StudyError {
    fn from(error: OutputError) -> Self {
        Self::Output(error)
    }
}

impl fmt::Display for StudyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Output(error) => error.fmt(f),
            Self::Cell { cell, cause } => {
                let Cell { replicate, point } = cell;
                write!(f, "variant {point}, replicate {replicate}: {cause}")
            }
        }
    }
}

impl std::error::Error for StudyError {}

/// Receives the cells of an analysis, which needs all of them.
struct AllOrNothing<'a> {
    take: &'a mut dyn FnMut(Cell, &Finished),
    report: &'a mut dyn FnMut(Progress),
    failed: Option<(Cell, String)>,
}

impl Receiver for AllOrNothing<'_> {
    fn take(&mut self, cell: Cell, outcome: Result<Done, String>) -> Result<(), OutputError> {
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

/// A study whose journal is open.
pub struct Session<'a> {
    journal: Journal,
    plan: PlanOf<'a>,
    /// Plans made so far; every point comes up once per replicate.
    plans: Mutex<BTreeMap<u32, Arc<Plan>>>,
}

impl Session<'_> {
    /// Plans that are kept; beyond them, memory matters more than the time to make one again.
    const MOST_PLANS: usize = 4096;

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
    ) -> Result<bool, OutputError> {
        run_cells(cells, from, self, runner, receiver)
    }

    /// The plan of a point.
    ///
    /// # Errors
    /// Why the point cannot be simulated, in words.
    pub fn plan(&self, point: u32) -> Result<Arc<Plan>, String> {
        let plans = || self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(plan) = plans().get(&point) {
            return Ok(plan.clone());
        }
        let plan = (self.plan)(point).map_err(|problems| problems.to_string())?;
        let plan = Arc::new(plan);
        if plans().len() < Self::MOST_PLANS {
            plans().insert(point, plan.clone());
        }
        Ok(plan)
    }

    /// The cells that are kept, in their order.
    #[must_use]
    pub fn cells(&self) -> Vec<Cell> {
        self.journal.cells()
    }

    /// Whether a cell is kept.
    #[must_use]
    pub fn contains(&self, cell: Cell) -> bool {
        self.journal.contains(cell)
    }

    /// What is kept of a cell.
    pub(super) fn finished(&self, cell: Cell) -> Option<Finished> {
        self.journal.get(cell)
    }

    /// Keeps a cell.
    pub(super) fn keep(
        &self,
        writer: &mut RecordWriter,
        cell: Cell,
        finished: &Finished,
    ) -> Result<(), OutputError> {
        self.named(self.journal.append_with(writer, cell, finished))
    }

    /// Waits until the disk has all cells.
    ///
    /// # Errors
    /// If it cannot.
    pub fn sync(&self) -> Result<(), OutputError> {
        self.named(self.journal.sync())
    }

    /// Names the journal in an error.
    fn named<T>(&self, result: std::io::Result<T>) -> Result<T, OutputError> {
        result.map_err(|source| OutputError {
            path: self.journal.path().to_owned(),
            source,
        })
    }
}
