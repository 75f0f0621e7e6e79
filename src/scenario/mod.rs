//! A TOML file becomes a checked [`Scenario`].

pub mod schema;

mod phases;

use indexmap::IndexMap;

pub use phases::Phase;
pub use schema::{
    Agency, Experience, ExperienceRule, Firm, Friction, Funding, Intervention, Learning, Market,
    Need, Population, PriceRule, Reputation, ReputationOf, Selection, Simulation, Step, Support,
    Taste, preset, presets,
};

/// A complete scenario: every parameter has a value.
#[derive(Debug, Clone, PartialEq)]
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
    /// The firms.
    pub firms: Vec<Firm>,
    /// What changes while the market runs.
    pub interventions: Vec<Intervention>,
}
