//! Ranges of axes: which way round, in how many steps, and whether parameters take their numbers.

use serde_json::Value as Json;

use super::check_value;
use crate::scenario::diagnostics::Problem;
use crate::scenario::schema::{AxisRange, DesignKind, Scale};
use crate::scenario::structure::takes_whole_numbers;
use crate::scenario::tree::{Node, Value};

/// Most parts of a range that a message tries.
const MOST_NAMED: u32 = 20;

/// Checks the range of an axis, if it has one, and gives the number of its steps (0 if it is sampled)
/// and its ends.
pub(super) fn check(
    axis: &Node,
    path: &str,
    targets: &[(String, &'static Json)],
    design: Option<DesignKind>,
    problems: &mut Vec<Problem>,
) -> Option<(u64, Vec<Node>)> {
    let node = axis.get("range")?;
    let path = format!("{path}.range");
    let before = problems.len();
    if let Some(design) = design {
        check_keys(node, &path, design, problems);
    }
    let (from, to) = (node.get("from")?, node.get("to")?);
    let range = AxisRange {
        from: from.number()?,
        to: to.number()?,
        steps: node
            .get("steps")
            .and_then(Node::integer)
            .and_then(|steps| u32::try_from(steps).ok()),
        scale: node
            .get("scale")
            .and_then(Node::text)
            .and_then(Scale::named)
            .unwrap_or_default(),
    };
    check_ends(node, &path, &range, problems);
    let mut ends = Vec::with_capacity(2);
    for (end, number) in [(from, range.from), (to, range.to)] {
        let mut value = end.clone();
        value.value = whole_or_float(number, targets);
        check_value(&mut value, targets, problems);
        ends.push(value);
    }
    if problems.len() > before {
        return None;
    }
    check_whole_steps(node, &path, &range, targets, problems);
    Some((u64::from(range.steps.unwrap_or(0)), ends))
}

/// A number of the range as it would be written as a value.
fn whole_or_float(number: f64, targets: &[(String, &'static Json)]) -> Value {
    let whole = targets.iter().any(|(path, _)| takes_whole_numbers(path));
    if whole && number.fract() == 0.0 {
        Value::Integer(number as i128)
    } else {
        Value::Float(number)
    }
}

/// Grids have steps.
fn check_keys(node: &Node, path: &str, design: DesignKind, problems: &mut Vec<Problem>) {
    let place = |key: &str| node.get(key).and_then(|n| n.key_place());
    if design.is_sampled() {
        if let Some(steps) = place("steps") {
            problems.push(
                Problem::new("a sampled design has no steps: it draws from the whole range")
                    .at(Some(steps), path)
                    .label("take it out")
                    .help("for certain numbers only, list them: values = [...]"),
            );
        }
        return;
    }
    if node.get("steps").is_none() {
        problems.push(
            Problem::new(format!("`{path}` needs `steps` in a grid"))
                .at(node.place(), path)
                .label("in how many steps?")
                .help("from 0 to 1 in 11 steps is 0, 0.1, ..., 1"),
        );
    }
}

fn check_ends(node: &Node, path: &str, range: &AxisRange, problems: &mut Vec<Problem>) {
    let place = |key: &str| node.get(key).and_then(Node::place);
    if range.from >= range.to {
        problems.push(
            Problem::new(format!(
                "the range starts at {} and ends at {}",
                range.from, range.to
            ))
            .at(place("to"), path)
            .label("should be above `from`"),
        );
    }
    if range.scale == Scale::Log && range.from <= 0.0 {
        problems.push(
            Problem::new(format!("a log scale cannot start at {}", range.from))
                .at(place("from"), path)
                .label("should be above 0")
                .help("scale = \"linear\" takes any numbers"),
        );
    }
}

/// Every step of a range of whole numbers has to be one; none of a log scale may be there twice.
fn check_whole_steps(
    node: &Node,
    path: &str,
    range: &AxisRange,
    targets: &[(String, &'static Json)],
    problems: &mut Vec<Problem>,
) {
    let Some((whole_path, _)) = targets.iter().find(|(path, _)| takes_whole_numbers(path)) else {
        return;
    };
    let place = node.get("steps").and_then(Node::place);
    let steps = || (0..range.steps.unwrap_or(0)).map(|step| range.step(step));
    let problem = if range.scale == Scale::Log {
        // rounded, so that ratios can be equal at all
        let mut whole = steps().map(f64::round);
        let mut before = whole.next();
        let same = whole.find(|next| before.replace(*next) == Some(*next));
        let Some(same) = same else { return };
        let message =
            format!("`{whole_path}` takes whole numbers, and two steps of the range are {same}");
        Problem::new(message).label("give fewer steps")
    } else if let Some(broken) = steps().find(|number| number.fract() != 0.0) {
        let span = range.to - range.from;
        let apart = span / f64::from(range.steps.unwrap_or(2).max(2) - 1);
        let message = format!(
            "`{whole_path}` takes whole numbers, but with steps of {apart} the range comes to {broken}"
        );
        let possible: Vec<String> = (1..=MOST_NAMED)
            .filter(|parts| span % f64::from(*parts) == 0.0)
            .map(|parts| (parts + 1).to_string())
            .collect();
        let problem = Problem::new(message).label("give another number of steps");
        match range.from.fract() == 0.0 && !possible.is_empty() {
            true => problem.help(format!(
                "whole are, for example, steps = {}",
                possible.join(", ")
            )),
            false => problem,
        }
    } else {
        return;
    };
    problems.push(
        problem
            .at(place, path)
            .help("or list the numbers: values = [...]"),
    );
}
