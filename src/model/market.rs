//! A scenario ready to be simulated, and a market of it, step by step.

use std::sync::Arc;

use super::any_engine::AnyEngine;
use super::decision::Decision;
use super::engine::Engine;
use super::exogenous::Exogenous;
use super::level::InstructionSet;
use super::map::TasteMap;
use super::names::Names;
use super::perturbation::{HeadStart, Perturbation, Perturbed};
use super::record_sums::Seen;
use super::records::Records;
use super::worlds::Worlds;
use crate::random::Source;
use crate::scenario::{ChartStyle, Diagnostics, Phase, Problem, RecordedTable, Scenario};

/// A checked scenario, ready to make the markets of its replicates.
#[derive(Debug)]
pub struct Plan {
    scenario: Scenario,
    phases: Vec<Phase>,
    names: Arc<Names>,
    perturbation: Option<Perturbation>,
    /// Whether the perturbation, a head start, is done to some of three worlds only.
    in_worlds: bool,
    /// What of the interactions is added up in place of their rows.
    seen: Option<Seen>,
}

impl Plan {
    /// Prepares a scenario.
    ///
    /// # Errors
    /// If the scenario has a problem; one that came from a file was checked already.
    pub fn new(scenario: &Scenario) -> Result<Self, Diagnostics> {
        // a scenario built in code may hold groups of firms
        let scenario = scenario.resolve()?;
        let phases = scenario.phases()?;
        let names = Arc::new(Names::new(&scenario));
        Ok(Self {
            scenario,
            phases,
            names,
            perturbation: None,
            in_worlds: false,
            seen: None,
        })
    }

    /// The same market with a perturbation.
    ///
    /// # Errors
    /// If the scenario has no such firm, or a size is out of its range.
    pub fn with_perturbation(mut self, perturbation: Perturbation) -> Result<Self, Diagnostics> {
        perturbation.check(&self.scenario)?;
        self.perturbation = Some(perturbation);
        Ok(self)
    }

    /// The same market in three worlds from a period on, in which a firm gets a head start, so that what the head start
    /// does directly can be told from what comes back: *base* without it, *closed* with it, and *open* with it, where
    /// firms choose products, learn and serve by what they know, but what happens to customers is replayed from base.
    ///
    /// The tables are those of base, and [`Records::worlds`] compares the worlds. In open are replayed: whether a firm acts
    /// without a need, which firm serves which need and how the need became known, in which experience it is served, declines,
    /// cancellations, homes, and so portability, and the firms' experience, price, entry and exit. Without a head start (of size 0) open equals
    /// base, transaction by transaction.
    ///
    /// # Errors
    /// If the scenario has no such firm or period, or the size is not a number from 0 on.
    pub fn with_worlds(
        mut self,
        firm: &str,
        period: u32,
        head_start: HeadStart,
    ) -> Result<Self, Diagnostics> {
        let mut problems = Vec::new();
        if period >= self.periods() {
            let last = self.periods() - 1;
            problems.push(Problem::new(format!(
                "a head start in period {period} comes after the last, {last}"
            )));
        }
        Diagnostics::check(&self.scenario.name, problems)?;
        self = self.with_perturbation(Perturbation {
            head_start,
            ..Perturbation::of(firm, period)
        })?;
        self.in_worlds = true;
        Ok(self)
    }

    /// The same market, of whose interactions no rows are kept, but what they come to ([`Records::statistics`]). The scenario says whose
    /// interactions count: those that it records.
    #[must_use]
    pub fn with_statistics(mut self, seen: Seen) -> Self {
        self.seen = Some(seen);
        self
    }

    /// The scenario, with groups of firms resolved.
    #[must_use]
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// Whether the rows of single interactions are kept, which are many.
    #[must_use]
    pub fn keeps_interactions(&self) -> bool {
        let record = &self.scenario.simulation.record;
        self.seen.is_none() && record.keeps_table(RecordedTable::Interactions)
    }

    /// All that decides what is simulated and stored, in words: plans with the same words give the same rows in each
    /// replicate, and others do not. The words for readers, and how often it is simulated, are not part of it.
    #[must_use]
    pub fn identity(&self) -> String {
        let Self {
            scenario,
            // these follow from the scenario
            phases: _,
            names: _,
            perturbation,
            in_worlds,
            seen,
        } = self;
        let mut scenario = scenario.market_alone();
        scenario.name = String::new();
        scenario.title = String::new();
        scenario.description = String::new();
        scenario.simulation.replicates = 1;
        scenario.chart_style = ChartStyle::default();
        let worlds = if *in_worlds { " in three worlds" } else { "" };
        let seen = seen.map_or(String::new(), |seen| format!("\n{seen:?}"));
        format!("{}\n{perturbation:?}{worlds}{seen}", scenario.to_toml())
    }

    /// Number of periods.
    #[must_use]
    pub fn periods(&self) -> u32 {
        self.scenario.simulation.periods
    }

    /// The market at the start, with the random draws of a replicate (counted from 0).
    #[must_use]
    pub fn market(&self, replicate: u32) -> Market {
        self.market_with(replicate, false)
    }

    /// The same market, whose customers are shared out among the threads of the current rayon pool when they are
    /// created and in every period. The results are the same, byte for byte.
    #[must_use]
    pub fn parallel_market(&self, replicate: u32) -> Market {
        self.market_with(replicate, true)
    }

    fn market_with(&self, replicate: u32, parallel: bool) -> Market {
        // the functions of an engine exist once for every number of dimensions that it is made for, and dimensions that a
        // market leaves empty change no byte: so three engines serve all, and two those of pages, which are to be small
        let engine = match self.scenario.market.taste_dimensions {
            1 | 2 => self.engine::<2>(replicate, parallel),
            #[cfg(feature = "system")]
            3 | 4 => self.engine::<4>(replicate, parallel),
            3..=8 => self.engine::<8>(replicate, parallel),
            _ => unreachable!("the check of a scenario keeps the dimensions between 1 and 8"),
        };
        Market {
            engine,
            periods: self.periods(),
            names: Arc::clone(&self.names),
        }
    }

    fn engine<const K: usize>(&self, replicate: u32, parallel: bool) -> Box<dyn AnyEngine> {
        let Self {
            scenario,
            phases,
            names,
            ..
        } = self;
        let mut engine = Engine::<K>::new(scenario, phases, replicate, names, parallel);
        if let Some(seen) = self.seen {
            engine.recorder.add_up(seen, scenario);
        }
        let source = Source::new(scenario.simulation.seed, replicate);
        let perturbed =
            (self.perturbation.as_ref()).map(|it| Perturbed::new(&source, scenario, it));
        match perturbed {
            Some(head_start) if self.in_worlds => {
                Box::new(Worlds::new(engine, head_start, replicate))
            }
            Some(perturbed) => {
                engine.perturb(perturbed);
                Box::new(engine)
            }
            None => Box::new(engine),
        }
    }
}

/// One market in one replicate.
#[derive(Debug)]
pub struct Market {
    engine: Box<dyn AnyEngine>,
    periods: u32,
    names: Arc<Names>,
}

impl Market {
    /// The market of a scenario at the start, with the random draws of a replicate (counted from 0).
    ///
    /// # Errors
    /// If the scenario has a problem; one that came from a file was checked already.
    pub fn new(scenario: &Scenario, replicate: u32) -> Result<Self, Diagnostics> {
        Ok(Plan::new(scenario)?.market(replicate))
    }

    /// The next period; the number of periods once all are done.
    #[must_use]
    pub fn period(&self) -> u32 {
        self.engine.period()
    }

    /// Whether all periods are done.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.period() >= self.periods
    }

    /// Simulates the next period; does nothing once all are done.
    pub fn step(&mut self) {
        self.engine.step();
    }

    /// Has a firm do something else than its rules say, from the next period on, until it is decided anew;
    /// [`Decision::default`] gives the decision back to the rules. The rules go on as if they had decided, and fixed and
    /// range cost stay those of the scenario. A firm that decides what its rules would have gives the same bytes.
    ///
    /// # Errors
    /// There is no such firm or experience, or the price is no number from 0 on; nothing changes.
    pub fn decide(&mut self, firm: &str, decision: &Decision<'_>) -> Result<(), Diagnostics> {
        let (firm, decided) = decision.resolve(firm, &self.names)?;
        self.engine.decide(firm, decided);
        Ok(())
    }

    /// The rows of the periods so far, but for learning curves, which [`Market::into_records`] adds; of a plan with worlds
    /// those of base. The last rows of `firms`, one per firm, are what happened last.
    #[must_use]
    pub fn records(&self) -> &Records {
        self.engine.records()
    }

    /// Takes customers through each period one after the other, exactly as the model document has it,
    /// instead of all customers through one step before the next. The results are the same, byte for
    /// byte; it takes longer.
    pub fn set_one_by_one(&mut self, one_by_one: bool) {
        self.engine.set_one_by_one(one_by_one);
    }

    /// Has the customer step run on an instruction set other than [`InstructionSet::preferred`]; the results
    /// are the same, byte for byte.
    pub fn set_instructions(&mut self, set: InstructionSet) {
        self.engine.set_instructions(set);
    }

    /// The tables of the periods so far; of a plan with worlds those of base.
    #[must_use]
    pub fn into_records(self) -> Records {
        self.into_worlds().swap_remove(0)
    }

    /// The tables of each world: of base, closed and open, or of the one market where there are no others.
    #[must_use]
    pub fn into_worlds(self) -> Vec<Records> {
        self.engine.into_worlds()
    }

    /// Where customers, products and firms' beliefs are now, with at most `most` customers of each population.
    #[must_use]
    pub fn map(&self, most: usize) -> TasteMap {
        self.engine.map(most)
    }

    /// What nature deals to the customers of a population, by its position, in the next period: the
    /// part of the state and of the draws that no firm's policy can change.
    #[must_use]
    pub fn exogenous(&self, population: usize) -> Vec<Exogenous> {
        self.engine.exogenous(population)
    }
}
