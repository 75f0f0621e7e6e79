//! What a page may ask for, so that no page can keep the machine from others.

use crate::scenario::Scenario;

/// The largest market that a page may ask for: that of the scenario itself, and up to these sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Replicates.
    pub replicates: u32,
    /// Customers times firms times periods, of all replicates together.
    pub steps: u64,
    /// Bytes that a replicate takes.
    pub memory: u64,
}

impl Limits {
    /// Those of the program: some ten seconds on two cores, and half a gigabyte for each of them.
    pub const USUAL: Self = Self {
        replicates: 200,
        steps: 3_000_000_000,
        memory: 500_000_000,
    };

    /// The same, and as much as a scenario itself takes.
    #[must_use]
    pub fn at_least(self, scenario: &Scenario) -> Self {
        Self {
            replicates: self.replicates.max(scenario.simulation.replicates),
            steps: self.steps.max(steps(scenario)),
            memory: self.memory.max(scenario.memory()),
        }
    }

    /// Whether a market is within them.
    #[must_use]
    pub fn hold(&self, scenario: &Scenario) -> bool {
        scenario.simulation.replicates <= self.replicates
            && steps(scenario) <= self.steps
            && scenario.memory() <= self.memory
    }
}

/// Customers times firms times periods times replicates.
fn steps(scenario: &Scenario) -> u64 {
    let populations = scenario.populations.iter();
    let customers: u64 = populations.map(|one| u64::from(one.customers)).sum();
    let firms = scenario
        .firms
        .iter()
        .map(|firm| u64::from(firm.count))
        .sum();
    [
        firms,
        u64::from(scenario.simulation.periods),
        u64::from(scenario.simulation.replicates),
    ]
    .into_iter()
    .fold(customers, u64::saturating_mul)
}
