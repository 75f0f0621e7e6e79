//! `[calibrate]`: whether there is a log, something to ask, and a market that is long enough.

use super::sweep;
use crate::log::Shape;
use crate::scenario::diagnostics::{Problem, list};
use crate::scenario::merge::Groups;
use crate::scenario::schema::{Calibrate, DesignKind};
use crate::scenario::tree::{Node, Table, Value};

/// Checks what is asked, and whether an analysis of this kind has something to ask.
pub(super) fn check(root: &Node, groups: &Groups, problems: &mut Vec<Problem>) {
    let Some(calibrate) = root.get("calibrate") else {
        return check_analyses(root, problems);
    };
    if calibrate.is_invalid() {
        return;
    }
    if calibrate.list("observed").is_empty() {
        problems.push(
            Problem::new("[calibrate] needs a `log`, or `targets`: what was observed")
                .at(calibrate.place(), "calibrate.log")
                .help("for example: log = \"purchases.csv\", a file beside the scenario with the columns customer, period and firm"),
        );
        return;
    }
    let parameters = calibrate.list("parameters");
    if parameters.is_empty() {
        problems.push(
            Problem::new("[calibrate] asks for no parameter")
                .at(calibrate.place(), "calibrate.parameters")
                .label("needs at least one [[calibrate.parameters]]")
                .help("for example: [[calibrate.parameters]] with key = \"populations.*.awareness\" and range = { from = 0.2, to = 0.9 } on the next lines"),
        );
    }
    let without = |one: &&Node| one.get("range").is_none() && !one.is_invalid();
    if let Some(parameter) = parameters.iter().find(without) {
        problems.push(
            Problem::new("a parameter of a calibration needs a `range` to be searched in")
                .at(parameter.place(), "calibrate.parameters")
                .label("from where to where?")
                .help("for example: range = { from = 0.2, to = 0.9 }, with scale = \"log\" where ratios matter"),
        );
        return;
    }
    check_ranges(root, calibrate, groups, problems);
    check_length(root, calibrate, problems);
    check_observed(root, calibrate, groups, problems);
    check_wanted(calibrate, problems);
}

/// An analysis of this kind needs to know of which log.
fn check_analyses(root: &Node, problems: &mut Vec<Problem>) {
    for analysis in root.list("analyses") {
        let kind = analysis.get("kind");
        if kind.and_then(Node::text) == Some("calibration") {
            problems.push(
                Problem::new("an analysis of kind \"calibration\" needs [calibrate]")
                    .at(kind.and_then(Node::place), "analyses.kind")
                    .label("of which log?")
                    .help("for example: [calibrate] with log = \"purchases.csv\", and [[calibrate.parameters]]"),
            );
        }
    }
}

/// The parameters are the axes of a sweep over ranges, and checked as such.
fn check_ranges(root: &Node, calibrate: &Node, groups: &Groups, problems: &mut Vec<Problem>) {
    let mut swept = root.clone();
    let mut sweep = Table::new();
    let samples = calibrate.get("samples").cloned();
    let axes = calibrate.get("parameters").cloned();
    sweep.insert(
        "design".to_owned(),
        Node::plain(Value::String(DesignKind::Sobol.name().to_owned())),
    );
    sweep.insert(
        "samples".to_owned(),
        samples.unwrap_or_else(|| Node::plain(Value::Integer(Calibrate::default().samples.into()))),
    );
    sweep.extend(axes.map(|axes| ("axes".to_owned(), axes)));
    if let Some(table) = swept.table_mut() {
        table.insert("sweep".to_owned(), Node::plain(Value::Table(sweep)));
    }
    sweep::resolve(&mut swept, groups, problems);
}

/// The log has to fit into what is simulated.
fn check_length(root: &Node, calibrate: &Node, problems: &mut Vec<Problem>) {
    let number = |node: Option<&Node>| node.and_then(Node::integer);
    let Some(simulated) = number(root.at(&["simulation", "periods"])) else {
        return;
    };
    let from = number(calibrate.get("from")).unwrap_or(0);
    let periods = number(calibrate.get("periods")).unwrap_or(1);
    if from + periods > simulated {
        problems.push(
            Problem::new(format!(
                "the log has {periods} periods, seen from period {from} on, but only {simulated} are simulated"
            ))
            .at(calibrate.place(), "calibrate")
            .label("does not fit")
            .help(match simulated > from + 1 {
                true => format!(
                    "set simulation.periods = {}, or periods = {} under [calibrate], which leaves out what comes later",
                    from + periods,
                    simulated - from
                ),
                false => format!("set simulation.periods = {}", from + periods),
            }),
        );
    }
}

/// What was observed has to be something that a market can be asked.
fn check_observed(root: &Node, calibrate: &Node, groups: &Groups, problems: &mut Vec<Problem>) {
    let firms: Vec<String> = (root.list("firms").iter())
        .filter_map(Node::name)
        .flat_map(|name| match groups.get(name) {
            Some(members) => members.clone(),
            None => vec![name.to_owned()],
        })
        .collect();
    let number = |node: Option<&Node>| {
        node.and_then(Node::integer)
            .and_then(|number| u32::try_from(number).ok())
    };
    let Some(simulated) = number(root.at(&["simulation", "periods"])) else {
        return;
    };
    let from = number(calibrate.get("from")).unwrap_or(0);
    let periods = number(calibrate.get("periods"))
        .unwrap_or(simulated.saturating_sub(from))
        .max(1);
    let shape = Shape {
        firms: firms.len(),
        periods,
    };
    let all = shape.statistics();
    for one in calibrate.list("observed") {
        let text = |key: &str| one.get(key).and_then(Node::text).unwrap_or_default();
        let (name, firm) = (text("statistic"), text("firm"));
        let over = (number(one.get("from")), number(one.get("to")));
        let is_there = all.iter().any(|known| {
            known.kind.name() == name
                && known.firm_in(&firms) == firm
                && (Some(known.from), Some(known.to)) == over
        });
        if !is_there {
            let shown =
                |number: Option<u32>| number.map_or("?".to_owned(), |number| number.to_string());
            problems.push(
                Problem::new(format!(
                    "there is no statistic {name} of \"{firm}\" from {} to {} in a market of {periods} periods",
                    shown(over.0),
                    shown(over.1)
                ))
                .at(calibrate.place(), "calibrate.observed")
                .help("firm, from and to are those of statistics.csv, which `flywheel describe` writes for a log of as many periods; `periods` under [calibrate] says how many these are"),
            );
            return;
        }
    }
}

/// Of the statistics that count, one has to be observed.
fn check_wanted(calibrate: &Node, problems: &mut Vec<Problem>) {
    let wanted = calibrate.list("statistics");
    let observed = calibrate.list("observed").iter();
    let observed = observed.filter_map(|one| one.get("statistic").and_then(Node::text));
    let is_wanted = |name: &str| wanted.iter().any(|one| one.text() == Some(name));
    if !wanted.is_empty() && !observed.clone().any(is_wanted) {
        problems.push(
            Problem::new("nothing was observed of the `statistics` that count")
                .at(
                    calibrate.get("statistics").and_then(Node::place),
                    "calibrate.statistics",
                )
                .help(format!("observed are {}", list(observed, "and"))),
        );
    }
}
