//! Ranges of axes: which way round, in how many steps, and whether parameters take their numbers.

use serde_json::Value as Json;

use super::check_value;
use crate::scenario::check::takes_whole_numbers;
use crate::scenario::diagnostics::Problem;
use crate::scenario::schema::{AxisRange, DesignKind, Scale};
use crate::scenario::tree::{Node, Value};

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
        scale: match node.get("scale").and_then(Node::text) {
            Some("log") => Scale::Log,
            _ => Scale::Linear,
        },
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
// whole numbers of parameters are far below 2^53
#[allow(clippy::cast_possible_truncation)]
fn whole_or_float(number: f64, targets: &[(String, &'static Json)]) -> Value {
    let whole = targets.iter().any(|(path, _)| takes_whole_numbers(path));
    if whole && number.fract() == 0.0 {
        Value::Integer(number as i128)
    } else {
        Value::Float(number)
    }
}

/// Grids have steps, sampled designs a scale.
fn check_keys(node: &Node, path: &str, design: DesignKind, problems: &mut Vec<Problem>) {
    let place = |key: &str| node.get(key).and_then(|n| n.key.as_ref().or(n.place()));
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
    let scale = node
        .get("scale")
        .filter(|scale| scale.text() == Some("log"));
    if let Some(scale) = scale {
        problems.push(
            Problem::new("a grid has no log scale: its steps are equal")
                .at(scale.place(), path)
                .label("take it out")
                .help("for other steps, list the numbers: values = [1, 10, 100]"),
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

/// Every step of a range of whole numbers has to be one.
fn check_whole_steps(
    node: &Node,
    path: &str,
    range: &AxisRange,
    targets: &[(String, &'static Json)],
    problems: &mut Vec<Problem>,
) {
    let Some((whole, _)) = targets.iter().find(|(path, _)| takes_whole_numbers(path)) else {
        return;
    };
    let mut steps = (0..range.steps.unwrap_or(0)).map(|step| range.step(step));
    if let Some(broken) = steps.find(|number| number.fract() != 0.0) {
        problems.push(
            Problem::new(format!(
                "`{whole}` takes whole numbers, but a step of the range is {broken}"
            ))
            .at(node.get("steps").and_then(Node::place), path)
            .label("give another number of steps")
            .help("or list the numbers: values = [...]"),
        );
    }
}
