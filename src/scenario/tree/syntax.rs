//! Syntax errors of TOML in the words of people who write scenarios.

use std::ops::Range;

use crate::scenario::diagnostics::Problem;

/// What is wrong at `range` of `text`, of which the parser says `message`.
pub(super) fn explain(text: &str, range: &Range<usize>, message: &str) -> Problem {
    let here = text.get(range.clone()).unwrap_or_default();
    let before = text.get(..range.start).unwrap_or_default();
    let after = text.get(range.start..).unwrap_or_default();
    if message == "duplicate key" {
        return Problem::new(format!("`{here}` is given twice"))
            .label("the second time")
            .help("each key and each [table] is written once; `[[name]]`, with two brackets, starts one more of a list");
    }
    let decimal_comma = after.starts_with(',') && before.ends_with(|c: char| c.is_ascii_digit());
    if decimal_comma && !in_brackets(before) {
        return Problem::new("this is not valid TOML")
            .label(message)
            .help("decimal numbers are written with a point, such as 0.5");
    }
    if message.starts_with("string values must be quoted") {
        return if here.trim().is_empty() {
            Problem::new("a value is missing after `=`").label("nothing here")
        } else {
            Problem::new("a text has to be in quotes").label(format!("write \"{here}\""))
        };
    }
    Problem::new("this is not valid TOML").label(message)
}

/// Whether the line is inside a list or an inline table, where commas belong.
fn in_brackets(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default();
    let value = line.split_once('=').map_or("", |(_, value)| value);
    value.contains(['[', '{'])
}
