//! Tables against their part of the schema: unknown keys, missing keys, and every value.

use serde_json::Value as Json;

use super::{Context, check as check_value, definition, describe, explain, resolve};
use crate::scenario::diagnostics::{Problem, list, nearest};
use crate::scenario::tree::{Node, Table, Value};

/// Checks a table.
pub(super) fn check(
    node: &mut Node,
    part: &Json,
    place: &Context<'_>,
    problems: &mut Vec<Problem>,
) {
    if node.table().is_none() {
        if let ([only], Some(_)) = (node.items(), part["properties"].as_object())
            && only.table().is_some()
        {
            problems.push(doubled(node, place));
            node.value = Value::Invalid;
            return;
        }
        return place.wrong_type(node, part, problems);
    }
    if let Some(known) = part["properties"].as_object() {
        let keys: Vec<&str> = known.keys().map(String::as_str).collect();
        remove_unknown(node, part, &keys, place, problems);
        report_missing(node, part, place, problems);
    }
    let Some(table) = node.table_mut() else {
        return;
    };
    for (key, value) in table {
        let path = join(place.path, key);
        let known = &part["properties"][key.as_str()];
        let value_part = if known.is_null() {
            &part["additionalProperties"]
        } else {
            known
        };
        // the name of the rule has already chosen this part
        if value_part["const"].is_null() {
            check_value(value, value_part, &path, problems);
        }
    }
}

/// `[[market]]` for `[market]`.
fn doubled(node: &Node, place: &Context<'_>) -> Problem {
    Problem::new(format!(
        "`{0}` is a list of tables, but should be one table: write `[{0}]`",
        place.path
    ))
    .at(node.items().first().and_then(Node::place), place.path)
    .label("one pair of brackets too many")
}

fn remove_unknown(
    node: &mut Node,
    part: &Json,
    known: &[&str],
    place: &Context<'_>,
    problems: &mut Vec<Problem>,
) {
    let Some(table) = node.table_mut() else {
        return;
    };
    let is_known = |(key, _): &(String, Node)| known.contains(&key.as_str());
    let (all, unknown): (Table, Table) = std::mem::take(table).into_iter().partition(is_known);
    *table = all;
    let inner: Vec<String> = match unknown.is_empty() {
        true => Vec::new(),
        false => inner_keys(part),
    };
    for (key, value) in unknown {
        let meant = nearest(&key, known.iter().copied());
        let whole = if place.path.is_empty() {
            "a scenario".to_owned()
        } else {
            format!("`{}`", place.path)
        };
        let taken = known.iter().copied().filter(|name| *name != "$schema");
        problems.push(
            Problem::new(format!("unknown key `{key}`"))
                .at(value.key_place(), &join(place.path, &key))
                .label("unknown key")
                .help(format!("{whole} takes {}", list(taken, "and")))
                .suggest(
                    meant
                        .or_else(|| dotted(&key, &inner))
                        .or(home(&key).as_deref()),
                ),
        );
        // what was meant is not missing, too
        if let Some(meant) = meant {
            table
                .entry(meant.to_owned())
                .or_insert_with(|| Node::plain(Value::Invalid));
        }
    }
}

/// The keys of a table's subtables, with dots.
fn inner_keys(part: &Json) -> Vec<String> {
    let keys = part["properties"].as_object().into_iter().flatten();
    let inner = keys.flat_map(|(key, part)| {
        let inner = resolve(part)["properties"].as_object().into_iter();
        inner.flat_map(move |inner| inner.keys().map(move |inner| format!("{key}.{inner}")))
    });
    inner.collect()
}

/// The key of a subtable that is written as one word: `need.rate` for `need_rate`.
fn dotted<'a>(key: &str, inner: &'a [String]) -> Option<&'a str> {
    let plain = |text: &str| text.to_lowercase().replace(['-', '.'], "_");
    let found = inner.iter().find(|inner| plain(inner) == plain(key));
    found.map(String::as_str)
}

/// Where a key belongs that stands in the wrong table: `simulation.seed` for `seed`.
fn home(key: &str) -> Option<String> {
    let tables = ["Simulation", "Market", "Population", "Experience", "Firm"];
    let homes = [
        "simulation",
        "market",
        "populations.NAME",
        "experiences.NAME",
        "firms.NAME",
    ];
    let mut found = None;
    for (table, home) in tables.into_iter().zip(homes) {
        for (first, part) in definition(table)["properties"]
            .as_object()
            .into_iter()
            .flatten()
        {
            let inside = !resolve(part)["properties"][key].is_null();
            if first == key || inside {
                // of a key with several homes none can be named
                let path = if inside {
                    format!("{home}.{first}.{key}")
                } else {
                    format!("{home}.{key}")
                };
                if found.replace(path).is_some() {
                    return None;
                }
            }
        }
    }
    found
}

fn report_missing(node: &mut Node, part: &Json, place: &Context<'_>, problems: &mut Vec<Problem>) {
    let required = part["required"].as_array().into_iter().flatten();
    for key in required.filter_map(Json::as_str) {
        let properties = &part["properties"][key];
        if node.get(key).is_some() {
            continue;
        }
        let wanted = describe(properties);
        let problem = if place.path.is_empty() {
            Problem::new(format!("the scenario has no `{key}`")).help(format!(
                "start each with a line [[{key}]]: {}",
                properties["description"].as_str().unwrap_or(&wanted)
            ))
        } else {
            Problem::new(format!("`{}` lacks the key `{key}`", place.path))
                .at(node.place(), place.path)
                .label(format!("needs `{key}`, {wanted}"))
        };
        problems.push(match properties["description"].as_str() {
            Some(about) if !place.path.is_empty() => problem.help(explain(key, about)),
            _ => problem,
        });
        if let Some(table) = node.table_mut() {
            table.insert(key.to_owned(), Node::plain(Value::Invalid));
        }
    }
}

/// A path and one more key.
fn join(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}
