//! Rules of firms.

use crate::errors::{firm, mistakes, problems};

/// A market of two populations with one firm that has this rule.
fn rule(rule: &str) -> String {
    problems(&format!(
        "[[populations]]\nname = \"commuters\"\n\n[[populations]]\nname = \"tourists\"\n\n\
         [[firms]]\nname = \"acme\"\nexperience = {rule}\n"
    ))
}

mistakes! {
    rule_unknown: rule("{ rule = \"gradual\", steps = [] }");
    rule_far_from_any: rule("{ rule = \"magic\" }");
    rule_not_said: rule("{ candidates = [\"coach-behavior\"] }");
    rule_key_misspelt: rule("{ rul = \"adaptive\", candidates = [\"coach-behavior\"] }");
    rule_as_number: rule("{ rule = 3 }");
    rule_of_price_unknown: problems(&firm("price = { rule = \"value_share\" }"));
    rule_of_price_out_of_range: problems(&firm("price = { rule = \"value-share\", share = 1.2, speed = 0 }"));
    portfolio_leaves_a_population_out: rule("{ rule = \"portfolio\", by_population = { commuters = \"coach-behavior\" } }");
    portfolio_population_misspelt: rule("{ rule = \"portfolio\", by_population = { comuters = \"coach-behavior\", tourists = \"coach-behavior\" } }");
    portfolio_experience_misspelt: rule("{ rule = \"portfolio\", by_population = { commuters = \"coach\" }, otherwise = \"automatic\" }");
    graduated_without_steps: rule("{ rule = \"graduated\" }");
    graduated_steps_empty: rule("{ rule = \"graduated\", steps = [] }");
    graduated_first_step_with_condition: rule("{ rule = \"graduated\", steps = [{ experience = \"coach-behavior\", knowledge = 0.5 }] }");
    graduated_step_without_experience: rule("{ rule = \"graduated\", steps = [{ experience = \"coach-behavior\" }, { knowledge = 0.5 }] }");
    graduated_step_out_of_range: rule("{ rule = \"graduated\", steps = [{ experience = \"coach-behavior\" }, { experience = \"automatic-execution\", knowledge = 80 }] }");
    adaptive_without_candidates: rule("{ rule = \"adaptive\", review_every = 10 }");
    adaptive_candidates_empty: rule("{ rule = \"adaptive\", candidates = [] }");
    adaptive_candidate_twice: rule("{ rule = \"adaptive\", candidates = [\"coach-behavior\", \"coach-behavior\"] }");
    adaptive_never_reviews: rule("{ rule = \"adaptive\", candidates = [\"coach-behavior\"], review_every = 0 }");
    imitate_without_start: rule("{ rule = \"imitate\", explore = 0.1 }");
    imitate_start_misspelt: rule("{ rule = \"imitate\", start = \"curated_offering\" }");
}
