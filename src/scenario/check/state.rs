//! What has to hold of the parameters in force, at the start and after every intervention.

use super::rules;
use crate::scenario::diagnostics::{Problem, Span, list, nearest};
use crate::scenario::schema::presets;
use crate::scenario::structure::{KINDS, about};
use crate::scenario::tree::{Node, Value};

/// Own experiences give every key.
pub(super) fn check_complete(root: &Node, problems: &mut Vec<Problem>) {
    let experiences = root.get("experiences").and_then(Node::table);
    let required = required_keys();
    for (name, node) in experiences.into_iter().flatten() {
        if node.is_invalid() {
            continue;
        }
        let missing: Vec<&String> = required.iter().filter(|path| !given(node, path)).collect();
        if missing.is_empty() {
            continue;
        }
        let noun = if missing.len() == 1 { "key" } else { "keys" };
        problems.push(
            Problem::new(format!(
                "the experience `{name}` lacks {} {noun}",
                missing.len()
            ))
            .at(node.place(), &format!("experiences.{name}"))
            .label(format!(
                "needs {}",
                list(missing.iter().map(|path| path.as_str()), "and")
            ))
            .help("only the presets have defaults; an experience of one's own gives every key")
            .suggest(nearest(name, presets().map(|(preset, _)| preset))),
        );
    }
}

/// Paths of the keys that every experience has; `menu_size` is needed only by menus.
fn required_keys() -> Vec<String> {
    let experiences = KINDS.iter().filter(|kind| kind.top == "experiences");
    let keys = experiences.flat_map(|kind| kind.keys());
    let keys = keys.map(|(key, _)| key);
    keys.filter(|key| key != "menu_size").collect()
}

/// Whether a key has a value, if only one that was reported.
fn given(node: &Node, path: &str) -> bool {
    let mut node = node;
    for key in path.split('.') {
        match node.get(key) {
            Some(inner) => node = inner,
            None => return node.is_invalid(),
        }
    }
    true
}

/// All customers together can be counted in 32 bits.
pub(super) fn check_total(root: &Node, problems: &mut Vec<Problem>) {
    let populations = root.list("populations");
    let mut total: i128 = 0;
    for customers in populations.iter().filter_map(|p| p.get("customers")) {
        total += customers.integer().unwrap_or(0);
        if total > i128::from(u32::MAX) {
            problems.push(
                Problem::new(format!("the populations have {total} customers together"))
                    .at(customers.place(), "populations")
                    .label(format!("all together at most {}", u32::MAX)),
            );
            return;
        }
    }
}

/// Checks the parameters in force.
pub(super) fn check(root: &Node, problems: &mut Vec<Problem>) {
    let dimensions = root
        .at(&["market", "taste_dimensions"])
        .and_then(Node::integer);
    for population in root.list("populations") {
        let name = population.name().unwrap_or_default();
        check_mean(population, name, dimensions, problems);
        check_drift(population, name, problems);
    }
    let experiences = root.get("experiences").and_then(Node::table);
    for (name, experience) in experiences.into_iter().flatten() {
        check_menu(experience, name, problems);
    }
    rules::check(root, problems);
}

fn check_mean(
    population: &Node,
    name: &str,
    dimensions: Option<i128>,
    problems: &mut Vec<Problem>,
) {
    let Some(mean) = population.at(&["taste", "mean"]) else {
        return;
    };
    let (Value::Array(numbers), Some(dimensions)) = (&mean.value, dimensions) else {
        return;
    };
    if numbers.len() as i128 == dimensions {
        return;
    }
    let noun = |n: i128| if n == 1 { "number" } else { "numbers" };
    problems.push(
        Problem::new(
            format!(
                "`taste.mean` has {} {}, but tastes have {dimensions} dimensions",
                numbers.len(),
                noun(numbers.len() as i128),
            )
            .replace("have 1 dimensions", "have 1 dimension"),
        )
        .at(mean.place(), &format!("populations.{name}.taste.mean"))
        .label(format!("needs {dimensions} {}", noun(dimensions)))
        .help("market.taste_dimensions says how many dimensions there are (default 2)"),
    );
}

fn check_drift(population: &Node, name: &str, problems: &mut Vec<Problem>) {
    let (Some(drift), Some(spread)) = (
        population.at(&["taste", "drift"]),
        population.at(&["taste", "spread"]),
    ) else {
        return;
    };
    let (Some(drift_value), Some(spread_value)) = (drift.number(), spread.number()) else {
        return;
    };
    if drift_value <= spread_value {
        return;
    }
    problems.push(
        Problem::new(format!(
            "tastes cannot drift by {drift_value} per period and keep a spread of {spread_value}"
        ))
        .at(
            later(drift, spread),
            &format!("populations.{name}.taste.drift"),
        )
        .label(format!(
            "drift {drift_value} is above spread {spread_value}"
        ))
        .help("taste.drift may be at most taste.spread, also after interventions"),
    );
}

/// The place of what was written last: an intervention's rather than the value that it meets.
fn later<'a>(one: &'a Node, other: &'a Node) -> Option<&'a Span> {
    let order = |span: &&Span| (span.source.name == "--set", span.range.start);
    one.place()
        .into_iter()
        .chain(other.place())
        .max_by_key(order)
}

fn check_menu(experience: &Node, name: &str, problems: &mut Vec<Problem>) {
    let selection = experience.get("selection");
    let is_menu = selection.and_then(Node::text) == Some("menu");
    if is_menu && experience.get("menu_size").is_none() {
        problems.push(
            Problem::new(format!(
                "the experience `{name}` has a menu, but no `menu_size`"
            ))
            .at(
                selection.and_then(Node::place),
                &format!("experiences.{name}.menu_size"),
            )
            .label("needs `menu_size`, the number of products on the menu")
            .help(about("Experience", "menu_size")),
        );
    }
}
