//! A tree as a TOML file that is pleasant to read.
//!
//! A table's plain values come first, then its subtables, each with a header and a blank line
//! before it. Arrays of tables get one `[[header]]` per item. What the caller names a leaf (a rule,
//! for instance) stays in one line.

use std::fmt::Write as _;

use super::{Node, Table, Value};

/// Writes a document; `in_line` says of a path whether a table there is written in one line.
pub(crate) fn document(root: &Node, in_line: &dyn Fn(&[&str]) -> bool) -> String {
    let mut text = String::new();
    if let Some(table) = root.table() {
        write_table(&mut text, table, &mut Vec::new(), in_line);
    }
    text
}

fn write_table<'a>(
    text: &mut String,
    table: &'a Table,
    path: &mut Vec<&'a str>,
    in_line: &dyn Fn(&[&str]) -> bool,
) {
    let mut later = Vec::new();
    for (key, node) in table {
        path.push(key);
        if has_header(node) && !in_line(path) {
            later.push((key, node));
        } else {
            let _ = writeln!(text, "{} = {}", key_text(key), value_text(node));
        }
        path.pop();
    }
    for (key, node) in later {
        path.push(key);
        match &node.value {
            Value::Table(inner) => {
                // a table that only holds tables needs no header of its own
                if inner.is_empty() || !all_have_headers(inner, path, in_line) {
                    write_header(text, path, "[", "]");
                }
                write_table(text, inner, path, in_line);
            }
            Value::Array(items) => {
                for item in items.iter().filter_map(Node::table) {
                    write_header(text, path, "[[", "]]");
                    write_table(text, item, path, in_line);
                }
            }
            _ => {}
        }
        path.pop();
    }
}

fn all_have_headers<'a>(
    table: &'a Table,
    path: &mut Vec<&'a str>,
    in_line: &dyn Fn(&[&str]) -> bool,
) -> bool {
    table.iter().all(|(key, node)| {
        path.push(key);
        let result = has_header(node) && !in_line(path);
        path.pop();
        result
    })
}

/// Whether the value is a table or a list of tables.
fn has_header(node: &Node) -> bool {
    match &node.value {
        Value::Table(_) => true,
        Value::Array(items) => !items.is_empty() && items.iter().all(|item| item.table().is_some()),
        _ => false,
    }
}

fn write_header(text: &mut String, path: &[&str], open: &str, close: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    let keys: Vec<String> = path.iter().map(|key| key_text(key)).collect();
    let _ = writeln!(text, "{open}{}{close}", keys.join("."));
}

/// A key, in quotes where TOML wants them.
fn key_text(key: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !key.is_empty() && key.chars().all(bare) {
        key.to_owned()
    } else {
        string_text(key)
    }
}

fn value_text(node: &Node) -> String {
    match &node.value {
        Value::String(text) => string_text(text),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => float_text(*number),
        Value::Boolean(boolean) => boolean.to_string(),
        Value::Datetime(text) => text.clone(),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(value_text).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Table(table) if table.is_empty() => "{}".to_owned(),
        Value::Table(table) => {
            let entries: Vec<String> = table
                .iter()
                .map(|(key, node)| format!("{} = {}", key_text(key), value_text(node)))
                .collect();
            format!("{{ {} }}", entries.join(", "))
        }
        Value::Invalid => string_text("invalid"),
    }
}

/// The shortest decimal that reads back as the same number, always with a point or an exponent.
fn float_text(number: f64) -> String {
    if number.is_nan() {
        "nan".to_owned()
    } else {
        // Debug, unlike Display, keeps the point of 1.0
        format!("{number:?}")
    }
}

fn string_text(text: &str) -> String {
    if text.contains('\n') && !text.contains("'''") && !text.contains('\r') && is_literal(text) {
        return format!("'''\n{text}'''");
    }
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            c if c.is_control() => {
                let _ = write!(quoted, "\\U{:08X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Whether a text of several lines can be written as it is.
fn is_literal(text: &str) -> bool {
    !text.ends_with('\'')
        && text
            .chars()
            .all(|c| c == '\n' || c == '\t' || !c.is_control())
}
