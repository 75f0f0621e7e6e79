//! `outcome` and `statistic` of charts: what a chart of a sweep can show of it.

use crate::scenario::diagnostics::Problem;
use crate::scenario::schema::{ChartKind, SweepOutcome};
use crate::scenario::tree::{Node, Value};

/// Only charts of a sweep have a choice of outcomes; a figure of an analysis needs one that is asked at each point.
pub(super) fn check(
    root: &Node,
    chart: &Node,
    (drawn, at): (ChartKind, &str),
    problems: &mut Vec<Problem>,
) {
    for key in ["outcome", "statistic"] {
        let node = chart.get(key);
        if let Some(node) = node.filter(|_| drawn != ChartKind::Sweep) {
            let name = drawn.name();
            problems.push(
                Problem::new(format!("the chart `{name}` has one {key} only"))
                    .at(node.place(), &format!("{at}.{key}"))
                    .label("take this out"),
            );
        }
    }
    let outcome = chart.get("outcome").and_then(Node::text);
    let Some(outcome) = outcome.and_then(SweepOutcome::named) else {
        return;
    };
    let Some(kind) = outcome.analysis() else {
        return;
    };
    let place = chart.get("outcome").and_then(Node::place);
    let path = format!("{at}.outcome");
    if !is_at_each_point(root, kind) {
        problems.push(
            Problem::new(format!(
                "`{}` is a figure of the analysis \"{kind}\", which is not asked at each point",
                outcome.name()
            ))
            .at(place, &path)
            .label("of which analysis?")
            .help(format!(
                "say `at_each_point = true` in an [[analyses]] with kind = \"{kind}\""
            )),
        );
    } else if outcome.is_verdict() && !is_map(root) {
        problems.push(
            Problem::new(format!(
                "`{}` is a word, which needs a grid of one or two axes",
                outcome.name()
            ))
            .at(place, &path)
            .label("cannot be drawn over this sweep")
            .help("show a number of the same analysis, or sweep over a grid of two axes"),
        );
    }
    let statistic = chart.get("statistic");
    if let Some(node) = statistic.filter(|node| node.text() != Some("mean")) {
        problems.push(
            Problem::new(format!(
                "`{}` is found from all replicates together, so it has no other statistic",
                outcome.name()
            ))
            .at(node.place(), &format!("{at}.statistic"))
            .label("take this out")
            .help("statistics are of quantities of each market, such as outcome = \"share\""),
        );
    }
}

/// Whether an analysis of a kind is asked at each point, or so written that this was reported.
fn is_at_each_point(root: &Node, kind: &str) -> bool {
    root.list("analyses").iter().any(|analysis| {
        let is_asked = analysis.get("at_each_point").is_some_and(|node| {
            !matches!(node.value, Value::Boolean(false)) // anything else was reported
        });
        analysis.get("kind").and_then(Node::text) == Some(kind) && is_asked
    })
}

/// Whether a sweep is a grid of one or two axes, or so wrong that this was reported.
fn is_map(root: &Node) -> bool {
    let Some(sweep) = root.get("sweep") else {
        return true; // reported
    };
    let design = sweep.get("design").map_or(Some("grid"), Node::text);
    let axes = sweep.get("axes").map_or(0, |axes| axes.items().len());
    sweep.is_invalid() || design.is_none() || (design == Some("grid") && (1..=2).contains(&axes))
}
