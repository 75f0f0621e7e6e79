//! `[[sweep.points]]`: the rows of a list, which all give the same parameters.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::{Context, check_value};
use crate::scenario::diagnostics::{Problem, list};
use crate::scenario::paths::{flatten, text};
use crate::scenario::tree::{Node, Table, Value};

/// Checks all rows, and makes them flat tables from path to value in the order of the first.
pub(super) fn resolve(
    sweep: &mut Node,
    context: &mut Context<'_>,
    problems: &mut Vec<Problem>,
) -> Vec<Vec<(String, Node)>> {
    let Some(items) = sweep.list_mut("points") else {
        return Vec::new();
    };
    // what the schema says of each path; none where the path was reported
    let mut known: BTreeMap<String, Option<&'static Json>> = BTreeMap::new();
    let mut order: Vec<String> = Vec::new();
    let mut rows: Vec<Vec<(String, Node)>> = Vec::with_capacity(items.len());
    for (index, item) in items.iter_mut().enumerate() {
        let Some(table) = item.table() else { continue };
        let mut row: Vec<(String, Node)> = Vec::new();
        for (parts, mut value) in flatten(table) {
            let path = text(&parts);
            // a path that only a later row has is reported as such
            let part = *known
                .entry(path.clone())
                .or_insert_with(|| context.claim(&parts, problems));
            if let Some(part) = part {
                check_value(&mut value, &[(path.clone(), part)], problems);
            }
            row.push((path, value));
        }
        if order.is_empty() {
            order = row.iter().map(|(path, _)| path.clone()).collect();
        }
        check_paths(&row, &order, index, item, problems);
        row.sort_by_key(|(path, _)| order.iter().position(|known| known == path));
        item.value = Value::Table(row.iter().cloned().collect::<Table>());
        rows.push(row);
    }
    rows
}

/// Whether a row gives what the first one gives.
fn check_paths(
    row: &[(String, Node)],
    order: &[String],
    index: usize,
    item: &Node,
    problems: &mut Vec<Problem>,
) {
    let place = format!("sweep.points[{}]", index + 1);
    if row.is_empty() {
        problems.push(
            Problem::new("this point of the sweep gives no values")
                .at(item.place(), &place)
                .label("give at least one path and value")
                .help("for example: \"firms.*.price\" = 0.3"),
        );
        return;
    }
    let paths = || order.iter().map(String::as_str);
    let missing: Vec<&str> = paths()
        .filter(|known| !row.iter().any(|(path, _)| path == known))
        .collect();
    if !missing.is_empty() {
        problems.push(
            Problem::new(format!(
                "this point lacks {}, which the first one gives",
                list(missing.iter().copied(), "and")
            ))
            .at(item.place(), &place)
            .label("all points give the same parameters"),
        );
    }
    for (path, value) in row {
        if !order.contains(path) {
            problems.push(
                Problem::new(format!("the first point does not give `{path}`"))
                    .at(value.key_place(), &place)
                    .label("all points give the same parameters")
                    .help(format!("the first gives {}", list(paths(), "and"))),
            );
        }
    }
}
