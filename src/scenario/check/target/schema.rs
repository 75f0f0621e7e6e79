//! What the schema says about a key: its place in the definitions, and the keys of rules.

use serde_json::Value as Json;

use super::Use;
use super::kinds::Kind;
use crate::scenario::diagnostics::{Problem, list, nearest};
use crate::scenario::paths::{Part, split, text};
use crate::scenario::structure::{alternatives, definition, rule_name};
use crate::scenario::tree::Node;

/// Goes down the schema along keys that are known to exist.
pub(super) fn walk(from: &'static Json, parts: &[Part]) -> &'static Json {
    parts.iter().fold(from, |part, key| {
        &resolve_static(part)["properties"][key.name.as_str()]
    })
}

fn resolve_static(part: &'static Json) -> &'static Json {
    let name = part["$ref"]
        .as_str()
        .and_then(|r| r.strip_prefix("#/$defs/"));
    name.map_or(part, definition)
}

/// A key of the rule that is in force.
pub(super) fn rule_key(
    parts: &[Part],
    rest: &[Part],
    present: Option<&Node>,
    using: Use,
) -> Result<&'static Json, Problem> {
    let firm_key = walk(definition("Firm"), &rest[..1]);
    let path = text(parts);
    let here = text(&parts[..=2]);
    let rule = present.and_then(|p| p.get("rule")).and_then(Node::text);
    let Some(rule) = rule else {
        let (when, remedy) = match using {
            Use::Intervention => (
                "when this intervention comes",
                format!("set the whole rule: \"{here}\" = {{ rule = \"...\", ... }}"),
            ),
            Use::Sweep => (
                "in this scenario",
                format!(
                    "let the axis take whole rules: key = \"{here}\", values = [{{ rule = \"...\", ... }}]"
                ),
            ),
        };
        return Err(
            Problem::new(format!("`{here}` is no rule {when}, so it has no keys"))
                .at(rest[1].span.as_ref(), &path)
                .label("not a key")
                .help(remedy),
        );
    };
    let choices = alternatives(resolve_static(firm_key));
    let table = choices
        .into_iter()
        .flatten()
        .find(|choice| rule_name(choice) == Some(rule));
    let keys = table.and_then(|table| table["properties"].as_object());
    let part = keys.and_then(|keys| keys.get(&rest[1].name));
    let open = part.map(|part| &part["additionalProperties"]);
    match (part, open, rest.len()) {
        (Some(part), _, 2) if part["const"].is_null() => Ok(part),
        (Some(_), Some(values), 3) if values.is_object() => Ok(values),
        _ => {
            let names: Vec<&str> = keys
                .into_iter()
                .flat_map(|keys| keys.keys())
                .map(String::as_str)
                .filter(|name| *name != "rule")
                .collect();
            let key = text(&rest[1..]);
            Err(Problem::new(format!(
                "the rule \"{rule}\" has no key `{key}` that can change"
            ))
            .at(rest[1].span.as_ref(), &path)
            .label("unknown key")
            .help(format!(
                "the rule takes {}",
                list(names.iter().copied(), "and")
            ))
            .suggest(nearest(&key, names)))
        }
    }
}

/// Whether the parameter at a path that can be swept takes whole numbers only.
pub(in crate::scenario) fn takes_whole_numbers(path: &str) -> bool {
    let parts = split(path, None);
    let Ok(kind) = Kind::of(&parts, Use::Sweep) else {
        return false;
    };
    let Some(rest) = parts.get(kind.depth()..).filter(|rest| !rest.is_empty()) else {
        return false;
    };
    let direct = walk(definition(kind.definition), rest);
    let is_whole = |part: &Json| part["type"] == "integer";
    if !direct.is_null() || kind.top != "firms" || rest.len() != 2 {
        return is_whole(direct);
    }
    // a key of a rule: keys of one name are alike in all rules
    let choices = alternatives(resolve_static(walk(definition("Firm"), &rest[..1])));
    choices
        .into_iter()
        .flatten()
        .any(|choice| is_whole(&choice["properties"][rest[1].name.as_str()]))
}
