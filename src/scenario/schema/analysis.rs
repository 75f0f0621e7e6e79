//! `[[analyses]]`: questions that need runs of their own.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::limits::{LEAST, MOST, MOST_IN_ALL};
use super::words::words;
use super::{Game, Quantity, Sources};

/// A question that needs runs of its own; `kind` says which.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Analysis {
    /// Which of the sweep's parameters an outcome depends on, over their whole ranges.
    Sensitivity {
        /// How it is measured.
        #[serde(default)]
        method: SensitivityMethod,
        /// The outcome: a quantity of the table `summary`.
        #[serde(default)]
        outcome: Quantity,
        /// The firm whose outcome it is.
        firm: String,
        /// Base samples of "sobol" (default 1024), or trajectories of "morris" (default 20).
        #[schemars(range(min = 2, max = 65_536))]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        samples: Option<u32>,
    },
    /// Which parameters could have made a log of purchases: `[calibrate]` says which log. `flywheel calibrate` asks this and nothing else.
    Calibration {},
    /// Which experiences firms would choose if each answers the others: payoffs of every profile, equilibria, cycles.
    Game(Game),
    /// What a firm owes to individual-level and what to population-level learning.
    Sources(Sources),
    /// What comes back of knowing more, when customers answer: the value of a head start with and without their answers.
    Feedback {
        /// The firm that is given the head start.
        firm: String,
        /// Period in which it is given.
        #[schemars(range(min = 1))]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        period: Option<u32>,
        /// Several such periods, in place of `period`: a head start for each, in markets of its own.
        #[schemars(inner(range(min = 1)))]
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        periods: Vec<u32>,
        /// Extra observations of each home customer who shares data.
        #[schemars(range(min = LEAST, max = MOST))]
        #[serde(default = "default_observations")]
        observations: f64,
        /// What effects are measured by.
        #[serde(default)]
        outcome: FeedbackOutcome,
        /// Whether it is asked at every point of the sweep, of the market that the point is; its tables then say which point.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        at_each_point: bool,
    },
    /// What becomes of a head start in knowledge that a firm is given.
    Amplification {
        /// The firm that is given it.
        firm: String,
        /// Period in which it is given: extra knowledge about each home customer who shares data.
        #[schemars(range(min = 1))]
        period: u32,
        /// Extra precision about each customer, with the error that so much more data has. Left out: that of one observation in the experience that the firm offers.
        #[schemars(range(min = LEAST, max = MOST_IN_ALL))]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        precision: Option<f64>,
        /// What it is measured by.
        #[serde(default)]
        outcome: AmplifiedOutcome,
        /// Whether it is asked at every point of the sweep, of the market that the point is; its tables then say which point.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        at_each_point: bool,
    },
    /// A firm's learning loop link by link: knowledge to fit, fit to value, value to interactions, interactions to knowledge.
    Loop {
        /// The firm whose loop it is.
        firm: String,
        /// First period of the window over which answers are measured.
        #[schemars(range(min = 1))]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        period: Option<u32>,
        /// Several such periods, in place of `period`.
        #[schemars(inner(range(min = 1)))]
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        periods: Vec<u32>,
        /// Number of periods over which answers are measured.
        #[schemars(range(min = 1))]
        #[serde(default = "default_window")]
        window: u32,
        /// Whether it is asked at every point of the sweep, of the market that the point is; its tables then say which point.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        at_each_point: bool,
    },
}

impl Analysis {
    /// What scenarios call its kind.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Sensitivity { .. } => "sensitivity",
            Self::Calibration {} => "calibration",
            Self::Game(_) => "game",
            Self::Sources(_) => "sources",
            Self::Feedback { .. } => "feedback",
            Self::Amplification { .. } => "amplification",
            Self::Loop { .. } => "loop",
        }
    }

    /// The firm of which it is asked; none of a game, which is of several, and of a calibration, which is of the market.
    #[must_use]
    pub fn firm(&self) -> Option<&String> {
        match self {
            Self::Game(_) | Self::Calibration {} => None,
            Self::Sources(sources) => Some(&sources.firm),
            Self::Sensitivity { firm, .. }
            | Self::Feedback { firm, .. }
            | Self::Amplification { firm, .. }
            | Self::Loop { firm, .. } => Some(firm),
        }
    }

    /// The periods for which it is asked; none of one that is asked of the whole run.
    #[must_use]
    pub fn periods(&self) -> Vec<u32> {
        match self {
            Self::Sensitivity { .. } | Self::Calibration {} | Self::Game(_) | Self::Sources(_) => {
                Vec::new()
            }
            Self::Amplification { period, .. } => vec![*period],
            Self::Feedback {
                period, periods, ..
            }
            | Self::Loop {
                period, periods, ..
            } => period.iter().chain(periods).copied().collect(),
        }
    }

    /// Whether it is asked at every point of the sweep.
    #[must_use]
    pub const fn is_at_each_point(&self) -> bool {
        match self {
            Self::Sensitivity { .. } | Self::Calibration {} => false,
            Self::Game(game) => game.at_each_point,
            Self::Sources(sources) => sources.at_each_point,
            Self::Feedback { at_each_point, .. }
            | Self::Amplification { at_each_point, .. }
            | Self::Loop { at_each_point, .. } => *at_each_point,
        }
    }
}

/// Periods after that of a head start by whose end what it has done is the measure of all later ones.
pub const REFERENCE: u32 = 10;

fn default_window() -> u32 {
    20
}

fn default_observations() -> f64 {
    1.0
}

words! {
    /// What feedback is measured by.
    pub enum FeedbackOutcome {
        /// Value created by all transactions of the firm.
        ValueCreated = "value_created",
        /// Profit after fixed cost.
        Profit = "profit",
    }
}

words! {
    /// What a head start is measured by: something that adds up over periods.
    pub enum AmplifiedOutcome {
        /// Value created by all transactions of the firm.
        ValueCreated = "value_created",
        /// Profit after fixed cost.
        Profit = "profit",
        /// Transactions.
        Transactions = "transactions",
        /// Share of all firms' transactions.
        Share = "share",
        /// Home customers at the end of the period.
        Customers = "customers",
    }
}

words! {
    /// How sensitivity is measured.
    pub enum SensitivityMethod {
        /// Sobol indices: the part of the outcome's variance due to each parameter, alone and with others.
        Sobol = "sobol",
        /// Morris screening: mean and spread of the effects of single steps; needs far fewer runs.
        Morris = "morris",
    }
}

impl SensitivityMethod {
    /// Base samples or trajectories where the scenario does not say.
    #[must_use]
    pub const fn default_samples(self) -> u32 {
        match self {
            Self::Sobol => 1024,
            Self::Morris => 20,
        }
    }
}
