//! Interventions cut a run into phases with constant parameters.

use indexmap::IndexMap;
use serde::Deserialize;

use super::diagnostics::{Diagnostics, Problem};
use super::paths::set_path;
use super::tree::Node;
use super::{Experience, Firm, Market, Population, Scenario};

/// The parameters in force from a period on, until the next phase starts.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Phase {
    /// First period.
    #[serde(default)]
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
    /// The phases of a run, in order. Element 0 holds the initial parameters, of which the state at
    /// the start is drawn; then comes one phase per period with interventions, period 0 included.
    /// So two elements have `from` = 0 where interventions come in period 0.
    ///
    /// # Errors
    /// The scenario was built in code and is not valid.
    pub fn phases(&self) -> Result<Vec<Phase>, Diagnostics> {
        let market = self.market()?;
        let scenario = market.scenario();
        let interventions = scenario.interventions;
        let mut phases = vec![Phase {
            from: 0,
            market: scenario.market,
            populations: scenario.populations,
            experiences: scenario.experiences,
            firms: scenario.firms,
        }];
        let mut state = market.state();
        for together in interventions.chunk_by(|one, next| one.period == next.period) {
            for (path, value) in together.iter().flat_map(|intervention| &intervention.set) {
                let path: Vec<String> = path.split('.').map(str::to_owned).collect();
                set_path(&mut state, &path, Node::from(value));
            }
            let phase: Result<Phase, Problem> = state.read();
            let phase = phase.map_err(|problem| Diagnostics::one(&self.name, problem))?;
            phases.push(Phase {
                from: together[0].period,
                ..phase
            });
        }
        Ok(phases)
    }
}
