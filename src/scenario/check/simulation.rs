//! `[simulation]`: what is recorded, and how precise results shall be.

use crate::scenario::diagnostics::Problem;
use crate::scenario::tree::Node;

pub(super) fn check(root: &Node, problems: &mut Vec<Problem>) {
    let Some(simulation) = root.get("simulation") else {
        return;
    };
    check_record(simulation, problems);
    check_precision(simulation, problems);
    check_until_decided(simulation, problems);
}

fn check_record(simulation: &Node, problems: &mut Vec<Problem>) {
    let Some(record) = simulation.get("record") else {
        return;
    };
    let from = record.get("from").filter(|from| from.integer().is_some());
    let periods = simulation.get("periods").and_then(Node::integer);
    if let (Some(from), Some(periods)) = (from, periods)
        && from.integer() >= Some(periods)
    {
        problems.push(
            Problem::new(
                "nothing would be recorded: the first period to record comes after the end",
            )
            .at(from.place(), "simulation.record.from")
            .label(format!("the last period is {}", periods - 1))
            .help(format!(
                "simulation.periods is {periods}, and periods are counted from 0"
            )),
        );
    }
    check_map(record, periods, problems);
    let tables = record.list("tables");
    for (index, table) in tables.iter().enumerate() {
        let earlier = tables[..index].iter().filter_map(Node::text);
        let Some(name) = table.text() else { continue };
        if earlier.into_iter().any(|other| other == name) {
            problems.push(
                Problem::new(format!("the table `{name}` is named twice"))
                    .at(table.place(), "simulation.record.tables")
                    .label("the second time"),
            );
        }
    }
}

/// The moments of the map: in order, within the run, and of a table that is asked for.
fn check_map(record: &Node, periods: Option<i128>, problems: &mut Vec<Problem>) {
    let Some(map) = record.get("map").filter(|map| !map.items().is_empty()) else {
        return;
    };
    let path = "simulation.record.map";
    let is_asked_for = record.get("tables").is_some_and(|tables| {
        tables
            .items()
            .iter()
            .any(|table| table.text() == Some("map"))
    });
    if !is_asked_for {
        problems.push(
            Problem::new("moments of the table `map` are chosen, but the table is not asked for")
                .at(map.key_place(), path)
                .label("moments of which table?")
                .help("add \"map\" to simulation.record.tables, beside those that you want already, such as tables = [\"periods\", \"firms\", \"market\", \"map\"]"),
        );
    }
    let mut earlier: Option<i128> = None;
    for node in map.items() {
        let Some(period) = node.integer() else {
            continue; // reported
        };
        if periods.is_some_and(|periods| period >= periods) {
            let last = periods.unwrap_or(1) - 1;
            problems.push(
                Problem::new(format!("there is no period {period}"))
                    .at(node.place(), path)
                    .label(format!("the last period is {last}"))
                    .help("periods are counted from 0"),
            );
        } else if let Some(earlier) = earlier.filter(|&earlier| period <= earlier) {
            problems.push(
                Problem::new(format!(
                    "period {period} does not come after period {earlier}"
                ))
                .at(node.place(), path)
                .label("out of order")
                .help("name each period once, the earliest first"),
            );
        }
        earlier = Some(period);
    }
}

fn check_until_decided(simulation: &Node, problems: &mut Vec<Problem>) {
    let Some(until) = simulation.get("until_decided") else {
        return;
    };
    if simulation.get("precision").is_some() {
        problems.push(
            Problem::new("replicates are added until results are precise, or until hypotheses are decided, not both")
                .at(until.key_place(), "simulation.until_decided")
                .label("there is `precision` too")
                .help("leave one of them out"),
        );
    }
    let replicates = simulation.get("replicates").and_then(Node::integer);
    if let (Some(node), Some(replicates)) = (until.get("at_most"), replicates)
        && node.integer().is_some_and(|most| most < replicates)
    {
        problems.push(
            Problem::new(format!(
                "it should stop at {} replicates, but there are {replicates} to begin with",
                node.integer().unwrap_or(0)
            ))
            .at(node.place(), "simulation.until_decided.at_most")
            .label(format!("should be at least {replicates}")),
        );
    }
}

fn check_precision(simulation: &Node, problems: &mut Vec<Problem>) {
    let at_most = simulation.at(&["precision", "at_most"]);
    let replicates = simulation.get("replicates").and_then(Node::integer);
    let (Some(node), Some(replicates)) = (at_most, replicates) else {
        return;
    };
    let Some(at_most) = node.integer() else {
        return;
    };
    if at_most < replicates {
        problems.push(
            Problem::new(format!(
                "precision stops at {at_most} replicates, but there are {replicates} to begin with"
            ))
            .at(node.place(), "simulation.precision.at_most")
            .label(format!("should be at least {replicates}"))
            .help("simulation.replicates are run in any case; precision adds more where they are too few"),
        );
    }
}
