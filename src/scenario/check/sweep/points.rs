//! Combinations of values that cannot be, such as a drift above the spread.
//!
//! Each value has been held against its parameter by now. What remains are the checks that see
//! several parameters ([`super::super`]); only the axes that those look at are combined, and of a
//! range to sample only the ends, between which the checks cannot fail if they hold at both.

use super::Axis;
use crate::scenario::diagnostics::Problem;
use crate::scenario::points::at_point;
use crate::scenario::tree::Node;

/// Most combinations that are tried beforehand; a sweep with more finds the rest as it comes to them.
const MOST_TRIED: u64 = 10_000;

/// Most problems that are worth reading.
const MOST_PROBLEMS: usize = 20;

/// Tries the points of a list, or the combinations of a grid's or a sampled design's axes.
pub(super) fn check(
    root: &Node,
    axes: &[Axis],
    rows: &[Vec<(String, Node)>],
    problems: &mut Vec<Problem>,
) {
    if rows.is_empty() {
        let intervenes = root
            .get("interventions")
            .is_some_and(|node| !node.items().is_empty());
        let coupled = |axis: &&Axis| axis.paths.iter().any(|path| is_coupled(path, intervenes));
        let coupled: Vec<&Axis> = axes.iter().filter(coupled).collect();
        for number in 0..combinations(&coupled).min(MOST_TRIED) {
            let values = combination(&coupled, number);
            try_point(root, &values, &where_axes_have(&values), problems);
            if problems.len() >= MOST_PROBLEMS {
                return;
            }
        }
    }
    for (number, row) in rows.iter().enumerate() {
        let place = format!("this is so at point {number} (points are counted from 0)");
        try_point(root, row, &place, problems);
        if problems.len() >= MOST_PROBLEMS {
            return;
        }
    }
}

fn try_point(root: &Node, values: &[(String, Node)], place: &str, problems: &mut Vec<Problem>) {
    let values: Vec<(Vec<String>, Node)> = values
        .iter()
        .map(|(path, value)| (path.split('.').map(str::to_owned).collect(), value.clone()))
        .collect();
    let mut found = Vec::new();
    at_point(root, &values, "", &mut found);
    for problem in found {
        if !problems.iter().any(|other| other.repeats(&problem)) {
            problems.push(problem.help(place));
        }
    }
}

fn where_axes_have(values: &[(String, Node)]) -> String {
    let values: Vec<String> = values
        .iter()
        .map(|(path, value)| format!("{path} = {}", value.to_json()))
        .collect();
    match values.is_empty() {
        true => "this is so at every point of the sweep".to_owned(),
        false => format!("this is so at the points with {}", values.join(", ")),
    }
}

fn combinations(axes: &[&Axis]) -> u64 {
    let lengths = axes.iter().map(|axis| axis.values.len() as u64);
    lengths.fold(1, u64::saturating_mul)
}

/// The values of a combination, the last axis fastest.
fn combination(axes: &[&Axis], mut number: u64) -> Vec<(String, Node)> {
    let mut values = Vec::new();
    for axis in axes.iter().rev() {
        let length = axis.values.len() as u64;
        let level = usize::try_from(number % length).unwrap_or(0);
        number /= length;
        let own = axis
            .paths
            .iter()
            .cloned()
            .zip(axis.values[level].iter().cloned());
        values.splice(0..0, own);
    }
    values
}

/// Whether a check looks at a parameter together with others.
fn is_coupled(path: &str, intervenes: bool) -> bool {
    let parts: Vec<&str> = path.split('.').collect();
    match parts.as_slice() {
        // against interventions and what is recorded
        ["simulation", "periods"] | ["market", "taste_dimensions"] => true,
        ["populations", _, "customers" | "taste", ..] => true,
        ["experiences", _, "selection" | "menu_size"] => true,
        ["firms", _, "experience" | "count", ..] => true,
        // interventions may set a key of the rule
        ["firms", _, "price", ..] => intervenes,
        _ => false,
    }
}
