//! Which parameters an intervention can change or a sweep can vary, and what a path means.

use serde_json::Value as Json;

use crate::scenario::diagnostics::{Problem, Span, list, nearest};
use crate::scenario::merge::Groups;
use crate::scenario::paths::{Part, find, text};
use crate::scenario::structure::{self, Change, KINDS, Kind, NAME, alternatives, rule_name};
use crate::scenario::tree::Node;

/// What a path is given for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// To change a parameter while the market runs.
    Intervention,
    /// To vary a parameter from point to point.
    Sweep,
    /// To change a parameter of the whole run by hand.
    Lab,
    /// To give a parameter another value in a variant.
    Variant,
    /// To look along a parameter for where a hypothesis stops holding.
    Limit,
}

impl Use {
    /// The kinds of things whose parameters can be meant.
    fn kinds(self) -> &'static [Kind] {
        match self {
            Self::Intervention => &KINDS[1..],
            Self::Sweep | Self::Lab | Self::Variant | Self::Limit => &KINDS,
        }
    }

    fn allows(self, change: Change) -> bool {
        match self {
            Self::Intervention => change == Change::Any,
            Self::Sweep | Self::Lab | Self::Variant | Self::Limit => change != Change::Never,
        }
    }

    /// As in "of a firm can ...".
    fn verb(self) -> &'static str {
        match self {
            Self::Intervention => "change",
            Self::Sweep => "be swept",
            Self::Lab => "be changed",
            Self::Variant => "be set",
            Self::Limit => "be moved",
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
    let kind = kind_of(parts, using)?;
    let path = Path { kind, using, parts };
    let has_names = kind.depth > 1;
    // the name first: it may be the mistake
    let targets = match parts.get(1) {
        Some(name) if has_names => path.targets(name, state, groups)?,
        _ => vec![String::new()],
    };
    if parts.len() <= kind.depth {
        return Err(path.too_short());
    }
    let mut target = Target {
        paths: Vec::with_capacity(targets.len()),
        part: None,
    };
    for name in targets {
        let mut full = vec![kind.top.to_owned()];
        full.extend(has_names.then_some(name));
        let present = find(state, &full);
        if is_invalid(present, &path.keys()[0]) {
            continue;
        }
        target.part = Some(path.part(present.unwrap_or(state))?);
        full.extend(path.keys().iter().map(|part| part.name.clone()));
        target.paths.push(full);
    }
    Ok(target)
}

/// Whether the present value, a rule for instance, was reported as wrong: nothing can be said about
/// its keys.
fn is_invalid(present: Option<&Node>, key: &Part) -> bool {
    present
        .is_some_and(|node| node.is_invalid() || node.get(&key.name).is_some_and(Node::is_invalid))
}

/// The kind that the first part of a path names.
fn kind_of(parts: &[Part], using: Use) -> Result<&'static Kind, Problem> {
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
        Use::Lab => (
            format!("the lab cannot change `{path}`"),
            "has no control",
            "controls are of parameters of `simulation`, `market`, `populations.NAME`, `experiences.NAME` and `firms.NAME`",
        ),
        Use::Variant => (
            format!("a variant cannot set `{path}`"),
            "the same in all variants",
            "variants set parameters of `market`, `populations.NAME`, `experiences.NAME` and `firms.NAME`",
        ),
        Use::Limit => (
            format!("no limit can be looked for along `{path}`"),
            "stays as it is",
            "limits are looked for along numbers of `market`, `populations.NAME`, `experiences.NAME` and `firms.NAME`",
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

/// A path to keys of a kind of thing.
struct Path<'a> {
    kind: &'static Kind,
    using: Use,
    parts: &'a [Part],
}

impl Path<'_> {
    /// The parts after the thing.
    fn keys(&self) -> &[Part] {
        &self.parts[self.kind.depth..]
    }

    /// The place of the last part.
    fn end(&self) -> Option<&Span> {
        self.parts.last().and_then(|part| part.span.as_ref())
    }

    /// The keys of the thing that can be meant.
    fn possible(&self) -> Vec<String> {
        let keys = self.kind.keys().into_iter();
        let possible = keys.filter(|(_, change)| self.using.allows(*change));
        possible.map(|(key, _)| key).collect()
    }

    /// The things that a name means: itself, all for `*`, the members of a group; none where names
    /// are unknown because of another mistake.
    fn targets(&self, name: &Part, state: &Node, groups: &Groups) -> Result<Vec<String>, Problem> {
        let top = self.kind.top;
        let here = state.get(top);
        let known: Vec<&str> = match here.and_then(Node::table) {
            Some(table) => table.keys().map(String::as_str).collect(),
            None => state.list(top).iter().filter_map(Node::name).collect(),
        };
        if name.name == "*" {
            return Ok(known.iter().map(|name| (*name).to_owned()).collect());
        }
        if known.contains(&name.name.as_str()) {
            return Ok(vec![name.name.clone()]);
        }
        if let Some(members) = groups.get(&name.name).filter(|_| top == "firms") {
            return Ok(members.clone());
        }
        // a name that was reported as missing or wrong may be the one meant
        let unsure = |node: &Node| {
            node.is_invalid() || node.items().iter().any(|item| item.name().is_none())
        };
        if here.is_none_or(unsure) {
            return Ok(Vec::new());
        }
        let known = known.iter().copied();
        Err(
            Problem::unknown(top.trim_end_matches('s'), &name.name, known)
                .at(name.span.as_ref(), &text(self.parts)),
        )
    }

    /// The part of the schema that the keys name, for a thing whose present values are `present` (they decide which
    /// keys a rule has).
    fn part(&self, present: &Node) -> Result<&'static Json, Problem> {
        let keys = self.keys();
        let names: Vec<&str> = keys.iter().map(|part| part.name.as_str()).collect();
        let key = match names[..] {
            // one of a list
            [table, list, _, key] => [table, list, NAME, key].join("."),
            _ => names.join("."),
        };
        if self.possible().contains(&key) {
            if let [table, list, name, _] = names[..] {
                let all = present.list(&format!("{table}.{list}"));
                if !all.iter().any(|one| one.name() == Some(name)) {
                    let known = all.iter().filter_map(Node::name);
                    let problem = Problem::unknown(list.trim_end_matches('s'), name, known);
                    return Err(problem.at(keys[2].span.as_ref(), &text(self.parts)));
                }
            }
            return Ok(self.kind.part(names));
        }
        let first = keys[0].name.as_str();
        let is_rule = self.kind.top == "firms" && matches!(first, "experience" | "price");
        if is_rule && keys.len() > 1 {
            return self.key_of_rule(present.get(first));
        }
        Err(self.no_such_key(&key))
    }

    /// A key of the rule that is in force.
    fn key_of_rule(&self, present: Option<&Node>) -> Result<&'static Json, Problem> {
        let (keys, path) = (self.keys(), text(self.parts));
        let here = text(&self.parts[..=2]);
        let place = keys[1].span.as_ref();
        let rule = present.and_then(|p| p.get("rule")).and_then(Node::text);
        let Some(rule) = rule else {
            let (when, remedy) = match self.using {
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
                Use::Lab => (
                    "in this scenario",
                    format!("take its one key: key = \"{here}\""),
                ),
                Use::Variant | Use::Limit => (
                    "in this scenario",
                    format!("set the whole rule: \"{here}\" = {{ rule = \"...\", ... }}"),
                ),
            };
            return Err(
                Problem::new(format!("`{here}` is no rule {when}, so it has no keys"))
                    .at(place, &path)
                    .label("not a key")
                    .help(remedy),
            );
        };
        let choices = alternatives(structure::resolve(self.kind.part([keys[0].name.as_str()])));
        let mut choices = choices.into_iter().flatten();
        let table = choices.find(|choice| rule_name(choice) == Some(rule));
        let properties = table.and_then(|table| table["properties"].as_object());
        let part = properties.and_then(|properties| properties.get(&keys[1].name));
        let open = part.map(|part| &part["additionalProperties"]);
        match (part, open, keys.len()) {
            (Some(part), _, 2) if part["const"].is_null() => return Ok(part),
            (Some(_), Some(values), 3) if values.is_object() => return Ok(values),
            _ => {}
        }
        let names = properties.into_iter().flat_map(|keys| keys.keys());
        let names: Vec<&str> = names
            .map(String::as_str)
            .filter(|name| *name != "rule")
            .collect();
        let key = text(&keys[1..]);
        Err(Problem::new(format!(
            "the rule \"{rule}\" has no key `{key}` that can change"
        ))
        .at(place, &path)
        .label("unknown key")
        .help(format!(
            "the rule takes {}",
            list(names.iter().copied(), "and")
        ))
        .suggest(nearest(&key, names)))
    }

    fn no_such_key(&self, key: &str) -> Problem {
        let one = self.kind.one;
        let known = self.kind.keys().iter().any(|(known, _)| known == key);
        let problem = if known {
            let message = match self.using {
                Use::Intervention => "cannot change while the market runs",
                Use::Sweep => "cannot be swept",
                Use::Lab => "has no control",
                Use::Variant => "cannot be set by a variant",
                Use::Limit => "cannot be moved",
            };
            Problem::new(format!("`{key}` of {one} {message}")).label("fixed")
        } else {
            let possible = self.possible();
            Problem::new(format!("{one} has no key `{key}`"))
                .label("unknown key")
                .suggest(nearest(key, possible.iter().map(String::as_str)))
        };
        let problem = match key {
            "seed" if self.kind.top == "simulation" && self.using == Use::Sweep => problem.help("replicates have other random draws anyway; `common_random_numbers = false` under [sweep] gives every point its own"),
            _ => problem,
        };
        self.with_possible(problem)
    }

    /// The path ends at a thing instead of at one of its keys.
    fn too_short(&self) -> Problem {
        let message = format!(
            "`{}` is no parameter: one of its keys is missing",
            text(self.parts)
        );
        self.with_possible(Problem::new(message).label("a key should follow"))
    }

    /// The problem at the end of the path, with what could stand there.
    fn with_possible(&self, problem: Problem) -> Problem {
        let possible = self.possible();
        problem.at(self.end(), &text(self.parts)).help(format!(
            "of {} can {}: {}",
            self.kind.one,
            self.using.verb(),
            list(possible.iter().map(String::as_str), "and")
        ))
    }
}
