//! Interventions: their paths resolved to single parameters, their values checked, their effects
//! followed from period to period.

use super::state;
use super::target::{Kind, Part, text};
use crate::scenario::diagnostics::Problem;
use crate::scenario::merge::Groups;
use crate::scenario::structure;
use crate::scenario::tree::{Node, Table, Value};

/// Replaces `interventions` by resolved ones: sorted by period, concrete full paths only.
pub(super) fn resolve(root: &mut Node, groups: &Groups, problems: &mut Vec<Problem>) {
    let Some(Value::Array(items)) = root.get_mut("interventions").map(|node| &mut node.value)
    else {
        return;
    };
    let mut items = std::mem::take(items);
    let periods = root.at(&["simulation", "periods"]).and_then(Node::integer);
    let period_of = |item: &Node| item.get("period").and_then(Node::integer);
    items.sort_by_key(|item| period_of(item).unwrap_or(0));
    let mut state = root.clone();
    for index in 0..items.len() {
        let period = period_of(&items[index]);
        check_period(&items[index], periods, problems);
        resolve_one(&mut items[index], &mut state, groups, problems);
        let last_of_period = items
            .get(index + 1)
            .is_none_or(|next| period_of(next) != period);
        if last_of_period {
            state::check(&state, problems);
        }
    }
    if let Some(node) = root.get_mut("interventions") {
        node.value = Value::Array(items);
    }
}

fn check_period(item: &Node, periods: Option<i128>, problems: &mut Vec<Problem>) {
    let Some(node) = item.get("period") else {
        return;
    };
    let (Some(period), Some(periods)) = (node.integer(), periods) else {
        return;
    };
    if period >= periods {
        problems.push(
            Problem::new(format!(
                "the intervention in period {period} comes after the end"
            ))
            .at(node.place(), "interventions.period")
            .label(format!("the last period is {}", periods - 1))
            .help(format!(
                "simulation.periods is {periods}, and periods are counted from 0"
            )),
        );
    }
}

/// Resolves one intervention and applies it to the state.
fn resolve_one(item: &mut Node, state: &mut Node, groups: &Groups, problems: &mut Vec<Problem>) {
    let Some(set) = item.get_mut("set") else {
        return;
    };
    let Some(given) = set.table() else { return };
    let mut changes = Vec::new();
    flatten(given, &[], &mut changes);
    if changes.is_empty() {
        let problem = Problem::new("this intervention changes nothing: `set` is empty")
            .at(set.place(), "interventions.set")
            .label("give at least one path and value")
            .help("for example: set = { \"populations.*.need.rate\" = 0.5 }");
        problems.push(problem);
        return;
    }
    let mut resolved = Table::new();
    for (parts, value) in changes {
        match resolve_change(&parts, value, state, groups, problems) {
            Ok((paths, value)) => {
                for path in paths {
                    set_path(state, &path, value.clone());
                    // of two values for one parameter the later holds, in the later's place
                    let key = path.join(".");
                    resolved.shift_remove(&key);
                    resolved.insert(key, value.clone());
                }
            }
            Err(problem) => problems.push(problem),
        }
    }
    set.value = Value::Table(resolved);
}

/// Quoted paths, dotted keys and nested tables as one list of paths. A rule stays whole.
fn flatten(table: &Table, before: &[Part], changes: &mut Vec<(Vec<Part>, Node)>) {
    for (key, node) in table {
        let span = node.key.clone().or_else(|| node.span.clone());
        let mut parts = before.to_vec();
        parts.extend(key.split('.').map(|name| Part {
            name: name.trim().to_owned(),
            span: span.clone(),
        }));
        match node.table() {
            Some(inner) if !is_whole(&parts, inner) => flatten(inner, &parts, changes),
            _ => changes.push((parts, node.clone())),
        }
    }
}

/// Whether a table is a value of its own rather than a step on the way to values.
fn is_whole(parts: &[Part], table: &Table) -> bool {
    let names: Vec<&str> = parts.iter().map(|part| part.name.as_str()).collect();
    match names.as_slice() {
        ["firms", _, "experience" | "price"] => table.contains_key("rule"),
        ["firms", _, "experience", "by_population"] => true,
        _ => false,
    }
}

/// The concrete paths that a change means, and its checked value.
fn resolve_change(
    parts: &[Part],
    mut value: Node,
    state: &Node,
    groups: &Groups,
    problems: &mut Vec<Problem>,
) -> Result<(Vec<Vec<String>>, Node), Problem> {
    let kind = Kind::of(parts)?;
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
    let mut paths = Vec::with_capacity(targets.len());
    let mut part = None;
    for target in targets {
        let mut path = vec![kind.top.to_owned()];
        path.extend(kind.has_names().then_some(target));
        let present = find(state, &path);
        if is_invalid(present, &parts[kind.depth()]) {
            continue;
        }
        part = Some(kind.key(parts, present.unwrap_or(state))?);
        path.extend(parts[kind.depth()..].iter().map(|p| p.name.clone()));
        paths.push(path);
    }
    if let Some(part) = part {
        structure::check(&mut value, part, &text(parts), problems);
    }
    Ok((paths, value))
}

/// Whether the present value, a rule for instance, was reported as wrong: nothing can be said about
/// its keys.
fn is_invalid(present: Option<&Node>, key: &Part) -> bool {
    present
        .is_some_and(|node| node.is_invalid() || node.get(&key.name).is_some_and(Node::is_invalid))
}

/// The value at a full path; names pick among the tables of a list.
fn find<'a>(root: &'a Node, path: &[String]) -> Option<&'a Node> {
    path.iter().try_fold(root, |node, part| {
        node.get(part).or_else(|| node.named(part))
    })
}

/// Sets the value at a full path, making subtables where there are none. A path that leads
/// nowhere changes nothing.
pub(crate) fn set_path(root: &mut Node, path: &[String], value: Node) {
    let Some((last, parents)) = path.split_last() else {
        return;
    };
    let mut node = root;
    for part in parents {
        let next = if matches!(node.value, Value::Array(_)) {
            node.named_mut(part)
        } else {
            let table = node.table_mut();
            table.map(|table| table.entry(part.clone()).or_insert_with(Node::empty_table))
        };
        match next {
            Some(next) => node = next,
            None => return,
        }
    }
    if let Some(table) = node.table_mut() {
        table.insert(last.clone(), value);
    }
}
