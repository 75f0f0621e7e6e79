//! What a lesson asks a class, as HTML.

use crate::course::letter;
use crate::report::html::escape;
use crate::report::words::Words;
use crate::scenario::{Answer, Lesson};

/// The question with its answers.
pub fn asked(lesson: &Lesson) -> String {
    let question = escape(lesson.question.trim());
    format!("<p class=\"ask\">{question}</p>\n{}", answers(lesson, &[]))
}

/// The same under a heading, of a lesson that was not told.
pub fn untold(words: Words, lesson: &Lesson) -> String {
    format!("<h3>{}</h3>\n{}", words.say("lesson.vote"), asked(lesson))
}

/// The answers, and which of them are right.
pub fn answers(lesson: &Lesson, right: &[usize]) -> String {
    let item = |(place, answer): (usize, &Answer)| {
        let class = if right.contains(&place) {
            " class=\"right\""
        } else {
            ""
        };
        let text = escape(answer.text.trim());
        format!(
            "<li{class}><b>{}</b><span>{text}</span></li>\n",
            letter(place)
        )
    };
    let items: String = lesson.answers.iter().enumerate().map(item).collect();
    format!("<ol class=\"answers\">\n{items}</ol>\n")
}
