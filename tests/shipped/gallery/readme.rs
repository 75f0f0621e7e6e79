//! What the README shows of runs is what they print and draw.

use std::fs;
use std::path::Path;

use flywheel::scenario::Scenario;

use crate::gallery::session::run;

/// The part of a text between two others.
fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let rest = text
        .split_once(start)
        .unwrap_or_else(|| panic!("README.md lacks {start}"))
        .1;
    rest.split_once(end)
        .unwrap_or_else(|| panic!("README.md lacks {end}"))
        .0
}

#[test]
fn the_first_example_prints_and_draws_what_the_readme_shows() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(project.join("README.md")).expect("README.md");
    let folder = tempfile::tempdir().expect("a folder");
    let scenario = between(&readme, "This is `coach.toml`:\n\n```toml\n", "```");
    fs::write(folder.path().join("coach.toml"), scenario).expect("space");
    let printed = run(&["run", "coach.toml", "--charts", "svg"], folder.path());
    let shown = between(&readme, "and prints:\n\n```text\n", "```");
    for (printed, shown) in printed.lines().zip(shown.lines()) {
        assert_eq!(printed, shown, "README.md, the first example");
    }
    assert!(printed.lines().count() >= shown.lines().count());
    let drawn = fs::read(folder.path().join("output/coach/charts/share.svg")).expect("a chart");
    let stored = project.join("docs/images/coach.svg");
    assert!(
        fs::read(&stored).is_ok_and(|stored| stored == drawn),
        "docs/images/coach.svg is stale: copy output/coach/charts/share.svg there"
    );
}

#[test]
fn the_first_picture_is_what_the_flagship_draws() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = project.join("scenarios/flywheel.toml");
    let mut scenario = Scenario::load(&file, &[]).unwrap_or_else(|problems| panic!("{problems}"));
    // the picture is of the market, and analyses take three times as long
    scenario.analyses.clear();
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("flywheel.toml"), scenario.to_toml()).expect("space");
    run(&["run", "flywheel.toml", "--charts", "svg"], folder.path());
    let drawn = fs::read(folder.path().join("output/flywheel/charts/share.svg")).expect("a chart");
    let stored = fs::read(project.join("docs/images/flywheel.svg"));
    assert!(
        stored.is_ok_and(|stored| stored == drawn),
        "docs/images/flywheel.svg is stale: copy output/flywheel/charts/share.svg there"
    );
}
