//! A market that teams play: after some rounds it is a scenario again, in which every decision is an intervention.

use std::collections::BTreeMap;

use serde::Serialize;

use super::schema::{ExperienceRule, Intervention, Play, PriceRule};
use super::{Diagnostics, Scenario};

/// What a team chooses before a round; what it leaves open stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Decision {
    /// The experience that its firm offers.
    pub experience: Option<String>,
    /// What its firm asks for a transaction.
    pub price: Option<f64>,
}

/// The decisions before a round, by team.
pub type Decisions = BTreeMap<String, Decision>;

impl Scenario {
    /// The firms that teams hold, in the order of the firms; none where the scenario is not one to play.
    #[must_use]
    pub fn teams(&self) -> Vec<&str> {
        let Some(play) = &self.play else {
            return Vec::new();
        };
        let is_played =
            |name: &&str| play.teams.is_empty() || play.teams.iter().any(|one| one == name);
        let names = self.firms.iter().map(|firm| firm.name.as_str());
        names.filter(is_played).collect()
    }

    /// The experiences that a team can choose.
    #[must_use]
    pub fn choices(&self) -> Vec<&str> {
        match &self.play {
            Some(play) if !play.experiences.is_empty() => {
                play.experiences.iter().map(String::as_str).collect()
            }
            Some(_) => self.experiences.keys().map(String::as_str).collect(),
            None => Vec::new(),
        }
    }

    /// How many rounds a play has; 0 where the scenario is not one to play.
    #[must_use]
    pub fn rounds(&self) -> u32 {
        let round = self.play.as_ref().map(|play| play.round.max(1));
        round.map_or(0, |round| self.simulation.periods / round)
    }

    /// What a team has chosen after these rounds: its last decisions, or what its firm began with; nothing where that is a rule.
    #[must_use]
    pub fn standing_choice(&self, team: &str, rounds: &[Decisions]) -> Decision {
        let mut chosen = Decision::default();
        if let Some(firm) = self.firms.iter().find(|firm| firm.name == team) {
            if let ExperienceRule::Fixed(name) = &firm.experience {
                chosen.experience = Some(name.clone());
            }
            if let PriceRule::Fixed(price) = firm.price {
                chosen.price = Some(price);
            }
        }
        for decision in rounds.iter().filter_map(|round| round.get(team)) {
            chosen.experience = decision.experience.clone().or(chosen.experience);
            chosen.price = decision.price.or(chosen.price);
        }
        chosen
    }

    /// The market as it was played: it ends after these rounds, and their decisions are interventions at their beginnings.
    /// `flywheel run` of it gives what the teams saw. It is no scenario to play any more.
    ///
    /// # Errors
    /// The scenario is not one to play, more rounds than it has, a decision that its rules do not allow, or a scenario
    /// that was built in code and is not valid.
    pub fn played(&self, rounds: &[Decisions]) -> Result<Self, Diagnostics> {
        let wrong = |what: String| Diagnostics::one(&self.name, super::Problem::new(what));
        let Some(play) = &self.play else {
            return Err(wrong("the scenario has no [play]".to_owned()));
        };
        let length = u32::try_from(rounds.len()).unwrap_or(u32::MAX);
        if length == 0 || length > self.rounds() {
            return Err(wrong(format!("round {length} of {}", self.rounds())));
        }
        let mut market = self.clone();
        market.play = None;
        for (number, decisions) in (0..).zip(rounds) {
            self.allows(play, decisions).map_err(wrong)?;
            market
                .interventions
                .extend(intervention(number, play, decisions));
        }
        let periods = length * play.round;
        if periods < market.simulation.periods {
            // what is asked of the whole run, the market does not come to yet
            market = market.market_alone();
            market.simulation.periods = periods;
            market.interventions.retain(|one| one.period < periods);
        }
        market.resolve()
    }

    /// Whether these are decisions of teams within the rules.
    fn allows(&self, play: &Play, decisions: &Decisions) -> Result<(), String> {
        let (teams, choices) = (self.teams(), self.choices());
        for (team, decision) in decisions {
            if !teams.contains(&team.as_str()) {
                return Err(format!("no team holds `{team}`"));
            }
            let chosen = decision.experience.as_deref();
            if let Some(other) = chosen.filter(|chosen| !choices.contains(chosen)) {
                return Err(format!("no team can choose the experience `{other}`"));
            }
            let range = play.lowest_price..=play.highest_price;
            if let Some(price) = decision.price.filter(|price| !range.contains(price)) {
                return Err(format!(
                    "a price of {price} is not from {} to {}",
                    play.lowest_price, play.highest_price
                ));
            }
        }
        Ok(())
    }

    /// Whether a team may decide so.
    ///
    /// # Errors
    /// Why not.
    pub fn allows_decision(&self, team: &str, decision: &Decision) -> Result<(), String> {
        let play = self.play.as_ref().ok_or("the scenario has no [play]")?;
        self.allows(
            play,
            &Decisions::from([(team.to_owned(), decision.clone())]),
        )
    }
}

/// The decisions before a round, counted from 0, as an intervention; none if nothing was decided. Charts call it by the letter with
/// which "round" begins in every language of the program.
fn intervention(number: u32, play: &Play, decisions: &Decisions) -> Option<Intervention> {
    let mut set = indexmap::IndexMap::new();
    for (team, decision) in decisions {
        let path = |key: &str| format!("firms.{team}.{key}");
        if let Some(experience) = &decision.experience {
            set.insert(path("experience"), experience.clone().into());
        }
        if let Some(price) = decision.price {
            set.insert(path("price"), price.into());
        }
    }
    (!set.is_empty()).then(|| Intervention {
        period: number * play.round,
        label: format!("R{}", number + 1),
        set,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn market() -> Scenario {
        let text = "[simulation]\nperiods = 30\n[[populations]]\nname = \"town\"\ncustomers = 40\n\
             [[firms]]\nname = \"north\"\nexperience = \"curated-offering\"\n\
             [[firms]]\nname = \"south\"\nexperience = \"coach-behavior\"\nprice = { rule = \"value-share\" }\n\
             [[firms]]\nname = \"old\"\nexperience = \"respond-to-desire\"\n\
             [[interventions]]\nperiod = 20\nset.\"market.data_pooling\" = true\n\
             [play]\nround = 10\nteams = [\"north\", \"south\"]\nhighest_price = 0.6\n";
        Scenario::from_toml(text).unwrap_or_else(|problems| panic!("{problems}"))
    }

    fn decided(team: &str, experience: Option<&str>, price: Option<f64>) -> Decisions {
        let decision = Decision {
            experience: experience.map(str::to_owned),
            price,
        };
        Decisions::from([(team.to_owned(), decision)])
    }

    #[test]
    fn decisions_are_interventions_at_the_beginning_of_their_rounds() {
        let market = market();
        assert_eq!(
            (market.teams(), market.rounds()),
            (vec!["north", "south"], 3)
        );
        assert_eq!(market.choices().len(), 4);
        let rounds = [
            decided("south", Some("automatic-execution"), Some(0.25)),
            Decisions::new(),
            decided("north", None, Some(0.4)),
        ];
        let two = market.played(&rounds[..2]).expect("valid");
        assert_eq!((two.simulation.periods, two.interventions.len()), (20, 1));
        assert_eq!(two.interventions[0].period, 0);
        let all = market.played(&rounds).expect("valid");
        let periods: Vec<u32> = all.interventions.iter().map(|one| one.period).collect();
        assert_eq!((all.simulation.periods, periods), (30, vec![0, 20, 20]));
        // and the file reads back as the market that was played
        let read =
            Scenario::from_toml(&all.to_toml()).unwrap_or_else(|problems| panic!("{problems}"));
        assert_eq!(read, all);
        assert!(read.play.is_none());
    }

    #[test]
    fn what_is_asked_of_the_whole_run_does_not_keep_a_round_from_being_played() {
        let asks = "[simulation.until_decided]\nat_most = 40\n\
             [[hypotheses]]\nclaim = \"North ends ahead\"\nholds_if = \"share of north in period 29 > share of south in period 29\"\n\
             [[analyses]]\nkind = \"loop\"\nfirm = \"north\"\nperiod = 15\nwindow = 5\n";
        let text = market().to_toml() + asks;
        let market = Scenario::from_toml(&text).unwrap_or_else(|problems| panic!("{problems}"));
        let one = market.played(&[Decisions::new()]);
        let one = one.unwrap_or_else(|problems| panic!("{problems}"));
        assert_eq!((one.simulation.periods, one.analyses.len()), (10, 0));
        let all = market.played(&[(); 3].map(|()| Decisions::new()));
        let all = all.unwrap_or_else(|problems| panic!("{problems}"));
        assert_eq!((all.hypotheses.len(), all.analyses.len()), (1, 1));
    }

    #[test]
    fn a_team_keeps_what_it_does_not_change() {
        let market = market();
        let rounds = [
            decided("south", Some("automatic-execution"), None),
            decided("south", None, Some(0.25)),
        ];
        let at = |rounds: &[Decisions]| {
            let chosen = market.standing_choice("south", rounds);
            (chosen.experience.unwrap_or_default(), chosen.price)
        };
        assert_eq!(at(&[]), ("coach-behavior".to_owned(), None));
        assert_eq!(at(&rounds[..1]), ("automatic-execution".to_owned(), None));
        assert_eq!(at(&rounds), ("automatic-execution".to_owned(), Some(0.25)));
    }

    #[test]
    fn what_the_rules_do_not_allow_is_refused() {
        let market = market();
        for wrong in [
            decided("old", None, Some(0.2)),
            decided("nobody", None, None),
            decided("north", None, Some(0.7)),
            decided("north", None, Some(f64::NAN)),
            decided("north", Some("telepathy"), None),
        ] {
            assert!(
                market.played(std::slice::from_ref(&wrong)).is_err(),
                "{wrong:?}"
            );
        }
        let quiet = vec![Decisions::new(); 4];
        assert!(market.played(&quiet).is_err() && market.played(&[]).is_err());
        assert_eq!(
            market
                .played(&quiet[..3])
                .expect("valid")
                .simulation
                .periods,
            30
        );
    }
}
