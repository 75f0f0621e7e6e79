//! `[[analyses]]`: what each kind asks of the rest of the scenario.

use super::learning_loop;
use super::sources;
use crate::scenario::diagnostics::Problem;
use crate::scenario::tree::Node;

pub(super) fn check(root: &Node, problems: &mut Vec<Problem>) {
    for analysis in root.list("analyses") {
        match analysis.get("kind").and_then(Node::text) {
            Some("sensitivity") => check_sweep(root, analysis, problems),
            Some("amplification") => learning_loop::check_amplification(root, analysis, problems),
            Some("feedback") => learning_loop::check_feedback(root, analysis, problems),
            Some("loop") => learning_loop::check_loop(root, analysis, problems),
            Some("sources") => sources::check(root, analysis, problems),
            _ => {}
        }
        check_firm(root, analysis, problems);
    }
    check_points(root, problems);
}

/// What is asked at each point needs points, and the analyses of a kind share their tables.
fn check_points(root: &Node, problems: &mut Vec<Problem>) {
    let analyses = root.list("analyses");
    let is_at_each = |analysis: &Node| {
        let node = analysis.get("at_each_point");
        node.is_some_and(Node::is_true)
    };
    let kind = |analysis: &Node| analysis.get("kind").and_then(Node::text).map(str::to_owned);
    for analysis in analyses.iter().filter(|analysis| is_at_each(analysis)) {
        let place = analysis.get("at_each_point").and_then(Node::place);
        if root.get("sweep").is_none() {
            problems.push(
                Problem::new("an analysis at each point needs a [sweep], which has the points")
                    .at(place, "analyses.at_each_point")
                    .label("at which points?")
                    .help("for example: [[sweep.axes]] with key = \"market.friction.request\" and values = [0.1, 0.2]; or leave `at_each_point` out"),
            );
        } else if analyses
            .iter()
            .any(|other| kind(other) == kind(analysis) && !is_at_each(other))
        {
            problems.push(
                Problem::new(format!(
                    "analyses of kind \"{}\" share their tables, so either all or none are at each point",
                    kind(analysis).unwrap_or_default()
                ))
                .at(place, "analyses.at_each_point")
                .label("another of this kind is not")
                .help("say `at_each_point = true` in all of them, or in none"),
            );
        }
    }
}

/// Sensitivity is that to the axes of a sweep over ranges.
fn check_sweep(root: &Node, analysis: &Node, problems: &mut Vec<Problem>) {
    let kind = analysis.get("kind").and_then(Node::place);
    let Some(sweep) = root.get("sweep") else {
        let problem = Problem::new("a sensitivity analysis needs a [sweep], whose axes it varies")
            .at(kind, "analyses")
            .label("over which parameters?")
            .help("for example: [sweep] with design = \"sobol\" and samples = 256, and [[sweep.axes]] with key = \"populations.*.need.rate\" and range = { from = 0.1, to = 0.5 }");
        problems.push(problem);
        return;
    };
    let design = sweep.get("design");
    let name = match design.map(Node::text) {
        Some(Some(name)) => name,
        Some(None) => return, // reported
        None => "grid",
    };
    if sweep.is_invalid() || matches!(name, "latin-hypercube" | "sobol") {
        return;
    }
    problems.push(
        Problem::new(format!(
            "a sensitivity analysis needs a sweep over ranges, but the design is \"{name}\""
        ))
        .at(design.and_then(Node::place).or(kind), "sweep.design")
        .label("should be \"sobol\" or \"latin-hypercube\"")
        .help("each axis gives a range such as { from = 0.1, to = 0.5 }, or the values among which it chooses"),
    );
}

fn check_firm(root: &Node, analysis: &Node, problems: &mut Vec<Problem>) {
    let Some(node) = analysis.get("firm") else {
        return;
    };
    if let (Some(wanted), Some(known)) = (node.text(), known_firms(root))
        && !known.iter().any(|name| name == wanted)
    {
        let problem = Problem::unknown("firm", wanted, known.iter().map(String::as_str));
        problems.push(problem.at(node.place(), "analyses.firm"));
    }
}

/// Names that firms have at every point; none if a name was reported as wrong, for it may be the one meant.
pub(super) fn known_firms(root: &Node) -> Option<Vec<String>> {
    let firms = root.list("firms");
    if firms.iter().any(|firm| firm.name().is_none()) {
        return None;
    }
    Some(firm_names(firms, &swept_counts(root)))
}

/// Names that firms have at every point: members of a group whose size varies are left out.
pub(in crate::scenario) fn firm_names(firms: &[Node], swept: &[String]) -> Vec<String> {
    let mut names = Vec::new();
    for firm in firms {
        let Some(name) = firm.name() else { continue };
        let count = firm.get("count").and_then(Node::integer).unwrap_or(1);
        if swept.iter().any(|group| group == name || group == "*") {
            continue;
        }
        if count > 1 {
            names.extend((1..=count.min(1_000)).map(|i| format!("{name}-{i}")));
        } else {
            names.push(name.to_owned());
        }
    }
    names
}

/// Groups whose size is an axis.
fn swept_counts(root: &Node) -> Vec<String> {
    let axes = root.list("sweep.axes");
    let keys = axes.iter().flat_map(|axis| {
        let keys = axis.list("keys");
        axis.get("key").into_iter().chain(keys)
    });
    keys.filter_map(Node::text)
        .filter_map(|key| key.strip_prefix("firms.")?.strip_suffix(".count"))
        .map(str::to_owned)
        .collect()
}
