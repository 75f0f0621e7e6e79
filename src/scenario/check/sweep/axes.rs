//! `[[sweep.axes]]`: what each varies, and the values that it takes.

use serde_json::Value as Json;

use super::{Axis, Context, check_value, range};
use crate::scenario::check::names;
use crate::scenario::diagnostics::Problem;
use crate::scenario::paths::{split, text};
use crate::scenario::schema::DesignKind;
use crate::scenario::tree::{Node, Value};

/// Checks all axes, and gives those that are right.
pub(super) fn resolve(
    sweep: &mut Node,
    design: Option<DesignKind>,
    context: &mut Context<'_>,
    problems: &mut Vec<Problem>,
) -> Vec<Axis> {
    let Some(items) = sweep.list_mut("axes") else {
        return Vec::new();
    };
    let axes = items.iter_mut().enumerate().filter_map(|(index, item)| {
        let path = format!("sweep.axes[{}]", index + 1);
        resolve_one(item, &path, design, context, problems)
    });
    axes.collect()
}

fn resolve_one(
    axis: &mut Node,
    path: &str,
    design: Option<DesignKind>,
    context: &mut Context<'_>,
    problems: &mut Vec<Problem>,
) -> Option<Axis> {
    axis.table()?;
    let before = problems.len();
    check_alternative(axis, path, &KEYS, problems);
    if let Some(label) = axis.get("label").filter(|label| label.text() != Some("")) {
        names::check_label(label, &format!("{path}.label"), problems);
    }
    check_alternative(axis, path, &VALUES, problems);
    let targets = claim_keys(axis, context, problems);
    let values = check_values(axis, path, &targets, problems);
    let numbers = range::check(axis, path, &targets, design, problems);
    if problems.len() > before {
        return None;
    }
    let paths: Vec<String> = targets.into_iter().map(|(path, _)| path).collect();
    let (levels, values) = match numbers {
        Some((levels, ends)) => (levels, ends),
        None => (values.len() as u64, values),
    };
    let values = values
        .into_iter()
        .map(|value| vec![value; paths.len()])
        .collect();
    Some(Axis {
        paths,
        levels,
        values,
    })
}

/// Two keys of which an axis has one.
struct Either {
    keys: [&'static str; 2],
    label: &'static str,
    example: &'static str,
}

const KEYS: Either = Either {
    keys: ["key", "keys"],
    label: "which parameter?",
    example: "for example: key = \"populations.*.need.rate\"; `keys` takes a list of paths that move together",
};

const VALUES: Either = Either {
    keys: ["values", "range"],
    label: "which values?",
    example: "for example: values = [0.1, 0.3], or range = { from = 0.0, to = 1.0, steps = 11 } in a grid, or range = { from = 0.0, to = 1.0 } in a sampled design",
};

fn check_alternative(axis: &Node, path: &str, either: &Either, problems: &mut Vec<Problem>) {
    let [one, other] = either.keys;
    let problem = match (axis.get(one), axis.get(other)) {
        (None, None) => Problem::new(format!("`{path}` has neither `{one}` nor `{other}`"))
            .at(axis.place(), path)
            .label(either.label)
            .help(either.example),
        (Some(_), Some(second)) => Problem::new(format!("`{path}` has both `{one}` and `{other}`"))
            .at(second.key_place(), path)
            .label("take one of the two out"),
        (Some(only), None) | (None, Some(only)) => {
            let Value::Array(items) = &only.value else {
                return;
            };
            if !items.is_empty() {
                return;
            }
            let name = if axis.get(one).is_some() { one } else { other };
            Problem::new(format!("`{path}.{name}` is empty"))
                .at(only.place(), path)
                .label(either.label)
                .help(either.example)
        }
    };
    problems.push(problem);
}

/// Paths of what varies, with what the schema says of each.
fn claim_keys(
    axis: &mut Node,
    context: &mut Context<'_>,
    problems: &mut Vec<Problem>,
) -> Vec<(String, &'static Json)> {
    let mut targets = Vec::new();
    let mut claim = |node: &mut Node| {
        let Some(key) = node.text() else { return };
        let parts = split(key, node.span.as_ref());
        let path = text(&parts);
        if let Some(part) = context.claim(&parts, problems) {
            targets.push((path.clone(), part));
        }
        node.value = Value::String(path);
    };
    axis.get_mut("key").into_iter().for_each(&mut claim);
    if let Some(keys) = axis.list_mut("keys") {
        keys.iter_mut().for_each(&mut claim);
    }
    targets
}

/// Checks the values that are listed, and gives them.
fn check_values(
    axis: &mut Node,
    path: &str,
    targets: &[(String, &'static Json)],
    problems: &mut Vec<Problem>,
) -> Vec<Node> {
    let Some(values) = axis.list_mut("values") else {
        return Vec::new();
    };
    for value in values.iter_mut() {
        check_value(value, targets, problems);
    }
    let mut seen = Vec::with_capacity(values.len());
    for value in values.iter().filter(|value| !value.is_invalid()) {
        let plain = value.to_json();
        if seen.contains(&plain) {
            problems.push(
                Problem::new(format!("`{path}` takes {plain} twice"))
                    .at(value.place(), path)
                    .label("the second time"),
            );
        }
        seen.push(plain);
    }
    values.clone()
}
