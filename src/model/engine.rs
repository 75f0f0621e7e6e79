//! The periods of one market, in the order of section 3.

use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::any_engine::AnyEngine;
use super::conditions::Conditions;
use super::curve::Curves;
use super::customers::Block;
use super::decision::Decided;
use super::draws::PopulationFamilies;
use super::exogenous::Exogenous;
use super::firms::Firm;
use super::frames::Frames;
use super::kernel::Work;
use super::knowledge::Observations;
use super::level::InstructionSet;
use super::map::{Ground, TasteMap};
use super::parameters::{OfferRule, Parameters};
use super::perturbation::Perturbed;
use super::record::Recorder;
use super::records::Records;
use super::tally::Tally;
use crate::scenario::Phase;

/// Work space of each thread that takes part; without sharing out, of one. A copy of a market makes its own.
#[derive(Debug, Default)]
pub(super) struct WorkSpace<const K: usize>(Vec<Mutex<Work<K>>>);

impl<const K: usize> Clone for WorkSpace<K> {
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// One market in one replicate, with `K` taste dimensions.
#[derive(Debug, Clone)]
pub(super) struct Engine<const K: usize> {
    /// The next period.
    pub(super) period: u32,
    pub(super) periods: u32,
    pub(super) discount_rate: f64,
    /// Weight of the current period's profit: (1 + discount rate)^-period.
    pub(super) discount: f64,
    pub(super) parameters: Parameters<K>,
    /// The phases still to come, the next one last.
    pub(super) phases: Vec<Phase>,
    pub(super) families: Vec<PopulationFamilies>,
    pub(super) blocks: Vec<Block<K>>,
    pub(super) firms: Vec<Firm<K>>,
    /// What happened in the period, by population.
    pub(super) tallies: Vec<Tally<K>>,
    pub(super) recorder: Recorder,
    /// Where the map of tastes is drawn, if it is.
    pub(super) frames: Option<Frames<K>>,
    /// What is done to one of the firms, for an analysis.
    pub(super) perturbed: Option<Perturbed>,
    pub(super) work: WorkSpace<K>,
    /// What the kernel's loops run on.
    pub(super) set: InstructionSet,
    /// Whether blocks are shared out among the threads of the current rayon pool.
    pub(super) parallel: bool,
    /// Whether customers are taken through the period one after the other, not stage by stage.
    pub(super) one_by_one: bool,
}

impl<const K: usize> Engine<K> {
    /// Steps 1 to 6 of the next period. A world that follows another, which is a period ahead, has happen to its
    /// customers again what happened to those of the other, and its firms decide as there.
    pub fn advance(&mut self, lead: Option<&Self>) {
        self.intervene();
        for firm in &mut self.firms {
            firm.enter(self.period);
        }
        self.learn();
        match lead {
            None => self.decide(),
            Some(lead) => {
                let both = self.firms.iter_mut().zip(&lead.firms);
                both.for_each(|(firm, lead)| firm.follow(lead));
            }
        }
        self.live(lead);
        self.close(lead);
    }

    /// Step 1: interventions of this period.
    fn intervene(&mut self) {
        while self
            .phases
            .last()
            .is_some_and(|phase| phase.from <= self.period)
        {
            let Some(phase) = self.phases.pop() else {
                return;
            };
            let after = Parameters::new(&phase);
            for block in &mut self.blocks {
                let families = &self.families[block.population].arrival;
                block.intervene(families, &self.parameters, &after);
            }
            let (firms, experiences) = (self.firms.len(), after.experiences.len());
            let rules = self.parameters.firms.iter().zip(&after.firms);
            for (firm, (old, new)) in self.firms.iter_mut().zip(rules) {
                firm.intervene(self.period, old, new, firms, experiences);
            }
            self.parameters = after;
        }
    }

    /// Step 2: population-level knowledge from all earlier periods.
    fn learn(&mut self) {
        let pooled = self
            .parameters
            .data_pooling
            .then(|| self.pooled_observations());
        for (firm, parameters) in self.firms.iter_mut().zip(&self.parameters.firms) {
            firm.learn(parameters, pooled.as_deref());
        }
    }

    /// All firms' observations together, by population.
    fn pooled_observations(&self) -> Vec<Observations<K>> {
        let mut pooled = vec![Observations::NONE; self.families.len()];
        for firm in &self.firms {
            for (total, part) in pooled.iter_mut().zip(&firm.knowledge.observations) {
                total.add(part.count, &part.sum);
            }
        }
        pooled
    }

    /// Step 3: experience and price rules.
    fn decide(&mut self) {
        let acting: Vec<bool> = self.firms.iter().map(|firm| firm.acting).collect();
        for (j, firm) in self.firms.iter_mut().enumerate() {
            firm.decide(&self.parameters.firms[j], j, self.period, &acting);
        }
    }

    /// Step 4: all customers, and what they did, by population.
    #[expect(
        clippy::disallowed_methods,
        reason = "how many rooms for work there are; customers do not know in which they are computed"
    )]
    fn live(&mut self, lead: Option<&Self>) {
        let mut blocks = std::mem::take(&mut self.blocks);
        let mut work = std::mem::take(&mut self.work.0);
        self.hear_stated_agency();
        let conditions: Vec<Conditions<K>> = (0..self.families.len())
            .map(|s| self.conditions(s))
            .collect();
        self.give_head_start(&mut blocks, &conditions);
        let one_by_one = self.one_by_one;
        let replay = |number: usize| lead.and_then(|lead| lead.blocks[number].replay.as_ref());
        let live = |number: usize, block: &mut Block<K>, work: &mut Work<K>| {
            let now = &conditions[block.population];
            if one_by_one {
                block.live_one_by_one(now, replay(number));
            } else {
                block.live(now, replay(number), work);
            }
        };
        if self.parallel {
            work.resize_with(rayon::current_num_threads(), Mutex::default);
            blocks
                .par_iter_mut()
                .enumerate()
                .for_each(|(number, block)| {
                    let thread = rayon::current_thread_index().unwrap_or(0);
                    let work = work[thread].lock();
                    live(
                        number,
                        block,
                        &mut work.unwrap_or_else(PoisonError::into_inner),
                    );
                });
        } else {
            work.resize_with(1, Mutex::default);
            let work = work[0].get_mut().unwrap_or_else(PoisonError::into_inner);
            let numbered = blocks.iter_mut().enumerate();
            numbered.for_each(|(number, block)| live(number, block, work));
        }
        drop(conditions);
        self.tallies.iter_mut().for_each(Tally::clear);
        for block in &blocks {
            self.tallies[block.population].add(&block.tally);
        }
        self.blocks = blocks;
        self.work.0 = work;
    }

    /// Firms with a graduated rule are told the agency preferences of those who arrived since.
    fn hear_stated_agency(&mut self) {
        for (j, rule) in self.parameters.firms.iter().enumerate() {
            if matches!(rule.offer, OfferRule::Graduated { .. }) {
                for families in &mut self.families {
                    families.stated_agency[j].reach(self.period);
                }
            }
        }
    }

    /// Gives the perturbed firm its head start, if it is due.
    fn give_head_start(&self, blocks: &mut [Block<K>], conditions: &[Conditions<K>]) {
        let Some(perturbed) = &self.perturbed else {
            return;
        };
        let Some(size) = perturbed.head_start(self.period) else {
            return;
        };
        let firm = firm_number(perturbed.firm);
        for block in blocks {
            let errors =
                perturbed.errors(block.population, self.period, self.parameters.dimensions);
            block.give_head_start(firm, size, &errors, &conditions[block.population]);
        }
    }

    /// What the customers of population `s` face in this period.
    fn conditions(&self, s: usize) -> Conditions<'_, K> {
        let Self {
            parameters,
            firms,
            families,
            ..
        } = self;
        let push = |j: usize| self.perturbed.as_ref()?.push(j, s, self.period);
        Conditions::new(
            self.period,
            self.set,
            parameters,
            s,
            firms,
            &families[s],
            push,
        )
    }

    /// Steps 5 and 6: reputation, accounts, exit (as in the world that this one follows); then the record.
    fn close(&mut self, lead: Option<&Self>) {
        for (j, firm) in self.firms.iter_mut().enumerate() {
            let ruined = firm.close_period(j, &self.parameters, &self.tallies, self.discount);
            let leaves = lead.map_or(ruined, |lead| firm.acting && lead.firms[j].has_left());
            if leaves {
                firm.leave();
                let number = firm_number(j);
                self.blocks
                    .iter_mut()
                    .for_each(|block| block.lose_home(number));
            }
        }
        self.let_firms_observe();
        self.recorder
            .record(self.period, &self.parameters, &self.firms, &self.tallies);
        let logs = self
            .blocks
            .iter_mut()
            .map(|block| (block.population, block.log.in_order()));
        self.recorder.record_interactions(self.period, logs);
        self.draw_map();
        self.discount /= 1.0 + self.discount_rate;
        self.period += 1;
    }

    /// Writes down the map of tastes, at the end of periods in which it is asked for.
    fn draw_map(&mut self) {
        let frames = self.frames.as_ref();
        let Some(frames) = frames.filter(|frames| frames.shows(self.period)) else {
            return;
        };
        let map = frames.map(&self.ground());
        self.recorder
            .record_map(self.period, &map, |point| frames.place(point));
    }

    /// What maps are drawn from.
    fn ground(&self) -> Ground<'_, K> {
        let firms = self.parameters.firms.iter();
        Ground {
            period: self.period,
            dimensions: self.parameters.dimensions,
            populations: &self.parameters.populations,
            blocks: &self.blocks,
            firms: &self.firms,
            individual: firms.map(|firm| firm.individual).collect(),
        }
    }

    /// Firms that search see what all firms did.
    fn let_firms_observe(&mut self) {
        let searching = |rule: &super::parameters::Firm| rule.offer.searches();
        if !self.parameters.firms.iter().any(searching) {
            return;
        }
        let experiences = self.parameters.experiences.len();
        let did: Vec<(bool, f64, Vec<u64>)> = (self.firms.iter().enumerate())
            .map(|(j, firm)| {
                let mut counts = vec![0; experiences];
                for tally in &self.tallies {
                    for (total, part) in counts.iter_mut().zip(tally.experiences_of(j)) {
                        *total += part;
                    }
                }
                (firm.acting, firm.profit, counts)
            })
            .collect();
        for firm in &mut self.firms {
            firm.observe(
                did.iter()
                    .map(|(acting, profit, counts)| (*acting, *profit, &counts[..])),
            );
        }
    }
}

/// A firm as the home of customers.
pub(super) fn firm_number(j: usize) -> u16 {
    u16::try_from(j).expect("fewer than 65,535 firms")
}

impl<const K: usize> Engine<K> {
    /// The tables so far.
    pub fn into_records(self) -> Records {
        let curves = self.blocks.iter().map(|block| &block.curves);
        self.recorder.finish(&Curves::total(curves))
    }
}

impl<const K: usize> AnyEngine for Engine<K> {
    fn period(&self) -> u32 {
        self.period
    }

    fn step(&mut self) {
        if self.period < self.periods {
            self.advance(None);
        }
    }

    fn set_one_by_one(&mut self, one_by_one: bool) {
        self.one_by_one = one_by_one;
    }

    fn set_instructions(&mut self, set: InstructionSet) {
        self.set = set;
    }

    fn decide(&mut self, firm: usize, decided: Decided) {
        self.firms[firm].decided = decided;
    }

    fn records(&self) -> &Records {
        self.recorder.so_far()
    }

    fn into_worlds(self: Box<Self>) -> Vec<Records> {
        vec![self.into_records()]
    }

    fn map(&self, most: usize) -> TasteMap {
        self.ground().map(most)
    }

    fn exogenous(&self, population: usize) -> Vec<Exogenous> {
        let now = self.conditions(population);
        let blocks = self
            .blocks
            .iter()
            .filter(|block| block.population == population);
        blocks.flat_map(|block| block.exogenous(&now)).collect()
    }
}

#[cfg(test)]
#[path = "tests/learning.rs"]
mod tests;
