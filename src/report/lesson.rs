//! A lesson of the course: the question to vote on, what to look at, the explanation, and changes to try.
//!
//! Its texts quote the run, as in [`course`](crate::course). What a change teaches quotes the run of the change, which this page
//! does not know, so of that only the sentences without figures are told; `flywheel course` runs the changes and tells all.

use std::fmt::Write as _;

use super::html::{escape, set_option};
use super::words::Words;
use crate::analysis::Results;
use crate::course::{AnswerVerdict, Figures, fill};
use crate::scenario::Lesson;

/// The lesson as HTML. What gives it away stays folded until it is opened; without results there is only the question.
#[must_use]
pub fn lesson(words: Words, lesson: &Lesson, results: Option<&Results>) -> String {
    let mut body = format!(
        "<div class=\"lesson\"><h3>{}</h3>\n<p>{}</p>\n<ol type=\"A\">",
        words.say("lesson.vote"),
        escape(lesson.question.trim())
    );
    for answer in &lesson.answers {
        let _ = write!(body, "<li>{}</li>", escape(answer.text.trim()));
    }
    body.push_str("</ol>\n");
    let figures = results.map(|run| Figures { run, before: None });
    let told = |text: &str| fill(text, figures?).ok();
    if let Some(look) = told(&lesson.look) {
        body.push_str(&folded(words.say("lesson.look"), &paragraph(&look)));
    }
    if let (Some(run), Some(explanation)) = (results, told(&lesson.explanation)) {
        let right = verdict(words, lesson, run);
        let text = format!(
            "<p><strong>{right}</strong></p>\n{}",
            paragraph(&explanation)
        );
        body.push_str(&folded(words.say("lesson.answer"), &text));
    }
    if !lesson.changes.is_empty() {
        body.push_str(&folded(words.say("lesson.changes"), &changes(lesson)));
    }
    body + "</div>\n"
}

fn folded(summary: &str, body: &str) -> String {
    format!("<details><summary>{summary}</summary>\n{body}</details>\n")
}

fn paragraph(text: &str) -> String {
    format!("<p>{}</p>\n", escape(text.trim()))
}

/// The answers that the run bears out, or those that it leaves open.
fn verdict(words: Words, lesson: &Lesson, run: &Results) -> String {
    let verdict = AnswerVerdict::of(lesson, run).unwrap_or_default();
    let (key, letters) = if verdict.is_undecided() {
        ("lesson.undecided", verdict.open_letters())
    } else {
        ("lesson.right", verdict.letters())
    };
    words.fill(key, &[("answers", &letters.join(", "))])
}

fn changes(lesson: &Lesson) -> String {
    let mut list = String::from("<ol>\n");
    for change in &lesson.changes {
        let set: Vec<String> = change.set.iter().map(|set| set_option(set)).collect();
        let _ = writeln!(
            list,
            "<li>{}: <code>flywheel run scenario.toml {} -o changed</code> {}</li>",
            escape(&change.what),
            escape(&set.join(" ")),
            escape(&without_quotes(&change.teaches))
        );
    }
    list + "</ol>\n"
}

/// The sentences of a text that quote no figure.
fn without_quotes(text: &str) -> String {
    let text = text.trim();
    let mut sentences = text.split_inclusive(". ");
    let kept: String = sentences
        .by_ref()
        .filter(|sentence| !sentence.contains('{'))
        .collect();
    kept.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::samples::Sample;
    use crate::scenario::{Answer, Change, Language};

    fn told() -> Lesson {
        let answer = |text: &str, comparison: &str| Answer {
            text: text.to_owned(),
            right_if: vec![comparison.to_owned()],
        };
        Lesson {
            question: "Who <wins>?".to_owned(),
            answers: vec![
                answer("Nobody", "fit of firm-1 < 0"),
                answer("Everybody", "fit of firm-1 in period 0 > 0.1"),
            ],
            look: "the fit: {fit of firm-1 in period 0} at first".to_owned(),
            charts: Vec::new(),
            explanation: "It learns.".to_owned(),
            changes: vec![Change {
                what: "It learns nothing".to_owned(),
                set: vec!["firms.firm-1.learning.individual=false".to_owned()],
                teaches: "Fit is {fit of firm-1}. Learning pays.".to_owned(),
            }],
        }
    }

    #[test]
    fn a_lesson_is_told_with_the_figures_of_the_run() {
        let results = Sample::firms(1).results();
        let english = Words::of(Language::En);
        let page = lesson(english, &told(), Some(&results));
        for words in [
            "Who &lt;wins&gt;?",
            "Right: B.",
            "the fit: 0.4",
            "Learning pays.",
            "--set &quot;firms",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        assert!(!page.contains('{') && page.matches("<details>").count() == 3);
        // without series there is the question, and what to try
        let page = lesson(english, &told(), None);
        assert!(page.contains("Who &lt;wins&gt;?") && page.matches("<details>").count() == 1);
    }
}
