//! Three worlds side by side: what a head start in knowledge does, and what comes back of it (section 8 of the model).
//!
//! In *base* there is none. In *closed* everything answers to it. In *open* firms choose products, learn and serve by
//! what they know, but what happens to customers is replayed from base. Until the head start there is one market; from then
//! on the three are stepped period by period, base handing what happened to its customers over to open, so that memory
//! does not grow with time.

use std::sync::Arc;

use super::any_engine::AnyEngine;
use super::decision::Decided;
use super::engine::Engine;
use super::exogenous::Exogenous;
use super::level::InstructionSet;
use super::map::TasteMap;
use super::perturbation::Perturbed;
use super::records::Records;
use crate::table::{Batch, Label, Vocabulary, WORLDS, WorldRow};

/// A market that lives in three worlds from the head start of one of its firms on.
#[derive(Debug)]
pub(super) struct Worlds<const K: usize> {
    base: Engine<K>,
    /// Closed and open, from the period of the head start on.
    others: Option<Box<[Engine<K>; 2]>>,
    head_start: Perturbed,
    replicate: u32,
    /// What each world came to, by period.
    rows: Batch,
    names: [Label; 3],
}

impl<const K: usize> Worlds<K> {
    /// Three worlds of a market at its start, which knows nothing of the head start.
    pub fn new(base: Engine<K>, head_start: Perturbed, replicate: u32) -> Self {
        let mut vocabulary = Vocabulary::default();
        let names = ["base", "closed", "open"].map(|name| vocabulary.label(name));
        Self {
            base,
            others: None,
            head_start,
            replicate,
            rows: Batch::new(&WORLDS, Arc::new(vocabulary)),
            names,
        }
    }

    /// From now on there are three.
    fn part(&mut self) -> Box<[Engine<K>; 2]> {
        self.base.watch(self.head_start.firm);
        let mut closed = self.base.clone();
        closed.perturb(self.head_start.clone());
        let open = closed.clone();
        self.base.remember();
        Box::new([closed, open])
    }

    fn record(&mut self, period: u32, others: &[Engine<K>; 2]) {
        let [closed, open] = others;
        for (world, engine) in self.names.into_iter().zip([&self.base, closed, open]) {
            let focal = engine.focal(self.head_start.firm);
            WorldRow {
                replicate: self.replicate.into(),
                period: period.into(),
                world,
                value_created: focal.value_created,
                value_created_at_home: focal.value_created_at_home,
                profit: focal.profit,
                profit_at_home: focal.profit_at_home,
                share: focal.share,
            }
            .push(&mut self.rows);
        }
    }

    fn engines_mut(&mut self) -> impl Iterator<Item = &mut Engine<K>> {
        let others = self.others.iter_mut().flat_map(|others| others.iter_mut());
        std::iter::once(&mut self.base).chain(others)
    }
}

impl<const K: usize> AnyEngine for Worlds<K> {
    fn period(&self) -> u32 {
        self.base.period()
    }

    fn step(&mut self) {
        let period = self.period();
        if self.others.is_none() && period == self.head_start.period() {
            self.others = Some(self.part());
        }
        self.base.step();
        let Some(mut others) = self.others.take() else {
            return;
        };
        if self.period() > period {
            let [closed, open] = &mut *others;
            closed.step();
            open.advance(Some(&self.base));
            self.record(period, &others);
        }
        self.others = Some(others);
    }

    fn set_one_by_one(&mut self, one_by_one: bool) {
        self.engines_mut()
            .for_each(|engine| engine.set_one_by_one(one_by_one));
    }

    fn set_instructions(&mut self, set: InstructionSet) {
        self.engines_mut()
            .for_each(|engine| engine.set_instructions(set));
    }

    fn decide(&mut self, firm: usize, decided: Decided) {
        self.engines_mut()
            .for_each(|engine| engine.decide(firm, decided));
    }

    fn records(&self) -> &Records {
        self.base.records()
    }

    fn into_worlds(self: Box<Self>) -> Vec<Records> {
        let others = self
            .others
            .map_or_else(Vec::new, |others| Vec::from(*others));
        let engines = std::iter::once(self.base).chain(others);
        let mut worlds: Vec<Records> = engines.map(Engine::into_records).collect();
        worlds[0].worlds = self.rows;
        worlds
    }

    fn map(&self, most: usize) -> TasteMap {
        self.base.map(most)
    }

    fn exogenous(&self, population: usize) -> Vec<Exogenous> {
        self.base.exogenous(population)
    }
}
