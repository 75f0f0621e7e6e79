//! Parameter paths: read out of tables, followed and set in a tree.

use super::diagnostics::Span;
use super::tree::{Node, Table, Value};

/// One part of a path, with its place.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub name: String,
    pub span: Option<Span>,
}

/// The parts of a path that is written in one piece; all of them stand at `span`.
pub(super) fn split(path: &str, span: Option<&Span>) -> Vec<Part> {
    path.split('.')
        .map(|name| Part {
            name: name.trim().to_owned(),
            span: span.cloned(),
        })
        .collect()
}

/// The path as text.
pub(super) fn text(parts: &[Part]) -> String {
    let names: Vec<&str> = parts.iter().map(|part| part.name.as_str()).collect();
    names.join(".")
}

/// Quoted paths, dotted keys and nested tables as one list of paths with values. A rule stays whole.
pub(super) fn flatten(table: &Table) -> Vec<(Vec<Part>, Node)> {
    let mut found = Vec::new();
    flatten_into(table, &[], &mut found);
    found
}

fn flatten_into(table: &Table, before: &[Part], found: &mut Vec<(Vec<Part>, Node)>) {
    for (key, node) in table {
        let mut parts = before.to_vec();
        parts.extend(split(key, node.key.as_ref().or(node.span.as_ref())));
        match node.table() {
            Some(inner) if !is_whole(&parts, inner) => flatten_into(inner, &parts, found),
            _ => found.push((parts, node.clone())),
        }
    }
}

/// Whether a table is a value of its own rather than a step on the way to values.
fn is_whole(parts: &[Part], table: &Table) -> bool {
    let names: Vec<&str> = parts.iter().map(|part| part.name.as_str()).collect();
    match names.as_slice() {
        ["firms", _, "experience" | "price"] => table.contains_key("rule"),
        ["firms", _, "experience", "by_population" | "by_need"] => true,
        _ => false,
    }
}

/// The value at a full path; names pick among the tables of a list.
pub(super) fn find<'a>(root: &'a Node, path: &[String]) -> Option<&'a Node> {
    path.iter().try_fold(root, |node, part| {
        node.get(part).or_else(|| node.named(part))
    })
}

/// Sets the value at a full path, making subtables where there are none. A path that leads
/// nowhere changes nothing.
pub(super) fn set_path(root: &mut Node, path: &[String], value: Node) {
    let Some((last, parents)) = path.split_last() else {
        return;
    };
    let mut node = root;
    for part in parents {
        let next = if matches!(node.value, Value::Array(_)) {
            node.named_mut(part)
        } else {
            let table = node.table_mut();
            table.map(|table| table.entry(part.clone()).or_insert_with(Node::empty_table))
        };
        match next {
            Some(next) => node = next,
            None => return,
        }
    }
    if let Some(table) = node.table_mut() {
        table.insert(last.clone(), value);
    }
}
