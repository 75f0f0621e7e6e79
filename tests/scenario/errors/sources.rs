//! Sources of advantage: firms, experiences, and interventions that would undo the worlds.

use flywheel::scenario::Scenario;

use crate::errors::{end, mistakes, problems};

/// A market with a second firm, and an analysis of sources with these lines.
fn scenario(lines: &str) -> String {
    end(&format!(
        "[[firms]]\nname = \"rival\"\nexperience = \"coach-behavior\"\n[[analyses]]\nkind = \"sources\"\n{lines}"
    ))
}

fn sources(lines: &str) -> String {
    problems(&scenario(lines))
}

/// An analysis of the first firm, and an intervention.
fn with_change(set: &str, lines: &str) -> String {
    scenario(&format!(
        "firm = \"acme\"\n{lines}\n[[interventions]]\nperiod = 5\nset.{set}"
    ))
}

fn changed(set: &str) -> String {
    problems(&with_change(set, ""))
}

mistakes! {
    sources_without_firm: sources("");
    sources_of_an_unknown_firm: sources("firm = \"acne\"");
    sources_key_misspelt: sources("firm = \"acme\"\nexperience = [\"coach-behavior\"]");
    sources_of_an_unknown_outcome: sources("firm = \"acme\"\noutcome = \"profit\"");
    sources_of_an_unknown_experience: sources("firm = \"acme\"\nexperiences = [\"coach-behaviour\"]");
    sources_of_an_experience_twice: sources("firm = \"acme\"\nexperiences = [\"coach-behavior\", \"coach-behavior\"]");
    sources_whose_learning_is_changed: changed("\"firms.acme.learning.individual\" = false");
    sources_whose_learning_is_changed_with_all: changed("\"firms.*.learning.population\" = false");
    sources_whose_experience_is_changed: changed("\"firms.acme.experience\" = \"coach-behavior\"");
}

#[test]
fn what_does_not_undo_the_worlds_is_allowed() {
    let fine = |set: &str, lines: &str| {
        let text = with_change(set, lines);
        if let Err(problems) = Scenario::from_toml(&text) {
            panic!("{problems}");
        }
    };
    fine("\"firms.rival.learning.individual\" = false", "");
    fine("\"firms.acme.learning.individual_forgetting\" = 0.1", "");
    fine(
        "\"firms.acme.experience\" = \"coach-behavior\"",
        "experiences = []",
    );
}
