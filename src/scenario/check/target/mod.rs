//! Which parameters an intervention can change or a sweep can vary, and what a path means.

mod kinds;
mod schema;

use serde_json::Value as Json;

use self::kinds::{CHANGEABLE, Kind, SWEEPABLE};
use self::schema::{rule_key, walk};
use crate::scenario::diagnostics::{Problem, list, nearest};
use crate::scenario::merge::Groups;
use crate::scenario::paths::{Part, find, text};
use crate::scenario::structure::{self, definition};
use crate::scenario::tree::Node;

pub(in crate::scenario) use self::schema::takes_whole_numbers;

/// What a path is given for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// To change a parameter while the market runs.
    Intervention,
    /// To vary a parameter from point to point.
    Sweep,
}

impl Use {
    fn kinds(self) -> &'static [Kind] {
        match self {
            Self::Intervention => &CHANGEABLE,
            Self::Sweep => &SWEEPABLE,
        }
    }

    /// As in "of a firm can ...".
    fn verb(self) -> &'static str {
        match self {
            Self::Intervention => "change",
            Self::Sweep => "be swept",
        }
    }
}

/// What a path means.
pub(super) struct Target {
    /// Paths of single parameters: `*` and groups are replaced by names.
    pub paths: Vec<Vec<String>>,
    /// The part of the schema that values have to fit; none where another mistake hides it.
    pub part: Option<&'static Json>,
}

/// The single parameters that a path means.
pub(super) fn resolve(
    parts: &[Part],
    using: Use,
    state: &Node,
    groups: &Groups,
) -> Result<Target, Problem> {
    let kind = Kind::of(parts, using)?;
    if parts.len() <= kind.depth() {
        // the name first: it may be the mistake
        if parts.len() == 2 && kind.has_names() {
            kind.targets(parts, state, groups)?;
        }
        return Err(kind.too_short(parts));
    }
    let targets = if kind.has_names() {
        kind.targets(parts, state, groups)?
    } else {
        vec![String::new()]
    };
    let mut target = Target {
        paths: Vec::with_capacity(targets.len()),
        part: None,
    };
    for name in targets {
        let mut path = vec![kind.top.to_owned()];
        path.extend(kind.has_names().then_some(name));
        let present = find(state, &path);
        if is_invalid(present, &parts[kind.depth()]) {
            continue;
        }
        target.part = Some(kind.key(parts, present.unwrap_or(state))?);
        path.extend(parts[kind.depth()..].iter().map(|p| p.name.clone()));
        target.paths.push(path);
    }
    Ok(target)
}

/// Whether the present value, a rule for instance, was reported as wrong: nothing can be said about
/// its keys.
fn is_invalid(present: Option<&Node>, key: &Part) -> bool {
    present
        .is_some_and(|node| node.is_invalid() || node.get(&key.name).is_some_and(Node::is_invalid))
}

impl Kind {
    /// The kind that the first part of a path names.
    fn of(parts: &[Part], using: Use) -> Result<&'static Self, Problem> {
        let top = parts[0].name.as_str();
        let kinds = using.kinds();
        if let Some(kind) = kinds.iter().find(|kind| kind.top == top) {
            return Ok(kind);
        }
        let path = text(parts);
        let (message, fixed, help) = match using {
            Use::Intervention => (
                format!("an intervention cannot change `{path}`"),
                "fixed while the market runs",
                "interventions change parameters of `market`, `populations.NAME`, `experiences.NAME` and `firms.NAME`",
            ),
            Use::Sweep => (
                format!("a sweep cannot vary `{path}`"),
                "the same at all points",
                "sweeps vary parameters of `simulation`, `market`, `populations.NAME`, `experiences.NAME` and `firms.NAME`",
            ),
        };
        let problem = Problem::new(message)
            .at(parts[0].span.as_ref(), &path)
            .help(help);
        if top == "firm_defaults" {
            let meant = format!("firms.*.{}", text(&parts[1..]));
            return Err(problem.label(fixed).suggest(Some(&meant)));
        }
        Err(match nearest(top, kinds.iter().map(|kind| kind.top)) {
            Some(near) => problem.label("unknown").suggest(Some(near)),
            None => problem.label(fixed),
        })
    }

    fn has_names(&self) -> bool {
        !matches!(self.top, "market" | "simulation")
    }

    /// Number of parts before the key.
    fn depth(&self) -> usize {
        if self.has_names() { 2 } else { 1 }
    }

    /// Paths of all keys of one thing of this kind.
    fn all_keys(&self) -> Vec<String> {
        let mut keys = Vec::new();
        let properties = definition(self.definition)["properties"].as_object();
        for (key, part) in properties.into_iter().flatten() {
            match structure::resolve(part)["properties"].as_object() {
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
    fn targets(
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
    fn key(&self, parts: &[Part], present: &Node) -> Result<&'static Json, Problem> {
        let rest = &parts[self.depth()..];
        let key = text(rest);
        if self.changeable_keys().contains(&key) {
            return Ok(walk(definition(self.definition), rest));
        }
        let is_rule =
            self.top == "firms" && matches!(rest[0].name.as_str(), "experience" | "price");
        if is_rule && rest.len() > 1 {
            return rule_key(parts, rest, present.get(&rest[0].name), self.using);
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
            let message = match self.using {
                Use::Intervention => "cannot change while the market runs",
                Use::Sweep => "cannot be swept",
            };
            Problem::new(format!("`{key}` of {} {message}", self.one)).label("fixed")
        } else {
            Problem::new(format!("{} has no key `{key}`", self.one))
                .label("unknown key")
                .suggest(nearest(key, names()))
        };
        let problem = match key {
            "seed" if self.top == "simulation" => problem.help("replicates have other random draws anyway; `common_random_numbers = false` under [sweep] gives every point its own"),
            _ => problem,
        };
        problem.at(last, &text(parts)).help(format!(
            "of {} can {}: {}",
            self.one,
            self.using.verb(),
            list(names(), "and")
        ))
    }

    /// The path ends at a thing instead of at one of its keys.
    fn too_short(&self, parts: &[Part]) -> Problem {
        let changeable = self.changeable_keys();
        let last = parts.last().and_then(|part| part.span.as_ref());
        Problem::new(format!(
            "`{}` is no parameter: one of its keys is missing",
            text(parts)
        ))
        .at(last, &text(parts))
        .label("a key should follow")
        .help(format!(
            "of {} can {}: {}",
            self.one,
            self.using.verb(),
            list(changeable.iter().map(String::as_str), "and")
        ))
    }
}
