//! A study: points or variants of a market in the same replicates, kept in a journal.
//!
//! The cells of a scenario's own run and those of each of its analyses are studies that share the journal of the
//! folder, so an interruption costs none of them more than the cells under way.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::journal::RecordWriter;
use super::{Cell, CellKey, ExperimentError, Finished, Journal, MarketKey, Order};
use crate::model::Plan;
use crate::scenario::Diagnostics;

/// The plan of each point.
pub type PlanOf<'a> = &'a (dyn Fn(u32) -> Result<Plan, Diagnostics> + Sync);

/// What cells are kept where, and how each is simulated.
pub struct Study<'a> {
    journal: &'a Journal,
    plan: PlanOf<'a>,
    /// Plans made so far; every point comes up once per replicate.
    plans: Mutex<BTreeMap<u32, Arc<Plan>>>,
    /// The market of each point so far; none where it has no plan.
    markets: Mutex<BTreeMap<u32, Option<MarketKey>>>,
}

impl<'a> Study<'a> {
    /// Plans that are kept; beyond them, memory matters more than the time to make one again.
    const MOST_PLANS: usize = 4096;

    /// A study whose cells go to a journal.
    #[must_use]
    pub fn new(journal: &'a Journal, plan: PlanOf<'a>) -> Self {
        Self {
            journal,
            plan,
            plans: Mutex::default(),
            markets: Mutex::default(),
        }
    }

    /// The plan of a point.
    ///
    /// # Errors
    /// Why the point cannot be simulated.
    pub fn plan(&self, point: u32) -> Result<Arc<Plan>, Diagnostics> {
        let plans = || self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(plan) = plans().get(&point) {
            return Ok(plan.clone());
        }
        let plan = Arc::new((self.plan)(point)?);
        if plans().len() < Self::MOST_PLANS {
            plans().insert(point, plan.clone());
        }
        Ok(plan)
    }

    /// What a cell is known by; none if its point cannot be simulated.
    #[must_use]
    pub(crate) fn key(&self, cell: Cell) -> Option<CellKey> {
        let Cell { replicate, point } = cell;
        let markets = || self.markets.lock().unwrap_or_else(PoisonError::into_inner);
        let known = markets().get(&point).copied();
        let market = known.unwrap_or_else(|| {
            let market = self.plan(point).ok().map(|plan| MarketKey::of(&plan));
            markets().insert(point, market);
            market
        });
        market.map(|market| CellKey { replicate, market })
    }

    /// How many of these cells were kept when the journal was opened.
    #[must_use]
    pub fn kept(&self, pool: &rayon::ThreadPool, cells: &dyn Order) -> u64 {
        if self.journal.found().cells == 0 {
            return 0;
        }
        let market = |point| {
            let cell = Cell {
                replicate: 0,
                point,
            };
            self.key(cell).map(|key| (key.market, point))
        };
        let points = 0..cells.points();
        let markets: Vec<(MarketKey, u32)> =
            pool.install(|| points.into_par_iter().filter_map(market).collect());
        let mut of: BTreeMap<MarketKey, Vec<u32>> = BTreeMap::new();
        for (market, point) in markets {
            of.entry(market).or_default().push(point);
        }
        let count = |CellKey { replicate, market }| {
            let points = of.get(&market).into_iter().flatten();
            let own = points.filter(|&&point| cells.position(Cell { replicate, point }).is_some());
            own.count() as u64
        };
        self.journal.keys().into_iter().map(count).sum()
    }

    /// What is kept of a cell.
    pub(super) fn finished(&self, cell: Cell) -> Option<Finished> {
        self.journal.get(self.key(cell)?)
    }

    /// Keeps a cell that was simulated.
    pub(super) fn keep(
        &self,
        writer: &mut RecordWriter,
        cell: Cell,
        finished: &Finished,
    ) -> Result<(), ExperimentError> {
        match self.key(cell) {
            Some(key) => self.named(self.journal.append(writer, key, finished)),
            None => Ok(()),
        }
    }

    /// Waits until the disk has all cells.
    ///
    /// # Errors
    /// If it cannot.
    pub fn sync(&self) -> Result<(), ExperimentError> {
        self.named(self.journal.sync())
    }

    /// Names the journal in an error.
    fn named<T>(&self, result: std::io::Result<T>) -> Result<T, ExperimentError> {
        result.map_err(ExperimentError::writing(self.journal.path()))
    }
}
