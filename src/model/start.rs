//! A market at its start (section 2).

use std::sync::Arc;

use rayon::prelude::*;

use super::curve::Curves;
use super::customers::{BLOCK, Block};
use super::draws::PopulationFamilies;
use super::engine::{Engine, WorkSpace};
use super::firms::Firm;
use super::frames::Frames;
use super::level::InstructionSet;
use super::log::Log;
use super::names::Names;
use super::parameters::Parameters;
use super::record::Recorder;
use super::tally::Tally;
use crate::random::Source;
use crate::scenario::{Phase, RecordedTable, Scenario};

impl<const K: usize> Engine<K> {
    /// The market at the start (section 2). `phases` are those of the scenario, not empty; `parallel` is
    /// for the customers of all periods.
    pub fn new(
        scenario: &Scenario,
        phases: &[Phase],
        replicate: u32,
        names: &Arc<Names>,
        parallel: bool,
    ) -> Self {
        let source = Source::new(scenario.simulation.seed, replicate);
        let parameters = Parameters::<K>::new(&phases[0]);
        let firms: Vec<Firm<K>> = (scenario.firms.iter().enumerate())
            .map(|(j, firm)| Firm::at_start(&source, scenario, &parameters, firm, j))
            .collect();
        let families: Vec<PopulationFamilies> = (scenario.populations.iter())
            .map(|population| PopulationFamilies::new(&source, scenario, &population.name))
            .collect();
        let assortments: Vec<usize> = scenario
            .firms
            .iter()
            .map(|firm| firm.assortment as usize)
            .collect();
        let empty: Vec<Tally<K>> = (parameters.populations.iter())
            .map(|population| {
                let kinds = population.kinds.len();
                Tally::new(&assortments, parameters.experiences.len(), kinds)
            })
            .collect();
        let record = &scenario.simulation.record;
        let curves = record.keeps_table(RecordedTable::Learning);
        let followed = record.followed_customers();
        let set = InstructionSet::preferred();
        let create = |&(s, first): &(usize, u32)| {
            let population = &parameters.populations[s];
            let len = BLOCK.min(scenario.populations[s].customers - first);
            let mut block = Block::new(s, first, len, firms.len(), empty[s].clone());
            if curves {
                block.curves = Curves::new(block.len(), firms.len());
            }
            block.log = Log::new(followed);
            let keys = families[s].arrival.keys(0, parameters.dimensions);
            block.draw_all(set, &keys, population, parameters.data_portability);
            block
        };
        let places: Vec<(usize, u32)> = (scenario.populations.iter().enumerate())
            .flat_map(|(s, population)| {
                let firsts = (0..population.customers).step_by(BLOCK as usize);
                firsts.map(move |first| (s, first))
            })
            .collect();
        let blocks: Vec<Block<K>> = if parallel {
            places.par_iter().map(create).collect()
        } else {
            places.iter().map(create).collect()
        };
        Self {
            period: 0,
            periods: scenario.simulation.periods,
            discount_rate: scenario.simulation.discount_rate,
            discount: 1.0,
            parameters,
            phases: phases[1..].iter().rev().cloned().collect(),
            families,
            frames: Frames::of(scenario, replicate, &blocks),
            blocks,
            work: WorkSpace::default(),
            set,
            firms,
            tallies: empty.clone(),
            recorder: Recorder::new(replicate, names.clone(), &scenario.simulation),
            perturbed: None,
            parallel,
            one_by_one: false,
        }
    }
}
