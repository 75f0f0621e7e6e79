//! `[[variants]]`: what each sets, with its paths resolved and its values checked, and whether all can be compared.

use super::sweep::Varied;
use super::target::{self, Use};
use crate::scenario::diagnostics::Problem;
use crate::scenario::merge::Groups;
use crate::scenario::paths::{Part, flatten, split, text};
use crate::scenario::schema::Variant;
use crate::scenario::structure;
use crate::scenario::tree::{Node, Table, Value};

/// Most variants beside the scenario itself; more are a sweep.
const MOST: usize = 100;

/// What makes other numbers of what is compared, by its path.
const SHARED: [(&str, &str); 2] = [
    (
        "simulation.periods",
        "runs of other lengths are not compared",
    ),
    (
        "simulation.discount_rate",
        "cumulative profit would mean something else",
    ),
];

/// Replaces what variants set by full paths; gives the settings of each, by its place.
pub(super) fn resolve(
    root: &mut Node,
    groups: &Groups,
    varied: &Varied,
    problems: &mut Vec<Problem>,
) -> Vec<(String, Vec<(String, Node)>)> {
    let Some(items) = root.list_mut("variants") else {
        return Vec::new();
    };
    let mut items = std::mem::take(items);
    check_number(&items, problems);
    check_bases(&items, problems);
    let swept = swept(root, groups, varied);
    let mut all = Vec::new();
    for item in &mut items {
        check_head_start(item, root, problems);
        let settings = resolve_one(item, root, groups, &swept, problems);
        all.push((item.name().unwrap_or_default().to_owned(), settings));
    }
    if let Some(node) = root.get_mut("variants") {
        node.value = Value::Array(items);
    }
    all
}

fn check_number(items: &[Node], problems: &mut Vec<Problem>) {
    if let Some(item) = items.get(MOST) {
        problems.push(
            Problem::new(format!("{} variants are too many", items.len()))
                .at(item.place(), "variants")
                .label(format!("at most {MOST}"))
                .help("what differs by the values of a parameter is a [sweep]"),
        );
    }
}

/// One variant may give the scenario itself a name, and no other may take the name that it has otherwise.
fn check_bases(items: &[Node], problems: &mut Vec<Problem>) {
    let is_base = |item: &&Node| {
        let sets = item.get("set").is_some_and(|set| {
            set.is_invalid() || set.table().is_some_and(|table| !table.is_empty())
        });
        let without = item
            .get("interventions")
            .is_some_and(|node| !node.is_true());
        !sets && !without && item.get("head_start").is_none()
    };
    let mut bases = items.iter().filter(is_base);
    let first = bases.next();
    for item in bases {
        problems.push(
            Problem::new("two variants set nothing, so both are the scenario itself")
                .at(item.place(), "variants")
                .label("what does this one set?")
                .help("for example: set = { \"firms.*.price\" = 0.2 }"),
        );
    }
    let clash = items
        .iter()
        .find(|item| first.is_none() && item.name() == Some(Variant::BASE));
    if let Some(item) = clash {
        problems.push(
            Problem::new("`base` is the scenario itself")
                .at(item.get("name").and_then(Node::place), "variants.name")
                .label("this variant sets something")
                .help(
                    "give it another name, or the scenario one, with a variant that sets nothing",
                ),
        );
    }
}

fn check_head_start(item: &Node, root: &Node, problems: &mut Vec<Problem>) {
    let Some(given) = item.get("head_start") else {
        return;
    };
    if let (Some(node), Some(known)) = (given.get("firm"), super::analyses::known_firms(root))
        && let Some(wanted) = node.text()
        && !known.iter().any(|name| name == wanted)
    {
        let problem = Problem::unknown("firm", wanted, known.iter().map(String::as_str));
        problems.push(problem.at(node.place(), "variants.head_start.firm"));
    }
    let periods = root.at(&["simulation", "periods"]).and_then(Node::integer);
    if let (Some(node), Some(periods)) = (given.get("period"), periods)
        && let Some(period) = node.integer().filter(|period| *period >= periods)
    {
        problems.push(
            Problem::new(format!(
                "the head start in period {period} comes after the end"
            ))
            .at(node.place(), "variants.head_start.period")
            .label(format!("the last period is {}", periods - 1)),
        );
    }
}

/// The full paths of what a sweep varies.
fn swept(root: &Node, groups: &Groups, varied: &Varied) -> Vec<Vec<String>> {
    let axes = varied.axes.iter().flat_map(|axis| axis.paths.iter());
    let rows = varied
        .rows
        .first()
        .into_iter()
        .flatten()
        .map(|(path, _)| path);
    let paths = axes.chain(rows).map(|path| split(path, None));
    let found = paths.filter_map(|parts| target::resolve(&parts, Use::Sweep, root, groups).ok());
    found.flat_map(|target| target.paths).collect()
}

fn resolve_one(
    item: &mut Node,
    root: &Node,
    groups: &Groups,
    swept: &[Vec<String>],
    problems: &mut Vec<Problem>,
) -> Vec<(String, Node)> {
    let overlap = |path: &[String], parts: &[Part]| swept_too(path, parts, swept);
    match item.get_mut("set") {
        Some(set) => resolve_set(set, (root, groups), &overlap, problems),
        None => Vec::new(),
    }
}

/// Says what is wrong with setting a full path, as it is written, if it cannot be set.
pub(super) type Overlap<'a> = &'a dyn Fn(&[String], &[Part]) -> Option<Problem>;

/// Replaces paths by full ones, and holds their values against the parameters that take them; `overlap` says which paths cannot be set.
pub(super) fn resolve_set(
    set: &mut Node,
    (root, groups): (&Node, &Groups),
    overlap: Overlap<'_>,
    problems: &mut Vec<Problem>,
) -> Vec<(String, Node)> {
    let Some(given) = set.table() else {
        return Vec::new();
    };
    let mut resolved = Table::new();
    for (parts, mut value) in flatten(given) {
        if let Some(problem) = unfit(&parts) {
            problems.push(problem);
            continue;
        }
        match target::resolve(&parts, Use::Variant, root, groups) {
            Ok(target) => {
                if let Some(part) = target.part {
                    structure::check(&mut value, part, &text(&parts), problems);
                }
                for path in target.paths {
                    problems.extend(overlap(&path, &parts));
                    let key = path.join(".");
                    resolved.shift_remove(&key);
                    resolved.insert(key, value.clone());
                }
            }
            Err(problem) => problems.push(problem),
        }
    }
    let settings = resolved
        .iter()
        .map(|(path, node)| (path.clone(), node.clone()));
    let settings = settings.collect();
    set.value = Value::Table(resolved);
    settings
}

/// What variants may not differ in.
fn unfit(parts: &[Part]) -> Option<Problem> {
    let path = text(parts);
    let span = parts.last().and_then(|part| part.span.as_ref());
    let problem = |why: &str| {
        Problem::new(format!("variants cannot differ in `{path}`: {why}"))
            .at(span, &path)
            .label("the same in all variants")
    };
    if let Some((_, why)) = SHARED.iter().find(|(shared, _)| *shared == path) {
        return Some(problem(why).help("a [sweep] can vary it, or two files can"));
    }
    let names: Vec<&str> = parts.iter().map(|part| part.name.as_str()).collect();
    matches!(names[..], ["firms", _, "count"]).then(|| {
        problem("they have the same firms").help(
            "a firm that stays out of a variant enters after its end: set = { \"firms.NAME.entry\" = 100000 }; a [sweep] can vary the count",
        )
    })
}

/// A parameter that the sweep varies has no other value in a variant.
fn swept_too(path: &[String], parts: &[Part], swept: &[Vec<String>]) -> Option<Problem> {
    let overlaps = |other: &&Vec<String>| path.starts_with(other) || other.starts_with(path);
    let other = swept.iter().find(overlaps)?;
    let span = parts.last().and_then(|part| part.span.as_ref());
    Some(
        Problem::new(format!(
            "`{}` is varied by the sweep, so a variant cannot set it too",
            other.join(".")
        ))
        .at(span, &text(parts))
        .label("set here")
        .help("take it out of the [sweep], or out of the variant"),
    )
}
