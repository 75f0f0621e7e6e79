//! TOML text into a tree, with every syntax error of the text.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeInteger, DeTable, DeValue};

use super::{Node, Table, Value};
use crate::scenario::diagnostics::{Problem, Source, Span};

#[cfg(test)]
thread_local! {
    /// Documents that this thread has parsed.
    pub(crate) static PARSED: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
}

/// Parses a document.
///
/// # Errors
/// All syntax errors, duplicate keys among them.
pub(crate) fn parse(source: &Arc<Source>) -> Result<Node, Vec<Problem>> {
    #[cfg(test)]
    PARSED.set(PARSED.get() + 1);
    let (table, errors) = DeTable::parse_recoverable(&source.text);
    let mut problems = syntax_problems(source, errors, 0);
    let node = Node {
        value: Value::Table(convert_table(
            &Context { source, offset: 0 },
            table.into_inner(),
            &mut problems,
        )),
        span: None,
        key: None,
    };
    if problems.is_empty() {
        Ok(node)
    } else {
        Err(problems)
    }
}

/// Parses the value that ends a source (an override's), from `offset` on.
///
/// # Errors
/// The text is no TOML value.
pub(crate) fn parse_value(source: &Arc<Source>, offset: usize) -> Result<Node, Vec<Problem>> {
    let (value, errors) = DeValue::parse_recoverable(&source.text[offset..]);
    let mut problems = syntax_problems(source, errors, offset);
    let node = convert(&Context { source, offset }, value, &mut problems);
    if problems.is_empty() {
        Ok(node)
    } else {
        Err(problems)
    }
}

/// What places are relative to.
struct Context<'a> {
    source: &'a Arc<Source>,
    offset: usize,
}

impl Context<'_> {
    fn span(&self, range: &Range<usize>) -> Span {
        Span {
            source: Arc::clone(self.source),
            range: range.start + self.offset..range.end + self.offset,
        }
    }
}

fn syntax_problems(
    source: &Arc<Source>,
    errors: Vec<toml::de::Error>,
    offset: usize,
) -> Vec<Problem> {
    let context = Context { source, offset };
    errors
        .into_iter()
        .map(|error| {
            let end = source.text.len() - offset;
            let range = error.span().unwrap_or(end..end);
            super::syntax::explain(&source.text[offset..], &range, error.message())
                .at(Some(&context.span(&range)), "")
        })
        .collect()
}

fn convert_table(context: &Context<'_>, table: DeTable<'_>, problems: &mut Vec<Problem>) -> Table {
    table
        .into_iter()
        .map(|(key, value)| {
            let key_span = context.span(&key.span());
            let mut node = convert(context, value, problems);
            node.key = Some(key_span);
            (key.into_inner().into_owned(), node)
        })
        .collect()
}

fn convert(
    context: &Context<'_>,
    value: Spanned<DeValue<'_>>,
    problems: &mut Vec<Problem>,
) -> Node {
    let span = context.span(&value.span());
    let value = match value.into_inner() {
        DeValue::String(text) => Value::String(text.into_owned()),
        DeValue::Integer(integer) => integer_value(&integer, &span, problems),
        DeValue::Float(float) => float_value(float.as_str(), &span, problems),
        DeValue::Boolean(boolean) => Value::Boolean(boolean),
        DeValue::Datetime(datetime) => Value::Datetime(datetime.to_string()),
        DeValue::Array(items) => Value::Array(
            items
                .into_iter()
                .map(|item| convert(context, item, problems))
                .collect(),
        ),
        DeValue::Table(table) => Value::Table(convert_table(context, table, problems)),
    };
    Node {
        value,
        span: Some(span),
        key: None,
    }
}

fn integer_value(integer: &DeInteger<'_>, span: &Span, problems: &mut Vec<Problem>) -> Value {
    match i128::from_str_radix(integer.as_str(), integer.radix()) {
        Ok(number) => Value::Integer(number),
        Err(_) => too_large(span, problems),
    }
}

/// A decimal too large for a float would silently become infinite.
fn float_value(text: &str, span: &Span, problems: &mut Vec<Problem>) -> Value {
    match text.parse::<f64>() {
        Ok(number) if number.is_infinite() && !text.contains("inf") => too_large(span, problems),
        Ok(number) => Value::Float(number),
        // a syntax error, which was reported
        Err(_) => Value::Invalid,
    }
}

fn too_large(span: &Span, problems: &mut Vec<Problem>) -> Value {
    problems.push(Problem::new("this number is too large").at(Some(span), ""));
    Value::Invalid
}
