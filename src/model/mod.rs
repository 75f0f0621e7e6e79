//! One market in one replicate: the model, and nothing else.
//!
//! # Usual flow
//!
//! 1. [`Market::new`] draws the customers and firms of a scenario as they are at the start.
//! 2. [`Market::step`] simulates a period: interventions, population-level learning, rules, then every
//!    customer, then reputation and accounts.
//! 3. [`Market::into_records`] gives the tables of the replicate.
//!
//! # Architecture
//!
//! | section of the model | file |
//! | --- | --- |
//! | 1 parameters, as the customer step reads them | `parameters` |
//! | 2 state at the start | `customers`, `firms`, `knowledge` |
//! | 3 one period, in order | `engine`; steps 4a to 4f `journey`, `choice`; 4g to 4i `selection`, `transaction`; 1 to 3, 5 and 6 `firms` |
//! | 4 learning | `knowledge` |
//! | 5 experience rules | `offer` |
//! | 6 price rules | `price` |
//! | 7 what is recorded | `tally` and `curve` add up, `record` writes rows; `map`, `frames` and `plane` draw the map of tastes |
//! | 8 head start, and the like | `perturbation` |
//!
//! Customers live in blocks of a structure of arrays, in single precision; sums over customers, firms'
//! knowledge and accounts are in double precision. Within a period customers do not depend on each
//! other, so blocks may run on several threads, and the `kernel` takes all customers through one step
//! before the next, which is faster; sums are taken in the order of customers and blocks, so results do
//! not depend on either.

mod choice;
mod conditions;
mod curve;
mod customers;
mod engine;
mod exogenous;
mod firms;
mod frames;
mod journey;
mod kernel;
mod knowledge;
mod map;
mod offer;
mod parameters;
mod perturbation;
mod plane;
mod price;
mod record;
mod selection;
mod tally;
mod transaction;

use std::sync::Arc;

pub use exogenous::Exogenous;
pub use kernel::InstructionSet;
pub use map::{BelievedTaste, FirmOfPopulation, FirmOnMap, TasteMap};
pub use perturbation::{HeadStart, Perturbation};
pub use record::Records;

use crate::scenario::{Diagnostics, Phase, Scenario};
use engine::{AnyEngine, Engine};
use record::Names;

/// A checked scenario, ready to make the markets of its replicates.
#[derive(Debug)]
pub struct Plan {
    scenario: Scenario,
    phases: Vec<Phase>,
    names: Arc<Names>,
    perturbation: Option<Perturbation>,
}

impl Plan {
    /// Prepares a scenario.
    ///
    /// # Errors
    /// If the scenario has a problem; one that came from a file was checked already.
    pub fn new(scenario: &Scenario) -> Result<Self, Diagnostics> {
        // a scenario built in code may hold groups of firms
        let scenario = scenario.resolve()?;
        let phases = scenario.phases()?;
        let names = Arc::new(Names::new(&scenario));
        Ok(Self {
            scenario,
            phases,
            names,
            perturbation: None,
        })
    }

    /// The scenario, with groups of firms resolved.
    #[must_use]
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// Number of periods.
    #[must_use]
    pub fn periods(&self) -> u32 {
        self.scenario.simulation.periods
    }

    /// The market at the start, with the random draws of a replicate (counted from 0).
    #[must_use]
    pub fn market(&self, replicate: u32) -> Market {
        self.market_with(replicate, false)
    }

    /// The same market, whose customers are shared out among the threads of the current rayon pool when they are
    /// created and in every period. The results are the same, byte for byte.
    #[must_use]
    pub fn parallel_market(&self, replicate: u32) -> Market {
        self.market_with(replicate, true)
    }

    fn market_with(&self, replicate: u32, parallel: bool) -> Market {
        let Self {
            scenario,
            phases,
            names,
            perturbation,
        } = self;
        macro_rules! by_dimensions {
            ($($k:literal)*) => {
                match scenario.market.taste_dimensions {
                    $($k => Box::new(Engine::<$k>::new(scenario, phases, replicate, names, perturbation.as_ref(), parallel)) as Box<dyn AnyEngine>,)*
                    _ => unreachable!("the check of a scenario keeps the dimensions between 1 and 8"),
                }
            };
        }
        Market {
            engine: by_dimensions!(1 2 3 4 5 6 7 8),
            periods: scenario.simulation.periods,
        }
    }
}

/// One market in one replicate.
#[derive(Debug)]
pub struct Market {
    engine: Box<dyn AnyEngine>,
    periods: u32,
}

impl std::fmt::Debug for dyn AnyEngine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Engine in period {}", self.period())
    }
}

impl Market {
    /// The market of a scenario at the start, with the random draws of a replicate (counted from 0).
    ///
    /// # Errors
    /// If the scenario has a problem; one that came from a file was checked already.
    pub fn new(scenario: &Scenario, replicate: u32) -> Result<Self, Diagnostics> {
        Ok(Plan::new(scenario)?.market(replicate))
    }

    /// The next period; the number of periods once all are done.
    #[must_use]
    pub fn period(&self) -> u32 {
        self.engine.period()
    }

    /// Whether all periods are done.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.period() >= self.periods
    }

    /// Simulates the next period; does nothing once all are done.
    pub fn step(&mut self) {
        self.engine.step();
    }

    /// Takes customers through each period one after the other, exactly as the model document has it,
    /// instead of all customers through one step before the next. The results are the same, byte for
    /// byte; it takes longer.
    pub fn set_one_by_one(&mut self, one_by_one: bool) {
        self.engine.set_one_by_one(one_by_one);
    }

    /// Has the customer step run on an instruction set other than [`InstructionSet::preferred`]; the results
    /// are the same, byte for byte.
    pub fn set_instructions(&mut self, set: InstructionSet) {
        self.engine.set_instructions(set);
    }

    /// The tables of the periods so far.
    #[must_use]
    pub fn into_records(self) -> Records {
        self.engine.into_records()
    }

    /// Where customers, products and firms' beliefs are now, with at most `most` customers of each population.
    #[must_use]
    pub fn map(&self, most: usize) -> TasteMap {
        self.engine.map(most)
    }

    /// What nature deals to the customers of a population, by its position, in the next period: the
    /// part of the state and of the draws that no firm's policy can change.
    #[must_use]
    pub fn exogenous(&self, population: usize) -> Vec<Exogenous> {
        self.engine.exogenous(population)
    }
}
