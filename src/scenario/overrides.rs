//! `--set PATH=VALUE`: a parameter of a scenario replaced from outside the file.

use std::ops::Range;
use std::sync::Arc;

use super::diagnostics::{Diagnostics, Problem, Source, Span, list, nearest};
use super::schema::presets;
use super::structure;
use super::tree::{Node, Table, Value, parse_value};

/// Most parts of a path; the longest that means something has 5.
const LONGEST: usize = 8;

/// A parameter path and the value that it takes, such as `populations.*.need.rate=0.5`.
///
/// The path is the one used everywhere: `market.friction.request`, `populations.NAME.need.rate`,
/// `firms.NAME.price`, `experiences.NAME.control`, `simulation.periods`, `firm_defaults.price`,
/// `name`; `*` in place of a name means all.
#[derive(Debug, Clone)]
pub struct Override {
    source: Arc<Source>,
    /// Parts of the path with their places in the source.
    parts: Vec<(String, Range<usize>)>,
    value: Node,
}

impl Override {
    /// Reads `PATH=VALUE`. The value is TOML; what is no TOML is a text, so that names need no quotes.
    ///
    /// # Errors
    /// No `=`, an empty part of the path, no value, or a value that starts as TOML but is broken.
    pub fn parse(text: &str) -> Result<Self, Diagnostics> {
        let source = Arc::new(Source {
            name: "--set".to_owned(),
            text: text.to_owned(),
        });
        Self::read(&source).map_err(|problems| Diagnostics::new("--set", problems))
    }

    fn read(source: &Arc<Source>) -> Result<Self, Vec<Problem>> {
        let text = source.text.as_str();
        let problem = |range: Range<usize>, message: &str| {
            let source = Arc::clone(source);
            let example = "for example: --set populations.commuters.need.rate=0.5";
            Problem::new(message)
                .at(Some(&Span { source, range }), "")
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
        let source = Arc::clone(source);
        Ok(Self {
            source,
            parts,
            value,
        })
    }

    /// The override as it was given.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.source.text
    }

    fn span(&self, part: usize) -> Option<Span> {
        let (_, range) = self.parts.get(part).or(self.parts.last())?;
        Some(Span {
            source: Arc::clone(&self.source),
            range: range.clone(),
        })
    }

    fn problem(&self, part: usize, message: String) -> Problem {
        Problem::new(message).at(self.span(part).as_ref(), "")
    }

    /// Replaces the value in the tree; keys that no scenario knows are left to the checks that follow.
    pub(super) fn apply(&self, root: &mut Node, problems: &mut Vec<Problem>) {
        let result = match self.parts[0].0.as_str() {
            "populations" | "firms" => self.apply_to_named(root),
            "experiences" => self.apply_to_experiences(root),
            list @ ("interventions" | "analyses" | "charts" | "lesson") => Err(self
                .problem(0, format!("an override cannot change {list}"))
                .help("edit the file instead")),
            top => self.check_top(top).and_then(|()| self.set(root, 0)),
        };
        problems.extend(result.err());
    }

    fn check_top(&self, top: &str) -> Result<(), Problem> {
        let known = structure::schema()["properties"].as_object();
        let names: Vec<&str> = known
            .into_iter()
            .flat_map(|keys| keys.keys())
            .map(String::as_str)
            .filter(|name| {
                !matches!(
                    *name,
                    "interventions" | "analyses" | "charts" | "lesson" | "$schema"
                )
            })
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

    fn apply_to_named(&self, root: &mut Node) -> Result<(), Problem> {
        let kind = self.parts[0].0.as_str();
        self.expect_name_and_key(kind.trim_end_matches('s'))?;
        let name = self.parts[1].0.as_str();
        let Some(Value::Array(items)) = root.get_mut(kind).map(|node| &mut node.value) else {
            return Ok(()); // reported as missing or as no list of tables
        };
        let mut found = false;
        for item in items.iter_mut() {
            if name == "*" || item.name() == Some(name) {
                self.set(item, 2)?;
                found = true;
            }
        }
        if found {
            return Ok(());
        }
        let names: Vec<&str> = items.iter().filter_map(Node::name).collect();
        let singular = kind.trim_end_matches('s');
        let problem = self.unknown_name(singular, name, &names);
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
        let name = self.parts[1].0.as_str();
        let table = root.table_mut().map(|table| {
            table
                .entry("experiences".to_owned())
                .or_insert_with(Node::empty_table)
        });
        let Some(experiences) = table.and_then(Node::table_mut) else {
            return Ok(());
        };
        let mut known: Vec<String> = presets()
            .iter()
            .map(|(name, _)| (*name).to_owned())
            .collect();
        known.extend(
            experiences
                .keys()
                .filter(|own| super::schema::preset(own).is_none())
                .cloned(),
        );
        if name != "*" && !known.iter().any(|k| k == name) {
            let names: Vec<&str> = known.iter().map(String::as_str).collect();
            return Err(self.unknown_name("experience", name, &names));
        }
        for target in known.iter().filter(|k| name == "*" || *k == name) {
            let entry = experiences
                .entry(target.clone())
                .or_insert_with(Node::empty_table);
            self.set(entry, 2)?;
        }
        Ok(())
    }

    fn unknown_name(&self, kind: &str, name: &str, known: &[&str]) -> Problem {
        self.problem(1, format!("there is no {kind} named `{name}`"))
            .label("unknown name")
            .help(format!("{kind}s: {}", list(known.iter().copied(), "and")))
            .suggest(nearest(name, known.iter().copied()))
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
        for index in from..last {
            let key = &self.parts[index].0;
            let span = self.span(index);
            let table = self.table_of(node, index)?;
            node = table.entry(key.clone()).or_insert_with(|| Node {
                key: span.clone(),
                span,
                ..Node::empty_table()
            });
        }
        let table = self.table_of(node, last)?;
        let mut value = self.value.clone();
        value.key = self.span(last);
        table.insert(self.parts[last].0.clone(), value);
        Ok(())
    }

    fn table_of<'a>(&self, node: &'a mut Node, index: usize) -> Result<&'a mut Table, Problem> {
        let kind = node.kind();
        node.table_mut().ok_or_else(|| {
            let whole = self.parts[..index].iter().map(|(name, _)| name.as_str());
            let whole = whole.collect::<Vec<_>>().join(".");
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

fn read_value(source: &Arc<Source>, offset: usize) -> Result<Node, Vec<Problem>> {
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
