//! `check`, `new`, `schema`, `completions`, `man` and the help texts.

use std::fs;
use std::path::Path;

use super::{MARKET, Place};

#[test]
fn check_says_what_is_fine_and_what_is_perhaps_not_meant() {
    let place = Place::with_market();
    let outcome = place.flywheel("check market.toml").ends(0);
    assert_eq!(
        outcome.stdout,
        "market: fine; 2 firms, 1 population, 20 periods, 4 replicates\n"
    );
    assert_eq!(outcome.stderr, "");
    let outcome = place
        .flywheel("check market.toml --set firms.coach.entry=50 --set simulation.replicates=2")
        .ends(0)
        .says(&[
            "warning: market: the firm `coach` never competes",
            "simulation.periods",
        ]);
    assert!(outcome.stdout.contains("2 replicates"));
    assert_eq!(place.names("."), ["market.toml"], "check writes nothing");
}

#[test]
fn a_new_scenario_is_fine_and_runs() {
    let place = Place::empty();
    let outcome = place.flywheel("new my-market").ends(0);
    assert_eq!(
        outcome.stdout,
        "wrote my-market.toml; run it with: flywheel run my-market.toml\n"
    );
    let outcome = place.flywheel("check my-market.toml").ends(0);
    assert_eq!(outcome.stderr, "", "no warnings");
    place
        .flywheel(
            "run my-market.toml -q --charts none --replicates 2 --set populations.*.customers=100",
        )
        .ends(0)
        .silent();
    assert!(place.path("output/my-market/summary.csv").is_file());
    // with or without its ending
    place.flywheel("new other.toml").ends(0);
    assert!(place.path("other.toml").is_file());
}

#[test]
fn the_schema_is_the_one_that_is_checked_in() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/flywheel.schema.json");
    let outcome = Place::empty().flywheel("schema").ends(0);
    assert_eq!(
        outcome.stdout,
        fs::read_to_string(file).expect("the schema"),
        "write it again with `flywheel schema > schema/flywheel.schema.json`"
    );
}

#[test]
fn completions_and_the_man_page_know_the_commands() {
    let place = Place::empty();
    for (arguments, mark) in [
        ("completions bash", "complete -F _flywheel"),
        ("completions zsh", "#compdef flywheel"),
        ("completions fish", "complete -c flywheel"),
        ("man", ".TH flywheel 1"),
    ] {
        let outcome = place.flywheel(arguments).ends(0);
        assert_eq!(outcome.stderr, "");
        assert!(outcome.stdout.contains(mark), "{arguments} lacks {mark}");
        for command in ["run", "check", "chart", "new", "schema"] {
            assert!(outcome.stdout.contains(command), "{arguments}: {command}");
        }
    }
}

#[test]
fn help_shows_every_command_and_how_the_program_ends() {
    let place = Place::empty();
    let help = place.flywheel("--help").ends(0).stdout;
    for word in [
        "run",
        "check",
        "chart",
        "new",
        "schema",
        "completions",
        "man",
    ] {
        assert!(help.contains(&format!("\n  {word} ")), "{word}");
        place.flywheel(&format!("{word} --help")).ends(0);
    }
    assert!(help.contains("Examples:\n  flywheel new my-market"));
    assert!(help.contains("130"));
    let version = place.flywheel("--version").ends(0).stdout;
    assert_eq!(
        version,
        concat!("flywheel ", env!("CARGO_PKG_VERSION"), "\n")
    );
}

#[test]
fn colours_are_for_terminals_only() {
    let place = Place::empty();
    place.write("wrong.toml", &MARKET.replace("title", "titel"));
    let outcome = place.flywheel("check wrong.toml").ends(2);
    assert!(!outcome.stderr.contains('\u{1b}'), "{}", outcome.stderr);
}
