//! The instructor's guide, in Markdown: what students learn, a plan, the key, and every lesson.

use std::fmt::Write as _;

use super::plan::{PLAN, Part};
use super::told::letter;
use super::{Course, Spoken, Told};
use crate::scenario::Language;

/// Name of the hand-out, in the folder of the charts.
pub const HANDOUT: &str = "hand-out.html";

/// The guide to lessons that were run, in their order, in a language. Charts are links to `FOLDER/LESSON-CHART.svg`, and the hand-out is one to
/// `FOLDER/hand-out.html`.
#[must_use]
pub fn guide(lessons: &[(Course, Told)], folder: &str, language: Language) -> String {
    let guide = Guide {
        lessons,
        folder,
        words: Spoken::of(language),
    };
    let parts = [
        guide.introduction(),
        guide.objectives(),
        guide.plan(),
        guide.key(),
    ];
    let lessons = (1..).zip(lessons);
    let told = lessons.map(|(number, (course, told))| guide.lesson(number, course, told));
    parts.into_iter().chain(told).collect()
}

struct Guide<'a> {
    lessons: &'a [(Course, Told)],
    folder: &'a str,
    words: Spoken,
}

impl Guide<'_> {
    fn introduction(&self) -> String {
        let say = |key: &str| self.words.say(key);
        let handout = format!("{}/{HANDOUT}", self.folder);
        let made = self.words.fill("guide.made", &[("handout", &handout)]);
        let [title, introduction, how] =
            ["guide.title", "guide.introduction", "guide.how"].map(say);
        format!("# {title}\n\n{introduction}\n\n{how}\n\n{made}\n")
    }

    fn heading(&self, key: &str) -> String {
        format!("\n## {}\n\n", self.words.say(key))
    }

    fn objectives(&self) -> String {
        let mut text = self.heading("guide.objectives");
        let _ = writeln!(text, "{}\n", self.words.say("guide.can"));
        for (number, (course, _)) in (1..).zip(self.lessons) {
            let objectives = course.lesson().objectives.join("; ");
            let _ = writeln!(text, "{number}. {objectives}.");
        }
        text
    }

    fn plan(&self) -> String {
        let mut text = self.heading("guide.plan");
        let handout = format!("{}/{HANDOUT}", self.folder);
        let before = self.words.fill("guide.before", &[("handout", &handout)]);
        let [minutes, what] = ["guide.minutes", "guide.what"].map(|key| self.words.say(key));
        let _ = writeln!(text, "{before}\n\n| {minutes} | {what} |\n| --- | --- |");
        for Part {
            minutes: [from, to],
            key,
            lesson,
        } in PLAN
        {
            let title = lesson
                .and_then(|number| self.lessons.get(number - 1))
                .map_or("", |(course, _)| course.scenario.title.as_str());
            let number = lesson.unwrap_or(0);
            let what = self
                .words
                .fill(key, &[("number", &number), ("title", &title)]);
            let _ = writeln!(text, "| {from}–{to} | {what} |");
        }
        text
    }

    fn key(&self) -> String {
        let say = |key: &str| self.words.say(key);
        let mut text = self.heading("guide.key");
        let _ = writeln!(
            text,
            "{}\n\n| {} | {} | {} |\n| --- | --- | --- |",
            say("guide.key_answers"),
            say("guide.key_lesson"),
            say("guide.key_right"),
            say("guide.key_answer")
        );
        for (number, (course, told)) in (1..).zip(self.lessons) {
            let answers = &course.lesson().answers;
            let right = told.verdict.right.iter();
            let right: Vec<&str> = right.map(|&at| answers[at].text.trim()).collect();
            let _ = writeln!(
                text,
                "| {number} {} | {} | {} |",
                course.scenario.title,
                self.right(told),
                right.join(" / ")
            );
        }
        let _ = writeln!(text, "\n{}\n", say("guide.key_changes"));
        for (number, (course, told)) in super::plan::taught(self.lessons) {
            for change in &told.changes {
                let figure = change.figure.as_ref().map_or_else(String::new, |figure| {
                    let name = figure.name(self.words);
                    format!(": {name} {} → {}", figure.before, figure.after)
                });
                let title = &course.scenario.title;
                let _ = writeln!(
                    text,
                    "- {number} {title}, *{}*{figure}",
                    change.variant.label()
                );
            }
        }
        text
    }

    /// The letters of what is right, or what is open.
    fn right(&self, told: &Told) -> String {
        let verdict = &told.verdict;
        if verdict.is_undecided() {
            let open = self.words.list(&verdict.open_letters());
            return self.words.fill("guide.undecided", &[("answers", &open)]);
        }
        verdict.letters().join(", ")
    }

    fn lesson(&self, number: usize, course: &Course, told: &Told) -> String {
        let (scenario, lesson) = (&course.scenario, course.lesson());
        let say = |key: &str| self.words.say(key);
        let (name, folder) = (&scenario.name, self.folder);
        let title = self.words.fill(
            "guide.lesson",
            &[("number", &number), ("title", &scenario.title)],
        );
        let answer = self
            .words
            .fill("guide.answer", &[("answers", &self.right(told))]);
        let mut lines = vec![
            format!("\n## {title}\n"),
            format!(
                "`flywheel course {number}` · [{}](../scenarios/course/{name}.toml)\n",
                say("guide.scenario")
            ),
            format!("{}\n", scenario.description.trim()),
            format!("**{}** {}\n", say("guide.vote"), lesson.question.trim()),
        ];
        let answers = lesson.answers.iter().enumerate();
        lines.extend(answers.map(|(place, one)| {
            let letter = letter(place);
            format!("- **{letter}.** {}", one.text.trim())
        }));
        lines.push(format!("\n**{answer}**\n"));
        lines.push(format!("**{}** {}\n", say("guide.look"), told.look));
        let charts = lesson.charts.iter();
        lines.extend(charts.map(|chart| format!("![{chart}]({folder}/{name}-{chart}.svg)\n")));
        lines.push(format!("**{}** {}\n", say("guide.why"), told.explanation));
        lines.push(format!("**{}**\n", say("guide.changes")));
        for (change, place) in told.changes.iter().zip(1..) {
            let set = change.variant.settings();
            let set: Vec<String> = set.map(|one| format!("`{one}`")).collect();
            let (what, teaches) = (change.variant.label(), &change.teaches);
            lines.push(format!("{place}. *{what}* ({}): {teaches}", set.join(", ")));
        }
        lines.join("\n") + "\n"
    }
}
