//! Lessons and kinds of market that the program writes to start from.

use super::Place;

/// A market in little time.
const SMALL: &str =
    "--charts none --replicates 2 --set simulation.periods=20 --set populations.*.customers=100";

#[test]
fn every_kind_of_market_is_fine_and_runs() {
    for (kind, _) in flywheel::scenario::MARKETS {
        let place = Place::empty();
        let told = place.flywheel(&format!("new own --like {kind}")).ends(0);
        assert!(told.stdout.contains("wrote own.toml"), "{}", told.stdout);
        let checked = place.flywheel("check own.toml").ends(0);
        assert_eq!(checked.stderr, "", "{kind}: no warnings");
        place
            .flywheel(&format!("run own.toml -q {SMALL}"))
            .ends(0)
            .silent();
        assert!(place.path("output/own/report.html").is_file(), "{kind}");
    }
}

#[test]
fn an_unknown_kind_of_market_gets_the_list() {
    let place = Place::empty();
    let told = place.flywheel("new own --like cinema").ends(2);
    let mut parts = vec!["no kind of market named `cinema`".to_owned()];
    let kinds = flywheel::scenario::MARKETS.into_iter();
    parts.extend(kinds.map(|(kind, _)| format!("\n  {kind} ")));
    for part in parts {
        assert!(told.stderr.contains(&part), "{part}: {}", told.stderr);
    }
    assert!(place.names(".").is_empty());
}

#[test]
fn a_new_lesson_is_fine_and_is_taught() {
    let place = Place::empty();
    let told = place.flywheel("new own --lesson").ends(0);
    assert!(
        told.stdout.contains("flywheel course own.toml"),
        "{}",
        told.stdout
    );
    let checked = place.flywheel("check own.toml").ends(0);
    assert_eq!(checked.stderr, "", "no warnings");
    let told = place.flywheel("course own.toml --charts none").ends(0);
    for part in [
        "A lesson: Remembering customers",
        "The answer: B",
        "Change 1: Customers come once and go",
    ] {
        assert!(told.stdout.contains(part), "{part}: {}", told.stdout);
    }
    let page = place.read("output/own/report.html");
    assert!(page.contains("<body class=\"lesson\">") && page.contains("data-step=\"change-1\""));
}

#[test]
fn what_a_lesson_quotes_is_checked_with_its_scenario() {
    let place = Place::empty();
    place.flywheel("new own --lesson").ends(0);
    let text = place.read("own.toml");
    place.write(
        "own.toml",
        &text.replace("{fit of counter}", "{fit of till}"),
    );
    let words = "quotes a firm that is not there: `till`";
    place.flywheel("check own.toml").ends(2).says(&[words]);
    place.flywheel("course own.toml").ends(2).says(&[words]);
    let other = text.replace("variant = \"passing-through\"", "variant = \"passing\"");
    place.write("own.toml", &other);
    let words = "there is no variant named `passing`";
    place.flywheel("check own.toml").ends(2).says(&[words]);
    assert!(!place.path("output").exists());
}
