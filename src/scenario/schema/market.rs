//! `[market]`: what all firms and customers share.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::limits::{LEAST, MOST};
use super::words::words;

/// What all firms and customers share: the space of tastes, frictions, reputation, rules on data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Market {
    /// Number of dimensions `K` of the space in which tastes, needs and products live.
    #[schemars(range(min = 1, max = 8), extend("x-change" = "start"))]
    pub taste_dimensions: usize,
    /// Fit tolerance `h`: the distance between product and need at which fit falls to exp(-1/2) = 0.61.
    #[schemars(range(min = LEAST, max = MOST), extend("x-change" = "start"))]
    pub fit_tolerance: f64,
    /// Friction of each phase of the customer journey, before a firm's support reduces it.
    pub friction: Friction,
    /// What customers who never bought from a firm believe about it.
    pub reputation: Reputation,
    /// true: all firms start from the same guess and the same products; false: each from its own, luckier or unluckier.
    #[schemars(extend("x-change" = "start"))]
    pub equal_start: bool,
    /// true: all firms share one set of population-level statistics.
    pub data_pooling: bool,
    /// Share of customers who take their history with them to a new firm.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub data_portability: f64,
}

impl Default for Market {
    fn default() -> Self {
        Self {
            taste_dimensions: 2,
            fit_tolerance: 1.0,
            friction: Friction::default(),
            reputation: Reputation::default(),
            equal_start: true,
            data_pooling: false,
            data_portability: 0.0,
        }
    }
}

/// Friction of the three phases of the journey, in units of the willingness to pay for a perfect fit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Friction {
    /// `f1`: becoming aware of a need unaided.
    #[schemars(range(min = 0.0, max = MOST))]
    pub recognize: f64,
    /// `f2`: turning the need into a request for a particular solution.
    #[schemars(range(min = 0.0, max = MOST))]
    pub request: f64,
    /// `f3`: ordering, paying, receiving.
    #[schemars(range(min = 0.0, max = MOST))]
    pub respond: f64,
}

impl Default for Friction {
    fn default() -> Self {
        Self {
            recognize: 0.05,
            request: 0.20,
            respond: 0.20,
        }
    }
}

/// The willingness to pay that customers new to a firm expect from it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Reputation {
    /// Every firm's reputation at the start.
    #[schemars(range(min = -MOST, max = MOST), extend("x-change" = "start"))]
    pub initial: f64,
    /// `r`: how much of the gap to the period's mean willingness to pay a firm's reputation closes.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub speed: f64,
    /// Whose experiences make the reputation.
    #[schemars(extend("x-change" = "start"))]
    pub of: ReputationOf,
}

impl Default for Reputation {
    fn default() -> Self {
        Self {
            initial: 0.45,
            speed: 0.1,
            of: ReputationOf::Everyone,
        }
    }
}

words! {
    /// Whose experiences make a firm's reputation.
    pub enum ReputationOf {
        /// All transactions of the period.
        Everyone = "everyone",
        /// Transactions with customers new to the firm.
        Newcomers = "newcomers",
    }
}
