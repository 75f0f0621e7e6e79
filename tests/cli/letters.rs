//! Letters that the embedded font does not have.

use assert_cmd::Command;

use super::{MARKET, Outcome, Place};

const NAME: &str = "\u{5496}\u{5561}\u{5e97}";

fn run(place: &Place, fonts: &str, arguments: &str) -> Outcome {
    let mut command = Command::new(env!("CARGO_BIN_EXE_flywheel"));
    let command = command
        .current_dir(place.path("."))
        .env("FLYWHEEL_FONTS", fonts);
    Outcome::of(command.args(arguments.split_whitespace()), arguments)
}

#[test]
fn letters_without_a_font_are_told_and_take_two_columns() {
    let place = Place::empty();
    // an ideograph that is assigned and in no font; the name, as far as the machine has one
    let rare = '\u{3347a}';
    place.write(
        "market.toml",
        &MARKET
            .replace("A shop", &format!("{rare} shop"))
            .replace("\"shop\"", &format!("\"{NAME}\"")),
    );
    let outcome = run(&place, "", "check market.toml").ends(0);
    let outcome = outcome.says(&[
        "warning: market: no font on this machine has",
        &rare.to_string(),
        "FLYWHEEL_FONTS",
    ]);
    // those of the embedded font are not among them
    let told = outcome
        .stderr
        .split("has ")
        .nth(1)
        .and_then(|rest| rest.split(':').next());
    assert!(
        told.is_some_and(|letters| !letters.contains('A')),
        "{}",
        outcome.stderr
    );
    let outcome = run(&place, "", "run market.toml --charts png --replicates 1").ends(0);
    let lines: Vec<&str> = outcome.stdout.lines().collect();
    let named = lines
        .iter()
        .find(|line| line.contains(NAME))
        .expect("the row");
    let coach = lines
        .iter()
        .find(|line| line.contains("coach "))
        .expect("the row");
    // three letters fewer than columns
    assert_eq!(
        named.chars().count() + 3,
        coach.chars().count(),
        "{}",
        outcome.stdout
    );
    // the embedded letters need no warning
    let place = Place::with_market();
    assert_eq!(run(&place, "", "check market.toml").ends(0).stderr, "");
}
