//! The typed form of a scenario: one file per table of the TOML file.
//!
//! These types are the single source of a scenario's keys, defaults and ranges. From them come the
//! checks of [`super::Scenario::load`], the JSON Schema (`flywheel schema`), and the resolved
//! `scenario.toml` that every run writes. Symbols in backquotes (`h`, `lambda`) are those of the
//! model document.

mod experience;
mod file;
mod firm;
mod funding;
mod intervention;
mod market;
mod population;
mod rule;
mod simulation;

pub use experience::{Experience, Selection, Support, preset, presets};
pub use file::json_schema;
pub use firm::{Firm, Learning};
pub use funding::Funding;
pub use intervention::Intervention;
pub use market::{Friction, Market, Reputation, ReputationOf};
pub use population::{Agency, Need, Population, Taste};
pub use rule::{ExperienceRule, PriceRule, Step};
pub use simulation::Simulation;
