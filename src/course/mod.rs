//! A course of lessons: scenarios with a question to vote on, what to look at, and the explanation.
//!
//! # Usual flow
//!
//! 1. [`LESSONS`] are those that come with the program; a file with a table `[lesson]` is one too.
//! 2. [`Course::shipped`] gives one of those in a language, [`Course::load`] reads a file; both check the lesson and its quotes.
//! 3. [`Told::new`] fills the lesson's texts with the figures of the run and of its variants.
//! 4. [`guide()`] writes the instructor's guide from what was told, and [`handout()`] a sheet for students.

mod guide;
mod handout;
mod language;
mod plan;
mod quote;
mod text;
mod told;

pub use guide::{HANDOUT, guide};
pub use handout::handout;
pub use language::Spoken;
pub use quote::{Comparison, Quote, QuoteError};
pub use told::{AnswerVerdict, Told, ToldChange, ToldFigure, letter};

use std::collections::BTreeSet;

use crate::scenario::{Diagnostics, Language, Lesson, Override, Problem, Scenario, Variant};

/// Name and text of a lesson's file.
macro_rules! lesson {
    ($name:literal) => {
        (
            $name,
            include_str!(concat!("../../scenarios/course/", $name, ".toml")),
        )
    };
}
/// The lessons that come with the program, in order: name of the scenario, and its file.
pub const LESSONS: [(&str, &str); 11] = [
    lesson!("01-one-firm-learns"),
    lesson!("02-learning-across-customers"),
    lesson!("03-the-journey"),
    lesson!("04-needs-that-go-unnoticed"),
    lesson!("05-who-decides"),
    lesson!("06-the-loop-and-the-latecomer"),
    lesson!("07-sources-of-the-lead"),
    lesson!("08-who-owns-the-data"),
    lesson!("09-a-range-of-experiences"),
    lesson!("10-the-game-of-experiences"),
    lesson!("11-what-is-at-stake"),
];

/// A checked lesson.
#[derive(Debug, Clone)]
pub struct Course {
    /// The scenario, with a variant for each of the lesson's changes.
    pub scenario: Scenario,
    lesson: Lesson,
}

impl Course {
    /// One of [`LESSONS`], by its place from 0, in the language of its charts; `overrides` change its scenario.
    ///
    /// # Errors
    /// An override is none that its scenario takes; there is no such lesson.
    pub fn shipped(place: usize, overrides: &[Override]) -> Result<Self, Diagnostics> {
        let Some((name, text)) = LESSONS.get(place) else {
            let problem = Problem::new(format!("there are {} lessons", LESSONS.len()));
            return Err(Diagnostics::one("the course", problem));
        };
        let mut scenario = Scenario::from_toml_with(text, name, name, overrides)?;
        if scenario.chart_style.language != Language::En {
            language::translate(&mut scenario);
        }
        Self::of(scenario, name)
    }

    /// Reads and checks a lesson from the text of its file, which `origin` names in messages; `overrides` change
    /// its scenario.
    ///
    /// # Errors
    /// All problems of the scenario; else those of [`Course::of`].
    pub fn load(
        text: &str,
        origin: &str,
        name: &str,
        overrides: &[Override],
    ) -> Result<Self, Diagnostics> {
        Self::of(
            Scenario::from_toml_with(text, origin, name, overrides)?,
            origin,
        )
    }

    /// The lesson of a scenario, which `origin` names in messages.
    ///
    /// # Errors
    /// There is none, it quotes what its run does not have, or its changes are no variants of it.
    pub fn of(scenario: Scenario, origin: &str) -> Result<Self, Diagnostics> {
        let Some(lesson) = scenario.lesson.clone() else {
            let problem = Problem::new(format!("{origin} is no lesson"))
                .help("a lesson has a table [lesson]; `flywheel run` runs any scenario");
            return Err(Diagnostics::one(origin, problem));
        };
        let course = Self { scenario, lesson };
        Diagnostics::check(origin, course.problems())?;
        Ok(course)
    }

    /// What it says.
    #[must_use]
    pub fn lesson(&self) -> &Lesson {
        &self.lesson
    }

    /// What the scenario's variants are, that of each change in turn; a change without one is left out.
    pub fn variants(&self) -> impl Iterator<Item = &Variant> {
        let changes = self.lesson.changes.iter();
        changes.filter_map(|change| self.variant(&change.variant))
    }

    fn variant(&self, name: &str) -> Option<&Variant> {
        let mut all = self.scenario.variants.iter();
        all.find(|variant| variant.name == name && !variant.is_base())
    }

    /// What is wrong with the lesson: quotes of what a run does not have, and changes without a variant.
    fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let lesson = &self.lesson;
        if self.scenario.sweep.is_some() || !self.scenario.simulation.record.keeps_all_periods() {
            let problem =
                Problem::new("a lesson needs the series of one market, and all of their rows");
            problems.push(problem.help("leave out [sweep] and simulation.record"));
        }
        for text in lesson.texts() {
            match text::quotes(text) {
                Ok(quotes) => {
                    problems.extend(quotes.iter().filter_map(|quote| self.unknown(quote)));
                }
                Err(error) => problems.push(Problem::new(error.to_string())),
            }
        }
        for comparison in lesson.answers.iter().flat_map(|answer| &answer.right_if) {
            match Comparison::parse(comparison) {
                Ok(parsed) => {
                    problems.extend(parsed.quotes().filter_map(|quote| self.unknown(quote)));
                }
                Err(error) => problems.push(Problem::new(error.to_string())),
            }
        }
        let without = lesson.changes.iter().map(|change| change.variant.as_str());
        let without = without.filter(|name| self.variant(name).is_none());
        problems.extend(without.map(|name| {
            let all = self.scenario.variants.iter();
            let known = all.filter(|variant| !variant.is_base());
            let problem = Problem::unknown("variant", name, known.map(|one| one.name.as_str()));
            problem.help("each of [[lesson.changes]] names one of [[variants]], whose title says what is changed")
        }));
        problems
    }

    /// What is wrong with a quote of the scenario's run. Its variants have the same firms and periods.
    fn unknown(&self, quote: &Quote) -> Option<Problem> {
        let firms = self.scenario.firms.iter();
        let names: BTreeSet<&str> = firms.map(|firm| firm.name.as_str()).collect();
        if let Some(firm) = quote.firm().filter(|firm| !names.contains(firm)) {
            let known: Vec<&str> = names.into_iter().collect();
            let problem = Problem::new(format!(
                "the lesson quotes a firm that is not there: `{firm}`"
            ));
            return Some(problem.help(format!("firms: {}", known.join(", "))));
        }
        let last = self.scenario.simulation.periods - 1;
        let period = quote.period().filter(|period| *period > last)?;
        Some(Problem::new(format!(
            "the lesson quotes period {period}, but the last is {last}"
        )))
    }
}
