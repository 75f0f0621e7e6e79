//! A lesson of the course, step by step: the question with the class's votes, the run up to the slider, what to look at, the answer and why,
//! and each change beside what was before. The script shows one step at a time, and then the whole page; on paper, and without scripts,
//! all of them stand below each other.

mod charts;
pub mod question;

#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use super::charts::Chart;
use super::html::{drawn, escape};
use super::words::Words;
use super::{Report, markdown, sections, variants};
use crate::analysis::Findings;
use crate::course::Told;
use crate::scenario::Lesson;
use charts::LessonCharts;
use question::{answers, asked};

/// A lesson with what its run and its variants found.
pub struct Class<'a> {
    report: &'a Report<'a>,
    words: Words,
    lesson: &'a Lesson,
    told: Told,
    charts: LessonCharts,
}

/// Steps between the question and the changes, by the name that stands in the page's addresses.
const STEPS: [&str; 4] = ["question", "run", "look", "answer"];

impl<'a> Class<'a> {
    /// The lesson of a report; none where it has none, or its runs are not done.
    pub fn of(report: &'a Report<'a>) -> Option<Self> {
        let lesson = report.scenario.lesson.as_ref()?;
        let Findings::Series(results) = report.findings else {
            return None;
        };
        let told = Told::new(lesson, results, report.variants, report.language).ok()?;
        Some(Self {
            charts: LessonCharts::of(lesson, results, &told),
            words: report.words(),
            report,
            lesson,
            told,
        })
    }

    /// Its charts, as the script draws them.
    pub fn charts(&self) -> Vec<Chart> {
        self.charts.to_draw(self.words)
    }

    /// The names of all steps.
    fn steps(&self) -> Vec<String> {
        let changes = (1..=self.told.changes.len()).map(|number| format!("change-{number}"));
        STEPS
            .map(str::to_owned)
            .into_iter()
            .chain(changes)
            .collect()
    }

    /// The steps as HTML, below the bar of controls that they share with the sections after them.
    pub fn to_html(&self) -> String {
        let changes = (1..=self.told.changes.len()).map(|number| self.change(number));
        let controls = sections::controls(self.words);
        [
            self.question(),
            controls,
            self.look(),
            self.run(),
            self.pictures(),
            self.answer(),
        ]
        .into_iter()
        .chain(changes)
        .collect()
    }

    /// The bar that goes from step to step.
    pub fn bar(&self) -> String {
        let say = |key: &str| self.words.say(key);
        let steps = self.steps();
        let button = |(place, step): (usize, &String)| {
            let name = match place.checked_sub(STEPS.len()) {
                None => say(&format!("lesson.step_{step}")).to_owned(),
                Some(number) => self
                    .words
                    .fill("lesson.step_change", &[("number", &(number + 1))]),
            };
            format!("<li><button type=\"button\" data-to=\"{step}\">{name}</button></li>\n")
        };
        let buttons: String = steps.iter().enumerate().map(button).collect();
        format!(
            "<nav id=\"steps\" class=\"script\" aria-label=\"{}\" hidden>\n<button type=\"button\" class=\"back\">{}</button>\n\
             <ol>\n{buttons}<li><button type=\"button\" data-to=\"whole\">{}</button></li>\n</ol>\n<button type=\"button\" class=\"next\">{}</button>\n</nav>\n",
            say("lesson.steps"),
            say("lesson.back"),
            say("lesson.step_whole"),
            say("lesson.next"),
        )
    }

    fn question(&self) -> String {
        let body = format!(
            "<div class=\"setting\">{}</div>\n{}",
            markdown::to_html(&self.report.scenario.description),
            asked(self.lesson)
        );
        step("question", "question", self.words.say("lesson.vote"), &body)
    }

    fn look(&self) -> String {
        let body = paragraph(&self.told.look);
        step("look", "look", self.words.say("lesson.look"), &body)
    }

    fn run(&self) -> String {
        let body = self.charts.places_of_run(self.words);
        step("run", "run look", self.words.say("lesson.run"), &body)
    }

    /// The charts of the lesson that show the whole run at once.
    fn pictures(&self) -> String {
        let named = |name: &str| self.lesson.charts.iter().any(|chart| chart == name);
        let figures = self.report.pictures.iter();
        let figures =
            figures.filter(|figure| named(figure.name()) && sections::stands_still(figure));
        let body: String = figures.map(drawn).collect();
        if body.is_empty() {
            return body;
        }
        step("pictures", "look", self.words.say("lesson.pictures"), &body)
    }

    fn answer(&self) -> String {
        let verdict = &self.told.verdict;
        let (key, letters) = if verdict.is_undecided() {
            ("lesson.undecided", verdict.open_letters())
        } else {
            ("lesson.right", verdict.letters())
        };
        let told = self.words.fill(key, &[("answers", &letters.join(", "))]);
        let mut body = format!("<p class=\"verdict\"><strong>{told}</strong></p>\n");
        body.push_str(&answers(self.lesson, &verdict.right));
        body.push_str(&paragraph(&self.told.explanation));
        step("answer", "answer", self.words.say("lesson.answer"), &body)
    }

    fn change(&self, number: usize) -> String {
        let Some(change) = self.told.changes.get(number - 1) else {
            return String::new();
        };
        let after = change.variant.label();
        let title = self.words.fill(
            "lesson.change",
            &[("number", &number), ("what", &escape(after))],
        );
        let set = variants::changes(self.words, &change.variant);
        let mut body = format!("<p class=\"set\">{}</p>\n", set.join(", "));
        let charts = self.charts.places_of_change(self.words, number, after);
        let _ = write!(body, "{charts}{}", paragraph(&change.teaches));
        if let Some(variants) = self.report.variants {
            let told = variants::difference(self.words, variants, change.place);
            let _ = writeln!(body, "<p class=\"told\">{told}</p>");
        }
        let id = format!("change-{number}");
        step(&id, &id, &title, &body)
    }
}

/// A step: shown alone at the steps that are named.
fn step(id: &str, at: &str, title: &str, body: &str) -> String {
    let now = if id == STEPS[0] { " now" } else { "" };
    format!(
        "<section id=\"{id}\" class=\"step{now}\" data-step=\"{at}\" aria-labelledby=\"{id}-title\">\n<h2 id=\"{id}-title\">{title}</h2>\n{body}</section>\n"
    )
}

fn paragraph(text: &str) -> String {
    format!(
        "<div class=\"say\">{}</div>\n",
        markdown::to_html(text.trim())
    )
}
