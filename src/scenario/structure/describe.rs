//! What a schema allows, in words.

use serde_json::Value as Json;

use super::{alternatives, resolve, rule_name};
use crate::scenario::diagnostics::list;
use crate::scenario::schema::limits;

/// What a part of the schema allows, as in "should be …".
pub(crate) fn describe(part: &Json) -> String {
    let part = resolve(part);
    if let Some(choices) = alternatives(part) {
        return describe_choices(choices);
    }
    match part["type"].as_str() {
        Some("string") => "a text in quotes".to_owned(),
        Some("boolean") => "true or false".to_owned(),
        Some("array") => describe_list(resolve(&part["items"])),
        Some("object") => "a table".to_owned(),
        Some("integer") => with_range("a whole number", part),
        Some("number") => with_range("a number", part),
        _ => "a value".to_owned(),
    }
}

fn describe_list(items: &Json) -> String {
    let words: Vec<String> = alternatives(items)
        .into_iter()
        .flatten()
        .filter_map(|choice| choice["const"].as_str())
        .map(|word| format!("\"{word}\""))
        .collect();
    match items["type"].as_str() {
        Some("number" | "integer") => "a list of numbers, such as [0.0, 0.0]".to_owned(),
        Some("string") => "a list of names, such as [\"a\", \"b\"]".to_owned(),
        _ if *items == Json::Bool(true) => "a list of values, such as [0.1, 0.2]".to_owned(),
        _ if !words.is_empty() => format!("a list, such as [{}]", words.join(", ")),
        _ => "a list of tables".to_owned(),
    }
}

fn describe_choices(choices: &[Json]) -> String {
    let mut words = Vec::new();
    let mut others = Vec::new();
    let mut has_rule = false;
    for choice in choices.iter().map(resolve) {
        match choice["const"].as_str() {
            Some(word) => words.push(word),
            None if rule_name(choice).is_some() => has_rule = true,
            None => others.push(describe(choice)),
        }
    }
    if !words.is_empty() {
        let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
        others.push(quoted.join(" or "));
    }
    if has_rule {
        others.push("a rule such as { rule = \"...\" }".to_owned());
    }
    others.join(" or ")
}

fn with_range(noun: &str, part: &Json) -> String {
    match Bounds::of(part).meaningful().words() {
        Some(range) => format!("{noun} {range}"),
        None => noun.to_owned(),
    }
}

/// The bounds of a number, each with whether it is left out itself.
#[derive(PartialEq)]
pub(super) struct Bounds {
    low: Option<(f64, bool)>,
    high: Option<(f64, bool)>,
}

impl Bounds {
    pub fn of(part: &Json) -> Self {
        let bound = |key: &str, is_left_out: bool| Some((part[key].as_f64()?, is_left_out));
        Self {
            low: bound("exclusiveMinimum", true).or_else(|| bound("minimum", false)),
            high: bound("exclusiveMaximum", true).or_else(|| bound("maximum", false)),
        }
    }

    /// The bounds that mean something: others only keep what is computed finite ([`limits`]).
    pub fn meaningful(self) -> Self {
        let low = self.low.filter(|(low, _)| *low > -limits::MOST);
        let high = self.high.filter(|(high, _)| *high < limits::MOST);
        Self {
            low: low.map(|(low, out)| {
                if low == limits::LEAST {
                    (0.0, true)
                } else {
                    (low, out)
                }
            }),
            high: high.map(|(high, out)| {
                if high == 1.0 - limits::LEAST {
                    (1.0, true)
                } else {
                    (high, out)
                }
            }),
        }
    }

    pub fn hold(&self, number: f64) -> bool {
        let low = self
            .low
            .is_none_or(|(low, out)| number > low || !out && number >= low);
        low && self
            .high
            .is_none_or(|(high, out)| number < high || !out && number <= high)
    }

    /// The allowed range in words; none where every number is allowed.
    pub fn words(&self) -> Option<String> {
        Some(match (self.low, self.high) {
            (None, None) => return None,
            (Some((low, false)), Some((high, false))) => format!("from {low} to {high}"),
            (Some((low, true)), Some((high, false))) => format!("above {low}, at most {high}"),
            (Some((low, false)), Some((high, true))) => format!("from {low} to below {high}"),
            (Some((low, true)), Some((high, true))) => format!("above {low} and below {high}"),
            (Some((low, true)), None) => format!("above {low}"),
            (Some((low, false)), None) => format!("of at least {low}"),
            (None, Some((high, true))) => format!("below {high}"),
            (None, Some((high, false))) => format!("of at most {high}"),
        })
    }
}

/// The words that an enumeration allows.
pub(super) fn words(words: &[&str]) -> String {
    list(words.iter().copied(), "or")
}
