//! How long the run of a scenario will take on this machine, about.

use std::hint::black_box;
use std::time::Duration;

use super::{Memory, RunError};
use crate::analysis::kind::first_rounds;
use crate::experiment::{Design, Finished, Stopwatch};
use crate::model::Plan;
use crate::scenario::Scenario;
use crate::table::{Numbering, csv_rows};

/// The most worlds of a scenario that are tried.
const MOST_WORLDS: u32 = 8;

/// What the run of a scenario will take, about.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// Replicates of all points and variants, and the cells with which analyses begin.
    pub cells: u64,
    /// Whether there may be more, by what these tell.
    pub may_grow: bool,
    /// Seconds of one core to simulate the cells and to make rows of them; files, charts and the report come on top.
    pub seconds: f64,
    /// What they take.
    pub memory: Memory,
}

impl Estimate {
    /// Tries some markets of a scenario for about so long, and counts its cells. Of worlds that differ in size, eight
    /// are tried, at equal distances in the order of their numbers.
    ///
    /// # Errors
    /// The scenario, one of its points or what an analysis asks is not valid.
    pub fn of(scenario: &Scenario, time: Duration) -> Result<Self, RunError> {
        let memory = Memory::of(scenario)?;
        let design = Design::new(scenario)?;
        let rounds = first_rounds(scenario)?;
        let (worlds, mut cells) = (design.worlds(), memory.cells);
        let tried = worlds.min(MOST_WORLDS);
        let time = time / (tried + rounds.len() as u32);
        let mut seconds = 0.0;
        for n in 0..tried {
            let middle = (2 * u64::from(n) + 1) * u64::from(worlds) / (2 * u64::from(tried));
            let plan = design.plan(middle as u32)?;
            seconds += of_a_cell(&plan, time) * memory.cells as f64 / f64::from(tried);
        }
        for round in &rounds {
            cells += round.cells;
            seconds += of_a_cell(&round.plan, time) * round.cells as f64;
        }
        let simulation = &scenario.simulation;
        let grows = simulation.precision.is_some() || simulation.until_decided.is_some();
        Ok(Self {
            cells,
            may_grow: grows || !rounds.is_empty(),
            seconds,
            memory,
        })
    }
}

/// Seconds that a cell takes: replicates are simulated until the time is over, and the last may have to stop before its end.
fn of_a_cell(plan: &Plan, time: Duration) -> f64 {
    let (all, mut seconds, mut replicates) = (Stopwatch::start(), 0.0, 0);
    while replicates == 0 || all.elapsed() < time {
        let watch = Stopwatch::start();
        let mut market = plan.market(replicates);
        let creation = watch.elapsed().as_secs_f64();
        market.step();
        while !market.is_done() && all.elapsed() < time {
            market.step();
        }
        let done = market.period();
        if replicates > 0 && !market.is_done() {
            break;
        }
        let finished = Finished::of(market.into_records(), plan.scenario());
        for batch in finished.records.batches() {
            black_box(csv_rows(batch, &Numbering::default(), 0));
        }
        let life = watch.elapsed().as_secs_f64() - creation;
        seconds += whole(creation, life, done, plan.periods());
        replicates += 1;
    }
    seconds / f64::from(replicates)
}

/// Seconds of a market with its creation, some of whose periods took so long.
fn whole(creation: f64, life: f64, done: u32, periods: u32) -> f64 {
    creation + life * f64::from(periods) / f64::from(done.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARKET: &str = "[simulation]\nperiods = 20\nreplicates = 3\n[[populations]]\nname = \"p\"\ncustomers = 50\n[[firms]]\nname = \"f\"\nexperience = \"coach-behavior\"\n[[firms]]\nname = \"g\"\nexperience = \"curated-offering\"\n";

    fn of(more: &str) -> Estimate {
        let scenario = Scenario::from_toml(&format!("{MARKET}{more}"));
        let scenario = scenario.unwrap_or_else(|problems| panic!("{problems}"));
        let estimate = Estimate::of(&scenario, Duration::from_millis(1)).expect("valid");
        assert!(estimate.seconds.is_finite() && estimate.seconds > 0.0);
        assert_eq!(estimate.memory, Memory::of(&scenario).expect("valid"));
        estimate
    }

    #[test]
    fn replicates_points_and_variants_are_counted() {
        assert_eq!(of("").cells, 3);
        let axis = "[[sweep.axes]]\nkey = \"firms.f.price\"\nrange = { from = 0.1, to = 1.0, steps = 10 }\n";
        assert_eq!(of(axis).cells, 30);
        let variant = "[[variants]]\nname = \"other\"\nset = { \"firms.g.price\" = 0.2 }\n";
        let both = of(&format!("{axis}{variant}"));
        assert_eq!((both.cells, both.may_grow), (60, false));
    }

    #[test]
    fn analyses_come_on_top_and_may_ask_for_more() {
        let estimate = of("[[analyses]]\nkind = \"sources\"\nfirm = \"f\"\n");
        assert!(estimate.cells > 3 && estimate.may_grow, "{estimate:?}");
    }

    #[test]
    fn a_market_that_was_stopped_is_thought_to_its_end() {
        assert_eq!(whole(2.0, 3.0, 20, 20), 5.0);
        assert_eq!(whole(2.0, 3.0, 10, 300), 92.0);
    }
}
