//! Holds a tree against the JSON Schema: unknown and missing keys, types, ranges, allowed words.
//!
//! The walk repairs as it goes, so that later checks can use what is right: a wrong value becomes
//! [`Value::Invalid`], an unknown key goes, and whole numbers become floats where a number is
//! meant.

mod describe;
mod parameters;
mod scalar;
mod table;

use std::sync::OnceLock;

use serde_json::Value as Json;

use super::diagnostics::{Problem, list, nearest};
use super::schema::full_schema;
use super::tree::{Node, Value};

pub(crate) use describe::describe;
pub(crate) use parameters::{Change, KINDS, Kind, NAME, takes_whole_numbers};

/// The schema of scenario files, generated once.
pub(crate) fn schema() -> &'static Json {
    static SCHEMA: OnceLock<Json> = OnceLock::new();
    SCHEMA.get_or_init(full_schema)
}

/// Follows a reference to a definition.
pub(crate) fn resolve(part: &Json) -> &Json {
    let name = part["$ref"]
        .as_str()
        .and_then(|r| r.strip_prefix("#/$defs/"));
    name.map_or(part, |name| &schema()["$defs"][name])
}

/// The definition of a type by its name.
pub(crate) fn definition(name: &str) -> &'static Json {
    &schema()["$defs"][name]
}

/// The alternatives of a schema, if it has any.
pub(crate) fn alternatives(part: &Json) -> Option<&Vec<Json>> {
    part["anyOf"]
        .as_array()
        .or_else(|| part["oneOf"].as_array())
}

/// Reports everything in `node` that does not fit `part` of the schema.
pub(crate) fn check(node: &mut Node, part: &Json, path: &str, problems: &mut Vec<Problem>) {
    if node.is_invalid() {
        return;
    }
    let place = Context {
        path,
        about: part["description"].as_str(),
    };
    let part = resolve(part);
    if let Some(choices) = alternatives(part) {
        return check_alternatives(node, choices, part, &place, problems);
    }
    match part["type"].as_str() {
        Some("object") => table::check(node, part, &place, problems),
        Some("array") => check_array(node, part, &place, problems),
        Some(_) => scalar::check(node, part, &place, problems),
        None => {}
    }
}

/// What a key means, without the symbol of the model that the description may start with.
pub(crate) fn explain(key: &str, about: &str) -> String {
    let words = match about.split_once("`: ") {
        Some((symbol, words)) if symbol.starts_with('`') && symbol.len() < 12 => words,
        _ => about,
    };
    format!("`{key}`: {words}")
}

/// What the schema says about a key of a table.
pub(crate) fn about(table: &str, key: &str) -> String {
    let part = &definition(table)["properties"][key];
    explain(key, part["description"].as_str().unwrap_or_default())
}

/// What the messages about a value name.
struct Context<'a> {
    /// Parameter path; empty for the whole file.
    path: &'a str,
    /// What the schema says about the key.
    about: Option<&'a str>,
}

impl Context<'_> {
    fn problem(&self, node: &Node, message: String) -> Problem {
        let problem = Problem::new(message).at(node.place(), self.path);
        match self.about {
            Some(about) => problem.help(explain(self.key(), about)),
            None => problem,
        }
    }

    /// The last part of the path.
    fn key(&self) -> &str {
        self.path.rsplit('.').next().unwrap_or(self.path)
    }

    fn wrong_type(&self, node: &mut Node, part: &Json, problems: &mut Vec<Problem>) {
        let wanted = describe(part);
        let problem = self
            .problem(
                node,
                format!("`{}` is {}, but should be {wanted}", self.path, node.kind()),
            )
            .label(format!("should be {wanted}"));
        problems.push(match self.key_inside(node, part) {
            Some(help) => problem.help(help),
            None => problem,
        });
        node.value = Value::Invalid;
    }

    /// The keys of a table in whose place a plain value stands, and what that value was perhaps meant for.
    fn key_inside(&self, node: &Node, part: &Json) -> Option<String> {
        let keys = part["properties"].as_object()?;
        let fits = |part: &&Json| match node.value {
            Value::Boolean(_) => part["type"] == "boolean",
            Value::Integer(_) | Value::Float(_) => part["type"] == "number",
            _ => false,
        };
        let (first, _) = keys.iter().find(|(_, part)| fits(part))?;
        let (key, value) = (self.key(), node.to_json());
        let names = list(keys.keys().map(String::as_str), "and");
        Some(format!(
            "its keys are {names}; for example: {key}.{first} = {value}"
        ))
    }
}

fn check_array(node: &mut Node, part: &Json, place: &Context<'_>, problems: &mut Vec<Problem>) {
    let of_tables = is_table(resolve(&part["items"]));
    if of_tables && node.table().is_some() {
        let problem = Problem::new(format!(
            "`{0}` is one table, but should be a list of tables: write `[[{0}]]`",
            place.path
        ))
        .at(node.place(), place.path)
        .label("one pair of brackets too few")
        .help(format!("each `[[{}]]` starts one more", place.path));
        problems.push(problem);
        node.value = Value::Invalid;
        return;
    }
    let Value::Array(items) = &mut node.value else {
        return place.wrong_type(node, part, problems);
    };
    let too_few = part["minItems"]
        .as_u64()
        .is_some_and(|min| (items.len() as u64) < min);
    for (index, item) in items.iter_mut().enumerate() {
        let path = match item.name() {
            Some(name) if of_tables && !name.is_empty() => format!("{}.{name}", place.path),
            _ => format!("{}[{}]", place.path, index + 1),
        };
        check(item, &part["items"], &path, problems);
    }
    if too_few {
        let problem = place
            .problem(node, format!("`{}` is empty", place.path))
            .label("give at least one");
        problems.push(problem);
        node.value = Value::Invalid;
    }
}

/// Whether only tables fit: a plain one, or one of several told apart by a tag.
fn is_table(part: &Json) -> bool {
    part["type"] == "object"
        || alternatives(part).is_some_and(|all| all.iter().all(|one| tag(resolve(one)).is_some()))
}

/// A value that may be of several kinds: a word out of a list, or a plain value or a rule.
fn check_alternatives(
    node: &mut Node,
    choices: &[Json],
    part: &Json,
    place: &Context<'_>,
    problems: &mut Vec<Problem>,
) {
    let choices: Vec<&Json> = choices.iter().map(resolve).collect();
    if node.table().is_some() && choices.iter().any(|c| c["type"] == "object") {
        return check_rule(node, &choices, place, problems);
    }
    let kind = match node.value {
        Value::String(_) => "string",
        Value::Integer(_) | Value::Float(_) => "number",
        _ => return place.wrong_type(node, part, problems),
    };
    let fitting: Vec<&Json> = choices
        .into_iter()
        .filter(|c| c["type"] == kind || kind == "number" && c["type"] == "integer")
        .collect();
    let words: Vec<&str> = fitting.iter().filter_map(|c| c["const"].as_str()).collect();
    match (fitting.first(), node.text()) {
        (None, _) => place.wrong_type(node, part, problems),
        (Some(_), Some(text)) if !words.is_empty() => {
            if !words.contains(&text) {
                let problem = scalar::unknown_word(node, text, &words, part, place);
                problems.push(problem);
                node.value = Value::Invalid;
            }
        }
        (Some(fit), _) => scalar::check(node, fit, place, problems),
    }
}

/// A table whose key `rule` says which keys it takes.
fn check_rule(
    node: &mut Node,
    choices: &[&Json],
    place: &Context<'_>,
    problems: &mut Vec<Problem>,
) {
    let rules: Vec<(&str, &Json)> = choices
        .iter()
        .filter_map(|c| rule_name(c).map(|name| (name, *c)))
        .collect();
    let names: Vec<&str> = rules.iter().map(|(name, _)| *name).collect();
    let tag = choices.iter().find_map(|c| tag(c)).unwrap_or(TAGS[0]);
    let allowed = format!("{tag}s: {}", list(names.iter().copied(), "and"));
    let Some(rule) = node.get(tag) else {
        let keys = node.table().into_iter().flat_map(|t| t.iter());
        let slip = keys
            .filter(|(key, _)| nearest(key, [tag]).is_some())
            .map(|(_, value)| value)
            .next();
        let span = slip.and_then(|s| s.key.as_ref()).or(node.place());
        let problem = Problem::new(format!("`{}` is a table without `{tag}`", place.path))
            .at(span, place.path)
            .label(match slip {
                Some(_) => "unknown key".to_owned(),
                None => format!("`{tag} = \"...\"` is missing"),
            })
            .suggest(slip.map(|_| tag))
            .help(allowed);
        problems.push(problem);
        node.value = Value::Invalid;
        return;
    };
    let known = rule
        .text()
        .and_then(|text| rules.iter().find(|(name, _)| *name == text));
    if let Some((_, table)) = known {
        let path = place.path.to_owned();
        return table::check(
            node,
            table,
            &Context {
                path: &path,
                about: None,
            },
            problems,
        );
    }
    let problem = match rule.text() {
        Some(text) => Problem::new(format!("there is no {tag} `{text}`"))
            .label(format!("unknown {tag}"))
            .suggest(nearest(text, names)),
        None => Problem::new(format!(
            "`{}.{tag}` is {}, but should be the name of a {tag}",
            place.path,
            rule.kind()
        ))
        .label("should be a name in quotes"),
    };
    problems.push(
        problem
            .at(rule.place(), &format!("{}.{tag}", place.path))
            .help(allowed),
    );
    node.value = Value::Invalid;
}

/// Keys that say which of several tables is meant.
const TAGS: [&str; 2] = ["rule", "kind"];

/// The key by which an alternative is told from others.
fn tag(choice: &Json) -> Option<&'static str> {
    TAGS.into_iter()
        .find(|tag| choice["properties"][tag]["const"].is_string())
}

/// The name of the rule (or the kind of analysis) that an alternative describes.
pub(crate) fn rule_name(choice: &Json) -> Option<&str> {
    choice["properties"][tag(choice)?]["const"].as_str()
}
