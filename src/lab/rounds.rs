//! The rounds of a play: what the teams decided so far, what they have decided of the round to come, and who sits where.
//!
//! Nothing is simulated here. A market after some rounds is a scenario of its own ([`Scenario::played`]), so every page that
//! asks for it gets the same figures, and a page that is loaded again has lost nothing.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::scenario::{Decision, Decisions, Diagnostics, Scenario};

/// A decision of a team, as a page sends it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Decided {
    /// For which round, counted from 0.
    pub round: u32,
    pub team: String,
    pub experience: Option<String>,
    pub price: Option<f64>,
}

/// Why the rounds do not go on as somebody wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Hindrance {
    /// The round that is meant is over, or the play is.
    Over,
    /// The rules do not allow it.
    Rules(String),
}

/// The rounds of one play.
#[derive(Debug, Default)]
pub(super) struct Rounds {
    /// How often a play of this scenario was begun before.
    number: u64,
    played: Vec<Decisions>,
    /// What is decided of the round to come; nobody else sees it.
    waiting: Decisions,
    /// By the key of who joined: the team that they sit in.
    seats: BTreeMap<String, String>,
}

/// What a page is told of a team.
#[derive(Debug, Serialize)]
struct Team {
    name: String,
    /// How many who joined sit in it.
    seats: usize,
    /// Whether it has decided the round to come.
    decided: bool,
    /// What it has chosen up to now.
    chosen: Decision,
}

/// What a page is told of a play.
#[derive(Debug, Serialize)]
pub(super) struct Told {
    play: u64,
    /// Rounds that were played.
    round: u32,
    of: u32,
    /// Periods of a round.
    periods: u32,
    teams: Vec<Team>,
    experiences: Vec<String>,
    lowest_price: f64,
    highest_price: f64,
    /// Name of what the teams win by.
    goal: &'static str,
    /// The team of who asks.
    own: Option<String>,
    /// What that team has decided of the round to come.
    own_decision: Option<Decision>,
    /// By round, then team: what was decided.
    played: Vec<Decisions>,
}

impl Rounds {
    /// How often a play of the scenario was begun before this one.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// Rounds that were played.
    pub fn round(&self) -> u32 {
        u32::try_from(self.played.len()).unwrap_or(u32::MAX)
    }

    /// The market after so many of the rounds that were played; none after more of them.
    pub fn market(
        &self,
        scenario: &Scenario,
        rounds: usize,
    ) -> Option<Result<Scenario, Diagnostics>> {
        let played = self
            .played
            .get(..rounds)
            .filter(|played| !played.is_empty())?;
        Some(scenario.played(played))
    }

    /// What was decided, round by round.
    pub fn played(&self) -> &[Decisions] {
        &self.played
    }

    /// Somebody who joined sits down in a team, or gets up.
    pub fn sit(
        &mut self,
        scenario: &Scenario,
        key: &str,
        team: Option<&str>,
    ) -> Result<(), Hindrance> {
        let Some(team) = team else {
            self.seats.remove(key);
            return Ok(());
        };
        if !scenario.teams().contains(&team) {
            return Err(Hindrance::Rules(format!("no team holds `{team}`")));
        }
        self.seats.insert(key.to_owned(), team.to_owned());
        Ok(())
    }

    /// The team in which somebody sits.
    pub fn seat(&self, key: &str) -> Option<&str> {
        self.seats.get(key).map(String::as_str)
    }

    /// Whether a round is the one to come.
    fn is_next(&self, scenario: &Scenario, round: u32) -> bool {
        round == self.round() && round < scenario.rounds()
    }

    /// A team decides; its latest decision counts.
    pub fn decide(&mut self, scenario: &Scenario, decided: Decided) -> Result<(), Hindrance> {
        let Decided {
            round,
            team,
            experience,
            price,
        } = decided;
        if !self.is_next(scenario, round) {
            return Err(Hindrance::Over);
        }
        let decision = Decision { experience, price };
        let allowed = scenario.allows_decision(&team, &decision);
        allowed.map_err(Hindrance::Rules)?;
        self.waiting.insert(team, decision);
        Ok(())
    }

    /// Plays the round of that number: who has not decided goes on as before.
    pub fn play(&mut self, scenario: &Scenario, round: u32) -> Result<(), Hindrance> {
        if !self.is_next(scenario, round) {
            return Err(Hindrance::Over);
        }
        let mut decisions = Decisions::new();
        for (team, decision) in std::mem::take(&mut self.waiting) {
            let before = scenario.standing_choice(&team, &self.played);
            // what stays as it was is no decision
            let changed = Decision {
                experience: decision
                    .experience
                    .filter(|one| before.experience.as_ref() != Some(one)),
                price: decision.price.filter(|one| before.price != Some(*one)),
            };
            if changed != Decision::default() {
                decisions.insert(team, changed);
            }
        }
        self.played.push(decisions);
        Ok(())
    }

    /// Another play begins; who sat in a team still does.
    pub fn again(&mut self) {
        self.number += 1;
        self.played.clear();
        self.waiting.clear();
    }

    /// What a page is told: of those who joined (`key`) with their own team's decision.
    pub fn told(&self, scenario: &Scenario, key: Option<&str>) -> Option<Told> {
        let play = scenario.play.as_ref()?;
        let own = key.and_then(|key| self.seat(key));
        let team = |name: &str| Team {
            name: name.to_owned(),
            seats: self.seats.values().filter(|team| *team == name).count(),
            decided: self.waiting.contains_key(name),
            chosen: scenario.standing_choice(name, &self.played),
        };
        Some(Told {
            play: self.number,
            round: self.round(),
            of: scenario.rounds(),
            periods: play.round,
            teams: scenario.teams().into_iter().map(team).collect(),
            experiences: scenario.choices().into_iter().map(str::to_owned).collect(),
            lowest_price: play.lowest_price,
            highest_price: play.highest_price,
            goal: play.goal.column(),
            own: own.map(str::to_owned),
            own_decision: own.and_then(|team| self.waiting.get(team).cloned()),
            played: self.played.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn market() -> Scenario {
        let text = "[simulation]\nperiods = 20\n[[populations]]\nname = \"town\"\ncustomers = 40\n\
             [[firms]]\nname = \"north\"\nexperience = \"curated-offering\"\n\
             [[firms]]\nname = \"south\"\nexperience = \"coach-behavior\"\n[play]\nround = 10\n";
        Scenario::from_toml(text).unwrap_or_else(|problems| panic!("{problems}"))
    }

    fn decided(round: u32, team: &str, price: f64) -> Decided {
        let text =
            json!({"round": round, "team": team, "experience": "coach-behavior", "price": price});
        serde_json::from_value(text).expect("a decision")
    }

    #[test]
    fn a_round_takes_the_latest_decisions_and_keeps_what_nobody_changed() {
        let (scenario, mut rounds) = (market(), Rounds::default());
        rounds
            .decide(&scenario, decided(0, "north", 0.9))
            .expect("allowed");
        rounds
            .decide(&scenario, decided(0, "north", 0.2))
            .expect("allowed");
        // the coach stays as it is, which is no decision
        rounds
            .decide(&scenario, decided(0, "south", 0.3))
            .expect("allowed");
        assert!(rounds.market(&scenario, 1).is_none(), "not played yet");
        rounds.play(&scenario, 0).expect("the first round");
        assert_eq!(
            rounds.play(&scenario, 0),
            Err(Hindrance::Over),
            "a second click plays nothing"
        );
        assert_eq!(
            rounds.decide(&scenario, decided(0, "north", 0.2)),
            Err(Hindrance::Over)
        );
        let market = rounds.market(&scenario, 1).expect("played").expect("valid");
        assert_eq!(
            (market.simulation.periods, market.interventions.len()),
            (10, 1)
        );
        assert_eq!(market.interventions[0].set.len(), 2);
        rounds.play(&scenario, 1).expect("the second");
        assert_eq!(
            rounds.play(&scenario, 2),
            Err(Hindrance::Over),
            "there are two"
        );
        assert_eq!(rounds.played()[1], Decisions::new());
        rounds.again();
        assert_eq!((rounds.number(), rounds.round()), (1, 0));
    }

    #[test]
    fn nobody_sees_what_others_have_decided_before_the_round() {
        let (scenario, mut rounds) = (market(), Rounds::default());
        rounds.sit(&scenario, "key", Some("north")).expect("a team");
        assert!(rounds.sit(&scenario, "key", Some("west")).is_err());
        rounds
            .decide(&scenario, decided(0, "north", 0.21))
            .expect("allowed");
        rounds
            .decide(&scenario, decided(0, "south", 0.77))
            .expect("allowed");
        let told = |key| {
            let told = rounds.told(&scenario, key).expect("one to play");
            serde_json::to_value(told).expect("JSON")
        };
        let own = told(Some("key"));
        assert_eq!(own["own"], "north");
        assert_eq!(own["own_decision"]["price"], json!(0.21));
        assert_eq!(own["teams"][0]["seats"], json!(1));
        for other in [own, told(None), told(Some("stranger"))] {
            assert!(!other.to_string().contains("0.77"), "{other}");
            assert_eq!(other["teams"][1]["decided"], json!(true));
        }
    }

    #[test]
    fn what_the_rules_do_not_allow_is_not_decided() {
        let (scenario, mut rounds) = (market(), Rounds::default());
        for (team, price) in [("west", 0.2), ("north", -0.1), ("north", 1.1)] {
            let refused = rounds.decide(&scenario, decided(0, team, price));
            assert!(
                matches!(refused, Err(Hindrance::Rules(_))),
                "{team} {price}"
            );
        }
    }
}
