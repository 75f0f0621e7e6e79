//! `[[firms]]`: who competes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::limits::{LEAST, MOST, MOST_IN_ALL, MOST_PRODUCTS};
use super::{ExperienceRule, Funding, PriceRule};

/// A firm, or several identical ones.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["name"]))]
pub struct Firm {
    /// Name, unique among the firms.
    #[schemars(extend("x-change" = "never"))]
    pub name: String,
    /// Number of identical firms; above 1 they are named NAME-1, NAME-2, ...
    #[schemars(range(min = 1), extend("x-change" = "start", "default" = 1))]
    #[serde(skip_serializing_if = "is_one")]
    pub count: u32,
    /// The experience that the firm offers: a name, or a rule.
    pub experience: ExperienceRule,
    /// Price per transaction: a number, or a rule.
    pub price: PriceRule,
    /// `M`: number of products.
    #[schemars(range(min = 1, max = MOST_PRODUCTS), extend("x-change" = "start"))]
    pub assortment: u32,
    /// How the firm learns.
    pub learning: Learning,
    /// `psi`: part of the unit cost that a perfect fit saves.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub efficiency_gain: f64,
    /// Period in which the firm enters the market.
    #[schemars(range(min = 0), extend("x-change" = "start"))]
    pub entry: u32,
    /// Cost per period from entry on, whatever the firm sells.
    #[schemars(range(min = 0.0, max = MOST_IN_ALL))]
    pub fixed_cost: f64,
    /// Cost per period for each experience beyond the first that the firm's rule names.
    #[schemars(range(min = 0.0, max = MOST_IN_ALL), extend("default" = 0.0))]
    #[serde(skip_serializing_if = "is_zero")]
    pub range_cost: f64,
    /// Cumulative loss that the firm can bear before it leaves for good: a number, or "unlimited".
    #[schemars(extend("x-change" = "start", "default" = "unlimited"))]
    #[serde(skip_serializing_if = "Funding::is_unlimited")]
    pub funding: Funding,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands the field over by reference"
)]
fn is_one(count: &u32) -> bool {
    *count == 1
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands the field over by reference"
)]
fn is_zero(cost: &f64) -> bool {
    *cost == 0.0
}

impl Default for Firm {
    fn default() -> Self {
        Self {
            name: String::new(),
            count: 1,
            experience: ExperienceRule::Fixed(String::new()),
            price: PriceRule::Fixed(0.3),
            assortment: 12,
            learning: Learning::default(),
            efficiency_gain: 0.5,
            entry: 0,
            fixed_cost: 0.0,
            range_cost: 0.0,
            funding: Funding::Unlimited,
        }
    }
}

/// How a firm turns interactions into knowledge.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Learning {
    /// Learning about each customer from that customer's history.
    pub individual: bool,
    /// Learning across customers: the prior about newcomers, and the products.
    pub population: bool,
    /// `iota`: standard deviation of the firm's first guess about a population's mean taste.
    #[schemars(range(min = LEAST, max = MOST), extend("x-change" = "start"))]
    pub prior_sd: f64,
    /// `N0`: organizational inertia, the observations it takes to move the prior and the products half-way.
    #[schemars(range(min = LEAST, max = MOST_IN_ALL), extend("x-change" = "start"))]
    pub inertia: f64,
    /// Part of a customer's history that is forgotten at each transaction.
    #[schemars(range(min = 0.0), extend("exclusiveMaximum" = 1.0))]
    pub individual_forgetting: f64,
    /// Part of the population-level data that is forgotten each period.
    #[schemars(range(min = 0.0), extend("exclusiveMaximum" = 1.0))]
    pub population_forgetting: f64,
}

impl Default for Learning {
    fn default() -> Self {
        Self {
            individual: true,
            population: true,
            prior_sd: 0.7,
            inertia: 6000.0,
            individual_forgetting: 0.0,
            population_forgetting: 0.0,
        }
    }
}
