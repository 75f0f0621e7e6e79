//! Parameters by their paths: what the schema says of each, and when it can take another value.

use serde_json::Value as Json;

use super::{alternatives, definition, resolve};

/// A kind of thing that has parameters.
pub(crate) struct Kind {
    /// First part of a path.
    pub top: &'static str,
    /// The thing with its article, for messages.
    pub one: &'static str,
    /// Its definition in the schema.
    pub definition: &'static str,
    /// Number of parts before the key: one more where things have names.
    pub depth: usize,
}

/// All kinds; the first is the same for the whole run.
pub(crate) const KINDS: [Kind; 5] = [
    Kind::new("simulation", "the simulation", "Simulation", 1),
    Kind::new("market", "the market", "Market", 1),
    Kind::new("populations", "a population", "Population", 2),
    Kind::new("experiences", "an experience", "Experience", 2),
    Kind::new("firms", "a firm", "Firm", 2),
];

impl Kind {
    const fn new(
        top: &'static str,
        one: &'static str,
        definition: &'static str,
        depth: usize,
    ) -> Self {
        Self {
            top,
            one,
            definition,
            depth,
        }
    }

    /// What the schema says of a key, such as `need.rate`, or `need.kinds.NAME.share`; null where there is none.
    pub fn part<'a>(&self, keys: impl IntoIterator<Item = &'a str>) -> &'static Json {
        let keys = keys.into_iter();
        keys.fold(definition(self.definition), |part, key| {
            let part = resolve(part);
            match &part["items"] {
                Json::Null => &part["properties"][key],
                // a name picks one of a list
                items => items,
            }
        })
    }

    /// Its keys, those of subtables with dots, each with when it can change.
    pub fn keys(&self) -> Vec<(String, Change)> {
        let mut keys = Vec::new();
        let properties = definition(self.definition)["properties"].as_object();
        for (key, part) in properties.into_iter().flatten() {
            let change = Change::of(part);
            match resolve(part)["properties"].as_object() {
                Some(inner) => {
                    for (inner, part) in inner {
                        let key = format!("{key}.{inner}");
                        keys.push((key.clone(), change.min(Change::of(part))));
                        // of a list of named tables, those of each
                        let each = resolve(&part["items"])["properties"].as_object();
                        for (inner, part) in each.into_iter().flatten() {
                            keys.push((format!("{key}.{NAME}.{inner}"), Change::of(part)));
                        }
                    }
                }
                None => keys.push((key.clone(), change)),
            }
        }
        keys
    }
}

/// Stands in a key for the name of one of a list.
pub(crate) const NAME: &str = "NAME";

/// When a parameter can take another value: the key `x-change` of its part of the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Change {
    /// It is the same for the whole run ("never").
    Never,
    /// It can differ from point to point of a sweep, but something is drawn or fixed by it at the start ("start").
    Start,
    /// It can change while the market runs, too (left out).
    Any,
}

impl Change {
    fn of(part: &Json) -> Self {
        match part["x-change"].as_str() {
            Some("never") => Self::Never,
            Some("start") => Self::Start,
            _ => Self::Any,
        }
    }
}

/// Whether the parameter at a path takes whole numbers only.
pub(crate) fn takes_whole_numbers(path: &str) -> bool {
    let parts: Vec<&str> = path.split('.').map(str::trim).collect();
    let Some(kind) = KINDS.iter().find(|kind| kind.top == parts[0]) else {
        return false;
    };
    let is_whole = |part: &Json| part["type"] == "integer";
    match parts.get(kind.depth..) {
        None | Some([]) => false,
        // a key of a rule: keys of one name are alike in all rules
        Some([rule, key]) if kind.part([*rule, *key]).is_null() => {
            let choices = alternatives(resolve(kind.part([*rule])));
            let mut choices = choices.into_iter().flatten();
            choices.any(|choice| is_whole(&choice["properties"][*key]))
        }
        Some(keys) => is_whole(kind.part(keys.iter().copied())),
    }
}
