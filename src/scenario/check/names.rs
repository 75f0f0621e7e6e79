//! Names: of the scenario, and of what is in it.

use indexmap::IndexSet;

use crate::scenario::diagnostics::{Problem, list};
use crate::scenario::tree::Node;

/// Longest name, in characters: longer ones do not fit beside a line of a chart.
const LONGEST: usize = 60;

/// Most kinds of needs of a population: the customer step counts them in a byte.
const MOST_KINDS: usize = 100;

pub(super) fn check(root: &Node, problems: &mut Vec<Problem>) {
    check_scenario_name(root, problems);
    for (key, kind) in [
        ("populations", "population"),
        ("firms", "firm"),
        ("variants", "variant"),
    ] {
        check_named(root.list(key), kind, key, problems);
    }
    for population in root.list("populations") {
        let path = format!(
            "populations.{}.need.kinds",
            population.name().unwrap_or("NAME")
        );
        let kinds = population.list("need.kinds");
        check_named(kinds, "kind", &path, problems);
        if kinds.len() > MOST_KINDS {
            let message = format!("{} kinds of needs are too many", kinds.len());
            let place = kinds.get(MOST_KINDS).and_then(Node::place);
            let problem = Problem::new(message).at(place, &path);
            problems.push(problem.label(format!("at most {MOST_KINDS}")));
        }
    }
    let experiences = root.get("experiences").and_then(Node::table);
    for (name, node) in experiences.into_iter().flatten() {
        let span = node.key_place();
        if let Some(what) = flaw(name) {
            problems
                .push(bad_name("experience", name, &what).at(span, &format!("experiences.{name}")));
        }
    }
}

fn check_scenario_name(root: &Node, problems: &mut Vec<Problem>) {
    let Some(node) = root.get("name") else { return };
    let Some(name) = node.text() else { return };
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !name.is_empty() && name.chars().all(allowed) && name.chars().count() <= LONGEST {
        if let Some(reason) = file_flaw(name) {
            problems.push(
                Problem::new(format!(
                    "\"{name}\" cannot be the name of a scenario: {reason}"
                ))
                .at(node.place(), "name")
                .label("names a folder")
                .help(format!("for example: name = \"market-{name}\"").replace("--", "-")),
            );
        }
        return;
    }
    let message = match (name, node.place()) {
        ("", _) => "the scenario's name is empty".to_owned(),
        (_, Some(_)) => format!("\"{name}\" cannot be the name of a scenario"),
        // the default: the file's stem
        (_, None) => format!("the file's name \"{name}\" cannot be the name of a scenario"),
    };
    let problem = Problem::new(message)
        .at(node.place(), "name")
        .help(format!(
            "it names the output folder: letters (a to z), digits, `-` and `_`, at most {LONGEST}; `title` takes any text"
        ));
    problems.push(match node.place() {
        Some(_) => problem,
        None => problem.help("rename the file, or give a `name` in its first line"),
    });
}

fn check_named(items: &[Node], kind: &str, above: &str, problems: &mut Vec<Problem>) {
    let mut seen = IndexSet::new();
    for name_node in items.iter().filter_map(|item| item.get("name")) {
        let Some(name) = name_node.text() else {
            continue;
        };
        let path = format!("{above}.{name}");
        let problem = if let Some(what) = flaw(name) {
            bad_name(kind, name, &what)
        } else if !seen.insert(name) {
            let problem = Problem::new(format!("two {kind}s are named `{name}`"))
                .label("the second of this name");
            match kind {
                "firm" => problem.help("a `count` above 1 gives the names NAME-1, NAME-2, ..."),
                _ => problem,
            }
        } else {
            continue;
        };
        problems.push(problem.at(name_node.place(), &path));
    }
}

/// Labels stand in charts, and in their numbers as tables.
pub(super) fn check_label(node: &Node, path: &str, problems: &mut Vec<Problem>) {
    let Some(label) = node.text() else { return };
    let what = match misread(label.trim()) {
        Some(as_what) => format!("programs that read tables take it for {as_what}"),
        None if label.trim() != label => "it begins or ends with a blank".to_owned(),
        None if label.chars().any(char::is_control) => "it has a control character".to_owned(),
        None if label.chars().count() > LONGEST => {
            format!(
                "it has {} characters, more than {LONGEST}",
                label.chars().count()
            )
        }
        None => return,
    };
    let message = format!("\"{}\" cannot be a label", label.escape_debug());
    problems.push(Problem::new(message).at(node.place(), path).label(what));
}

fn bad_name(kind: &str, name: &str, what: &str) -> Problem {
    Problem::new(
        format!("\"{}\" cannot be the name of a {kind}", name.escape_debug())
            .replace("of a e", "of an e"),
    )
    .label(what)
    .help(format!(
        "names may have letters, digits, blanks, `-` and `_`, at most {LONGEST} characters"
    ))
}

/// What is wrong with a name: it has to be addressable in a path and to fit into tables and charts.
fn flaw(name: &str) -> Option<String> {
    let forbidden = |c: &char| matches!(c, '.' | '*' | '=' | '"' | '\'' | '`');
    if name.is_empty() {
        Some("it is empty".to_owned())
    } else if name.trim() != name {
        Some("it begins or ends with a blank".to_owned())
    } else if let Some(c) = name.chars().find(forbidden) {
        Some(format!(
            "it has a {}, which means something in paths",
            list([c.to_string().as_str()], "")
        ))
    } else if name.chars().any(char::is_control) {
        Some("it has a control character (a tab or a line break, for instance)".to_owned())
    } else if name.chars().count() > LONGEST {
        Some(format!("it has {} characters", name.chars().count()))
    } else {
        misread(name).map(|as_what| format!("programs that read tables take it for {as_what}"))
    }
}

/// What spreadsheets, pandas, polars, DuckDB and R take a name for in a table, where that is not the name.
pub(super) fn misread(name: &str) -> Option<&'static str> {
    const MISSING: [&str; 14] = [
        "NA", "N/A", "n/a", "#N/A", "#NA", "<NA>", "NaN", "nan", "-NaN", "-nan", "NULL", "null",
        "None", "-",
    ];
    let lower = name.to_lowercase();
    if MISSING.contains(&name) {
        Some("a missing value")
    } else if matches!(lower.as_str(), "true" | "false") || matches!(name, "T" | "F") {
        Some("true or false")
    } else if name.starts_with(['=', '+', '@', '-']) {
        Some("a formula")
    } else if lower.parse::<f64>().is_ok() {
        Some("a number")
    } else if is_date(name) {
        Some("a date")
    } else {
        None
    }
}

/// Whether it is written like 2026-11-29.
fn is_date(name: &str) -> bool {
    let parts: Vec<&str> = name.split('-').collect();
    let are_digits = parts
        .iter()
        .all(|part| part.chars().all(|c| c.is_ascii_digit()));
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    are_digits && matches!(lengths.as_slice(), [4, 1..=2, 1..=2] | [1..=2, 1..=2, 4])
}

/// Why a name cannot be that of a file or folder on every system.
pub(super) fn file_flaw(name: &str) -> Option<&'static str> {
    let lower = name.to_lowercase();
    let is_device = matches!(lower.as_str(), "con" | "prn" | "aux" | "nul")
        || ["com", "lpt"].iter().any(|port| {
            let number = lower.strip_prefix(port);
            number.is_some_and(|number| number.len() == 1 && ("1"..="9").contains(&number))
        });
    if is_device {
        Some("Windows keeps it for a device")
    } else if name.starts_with('-') {
        Some("programs take what begins with `-` for an option")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{file_flaw, misread};

    #[test]
    fn names_that_readers_take_for_something_else_are_found() {
        for (name, what) in [
            ("NA", "a missing value"),
            ("None", "a missing value"),
            ("null", "a missing value"),
            ("nan", "a missing value"),
            ("-", "a missing value"),
            ("true", "true or false"),
            ("FALSE", "true or false"),
            ("T", "true or false"),
            ("001", "a number"),
            ("1", "a number"),
            ("1e5", "a number"),
            ("inf", "a number"),
            ("=x", "a formula"),
            ("+x", "a formula"),
            ("@x", "a formula"),
            ("-x", "a formula"),
            ("2026-11-29", "a date"),
        ] {
            assert_eq!(misread(name), Some(what), "{name}");
        }
        for name in [
            "a", "t", "x-1", "1a", "nano", "Ann", "firm-1", "2026-x", "1-2", "Zürich",
        ] {
            assert_eq!(misread(name), None, "{name}");
        }
    }

    #[test]
    fn names_of_devices_are_no_names_of_files() {
        for name in ["con", "NUL", "aux", "com1", "LPT9", "-x"] {
            assert!(file_flaw(name).is_some(), "{name}");
        }
        for name in ["console", "com", "com0", "com10", "x-con"] {
            assert!(file_flaw(name).is_none(), "{name}");
        }
    }
}
