//! What people read when a scenario is wrong: one snapshot per mistake.
//!
//! The snapshots lie in `snapshots/`. After a deliberate change of words run
//! `INSTA_UPDATE=always cargo test --test scenario errors` and read every difference: place, what
//! is allowed, suggestion. Would somebody who has never programmed know what to do?

mod advice;
mod charts;
mod files;
mod games;
mod hypotheses;
mod interventions;
mod keys;
mod learning_loop;
mod names;
mod overrides;
mod play;
mod rules;
mod sources;
mod sweeps;
mod values;
mod variants;

use flywheel::scenario::{Override, Scenario};

/// A scenario without mistakes, to put one into: lines at the top, in the population, in the firm,
/// and at the end.
fn market(top: &str, population: &str, firm: &str, end: &str) -> String {
    format!(
        "{top}\n\
         [[populations]]\n\
         name = \"commuters\"\n\
         {population}\n\
         [[firms]]\n\
         name = \"acme\"\n\
         experience = \"curated-offering\"\n\
         {firm}\n\
         {end}\n"
    )
}

fn top(lines: &str) -> String {
    market(lines, "", "", "")
}

fn population(lines: &str) -> String {
    market("", lines, "", "")
}

fn firm(lines: &str) -> String {
    market("", "", lines, "")
}

fn end(lines: &str) -> String {
    market("", "", "", lines)
}

/// What is printed about a scenario that has to be wrong.
fn problems(text: &str) -> String {
    match Scenario::from_toml_with(text, "market.toml", "market", &[]) {
        Ok(_) => panic!("no problem was found in:\n{text}"),
        Err(diagnostics) => diagnostics.to_string(),
    }
}

/// What is printed about `--set` on a scenario without mistakes.
fn problems_of_set(text: &str) -> String {
    let change = match Override::parse(text) {
        Ok(change) => change,
        Err(diagnostics) => return diagnostics.to_string(),
    };
    let scenario = end("[[firms]]\nname = \"trio\"\ncount = 3\nexperience = \"coach-behavior\"");
    match Scenario::from_toml_with(&scenario, "market.toml", "market", &[change]) {
        Ok(_) => panic!("no problem was found in --set {text}"),
        Err(diagnostics) => diagnostics.to_string(),
    }
}

/// One test and one snapshot per mistake.
macro_rules! mistakes {
    ($($name:ident: $shown:expr;)+) => {
        $(
            #[test]
            fn $name() {
                insta::assert_snapshot!(stringify!($name), $shown);
            }
        )+
    };
}
pub(crate) use mistakes;

#[test]
fn the_market_around_the_mistakes_has_none() {
    let text = market("", "", "", "");
    assert!(Scenario::from_toml(&text).is_ok());
}
