//! A parameter that takes another value: `--set PATH=VALUE`, a point of a sweep, a variant.

use std::ops::Range;
use std::sync::Arc;

use super::diagnostics::{Diagnostics, Problem, Source, Span, list, nearest};
use super::merge::Groups;
use super::paths::{self, Part};
use super::schema::presets;
use super::structure;
use super::tree::{Node, Table, Value, parse_value};

/// Most parts of a path; the longest that means something has 5.
const LONGEST: usize = 8;

/// What only the file itself can say.
const FIXED: [&str; 6] = [
    "interventions",
    "analyses",
    "charts",
    "lesson",
    "lab",
    "play",
];

/// A parameter path and the value that it takes, such as `populations.*.need.rate=0.5`.
///
/// The path is the one used everywhere: `market.friction.request`, `populations.NAME.need.rate`,
/// `firms.NAME.price`, `experiences.NAME.control`, `simulation.periods`, `firm_defaults.price`,
/// `name`; `*` in place of a name means all.
#[derive(Debug, Clone)]
pub struct Override {
    text: String,
    parts: Vec<Part>,
    value: Node,
}

impl Override {
    /// A path that takes a value.
    #[must_use]
    pub fn new(path: &str, value: impl Into<toml::Value>) -> Self {
        let value = value.into();
        Self {
            text: format!("{path}={value}"),
            parts: paths::split(path, None),
            value: Node::from(&value),
        }
    }

    /// The same from a place in a file, where messages point.
    pub(super) fn of(parts: Vec<Part>, value: Node) -> Self {
        Self {
            text: String::new(),
            parts,
            value,
        }
    }

    /// Reads `PATH=VALUE`. The value is TOML; what is no TOML is a text, so that names need no quotes.
    ///
    /// # Errors
    /// No `=`, an empty part of the path, no value, or a value that starts as TOML but is broken.
    pub fn parse(text: &str) -> Result<Self, Diagnostics> {
        let source = Arc::new(Source::new("--set", text));
        Self::read(&source).map_err(|problems| Diagnostics::new("--set", problems))
    }

    fn read(source: &Arc<Source>) -> Result<Self, Vec<Problem>> {
        let text = source.text.as_str();
        let span = |range: Range<usize>| Span {
            source: Arc::clone(source),
            range,
        };
        let problem = |range: Range<usize>, message: &str| {
            let example = "for example: --set populations.commuters.need.rate=0.5";
            Problem::new(message)
                .at(Some(&span(range)), "")
                .help(example)
        };
        let Some(equals) = text.find('=') else {
            return Err(vec![
                problem(0..text.len(), "an override is PATH=VALUE, with `=` between")
                    .label("there is no `=`"),
            ]);
        };
        let parts = split(&text[..equals]);
        if let Some((_, range)) = parts.iter().find(|(name, _)| name.is_empty()) {
            let empty = "a part of the path is empty";
            return Err(vec![problem(range.start..equals + 1, empty)]);
        }
        if parts.len() > LONGEST {
            let long = format!("no path has more than {LONGEST} parts");
            return Err(vec![problem(0..equals, &long)]);
        }
        if text[equals + 1..].trim().is_empty() {
            return Err(vec![problem(
                equals..equals + 1,
                "there is no value after `=`",
            )]);
        }
        let value = read_value(source, equals + 1)?;
        let part = |(name, range)| Part {
            name,
            span: Some(span(range)),
        };
        Ok(Self {
            text: text.to_owned(),
            parts: parts.into_iter().map(part).collect(),
            value,
        })
    }

    /// The override as it was given.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it is of the parameter at a path.
    pub(super) fn is_of(&self, path: &str) -> bool {
        path.split('.')
            .eq(self.parts.iter().map(|part| part.name.as_str()))
    }

    /// The path and the value, as messages show them.
    pub(super) fn shown(&self) -> String {
        format!("{} = {}", paths::text(&self.parts), self.value.to_json())
    }

    /// The name of a part of the path; empty beyond its end.
    fn part(&self, index: usize) -> &str {
        self.parts.get(index).map_or("", |part| part.name.as_str())
    }

    fn problem(&self, part: usize, message: String) -> Problem {
        let part = self.parts.get(part).or(self.parts.last());
        Problem::new(message).at(
            part.and_then(|part| part.span.as_ref()),
            &paths::text(&self.parts),
        )
    }

    /// Replaces the value in the tree; keys that no scenario knows are left to the checks that follow. Names of
    /// groups whose firms stand in the tree already mean all of these.
    pub(super) fn apply(&self, root: &mut Node, groups: &Groups, problems: &mut Vec<Problem>) {
        let result = match self.part(0) {
            "populations" | "firms" => self.apply_to_named(root, groups),
            "experiences" => self.apply_to_experiences(root),
            list if FIXED.contains(&list) => Err(self
                .problem(0, format!("an override cannot change {list}"))
                .help("edit the file instead")),
            top => self.check_top(top).and_then(|()| self.set(root, 0)),
        };
        problems.extend(result.err());
    }

    fn check_top(&self, top: &str) -> Result<(), Problem> {
        let known = structure::schema()["properties"].as_object();
        let known = known.into_iter().flat_map(|keys| keys.keys());
        let names: Vec<&str> = known
            .map(String::as_str)
            .filter(|name| *name != "$schema" && !FIXED.contains(name))
            .collect();
        if names.contains(&top) {
            return Ok(());
        }
        Err(self
            .problem(0, format!("a scenario has no `{top}`"))
            .label("unknown")
            .help(format!(
                "a path starts with {}",
                list(names.iter().copied(), "or")
            ))
            .suggest(nearest(top, names)))
    }

    fn apply_to_named(&self, root: &mut Node, groups: &Groups) -> Result<(), Problem> {
        let kind = self.part(0);
        self.expect_name_and_key(kind.trim_end_matches('s'))?;
        let name = self.part(1);
        let Some(items) = root.list_mut(kind) else {
            return Ok(()); // reported as missing or as no list of tables
        };
        let members = groups.get(name).filter(|_| kind == "firms");
        let is_meant = |item: &Node| {
            let is_member = |own: &str| members.is_some_and(|all| all.iter().any(|one| one == own));
            name == "*" || item.name().is_some_and(|own| own == name || is_member(own))
        };
        let mut found = false;
        for item in items.iter_mut().filter(|item| is_meant(item)) {
            self.set(item, 2)?;
            found = true;
        }
        if found {
            return Ok(());
        }
        let names: Vec<&str> = items.iter().filter_map(Node::name).collect();
        let problem = self.unknown_name(kind, name, &names);
        let group = names.iter().find(|group| {
            let number = name.strip_prefix(**group).and_then(|n| n.strip_prefix('-'));
            kind == "firms" && number.is_some_and(|n| n.parse::<u32>().is_ok())
        });
        Err(match group {
            Some(group) => {
                problem.help(format!("firms of a group are set together: firms.{group}"))
            }
            None => problem,
        })
    }

    fn apply_to_experiences(&self, root: &mut Node) -> Result<(), Problem> {
        self.expect_name_and_key("experience")?;
        let name = self.part(1);
        let table = root.table_mut().map(|table| {
            table
                .entry("experiences".to_owned())
                .or_insert_with(Node::empty_table)
        });
        let Some(experiences) = table.and_then(Node::table_mut) else {
            return Ok(());
        };
        let presets = presets().map(|(name, _)| name);
        let own = experiences.keys().map(String::as_str);
        let known: Vec<String> = presets
            .into_iter()
            .chain(own.filter(|own| !presets.contains(own)))
            .map(str::to_owned)
            .collect();
        if name != "*" && !known.iter().any(|one| one == name) {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            return Err(self.unknown_name("experiences", name, &known));
        }
        for target in known.iter().filter(|one| name == "*" || *one == name) {
            let entry = experiences
                .entry(target.clone())
                .or_insert_with(Node::empty_table);
            self.set(entry, 2)?;
        }
        Ok(())
    }

    fn unknown_name(&self, kinds: &str, name: &str, known: &[&str]) -> Problem {
        let span = self.parts.get(1).and_then(|part| part.span.as_ref());
        Problem::unknown(kinds.trim_end_matches('s'), name, known.iter().copied())
            .at(span, &paths::text(&self.parts))
            .label("unknown name")
    }

    fn expect_name_and_key(&self, kind: &str) -> Result<(), Problem> {
        if self.parts.len() >= 3 {
            return Ok(());
        }
        let last = self.parts.len() - 1;
        Err(self
            .problem(last, "the path ends too early".to_owned())
            .label("a name and a key should follow, such as NAME.KEY")
            .help(format!(
                "`{kind}s.NAME.KEY=VALUE` sets one key of the {kind} NAME; `*` for NAME means all"
            )))
    }

    /// Sets the value under the parts of the path from `from` on.
    fn set(&self, node: &mut Node, from: usize) -> Result<(), Problem> {
        let mut node = node;
        let last = self.parts.len() - 1;
        for (index, part) in self.parts.iter().enumerate().take(last).skip(from) {
            // a name picks one of a list
            if node.named(&part.name).is_some() {
                let Some(one) = node.named_mut(&part.name) else {
                    return Ok(());
                };
                node = one;
                continue;
            }
            let table = self.table_of(node, index)?;
            node = table.entry(part.name.clone()).or_insert_with(|| Node {
                key: part.span.clone(),
                span: part.span.clone(),
                ..Node::empty_table()
            });
        }
        let table = self.table_of(node, last)?;
        let mut value = self.value.clone();
        value.key.clone_from(&self.parts[last].span);
        table.insert(self.parts[last].name.clone(), value);
        Ok(())
    }

    fn table_of<'a>(&self, node: &'a mut Node, index: usize) -> Result<&'a mut Table, Problem> {
        let kind = node.kind();
        node.table_mut().ok_or_else(|| {
            let whole = paths::text(&self.parts[..index]);
            self.problem(
                index,
                format!("`{whole}` is {kind} in this scenario, so it has no keys"),
            )
            .label("not a key")
            .help(format!("set it as a whole: --set \"{whole}=VALUE\""))
        })
    }
}

/// Parts of a path with their places; blanks around them do not count.
fn split(path: &str) -> Vec<(String, Range<usize>)> {
    let mut start = 0;
    path.split('.')
        .map(|part| {
            let trimmed = part.trim();
            let at = start + (part.len() - part.trim_start().len());
            start += part.len() + 1;
            (trimmed.to_owned(), at..at + trimmed.len())
        })
        .collect()
}

pub(super) fn read_value(source: &Arc<Source>, offset: usize) -> Result<Node, Vec<Problem>> {
    let blanks = source.text[offset..].len() - source.text[offset..].trim_start().len();
    let offset = offset + blanks;
    match parse_value(source, offset) {
        Ok(value) => Ok(value),
        // meant as TOML
        Err(problems) if source.text[offset..].starts_with(['"', '\'', '[', '{']) => Err(problems),
        Err(_) => {
            let text = source.text[offset..].trim_end();
            Ok(Node {
                value: Value::String(text.to_owned()),
                span: Some(Span {
                    source: Arc::clone(source),
                    range: offset..offset + text.len(),
                }),
                key: None,
            })
        }
    }
}
