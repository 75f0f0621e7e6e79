//! Numbers out of tables: what a run found, and the answers to questions that need cells of their own.
//!
//! # Architecture
//!
//! - [`Collector`] takes the tables of a market's replicates and gives [`Results`]; [`SweepResults`] are those of a
//!   sweep, and [`Findings`] are either.
//! - [`kind`] says what an analysis is: [`amplification`], [`calibration`], [`feedback`], [`game`], [`sensitivity`], [`sources`] and [`wheel`] are
//!   kinds, each whole in its folder. [`answer_all`](kind::answer_all) answers those that a scenario asks for.
//! - [`Comparison`] holds two runs with the same draws against each other, and [`Variants`] those of a scenario; [`hypotheses`] holds
//!   claims against its figures.

pub mod amplification;
mod apart;
mod by_kind;
mod by_population;
pub mod calibration;
mod collect;
mod comparison;
mod error;
mod fates;
pub mod feedback;
mod findings;
pub mod game;
pub mod hypotheses;
mod journey;
pub mod kind;
mod learning;
mod points;
mod results;
mod run_figures;
pub mod sensitivity;
pub mod sources;
mod sweep;
mod taste_map;
pub mod trend;
mod variants;
pub mod wheel;

pub(crate) use crate::scenario::Quantity;
pub(crate) use crate::statistics::{Estimate, Moments, Spread, jackknife, paired};
pub use apart::Apart;
pub use by_kind::{KindResults, ServedKind};
pub use by_population::{PopulationResults, ServedPopulation};
pub use collect::Collector;
pub use comparison::{Compared, ComparedFirm, Comparison};
pub use error::AnalysisError;
pub use fates::{Fate, Fates};
pub use findings::{Findings, FindingsError};
pub use journey::{FirmJourney, Journey, Turn};
pub use learning::{ExperienceCurve, FirmLearning, LONGEST, Learning, Newcomers, Predicted};
pub use results::{FirmResults, MarketResults, Results, Series, ValueSplit};
pub use run_figures::RunFigures;
pub use sweep::{AxisValue, SweepAxis, SweepFirm, SweepPoint, SweepResults};
pub use taste_map::{MapCustomer, MapFirm, MapFrame, Place};
pub use variants::{VariantResults, Variants, VariantsCollector};
