//! The instructor's guide, in Markdown.

use std::fmt::Write;

use super::told::letter;
use super::{Course, Told};

/// The guide to lessons that were run, in their order. Charts are links to `FOLDER/LESSON-CHART.svg`.
#[must_use]
pub fn guide(lessons: &[(Course, Told)], folder: &str) -> String {
    let mut text = INTRODUCTION.to_owned();
    for (number, (course, told)) in (1..).zip(lessons) {
        write_lesson(&mut text, number, course, told, folder);
    }
    text
}

const INTRODUCTION: &str = "\
# The course: an instructor's guide

Ten lessons, from one firm that learns to the game of experiences. Each is a scenario and takes some
twenty minutes of class: show the question, let everybody vote, run it, look at the charts together,
then explain. The changes at the end are for groups at their own computers.

`flywheel course` lists the lessons, and `flywheel course 1` runs the first: it asks the question, waits for Enter,
and tells the rest with the figures of the run. The charts are in `output/` afterwards.

This guide is written by `flywheel course --guide docs`. Every number in it comes from the runs.
";

fn write_lesson(out: &mut String, number: usize, course: &Course, told: &Told, folder: &str) {
    let scenario = &course.scenario;
    let lesson = course.lesson();
    let mut lines = vec![
        format!("\n## Lesson {number}: {}\n", scenario.title),
        format!(
            "`flywheel course {number}` · [the scenario](../scenarios/course/{}.toml)\n",
            scenario.name
        ),
        format!("{}\n", scenario.description.trim()),
        format!("**To vote on.** {}\n", lesson.question.trim()),
    ];
    for (position, answer) in lesson.answers.iter().enumerate() {
        lines.push(format!(
            "- **{}.** {}",
            letter(position),
            answer.text.trim()
        ));
    }
    let verdict = &told.verdict;
    let answer = if verdict.is_undecided() {
        let open = verdict.open_letters().join(", ");
        format!("undecided: the run does not tell {open} apart")
    } else {
        verdict.letters().join(", ")
    };
    lines.push(format!("\n**The answer: {answer}.**\n"));
    lines.push(format!("**Look at.** {}\n", told.look));
    for chart in &lesson.charts {
        let name = &scenario.name;
        lines.push(format!("![{chart}]({folder}/{name}-{chart}.svg)\n"));
    }
    lines.push(format!("**Why.** {}\n", told.explanation));
    lines.push("**Three changes to try.**\n".to_owned());
    for (change, position) in told.changes.iter().zip(1..) {
        let set: Vec<String> = change
            .set
            .iter()
            .map(|set| format!("`--set {set}`"))
            .collect();
        let what = &change.what;
        lines.push(format!(
            "{position}. *{what}* ({}): {}",
            set.join(" "),
            change.teaches
        ));
    }
    for line in lines {
        // writing to a String cannot fail
        let _ = writeln!(out, "{line}");
    }
}
