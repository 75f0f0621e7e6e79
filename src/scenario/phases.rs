//! Interventions cut a run into phases with constant parameters.

use indexmap::IndexMap;

use super::{Experience, Firm, Market, Population, Scenario};

/// The parameters in force from a period on, until the next phase starts.
#[derive(Debug, Clone, PartialEq)]
pub struct Phase {
    /// First period.
    pub from: u32,
    /// What all firms and customers share.
    pub market: Market,
    /// The populations, in the order of the scenario.
    pub populations: Vec<Population>,
    /// All experiences by name.
    pub experiences: IndexMap<String, Experience>,
    /// The firms, in the order of the scenario, groups (`count`) resolved.
    pub firms: Vec<Firm>,
}

impl Scenario {
    /// The phases of a run, in order; the first starts in period 0. Interventions of period 0 are
    /// part of the first phase's successor only through their effects on the living (model, section 1).
    #[must_use]
    pub fn phases(&self) -> Vec<Phase> {
        vec![Phase {
            from: 0,
            market: self.market.clone(),
            populations: self.populations.clone(),
            experiences: self.experiences.clone(),
            firms: self.firms.clone(),
        }]
    }
}
