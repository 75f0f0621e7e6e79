//! The typed form of a scenario: one file per table of the TOML file.
//!
//! These types are the single source of a scenario's keys, defaults and ranges. From them come the
//! checks of [`super::Scenario::load`], the JSON Schema (`flywheel schema`), and the resolved
//! `scenario.toml` that every run writes. Symbols in backquotes (`h`, `lambda`) are those of the
//! model document.

mod analysis;
mod calibrate;
mod chart;
mod experience;
mod file;
mod firm;
mod funding;
mod game;
mod hypothesis;
mod intervention;
mod lab;
mod lesson;
pub mod limits;
mod market;
mod outcome;
mod plain;
mod play;
mod population;
mod quantity;
mod rule;
mod simulation;
mod sources;
mod sweep;
mod variant;
mod words;

pub use analysis::{AmplifiedOutcome, Analysis, FeedbackOutcome, REFERENCE, SensitivityMethod};
pub use calibrate::{Calibrate, Observed};
pub(crate) use chart::in_all_languages;
pub use chart::{Chart, ChartKind, ChartPeriods, ChartStyle, ChartTheme, Language};
pub use experience::{Experience, Selection, Support, preset, presets};
pub(crate) use file::full_schema;
pub use file::json_schema;
pub use firm::{Firm, Learning};
pub use funding::Funding;
pub use game::Game;
pub use hypothesis::{Hypothesis, Limit, MovedAlong};
pub use intervention::Intervention;
pub use lab::{Lab, LabControl};
pub use lesson::{Answer, Change, Lesson};
pub use market::{Friction, Market, Reputation, ReputationOf};
pub use outcome::{Statistic, SweepOutcome};
pub use play::Play;
pub use population::{ANY_KIND, Agency, Need, NeedKind, Population, Taste};
pub use quantity::{MarketQuantity, Quantity, closing};
pub use rule::{ExperienceRule, PriceRule, Step};
pub use simulation::{Precision, Record, RecordedTable, Simulation, UntilDecided};
pub use sources::Sources;
pub use sweep::{Axis, AxisRange, DesignKind, Scale, Sweep};
pub use variant::{GivenHeadStart, Variant};
