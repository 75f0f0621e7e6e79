//! A scenario file as a tree whose every value remembers where it was written.
//!
//! TOML is parsed into [`Node`]s ([`parse()`]); overrides, checks and merges work on them; at the
//! end the tree becomes JSON ([`Node::to_json`]), from which serde builds the types.

mod convert;
mod parse;
mod syntax;
mod write;

use indexmap::IndexMap;

use super::diagnostics::Span;

#[cfg(test)]
pub(crate) use parse::PARSED;
pub(crate) use parse::{parse, parse_value};
pub(crate) use write::document;

/// A table in the order of the file.
pub(crate) type Table = IndexMap<String, Node>;

/// A value and where it comes from.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub value: Value,
    /// Place of the value (of the header, for a table with one); none for defaults.
    pub span: Option<Span>,
    /// Place of the key.
    pub key: Option<Span>,
}

/// The values of TOML, and one more.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    String(String),
    Integer(i128),
    Float(f64),
    Boolean(bool),
    Datetime(String),
    Array(Vec<Node>),
    Table(Table),
    /// A value already reported as wrong: later checks pass over it, so that one mistake is
    /// reported once.
    Invalid,
}

impl Node {
    /// A value without a place: a default.
    pub fn plain(value: Value) -> Self {
        Self {
            value,
            span: None,
            key: None,
        }
    }

    pub fn empty_table() -> Self {
        Self::plain(Value::Table(Table::new()))
    }

    pub fn is_invalid(&self) -> bool {
        matches!(self.value, Value::Invalid)
    }

    pub fn table(&self) -> Option<&Table> {
        match &self.value {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }

    pub fn table_mut(&mut self) -> Option<&mut Table> {
        match &mut self.value {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }

    /// The items of an array; none for anything else.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::Array(items) => items,
            _ => &[],
        }
    }

    /// The items of the array under a key, or under several with dots between; none where there is no such array.
    pub fn list(&self, keys: &str) -> &[Node] {
        let found = keys.split('.').try_fold(self, |node, key| node.get(key));
        found.map_or(&[], Self::items)
    }

    /// The items of the array under a key, to be changed.
    pub fn list_mut(&mut self, key: &str) -> Option<&mut Vec<Node>> {
        match &mut self.get_mut(key)?.value {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    // whole numbers stand where numbers are wanted
    pub fn number(&self) -> Option<f64> {
        match self.value {
            Value::Float(number) => Some(number),
            Value::Integer(number) => Some(number as f64),
            _ => None,
        }
    }

    /// Whether it is the truth value that something is asked by.
    pub fn is_true(&self) -> bool {
        matches!(self.value, Value::Boolean(true))
    }

    pub fn integer(&self) -> Option<i128> {
        match self.value {
            Value::Integer(number) => Some(number),
            _ => None,
        }
    }

    /// The value under a key of a table.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.table()?.get(key)
    }

    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        self.table_mut()?.get_mut(key)
    }

    /// The value at a path of keys.
    pub fn at(&self, path: &[&str]) -> Option<&Node> {
        path.iter().try_fold(self, |node, key| node.get(key))
    }

    /// The table of an array that has this name.
    pub fn named(&self, name: &str) -> Option<&Node> {
        self.items().iter().find(|item| item.name() == Some(name))
    }

    pub fn named_mut(&mut self, name: &str) -> Option<&mut Node> {
        match &mut self.value {
            Value::Array(items) => items.iter_mut().find(|item| item.name() == Some(name)),
            _ => None,
        }
    }

    /// The text under the key `name`.
    pub fn name(&self) -> Option<&str> {
        self.get("name")?.text()
    }

    /// The best place to show for this value: itself, else its key.
    pub fn place(&self) -> Option<&Span> {
        self.span.as_ref().or(self.key.as_ref())
    }

    /// The place of its key, else of itself.
    pub fn key_place(&self) -> Option<&Span> {
        self.key.as_ref().or(self.span.as_ref())
    }

    /// What the value is, with its article.
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::String(_) => "a text",
            Value::Integer(_) => "a whole number",
            Value::Float(_) => "a number",
            Value::Boolean(_) => "true or false",
            Value::Datetime(_) => "a date or time",
            Value::Array(_) => "a list",
            Value::Table(_) => "a table",
            Value::Invalid => "invalid",
        }
    }

    /// Adds what `defaults` has and this table lacks, table by table.
    pub fn fill(&mut self, defaults: &Node) {
        self.fill_where(defaults, &|_| true);
    }

    /// Like [`Node::fill`], but goes into a subtable of both only where `deep` says so.
    pub fn fill_where(&mut self, defaults: &Node, deep: &dyn Fn(&str) -> bool) {
        let (Some(table), Some(defaults)) = (self.table_mut(), defaults.table()) else {
            return;
        };
        for (key, default) in defaults {
            match table.get_mut(key) {
                None => {
                    table.insert(key.clone(), default.clone());
                }
                Some(own) if deep(key) => own.fill_where(default, deep),
                Some(_) => {}
            }
        }
    }
}
