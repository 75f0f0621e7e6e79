//! Who serves which kind of customer: shares and value by population, in the closing window.

use std::ops::Range;

use super::{Estimate, Moments, Quantity};
use crate::scenario::Scenario;
use crate::table::Batch;

/// What a run found about the customers of one population.
#[derive(Debug, Clone, PartialEq)]
pub struct PopulationResults {
    /// Name of the population.
    pub name: String,
    /// By firm, in the order of the scenario.
    pub firms: Vec<ServedPopulation>,
}

/// How a firm serves a population, in the closing window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ServedPopulation {
    /// Its share of the population's transactions, 0 to 1.
    pub share: Estimate,
    /// Value created per transaction with the population; missing without any.
    pub value: Estimate,
}

/// Transactions of a firm with a population, and the value that they created.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    transactions: f64,
    value: f64,
}

/// The current replicate of the table `periods`, and the moments over those before.
#[derive(Debug, Clone)]
pub struct PopulationTable {
    current: Option<i64>,
    names: Vec<String>,
    closing: Range<usize>,
    /// By population and firm.
    sums: Vec<Vec<Sums>>,
    /// Share and value, by population and firm.
    moments: Vec<Vec<[Moments; 2]>>,
}

impl PopulationTable {
    /// A table for a scenario and its closing window.
    pub fn new(scenario: &Scenario, closing: &Range<usize>) -> Self {
        let (populations, firms) = (scenario.populations.len(), scenario.firms.len());
        let names = scenario
            .populations
            .iter()
            .map(|population| population.name.clone());
        Self {
            current: None,
            names: names.collect(),
            closing: closing.clone(),
            sums: vec![vec![Sums::default(); firms]; populations],
            moments: vec![vec![[Moments::default(); 2]; firms]; populations],
        }
    }

    /// Takes in rows of the table `periods`, with the position of each row's firm.
    pub fn take_periods(&mut self, batch: &Batch, firms: &[Option<usize>]) {
        let (labels, vocabulary) = (batch.labels("population"), batch.vocabulary());
        let (periods, transactions) = (batch.integers("period"), batch.integers("transactions"));
        let values = batch.numbers("value_created");
        for (row, &replicate) in batch.integers("replicate").iter().enumerate() {
            if self.current != Some(replicate) {
                self.flush();
                self.current = Some(replicate);
            }
            let is_closing =
                usize::try_from(periods[row]).is_ok_and(|at| self.closing.contains(&at));
            if !is_closing || transactions[row] == 0 {
                continue;
            }
            let name = vocabulary.name(labels[row]);
            let population = self.names.iter().position(|known| known == name);
            if let (Some(population), Some(firm)) = (population, firms[row]) {
                let sums = &mut self.sums[population][firm];
                let count = transactions[row] as f64;
                sums.transactions += count;
                sums.value += count * values[row];
            }
        }
    }

    fn flush(&mut self) {
        if self.current.take().is_none() {
            return;
        }
        for (sums, moments) in self.sums.iter_mut().zip(&mut self.moments) {
            let all: f64 = sums.iter().map(|sums| sums.transactions).sum();
            for (sums, [share, value]) in sums.iter_mut().zip(moments) {
                if all > 0.0 {
                    share.add(sums.transactions / all);
                }
                if sums.transactions > 0.0 {
                    value.add(sums.value / sums.transactions);
                }
                *sums = Sums::default();
            }
        }
    }

    /// What all replicates amount to.
    pub fn finish(mut self) -> Vec<PopulationResults> {
        self.flush();
        let firm = |[share, value]: &[Moments; 2]| ServedPopulation {
            share: share.estimate().within(Quantity::Share.range()),
            value: value.estimate().within(Quantity::ValueCreated.range()),
        };
        let populations = self.names.into_iter().zip(&self.moments);
        populations
            .map(|(name, firms)| PopulationResults {
                name,
                firms: firms.iter().map(firm).collect(),
            })
            .collect()
    }
}
