//! Single values against their part of the schema.

use serde_json::Value as Json;

use super::describe::{describe, range, words};
use super::{Context, alternatives, resolve};
use crate::scenario::diagnostics::{Problem, nearest};
use crate::scenario::tree::{Node, Value};

/// Checks a text, a number or a truth value.
pub(super) fn check(
    node: &mut Node,
    part: &Json,
    place: &Context<'_>,
    problems: &mut Vec<Problem>,
) {
    let fits = match (&node.value, part["type"].as_str()) {
        (Value::String(_), Some("string")) | (Value::Boolean(_), Some("boolean")) => true,
        (Value::Integer(_) | Value::Float(_), Some("number")) => {
            return check_number(node, part, place, problems);
        }
        (Value::Integer(_), Some("integer")) => {
            return check_integer(node, part, place, problems);
        }
        _ => false,
    };
    if !fits {
        problems.push(wrong_kind(node, part, place));
        node.value = Value::Invalid;
    }
}

/// A value of another type: says what to change where that is plain to see.
fn wrong_kind(node: &Node, part: &Json, place: &Context<'_>) -> Problem {
    let wanted = describe(part);
    let problem = place
        .problem(
            node,
            format!(
                "`{}` is {}, but should be {wanted}",
                place.path,
                node.kind()
            ),
        )
        .label(format!("should be {wanted}"));
    match (&node.value, part["type"].as_str()) {
        (Value::String(text), Some("number" | "integer")) if text.parse::<f64>().is_ok() => {
            problem.help(format!("without the quotes it is a number: {text}"))
        }
        (Value::String(text), Some("boolean")) if text == "true" || text == "false" => {
            problem.help(format!("without the quotes: {text}"))
        }
        (Value::Float(number), Some("integer")) if number.fract() == 0.0 => {
            problem.help(format!("without the decimal point: {number}"))
        }
        _ => problem,
    }
}

fn check_number(node: &mut Node, part: &Json, place: &Context<'_>, problems: &mut Vec<Problem>) {
    let Some(number) = node.number() else { return };
    if !number.is_finite() {
        // as TOML writes it
        let number = number.to_string().replace("NaN", "nan");
        let problem = place
            .problem(
                node,
                format!(
                    "`{}` is {number}, but has to be a finite number",
                    place.path
                ),
            )
            .label(format!("should be {}", describe(part)));
        problems.push(problem);
        node.value = Value::Invalid;
    } else if in_range(number, part) {
        node.value = Value::Float(number);
    } else {
        out_of_range(node, &number.to_string(), part, place, problems);
    }
}

// the bounds of whole numbers are small enough to be exact, u64::MAX excepted, which has its own check
#[allow(clippy::cast_precision_loss)]
fn check_integer(node: &mut Node, part: &Json, place: &Context<'_>, problems: &mut Vec<Problem>) {
    let Some(number) = node.integer() else { return };
    let largest = match part["format"].as_str() {
        Some("uint32") => i128::from(u32::MAX),
        _ => i128::from(u64::MAX),
    };
    if number > largest {
        let problem = place
            .problem(
                node,
                format!("`{}` is {number}, which is too large", place.path),
            )
            .label(format!("at most {largest}"));
        problems.push(problem);
        node.value = Value::Invalid;
    } else if !in_range(number as f64, part) {
        out_of_range(node, &number.to_string(), part, place, problems);
    }
}

fn in_range(number: f64, part: &Json) -> bool {
    let bound = |key: &str| part[key].as_f64();
    bound("minimum").is_none_or(|min| number >= min)
        && bound("exclusiveMinimum").is_none_or(|min| number > min)
        && bound("maximum").is_none_or(|max| number <= max)
        && bound("exclusiveMaximum").is_none_or(|max| number < max)
}

fn out_of_range(
    node: &mut Node,
    number: &str,
    part: &Json,
    place: &Context<'_>,
    problems: &mut Vec<Problem>,
) {
    let range = range(part).unwrap_or_default();
    let problem = place
        .problem(
            node,
            format!("`{}` is {number}, but should be {range}", place.path)
                .replace("should be of at", "should be at"),
        )
        .label(format!("should be {range}").replace("should be of at", "should be at"));
    problems.push(problem);
    node.value = Value::Invalid;
}

/// A word that is not in the list.
pub(super) fn unknown_word(
    node: &Node,
    word: &str,
    known: &[&str],
    part: &Json,
    place: &Context<'_>,
) -> Problem {
    let problem = place
        .problem(node, format!("`{}` cannot be \"{word}\"", place.path))
        .suggest(nearest(word, known.iter().copied()));
    // where a number would do as well, say so
    let others = alternatives(part)
        .is_some_and(|choices| choices.iter().map(resolve).any(|c| c["const"].is_null()));
    if others {
        problem.label(format!("should be {}", describe(part)))
    } else {
        problem.label(format!("should be {}", words(known)))
    }
}
