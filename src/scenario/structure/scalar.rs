//! Single values against their part of the schema.

use serde_json::Value as Json;

use super::describe::{Bounds, describe, words};
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
        (Value::String(_), Some("string")) => return check_text(node, part, place, problems),
        (Value::Boolean(_), Some("boolean")) => true,
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

/// Texts can be drawn, and have an end.
fn check_text(node: &mut Node, part: &Json, place: &Context<'_>, problems: &mut Vec<Problem>) {
    let text = node.text().unwrap_or_default();
    let longest = part["maxLength"].as_u64().unwrap_or(u64::MAX);
    let length = text.chars().count() as u64;
    let problem = if let Some(c) = text.chars().find(|&c| !is_drawable(c)) {
        let code = format!("U+{:04X}", u32::from(c));
        let message = format!(
            "`{}` has the character {code}, which no page can show",
            place.path
        );
        place.problem(node, message).label("take it out")
    } else if length > longest {
        let message = format!("`{}` has {length} characters", place.path);
        place
            .problem(node, message)
            .label(format!("at most {longest}"))
    } else {
        return;
    };
    problems.push(problem);
    node.value = Value::Invalid;
}

/// The characters of XML, of which charts and pages are made.
fn is_drawable(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r') || !(c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}'))
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
    } else if Bounds::of(part).hold(number) {
        node.value = Value::Float(number);
    } else {
        out_of_range(node, &number.to_string(), part, place, problems);
    }
}

// what is not exact as a float is far beyond all bounds
fn check_integer(node: &mut Node, part: &Json, place: &Context<'_>, problems: &mut Vec<Problem>) {
    let Some(number) = node.integer() else { return };
    let largest = part["maximum"].as_i64().map_or(i128::MAX, i128::from);
    if number > largest && largest >= i128::from(u32::MAX) {
        let problem = place
            .problem(
                node,
                format!("`{}` is {number}, which is too large", place.path),
            )
            .label(format!("at most {largest}"));
        problems.push(problem);
        node.value = Value::Invalid;
    } else if !Bounds::of(part).hold(number as f64) {
        out_of_range(node, &number.to_string(), part, place, problems);
    }
}

fn out_of_range(
    node: &mut Node,
    number: &str,
    part: &Json,
    place: &Context<'_>,
    problems: &mut Vec<Problem>,
) {
    let (all, meaningful) = (Bounds::of(part), Bounds::of(part).meaningful());
    let is_extreme = node.number().is_some_and(|number| meaningful.hold(number));
    let bounds = if is_extreme { all } else { meaningful };
    let range = bounds.words().unwrap_or_default();
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
