//! A course of lessons: scenarios with a question to vote on, what to look at, and the explanation.
//!
//! # Usual flow
//!
//! 1. [`LESSONS`] are those that come with the program; a file with a table `[lesson]` is one too.
//! 2. [`Course::load`] checks a lesson, its quotes and its changes, and gives the scenario to run of each.
//! 3. [`Told::new`] fills the lesson's texts with the figures of the runs.
//! 4. [`guide()`] writes the instructor's guide from what was told.

mod guide;
mod quote;
mod text;
mod told;

pub use guide::guide;
pub use quote::{Comparison, Quote, QuoteError};
pub use text::{Figures, fill};
pub use told::{AnswerVerdict, Told, ToldChange, letter};

use std::collections::BTreeSet;

use crate::scenario::{Diagnostics, Lesson, Override, Problem, Scenario};

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
    /// The scenario.
    pub scenario: Scenario,
    /// The same with each of the lesson's changes, named NAME-change-1 and so on.
    pub changed: Vec<Scenario>,
    lesson: Lesson,
}

impl Course {
    /// Reads and checks a lesson from the text of its file, which `origin` names in messages; `overrides` change
    /// its scenario.
    ///
    /// # Errors
    /// All problems of the scenario; else those of the lesson: none there, quotes of what the run does not
    /// have, and changes that make no scenario.
    pub fn load(
        text: &str,
        origin: &str,
        name: &str,
        overrides: &[Override],
    ) -> Result<Self, Diagnostics> {
        let scenario = Scenario::from_toml_with(text, origin, name, overrides)?;
        let Some(lesson) = scenario.lesson.clone() else {
            let problem = Problem::new(format!("{origin} is no lesson"))
                .help("a lesson has a table [lesson]; `flywheel run` runs any scenario");
            return Err(Diagnostics::one(origin, problem));
        };
        let mut changed = Vec::new();
        for (number, change) in (1..).zip(&lesson.changes) {
            let mut all = overrides.to_vec();
            for set in &change.set {
                all.push(Override::parse(set)?);
            }
            let mut scenario = Scenario::from_toml_with(text, origin, name, &all)?;
            scenario.name = format!("{name}-change-{number}");
            scenario.title.clone_from(&change.what);
            scenario.lesson = None;
            changed.push(scenario);
        }
        let course = Self {
            scenario,
            changed,
            lesson,
        };
        let problems = course.problems();
        Diagnostics::check(origin, problems)?;
        Ok(course)
    }

    /// What it says.
    #[must_use]
    pub fn lesson(&self) -> &Lesson {
        &self.lesson
    }

    /// Quotes of what a run does not have.
    fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let lesson = &self.lesson;
        if self.scenario.sweep.is_some() || !self.scenario.simulation.record.keeps_all_periods() {
            let problem =
                Problem::new("a lesson needs the series of one market, and all of their rows");
            problems.push(problem.help("leave out [sweep] and simulation.record"));
        }
        for text in [&lesson.look, &lesson.explanation] {
            self.check_text(text, &self.scenario, &mut problems);
        }
        for (change, scenario) in lesson.changes.iter().zip(&self.changed) {
            self.check_text(&change.teaches, scenario, &mut problems);
        }
        for comparison in lesson.answers.iter().flat_map(|answer| &answer.right_if) {
            match Comparison::parse(comparison) {
                Ok(parsed) => {
                    let quotes = parsed.quotes();
                    problems.extend(quotes.filter_map(|quote| unknown(quote, &self.scenario)));
                }
                Err(error) => problems.push(Problem::new(error.to_string())),
            }
        }
        problems
    }

    fn check_text(&self, text: &str, scenario: &Scenario, problems: &mut Vec<Problem>) {
        match text::quotes(text) {
            Ok(quotes) => problems.extend(quotes.iter().filter_map(|(before, quote)| {
                unknown(quote, if *before { &self.scenario } else { scenario })
            })),
            Err(error) => problems.push(Problem::new(error.to_string())),
        }
    }
}

/// What is wrong with a quote of a scenario's run.
fn unknown(quote: &Quote, scenario: &Scenario) -> Option<Problem> {
    let names: BTreeSet<&str> = scenario
        .firms
        .iter()
        .map(|firm| firm.name.as_str())
        .collect();
    if let Some(firm) = quote.firm().filter(|firm| !names.contains(firm)) {
        let known: Vec<&str> = names.into_iter().collect();
        let problem = Problem::new(format!(
            "the lesson quotes a firm that is not there: `{firm}`"
        ));
        return Some(problem.help(format!("firms: {}", known.join(", "))));
    }
    let last = scenario.simulation.periods - 1;
    let period = quote.period().filter(|period| *period > last)?;
    Some(Problem::new(format!(
        "the lesson quotes period {period}, but the last is {last}"
    )))
}
