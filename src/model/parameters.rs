//! The parameters in force, with names turned into indices and numbers into single precision where customers meet them.

use indexmap::IndexMap;

use crate::scenario::{self, ExperienceRule, Phase, PriceRule, ReputationOf, Selection};

/// The parameters of one phase of a run, for a market of at most `K` taste dimensions.
#[derive(Debug, Clone)]
pub(super) struct Parameters<const K: usize> {
    /// Dimensions that tastes have; those from here to `K` are zero for every taste, product and observation, so that
    /// they add nothing to any distance.
    pub dimensions: usize,
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
    /// Kinds of needs, at least one.
    pub kinds: Vec<NeedKind>,
    /// `omega`.
    pub awareness: f32,
    /// `xi`.
    pub articulation_error: f32,
    /// Shapes a and b of the Beta distribution of agency preferences.
    pub agency_shapes: [f64; 2],
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

/// A kind of need: what is at stake.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct NeedKind {
    /// Its share of all needs.
    pub share: f32,
    /// Its share and those of the kinds before it.
    pub up_to: f32,
    /// `sigma`.
    pub variety: f32,
    /// `A`.
    pub agency_cost: f32,
    /// `G`.
    pub mistake_cost: f32,
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
    /// One experience per population and kind of need (a fixed name is the same one for all).
    Portfolio(Vec<Vec<usize>>),
    Graduated {
        /// By population and kind of need: the steps that its stakes allow.
        steps: Vec<Vec<Vec<Step>>>,
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
            dimensions: market.taste_dimensions,
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
            kinds: kinds(population),
            awareness: population.awareness as f32,
            articulation_error: population.articulation_error as f32,
            agency_shapes: [
                agency.mean * agency.concentration,
                (1.0 - agency.mean) * agency.concentration,
            ],
            data_sharing: population.data_sharing as f32,
            choice_precision: 1.0 / population.choice_noise as f32,
            inertia: population.inertia as f32,
            belief_speed: population.belief_speed as f32,
            word_of_mouth: population.word_of_mouth as f32,
            turnover: population.turnover as f32,
        }
    }

    /// The kind of a need, from a uniform in [0, 1).
    #[inline(always)]
    pub fn kind(&self, uniform: f32) -> usize {
        let kinds = self.before_last_kind().iter();
        kinds.map(|kind| usize::from(uniform >= kind.up_to)).sum()
    }

    /// All kinds but the last: how many of their bounds a uniform passes is the kind.
    #[inline(always)]
    pub fn before_last_kind(&self) -> &[NeedKind] {
        &self.kinds[..self.kinds.len() - 1]
    }
}

impl NeedKind {
    /// Observation variance `v` in an experience: sigma^2 + signal_noise^2 (section 4).
    pub fn observation_variance(&self, experience: &Experience) -> f32 {
        self.variety * self.variety + experience.signal_noise * experience.signal_noise
    }
}

/// The kinds of needs of a population; one where it names none.
fn kinds(population: &scenario::Population) -> Vec<NeedKind> {
    let only = NeedKind {
        share: 1.0,
        up_to: 1.0,
        variety: population.need.variety as f32,
        agency_cost: population.agency.cost as f32,
        mistake_cost: population.mistake_cost as f32,
    };
    let kinds = &population.need.kinds;
    if kinds.is_empty() {
        return vec![only];
    }
    let total: f64 = kinds.iter().map(|kind| kind.share).sum();
    let mut sum = 0.0;
    let own = |given: Option<f64>, of_all: f32| given.map_or(of_all, |given| given as f32);
    let kind = |kind: &scenario::NeedKind| {
        sum += kind.share;
        NeedKind {
            share: (kind.share / total) as f32,
            up_to: (sum / total) as f32,
            variety: own(kind.variety, only.variety),
            agency_cost: own(kind.agency_cost, only.agency_cost),
            mistake_cost: own(kind.mistake_cost, only.mistake_cost),
        }
    };
    kinds.iter().map(kind).collect()
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
            fixed_cost: firm.fixed_cost + firm.range_cost * beyond_the_first(&firm.experience),
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
        let populations = phase.populations.iter();
        match rule {
            ExperienceRule::Fixed(name) => Self::Portfolio(
                populations
                    .map(|population| population.need.kind_names().map(|_| index(name)).collect())
                    .collect(),
            ),
            ExperienceRule::Portfolio {
                by_need,
                by_population,
                otherwise,
            } => {
                let named = populations.map(|population| {
                    let of_all = by_population.get(&population.name).or(otherwise.as_ref());
                    let own = |kind| by_need.get(kind).or(of_all).map_or(0, index);
                    population.need.kind_names().map(own).collect()
                });
                Self::Portfolio(named.collect())
            }
            ExperienceRule::Graduated {
                steps,
                agency_error,
            } => {
                let allowed = |kind: &NeedKind| {
                    let within = steps.iter().filter(|step| {
                        let limit = step.max_stakes.map(|limit| limit as f32);
                        limit.is_none_or(|limit| kind.mistake_cost <= limit)
                    });
                    let step = |step: &scenario::Step| Step {
                        experience: index(&step.experience),
                        knowledge: step.knowledge as f32,
                        max_agency: step.max_agency as f32,
                    };
                    within.map(step).collect()
                };
                Self::Graduated {
                    steps: populations
                        .map(|population| kinds(population).iter().map(allowed).collect())
                        .collect(),
                    agency_error: *agency_error as f32,
                }
            }
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

/// How many different experiences a rule names beyond the first.
fn beyond_the_first(rule: &ExperienceRule) -> f64 {
    let names = rule.names();
    let new = names
        .iter()
        .enumerate()
        .filter(|(n, name)| !names[..*n].contains(name));
    new.skip(1).count() as f64
}

/// Where an experience stands among all; checked scenarios name only known ones.
fn experience_index(experiences: &IndexMap<String, scenario::Experience>, name: &String) -> usize {
    experiences.get_index_of(name).unwrap_or(0)
}
