//! Rules of a play: rounds, teams, choices, and who else changes what teams choose.

use crate::errors::{end, mistakes, problems};

/// Rules in a market of two firms.
fn play(lines: &str) -> String {
    problems(&end(&format!(
        "[[firms]]\nname = \"rival\"\nexperience = \"coach-behavior\"\n[play]\n{lines}"
    )))
}

mistakes! {
    play_without_a_round: play("teams = [\"acme\"]");
    play_round_of_nothing: play("round = 0");
    play_round_that_leaves_a_rest: play("round = 45");
    play_round_longer_than_the_run: play("round = 500");
    play_key_misspelt: play("round = 20\nteam = [\"acme\"]");
    play_team_unknown: play("round = 20\nteams = [\"acme\", \"rivall\"]");
    play_team_twice: play("round = 20\nteams = [\"acme\", \"acme\"]");
    play_experience_unknown: play("round = 20\nexperiences = [\"coach-behaviour\", \"curated-offering\"]");
    play_experience_twice: play("round = 20\nexperiences = [\"coach-behavior\", \"coach-behavior\"]");
    play_prices_from_high_to_low: play("round = 20\nlowest_price = 0.5\nhighest_price = 0.2");
    play_without_a_choice: play("round = 20\nexperiences = [\"coach-behavior\"]\nlowest_price = 0.3\nhighest_price = 0.3");
    play_goal_unknown: play("round = 20\ngoal = \"profit\"");
    play_whose_choice_is_taken_away: play("round = 20\n[[interventions]]\nperiod = 10\nset.\"firms.*.price\" = 0.1");
    play_is_of_the_file: crate::errors::problems_of_set("play.round=20");
}
