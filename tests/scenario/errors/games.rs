//! Games: players, strategies, replicates, and too many profiles.

use crate::errors::{end, market, mistakes, problems};

/// A game with these lines in a market with a second firm.
fn game(lines: &str) -> String {
    problems(&end(&format!(
        "[[firms]]\nname = \"rival\"\nexperience = \"coach-behavior\"\n[[analyses]]\nkind = \"game\"\n{lines}"
    )))
}

mistakes! {
    game_key_misspelt: game("stategies = [\"coach-behavior\", \"curated-offering\"]");
    game_player_unknown: game("players = [\"acme\", \"rivall\"]");
    game_player_twice: game("players = [\"acme\", \"acme\"]");
    game_player_twice_by_its_group: problems(&end("[[firms]]\nname = \"trio\"\ncount = 3\nexperience = \"coach-behavior\"\n[[analyses]]\nkind = \"game\"\nplayers = [\"trio\", \"trio-2\"]"));
    game_strategy_unknown: game("strategies = [\"coach-behaviour\", \"curated-offering\"]");
    game_strategy_rule_unknown: game("strategies = [{ rule = \"adaptve\", candidates = [\"coach-behavior\"] }, \"curated-offering\"]");
    game_strategy_rule_with_unknown_experience: game("strategies = [{ rule = \"imitate\", start = \"coach\" }, \"curated-offering\"]");
    game_strategy_twice: game("strategies = [\"coach-behavior\", \"curated-offering\", \"coach-behavior\"]");
    game_strategy_alone: game("strategies = [\"coach-behavior\"]");
    game_outcome_unknown: game("outcome = \"profit\"");
    game_at_most_below_the_replicates: problems(&market("[simulation]\nreplicates = 50", "", "", "[[analyses]]\nkind = \"game\"\nat_most = 20"));
    game_whose_choice_is_taken_away: game("[[interventions]]\nperiod = 10\nset.\"firms.*.experience\" = \"automatic-execution\"");
    game_with_too_many_profiles: problems(&end("[[firms]]\nname = \"a\"\nprice = 0.1\nexperience = \"coach-behavior\"\n[[firms]]\nname = \"b\"\nprice = 0.2\nexperience = \"coach-behavior\"\n[[firms]]\nname = \"c\"\nprice = 0.4\ncount = 8\nexperience = \"coach-behavior\"\n[[analyses]]\nkind = \"game\""));
}
