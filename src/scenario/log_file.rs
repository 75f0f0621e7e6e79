//! `[calibrate]` with a log or a table of targets beside the scenario: what they say takes the place of the file's name.
//!
//! So everything after sees statistics, and a stored scenario needs no file beside it and holds nothing of single customers.

use std::fs;
use std::path::{Path, PathBuf};

use super::check;
use super::diagnostics::{Problem, nearest};
use super::tree::{Node, Table, Value};
use crate::log::{Log, Reading, Shape, StatisticKind};

/// Reads what `[calibrate]` names.
pub(super) fn read(root: &mut Node, problems: &mut Vec<Problem>) {
    let firms = check::firm_names(root.list("firms"), &[]);
    let Some(calibrate) = root
        .get_mut("calibrate")
        .filter(|node| node.table().is_some())
    else {
        return;
    };
    if let Some(table) = calibrate.table_mut()
        && table.get("statistics").and_then(Node::text) == Some("all")
    {
        table.shift_remove("statistics");
    }
    let read = match (calibrate.get("log"), calibrate.get("targets")) {
        (None, None) => return,
        (Some(log), Some(_)) => {
            let problem = Problem::new("`log` and `targets` are two ways to say what was observed");
            Err(problem
                .at(log.key_place(), "calibrate.log")
                .help("take one of them out"))
        }
        (Some(log), None) => of_log(calibrate, log, &firms),
        (None, Some(targets)) => of_targets(targets),
    };
    match read {
        Ok(found) => put(calibrate, found),
        Err(problem) => {
            problems.push(problem);
            // what the file would have said is unknown
            calibrate.value = Value::Invalid;
        }
    }
}

/// What a file says.
struct Found {
    observed: Vec<Node>,
    periods: Option<u32>,
    customers: Option<u32>,
}

fn put(calibrate: &mut Node, found: Found) {
    let Some(table) = calibrate.table_mut() else {
        return;
    };
    for key in ["log", "targets", "period"] {
        table.shift_remove(key);
    }
    for (key, value) in [("periods", found.periods), ("customers", found.customers)] {
        if let Some(value) = value.filter(|_| !table.contains_key(key)) {
            table.insert(key.to_owned(), Node::plain(Value::Integer(value.into())));
        }
    }
    table.insert(
        "observed".to_owned(),
        Node::plain(Value::Array(found.observed)),
    );
}

/// A file beside the scenario.
pub(super) fn beside(file: &Node, key: &str) -> Result<PathBuf, Problem> {
    let Some(name) = file.text() else {
        let problem = Problem::new(format!(
            "`{key}` is {}, but should be a text in quotes",
            file.kind()
        ));
        return Err(problem.at(file.place(), key));
    };
    let folder = file.span.as_ref().map(|span| Path::new(&span.source.name));
    let folder = folder.and_then(Path::parent).unwrap_or(Path::new(""));
    Ok(folder.join(name))
}

/// The statistics of a log, with firms as the scenario has them.
fn of_log(calibrate: &Node, file: &Node, firms: &[String]) -> Result<Found, Problem> {
    let path = beside(file, "calibrate.log")?;
    let unit = match calibrate.get("period") {
        None => None,
        Some(period) => {
            let wrong = |message| Problem::new(message).at(period.place(), "calibrate.period");
            let text = period
                .text()
                .ok_or_else(|| wrong("`period` should be a text, such as \"7d\"".to_owned()))?;
            Some(text.parse().map_err(wrong)?)
        }
    };
    let reading = Reading {
        unit,
        ..Reading::default()
    };
    let log = Log::read(&path, &reading).map_err(|error| {
        Problem::new(error.to_string())
            .at(file.place(), "calibrate.log")
            .label("a log of purchases beside the scenario")
    })?;
    let place = |firm: &crate::log::FirmInLog| {
        let is = |name: &&String| **name == firm.name || **name == firm.scenario_name();
        let found = firms.iter().position(|name| is(&name));
        found.and_then(|place| u16::try_from(place).ok()).ok_or_else(|| {
            Problem::new(format!("the log has a firm `{}` that the scenario does not have", firm.name))
                .at(file.place(), "calibrate.log")
                .suggest(nearest(&firm.name, firms.iter().map(String::as_str)))
                .help("add [[firms]] of that name, rename one, or put its purchases together with others in the log")
        })
    };
    let places: Vec<u16> = log
        .firms
        .iter()
        .map(place)
        .collect::<Result<_, Problem>>()?;
    let given = calibrate.get("periods").and_then(Node::integer);
    let periods = given
        .and_then(|given| u32::try_from(given).ok())
        .unwrap_or(log.periods);
    let shape = Shape {
        firms: firms.len(),
        periods: periods.max(1),
    };
    let all = log.statistics_as(shape, |firm| places[usize::from(firm)]);
    let known = all.into_iter().filter(|(_, value)| value.is_finite());
    let observed = known.map(|(one, value)| {
        let firm = one.firm_in(firms);
        row(one.kind.name(), &firm, (one.from, one.to), value, 0.0)
    });
    Ok(Found {
        observed: observed.collect(),
        periods: Some(shape.periods),
        customers: log
            .populations
            .iter()
            .map(|(_, customers)| *customers)
            .max(),
    })
}

/// A table with what was observed.
fn row(
    statistic: &str,
    firm: &str,
    (from, to): (u32, u32),
    value: f64,
    standard_error: f64,
) -> Node {
    let mut table = Table::new();
    let mut put = |key: &str, value: Value| {
        table.insert(key.to_owned(), Node::plain(value));
    };
    put("statistic", Value::String(statistic.to_owned()));
    if !firm.is_empty() {
        put("firm", Value::String(firm.to_owned()));
    }
    put("from", Value::Integer(from.into()));
    put("to", Value::Integer(to.into()));
    put("value", Value::Float(value));
    put("standard_error", Value::Float(standard_error));
    Node::plain(Value::Table(table))
}

/// The rows of a table of targets.
fn of_targets(file: &Node) -> Result<Found, Problem> {
    let path = beside(file, "calibrate.targets")?;
    let shown = path.display().to_string();
    let problem = |message: String| Problem::new(message).at(file.place(), "calibrate.targets");
    let needed = "its columns are statistic, firm, from, to, value and standard_error (which may be empty), as `flywheel describe` writes them in statistics.csv";
    let text = fs::read_to_string(&path).map_err(|error| {
        problem(format!("the targets cannot be read from {shown}: {error}")).help(needed)
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let header = reader
        .headers()
        .map_err(|error| problem(format!("{shown} is no table: {error}")))?
        .clone();
    let place = |name: &str| header.iter().position(|own| own == name);
    let column = |name: &str| {
        place(name).ok_or_else(|| {
            problem(format!("{shown}, line 1: there is no column `{name}`")).help(needed)
        })
    };
    let (statistic, from, to, value) = (
        column("statistic")?,
        column("from")?,
        column("to")?,
        column("value")?,
    );
    let (firm, error) = (place("firm"), place("standard_error"));
    let mut observed = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| problem(format!("{shown} is no table: {error}")))?;
        let line = record.position().map_or(0, csv::Position::line);
        let wrong = |column: &str, text: &str, what: &str| {
            problem(format!(
                "{shown}, line {line}, column {column}: `{text}` is no {what}"
            ))
        };
        let name = &record[statistic];
        let known = StatisticKind::ALL.map(StatisticKind::name);
        if !known.contains(&name) {
            let wrong = wrong("statistic", name, "statistic").suggest(nearest(name, known));
            return Err(wrong.help(format!("statistics are {}", known.join(", "))));
        }
        let whole = |column: &str, at: usize| {
            record[at]
                .parse::<u32>()
                .map_err(|_| wrong(column, &record[at], "whole number from 0 on"))
        };
        let number = |column: &str, at: usize| {
            let number = record[at]
                .parse::<f64>()
                .ok()
                .filter(|number| number.is_finite());
            number.ok_or_else(|| wrong(column, &record[at], "number"))
        };
        // a statistic without a value is one that nothing says
        if record[value].is_empty() {
            continue;
        }
        let error = match error.filter(|at| !record[*at].is_empty()) {
            Some(at) => number("standard_error", at)?,
            None => 0.0,
        };
        let firm = firm.map_or("", |at| &record[at]);
        let over = (whole("from", from)?, whole("to", to)?);
        observed.push(row(name, firm, over, number("value", value)?, error));
    }
    Ok(Found {
        observed,
        periods: None,
        customers: None,
    })
}
