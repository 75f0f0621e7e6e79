//! `[experiences.NAME]`: how a firm connects to its customers; the four presets.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::limits::{LEAST, MOST};
use super::words::words;

/// A connected customer experience: which phases of the journey it supports and how it decides.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Experience {
    /// Support of each phase of the journey.
    pub support: Support,
    /// `c`: how much of the decision the firm takes.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub control: f64,
    /// Who chooses the product.
    pub selection: Selection,
    /// Number of products on the menu; needed when `selection` is "menu".
    #[schemars(range(min = 1))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub menu_size: Option<u32>,
    /// Standard deviation, per dimension, with which an interaction reveals the need to the firm.
    #[schemars(range(min = LEAST, max = MOST))]
    pub signal_noise: f64,
    /// Probability per period without a need that a firm with no knowledge of the customer acts anyway.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub false_alarm: f64,
    /// Cost of a transaction with no fit at all.
    #[schemars(range(min = 0.0, max = MOST))]
    pub unit_cost: f64,
    /// Part of the request and respond friction that full familiarity with a customer removes.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub eased_by_familiarity: f64,
}

/// Part of each phase's friction that the experience removes (request, respond), or of needs that it detects (recognize).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Support {
    /// Probability of detecting a need of a customer whom the firm knows perfectly.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub recognize: f64,
    /// Part of the request friction removed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub request: f64,
    /// Part of the respond friction removed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub respond: f64,
}

words! {
    /// Who chooses the product.
    pub enum Selection {
        /// The customer, among all products.
        Customer = "customer",
        /// The customer, among the `menu_size` products that the firm proposes.
        Menu = "menu",
        /// The firm.
        Firm = "firm",
    }
}

/// The four experiences of the theory, in the order of their upstream reach, each with its name.
#[must_use]
pub fn presets() -> [(&'static str, Experience); 4] {
    let curated = Experience {
        support: Support {
            recognize: 0.0,
            request: 0.7,
            respond: 0.5,
        },
        control: 0.2,
        selection: Selection::Menu,
        menu_size: Some(3),
        signal_noise: 1.6,
        false_alarm: 0.0,
        unit_cost: 0.2,
        eased_by_familiarity: 0.3,
    };
    let respond = Experience {
        support: Support {
            recognize: 0.0,
            request: 0.0,
            respond: 0.9,
        },
        control: 0.0,
        selection: Selection::Customer,
        menu_size: None,
        signal_noise: 2.0,
        false_alarm: 0.0,
        unit_cost: 0.2,
        eased_by_familiarity: 0.2,
    };
    let coach = Experience {
        support: Support {
            recognize: 0.8,
            request: 0.5,
            respond: 0.5,
        },
        control: 0.5,
        signal_noise: 1.2,
        false_alarm: 0.05,
        ..curated.clone()
    };
    let automatic = Experience {
        support: Support {
            recognize: 0.9,
            request: 1.0,
            respond: 1.0,
        },
        control: 1.0,
        selection: Selection::Firm,
        menu_size: None,
        signal_noise: 1.2,
        false_alarm: 0.05,
        unit_cost: 0.2,
        eased_by_familiarity: 0.0,
    };
    [
        ("respond-to-desire", respond),
        ("curated-offering", curated),
        ("coach-behavior", coach),
        ("automatic-execution", automatic),
    ]
}

/// The preset of that name, if it is one.
#[must_use]
pub fn preset(name: &str) -> Option<Experience> {
    presets()
        .into_iter()
        .find_map(|(known, experience)| (known == name).then_some(experience))
}
