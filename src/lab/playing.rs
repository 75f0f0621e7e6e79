//! What a page can ask of a play: how it stands, a seat, a decision, the next round, and at the end the debrief.

use std::sync::MutexGuard;

use serde::{Deserialize, Deserializer};
use serde_json::{Value as Json, json};

use super::answers::Answers;
use super::bench::Bench;
use super::debrief::debrief;
use super::kept::Kept;
use super::requests::{
    FORBIDDEN, IMPOSSIBLE, MISSING, Refusal, Tell, ToTell, UNTIMELY, bench, read, tell_once,
};
use super::rounds::{Decided, Hindrance, Rounds};
use crate::experiment::Runner;
use crate::scenario::{Decisions, Language, Scenario};

impl From<Hindrance> for Refusal {
    fn from(hindrance: Hindrance) -> Self {
        match hindrance {
            Hindrance::Over => Self(UNTIMELY, "that round is over".to_owned()),
            Hindrance::Rules(why) => Self(IMPOSSIBLE, why),
        }
    }
}

/// What somebody wants in a play; all of it left out asks how it stands.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wish {
    scenario: usize,
    /// The team to sit in; null gets up.
    #[serde(default, deserialize_with = "given")]
    sit: Option<Option<String>>,
    decide: Option<Decided>,
    /// The round to be played, which only the teacher may ask for.
    play: Option<u32>,
    /// Whether another play is to begin, likewise.
    #[serde(default)]
    again: bool,
}

/// A key that is there, be it null.
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Deserialize::deserialize(deserializer).map(Some)
}

/// The rounds of a scenario that is one to play.
fn rounds(bench: &Bench) -> Result<MutexGuard<'_, Rounds>, Refusal> {
    let none = || Refusal(MISSING, "that scenario is not one to play".to_owned());
    bench.rounds().ok_or_else(none)
}

/// Does what somebody wants in a play, and tells how it stands; `key` is that of somebody who joined.
pub(super) fn play(benches: &[Bench], key: Option<&str>, body: &[u8]) -> Result<Json, Refusal> {
    let wish: Wish = read(body)?;
    let bench = bench(benches, wish.scenario)?;
    let (scenario, mut rounds) = (bench.scenario(), rounds(bench)?);
    let others = || Refusal(FORBIDDEN, "that is for others to do".to_owned());
    let is_teachers = wish.play.is_some() || wish.again;
    if key.is_some() && is_teachers || key.is_none() && wish.sit.is_some() {
        return Err(others());
    }
    if let (Some(key), Some(team)) = (key, &wish.sit) {
        rounds.sit(scenario, key, team.as_deref())?;
    }
    if let Some(decided) = wish.decide {
        // who joined decides for their own team, the teacher for any
        if key.is_some_and(|key| rounds.seat(key) != Some(&decided.team)) {
            return Err(others());
        }
        rounds.decide(scenario, decided)?;
    }
    if let Some(round) = wish.play {
        rounds.play(scenario, round)?;
    }
    if wish.again {
        rounds.again();
    }
    Ok(json!(rounds.told(scenario, key)))
}

/// A debrief that a page asks for.
pub(super) struct Debriefing {
    pub page: String,
    scenario: Scenario,
    played: Vec<Decisions>,
    language: Language,
    /// Under which it is kept for others who ask for it.
    name: String,
}

impl Debriefing {
    /// That of a play whose last round was played.
    pub fn read(benches: &[Bench], body: &[u8]) -> Result<Self, Refusal> {
        let wanted: ToTell = read(body)?;
        let language = wanted.which.language()?;
        let position = wanted.which.scenario;
        let bench = bench(benches, position)?;
        let (scenario, rounds) = (bench.scenario(), rounds(bench)?);
        if rounds.round() < scenario.rounds() {
            let soon = "the last round is not played yet".to_owned();
            return Err(Refusal(UNTIMELY, soon));
        }
        Ok(Self {
            page: wanted.page,
            scenario: scenario.clone(),
            played: rounds.played().to_vec(),
            name: format!("debrief {position} {} {}", rounds.number(), language.name()),
            language,
        })
    }

    /// Tells who won, and what the best team's decisions were worth.
    pub fn tell(
        &self,
        kept: &Kept,
        tools: (&Answers, Runner<'_>),
        tell: Tell<'_>,
    ) -> Result<(), String> {
        tell_once(kept, Some(&self.name), ("debrief", tell), |heard| {
            debrief(&self.scenario, &self.played, self.language, tools, heard)
        })
    }
}
