//! What the course says in the languages that charts speak: its own words, and the texts of its lessons; those in English stand in the lessons
//! themselves.

use std::fmt::Display;

use crate::language::{Part, Texts};
use crate::scenario::{Language, Scenario};

/// The words of the course in a language.
#[derive(Debug, Clone, Copy)]
pub struct Spoken {
    texts: &'static Texts,
}

impl Spoken {
    /// The words of a language.
    #[must_use]
    pub fn of(language: Language) -> Self {
        Self {
            texts: Texts::of(Part::Course, language),
        }
    }

    /// The text of a key.
    #[must_use]
    pub fn say(self, key: &str) -> &'static str {
        self.texts.get(key)
    }

    /// The text of a key with its placeholders filled in.
    #[must_use]
    pub fn fill(self, key: &str, values: &[(&str, &dyn Display)]) -> String {
        self.texts.fill(key, values)
    }

    /// Words in a row, the last after "and".
    #[must_use]
    pub fn list(self, words: &[String]) -> String {
        self.texts.list(words, "and")
    }

    /// The code of the language, as documents state it.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.texts.code
    }
}

/// A letter for each part of a list of texts.
const LETTERS: [&str; 6] = ["a", "b", "c", "d", "e", "f"];

/// Gives a lesson of the course the words of the language of its charts.
pub(super) fn translate(scenario: &mut Scenario) {
    let texts = Texts::of(Part::Lessons, scenario.chart_style.language);
    let lesson = scenario.name.clone();
    for (key, text) in words_of(scenario) {
        let key = format!("{lesson}.{key}");
        if texts.has(&key) {
            texts.get(&key).trim().clone_into(text);
        }
    }
}

/// All texts of a lesson that a class reads, by their keys.
fn words_of(scenario: &mut Scenario) -> Vec<(String, &mut String)> {
    let mut all = vec![
        ("title".to_owned(), &mut scenario.title),
        ("description".to_owned(), &mut scenario.description),
    ];
    let variants = scenario.variants.iter_mut();
    all.extend(variants.map(|one| (format!("changes.{}.title", one.name), &mut one.title)));
    let Some(lesson) = &mut scenario.lesson else {
        return all;
    };
    all.push(("question".to_owned(), &mut lesson.question));
    all.push(("look".to_owned(), &mut lesson.look));
    all.push(("explanation".to_owned(), &mut lesson.explanation));
    let objectives = LETTERS.into_iter().zip(&mut lesson.objectives);
    all.extend(objectives.map(|(letter, text)| (format!("objectives.{letter}"), text)));
    let answers = LETTERS.into_iter().zip(&mut lesson.answers);
    all.extend(answers.map(|(letter, one)| (format!("answers.{letter}"), &mut one.text)));
    let changes = lesson.changes.iter_mut();
    all.extend(changes.map(|one| (format!("changes.{}.teaches", one.variant), &mut one.teaches)));
    all
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::course::LESSONS;

    /// All texts of a lesson, by key.
    fn texts((name, text): (&str, &str)) -> BTreeMap<String, String> {
        let read = Scenario::from_toml_with(text, name, name, &[]);
        let mut scenario = read.unwrap_or_else(|problems| panic!("{problems}"));
        let words = words_of(&mut scenario).into_iter();
        words
            .map(|(key, text)| (format!("{name}.{key}"), text.clone()))
            .collect()
    }

    /// What stands between braces, in order.
    fn quotes(text: &str) -> Vec<&str> {
        let mut all: Vec<&str> = text.split('{').skip(1).collect();
        all.iter_mut()
            .for_each(|part| *part = part.split('}').next().unwrap_or_default());
        all.sort_unstable();
        all
    }

    #[test]
    fn every_lesson_is_told_whole_in_every_language() {
        let english: BTreeMap<String, String> = LESSONS.into_iter().flat_map(texts).collect();
        for language in Language::ALL.into_iter().filter(|one| *one != Language::En) {
            let own = Texts::of(Part::Lessons, language);
            let keys: BTreeSet<&str> = own.keys().collect();
            let wanted: BTreeSet<&str> = english.keys().map(String::as_str).collect();
            let missing: Vec<&&str> = wanted.difference(&keys).collect();
            let unknown: Vec<&&str> = keys.difference(&wanted).collect();
            assert!(
                missing.is_empty() && unknown.is_empty(),
                "{language:?}: missing {missing:?}, unknown {unknown:?}"
            );
            for (key, text) in &english {
                let told = own.get(key);
                assert!(!told.trim().is_empty(), "{language:?}: {key} is empty");
                assert_ne!(
                    told.trim(),
                    text.trim(),
                    "{language:?}: {key} is left in English"
                );
                assert_eq!(
                    quotes(told),
                    quotes(text),
                    "{language:?}: {key} quotes other figures"
                );
            }
        }
    }

    #[test]
    fn the_course_has_its_own_words_in_every_language() {
        let english = Spoken::of(Language::En).texts;
        for language in Language::ALL {
            let own = Spoken::of(language).texts;
            assert!(own.keys().eq(english.keys()), "{language:?}");
            for key in english.keys() {
                let (told, text) = (own.get(key), english.get(key));
                assert_eq!(quotes(told), quotes(text), "{language:?}: {key}");
                assert!(!told.is_empty(), "{language:?}: {key}");
                let same = own.code == english.code;
                assert!(
                    same || told != text,
                    "{language:?}: {key} is left in English"
                );
            }
        }
    }

    #[test]
    fn lists_are_read_as_sentences() {
        let words = |all: &[&str]| {
            let all: Vec<String> = all.iter().map(|&word| word.to_owned()).collect();
            Spoken::of(Language::En).list(&all)
        };
        assert_eq!(words(&["A"]), "A");
        assert_eq!(words(&["A", "B"]), "A and B");
        assert_eq!(words(&["A", "B", "C"]), "A, B and C");
    }
}
