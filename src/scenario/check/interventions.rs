//! Interventions: their paths resolved to single parameters, their values checked, their effects
//! followed from period to period.

use super::names::check_label;
use super::state;
use super::target::{self, Use};
use crate::scenario::diagnostics::Problem;
use crate::scenario::merge::Groups;
use crate::scenario::paths::{flatten, set_path, text};
use crate::scenario::structure;
use crate::scenario::tree::{Node, Table, Value};

/// Replaces `interventions` by resolved ones: sorted by period, concrete full paths only.
pub(super) fn resolve(root: &mut Node, groups: &Groups, problems: &mut Vec<Problem>) {
    let Some(items) = root.list_mut("interventions") else {
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
        if let Some(label) = items[index].get("label") {
            check_label(label, "interventions.label", problems);
        }
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
    let changes = flatten(given);
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
        match target::resolve(&parts, Use::Intervention, state, groups) {
            Ok(target) => {
                let mut value = value;
                if let Some(part) = target.part {
                    structure::check(&mut value, part, &text(&parts), problems);
                }
                for path in target.paths {
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
