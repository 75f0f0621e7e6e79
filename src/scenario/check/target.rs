//! Which parameters an intervention can change, and what a path in it means.

use serde_json::Value as Json;

use crate::scenario::diagnostics::{Problem, Span, list, nearest};
use crate::scenario::merge::Groups;
use crate::scenario::structure::{alternatives, definition, resolve, rule_name};
use crate::scenario::tree::Node;

/// A kind of thing that has parameters.
pub(super) struct Kind {
    /// First part of a path.
    pub top: &'static str,
    /// The thing with its article, for messages.
    pub one: &'static str,
    definition: &'static str,
    /// Keys that can change; none: all but `fixed`.
    changeable: &'static [&'static str],
    fixed: &'static [&'static str],
}

const KINDS: [Kind; 4] = [
    Kind {
        top: "market",
        one: "the market",
        definition: "Market",
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
        changeable: &[],
        fixed: &["name", "customers"],
    },
    Kind {
        top: "experiences",
        one: "an experience",
        definition: "Experience",
        changeable: &[],
        fixed: &[],
    },
    Kind {
        top: "firms",
        one: "a firm",
        definition: "Firm",
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

/// One part of a path, with its place.
#[derive(Clone)]
pub(super) struct Part {
    pub name: String,
    pub span: Option<Span>,
}

/// The path as text.
pub(super) fn text(parts: &[Part]) -> String {
    let names: Vec<&str> = parts.iter().map(|part| part.name.as_str()).collect();
    names.join(".")
}

impl Kind {
    /// The kind that the first part of a path names.
    pub fn of(parts: &[Part]) -> Result<&'static Self, Problem> {
        let top = parts[0].name.as_str();
        if let Some(kind) = KINDS.iter().find(|kind| kind.top == top) {
            return Ok(kind);
        }
        let problem = Problem::new(format!("an intervention cannot change `{}`", text(parts)))
            .at(parts[0].span.as_ref(), &text(parts))
            .help("interventions change parameters of `market`, `populations.NAME`, `experiences.NAME` and `firms.NAME`");
        Err(match nearest(top, KINDS.iter().map(|kind| kind.top)) {
            Some(near) => problem.label("unknown").suggest(Some(near)),
            None => problem.label("fixed while the market runs"),
        })
    }

    pub fn has_names(&self) -> bool {
        self.top != "market"
    }

    /// Number of parts before the key.
    pub fn depth(&self) -> usize {
        if self.has_names() { 2 } else { 1 }
    }

    /// Paths of all keys of one thing of this kind.
    fn all_keys(&self) -> Vec<String> {
        let mut keys = Vec::new();
        let properties = definition(self.definition)["properties"].as_object();
        for (key, part) in properties.into_iter().flatten() {
            match resolve(part)["properties"].as_object() {
                Some(inner) => keys.extend(inner.keys().map(|k| format!("{key}.{k}"))),
                None => keys.push(key.clone()),
            }
        }
        keys
    }

    /// Paths of the keys that can change.
    fn changeable_keys(&self) -> Vec<String> {
        let all = self.all_keys().into_iter();
        if self.changeable.is_empty() {
            all.filter(|key| !self.fixed.contains(&key.as_str()))
                .collect()
        } else {
            all.filter(|key| self.changeable.contains(&key.as_str()))
                .collect()
        }
    }

    /// The things that a name means: itself, all for `*`, the members of a group; none where names
    /// are unknown because of another mistake.
    pub fn targets(
        &self,
        parts: &[Part],
        state: &Node,
        groups: &Groups,
    ) -> Result<Vec<String>, Problem> {
        let name = &parts[1];
        let here = state.get(self.top);
        let known: Vec<&str> = match here.and_then(Node::table) {
            Some(table) => table.keys().map(String::as_str).collect(),
            None => here
                .map_or(&[][..], Node::items)
                .iter()
                .filter_map(Node::name)
                .collect(),
        };
        let owned = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect();
        if name.name == "*" {
            return Ok(owned(&known));
        }
        if known.contains(&name.name.as_str()) {
            return Ok(vec![name.name.clone()]);
        }
        if let Some(members) = groups.get(&name.name).filter(|_| self.top == "firms") {
            return Ok(members.clone());
        }
        // a name that was reported as missing or wrong may be the one meant
        let unsure = |node: &Node| {
            node.is_invalid() || node.items().iter().any(|item| item.name().is_none())
        };
        if here.is_none_or(unsure) {
            return Ok(Vec::new());
        }
        let singular = self.top.trim_end_matches('s');
        let near = nearest(&name.name, known.iter().copied());
        Err(
            Problem::new(format!("there is no {singular} named `{}`", name.name))
                .at(name.span.as_ref(), &text(parts))
                .label(format!("unknown {singular}"))
                .help(format!(
                    "{}: {}",
                    self.top,
                    list(known.iter().copied(), "and")
                ))
                .suggest(near),
        )
    }

    /// The part of the schema that the rest of a path names, for a thing whose present values are
    /// `present` (they decide which keys a rule has).
    pub fn key(&self, parts: &[Part], present: &Node) -> Result<&'static Json, Problem> {
        let rest = &parts[self.depth()..];
        let key = text(rest);
        if self.changeable_keys().contains(&key) {
            return Ok(walk(definition(self.definition), rest));
        }
        let is_rule =
            self.top == "firms" && matches!(rest[0].name.as_str(), "experience" | "price");
        if is_rule && rest.len() > 1 {
            return rule_key(parts, rest, present.get(&rest[0].name));
        }
        Err(self.no_such_key(parts, &key))
    }

    fn no_such_key(&self, parts: &[Part], key: &str) -> Problem {
        let changeable = self.changeable_keys();
        let names = || changeable.iter().map(String::as_str);
        let all = self.all_keys();
        // a part of a table, such as `taste`, counts as a known key
        let known = all.iter().any(|k| k == key);
        let last = parts.last().and_then(|part| part.span.as_ref());
        let problem = if known {
            Problem::new(format!(
                "`{key}` of {} cannot change while the market runs",
                self.one
            ))
            .label("fixed")
        } else {
            Problem::new(format!("{} has no key `{key}`", self.one))
                .label("unknown key")
                .suggest(nearest(key, names()))
        };
        problem.at(last, &text(parts)).help(format!(
            "of {} can change: {}",
            self.one,
            list(names(), "and")
        ))
    }

    /// The path ends at a thing instead of at one of its keys.
    pub fn too_short(&self, parts: &[Part]) -> Problem {
        let changeable = self.changeable_keys();
        let last = parts.last().and_then(|part| part.span.as_ref());
        Problem::new(format!(
            "`{}` is no parameter: one of its keys is missing",
            text(parts)
        ))
        .at(last, &text(parts))
        .label("a key should follow")
        .help(format!(
            "of {} can change: {}",
            self.one,
            list(changeable.iter().map(String::as_str), "and")
        ))
    }
}

/// Goes down the schema along keys that are known to exist.
fn walk(from: &'static Json, parts: &[Part]) -> &'static Json {
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
fn rule_key(
    parts: &[Part],
    rest: &[Part],
    present: Option<&Node>,
) -> Result<&'static Json, Problem> {
    let firm_key = walk(definition("Firm"), &rest[..1]);
    let path = text(parts);
    let here = text(&parts[..=2]);
    let rule = present.and_then(|p| p.get("rule")).and_then(Node::text);
    let Some(rule) = rule else {
        return Err(Problem::new(format!(
            "`{here}` is no rule when this intervention comes, so it has no keys"
        ))
        .at(rest[1].span.as_ref(), &path)
        .label("not a key")
        .help(format!(
            "set the whole rule: \"{here}\" = {{ rule = \"...\", ... }}"
        )));
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
