//! Analyses of kinds "amplification", "feedback" and "loop": there has to be time for what they measure.

use crate::scenario::Simulation;
use crate::scenario::diagnostics::Problem;
use crate::scenario::schema::REFERENCE;
use crate::scenario::tree::Node;

/// The head start of an amplification analysis can be followed.
pub(super) fn check_amplification(root: &Node, analysis: &Node, problems: &mut Vec<Problem>) {
    if let Some(node) = analysis.get("period") {
        check_head_start(root, node, problems);
    }
}

/// So can every head start of a feedback analysis.
pub(super) fn check_feedback(root: &Node, analysis: &Node, problems: &mut Vec<Problem>) {
    for node in times("feedback", analysis, problems) {
        check_head_start(root, node, problems);
    }
}

/// A head start is held against what it has done some periods later, and then followed.
fn check_head_start(root: &Node, node: &Node, problems: &mut Vec<Problem>) {
    let (Some(period), periods) = (node.integer(), number_of_periods(root)) else {
        return;
    };
    let least = i128::from(REFERENCE) + 1;
    if period + least >= periods {
        let last = periods - least - 1;
        let label = if last >= 1 {
            format!("should be at most {last}")
        } else {
            format!(
                "simulation.periods should be {} or more",
                period + least + 1
            )
        };
        problems.push(
            Problem::new(format!(
                "a head start in period {period} cannot be followed: the last period is {}",
                periods - 1
            ))
            .at(node.place(), "analyses.period")
            .label(label)
            .help(format!(
                "what it does is compared with what it has done {REFERENCE} periods later; simulation.periods is {periods}"
            )),
        );
    }
}

/// Every window starts when there are customers, and ends before the market does.
pub(super) fn check_loop(root: &Node, analysis: &Node, problems: &mut Vec<Problem>) {
    let times = times("loop", analysis, problems);
    let window = match analysis.get("window") {
        Some(node) => node.integer(),
        None => Some(20),
    };
    let Some(window) = window else { return };
    let periods = number_of_periods(root);
    for node in times {
        let Some(period) = node.integer() else {
            continue;
        };
        if period + window > periods {
            let (last, longest) = (periods - window, periods - period);
            let label = if last >= 1 {
                format!("should be at most {last}")
            } else if longest >= 1 {
                format!("`window` should be at most {longest}")
            } else {
                format!("simulation.periods should be {} or more", period + window)
            };
            problems.push(
                Problem::new(format!(
                    "a window of {window} periods from period {period} on ends after the last period, {}",
                    periods - 1
                ))
                .at(node.place(), "analyses.period")
                .label(label)
                .help(format!(
                    "simulation.periods is {periods}, and periods are counted from 0"
                )),
            );
        }
    }
}

/// The periods that an analysis names: one, or several.
fn times<'a>(kind: &str, analysis: &'a Node, problems: &mut Vec<Problem>) -> Vec<&'a Node> {
    let one = analysis.get("period");
    // an empty list says nothing
    let several = analysis.get("periods");
    let several = several.filter(|periods| !periods.items().is_empty() || periods.is_invalid());
    if one.is_some() == several.is_some() {
        let place = several.or(analysis.get("kind")).and_then(Node::place);
        problems.push(
            Problem::new(format!(
                "a {kind} analysis has either `period` or `periods`"
            ))
            .at(place, "analyses.periods")
            .label(if one.is_some() {
                "both are given"
            } else {
                "when does it start?"
            })
            .help("for example: periods = [20, 100, 200]"),
        );
    }
    let several = several.map_or(&[][..], Node::items);
    one.into_iter().chain(several).collect()
}

fn number_of_periods(root: &Node) -> i128 {
    let periods = root.at(&["simulation", "periods"]).and_then(Node::integer);
    periods.unwrap_or_else(|| Simulation::default().periods.into())
}
