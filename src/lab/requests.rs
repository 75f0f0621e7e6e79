//! What a page can ask: read from JSON, checked, and answered, whoever brings the question. Nothing that a page sends can end the lab.

use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::answers::Question;
use super::bench::{Bench, BenchError, Changes};
use super::kept::Kept;
use super::lesson::lesson;
use super::pictures::Picture;
use super::standing::Contest;
use crate::experiment::Runner;
use crate::report::live;
use crate::scenario::{Language, RecordedTable, Scenario};

/// Why a question gets no answer: a status of HTTP, and the reason in words.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refusal(pub u16, pub String);

/// The question is not of the form that it should have.
const UNREADABLE: u16 = 400;
/// There is no such thing.
pub(super) const MISSING: u16 = 404;
/// That is for others to ask.
pub(super) const FORBIDDEN: u16 = 403;
/// It is too soon or too late for that.
pub(super) const UNTIMELY: u16 = 409;
/// The question cannot be answered as it stands.
pub(super) const IMPOSSIBLE: u16 = 422;

impl From<BenchError> for Refusal {
    fn from(error: BenchError) -> Self {
        Self(IMPOSSIBLE, problem(&error))
    }
}

/// What is wrong in one line: of the problems of a scenario the messages, without places that no page shows.
pub(super) fn problem(error: &BenchError) -> String {
    match error {
        BenchError::Scenario(problems) => {
            let messages = problems
                .problems
                .iter()
                .take(3)
                .map(|one| one.message.as_str());
            messages.collect::<Vec<_>>().join("; ")
        }
        other => other.to_string(),
    }
}

/// What a body says; it has to be JSON of that form.
pub(super) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    serde_json::from_slice(body)
        .map_err(|error| Refusal(UNREADABLE, format!("this is no such request: {error}")))
}

/// Which market of the lab is meant, and in which language.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Which {
    pub scenario: usize,
    language: String,
    /// As it was after so many rounds of the play.
    rounds: Option<usize>,
}

impl Which {
    /// The market with changes, or as it was played: then without.
    fn market(&self, benches: &[Bench], changes: &Changes) -> Result<Scenario, Refusal> {
        let bench = bench(benches, self.scenario)?;
        match (self.rounds, changes) {
            (None, _) => Ok(bench.market(changes)?),
            (Some(rounds), []) => Ok(bench.played(rounds)?),
            _ => Err(Refusal(
                IMPOSSIBLE,
                "what was played is not changed afterwards".to_owned(),
            )),
        }
    }

    /// Who competes in that market, if it was played.
    fn contest(&self, benches: &[Bench]) -> Option<Contest> {
        let rounds = self.rounds?;
        let scenario = bench(benches, self.scenario).ok()?.scenario();
        Contest::of(scenario, rounds as u64 >= scenario.rounds().into())
    }

    /// A name for what is told of that market in that language: of one that was played, and of which play; none where a page
    /// may have changed it.
    fn name(&self, benches: &[Bench]) -> Option<String> {
        let play = bench(benches, self.scenario).ok()?.rounds()?.number();
        let Self {
            scenario,
            language,
            rounds,
        } = self;
        Some(format!("{scenario} {language} {play} {}", (*rounds)?))
    }

    pub fn language(&self) -> Result<Language, Refusal> {
        let known = Language::ALL
            .into_iter()
            .find(|one| one.name() == self.language);
        known.ok_or_else(|| Refusal(UNREADABLE, "there is no such language".to_owned()))
    }
}

/// A market of the lab.
pub(super) fn bench(benches: &[Bench], position: usize) -> Result<&Bench, Refusal> {
    let none = || Refusal(MISSING, "there is no such scenario".to_owned());
    benches.get(position).ok_or_else(none)
}

/// Name and title of each scenario of the lab.
pub(super) fn menu(benches: &[Bench]) -> Vec<Json> {
    let scenario = |bench: &Bench| {
        let Scenario { name, title, .. } = bench.scenario();
        json!({"name": name, "title": if title.is_empty() { name } else { title }})
    };
    benches.iter().map(scenario).collect()
}

/// A scenario: what it is about, what can be changed, and which charts show it.
pub(super) fn market(benches: &[Bench], body: &[u8]) -> Result<Json, Refusal> {
    let which: Which = read(body)?;
    let (bench, language) = (bench(benches, which.scenario)?, which.language()?);
    let market = bench.scenario();
    let firms: u32 = market.firms.iter().map(|firm| firm.count).sum();
    let has_map = market.simulation.record.keeps_table(RecordedTable::Map);
    Ok(json!({
        "name": market.name,
        "lesson": market.lesson.as_ref().map(|lesson| json!({
            "question": lesson.question.trim(),
            "answers": lesson.answers.iter().map(|answer| answer.text.trim()).collect::<Vec<_>>(),
        })),
        "play": market.play.is_some(),
        "description": live::description(&market.description),
        "controls": bench.controls(language),
        "firms": market.firms.iter().map(|firm| &firm.name).collect::<Vec<_>>(),
        "pictures": Picture::ALL.map(|(name, picture)| (name, picture.is_of_firm())),
        "charts": live::chart_places(language, firms as usize, has_map),
    }))
}

/// A question of a page.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    which: Which,
    /// What the page calls itself: its latest question is the one that counts.
    page: String,
    before: Vec<(String, Json)>,
    after: Vec<(String, Json)>,
    has_before: bool,
}

/// Two markets that a page wants to compare.
pub(super) struct Comparison {
    pub page: String,
    pub before: Scenario,
    pub after: Scenario,
    language: Language,
    /// Whether the page shows the market before already.
    has_before: bool,
    /// Who competes in the market after.
    contest: Option<Contest>,
}

impl Comparison {
    pub fn read(benches: &[Bench], body: &[u8]) -> Result<Self, Refusal> {
        let asked: Asked = read(body)?;
        let language = asked.which.language()?;
        Ok(Self {
            before: asked.which.market(benches, &asked.before)?,
            after: asked.which.market(benches, &asked.after)?,
            contest: asked.which.contest(benches),
            page: asked.page,
            language,
            has_before: asked.has_before,
        })
    }

    /// What is to be answered.
    pub fn question(&self) -> Question<'_> {
        Question {
            before: &self.before,
            after: &self.after,
            language: self.language,
            has_before: self.has_before,
            contest: self.contest.as_ref(),
        }
    }
}

/// A picture that a page asks for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    which: Which,
    page: String,
    changes: Vec<(String, Json)>,
    kind: String,
    /// Of which firm, where it is of one.
    firm: String,
}

/// A picture to be drawn.
pub(super) struct Drawing {
    pub page: String,
    picture: Picture,
    market: Scenario,
    firm: String,
    language: Language,
    /// Under which it is kept for others who ask for it.
    name: Option<String>,
}

impl Drawing {
    pub fn read(benches: &[Bench], body: &[u8]) -> Result<Self, Refusal> {
        let wanted: Wanted = read(body)?;
        let none = || Refusal(UNREADABLE, "there is no such picture".to_owned());
        let picture = Picture::named(&wanted.kind).ok_or_else(none)?;
        // one of no firm is the same for all
        let firm = if picture.is_of_firm() {
            wanted.firm
        } else {
            String::new()
        };
        Ok(Self {
            picture,
            language: wanted.which.language()?,
            market: wanted.which.market(benches, &wanted.changes)?,
            name: (wanted.which.name(benches))
                .map(|name| format!("picture {} {firm} {name}", wanted.kind)),
            firm,
            page: wanted.page,
        })
    }

    /// Draws it, and tells meanwhile how far it is.
    pub fn draw(&self, kept: &Kept, runner: Runner<'_>, tell: Tell<'_>) -> Result<(), String> {
        tell_once(kept, self.name.as_deref(), ("picture", tell), |heard| {
            let drawn = (self.picture).of(&self.market, &self.firm, self.language, runner, heard);
            let figures = drawn.map_err(|error| error.to_string())?;
            Ok((!figures.is_empty()).then(|| json!({"figures": figures})))
        })
    }
}

/// Takes an event of an answer: its name, and what it says as JSON.
pub(super) type Tell<'a> = &'a mut dyn FnMut(&str, &str);

/// Tells as an event what is worked out, and meanwhile how far it is; what has a name is worked out once for all who ask.
pub(super) fn tell_once<T: Serialize>(
    kept: &Kept,
    name: Option<&str>,
    (event, tell): (&str, Tell<'_>),
    work: impl FnOnce(&mut dyn FnMut(u64, u64)) -> Result<Option<T>, String>,
) -> Result<(), String> {
    let worked = || -> Result<Option<String>, String> {
        let heard = &mut |done: u64, of: u64| {
            tell("progress", &json!({"done": done, "of": of}).to_string());
        };
        Ok(work(heard)?.map(|told| json!(told).to_string()))
    };
    let told = match name {
        Some(name) => kept.of(name, worked)?,
        None => worked()?.map(Arc::from),
    };
    if let Some(told) = told {
        tell(event, &told);
    }
    Ok(())
}

/// A lesson or a debrief that a page asks for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ToTell {
    pub which: Which,
    pub page: String,
}

/// A lesson to be told.
pub(super) struct Telling {
    pub page: String,
    scenario: Scenario,
    language: Language,
    /// Under which it is kept for whoever asks next.
    name: String,
}

impl Telling {
    pub fn read(benches: &[Bench], body: &[u8]) -> Result<Self, Refusal> {
        let wanted: ToTell = read(body)?;
        let language = wanted.which.language()?;
        let scenario = bench(benches, wanted.which.scenario)?.scenario();
        if scenario.lesson.is_none() {
            return Err(Refusal(MISSING, "that scenario is no lesson".to_owned()));
        }
        Ok(Self {
            page: wanted.page,
            scenario: scenario.clone(),
            name: format!("lesson {} {}", wanted.which.scenario, language.name()),
            language,
        })
    }

    /// Tells it from its runs, and meanwhile how far they are.
    pub fn tell(&self, kept: &Kept, runner: Runner<'_>, tell: Tell<'_>) -> Result<(), String> {
        tell_once(kept, Some(&self.name), ("lesson", tell), |heard| {
            lesson(&self.scenario, self.language, runner, heard)
        })
    }
}

/// A market to be written down.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ToSave {
    which: Which,
    changes: Vec<(String, Json)>,
    name: String,
    replace: bool,
}

/// A market as a file.
pub(super) struct Written {
    pub name: String,
    pub text: String,
    /// Whether it may take the place of one that is there.
    pub replace: bool,
}

impl Written {
    pub fn read(benches: &[Bench], body: &[u8]) -> Result<Self, Refusal> {
        let wanted: ToSave = read(body)?;
        let mut market = wanted.which.market(benches, &wanted.changes)?;
        market.name.clone_from(&wanted.name);
        Ok(Self {
            text: market.to_toml(),
            name: wanted.name,
            replace: wanted.replace,
        })
    }
}
