//! Limits of hypotheses: parameters that can be moved, from one number to another, and that no variant sets.

use super::sweep::Varied;
use super::target::{self, Use};
use super::variants;
use crate::scenario::diagnostics::Problem;
use crate::scenario::expression::Statement;
use crate::scenario::merge::Groups;
use crate::scenario::paths::{Part, set_path, split, text};
use crate::scenario::structure::{self, takes_whole_numbers};
use crate::scenario::tree::{Node, Value};

/// Holds all limits against the parameters that they move, and replaces what they set by full paths.
pub(super) fn resolve(
    root: &mut Node,
    groups: &Groups,
    varied: &Varied,
    problems: &mut Vec<Problem>,
) {
    let Some(items) = root.list_mut("hypotheses") else {
        return;
    };
    let mut hypotheses = std::mem::take(items);
    let set = |(name, settings): &(String, Vec<(String, Node)>)| -> Vec<(String, Vec<String>)> {
        let paths = settings.iter();
        let parts = |path: &String| path.split('.').map(str::to_owned).collect();
        paths.map(|(path, _)| (name.clone(), parts(path))).collect()
    };
    for hypothesis in &mut hypotheses {
        let named = named_variants(hypothesis);
        let own = (varied.variants.iter()).filter(|(name, _)| named.contains(name));
        let limits = Limits {
            root,
            groups,
            taken: own.flat_map(set).collect(),
        };
        limits.check_number(hypothesis, problems);
        if let Some(limit) = hypothesis.get_mut("limit") {
            limits.resolve(limit, "hypotheses.limit", problems);
        }
        for limit in hypothesis.list_mut("limits").into_iter().flatten() {
            limits.resolve(limit, "hypotheses.limits", problems);
        }
    }
    if let Some(node) = root.get_mut("hypotheses") {
        node.value = Value::Array(hypotheses);
    }
}

/// The variants that a statement names.
fn named_variants(hypothesis: &Node) -> Vec<String> {
    let text = hypothesis.get("holds_if").and_then(Node::text);
    let statement = text.and_then(|text| Statement::parse(text).ok());
    let figures = statement
        .into_iter()
        .flat_map(|statement| statement.figures);
    figures.filter_map(|figure| figure.variant).collect()
}

/// What limits are checked against.
struct Limits<'a> {
    root: &'a Node,
    groups: &'a Groups,
    /// What the variants of the statement set: the variant, and the full path.
    taken: Vec<(String, Vec<String>)>,
}

impl Limits<'_> {
    /// One or several, and none in a sweep, which has its own points.
    fn check_number(&self, hypothesis: &Node, problems: &mut Vec<Problem>) {
        if let Some(node) = hypothesis.get("robust").filter(|node| node.is_true()) {
            self.check_sweep(node, "hypotheses.robust", problems);
        }
        let [one, several] = ["limit", "limits"].map(|key| hypothesis.get(key));
        let Some(node) = several.or(one) else { return };
        let path = if several.is_some() {
            "hypotheses.limits"
        } else {
            "hypotheses.limit"
        };
        if one.is_some() && several.is_some() {
            problems.push(
                Problem::new("a hypothesis has `limit`, or several in `limits`, not both")
                    .at(node.key_place(), path)
                    .label("there is `limit` too")
                    .help("put all of them into `limits`"),
            );
        }
        self.check_sweep(node, path, problems);
    }

    fn check_sweep(&self, node: &Node, path: &str, problems: &mut Vec<Problem>) {
        if self.root.get("sweep").is_some() {
            problems.push(
                Problem::new(
                    "how far a hypothesis holds is asked of the scenario as it stands, and this one has a sweep",
                )
                .at(node.key_place(), path)
                .label("at which point?")
                .help("leave this out, or the sweep"),
            );
        }
    }

    fn resolve(&self, limit: &mut Node, path: &str, problems: &mut Vec<Problem>) {
        // what moves may be the key of a rule that is set
        let mut state = self.root.clone();
        if let Some(set) = limit.get_mut("set") {
            let overlap = |path: &[String], parts: &[Part]| self.set_by_a_variant(path, parts);
            let settings = variants::resolve_set(set, (self.root, self.groups), &overlap, problems);
            for (path, value) in settings {
                let parts: Vec<String> = path.split('.').map(str::to_owned).collect();
                set_path(&mut state, &parts, value);
            }
        }
        self.resolve_one(&state, limit, path, problems);
        for moved in limit.list_mut("along").into_iter().flatten() {
            self.resolve_one(&state, moved, &format!("{path}.along"), problems);
        }
    }

    /// A parameter that moves, and both its ends.
    fn resolve_one(&self, state: &Node, limit: &mut Node, path: &str, problems: &mut Vec<Problem>) {
        let Some(node) = limit.get_mut("key") else {
            return;
        };
        let Some(key) = node.text() else { return };
        let parts = split(key, node.span.as_ref());
        node.value = Value::String(text(&parts));
        let target = match target::resolve(&parts, Use::Limit, state, self.groups) {
            Ok(target) => target,
            Err(problem) => return problems.push(problem),
        };
        let mut overlaps = target.paths.iter();
        problems.extend(overlaps.find_map(|path| self.set_by_a_variant(path, &parts)));
        let end = |key: &str| limit.get(key).and_then(Node::number);
        let (Some(from), Some(to)) = (end("from"), end("to")) else {
            return;
        };
        let whole = target
            .paths
            .iter()
            .any(|path| takes_whole_numbers(&path.join(".")));
        for (key, number) in [("from", from), ("to", to)] {
            let Some(mut value) = limit.get(key).cloned() else {
                continue;
            };
            value.value = match whole && number.fract() == 0.0 {
                true => Value::Integer(number as i128),
                false => Value::Float(number),
            };
            if let Some(part) = target.part {
                structure::check(&mut value, part, &text(&parts), problems);
            }
        }
        if from == to {
            problems.push(
                Problem::new(format!("the limit starts and ends at {from}"))
                    .at(limit.get("to").and_then(Node::place), &format!("{path}.to"))
                    .label("should be another number")
                    .help("below `from` to look downwards"),
            );
        }
    }

    /// A parameter that a variant sets has no other value in it.
    fn set_by_a_variant(&self, path: &[String], parts: &[Part]) -> Option<Problem> {
        let overlaps = |other: &[String]| path.starts_with(other) || other.starts_with(path);
        let (variant, _) = self.taken.iter().find(|(_, other)| overlaps(other))?;
        let span = parts.last().and_then(|part| part.span.as_ref());
        Some(
            Problem::new(format!(
                "the variant `{variant}` sets `{}`, so a limit cannot change it too",
                path.join(".")
            ))
            .at(span, &text(parts))
            .label("changed here")
            .help("look along another parameter, or leave it out of the variant"),
        )
    }
}
