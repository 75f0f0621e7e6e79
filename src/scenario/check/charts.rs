//! `[[charts]]` and `chart_style.labels`: what each chart asks of the rest of the scenario.

use super::analyses::known_firms;
use super::names::{self, file_flaw};
use super::outcome;
use crate::scenario::diagnostics::{Problem, Span, list, nearest};
use crate::scenario::merge::Groups;
use crate::scenario::schema::{ChartKind, Statistic, SweepOutcome};
use crate::scenario::tree::{Node, Value};

/// The chart at the place being checked.
struct Chart<'a> {
    node: &'a Node,
    kind: ChartKind,
    path: String,
}

/// Reports every problem, and puts the members of a group in place of its name.
pub(super) fn resolve(root: &mut Node, groups: &Groups, problems: &mut Vec<Problem>) {
    expand_groups(root, groups);
    check_labels(root, problems);
    let mut names: Vec<String> = Vec::new();
    for (index, node) in root.list("charts").iter().enumerate() {
        let kind = node.get("kind").map(Node::to_json);
        let Some(kind) = kind.and_then(|kind| serde_json::from_value(kind).ok()) else {
            continue; // reported
        };
        let path = format!("charts[{}]", index + 1);
        let chart = Chart { node, kind, path };
        check_kind(root, &chart, problems);
        check_tables(root, &chart, problems);
        check_name(&chart, &mut names, problems);
        check_firms(root, &chart, problems);
        check_periods(root, &chart, problems);
        check_axes(root, &chart, problems);
        outcome::check(root, node, (kind, &chart.path), problems);
    }
}

fn expand_groups(root: &mut Node, groups: &Groups) {
    let Some(charts) = root.list_mut("charts") else {
        return;
    };
    for chart in charts {
        let Some(firms) = chart.list_mut("firms") else {
            continue;
        };
        *firms = std::mem::take(firms)
            .into_iter()
            .flat_map(|firm| {
                let members = firm.text().and_then(|name| groups.get(name));
                match members {
                    None => vec![firm],
                    Some(members) => {
                        let named = |name: &String| Node {
                            value: Value::String(name.clone()),
                            ..firm.clone()
                        };
                        members.iter().map(named).collect()
                    }
                }
            })
            .collect();
    }
}

fn check_labels(root: &Node, problems: &mut Vec<Problem>) {
    let labels = root.at(&["chart_style", "labels"]).and_then(Node::table);
    let Some(known) = known_firms(root) else {
        return;
    };
    for (name, node) in labels.into_iter().flatten() {
        if !known.contains(name) {
            let span = node.key_place();
            problems.push(unknown_firm(name, &known, span, "chart_style.labels"));
        } else if node.text().is_some_and(|label| label.trim().is_empty()) {
            problems.push(
                Problem::new(format!("the label of `{name}` is empty"))
                    .at(node.place(), "chart_style.labels")
                    .label("should be the words to show")
                    .help("leave the line out to show the firm's name"),
            );
        } else {
            names::check_label(node, "chart_style.labels", problems);
        }
    }
}

fn unknown_firm(name: &str, known: &[String], span: Option<&Span>, path: &str) -> Problem {
    Problem::unknown("firm", name, known.iter().map(String::as_str)).at(span, path)
}

/// A sweep has charts of its own, and a grid of two axes one more.
fn check_kind(root: &Node, chart: &Chart<'_>, problems: &mut Vec<Problem>) {
    let name = chart.kind.name();
    let place = chart.node.get("kind").and_then(Node::place);
    let sweep = root.get("sweep");
    let problem = match (sweep, chart.kind.is_of_sweep()) {
        (None, true) => Problem::new(format!(
            "the chart `{name}` needs a [sweep], but there is none"
        ))
        .label("of which sweep?")
        .help("charts of one market: share, advantage, fit, value, frontier and market"),
        (Some(_), false) => Problem::new(format!(
            "the chart `{name}` shows one market, but this scenario sweeps over many"
        ))
        .label("should be \"sweep\" or \"sweep-leader\"")
        .help("to see one point of the sweep over time, run it as a scenario of its own"),
        (None, false) if chart.kind == ChartKind::Map && !has_table(root, "map") => {
            Problem::new("the chart `map` needs the table `map`, which is not asked for")
                .label("of which table?")
                .help("add \"map\" to simulation.record.tables, such as tables = [\"periods\", \"firms\", \"market\", \"map\"]")
        }
        (Some(sweep), true) if chart.kind == ChartKind::SweepLeader && !is_plane(sweep) => {
            Problem::new("the chart `sweep-leader` needs a grid of two axes")
                .label("should be \"sweep\"")
                .help("`sweep` draws an outcome of every sweep, however many axes it has")
        }
        _ => return,
    };
    problems.push(problem.at(place, &format!("{}.kind", chart.path)));
}

/// Whether the scenario asks for a table.
fn has_table(root: &Node, name: &str) -> bool {
    let mut tables = root.list("simulation.record.tables").iter();
    tables.any(|table| table.text() == Some(name))
}

/// Whether a sweep is a grid of two axes, or so wrong that this was reported.
fn is_plane(sweep: &Node) -> bool {
    let design = sweep.get("design").map_or(Some("grid"), Node::text);
    let axes = sweep.get("axes").map_or(0, |axes| axes.items().len());
    sweep.is_invalid() || design.is_none() || (design == Some("grid") && axes == 2)
}

/// The learning curve has a table of its own, which is not kept unless the scenario says so.
fn check_tables(root: &Node, chart: &Chart<'_>, problems: &mut Vec<Problem>) {
    if chart.kind != ChartKind::Learning || has_table(root, "learning") {
        return;
    }
    let place = chart.node.get("kind").and_then(Node::place);
    let problem =
        Problem::new("the chart `learning` needs the table `learning`, which is not kept");
    problems.push(
        problem
            .at(place, &format!("{}.kind", chart.path))
            .label("of which table?")
            .help("keep it by simulation.record.tables = [\"periods\", \"firms\", \"market\", \"learning\"]"),
    );
}

/// Names become names of files, of which each chart needs its own.
fn check_name(chart: &Chart<'_>, names: &mut Vec<String>, problems: &mut Vec<Problem>) {
    let given = chart.node.get("name");
    let name = match given.map(Node::text) {
        Some(Some(name)) => name.to_owned(),
        Some(None) => return, // reported
        None if chart.kind == ChartKind::Sweep => usual_stem(chart.node),
        None => chart.kind.name().to_owned(),
    };
    let place = given.or(chart.node.get("kind")).and_then(Node::place);
    let path = format!("{}.name", chart.path);
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if name.is_empty() || name.len() > 60 || !name.chars().all(allowed) {
        problems.push(
            Problem::new(format!("\"{name}\" cannot be the name of a chart"))
                .at(place, &path)
                .label("names a file")
                .help("letters (a to z), digits, `-` and `_`, at most 60; `title` takes any text"),
        );
    } else if let Some(reason) = file_flaw(&name) {
        let message = format!("\"{name}\" cannot be the name of a chart: {reason}");
        problems.push(Problem::new(message).at(place, &path).label("names a file"));
    } else if names.contains(&name) {
        problems.push(
            Problem::new(format!("two charts are named `{name}`"))
                .at(place, &path)
                .label("the second one")
                .help("give it a `name`, which becomes that of its files"),
        );
    }
    names.push(name);
}

/// The name of a chart of a sweep without one of its own; what is unknown was reported.
fn usual_stem(chart: &Node) -> String {
    let text = |key: &str| chart.get(key).and_then(Node::text);
    let outcome = text("outcome").and_then(SweepOutcome::named);
    let statistic = text("statistic").and_then(Statistic::named);
    let outcome = outcome.unwrap_or_default();
    outcome.stem(statistic.unwrap_or_default())
}

fn check_firms(root: &Node, chart: &Chart<'_>, problems: &mut Vec<Problem>) {
    let Some(node) = chart.node.get("firms") else {
        return;
    };
    let path = format!("{}.firms", chart.path);
    if chart.kind == ChartKind::Market {
        let problem = Problem::new("the chart `market` shows all firms together");
        problems.push(problem.at(node.place(), &path).label("take this out"));
        return;
    }
    let Some(known) = known_firms(root) else {
        return;
    };
    let mut seen = Vec::new();
    for firm in node.items() {
        let Some(name) = firm.text() else { continue };
        if !known.iter().any(|one| one == name) {
            problems.push(unknown_firm(name, &known, firm.place(), &path));
        } else if seen.contains(&name) {
            let problem = Problem::new(format!("the firm `{name}` is named twice"));
            problems.push(problem.at(firm.place(), &path).label("the second time"));
        }
        seen.push(name);
    }
}

fn check_periods(root: &Node, chart: &Chart<'_>, problems: &mut Vec<Problem>) {
    let Some(node) = chart.node.get("periods") else {
        return;
    };
    let path = format!("{}.periods", chart.path);
    if !chart.kind.is_over_time() {
        let message = format!("the chart `{}` is not one over time", chart.kind.name());
        let problem = Problem::new(message).at(node.place(), &path);
        problems.push(problem.label("take this out").help(match chart.kind {
            ChartKind::Wheel => "it shows the beginning, the middle and the end",
            ChartKind::Learning | ChartKind::Newcomers => "it shows transactions of all periods",
            _ => "it shows the last tenth of the periods",
        }));
        return;
    }
    let Some(last) = root.at(&["simulation", "periods"]).and_then(Node::integer) else {
        return;
    };
    let last = last - 1;
    for key in ["from", "to"] {
        let Some(end) = node.get(key) else { continue };
        if end.integer().is_some_and(|period| period > last) {
            problems.push(
                Problem::new(format!(
                    "the chart would show periods after the last, which is {last}"
                ))
                .at(end.place(), &format!("{path}.{key}"))
                .label(format!("at most {last}"))
                .help("periods are counted from 0 to simulation.periods - 1"),
            );
        }
    }
    let from = node.get("from").and_then(Node::integer).unwrap_or(0);
    if let Some(to) = node
        .get("to")
        .filter(|to| to.integer().is_some_and(|to| to < from))
    {
        problems.push(
            Problem::new("the chart would show no period: `to` comes before `from`")
                .at(to.place(), &format!("{path}.to"))
                .label(format!("should be at least {from}")),
        );
    }
}

/// Axes are named by their label or path.
fn check_axes(root: &Node, chart: &Chart<'_>, problems: &mut Vec<Problem>) {
    let Some(node) = chart.node.get("axes") else {
        return;
    };
    let path = format!("{}.axes", chart.path);
    if chart.kind != ChartKind::Sweep {
        let problem = Problem::new(format!("the chart `{}` takes no axes", chart.kind.name()))
            .at(node.place(), &path);
        problems.push(problem.label("take this out"));
        return;
    }
    let known = axis_names(root);
    let mut seen = Vec::new();
    for axis in node.items() {
        let Some(name) = axis.text() else { continue };
        let place = known
            .iter()
            .position(|names| names.iter().any(|known| known == name));
        let names = || known.iter().flatten().map(String::as_str);
        match place {
            None if known.is_empty() => {}
            None => problems.push(
                Problem::new(format!("the sweep has no axis `{name}`"))
                    .at(axis.place(), &path)
                    .label("unknown axis")
                    .help(format!("axes, by path or label: {}", list(names(), "and")))
                    .suggest(nearest(name, names())),
            ),
            Some(place) if seen.contains(&place) => {
                let problem = Problem::new(format!("the axis `{name}` is named twice"));
                problems.push(problem.at(axis.place(), &path).label("the second time"));
            }
            Some(place) => seen.push(place),
        }
    }
}

/// For each axis, what it may be called: its path, and its label if it has one.
fn axis_names(root: &Node) -> Vec<Vec<String>> {
    let owned = |node: &Node| node.text().map(|text| text.trim().to_owned());
    let of_axis = |axis: &Node| -> Vec<String> {
        let keys = axis.list("keys");
        let key = axis.get("key").or(keys.first());
        key.into_iter()
            .chain(axis.get("label"))
            .filter_map(owned)
            .collect()
    };
    let axes: Vec<Vec<String>> = root.list("sweep.axes").iter().map(of_axis).collect();
    if !axes.is_empty() {
        return axes;
    }
    // the paths of the rows of a list
    let rows = root.list("sweep.points").first().and_then(Node::table);
    rows.into_iter()
        .flat_map(|row| row.keys().map(|key| vec![key.clone()]))
        .collect()
}
