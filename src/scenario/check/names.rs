//! Names: of the scenario, and of what is in it.

use indexmap::IndexSet;

use crate::scenario::diagnostics::{Problem, list};
use crate::scenario::tree::Node;

/// Longest name, in characters: longer ones do not fit beside a line of a chart.
const LONGEST: usize = 60;

pub(super) fn check(root: &Node, problems: &mut Vec<Problem>) {
    check_scenario_name(root, problems);
    for (key, kind) in [("populations", "population"), ("firms", "firm")] {
        check_named(root.get(key).map_or(&[], Node::items), kind, problems);
    }
    let experiences = root.get("experiences").and_then(Node::table);
    for (name, node) in experiences.into_iter().flatten() {
        let span = node.key.as_ref().or(node.place());
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

fn check_named(items: &[Node], kind: &str, problems: &mut Vec<Problem>) {
    let mut seen = IndexSet::new();
    for name_node in items.iter().filter_map(|item| item.get("name")) {
        let Some(name) = name_node.text() else {
            continue;
        };
        let path = format!("{kind}s.{name}");
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
        None
    }
}
