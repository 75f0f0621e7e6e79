//! From a scenario with a sweep to the trees of its points.
//!
//! A point is made as a file is loaded: values are set in the complete tree, which is then merged and checked again.
//! So a point may change how many firms a group has, or how many dimensions tastes have.
//!
//! Beforehand, each value has been held against its parameter. What remains are the checks that see several
//! parameters; only what those look at is combined, and of a range to sample only the ends, between which the checks
//! cannot fail if they hold at both.

use std::collections::BTreeSet;

use super::check::{self, Varied, VariedAxis as Axis};
use super::diagnostics::Problem;
use super::merge::{self, Groups};
use super::overrides::Override;
use super::paths::split;
use super::tree::{Node, Value};

/// Most combinations that are tried beforehand; a sweep with more finds the rest as it comes to them.
const MOST_TRIED: u64 = 10_000;

/// Most problems that are worth reading.
const MOST_PROBLEMS: usize = 20;

/// Fills in what a tree leaves out and checks it; gives the firms behind the name of each group, and what its sweep
/// varies.
pub(super) fn complete(
    root: &mut Node,
    groups: &Groups,
    name: &str,
    problems: &mut Vec<Problem>,
) -> (Groups, Varied) {
    let groups = merge::merge(root, groups, name, problems);
    let varied = check::check(root, &groups, problems);
    (groups, varied)
}

/// What the points of a scenario have in common: the tree without what is about points rather than about the market.
pub(super) fn base(root: &Node) -> Node {
    let about_points = [
        "sweep",
        "variants",
        "hypotheses",
        "analyses",
        "calibrate",
        "lesson",
        "lab",
        "play",
        "charts",
    ];
    let keys = root.table().into_iter().flatten();
    let kept = keys.filter(|(key, _)| !about_points.contains(&key.as_str()));
    let kept = kept.map(|(key, node)| (key.clone(), node.clone()));
    let mut base = Node {
        value: Value::Table(kept.collect()),
        span: root.span.clone(),
        key: None,
    };
    // without hypotheses there is nothing to decide
    let simulation = base.get_mut("simulation").and_then(Node::table_mut);
    simulation.map(|settings| settings.shift_remove("until_decided"));
    base
}

/// The tree in which parameters take these values, with groups as firms, checked.
pub(super) fn at_point(
    base: &Node,
    groups: &Groups,
    values: &[Override],
    problems: &mut Vec<Problem>,
) -> (Node, Groups) {
    let mut root = base.clone();
    for value in values {
        forget_means(&mut root, value);
        value.apply(&mut root, groups, problems);
    }
    let (groups, _) = complete(&mut root, groups, "", problems);
    (root, groups)
}

/// A value for the parameter at a path.
pub(super) fn setting(path: &str, value: &Node) -> Override {
    Override::of(split(path, None), value.clone())
}

/// Means that follow the number of dimensions are taken out of a tree where that takes another value.
pub(super) fn forget_means(root: &mut Node, value: &Override) {
    if value.is_of("market.taste_dimensions") {
        forget_zero_means(root);
    }
}

/// A mean at the origin was perhaps never given: it follows the number of dimensions.
fn forget_zero_means(root: &mut Node) {
    for population in root.list_mut("populations").into_iter().flatten() {
        let taste = population.get_mut("taste");
        if let Some(mean) = taste.and_then(|taste| taste.list_mut("mean"))
            && mean.iter().all(|number| number.number() == Some(0.0))
        {
            mean.clear();
        }
    }
}

/// Tries the points of a list, or the combinations of a grid's or a sampled design's axes.
pub(super) fn check(root: &Node, groups: &Groups, varied: &Varied, problems: &mut Vec<Problem>) {
    let base = base(root);
    let intervenes = !root.list("interventions").is_empty();
    let mut try_point = |values: &[Override], place: &dyn Fn() -> String| {
        let mut found = Vec::new();
        at_point(&base, groups, values, &mut found);
        for problem in found {
            if !problems.iter().any(|other| other.gist() == problem.gist()) {
                problems.push(problem.help(place()));
            }
        }
        problems.len() < MOST_PROBLEMS
    };
    for (name, settings) in &varied.variants {
        let values: Vec<Override> = (settings.iter())
            .map(|(path, value)| setting(path, value))
            .collect();
        if !values.is_empty()
            && !try_point(&values, &|| format!("this is so in the variant `{name}`"))
        {
            return;
        }
    }
    if varied.rows.is_empty() {
        let coupled = |axis: &&Axis| axis.paths.iter().any(|path| is_coupled(path, intervenes));
        let coupled: Vec<&Axis> = varied.axes.iter().filter(coupled).collect();
        if varied.axes.is_empty() {
            return;
        }
        for number in 0..combinations(&coupled).min(MOST_TRIED) {
            let values = combination(&coupled, number);
            if !try_point(&values, &|| where_axes_have(&values)) {
                return;
            }
        }
    }
    let mut tried = BTreeSet::new();
    for (number, row) in varied.rows.iter().enumerate() {
        let coupled = row.iter().filter(|(path, _)| is_coupled(path, intervenes));
        let values: Vec<Override> = coupled.map(|(path, value)| setting(path, value)).collect();
        let shown: Vec<String> = values.iter().map(Override::shown).collect();
        let place = || format!("this is so at point {number} (points are counted from 0)");
        if tried.insert(shown) && !try_point(&values, &place) {
            return;
        }
    }
}

fn where_axes_have(values: &[Override]) -> String {
    let values: Vec<String> = values.iter().map(Override::shown).collect();
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
fn combination(axes: &[&Axis], mut number: u64) -> Vec<Override> {
    let mut values = Vec::new();
    for axis in axes.iter().rev() {
        let length = axis.values.len() as u64;
        let level = usize::try_from(number % length).unwrap_or(0);
        number /= length;
        let own = axis.paths.iter().zip(&axis.values[level]);
        values.splice(0..0, own.map(|(path, value)| setting(path, value)));
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
