//! The course: every lesson is well put, and the guide says what its runs say.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use flywheel::course::{Course, LESSONS};

fn flywheel(arguments: &[&str], folder: &Path) -> std::process::Output {
    Command::cargo_bin("flywheel")
        .expect("the program")
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("a run")
}

#[test]
fn the_guide_is_what_the_lessons_tell() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = flywheel(
        &["course", "--guide", "docs", "--charts", "svg"],
        folder.path(),
    );
    let errors = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{errors}");
    let made = folder.path().join("docs");
    let stored = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let read = |path: &Path| fs::read_to_string(path).unwrap_or_default();
    let guide = read(&made.join("course.md"));
    let again = "write it again: flywheel course --guide docs";
    assert!(
        guide == read(&stored.join("course.md")),
        "docs/course.md is stale; {again}"
    );
    for chart in fs::read_dir(made.join("course")).expect("charts") {
        let name = chart.expect("a chart").file_name();
        let (new, old) = (
            made.join("course").join(&name),
            stored.join("course").join(&name),
        );
        assert!(
            read(&new) == read(&old),
            "docs/course/{} is stale; {again}",
            name.display()
        );
    }
    // each question has one answer, and the guide names it
    for (number, rest) in (1..).zip(guide.split("**The answer: ").skip(1)) {
        assert_eq!(
            &rest[1..4],
            ".**",
            "lesson {number} has not one right answer"
        );
    }
    assert_eq!(guide.matches("**The answer: ").count(), LESSONS.len());
}

#[test]
fn lessons_have_three_changes_and_a_chart() {
    for (name, text) in LESSONS {
        let course =
            Course::load(text, name, name, &[]).unwrap_or_else(|problems| panic!("{problems}"));
        assert_eq!(course.changed.len(), 3, "{name}");
        assert!(!course.lesson().charts.is_empty(), "{name}");
        assert!(!course.scenario.title.is_empty(), "{name}");
    }
}

#[test]
fn a_lesson_asks_runs_and_tells() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = flywheel(&["course", "3", "--charts", "svg"], folder.path());
    let told = String::from_utf8_lossy(&run.stdout);
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    let places = ["Lesson 3 of 11", "  A  ", "The answer: B", "Try 3"].map(|part| told.find(part));
    assert!(
        places.iter().all(Option::is_some) && places.is_sorted(),
        "{told}"
    );
    assert!(!told.contains('{'), "{told}");
    for name in ["03-the-journey", "03-the-journey-change-3"] {
        let chart = folder
            .path()
            .join("output")
            .join(name)
            .join("charts/share.svg");
        assert!(chart.is_file(), "{}", chart.display());
    }
}

#[test]
fn the_list_names_all_lessons() {
    let folder = tempfile::tempdir().expect("a folder");
    let list = String::from_utf8(flywheel(&["course"], folder.path()).stdout).expect("text");
    for (number, (name, text)) in (1..).zip(LESSONS) {
        let title = Course::load(text, name, name, &[])
            .expect("a lesson")
            .scenario
            .title;
        assert!(list.contains(&format!("{number}  {title}")), "{list}");
    }
}

/// A lesson of one's own with one mistake, and what is said about it.
fn mistake(replace: (&str, &str), expected: &str) {
    let (_, text) = LESSONS[0];
    assert!(text.contains(replace.0));
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(
        folder.path().join("own.toml"),
        text.replacen(replace.0, replace.1, 1),
    )
    .expect("space");
    let run = flywheel(&["course", "own.toml"], folder.path());
    let errors = String::from_utf8_lossy(&run.stderr);
    assert_eq!(run.status.code(), Some(2), "{errors}");
    assert!(errors.contains(expected), "{errors}");
    assert!(!folder.path().join("output").exists());
}

#[test]
fn mistakes_in_a_lesson_are_told_before_it_runs() {
    mistake(
        ("{fit of shop}", "{fit of stall}"),
        "quotes a firm that is not there: `stall`",
    );
    mistake(
        ("{fit of shop}", "{fits of shop}"),
        "`fits` is no quantity of shop",
    );
    mistake(("{fit of shop}", "{fit}"), "`fit` is no figure of a run");
    mistake(
        ("in period 20}", "in period 999}"),
        "quotes period 999, but the last is 119",
    );
    mistake(
        ("fit of shop < 0.3", "fit of shop = 0.3"),
        "is no comparison",
    );
    mistake(("need.variety=0.1", "need.varieties=0.1"), "varieties");
}

#[test]
fn what_is_no_lesson_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let plain = include_str!("../../scenarios/four-experiences.toml");
    fs::write(folder.path().join("plain.toml"), plain).expect("space");
    for (lesson, expected) in [
        ("plain.toml", "is no lesson"),
        ("12", "a number from 1 to 11"),
    ] {
        let run = flywheel(&["course", lesson], folder.path());
        let errors = String::from_utf8_lossy(&run.stderr);
        assert_eq!(run.status.code(), Some(2), "{errors}");
        assert!(errors.contains(expected), "{errors}");
    }
}
