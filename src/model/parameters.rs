//! The parameters in force, with names turned into indices and numbers into single precision where customers meet them.

use indexmap::IndexMap;

use crate::scenario::{self, ExperienceRule, Phase, PriceRule, ReputationOf, Selection};

/// The parameters of one phase of a run. `K` is the number of taste dimensions.
#[derive(Debug, Clone)]
pub(super) struct Parameters<const K: usize> {
    /// `h`.
    pub fit_tolerance: f32,
    /// `f1`, `f2`, `f3`.
    pub friction: [f32; 3],
    pub reputation_speed: f64,
    pub reputation_of: ReputationOf,
    pub data_pooling: bool,
    pub data_portability: f32,
    pub populations: Vec<Population<K>>,
    pub experiences: Vec<Experience>,
    pub firms: Vec<Firm>,
}

/// One population's parameters; symbols as in section 1 of the model.
#[derive(Debug, Clone)]
pub(super) struct Population<const K: usize> {
    /// `mu`.
    pub taste_mean: [f32; K],
    /// `tau`.
    pub taste_spread: f32,
    pub taste_drift: f32,
    /// `lambda`.
    pub need_rate: f32,
    /// `sigma`.
    pub need_variety: f32,
    /// `omega`.
    pub awareness: f32,
    /// `xi`.
    pub articulation_error: f32,
    /// Shapes a and b of the Beta distribution of agency preferences.
    pub agency_shapes: [f64; 2],
    /// `A`.
    pub agency_cost: f32,
    /// `G`.
    pub mistake_cost: f32,
    pub data_sharing: f32,
    /// 1 / `m`.
    pub choice_precision: f32,
    pub inertia: f32,
    /// `l`.
    pub belief_speed: f32,
    /// `o`.
    pub word_of_mouth: f32,
    pub turnover: f32,
}

/// One experience's parameters.
#[derive(Debug, Clone, Copy)]
pub(super) struct Experience {
    /// Support of recognize, request, respond.
    pub support: [f32; 3],
    /// `c`.
    pub control: f32,
    pub selection: Selection,
    /// Number of products on the menu; 0 where there is none.
    pub menu_size: usize,
    pub signal_noise: f32,
    pub false_alarm: f32,
    pub unit_cost: f32,
    /// `ease`.
    pub eased_by_familiarity: f32,
}

/// One firm's parameters that an intervention can change.
#[derive(Debug, Clone)]
pub(super) struct Firm {
    pub offer: OfferRule,
    pub price: PriceRule,
    pub individual: bool,
    pub population: bool,
    pub individual_forgetting: f32,
    pub population_forgetting: f64,
    /// `psi`.
    pub efficiency_gain: f32,
    pub fixed_cost: f64,
}

/// An experience rule, with experiences as indices.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum OfferRule {
    /// One experience per population (a fixed name is the same one for all).
    ByPopulation(Vec<usize>),
    Graduated {
        steps: Vec<Step>,
        agency_error: f32,
    },
    Adaptive {
        candidates: Vec<usize>,
        review_every: u32,
        explore: f32,
        memory: f64,
    },
    Imitate {
        start: usize,
        review_every: u32,
        explore: f32,
    },
}

/// A step of a graduated rule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Step {
    pub experience: usize,
    pub knowledge: f32,
    pub max_agency: f32,
}

impl<const K: usize> Parameters<K> {
    /// The parameters of a phase of a checked scenario.
    pub fn new(phase: &Phase) -> Self {
        let market = &phase.market;
        Self {
            fit_tolerance: market.fit_tolerance as f32,
            friction: [
                market.friction.recognize,
                market.friction.request,
                market.friction.respond,
            ]
            .map(|friction| friction as f32),
            reputation_speed: market.reputation.speed,
            reputation_of: market.reputation.of,
            data_pooling: market.data_pooling,
            data_portability: market.data_portability as f32,
            populations: phase.populations.iter().map(Population::new).collect(),
            experiences: phase.experiences.values().map(Experience::new).collect(),
            firms: phase
                .firms
                .iter()
                .map(|firm| Firm::new(firm, phase))
                .collect(),
        }
    }
}

impl<const K: usize> Population<K> {
    /// Part of a taste's distance from the mean that is kept in a period: sqrt(1 - drift^2/tau^2) (section 3,
    /// step 4b), so that the spread in the population stays tau.
    pub fn taste_kept(&self) -> f32 {
        let moved = (self.taste_drift / self.taste_spread).powi(2);
        (1.0 - moved).max(0.0).sqrt()
    }

    /// Dimension `d` of a taste a period later: mu + kept (theta - mu) + drift z, `z` being standard normal.
    #[inline(always)]
    pub fn drifted(&self, d: usize, taste: f32, kept: f32, z: f32) -> f32 {
        let mean = self.taste_mean[d];
        mean + kept * (taste - mean) + self.taste_drift * z
    }

    fn new(population: &scenario::Population) -> Self {
        let mut taste_mean = [0.0; K];
        for (mean, given) in taste_mean.iter_mut().zip(&population.taste.mean) {
            *mean = *given as f32;
        }
        let agency = &population.agency;
        Self {
            taste_mean,
            taste_spread: population.taste.spread as f32,
            taste_drift: population.taste.drift as f32,
            need_rate: population.need.rate as f32,
            need_variety: population.need.variety as f32,
            awareness: population.awareness as f32,
            articulation_error: population.articulation_error as f32,
            agency_shapes: [
                agency.mean * agency.concentration,
                (1.0 - agency.mean) * agency.concentration,
            ],
            agency_cost: agency.cost as f32,
            mistake_cost: population.mistake_cost as f32,
            data_sharing: population.data_sharing as f32,
            choice_precision: 1.0 / population.choice_noise as f32,
            inertia: population.inertia as f32,
            belief_speed: population.belief_speed as f32,
            word_of_mouth: population.word_of_mouth as f32,
            turnover: population.turnover as f32,
        }
    }

    /// Observation variance `v` of an experience: sigma^2 + signal_noise^2 (section 4).
    pub fn observation_variance(&self, experience: &Experience) -> f32 {
        self.need_variety * self.need_variety + experience.signal_noise * experience.signal_noise
    }
}

impl Experience {
    fn new(experience: &scenario::Experience) -> Self {
        let support = &experience.support;
        Self {
            support: [support.recognize, support.request, support.respond].map(|part| part as f32),
            control: experience.control as f32,
            selection: experience.selection,
            menu_size: experience.menu_size.unwrap_or(0) as usize,
            signal_noise: experience.signal_noise as f32,
            false_alarm: experience.false_alarm as f32,
            unit_cost: experience.unit_cost as f32,
            eased_by_familiarity: experience.eased_by_familiarity as f32,
        }
    }
}

impl Firm {
    fn new(firm: &scenario::Firm, phase: &Phase) -> Self {
        Self {
            offer: OfferRule::new(&firm.experience, phase),
            price: firm.price.clone(),
            individual: firm.learning.individual,
            population: firm.learning.population,
            individual_forgetting: firm.learning.individual_forgetting as f32,
            population_forgetting: firm.learning.population_forgetting,
            efficiency_gain: firm.efficiency_gain as f32,
            fixed_cost: firm.fixed_cost,
        }
    }
}

impl OfferRule {
    /// Whether the rule looks for the best experience.
    pub fn searches(&self) -> bool {
        matches!(self, Self::Adaptive { .. } | Self::Imitate { .. })
    }

    fn new(rule: &ExperienceRule, phase: &Phase) -> Self {
        let index = |name: &String| experience_index(&phase.experiences, name);
        match rule {
            ExperienceRule::Fixed(name) => {
                Self::ByPopulation(vec![index(name); phase.populations.len()])
            }
            ExperienceRule::Portfolio {
                by_population,
                otherwise,
            } => {
                let named = phase.populations.iter().map(|population| {
                    by_population
                        .get(&population.name)
                        .or(otherwise.as_ref())
                        .map_or(0, index)
                });
                Self::ByPopulation(named.collect())
            }
            ExperienceRule::Graduated {
                steps,
                agency_error,
            } => Self::Graduated {
                steps: steps
                    .iter()
                    .map(|step| Step {
                        experience: index(&step.experience),
                        knowledge: step.knowledge as f32,
                        max_agency: step.max_agency as f32,
                    })
                    .collect(),
                agency_error: *agency_error as f32,
            },
            ExperienceRule::Adaptive {
                candidates,
                review_every,
                explore,
                memory,
            } => Self::Adaptive {
                candidates: candidates.iter().map(index).collect(),
                review_every: *review_every,
                explore: *explore as f32,
                memory: *memory,
            },
            ExperienceRule::Imitate {
                start,
                review_every,
                explore,
            } => Self::Imitate {
                start: index(start),
                review_every: *review_every,
                explore: *explore as f32,
            },
        }
    }
}

/// Where an experience stands among all; checked scenarios name only known ones.
fn experience_index(experiences: &IndexMap<String, scenario::Experience>, name: &String) -> usize {
    experiences.get_index_of(name).unwrap_or(0)
}
