//! Rules of firms: the names in them, and what the rules themselves ask for.

use indexmap::IndexSet;

use crate::scenario::diagnostics::{Problem, list};
use crate::scenario::schema::ANY_KIND;
use crate::scenario::structure::about;
use crate::scenario::tree::{Node, Table};

/// Names that rules may use; none where they are unknown because of another mistake.
struct Known<'a> {
    experiences: Vec<&'a str>,
    /// Each with its kinds of needs.
    populations: Option<Vec<(&'a str, Vec<&'a str>)>>,
}

impl<'a> Known<'a> {
    /// What a scenario has; none without a table of experiences.
    fn of(root: &'a Node) -> Option<Self> {
        let experiences = root.get("experiences")?.table()?;
        let populations = root.list("populations");
        Some(Self {
            experiences: experiences.keys().map(String::as_str).collect(),
            populations: populations
                .iter()
                .map(|population| Some((population.name()?, kinds_of(population)?)))
                .collect::<Option<Vec<_>>>()
                .filter(|all| !all.is_empty()),
        })
    }
}

/// The kinds of needs of a population; none where they are unknown because of another mistake.
fn kinds_of(population: &Node) -> Option<Vec<&str>> {
    match population.list("need.kinds") {
        [] => Some(vec![ANY_KIND]),
        kinds => kinds.iter().map(Node::name).collect(),
    }
}

/// Checks an experience or rule that firms may choose.
pub(super) fn check_strategy(root: &Node, rule: &Node, path: &str, problems: &mut Vec<Problem>) {
    if let Some(known) = Known::of(root) {
        check_rule(rule, path, &known, problems);
    }
}

/// Checks the experience of every firm.
pub(super) fn check(root: &Node, problems: &mut Vec<Problem>) {
    let Some(known) = Known::of(root) else {
        return;
    };
    for firm in root.list("firms") {
        let Some(table) = firm.table() else { continue };
        let path = format!("firms.{}.experience", firm.name().unwrap_or("NAME"));
        match table.get("experience") {
            Some(rule) => check_rule(rule, &path, &known, problems),
            None => problems.push(missing(firm, &path)),
        }
    }
}

fn missing(firm: &Node, path: &str) -> Problem {
    let whose = match firm.name() {
        Some(name) => format!("the firm `{name}`"),
        None => "this firm".to_owned(),
    };
    Problem::new(format!("{whose} has no `experience`"))
        .at(
            firm.get("name").and_then(Node::place).or(firm.place()),
            path,
        )
        .label("needs `experience = \"...\"`")
        .help(about("Firm", "experience"))
}

fn check_rule(rule: &Node, path: &str, known: &Known<'_>, problems: &mut Vec<Problem>) {
    if rule.text().is_some() {
        return check_experience(rule, path, known, problems);
    }
    match rule.get("rule").and_then(Node::text) {
        Some("portfolio") => check_portfolio(rule, path, known, problems),
        Some("graduated") => check_graduated(rule, path, known, problems),
        Some("adaptive") => check_adaptive(rule, path, known, problems),
        Some("imitate") => {
            let start = rule.get("start").into_iter();
            start.for_each(|start| check_experience(start, path, known, problems));
        }
        _ => {}
    }
}

fn check_experience(node: &Node, path: &str, known: &Known<'_>, problems: &mut Vec<Problem>) {
    let Some(name) = node.text() else { return };
    if !known.experiences.contains(&name) {
        let problem = Problem::unknown("experience", name, known.experiences.iter().copied());
        problems.push(problem.at(node.place(), path));
    }
}

fn check_portfolio(rule: &Node, path: &str, known: &Known<'_>, problems: &mut Vec<Problem>) {
    let otherwise = rule.get("otherwise");
    if let Some(otherwise) = otherwise {
        check_experience(otherwise, path, known, problems);
    }
    let named = |key: &str| rule.get(key).and_then(Node::table);
    let [by_need, by_population] = [named("by_need"), named("by_population")];
    let all = by_need.into_iter().chain(by_population).flatten();
    all.for_each(|(_, experience)| check_experience(experience, path, known, problems));
    let Some(populations) = &known.populations else {
        return;
    };
    let names = populations.iter().map(|(name, _)| *name);
    let kinds: IndexSet<&str> = populations
        .iter()
        .flat_map(|(_, kinds)| kinds.iter().copied())
        .collect();
    let mut strangers = false;
    for (what, table, known) in [
        (
            "kind of need",
            by_need,
            kinds.iter().copied().collect::<Vec<_>>(),
        ),
        ("population", by_population, names.collect()),
    ] {
        for (name, node) in table.into_iter().flatten() {
            if !known.contains(&name.as_str()) {
                strangers = true;
                let problem = Problem::unknown(what, name, known.iter().copied());
                problems.push(problem.at(node.key_place(), path));
            }
        }
    }
    // a misspelt name is also left out: one report is enough
    if otherwise.is_some() || strangers {
        return;
    }
    let has =
        |table: Option<&Table>, name: &str| table.is_some_and(|table| table.contains_key(name));
    let left_out: Vec<String> = populations
        .iter()
        .filter(|(population, _)| !has(by_population, population))
        .flat_map(|(population, kinds)| {
            let missing: Vec<&str> = kinds
                .iter()
                .copied()
                .filter(|kind| !has(by_need, kind))
                .collect();
            if missing.len() == kinds.len() {
                return vec![(*population).to_owned()];
            }
            let of_population = |kind: &&str| format!("{kind} of {population}");
            missing.iter().map(of_population).collect()
        })
        .collect();
    if !left_out.is_empty() {
        let left_out = list(left_out.iter().map(String::as_str), "and");
        let place = rule
            .get("by_population")
            .or(rule.get("by_need"))
            .and_then(Node::place);
        problems.push(
            Problem::new(format!("the portfolio says nothing about {left_out}"))
                .at(place.or(rule.place()), path)
                .label(format!("leaves out {left_out}"))
                .help("name an experience for every population or kind of need, or one for the others: otherwise = \"...\""),
        );
    }
}

fn check_graduated(rule: &Node, path: &str, known: &Known<'_>, problems: &mut Vec<Problem>) {
    let steps = rule.list("steps");
    for (index, step) in steps.iter().enumerate() {
        if let Some(experience) = step.get("experience") {
            check_experience(experience, path, known, problems);
        }
        let conditions = [
            ("knowledge", 0.0),
            ("max_agency", 1.0),
            ("max_stakes", f64::INFINITY),
        ];
        for (key, without) in conditions.into_iter().filter(|_| index == 0) {
            let Some(condition) = step.get(key) else {
                continue;
            };
            // the value that excludes nobody is no condition
            if condition.number().is_some_and(|number| number != without) {
                problems.push(
                    Problem::new("the first step of a graduated rule cannot have conditions")
                        .at(condition.key_place(), path)
                        .label(format!("leave out `{key}`"))
                        .help(
                            "the first step is for customers who meet no other step's conditions",
                        ),
                );
            }
        }
    }
}

fn check_adaptive(rule: &Node, path: &str, known: &Known<'_>, problems: &mut Vec<Problem>) {
    let mut seen = IndexSet::new();
    for candidate in rule.list("candidates") {
        check_experience(candidate, path, known, problems);
        if let Some(name) = candidate.text()
            && !seen.insert(name)
        {
            problems.push(
                Problem::new(format!("`{name}` is a candidate twice"))
                    .at(candidate.place(), path)
                    .label("the second time"),
            );
        }
    }
}
