//! `[[populations]]`: customers who resemble each other.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::scenario::Scenario;

use super::limits::{LEAST, MOST, MOST_IN_ALL};

/// A population of customers who resemble each other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["name"]))]
pub struct Population {
    /// Name, unique among the populations.
    #[schemars(extend("x-change" = "never"))]
    pub name: String,
    /// Number of customers `N`.
    #[schemars(range(min = 1), extend("x-change" = "start"))]
    pub customers: u32,
    /// Where tastes lie and how they differ.
    pub taste: Taste,
    /// How often needs arise and how they differ from a customer's taste.
    pub need: Need,
    /// `omega`: probability that a customer notices a need unaided.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub awareness: f64,
    /// `xi`: standard deviation, per dimension, of the customer's error about what the need asks for.
    #[schemars(range(min = 0.0, max = MOST))]
    pub articulation_error: f64,
    /// How much customers want to decide for themselves.
    pub agency: Agency,
    /// `G`: loss when a firm that decides gets it wrong, per unit of control and of missed fit.
    #[schemars(range(min = 0.0, max = MOST))]
    pub mistake_cost: f64,
    /// Share of customers who let firms keep data about them.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub data_sharing: f64,
    /// `m`: scale of the random part of a choice (Gumbel). Small: customers choose what they believe best.
    #[schemars(range(min = LEAST, max = MOST))]
    pub choice_noise: f64,
    /// Extra utility of staying with the firm one is used to.
    #[schemars(range(min = 0.0, max = MOST))]
    pub inertia: f64,
    /// `l`: weight of the latest experience in a customer's belief about a firm.
    #[schemars(range(max = 1.0), extend("exclusiveMinimum" = 0.0))]
    pub belief_speed: f64,
    /// `o`: how much of the gap to a firm's reputation a customer's belief about it closes when choosing.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub word_of_mouth: f64,
    /// Probability per period that a customer leaves and is replaced by a new one.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub turnover: f64,
}

impl Default for Population {
    fn default() -> Self {
        Self {
            name: String::new(),
            customers: 5000,
            taste: Taste::default(),
            need: Need::default(),
            awareness: 0.6,
            articulation_error: 0.5,
            agency: Agency::default(),
            mistake_cost: 0.2,
            data_sharing: 1.0,
            choice_noise: 0.08,
            inertia: 0.05,
            belief_speed: 0.3,
            word_of_mouth: 0.02,
            turnover: 0.005,
        }
    }
}

/// The distribution of tastes in a population, in units of the tolerance scale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Taste {
    /// `mu`: mean taste, one number per dimension. Left out or empty: zeros.
    #[schemars(inner(range(min = -MOST, max = MOST)))]
    pub mean: Vec<f64>,
    /// `tau`: standard deviation of tastes in each dimension.
    #[schemars(range(min = LEAST, max = MOST))]
    pub spread: f64,
    /// Standard deviation of a taste's change per period and dimension; at most `spread`.
    #[schemars(range(min = 0.0, max = MOST))]
    pub drift: f64,
}

impl Default for Taste {
    fn default() -> Self {
        Self {
            mean: Vec::new(),
            spread: 1.0,
            drift: 0.0,
        }
    }
}

/// How often needs arise and how they scatter about a customer's taste.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Need {
    /// `lambda`: probability of a need per customer and period.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub rate: f64,
    /// `sigma`: standard deviation of a need about the customer's taste, per dimension.
    #[schemars(range(min = 0.0, max = MOST))]
    pub variety: f64,
    /// Kinds of needs that differ in what is at stake. Left out or empty: one kind, named `any`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-change" = "start", "default" = []))]
    pub kinds: Vec<NeedKind>,
}

impl Default for Need {
    fn default() -> Self {
        Self {
            rate: 0.3,
            variety: 0.4,
            kinds: Vec::new(),
        }
    }
}

/// A kind of need: how often, and what is at stake.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NeedKind {
    /// Name, unique in the population.
    #[schemars(extend("x-change" = "never"))]
    pub name: String,
    /// How frequent it is among the kinds: its share is this over the sum of all.
    #[schemars(range(min = LEAST, max = MOST))]
    pub share: f64,
    /// `G` of needs of this kind. Left out: the population's.
    #[schemars(range(min = 0.0, max = MOST))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mistake_cost: Option<f64>,
    /// `A` of needs of this kind. Left out: the population's.
    #[schemars(range(min = 0.0, max = MOST))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency_cost: Option<f64>,
    /// `sigma` of needs of this kind. Left out: the population's.
    #[schemars(range(min = 0.0, max = MOST))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variety: Option<f64>,
}

/// What the only kind of a population is called that names none.
pub const ANY_KIND: &str = "any";

impl Scenario {
    /// Whether some population has kinds of needs.
    #[must_use]
    pub fn has_kinds(&self) -> bool {
        let mut populations = self.populations.iter();
        populations.any(|population| !population.need.kinds.is_empty())
    }
}

impl Need {
    /// Each kind of a population: how frequent it is, 0 to 1.
    pub fn frequencies(&self) -> impl Iterator<Item = f64> {
        let all: f64 = self.kinds.iter().map(|kind| kind.share).sum();
        self.kinds.iter().map(move |kind| kind.share / all)
    }

    /// The names of the kinds, at least one.
    pub fn kind_names(&self) -> impl Iterator<Item = &str> {
        let only = self.kinds.is_empty().then_some(ANY_KIND);
        only.into_iter()
            .chain(self.kinds.iter().map(|kind| kind.name.as_str()))
    }
}

/// How much customers want to decide for themselves: Beta(mean x concentration, (1 - mean) x concentration).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Agency {
    /// Mean preference for deciding oneself, between 0 (delegates gladly) and 1 (wants to decide).
    #[schemars(range(min = LEAST, max = 1.0 - LEAST))]
    pub mean: f64,
    /// Concentration: the larger, the more alike customers are.
    #[schemars(range(min = LEAST, max = MOST_IN_ALL))]
    pub concentration: f64,
    /// `A`: loss of a customer with preference 1 who cedes the whole decision.
    #[schemars(range(min = 0.0, max = MOST))]
    pub cost: f64,
}

impl Default for Agency {
    fn default() -> Self {
        Self {
            mean: 0.5,
            concentration: 4.0,
            cost: 0.3,
        }
    }
}
