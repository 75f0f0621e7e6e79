//! The course: every lesson is well put, and the guide says what its runs say.

use std::collections::BTreeMap;
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
    let mut right = BTreeMap::new();
    for (number, rest) in (1..).zip(guide.split("**The answer: ").skip(1)) {
        assert_eq!(
            &rest[1..4],
            ".**",
            "lesson {number} has not one right answer"
        );
        *right.entry(&rest[..1]).or_insert(0) += 1;
    }
    assert_eq!(right.values().sum::<usize>(), LESSONS.len());
    // who always votes for the same letter is right in half of the lessons at most
    for (letter, count) in right {
        assert!(
            2 * count <= LESSONS.len(),
            "{letter} is right {count} times"
        );
    }
    // the hand-out asks and does not tell
    let handout = read(&made.join("course/hand-out.html"));
    assert_eq!(
        handout,
        read(&stored.join("course/hand-out.html")),
        "{again}"
    );
    let (name, text) = LESSONS[5];
    let lesson = Course::load(text, name, name, &[]).expect("a lesson");
    assert!(handout.contains(lesson.lesson().question.trim()));
    let told = handout.split("</style>").nth(1).expect("a body");
    assert!(!told.contains("The answer") && !told.contains('{'));
}

#[test]
fn lessons_have_three_changes_and_a_chart() {
    for (name, text) in LESSONS {
        let course =
            Course::load(text, name, name, &[]).unwrap_or_else(|problems| panic!("{problems}"));
        assert_eq!(course.variants().count(), 3, "{name}");
        assert_eq!(course.lesson().objectives.len(), 3, "{name}");
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
    let parts = [
        "Lesson 3 of 11: The customer journey",
        "output/03-the-journey/report.html",
        "  A  ",
        "Look at:",
        "The answer: B",
        "Why:",
        "Change 1:",
        "Change 3:",
    ];
    let places = parts.map(|part| told.find(part));
    assert!(
        places.iter().all(Option::is_some) && places.is_sorted(),
        "{told}"
    );
    assert!(!told.contains('{'), "{told}");
    let output = folder.path().join("output/03-the-journey");
    for file in ["report.html", "charts/share.svg", "comparison.csv"] {
        assert!(output.join(file).is_file(), "{file}");
    }
}

#[test]
fn lessons_are_taught_in_the_language_of_their_charts() {
    let folder = tempfile::tempdir().expect("a folder");
    for (language, list, lesson, answer) in [
        (
            "es",
            "El camino del cliente",
            "Lección 3 de 11",
            "La respuesta: B",
        ),
        ("nl", "De klantreis", "Les 3 van 11", "Het antwoord: B"),
    ] {
        let told = flywheel(&["course", "--language", language], folder.path());
        let told = String::from_utf8_lossy(&told.stdout).into_owned();
        assert!(told.contains(&format!(" 3  {list}")), "{told}");
        let options = ["course", "3", "--charts", "none", "--language", language];
        let told = flywheel(&options, folder.path());
        let told = String::from_utf8_lossy(&told.stdout).into_owned();
        let parts = [lesson, list, "output/03-the-journey/report.html", answer];
        assert!(parts.iter().all(|part| told.contains(part)), "{told}");
        let page = folder.path().join("output/03-the-journey/report.html");
        let page = fs::read_to_string(page).expect("a page");
        assert!(
            page.contains(&format!("<title>{list}</title>")),
            "{language}"
        );
        assert!(page.contains(&format!("lang=\"{language}\"")), "{language}");
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
    mistake(("need.variety\"", "need.varieties\""), "varieties");
    mistake(
        ("variant = \"forgets\"", "variant = \"forget\""),
        "there is no variant named `forget`",
    );
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
