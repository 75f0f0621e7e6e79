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
//! | 2 state at the start, and random draws | `start`, `customers`, `firms`, `knowledge`; `draws` |
//! | 3 one period, in order | `engine`; steps 4a to 4f `journey`, `choice`; 4g to 4i `selection`, `transaction`; 1 to 3, 5 and 6 `firms` |
//! | 4 learning | `knowledge` |
//! | 5 experience rules | `offer` |
//! | 6 price rules | `price`; `decision` takes the place of both where whoever runs the market decides |
//! | 7 what is recorded | `tally` and `curve` add up, `log` keeps single interactions, `record` (with `names`, and `record_sums` for what rows add up) writes rows into `records`; `map`, `frames` and `plane` draw the map of tastes |
//! | 8 head start, and the like | `head_start`, `perturbation`; `worlds`, with `replay`, `cohort` and `focal`, tells what comes back of one |
//!
//! [`Plan`] and [`Market`] (`market`) are the way in; `any_engine` hides how many taste dimensions a market has.
//!
//! Customers live in blocks of a structure of arrays, in single precision; sums over customers, firms'
//! knowledge and accounts are in double precision. Within a period customers do not depend on each
//! other, so blocks may run on several threads, and the `kernel` takes all customers through one step
//! before the next, which is faster (`level` and `memory` are about the processor); sums are taken in the order of customers and blocks, so results do
//! not depend on either.

mod any_engine;
mod choice;
mod cohort;
mod conditions;
mod curve;
mod customers;
mod decision;
mod draws;
mod engine;
mod exogenous;
mod firms;
mod focal;
mod frames;
mod head_start;
mod journey;
mod kernel;
mod knowledge;
mod level;
mod log;
mod map;
mod market;
mod memory;
mod names;
mod offer;
mod parameters;
mod perturbation;
mod plane;
mod price;
mod record;
mod record_sums;
mod records;
mod replay;
mod selection;
mod start;
mod tally;
mod transaction;
mod worlds;

pub use decision::Decision;
pub use exogenous::Exogenous;
pub use level::InstructionSet;
pub use map::{BelievedTaste, FirmOfPopulation, FirmOnMap, TasteMap};
pub use market::{Market, Plan};
pub use perturbation::{HeadStart, Perturbation};
pub use record_sums::Seen;
pub use records::Records;
