//! The words of a page in its language: those of the part `report` of the files in `src/language/`.
//!
//! Texts are HTML, and what is filled in must be escaped; those of the table `script` are plain text, which the script fills in.
//! Numbers are written as charts write them, and parameters have the names that they have there.

use std::collections::BTreeMap;
use std::fmt::Display;

use crate::language::{Part, Texts};
use crate::scenario::Language;

/// The words of a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// The language.
    pub language: Language,
    texts: &'static Texts,
    /// Those of charts.
    chart: &'static Texts,
}

impl Words {
    /// The words of a language.
    #[must_use]
    pub fn of(language: Language) -> Self {
        Self {
            language,
            texts: Texts::of(Part::Report, language),
            chart: Texts::of(Part::Chart, language),
        }
    }

    /// The code of the language, as documents state it.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.texts.code
    }

    /// The text of a key.
    #[must_use]
    pub fn say(self, key: &str) -> &'static str {
        self.texts.get(key)
    }

    /// The text of a key as a paragraph.
    #[must_use]
    pub fn paragraph(self, key: &str) -> String {
        format!("<p>{}</p>\n", self.say(key))
    }

    /// The text of a key with its placeholders filled in.
    #[must_use]
    pub fn fill(self, key: &str, values: &[(&str, &dyn Display)]) -> String {
        self.texts.fill(key, values)
    }

    /// A number of things: "5,000 customers".
    #[must_use]
    pub fn things(self, noun: &str, number: u64) -> String {
        let form = if number == 1 { "one" } else { "many" };
        let key = format!("things.{noun}.{form}");
        self.fill(&key, &[("count", &self.chart.grouped(number))])
    }

    /// Digits as the language has them: with its mark between groups and before decimals, and its percent sign.
    #[must_use]
    pub fn digits(self, english: &str) -> String {
        let mut written = String::new();
        for letter in english.chars() {
            match letter {
                ',' => written.push_str(self.chart.get("numbers.group")),
                '.' => written.push_str(self.chart.get("numbers.decimal")),
                '%' => written.push_str(self.chart.get("numbers.percent")),
                other => written.push(other),
            }
        }
        written
    }

    /// A number of the scenario, with as many decimals as it has.
    #[must_use]
    pub fn plain(self, value: f64) -> String {
        self.digits(&value.to_string())
    }

    /// What charts call the parameter at a path below its owner; nothing where it has no name.
    #[must_use]
    pub fn parameter(self, path: &str) -> &'static str {
        self.chart.get(&format!("parameters.{path}"))
    }

    /// All texts.
    #[cfg(test)]
    pub fn all(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.texts.keys().map(move |key| (key, self.say(key)))
    }

    /// What the script needs: its texts and those of tables by key, and how numbers are written.
    #[must_use]
    pub fn of_script(self) -> BTreeMap<String, &'static str> {
        let own = self.texts.below("tables").chain(self.texts.below("script"));
        let numbers = ["decimal", "group", "percent"];
        let numbers =
            numbers.map(|key| (key.to_owned(), self.chart.get(&format!("numbers.{key}"))));
        own.chain(numbers).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn all() -> [Words; Language::ALL.len()] {
        Language::ALL.map(Words::of)
    }

    /// What a translation has to keep: placeholders, and elements with their order.
    fn kept(text: &str) -> (BTreeSet<&str>, Vec<&str>) {
        let between = |open: char, close: char| -> Vec<&str> {
            let pieces = text.split(open).skip(1);
            pieces
                .map(|piece| piece.split_once(close).expect("in pairs").0)
                .collect()
        };
        (between('{', '}').into_iter().collect(), between('<', '>'))
    }

    #[test]
    fn every_language_has_every_text_with_its_placeholders_and_elements() {
        let english = Words::of(Language::En);
        assert!(english.texts.keys().count() > 150);
        for words in all() {
            assert!(
                words.texts.keys().eq(english.texts.keys()),
                "{}",
                words.code()
            );
            for key in english.texts.keys() {
                let (own, first) = (words.say(key), english.say(key));
                assert!(!own.is_empty(), "{}: {key}", words.code());
                assert_eq!(kept(own), kept(first), "{}: {key}", words.code());
            }
        }
    }

    #[test]
    fn nothing_is_left_in_english() {
        // the same in two languages
        let same = [
            "story.leads_first",
            "script.stop",
            "variants.variant",
            "index.sweeps",
        ];
        let english = Words::of(Language::En);
        for words in all().into_iter().filter(|words| *words != english) {
            for key in english.texts.keys().filter(|key| !same.contains(key)) {
                assert_ne!(words.say(key), english.say(key), "{}: {key}", words.code());
            }
        }
    }

    #[test]
    fn the_page_asks_for_texts_that_are_there_and_for_all_of_them() {
        let english = Words::of(Language::En);
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/report");
        let read = |folder: &std::path::Path, ending: &str| -> String {
            let files = std::fs::read_dir(folder).expect("the folder is there");
            let paths = files.map(|file| file.expect("a file").path());
            let wanted = paths.filter(|path| path.extension().is_some_and(|own| own == ending));
            wanted
                .map(|path| std::fs::read_to_string(path).expect("it is text"))
                .collect()
        };
        let rust = read(&folder, "rs") + &read(&folder.join("lesson"), "rs");
        let script = read(&folder.join("script"), "js");
        for piece in script.split("say(\"").skip(1) {
            let key = piece.split('"').next().expect("an end");
            let known = english.of_script().contains_key(key);
            assert!(known, "the script asks for {key}");
        }
        // put together from a table and a name
        let composed = [
            "things.",
            "plots.",
            "sections.",
            "settings.",
            "lesson.step_",
            "index.",
        ];
        for key in english.texts.keys() {
            let name = key.rsplit('.').next().expect("a name");
            let by_script = script.contains(&format!("\"{name}\""));
            let is_used = rust.contains(&format!("\"{key}\""))
                || composed.iter().any(|table| key.starts_with(table))
                || (key.starts_with("script.") && by_script);
            assert!(is_used, "nothing asks for {key}");
        }
    }

    #[test]
    fn numbers_are_those_of_the_language() {
        let spanish = Words::of(Language::Es);
        assert_eq!(spanish.plain(0.25), "0,25");
        assert_eq!(spanish.things("customer", 5000), "5.000 clientes");
        assert_eq!(Words::of(Language::En).things("firm", 1), "1 firm");
        assert_eq!(
            spanish.parameter("agency.mean"),
            Texts::of(Part::Chart, Language::Es).get("parameters.agency.mean")
        );
    }
}
