//! `[[hypotheses]]`: statements that can be read, about what there is.

use super::analyses::known_firms;
use crate::scenario::diagnostics::Problem;
use crate::scenario::expression::{FigureOf, Statement};
use crate::scenario::measures::{self, Measure};
use crate::scenario::paths::find;
use crate::scenario::schema::Variant;
use crate::scenario::tree::Node;

/// The figures of analyses that single replicates have.
const ANSWERS: [&str; 10] = [
    "feedback.factor",
    "feedback.direct",
    "feedback.total",
    "feedback.lead",
    "feedback.lead_ratio",
    "amplification.ratio",
    "sources.individual",
    "sources.population",
    "sources.total",
    "sources.complementarity",
];

pub(super) fn check(root: &Node, problems: &mut Vec<Problem>) {
    for hypothesis in root.list("hypotheses") {
        check_periods(root, hypothesis, problems);
        let Some((node, text)) = hypothesis
            .get("holds_if")
            .and_then(|node| Some((node, node.text()?)))
        else {
            continue;
        };
        let problem = match Statement::parse(text) {
            Ok(statement) => statement
                .figures
                .iter()
                .find_map(|figure| unknown(root, hypothesis, figure)),
            Err(what) => Some(
                Problem::new(format!("this statement cannot be read: {what}"))
                    .help("for example: holds_if = \"share of NAME > 0.3\"")
                    .help("docs/hypotheses.md has all forms"),
            ),
        };
        problems.extend(problem.map(|one| one.at(node.place(), "hypotheses.holds_if")));
    }
    let decides = root.at(&["simulation", "until_decided"]);
    if let Some(node) = decides
        && root.list("hypotheses").is_empty()
    {
        problems.push(
            Problem::new("replicates are to be added until all hypotheses are decided, but there are none")
                .at(node.key_place(), "simulation.until_decided")
                .label("which hypotheses?")
                .help("for example: [[hypotheses]] with claim = \"...\" and holds_if = \"share of NAME > 0.3\""),
        );
    }
}

fn last_period(root: &Node) -> Option<i128> {
    let periods = root.at(&["simulation", "periods"]).and_then(Node::integer);
    periods.map(|periods| periods - 1)
}

fn check_periods(root: &Node, hypothesis: &Node, problems: &mut Vec<Problem>) {
    let Some(periods) = hypothesis.get("periods") else {
        return;
    };
    let end = |key: &str| periods.get(key).and_then(Node::integer);
    let Some(last) = last_period(root) else {
        return;
    };
    let (from, to) = (end("from").unwrap_or(0), end("to").unwrap_or(last));
    if from > to || to > last {
        problems.push(
            Problem::new(format!("there are no periods {from} to {to}"))
                .at(periods.place(), "hypotheses.periods")
                .label(format!("the last period is {last}")),
        );
    }
}

/// What is wrong with a figure of a statement.
fn unknown(root: &Node, hypothesis: &Node, figure: &FigureOf) -> Option<Problem> {
    if let Some(wanted) = &figure.variant {
        let known = variants(root);
        if !known.iter().any(|name| name == wanted) {
            let known = known.iter().map(String::as_str);
            return Some(Problem::unknown("variant", wanted, known));
        }
    }
    if figure.is_parameter() {
        return unknown_parameter(root, &figure.quantity);
    }
    if figure.is_of_analysis() {
        return unknown_answer(root, hypothesis, figure);
    }
    let measure = match measures::named(&figure.quantity, &figure.of) {
        Ok(measure) => measure,
        Err(known) => {
            let what = match figure.of == measures::MARKET {
                true => "the market has",
                false => "a firm has",
            };
            let problem = Problem::new(format!("{what} no quantity `{}`", figure.quantity));
            let help = format!("there are {}", known.join(", "));
            return Some(
                problem
                    .help(help)
                    .suggest(crate::scenario::diagnostics::nearest(
                        &figure.quantity,
                        known.iter().copied(),
                    )),
            );
        }
    };
    if figure.of != measures::MARKET
        && let Some(known) = known_firms(root)
        && !known.contains(&figure.of)
    {
        let known = known.iter().map(String::as_str);
        return Some(Problem::unknown("firm", &figure.of, known));
    }
    if let Some(wanted) = &figure.among {
        let mut known = root.list("populations").iter().filter_map(Node::name);
        if !known.any(|name| name == wanted) {
            let known = root.list("populations").iter().filter_map(Node::name);
            return Some(Problem::unknown("population", wanted, known));
        }
        if !measure.is_by_population() {
            return Some(
                Problem::new(format!(
                    "`{}` is not known of single populations",
                    figure.quantity
                ))
                .help("leave out `among`"),
            );
        }
    }
    if let (Some((from, to)), Some(last)) = (figure.periods, last_period(root))
        && (from > to || i128::from(to) > last)
    {
        return Some(
            Problem::new(format!("there are no periods {from} to {to}"))
                .help(format!("the last period is {last}")),
        );
    }
    thinned(root, hypothesis, figure, measure)
}

/// A parameter of a statement is a number that is there.
fn unknown_parameter(root: &Node, path: &str) -> Option<Problem> {
    let parts: Vec<String> = path.split('.').map(str::to_owned).collect();
    let found = find(root, &parts);
    if found.is_some_and(|node| node.is_invalid() || node.number().is_some()) {
        return None;
    }
    let problem = Problem::new(match found {
        Some(_) => format!("`{path}` is no number"),
        None => format!("there is no parameter `{path}`"),
    });
    Some(problem.help(
        "a parameter of a statement is the path of a number, such as `populations.NAME.awareness`",
    ))
}

/// A figure of an analysis is of one that the scenario asks, of the scenario itself or of a variant that differs by its parameters alone.
fn unknown_answer(root: &Node, hypothesis: &Node, figure: &FigureOf) -> Option<Problem> {
    let (name, firm) = (&figure.quantity, &figure.of);
    let problem = Problem::new;
    if !ANSWERS.contains(&name.as_str()) {
        return Some(Problem::unknown(
            "figure of an analysis",
            name,
            ANSWERS.into_iter(),
        ));
    }
    let kind = name.split_once('.').map_or("", |(kind, _)| kind);
    let text =
        |analysis: &Node, key: &str| analysis.get(key).and_then(Node::text).map(str::to_owned);
    let asks = |analysis: &&Node| {
        text(analysis, "kind").as_deref() == Some(kind)
            && text(analysis, "firm").as_ref() == Some(firm)
    };
    let analyses: Vec<&Node> = root.list("analyses").iter().filter(asks).collect();
    if analyses.is_empty() {
        return Some(
            problem(format!("no analysis asks for `{name}` of `{firm}`")).help(format!(
                "for example: [[analyses]] with kind = \"{kind}\" and firm = \"{firm}\""
            )),
        );
    }
    if let Some(periods) = figure.periods {
        let found = not_asked_then(&analyses, periods);
        if found.is_some() {
            return found;
        }
    }
    let own = |name: &String| {
        let variants = root.list("variants").iter();
        variants
            .into_iter()
            .find(|one| one.name() == Some(name.as_str()))
    };
    let variant = figure.variant.as_ref().and_then(own);
    if variant.is_some_and(|one| one.get("head_start").is_some()) {
        return Some(
            problem(format!("`{name}` is of a market without a head start"))
                .help("name a variant without one"),
        );
    }
    let alone = [
        (figure.among.is_some(), "is not known of single populations"),
        (
            root.get("sweep").is_some(),
            "is judged of the scenario as it stands, and this one has a sweep",
        ),
        (
            root.at(&["simulation", "until_decided"]).is_some(),
            "takes a fixed number of replicates, so it cannot be waited for",
        ),
        (
            hypothesis
                .get("limit")
                .or(hypothesis.get("limits"))
                .is_some(),
            "is no part of what limits are looked for of",
        ),
        (
            hypothesis.get("robust").is_some_and(Node::is_true),
            "is of the market as it stands, so it is not judged again in changed ones",
        ),
    ];
    let (_, why) = alone.into_iter().find(|(is_so, _)| *is_so)?;
    Some(problem(format!("`{name}` {why}")).help("use other figures there"))
}

/// The analyses are asked for other periods than the figure's, if for any.
fn not_asked_then(analyses: &[&Node], (from, to): (u32, u32)) -> Option<Problem> {
    let asked: Vec<i128> = analyses
        .iter()
        .flat_map(|one| one.get("period").into_iter().chain(one.list("periods")))
        .filter_map(Node::integer)
        .collect();
    if from == to && asked.contains(&i128::from(from)) {
        return None;
    }
    Some(match asked.as_slice() {
        [] => Problem::new("this analysis is of the whole run, and of no period of its own")
            .help("leave the periods out"),
        [first, ..] => {
            let asked: Vec<String> = asked.iter().map(i128::to_string).collect();
            Problem::new("the analysis is not asked for this period")
                .help(format!("it is asked for: {}", asked.join(", ")))
                .help(format!("for example: `in period {first}`"))
        }
    })
}

/// Figures that `summary` does not have need the rows of their tables.
fn thinned(root: &Node, hypothesis: &Node, figure: &FigureOf, measure: Measure) -> Option<Problem> {
    let record = root.at(&["simulation", "record"])?;
    let needs_rows = figure.among.is_some()
        || figure.periods.is_some()
        || hypothesis.get("periods").is_some()
        || !measure.is_in_summary();
    let number = |key: &str| record.get(key).and_then(Node::integer);
    let tables = record.get("tables").map(|_| record.list("tables"));
    let keeps = |name: &str| {
        tables.is_none_or(|tables| tables.iter().any(|table| table.text() == Some(name)))
    };
    let all = number("every").unwrap_or(1) == 1
        && number("from").unwrap_or(0) == 0
        && ["periods", "firms", "market"].into_iter().all(keeps);
    (needs_rows && !all).then(|| {
        Problem::new(format!(
            "`{}` of periods or populations needs all rows, and simulation.record leaves some out",
            figure.quantity
        ))
        .help("leave simulation.record out, or use figures as in `summary`")
    })
}

/// Names of the variants, that of the scenario itself among them.
fn variants(root: &Node) -> Vec<String> {
    let items = root.list("variants");
    let mut names: Vec<String> = items
        .iter()
        .filter_map(Node::name)
        .map(str::to_owned)
        .collect();
    let is_base = |item: &Node| {
        let sets = item.get("set").and_then(Node::table);
        sets.is_none_or(|set| set.is_empty())
            && item.get("head_start").is_none()
            && item.get("interventions").is_none_or(Node::is_true)
    };
    if !items.iter().any(is_base) {
        names.insert(0, Variant::BASE.to_owned());
    }
    names
}
