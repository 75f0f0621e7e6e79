//! The words of the lab in a language: those of the part `lab` of the files in `src/language/`; parameters have the names that charts have for them.

use std::collections::BTreeMap;
use std::fmt::Display;

use crate::language::{Part, Texts};
use crate::scenario::Language;

/// The words of a language.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    texts: &'static Texts,
    chart: &'static Texts,
}

impl Words {
    /// The words of a language.
    pub fn of(language: Language) -> Self {
        Self {
            texts: Texts::of(Part::Lab, language),
            chart: Texts::of(Part::Chart, language),
        }
    }

    /// The text of a key.
    pub fn say(self, key: &str) -> &'static str {
        self.texts.get(key)
    }

    /// The text of a key with its placeholders filled in.
    pub fn fill(self, key: &str, values: &[(&str, &dyn Display)]) -> String {
        self.texts.fill(key, values)
    }

    /// What a parameter is called, by its key below its owner.
    pub fn parameter(self, key: &str) -> String {
        let name = self.chart.get(&format!("parameters.{key}"));
        if !name.is_empty() {
            return name.to_owned();
        }
        match self.texts.has(&format!("keys.{key}")) {
            true => self.say(&format!("keys.{key}")).to_owned(),
            false => key.replace(['.', '_'], " "),
        }
    }

    /// What a parameter means, by its key below its owner; `otherwise` where no language has words of its own for it.
    pub fn meaning(self, key: &str, otherwise: &str) -> String {
        let own = format!("meanings.{key}");
        match self.texts.has(&own) {
            true => self.say(&own).to_owned(),
            false => otherwise.to_owned(),
        }
    }

    /// A number with so many decimals, in the language's digits, with a minus that is one.
    pub fn number(self, value: f64, decimals: usize, signed: bool) -> String {
        let digits = format!("{:.decimals$}", value.abs());
        let (whole, part) = digits.split_once('.').unwrap_or((&digits, ""));
        let grouped = whole
            .parse()
            .map_or_else(|_| whole.to_owned(), |whole| self.chart.grouped(whole));
        let point = if part.is_empty() {
            ""
        } else {
            self.chart.get("numbers.decimal")
        };
        let sign = match digits.bytes().any(|digit| (b'1'..=b'9').contains(&digit)) {
            true if value < 0.0 => "−",
            true if signed => "+",
            _ => "",
        };
        format!("{sign}{grouped}{point}{part}")
    }

    /// What the script needs.
    pub fn of_script(self) -> BTreeMap<String, &'static str> {
        self.texts.below("page").collect()
    }

    /// All keys.
    #[cfg(test)]
    pub fn keys(self) -> impl Iterator<Item = &'static str> {
        self.texts.keys()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn placeholders(text: &str) -> BTreeSet<&str> {
        let pieces = text.split('{').skip(1);
        pieces
            .map(|piece| piece.split_once('}').expect("in pairs").0)
            .collect()
    }

    #[test]
    fn every_language_has_every_text_with_its_placeholders() {
        let english = Words::of(Language::En);
        assert!(english.keys().count() > 60);
        for language in Language::ALL {
            let words = Words::of(language);
            assert!(words.keys().eq(english.keys()), "{language:?}");
            for key in english.keys() {
                let (own, first) = (words.say(key), english.say(key));
                assert!(!own.is_empty(), "{language:?}: {key}");
                assert_eq!(
                    placeholders(own),
                    placeholders(first),
                    "{language:?}: {key}"
                );
                let same = ["page.lab", "page.scenario"];
                assert!(
                    language == Language::En || own != first || same.contains(&key),
                    "{language:?}: {key} is still English"
                );
            }
        }
    }

    #[test]
    fn the_page_asks_for_texts_that_are_there_and_for_all_of_them() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lab");
        let read = |folder: &std::path::Path, ending: &str| -> String {
            let files = std::fs::read_dir(folder).expect("the folder is there");
            let paths = files.map(|file| file.expect("a file").path());
            let wanted = paths.filter(|path| path.extension().is_some_and(|own| own == ending));
            wanted
                .map(|path| std::fs::read_to_string(path).expect("it is text"))
                .collect()
        };
        let (rust, page) = (read(&folder, "rs"), read(&folder, "html"));
        let script = read(&folder.join("script"), "js");
        let english = Words::of(Language::En);
        let report = crate::report::live::script_words(Language::En);
        for piece in script.split("say(\"").skip(1) {
            let key = piece.split('"').next().expect("an end");
            let known = english.of_script().contains_key(key) || report.contains_key(key);
            assert!(known, "the script asks for {key}");
        }
        for key in english.of_script().keys() {
            assert!(!report.contains_key(key), "{key} has two texts");
        }
        for key in english.keys().filter(|key| {
            !["keys.", "quantities.", "meanings."]
                .iter()
                .any(|part| key.starts_with(part))
        }) {
            let used = match key.strip_prefix("page.") {
                Some(name) => {
                    script.contains(&format!("\"{name}\""))
                        || page.contains(&format!("{{{{{name}}}}}"))
                }
                None => rust.contains(&format!("\"{key}\"")),
            };
            assert!(used, "nothing asks for {key}");
        }
    }

    #[test]
    fn numbers_are_those_of_the_language() {
        let spanish = Words::of(Language::Es);
        assert_eq!(spanish.number(-1234.56, 1, true), "−1.234,6");
        assert_eq!(Words::of(Language::En).number(0.04, 1, true), "0.0");
        assert_eq!(Words::of(Language::En).number(4.06, 1, true), "+4.1");
        assert_eq!(
            spanish.parameter("awareness"),
            Texts::of(Part::Chart, Language::Es).get("parameters.awareness")
        );
    }
}
