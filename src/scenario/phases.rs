//! Interventions cut a run into phases with constant parameters.

use indexmap::IndexMap;
use serde::Deserialize;

use super::diagnostics::Diagnostics;
use super::load::deserialize;
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
        let one = Self {
            sweep: None,
            analyses: Vec::new(),
            lesson: None,
            charts: Vec::new(),
            ..self.clone()
        };
        let scenario = one.resolve()?;
        let mut state = scenario.to_tree();
        let phase = |state: &Node, from: u32| -> Result<Phase, Diagnostics> {
            let phase: Phase = deserialize(state)
                .map_err(|problem| Diagnostics::one(&scenario.subject(), problem))?;
            Ok(Phase { from, ..phase })
        };
        let mut phases = vec![phase(&state, 0)?];
        let mut interventions = scenario.interventions.iter().peekable();
        while let Some(intervention) = interventions.next() {
            for (path, value) in &intervention.set {
                let path: Vec<String> = path.split('.').map(str::to_owned).collect();
                set_path(&mut state, &path, Node::from(value));
            }
            let same = |next: &&super::Intervention| next.period == intervention.period;
            if interventions.peek().is_none_or(|next| !same(next)) {
                phases.push(phase(&state, intervention.period)?);
            }
        }
        Ok(phases)
    }
}
