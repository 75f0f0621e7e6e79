//! A market on its way through its replicates, and what is remembered of one that is through.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;

use crate::analysis::Collector;
use crate::experiment::{Cancel, Figures, MarketKey, Runner, Summary, figures};
use crate::model::{Plan, Records};
use crate::report::live;
use crate::scenario::{Diagnostics, Language, Quantity, Scenario};

/// A firm's figures with their 95 % intervals.
#[derive(Debug, Clone, Serialize)]
pub struct FirmFigures {
    /// Name of the firm.
    pub firm: String,
    /// Quantity, mean, lower and upper end.
    pub figures: Vec<(&'static str, f64, f64, f64)>,
}

/// A market of which all replicates were simulated.
#[derive(Debug)]
pub(super) struct Known {
    /// By replicate, then firm.
    pub figures: Vec<Vec<Figures>>,
    pub data: Arc<str>,
    pub colors: Arc<str>,
}

/// By what a market is known: what is simulated, how often, and the words around it.
pub(super) type Name = (MarketKey, u32, String);

impl Known {
    /// Bytes that it takes, about.
    pub fn size(&self) -> usize {
        let figures = self
            .figures
            .iter()
            .map(|firms| firms.len() * size_of::<Figures>());
        self.data.len() + self.colors.len() + figures.sum::<usize>()
    }
}

/// A market on its way through its replicates.
#[derive(Debug)]
pub(super) struct Course {
    pub name: Name,
    language: Language,
    plan: Plan,
    pub firms: Vec<String>,
    collector: Collector,
    taken: Vec<Vec<Figures>>,
    pub known: Option<Arc<Known>>,
}

impl Course {
    /// A market of which nothing is simulated yet, or all of it, if it is known.
    pub fn start(
        scenario: &Scenario,
        language: Language,
        recall: impl FnOnce(&Name) -> Option<Arc<Known>>,
    ) -> Result<Self, Diagnostics> {
        let plan = Plan::new(scenario)?;
        let words = format!("{language:?} {:?}", scenario.chart_style.labels);
        let name = (MarketKey::of(&plan), scenario.simulation.replicates, words);
        let firms = plan.scenario().firms.iter();
        Ok(Self {
            firms: firms.map(|firm| firm.name.clone()).collect(),
            collector: Collector::new(plan.scenario()),
            known: recall(&name),
            taken: Vec::new(),
            language,
            plan,
            name,
        })
    }

    /// Replicates in all.
    pub fn replicates(&self) -> u32 {
        self.plan.scenario().simulation.replicates
    }

    /// Replicates that are done.
    pub fn done(&self) -> u32 {
        match &self.known {
            Some(_) => self.replicates(),
            None => u32::try_from(self.taken.len()).unwrap_or(u32::MAX),
        }
    }

    /// Each firm's figures of the replicates that are done.
    pub fn figures(&self) -> &[Vec<Figures>] {
        self.known
            .as_ref()
            .map_or(&self.taken, |known| &known.figures)
    }

    /// The replicates that are missing until so many are done.
    pub fn missing(&self, goal: u32) -> Range<u32> {
        self.done()..goal.min(self.replicates())
    }

    /// Takes the next replicate.
    pub fn take(&mut self, records: &Records) {
        self.collector.take(records);
        self.taken.push(figures(&records.firms, self.firms.len()));
    }

    /// Simulates until so many replicates are done; whether nobody asked to stop.
    pub fn reach(&mut self, goal: u32, runner: Runner<'_>) -> bool {
        let missing = self.missing(goal);
        if missing.is_empty() {
            return true;
        }
        let threads = runner.pool.current_num_threads();
        // threads without a replicate of their own help with those of the others
        let parallel = missing.len() < threads;
        let plan = &self.plan;
        let simulated = |replicate| simulated(plan, replicate, parallel, runner.cancel);
        let done = (runner.pool).install(|| {
            let all = missing.into_par_iter().map(simulated);
            all.collect::<Option<Vec<Records>>>()
        });
        let Some(done) = done else {
            return false;
        };
        done.iter().for_each(|records| self.take(records));
        true
    }

    /// The market as it is remembered, once all of its replicates are done; what is shown of it is made here, and no second time.
    pub fn settled(&mut self) -> Option<&Arc<Known>> {
        if self.known.is_none() && self.done() == self.replicates() {
            let (data, colors) = self.shown();
            let figures = std::mem::take(&mut self.taken);
            self.known = Some(Arc::new(Known {
                figures,
                data,
                colors,
            }));
        }
        self.known.as_ref()
    }

    /// The numbers behind its charts so far, and the firms' colours.
    pub fn shown(&self) -> (Arc<str>, Arc<str>) {
        if let Some(known) = &self.known {
            return (Arc::clone(&known.data), Arc::clone(&known.colors));
        }
        let results = self.collector.clone().finish();
        let scenario = self.plan.scenario();
        let data = live::chart_data(self.language, scenario, &results);
        (data.into(), live::chart_colors(scenario, &results).into())
    }

    /// Each firm's figures of `summary`, over the replicates that are done.
    pub fn summary(&self) -> Vec<FirmFigures> {
        summary(&self.firms, self.figures())
    }
}

/// Each firm's figures of `summary`, of replicates that are done.
pub(super) fn summary(names: &[String], figures: &[Vec<Figures>]) -> Vec<FirmFigures> {
    let mut summary = Summary::new(names.to_vec());
    figures.iter().for_each(|figures| summary.add(figures));
    let firms = summary.firms().map(|(firm, estimates)| {
        let named = Quantity::SUMMARY.into_iter().zip(estimates);
        let figures = named.map(|(quantity, one)| (quantity.column(), one.mean, one.low, one.high));
        FirmFigures {
            firm: firm.to_owned(),
            figures: figures.collect(),
        }
    });
    firms.collect()
}

/// A replicate from its start to its end; none if a stop was asked for meanwhile.
fn simulated(plan: &Plan, replicate: u32, parallel: bool, cancel: &Cancel) -> Option<Records> {
    let mut market = match parallel {
        true => plan.parallel_market(replicate),
        false => plan.market(replicate),
    };
    while !market.is_done() {
        if cancel.is_cancelled() {
            return None;
        }
        market.step();
    }
    Some(market.into_records())
}
