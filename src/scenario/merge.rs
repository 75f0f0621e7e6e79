//! Fills in what a scenario leaves out, still as a tree, so that places survive.
//!
//! In this order: `[firm_defaults]` into the firms, presets into the experiences, `count` into
//! single firms, and every other default.

use std::sync::OnceLock;

use indexmap::IndexMap;
use serde::Serialize;

use super::diagnostics::{Problem, Span};
use super::paths::{flatten, split};
use super::schema::{Firm, Market, Population, SensitivityMethod, Simulation, presets};
use super::tree::{Node, Table, Value};

/// Most firms in a scenario; more are surely a slip in a `count`.
const MOST_FIRMS: usize = 1_000;

/// Names of the firms that a group (`count` above 1) became, by the group's name.
pub(crate) type Groups = IndexMap<String, Vec<String>>;

#[cfg(test)]
thread_local! {
    /// Trees that this thread has completed.
    pub(crate) static MERGED: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
}

/// Completes the tree; whatever is wrong in it stays as it is. Adds the groups that become firms to those that are
/// firms already.
pub(crate) fn merge(
    root: &mut Node,
    groups: &Groups,
    default_name: &str,
    problems: &mut Vec<Problem>,
) -> Groups {
    #[cfg(test)]
    MERGED.set(MERGED.get() + 1);
    let firm_defaults = root
        .table_mut()
        .and_then(|table| table.shift_remove("firm_defaults"));
    if let (Some(defaults), Some(firms)) = (firm_defaults, root.list_mut("firms")) {
        for firm in firms.iter_mut() {
            // only `learning` is filled key by key; a rule is one thing
            firm.fill_where(&defaults, &|key| key == "learning");
        }
    }
    merge_experiences(root);
    let swept = swept_names(root);
    let mut groups = groups.clone();
    expand_counts(root, &swept, &mut groups, problems);
    fill_defaults(root, default_name);
    fill_taste_means(root);
    fill_samples(root);
    groups
}

/// A typed value as a tree without places.
pub(crate) fn to_node(value: &impl Serialize) -> Node {
    // the types hold only what TOML can hold
    toml::Value::try_from(value).map_or_else(|_| Node::empty_table(), |value| Node::from(&value))
}

/// Presets first, in their order, then the scenario's own.
fn merge_experiences(root: &mut Node) {
    let Some(table) = root.table_mut() else {
        return;
    };
    let given = table
        .entry("experiences".to_owned())
        .or_insert_with(Node::empty_table);
    let Some(given) = given.table_mut() else {
        return;
    };
    let mut all = Table::new();
    for (name, preset) in &Defaults::get().presets {
        let mut own = given.shift_remove(*name).unwrap_or_else(Node::empty_table);
        own.fill(preset);
        all.insert((*name).to_owned(), own);
    }
    all.extend(std::mem::take(given));
    *given = all;
}

/// Names of firms in the paths of a sweep: a group among them stays one, since its size, and its
/// members with it, may differ from point to point.
fn swept_names(root: &Node) -> Vec<String> {
    let mut paths = Vec::new();
    for axis in root.list("sweep.axes") {
        let keys = axis.list("keys");
        let keys = axis.get("key").into_iter().chain(keys);
        paths.extend(keys.filter_map(Node::text).map(|key| split(key, None)));
    }
    for row in root.list("sweep.points").iter().filter_map(Node::table) {
        paths.extend(flatten(row).into_iter().map(|(path, _)| path));
    }
    let names = paths.into_iter().filter_map(|path| match path.as_slice() {
        // prices of all firms do not depend on who is in a group, sizes of all groups do
        [top, name, key, ..]
            if top.name == "firms" && (name.name != "*" || key.name == "count") =>
        {
            Some(name.name.clone())
        }
        _ => None,
    });
    names.collect()
}

/// Turns each firm with a `count` into that many firms, unless a sweep names it.
fn expand_counts(
    root: &mut Node,
    swept: &[String],
    groups: &mut Groups,
    problems: &mut Vec<Problem>,
) {
    let Some(firms) = root.list_mut("firms") else {
        return;
    };
    let mut all = Vec::with_capacity(firms.len());
    for mut firm in std::mem::take(firms) {
        if firm
            .name()
            .is_some_and(|name| swept.iter().any(|s| s == name || s == "*"))
        {
            all.push(firm);
            continue;
        }
        let count = firm
            .table_mut()
            .and_then(|table| table.shift_remove("count"));
        let number = count.as_ref().and_then(Node::integer).unwrap_or(1);
        let number = usize::try_from(number).unwrap_or(usize::MAX);
        let span = count.as_ref().and_then(Node::place);
        if all.len().saturating_add(number) > MOST_FIRMS {
            problems.push(too_many(span.or(firm.place())));
            all.push(firm);
            continue;
        }
        match firm.name().map(str::to_owned) {
            Some(name) if number > 1 => {
                let names: Vec<String> = (1..=number).map(|i| format!("{name}-{i}")).collect();
                all.extend(names.iter().map(|member| renamed(&firm, member)));
                groups.entry(name).or_default().extend(names);
            }
            _ => all.push(firm),
        }
    }
    *firms = all;
}

fn too_many(span: Option<&Span>) -> Problem {
    Problem::new(format!("a scenario can have at most {MOST_FIRMS} firms"))
        .at(span, "firms")
        .label("with these there are more")
}

fn renamed(firm: &Node, name: &str) -> Node {
    let mut firm = firm.clone();
    if let Some(node) = firm.get_mut("name") {
        node.value = Value::String(name.to_owned());
    }
    firm
}

/// What is left out, as trees, made once.
struct Defaults {
    presets: Vec<(&'static str, Node)>,
    top: Node,
    population: Node,
    firm: Node,
}

impl Defaults {
    fn get() -> &'static Self {
        static DEFAULTS: OnceLock<Defaults> = OnceLock::new();
        DEFAULTS.get_or_init(|| {
            let text = || Node::plain(Value::String(String::new()));
            let top = [
                ("title", text()),
                ("description", text()),
                ("simulation", to_node(&Simulation::default())),
                ("market", to_node(&Market::default())),
                ("interventions", Node::plain(Value::Array(Vec::new()))),
            ];
            let top = top.map(|(key, node)| (key.to_owned(), node));
            Self {
                presets: presets()
                    .map(|(name, preset)| (name, to_node(&preset)))
                    .into(),
                top: Node::plain(Value::Table(Table::from(top))),
                population: without(to_node(&Population::default()), &["name"]),
                firm: without(to_node(&Firm::default()), &["name", "experience"]),
            }
        })
    }
}

fn without(mut node: Node, keys: &[&str]) -> Node {
    if let Some(table) = node.table_mut() {
        table.retain(|key, _| !keys.contains(&key.as_str()));
    }
    node
}

fn fill_defaults(root: &mut Node, default_name: &str) {
    let defaults = Defaults::get();
    if let Some(table) = root.table_mut() {
        let name = || Node::plain(Value::String(default_name.to_owned()));
        table.entry("name".to_owned()).or_insert_with(name);
    }
    root.fill(&defaults.top);
    for node in root.list_mut("populations").into_iter().flatten() {
        node.fill(&defaults.population);
    }
    for node in root.list_mut("firms").into_iter().flatten() {
        node.fill_where(&defaults.firm, &|key| key == "learning");
    }
}

/// A mean that is left out is the origin.
fn fill_taste_means(root: &mut Node) {
    let dimensions = root
        .at(&["market", "taste_dimensions"])
        .and_then(Node::integer)
        .and_then(|k| usize::try_from(k).ok());
    let Some(dimensions) = dimensions else { return };
    for population in root.list_mut("populations").into_iter().flatten() {
        let mean = population
            .get_mut("taste")
            .and_then(|taste| taste.get_mut("mean"));
        if let Some(Value::Array(mean)) = mean.map(|node| &mut node.value)
            && mean.is_empty()
        {
            mean.resize_with(dimensions, || Node::plain(Value::Float(0.0)));
        }
    }
}

/// The number of samples depends on the method.
fn fill_samples(root: &mut Node) {
    for analysis in root.list_mut("analyses").into_iter().flatten() {
        let method = match analysis.get("method").map(Node::text) {
            None | Some(Some("sobol")) => SensitivityMethod::Sobol,
            Some(Some("morris")) => SensitivityMethod::Morris,
            Some(_) => continue,
        };
        let is_sensitivity = analysis.get("kind").and_then(Node::text) == Some("sensitivity");
        if let (true, Some(table)) = (is_sensitivity, analysis.table_mut()) {
            let samples = Value::Integer(i128::from(method.default_samples()));
            table
                .entry("samples".to_owned())
                .or_insert_with(|| Node::plain(samples));
        }
    }
}
