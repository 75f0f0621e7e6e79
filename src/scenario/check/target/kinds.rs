//! Kinds of things with parameters, and which of these can change or vary.

use super::Use;

/// A kind of thing that has parameters.
pub(super) struct Kind {
    /// First part of a path.
    pub top: &'static str,
    /// The thing with its article, for messages.
    pub one: &'static str,
    /// Its definition in the schema.
    pub definition: &'static str,
    /// What its paths are given for.
    pub using: Use,
    /// Keys that can change; none: all but `fixed`.
    pub changeable: &'static [&'static str],
    /// Keys that cannot change, where `changeable` lists none.
    pub fixed: &'static [&'static str],
}

/// What interventions can change: nothing that is drawn or fixed at the start.
pub(super) const CHANGEABLE: [Kind; 4] = [
    Kind {
        top: "market",
        one: "the market",
        definition: "Market",
        using: Use::Intervention,
        changeable: &[
            "friction.recognize",
            "friction.request",
            "friction.respond",
            "data_pooling",
            "data_portability",
            "reputation.speed",
        ],
        fixed: &[],
    },
    Kind {
        top: "populations",
        one: "a population",
        definition: "Population",
        using: Use::Intervention,
        changeable: &[],
        fixed: &["name", "customers"],
    },
    Kind {
        top: "experiences",
        one: "an experience",
        definition: "Experience",
        using: Use::Intervention,
        changeable: &[],
        fixed: &[],
    },
    Kind {
        top: "firms",
        one: "a firm",
        definition: "Firm",
        using: Use::Intervention,
        changeable: &[
            "experience",
            "price",
            "learning.individual",
            "learning.population",
            "learning.individual_forgetting",
            "learning.population_forgetting",
            "efficiency_gain",
            "fixed_cost",
        ],
        fixed: &[],
    },
];

/// Wider than for interventions: what is drawn at the start may differ from point to point.
pub(super) const SWEEPABLE: [Kind; 5] = [
    Kind {
        top: "simulation",
        one: "the simulation",
        definition: "Simulation",
        using: Use::Sweep,
        changeable: &["periods", "discount_rate"],
        fixed: &[],
    },
    Kind {
        top: "market",
        one: "the market",
        definition: "Market",
        using: Use::Sweep,
        changeable: &[],
        fixed: &[],
    },
    Kind {
        top: "populations",
        one: "a population",
        definition: "Population",
        using: Use::Sweep,
        changeable: &[],
        fixed: &["name"],
    },
    Kind {
        top: "experiences",
        one: "an experience",
        definition: "Experience",
        using: Use::Sweep,
        changeable: &[],
        fixed: &[],
    },
    Kind {
        top: "firms",
        one: "a firm",
        definition: "Firm",
        using: Use::Sweep,
        changeable: &[],
        fixed: &["name"],
    },
];
