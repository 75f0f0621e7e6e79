//! What the documents have readers type works, in the order in which it stands.
//!
//! The lines are run by a shell, with smaller markets. Those of `docs/gallery.md`, and the lessons of the course, are run in
//! `tests/shipped`, which holds their pictures; the lab by tests of its own; what calls other programs by `.ci/run`.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::{Place, town};

/// What stands before the lines of a document: `flywheel` with smaller markets, and without what others run.
const BEFORE: &str = r#"set -eu
flywheel() {
    case "$*" in
    lab* | course*) ;;
    doctor*) "$PROGRAM" "$@" --seconds 1 ;;
    run*my-sweep.toml*) "$PROGRAM" "$@" ;;
    run*) "$PROGRAM" "$@" -q --charts none --replicates 2 --set 'populations.*.customers=60' ;;
    *) "$PROGRAM" "$@" ;;
    esac
}
cargo() { :; }
pip() { :; }
sh() { :; }
snakemake() { :; }
"#;

/// The lines that a document has readers type: those of its blocks of commands, and lines further in that call the program.
fn typed(document: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut block = None;
    for line in document.lines() {
        match (line.strip_prefix("```"), block) {
            (Some(language), None) => block = Some(language),
            (Some(_), Some(_)) => block = None,
            (None, Some("sh")) => lines.push(line),
            (None, None) if line.starts_with("    flywheel ") => lines.push(line),
            (None, _) => {}
        }
    }
    lines
}

/// Runs all lines of a document, after some that its reader has run before.
fn run(name: &str, before: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let document = fs::read_to_string(root.join("docs").join(name)).expect(name);
    let lines = typed(&document);
    assert!(!lines.is_empty(), "docs/{name} shows no command");
    let place = Place::empty();
    place.write("my-sweep.toml", &town("my-sweep", [40, 5, 40], ""));
    let readme = include_str!("../../README.md");
    let coach = readme
        .split("```toml\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next());
    place.write("coach.toml", coach.expect("the README shows a scenario"));
    std::os::unix::fs::symlink(root.join("scenarios"), place.path("scenarios")).expect("a link");
    let script = format!("{BEFORE}{before}\n{}\n", lines.join("\n"));
    let output = Command::new("sh")
        .args(["-c", &script])
        .env("PROGRAM", env!("CARGO_BIN_EXE_flywheel"))
        .current_dir(place.path(""))
        .output()
        .expect("a shell");
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "docs/{name}:\n{}\n{complaint}",
        lines.join("\n")
    );
}

#[test]
fn the_first_minutes() {
    run("start.md", "");
}

#[test]
fn commands() {
    run("commands.md", "");
}

#[test]
fn scenarios() {
    run("scenarios.md", "");
}

#[test]
fn charts() {
    run("charts.md", "flywheel run scenarios/four-experiences.toml");
}

#[test]
fn the_learning_loop() {
    run("loop.md", "");
}

#[test]
fn clusters() {
    run(
        "cluster.md",
        "for i in $(seq 40); do flywheel run my-sweep.toml -q --shard $i/40; done",
    );
}

/// A document whose commands nobody runs would be missing above.
#[test]
fn all_documents_with_commands_are_run() {
    let here = include_str!("documents.rs");
    let elsewhere = ["claims.md", "gallery.md", "lab.md", "python.md"];
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    for entry in fs::read_dir(docs).expect("docs/") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let is_document = path.extension().is_some_and(|ending| ending == "md");
        if !is_document || elsewhere.contains(&name.as_ref()) {
            continue;
        }
        let text = fs::read_to_string(&path).expect("a document");
        let run = here.contains(&format!("run(\n        \"{name}\""))
            || here.contains(&format!("run(\"{name}\""));
        assert!(
            typed(&text).is_empty() || run,
            "nobody runs the commands of docs/{name}"
        );
    }
}
