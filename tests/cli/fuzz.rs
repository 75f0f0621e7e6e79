//! The scenarios of the seeded generator through the program: whatever comes, it says that all is fine or what is wrong and where,
//! and what is fine runs to outputs in which nobody reads of numbers that are none.
//!
//! `FLYWHEEL_FUZZ=2000 cargo test --test cli fuzz` tries more than the usual number.

#[path = "../scenario/generator.rs"]
mod generator;

use self::generator::Generator;
use super::{Outcome, Place};

/// Scenarios that are tried, unless the environment says otherwise.
const USUAL: u64 = 60;

/// What is asked of a market besides: every fifth scenario has one of these.
const MORE: [&str; 6] = [
    "",
    "[[sweep.axes]]\nkey = \"populations.*.awareness\"\nvalues = [0.0, 1.0]\n",
    "[[analyses]]\nkind = \"loop\"\nfirm = \"firm 0\"\nperiod = 1\nwindow = 2\n",
    "[[analyses]]\nkind = \"amplification\"\nfirm = \"firm 0\"\nperiod = 1\n",
    "[[analyses]]\nkind = \"feedback\"\nfirm = \"firm 0\"\nperiod = 1\n",
    "[[analyses]]\nkind = \"sources\"\nfirm = \"firm 0\"\n",
];

#[test]
fn any_scenario_is_refused_with_a_place_or_runs_to_numbers_that_are_some() {
    let number = std::env::var("FLYWHEEL_FUZZ").map_or(USUAL, |text| {
        text.parse().expect("FLYWHEEL_FUZZ is a whole number")
    });
    let place = Place::empty();
    let (mut fine, mut refused) = (0, 0);
    for seed in 0..number {
        let mut text = Generator::new(seed).scenario();
        text += &format!("\n{}", MORE[(seed as usize / 5) % MORE.len()]);
        place.write("fuzz.toml", &text);
        let checked = place.flywheel("check fuzz.toml");
        let ran = place.flywheel("run fuzz.toml --charts svg --data --format csv,excel");
        let context = format!("seed {seed}\n{text}\n{}{}", ran.stdout, ran.stderr);
        assert_eq!(checked.status, ran.status, "{context}");
        match ran.status {
            Some(0) => {
                fine += 1;
                check_outputs(&place, &ran, &context);
                std::fs::remove_dir_all(place.path("output")).expect("it is there");
            }
            Some(2) => {
                refused += 1;
                assert!(!place.path("output").exists(), "{context}");
                check_places(&ran.stderr, &context);
            }
            _ => panic!("{context}"),
        }
    }
    // neither half of the rule is tested by nothing
    assert!(
        fine > number / 10 && refused > number / 10,
        "{fine} fine, {refused} refused"
    );
}

/// Every problem says where it is, but for what is missing as a whole.
fn check_places(told: &str, context: &str) {
    let problems: Vec<&str> = told
        .split("\n\n")
        .filter(|part| part.starts_with("error"))
        .collect();
    assert!(!problems.is_empty(), "{context}");
    for problem in problems {
        let has_place = problem.contains("--> fuzz.toml:");
        assert!(
            has_place || problem.starts_with("error: the scenario has no `"),
            "{problem}\n{context}"
        );
    }
}

/// Nothing that is written or printed tells of numbers that are none.
fn check_outputs(place: &Place, ran: &Outcome, context: &str) {
    let files = place.files("output/fuzz");
    assert!(files.keys().any(|name| name.ends_with(".svg")), "{context}");
    for (name, bytes) in &files {
        if name != "flywheel.schema.json" {
            let text = String::from_utf8_lossy(bytes);
            check_words(&without_scripts(&text), &format!("{name} of {context}"));
        }
    }
    check_words(&ran.stdout, context);
    check_words(&ran.stderr, context);
}

fn check_words(text: &str, context: &str) {
    let mut words = text.split(|letter: char| !letter.is_alphanumeric());
    let wrong = words.find(|word| ["NaN", "nan", "inf", "Infinity"].contains(word));
    // the number that is drawn as ∞ is none either
    assert!(
        wrong.is_none() && !text.contains('∞'),
        "{wrong:?} in {context}"
    );
}

/// A page without its scripts, which know what is no number; data stay.
fn without_scripts(page: &str) -> String {
    let mut parts = page.split("<script>");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| {
        all + part.split_once("</script>").map_or("", |(_, rest)| rest)
    })
}
