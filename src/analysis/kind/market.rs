//! The markets that analyses are asked of.

use crate::scenario::{Record, RecordedTable, Scenario};

/// A question with the market of which it is asked.
#[derive(Debug, Clone)]
pub struct Posed<Q> {
    /// What is asked.
    pub question: Q,
    /// The market, as far as the question needs it.
    pub market: Scenario,
}

/// The scenario itself as a market for an analysis: without its sweep, simulated until before period `to`, with one
/// table kept from period `from` on.
pub(in crate::analysis) fn variant(
    scenario: &Scenario,
    table: RecordedTable,
    (from, to): (u32, u32),
) -> Scenario {
    let mut variant = scenario.market_alone();
    variant.interventions.retain(|change| change.period < to);
    let simulation = &mut variant.simulation;
    simulation.periods = to;
    simulation.record = Record {
        tables: vec![table],
        from,
        ..Record::default()
    };
    variant
}

/// The same scenario, of which nothing is kept but the figures of `summary`.
pub(in crate::analysis) fn only_figures(mut scenario: Scenario) -> Scenario {
    scenario.simulation.record = Record {
        tables: vec![RecordedTable::Market],
        every: u32::MAX,
        ..Record::default()
    };
    scenario.simulation.precision = None;
    scenario
}
