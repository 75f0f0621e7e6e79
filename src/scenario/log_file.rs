//! `[calibrate]` with a log or a table of targets beside the scenario: what they say takes the place of the file's name.
//!
//! So everything after sees statistics, and a stored scenario needs no file beside it and holds nothing of single customers.

use std::path::{Path, PathBuf};

use super::check;
use super::diagnostics::{Problem, list, nearest};
use super::schema::{Population, Simulation};
use super::tree::{Node, Table, Value};
use crate::log::{Log, LogError, Reading, Shape, Target};

/// Reads what `[calibrate]` names.
pub(super) fn read(root: &mut Node, problems: &mut Vec<Problem>) {
    let market = Market::of(root);
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
        (Some(log), None) => market.log(calibrate, log),
        (None, Some(targets)) => market.targets(calibrate, targets),
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

/// What the scenario says of the market that was observed.
struct Market {
    firms: Vec<String>,
    periods: u32,
    /// By population: customers at a time, and the part of them who are replaced in a period.
    populations: Vec<(u32, f64)>,
}

/// What a file says.
struct Found {
    observed: Vec<Node>,
    periods: Option<u32>,
    customers: Option<u32>,
    numbers_used_again: Option<bool>,
}

fn put(calibrate: &mut Node, found: Found) {
    let Some(table) = calibrate.table_mut() else {
        return;
    };
    for key in ["log", "targets", "period"] {
        table.shift_remove(key);
    }
    let number = |number: u32| Value::Integer(number.into());
    for (key, value) in [
        ("periods", found.periods.map(number)),
        ("customers", found.customers.map(number)),
        (
            "numbers_used_again",
            found.numbers_used_again.map(Value::Boolean),
        ),
    ] {
        if let Some(value) = value.filter(|_| !table.contains_key(key)) {
            table.insert(key.to_owned(), Node::plain(value));
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

/// What is wrong in a file, in its own words.
fn wrong_file(file: &Node, error: &LogError, path: &str, label: &str) -> Problem {
    Problem::new(error.to_string())
        .at(file.place(), path)
        .label(label)
}

/// A number from 0 on under `[calibrate]`.
fn whole(node: Option<&Node>) -> Option<u32> {
    u32::try_from(node?.integer()?).ok()
}

impl Market {
    fn of(root: &Node) -> Self {
        let default = Population::default();
        let population = |node: &Node| {
            let customers = whole(node.get("customers")).unwrap_or(default.customers);
            let turnover = node.get("turnover").and_then(Node::number);
            (customers, turnover.unwrap_or(default.turnover))
        };
        Self {
            firms: check::firm_names(root.list("firms"), &[]),
            periods: whole(root.at(&["simulation", "periods"]))
                .unwrap_or(Simulation::default().periods),
            populations: root.list("populations").iter().map(population).collect(),
        }
    }

    /// The statistics of a log, with firms as the scenario has them.
    fn log(&self, calibrate: &Node, file: &Node) -> Result<Found, Problem> {
        let path = beside(file, "calibrate.log")?;
        let reading = Reading {
            unit: unit(calibrate)?,
            ..Reading::default()
        };
        let log = Log::read(&path, &reading).map_err(|error| {
            wrong_file(
                file,
                &error,
                "calibrate.log",
                "a log of purchases beside the scenario",
            )
        })?;
        let wrong = |message: String| Problem::new(message).at(file.place(), "calibrate.log");
        let places = self.places(&log).map_err(|missing| {
            let known = self.firms.iter().map(String::as_str);
            let named = list(missing.iter().map(String::as_str), "and");
            wrong(format!("the log has purchases from {named}, which the scenario does not have"))
                .suggest(missing.first().and_then(|name| nearest(name, known)))
                .help("add [[firms]] of that name, rename one, or put its purchases together with others in the log")
        })?;
        Self::check_start(calibrate, &log).map_err(|(message, help)| wrong(message).help(help))?;
        self.check_customers(calibrate, &log)
            .map_err(|(message, help)| wrong(message).help(help))?;
        let shape = Shape {
            firms: self.firms.len(),
            periods: whole(calibrate.get("periods"))
                .unwrap_or(log.periods)
                .max(1),
        };
        let all = log.statistics_as(shape, |firm| places[usize::from(firm)]);
        let known = all.into_iter().filter(|(_, value)| value.is_finite());
        let observed = known.map(|(one, value)| {
            let firm = one.firm_in(&self.firms);
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
            numbers_used_again: log.knows_arrivals.then_some(false),
        })
    }

    /// The places that the firms of a log have in the scenario, or the names of those that have none.
    fn places(&self, log: &Log) -> Result<Vec<u16>, Vec<String>> {
        let place = |firm: &crate::log::FirmInLog| {
            let is = |name: &&String| **name == firm.name || **name == firm.scenario_name();
            let found = self.firms.iter().position(|name| is(&name));
            found.and_then(|place| u16::try_from(place).ok())
        };
        let missing = log.firms.iter().filter(|firm| place(firm).is_none());
        let missing: Vec<String> = missing.map(|firm| firm.name.clone()).collect();
        match missing.is_empty() {
            true => Ok(log.firms.iter().filter_map(place).collect()),
            false => Err(missing),
        }
    }

    /// Whether it is clear which simulated period the log begins in: a problem and what to do.
    fn check_start(calibrate: &Node, log: &Log) -> Result<(), (String, String)> {
        if log.periods < 2 {
            let help = "choose shorter periods: `period` under [calibrate], as in period = \"1d\" where the log has dates";
            return Err((
                "all purchases of the log are in one period".to_owned(),
                help.to_owned(),
            ));
        }
        match log.first.filter(|first| *first > 1) {
            Some(first) if calibrate.get("from").is_none() => Err((
                format!(
                    "the log begins with period {first}, and nothing says which simulated period that is"
                ),
                format!(
                    "write under [calibrate] from = {first} if its periods are those of the simulation, from = 0 if the market begins when the log does"
                ),
            )),
            _ => Ok(()),
        }
    }

    /// Whether so many customers can be in the market: a problem and what to do.
    fn check_customers(&self, calibrate: &Node, log: &Log) -> Result<(), (String, String)> {
        let asked = |node: &Node| {
            let keys = node.get("key").into_iter().chain(node.list("keys"));
            let mut keys = keys.filter_map(Node::text);
            keys.any(|key| key.contains("turnover") || key.contains("customers"))
        };
        if calibrate.list("parameters").iter().any(asked) || self.populations.is_empty() {
            return Ok(());
        }
        let seen = whole(calibrate.get("customers")).unwrap_or(u32::MAX);
        let is_number = log.knows_arrivals
            || calibrate
                .get("numbers_used_again")
                .is_some_and(Node::is_true);
        let (mut at_a_time, mut coming) = (0.0, 0.0);
        for (customers, turnover) in &self.populations {
            let customers = f64::from((*customers).min(seen));
            at_a_time += customers;
            if !is_number {
                coming += customers * turnover * f64::from(log.periods - 1);
            }
        }
        let of_log: u32 = log
            .populations
            .iter()
            .map(|(_, customers)| *customers)
            .sum();
        // how many come is a matter of chance
        if f64::from(of_log) <= at_a_time + coming + 5.0 * coming.sqrt() {
            return Ok(());
        }
        let after = match coming > 0.0 {
            true => format!(", and about {coming:.0} who take the place of others"),
            false => String::new(),
        };
        Err((
            format!(
                "the log has {of_log} customers, but the market that is simulated {at_a_time} at a time{after}"
            ),
            format!(
                "raise `customers` of the populations, and of [calibrate] where it is given there, to the size of the panel (at most {of_log}), raise `turnover`, or take a part of the customers into the log"
            ),
        ))
    }

    /// The targets, with what the market can be asked.
    fn targets(&self, calibrate: &Node, file: &Node) -> Result<Found, Problem> {
        if let Some(period) = calibrate.get("period") {
            let problem =
                Problem::new("`period` is how long a period of a log is, and there is no log");
            return Err(problem
                .at(period.key_place(), "calibrate.period")
                .help("take it out; `periods` says how many periods the targets are of"));
        }
        let path = beside(file, "calibrate.targets")?;
        let from = whole(calibrate.get("from")).unwrap_or(0);
        let shape = Shape {
            firms: self.firms.len(),
            periods: whole(calibrate.get("periods"))
                .unwrap_or(self.periods.saturating_sub(from))
                .max(1),
        };
        let targets = Target::read(&path, shape, &self.firms).map_err(|error| {
            wrong_file(
                file,
                &error,
                "calibrate.targets",
                "a table of statistics beside the scenario",
            )
        })?;
        let observed = targets.iter().map(|target| {
            let one = target.statistic;
            let firm = one.firm_in(&self.firms);
            let over = (one.from, one.to);
            row(
                one.kind.name(),
                &firm,
                over,
                target.value,
                target.standard_error,
            )
        });
        Ok(Found {
            observed: observed.collect(),
            periods: None,
            customers: None,
            numbers_used_again: None,
        })
    }
}

/// How long a period is.
fn unit(calibrate: &Node) -> Result<Option<crate::log::Unit>, Problem> {
    let Some(period) = calibrate.get("period") else {
        return Ok(None);
    };
    let wrong = |message| Problem::new(message).at(period.place(), "calibrate.period");
    let text = period
        .text()
        .ok_or_else(|| wrong("`period` should be a text, such as \"7d\"".to_owned()))?;
    text.parse().map(Some).map_err(wrong)
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
