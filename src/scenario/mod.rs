//! A TOML file becomes a checked [`Scenario`].
//!
//! The usual flow:
//! 1. [`scenario_files`] finds the files, [`Override::parse`] reads each `--set`.
//! 2. [`Scenario::load`] reads and checks a file, or returns all its problems ([`Diagnostics`]).
//! 3. [`Scenario::warnings`] says what is perhaps not meant.
//! 4. [`Scenario::phases`] gives the parameters in force in each period.
//! 5. [`Scenario::to_toml`] writes the scenario down, complete.
//!
//! In code, [`Scenario::new`] starts one and [`Scenario::check`] checks it:
//!
//! ```
//! use flywheel::scenario::{Firm, Population, Scenario};
//!
//! let scenario = Scenario::new("two-firms")
//!     .population(Population::named("everyone"))
//!     .firm(Firm::new("curator", "curated-offering"))
//!     .firm(Firm::new("coach", "coach-behaviour"));
//! let problems = scenario.check().unwrap_err();
//! assert_eq!(problems.problems[0].suggestion.as_deref(), Some("coach-behavior"));
//! ```

pub(crate) mod schema;

mod build;
mod catalogue;
mod check;
mod checked;
mod design_file;
mod diagnostics;
pub mod expression;
mod files;
mod game;
mod limits;
mod load;
mod log_file;
mod markets;
pub mod measures;
mod merge;
mod overrides;
mod pace;
mod paths;
mod phases;
mod play;
mod points;
mod seen;
mod size;
mod structure;
mod sweep;
mod template;
mod tree;
mod variants;
mod warnings;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

pub use catalogue::{Parameter, Takes};
pub use checked::Checked;
pub use diagnostics::{Diagnostics, Place, Problem};
pub use files::{matching, scenario_files};
pub use game::{Contest, number_of_profiles};
pub use markets::{MARKETS, market_in_words, market_like};
pub use overrides::Override;
pub use phases::Phase;
pub use play::{Decision, Decisions};
pub(crate) use schema::in_all_languages;
pub use schema::{
    ANY_KIND, Agency, AmplifiedOutcome, Analysis, Answer, Axis, AxisRange, Calibrate, Change,
    Chart, ChartKind, ChartPeriods, ChartStyle, ChartTheme, DesignKind, Experience, ExperienceRule,
    FeedbackOutcome, Firm, Friction, Funding, Game, GivenHeadStart, Hypothesis, Intervention, Lab,
    LabControl, Language, Learning, Lesson, Limit, Market, MarketQuantity, MovedAlong, Need,
    NeedKind, Observed, Play, Population, Precision, PriceRule, Quantity, Record, RecordedTable,
    Reputation, ReputationOf, Scale, Selection, SensitivityMethod, Simulation, Sources, Statistic,
    Step, Support, Sweep, SweepOutcome, Taste, UntilDecided, Variant, closing, json_schema, preset,
    presets,
};
pub use template::{lesson_template, template};
pub(crate) use variants::Base;
pub use warnings::Warning;

/// What the JSON Schema of scenarios is called where the program writes it beside one.
pub const SCHEMA_FILE: &str = "flywheel.schema.json";

/// The first line of a scenario beside its schema.
const SCHEMA_LINE: &str = "#:schema flywheel.schema.json";

/// The text of [`SCHEMA_FILE`].
#[must_use]
pub fn schema_text() -> String {
    format!("{:#}\n", json_schema())
}

/// A complete scenario: every parameter has a value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scenario {
    /// Name: letters, digits, `-` and `_`; the name of the output folder.
    pub name: String,
    /// Title, in words for an audience; may be empty.
    pub title: String,
    /// The question that the scenario answers, in Markdown; may be empty.
    pub description: String,
    /// Length, repetition and seed.
    pub simulation: Simulation,
    /// What all firms and customers share.
    pub market: Market,
    /// The customers.
    pub populations: Vec<Population>,
    /// All experiences by name: the presets, and those of the scenario.
    pub experiences: IndexMap<String, Experience>,
    /// The firms, groups (`count`) resolved, except those that a sweep names: their size may be an axis.
    pub firms: Vec<Firm>,
    /// What changes while the market runs.
    pub interventions: Vec<Intervention>,
    /// The points of the parameter space to simulate, if there is more than this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sweep: Option<Sweep>,
    /// Worlds to compare with this one, simulated with the same random draws.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub variants: Vec<Variant>,
    /// What is claimed of the figures, before they are known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hypotheses: Vec<Hypothesis>,
    /// Questions that need runs of their own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub analyses: Vec<Analysis>,
    /// Which parameters could have made a log of purchases, if that is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calibrate: Option<Calibrate>,
    /// What a class is asked and told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lesson: Option<Lesson>,
    /// What the lab offers to change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lab: Option<Lab>,
    /// The rules by which teams play the market.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub play: Option<Play>,
    /// How charts look.
    #[serde(default, skip_serializing_if = "ChartStyle::is_default")]
    pub chart_style: ChartStyle,
    /// The charts to draw; where there are none, those of every kind that suits the scenario.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub charts: Vec<Chart>,
    /// The tree that the scenario was read from, for what is made of it; [`Checked::default`] where it was built in code.
    #[serde(skip)]
    pub checked: Checked,
}
