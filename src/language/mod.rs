//! The words of the program: one file of texts per language, in parts: of charts, of reports, of the lab, of the course and of its lessons.
//!
//! A text may hold `{placeholders}`; every language has the same keys with the same placeholders, which
//! tests hold them to. The table `numbers` of the charts says how counts and decimals are written.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::OnceLock;

use crate::scenario::{Language, in_all_languages};

/// The files, in the order of [`Language::ALL`].
const FILES: [&str; Language::ALL.len()] = in_all_languages!();

/// A part of a language's texts: that of its table with this name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What charts say, and what whoever writes numbers and names of parameters takes from them.
    Chart,
    /// What reports say: HTML, but for the texts of their script.
    Report,
    /// What the lab says: plain text.
    Lab,
    /// What the course says around its lessons.
    Course,
    /// The texts of the lessons; those in English stand in the lessons themselves.
    Lessons,
}

impl Part {
    /// Every part, with the name of its table.
    const ALL: [(Self, &'static str); 5] = [
        (Self::Chart, "chart"),
        (Self::Report, "report"),
        (Self::Lab, "lab"),
        (Self::Course, "course"),
        (Self::Lessons, "lessons"),
    ];
}

/// The texts of a part of a language.
#[derive(Debug, PartialEq, Eq)]
pub struct Texts {
    /// The language's code, as documents state it.
    pub code: &'static str,
    part: Part,
    texts: BTreeMap<String, String>,
    /// Small numbers in words, from zero.
    small: Vec<String>,
}

impl Texts {
    /// The texts of a part of a language. A file is read once.
    #[must_use]
    pub fn of(part: Part, language: Language) -> &'static Self {
        static TEXTS: [OnceLock<[Texts; Part::ALL.len()]>; FILES.len()] =
            [const { OnceLock::new() }; FILES.len()];
        let place = language as usize;
        let parts = TEXTS[place].get_or_init(|| Self::parse(language.name(), FILES[place]));
        &parts[part as usize]
    }

    /// The texts of a table, by their keys in it.
    pub fn below(&'static self, table: &str) -> impl Iterator<Item = (String, &'static str)> {
        let texts = self.texts.iter();
        texts.filter_map(move |(key, text)| {
            let key = key.strip_prefix(table)?.strip_prefix('.')?;
            Some((key.to_owned(), text.as_str()))
        })
    }

    /// Reads a file. The files are part of the program and tested, so nothing can be wrong with them;
    /// were it otherwise, charts would show nothing in place of texts.
    fn parse(code: &'static str, file: &str) -> [Self; Part::ALL.len()] {
        let tables = file.parse::<toml::Table>().unwrap_or_default();
        Part::ALL.map(|(part, name)| {
            let mut texts = BTreeMap::new();
            if let Some(toml::Value::Table(table)) = tables.get(name) {
                flatten("", table, &mut texts);
            }
            let small = texts.get("numbers.small").map_or_else(Vec::new, |words| {
                words.split(' ').map(str::to_owned).collect()
            });
            Self {
                code,
                part,
                texts,
                small,
            }
        })
    }

    /// The text of a key.
    #[must_use]
    pub fn get(&'static self, key: &str) -> &'static str {
        match self.texts.get(key) {
            Some(text) => text,
            None if self.code == "en" => "",
            None => Self::of(self.part, Language::En).get(key),
        }
    }

    /// All texts, without those on how numbers are written.
    #[cfg(test)]
    pub fn all(&self) -> impl Iterator<Item = &str> {
        let words = self.texts.iter();
        let words = words.filter(|(key, _)| !key.starts_with("numbers."));
        words.map(|(_, text)| text.as_str())
    }

    /// All keys.
    #[cfg(test)]
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.texts.keys().map(String::as_str)
    }

    /// Whether there is a text of that key.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.texts.contains_key(key)
    }

    /// The text of a key with its placeholders filled in.
    #[must_use]
    pub fn fill(&'static self, key: &str, values: &[(&str, &dyn Display)]) -> String {
        let mut filled = String::new();
        let mut rest = self.get(key);
        // in one pass, so that braces in names stay what they are
        while let Some((before, behind)) = rest.split_once('{') {
            filled.push_str(before);
            let (name, after) = behind.split_once('}').unwrap_or((behind, ""));
            if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
                filled.push_str(&value.to_string());
            }
            rest = after;
        }
        filled.push_str(rest);
        filled
    }

    /// Names in a sentence, the last after the text of a key: "a", "a and b", "a, b and c".
    #[must_use]
    pub fn list(&'static self, names: &[String], and: &str) -> String {
        match names {
            [most @ .., last] if !most.is_empty() => {
                format!("{} {} {last}", most.join(", "), self.get(and))
            }
            few => few.concat(),
        }
    }

    /// A number of things in words.
    #[must_use]
    pub fn count(&'static self, noun: &str, number: u64) -> String {
        let form = match number {
            0 => "none",
            1 => "one",
            _ => "many",
        };
        let written = self.number_in_words(number);
        self.fill(&format!("count.{noun}.{form}"), &[("count", &written)])
    }

    /// A small number in words, a large one in digits.
    #[must_use]
    pub fn number_in_words(&'static self, number: u64) -> String {
        let small = usize::try_from(number)
            .ok()
            .and_then(|number| self.small.get(number));
        small.map_or_else(|| self.grouped(number), Clone::clone)
    }

    /// Digits in groups of three.
    #[must_use]
    pub fn grouped(&'static self, number: u64) -> String {
        let digits = number.to_string();
        let mut words = String::new();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                words.push_str(self.get("numbers.group"));
            }
            words.push(digit);
        }
        words
    }

    /// A number in digits with the language's decimal mark in place of a point.
    #[must_use]
    pub fn with_decimals(&'static self, digits: &str) -> String {
        digits.replace('.', self.get("numbers.decimal"))
    }
}

/// Tables become keys with dots between their parts.
fn flatten(prefix: &str, table: &toml::Table, texts: &mut BTreeMap<String, String>) {
    for (key, value) in table {
        let key = if prefix.is_empty() {
            key.clone()
        } else {
            format!("{prefix}.{key}")
        };
        match value {
            toml::Value::String(text) => {
                texts.insert(key, text.clone());
            }
            toml::Value::Table(below) => flatten(&key, below, texts),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
