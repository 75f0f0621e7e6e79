//! The tables of all languages are complete, and hold what charts ask for.

use std::collections::BTreeSet;
use std::path::Path;

use super::*;
use crate::scenario::json_schema;

fn of_charts(language: Language) -> &'static Texts {
    Texts::of(Part::Chart, language)
}

fn all() -> [&'static Texts; Language::ALL.len()] {
    Language::ALL.map(of_charts)
}

/// Those of translations.
fn translated() -> impl Iterator<Item = &'static Texts> {
    all().into_iter().filter(|texts| texts.code != "en")
}

/// The names in braces, in alphabetical order.
fn placeholders(text: &str) -> Vec<&str> {
    let pieces = text.split('{').skip(1);
    let mut names: Vec<&str> = pieces
        .map(|piece| piece.split_once('}').expect("braces in pairs").0)
        .collect();
    names.sort_unstable();
    names
}

#[test]
fn every_language_has_every_text_with_the_same_placeholders() {
    let english = of_charts(Language::En);
    assert!(english.texts.len() > 150);
    for texts in all() {
        let keys: Vec<_> = texts.texts.keys().collect();
        assert_eq!(
            keys,
            english.texts.keys().collect::<Vec<_>>(),
            "{}",
            texts.code
        );
        for (key, text) in &texts.texts {
            assert!(!text.is_empty(), "{}: {key}", texts.code);
            assert_eq!(
                placeholders(text),
                placeholders(english.get(key)),
                "{}: {key}",
                texts.code
            );
        }
        assert_eq!(texts.small.len(), 13, "{}", texts.code);
    }
}

#[test]
fn nothing_is_left_in_english() {
    // words that are the same in two languages
    let shared = [
        "numbers.",
        "words.period",
        "sweep.no",
        "value.control",
        "parameters.control",
        "words.scenario",
        "parameters.inertia",
        "words.and",
    ];
    let english = of_charts(Language::En);
    for texts in translated() {
        for (key, text) in &texts.texts {
            let is_words = text.chars().any(char::is_alphabetic)
                && placeholders(text)
                    .iter()
                    .map(|name| name.len() + 2)
                    .sum::<usize>()
                    + 4
                    < text.len();
            if is_words && !shared.iter().any(|start| key.starts_with(start)) {
                assert_ne!(text, english.get(key), "{}: {key}", texts.code);
            }
        }
    }
}

/// All Rust files below a folder.
fn sources(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let is_test = path.components().any(|part| {
                ["tests", "tests.rs", "samples.rs", "cases.rs"]
                    .contains(&part.as_os_str().to_str().unwrap())
            });
            if !is_test {
                let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
                found.push(code.to_owned());
            }
        }
    }
}

#[test]
fn charts_ask_for_texts_that_are_there_and_for_all_of_them() {
    let mut files = Vec::new();
    sources(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src/chart"),
        &mut files,
    );
    let tables: BTreeSet<&str> = of_charts(Language::En)
        .texts
        .keys()
        .map(|key| key.split('.').next().unwrap())
        .collect();
    // texts in quotes that look like keys of a table
    let mut asked = BTreeSet::new();
    for file in &files {
        for text in file.split('"').skip(1) {
            let Some((table, rest)) = text.split_once('.') else {
                continue;
            };
            let is_key = !rest.is_empty()
                && rest
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'_' | b'.'));
            if tables.contains(table) && is_key && table != "parameters" {
                asked.insert(text);
            }
        }
    }
    let english = of_charts(Language::En);
    for key in &asked {
        assert!(english.has(key), "{key} is in no table");
    }
    // keys put together from a table and a name
    let composed = [
        "count.",
        "parameters.",
        "outcomes.",
        "statistics.",
        "figures.",
        "sources.outcomes.",
        "numbers.",
        "sweep.all_",
    ];
    let parts = [
        "surplus", "profit", "cost", "control", "friction", "lost_fit",
    ]
    .map(|part| format!("value.{part}"));
    for key in english.texts.keys() {
        let is_used = asked.contains(key.as_str())
            || composed.iter().any(|start| key.starts_with(start))
            || parts.contains(key);
        assert!(is_used, "no chart asks for {key}");
    }
}

/// Paths of all single values below a part of the schema.
fn paths(
    schema: &serde_json::Value,
    part: &serde_json::Value,
    prefix: &str,
    found: &mut Vec<String>,
) {
    let part = match part["$ref"].as_str() {
        Some(reference) => &schema["$defs"][reference.trim_start_matches("#/$defs/")],
        None => part,
    };
    let Some(properties) = part["properties"].as_object() else {
        found.push(prefix.to_owned());
        return;
    };
    for (key, below) in properties {
        let path = if prefix.is_empty() {
            key.clone()
        } else {
            format!("{prefix}.{key}")
        };
        paths(schema, below, &path, found);
    }
}

#[test]
fn every_parameter_that_can_vary_has_a_name() {
    let schema = json_schema();
    let mut found = Vec::new();
    for table in ["Market", "Population", "Experience", "Firm"] {
        paths(&schema, &schema["$defs"][table], "", &mut found);
    }
    assert!(found.len() > 50, "{found:?}");
    for path in found.iter().filter(|path| *path != "name") {
        let key = format!("parameters.{path}");
        assert!(
            of_charts(Language::En).has(&key),
            "{key} is missing in the tables of src/language/"
        );
    }
}

#[test]
fn texts_are_filled_in_one_pass() {
    let english = of_charts(Language::En);
    let name = "{title} {x}";
    let text = english.fill("words.scenario", &[("title", &name)]);
    assert_eq!(text, "Scenario: “{title} {x}”.");
    assert_eq!(english.get("no.such"), "");
    assert_eq!(of_charts(Language::Es).with_decimals("0.25"), "0,25");
}
