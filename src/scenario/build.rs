//! Scenarios built in code, and back to text.

use indexmap::IndexMap;

use super::checked::Checked;
use super::merge::to_node;
use super::schema::{ExperienceRule, Firm, Population, Simulation, presets};
use super::tree::{self, Node, Value};
use super::{ChartStyle, Market, SCHEMA_LINE, Scenario};

impl Population {
    /// A population with this name and every other parameter at its default.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            ..Self::default()
        }
    }
}

impl Firm {
    /// A firm with this name, the experience of that name (see [`presets`]), and every other
    /// parameter at its default.
    #[must_use]
    pub fn new(name: &str, experience: &str) -> Self {
        Self {
            name: name.to_owned(),
            experience: ExperienceRule::Fixed(experience.to_owned()),
            ..Self::default()
        }
    }
}

impl Scenario {
    /// A scenario with the four presets, every parameter at its default, and nobody in it yet.
    #[must_use]
    pub fn new(name: &str) -> Self {
        let presets = presets().map(|(name, experience)| (name.to_owned(), experience));
        Self {
            name: name.to_owned(),
            title: String::new(),
            description: String::new(),
            simulation: Simulation::default(),
            market: Market::default(),
            populations: Vec::new(),
            experiences: IndexMap::from(presets),
            firms: Vec::new(),
            interventions: Vec::new(),
            sweep: None,
            variants: Vec::new(),
            hypotheses: Vec::new(),
            analyses: Vec::new(),
            lesson: None,
            calibrate: None,
            lab: None,
            play: None,
            chart_style: ChartStyle::default(),
            charts: Vec::new(),
            checked: Checked::default(),
        }
    }

    /// Customers of all populations together.
    #[must_use]
    pub fn customers(&self) -> f64 {
        let customers = self
            .populations
            .iter()
            .map(|population| population.customers);
        customers.map(f64::from).sum()
    }

    /// Adds a population.
    #[must_use]
    pub fn population(mut self, population: Population) -> Self {
        self.populations.push(population);
        self
    }

    /// Adds a firm, or several identical ones.
    #[must_use]
    pub fn firm(mut self, firm: Firm) -> Self {
        self.firms.push(firm);
        self
    }

    /// The scenario as a file beside its schema, `flywheel.schema.json`, which editors that know TOML then read.
    #[must_use]
    pub fn to_file(&self) -> String {
        format!("{SCHEMA_LINE}\n{}", self.to_toml())
    }

    /// The scenario in TOML, complete with every default. Loading it gives an equal scenario.
    #[must_use]
    pub fn to_toml(&self) -> String {
        tree::document(&self.to_tree(), &|path| {
            matches!(
                path,
                ["market", _]
                    | ["populations", _]
                    | ["experiences", _, _]
                    | ["firms", "experience" | "price"]
                    | ["interventions" | "variants", "set", _]
                    | ["variants", "head_start"]
                    | ["simulation", _]
                    | ["charts", "periods"]
                    | ["lab", "controls"]
                    | ["sweep", "axes", "range" | "values"]
                    | ["sweep", "points", _]
            )
        })
    }

    pub(super) fn to_tree(&self) -> Node {
        // the toml crate writes no integers beyond 63 bits; a seed has 64
        let mut scenario = self.clone();
        scenario.simulation.seed = 0;
        let largest = usize::try_from(i64::MAX).unwrap_or(usize::MAX);
        scenario.market.taste_dimensions = scenario.market.taste_dimensions.min(largest);
        let mut root = to_node(&scenario);
        if let Some(seed) = root
            .get_mut("simulation")
            .and_then(|simulation| simulation.get_mut("seed"))
        {
            seed.value = Value::Integer(i128::from(self.simulation.seed));
        }
        if self.interventions.is_empty()
            && let Some(table) = root.table_mut()
        {
            table.shift_remove("interventions");
        }
        root
    }
}
