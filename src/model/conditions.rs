//! What the customers of one population face in one period: firms, parameters and the period's draws.

use super::draws::{Keys, PopulationFamilies};
use super::firms::Firm;
use super::knowledge::Prior;
use super::level::InstructionSet;
use super::offer::{Offer, stated_agency};
use super::parameters::{self, Parameters, Population};
use super::perturbation::Push;
use crate::random::NormalKeys;

/// The same for all customers of a population throughout a period.
#[derive(Debug)]
pub(super) struct Conditions<'a, const K: usize> {
    pub period: u32,
    pub parameters: &'a Parameters<K>,
    pub population: &'a Population<K>,
    /// Observation precision 1/v by kind of need and experience.
    observation_precisions: Vec<f32>,
    /// All firms, acting or not, in the order of the scenario.
    pub firms: Vec<FirmConditions<'a, K>>,
    pub keys: Keys,
    /// What the kernel's loops run on.
    pub set: InstructionSet,
}

/// One firm as the customers of a population meet it in a period.
#[derive(Debug)]
pub(super) struct FirmConditions<'a, const K: usize> {
    /// Whether the firm is in the market.
    pub acting: bool,
    pub price: f32,
    /// Reputation `Q`.
    pub reputation: f32,
    pub prior: Prior<K>,
    /// By kind of need.
    pub offers: Vec<Offer<'a>>,
    /// The largest false-alarm probability of any experience on offer; at zero nothing can happen without a need.
    pub false_alarm: f32,
    /// Products `b`.
    pub products: &'a [[f32; K]],
    /// Whether the firm learns individually.
    pub individual: bool,
    /// Part of a history that is kept at a transaction: 1 - phi.
    pub kept: f32,
    /// `psi`.
    pub efficiency_gain: f32,
    /// Draws of the agency preferences that customers state to the firm, by period of arrival; for a
    /// graduated rule only.
    pub stated_agency: &'a [NormalKeys],
    /// What is done to the firm, for an analysis.
    pub push: Option<Push>,
}

impl<const K: usize> FirmConditions<'_, K> {
    /// The experience that a customer gets for a need of a kind: customer `who` of the population, who arrived in
    /// period `arrival` with agency preference `agency`, and about whom the firm has this knowledge index.
    #[inline(always)]
    pub fn experience(
        &self,
        kind: usize,
        knowledge: f32,
        who: u32,
        arrival: u32,
        agency: f32,
    ) -> usize {
        self.offers[kind].experience(knowledge, |error| {
            let keys = &self.stated_agency[arrival as usize];
            stated_agency(keys, who, agency, error)
        })
    }
}

impl<'a, const K: usize> Conditions<'a, K> {
    /// What the customers of population `s` face in a period, given its draws and what is done to each firm.
    pub fn new(
        period: u32,
        set: InstructionSet,
        parameters: &'a Parameters<K>,
        s: usize,
        firms: &'a [Firm<K>],
        families: &'a PopulationFamilies,
        push: impl Fn(usize) -> Option<Push>,
    ) -> Self {
        let population = &parameters.populations[s];
        let experiences = parameters.experiences.iter();
        let firm = |(j, (firm, own)): (usize, (&'a Firm<K>, &'a parameters::Firm))| {
            let kinds = 0..population.kinds.len();
            let offers: Vec<Offer> = kinds.map(|n| firm.offer(&own.offer, s, n)).collect();
            let alarms = offers
                .iter()
                .map(|offer| offer.highest(&parameters.experiences, |it| it.false_alarm));
            FirmConditions {
                acting: firm.acting,
                price: firm.price as f32,
                reputation: firm.reputation[s] as f32,
                prior: firm.knowledge.prior(s, population),
                false_alarm: alarms.fold(0.0, f32::max),
                offers,
                products: &firm.knowledge.products,
                individual: own.individual,
                kept: 1.0 - own.individual_forgetting,
                efficiency_gain: own.efficiency_gain,
                stated_agency: families.stated_agency[j].keys(),
                push: push(j),
            }
        };
        Self {
            period,
            parameters,
            population,
            observation_precisions: (population.kinds.iter())
                .flat_map(|kind| {
                    experiences
                        .clone()
                        .map(|it| 1.0 / kind.observation_variance(it))
                })
                .collect(),
            firms: firms
                .iter()
                .zip(&parameters.firms)
                .enumerate()
                .map(firm)
                .collect(),
            keys: families.keys(period, parameters.dimensions),
            set,
        }
    }
}

impl<const K: usize> Conditions<'_, K> {
    /// Observation precision 1/v of a kind of need in an experience.
    #[inline(always)]
    pub fn observation_precision(&self, kind: usize, experience: usize) -> f32 {
        self.observation_precisions[kind * self.parameters.experiences.len() + experience]
    }

    /// The kind of customer `who`'s need in this period, or of the false alarm in its stead.
    #[inline(always)]
    pub fn kind(&self, who: u32) -> usize {
        if self.population.kinds.len() == 1 {
            return 0;
        }
        self.population.kind(self.keys.need_kind.uniform(who))
    }
}
