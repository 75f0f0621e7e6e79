//! What a page can ask: questions are read, answers written. Nothing that a page sends can end the lab.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

use super::answers::{Frame, Question};
use super::bench::{Bench, BenchError};
use super::guard::Role;
use super::lesson::lesson;
use super::pictures::Picture;
use super::reply::{Answered, Refusal, answer, streamed};
use super::room::Turned;
use super::save::{Saved, save};
use super::shared::Shared;
use crate::report::live;
use crate::scenario::{Language, RecordedTable, Scenario};

impl From<BenchError> for Refusal {
    fn from(error: BenchError) -> Self {
        Self(StatusCode::UNPROCESSABLE_ENTITY, problem(&error))
    }
}

/// What is wrong in one line: of the problems of a scenario the messages, without places that no page shows.
fn problem(error: &BenchError) -> String {
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
fn read<T: DeserializeOwned>(body: &Bytes) -> Result<T, Refusal> {
    serde_json::from_slice(body).map_err(|error| {
        Refusal(
            StatusCode::BAD_REQUEST,
            format!("this is no such request: {error}"),
        )
    })
}

/// Which market of the lab is meant, and in which language.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Which {
    scenario: usize,
    language: String,
}

impl Which {
    fn language(&self) -> Result<Language, Refusal> {
        let known = Language::ALL
            .into_iter()
            .find(|one| one.name() == self.language);
        known.ok_or_else(|| {
            Refusal(
                StatusCode::BAD_REQUEST,
                "there is no such language".to_owned(),
            )
        })
    }
}

fn bench(shared: &Shared, position: usize) -> Result<&Bench, Refusal> {
    let none = || {
        Refusal(
            StatusCode::NOT_FOUND,
            "there is no such scenario".to_owned(),
        )
    };
    shared.benches.get(position).ok_or_else(none)
}

/// The scenarios of the lab, and who is asking.
pub(super) async fn lab(
    State(shared): State<Arc<Shared>>,
    Extension(role): Extension<Role>,
    body: Bytes,
) -> Answered {
    let _: serde_json::Map<String, Json> = read(&body)?;
    let scenario = |bench: &Bench| {
        let Scenario { name, title, .. } = bench.scenario();
        json!({"name": name, "title": if title.is_empty() { name } else { title }})
    };
    let all: Vec<Json> = shared.benches.iter().map(scenario).collect();
    let mut told = json!({"scenarios": all, "role": "member", "room": null, "folder": ""});
    if role == Role::Teacher {
        told["role"] = "teacher".into();
        told["folder"] = shared.folder.display().to_string().into();
        told["room"] = json!(shared.guard.room().map(|room| json!({
            "address": room.address(), "code": room.code(), "picture": room.picture(),
        })));
    }
    Ok(answer(StatusCode::OK, &told))
}

/// The code of somebody who wants to join.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Knock {
    code: String,
}

/// Lets somebody in who has the code.
pub(super) async fn join(State(shared): State<Arc<Shared>>, body: Bytes) -> Answered {
    let Knock { code } = read(&body)?;
    let none = || Refusal(StatusCode::NOT_FOUND, "there is no room".to_owned());
    let key = shared.guard.room().ok_or_else(none)?.join(&code);
    let key = key.map_err(|turned| match turned {
        Turned::Away => Refusal(StatusCode::FORBIDDEN, "this is not the code".to_owned()),
        Turned::Later => Refusal(StatusCode::TOO_MANY_REQUESTS, "too many at once".to_owned()),
    })?;
    Ok(answer(StatusCode::OK, &json!({"key": key})))
}

/// What somebody in the room tells: the teacher what to show, the others what they vote for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Meeting {
    scenario: usize,
    show: Option<ToShow>,
    vote: Option<(usize, usize)>,
}

/// What the teacher shows.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ToShow {
    changes: Vec<(String, Json)>,
    revealed: bool,
}

/// How it stands in the room: for the teacher who came and how they voted, for the others what is shown.
pub(super) async fn meet(
    State(shared): State<Arc<Shared>>,
    Extension(role): Extension<Role>,
    body: Bytes,
) -> Answered {
    let Meeting {
        scenario,
        show,
        vote,
    } = read(&body)?;
    let none = || Refusal(StatusCode::NOT_FOUND, "there is no room".to_owned());
    let room = shared.guard.room().ok_or_else(none)?;
    let bench = bench(&shared, scenario)?;
    let answers = bench
        .scenario()
        .lesson
        .as_ref()
        .map_or(0, |lesson| lesson.answers.len());
    if let Role::Member(key) = role {
        if let Some((scenario, choice)) = vote {
            room.vote(&key, scenario, choice);
        }
        let told = json!({"shown": room.shown(), "votes": room.votes_of(&key, scenario, answers)});
        return Ok(answer(StatusCode::OK, &told));
    }
    if let Some(ToShow { changes, revealed }) = show {
        // what cannot be simulated is not shown to anybody
        bench.market(&changes)?;
        room.show(scenario, changes, revealed);
    }
    let (joined, votes) = room.votes(scenario, answers);
    Ok(answer(
        StatusCode::OK,
        &json!({"joined": joined, "votes": votes}),
    ))
}

/// Says that a page is open.
pub(super) async fn alive(body: Bytes) -> Answered {
    let _: serde_json::Map<String, Json> = read(&body)?;
    Ok(answer(StatusCode::OK, &json!({})))
}

/// A scenario: what it is about, what can be changed, and which charts show it.
pub(super) async fn market(State(shared): State<Arc<Shared>>, body: Bytes) -> Answered {
    let which: Which = read(&body)?;
    let (bench, language) = (bench(&shared, which.scenario)?, which.language()?);
    let market = bench.scenario();
    let firms: u32 = market.firms.iter().map(|firm| firm.count).sum();
    let has_map = market.simulation.record.keeps_table(RecordedTable::Map);
    let told = json!({
        "name": market.name,
        "lesson": market.lesson.as_ref().map(|lesson| json!({
            "question": lesson.question.trim(),
            "answers": lesson.answers.iter().map(|answer| answer.text.trim()).collect::<Vec<_>>(),
        })),
        "description": live::description(&market.description),
        "controls": bench.controls(language),
        "firms": market.firms.iter().map(|firm| &firm.name).collect::<Vec<_>>(),
        "pictures": Picture::ALL.map(|(name, picture)| (name, picture.is_of_firm())),
        "charts": live::chart_places(language, firms as usize, has_map),
    });
    Ok(answer(StatusCode::OK, &told))
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

/// Answers a question in frames, each an event of a stream; the rest is given up when nobody reads it any more.
pub(super) async fn question(State(shared): State<Arc<Shared>>, body: Bytes) -> Answered {
    let asked: Asked = read(&body)?;
    let language = asked.which.language()?;
    let bench = bench(&shared, asked.which.scenario)?;
    let before = bench.market(&asked.before)?;
    let after = bench.market(&asked.after)?;
    let work = Arc::clone(&shared);
    streamed(&shared, &asked.page, move |cancel, events| {
        let question = Question {
            before: &before,
            after: &after,
            language,
            has_before: asked.has_before,
        };
        let runner = work.runner(cancel);
        let tell = &mut |frame: Frame| events.tell("frame", &frame.to_json());
        let answered = work.answers.answer(question, runner, tell);
        answered.map_err(|problems| problem(&BenchError::Scenario(problems)))
    })
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

/// Draws a picture, and tells meanwhile how far it is.
pub(super) async fn picture(State(shared): State<Arc<Shared>>, body: Bytes) -> Answered {
    let wanted: Wanted = read(&body)?;
    let none = || {
        Refusal(
            StatusCode::BAD_REQUEST,
            "there is no such picture".to_owned(),
        )
    };
    let kind = Picture::named(&wanted.kind).ok_or_else(none)?;
    let language = wanted.which.language()?;
    let market = bench(&shared, wanted.which.scenario)?.market(&wanted.changes)?;
    let work = Arc::clone(&shared);
    // a picture does not give up the charts beside it
    let page = format!("{} picture", wanted.page);
    streamed(&shared, &page, move |cancel, events| {
        let runner = work.runner(cancel);
        let tell = &mut |done, of| events.progress(done, of);
        let drawn = kind.of(&market, &wanted.firm, language, runner, tell);
        let figures = drawn.map_err(|error| error.to_string())?;
        if !figures.is_empty() {
            events.tell("picture", &json!({"figures": figures}).to_string());
        }
        Ok(())
    })
}

/// A lesson that a page asks for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ToTell {
    which: Which,
    page: String,
}

/// Tells a lesson from its runs.
pub(super) async fn told(State(shared): State<Arc<Shared>>, body: Bytes) -> Answered {
    let wanted: ToTell = read(&body)?;
    let language = wanted.which.language()?;
    let position = wanted.which.scenario;
    if bench(&shared, position)?.scenario().lesson.is_none() {
        return Err(Refusal(
            StatusCode::NOT_FOUND,
            "that scenario is no lesson".to_owned(),
        ));
    }
    let work = Arc::clone(&shared);
    let page = format!("{} lesson", wanted.page);
    streamed(&shared, &page, move |cancel, events| {
        let runner = work.runner(cancel);
        let tell = &mut |done, of| events.progress(done, of);
        if let Some(told) = lesson(work.benches[position].scenario(), language, runner, tell)? {
            events.tell("lesson", &json!(told).to_string());
        }
        Ok(())
    })
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

/// Writes a scenario into the folder where the program was started; over an existing one only if asked to.
pub(super) async fn keep(State(shared): State<Arc<Shared>>, body: Bytes) -> Answered {
    let wanted: ToSave = read(&body)?;
    let text = bench(&shared, wanted.which.scenario)?.to_toml(&wanted.changes, &wanted.name)?;
    match save(&shared.folder, &wanted.name, &text, wanted.replace) {
        Saved::Written(file) => Ok(answer(StatusCode::OK, &json!({"file": file}))),
        Saved::Exists(file) => Ok(answer(StatusCode::CONFLICT, &json!({"exists": file}))),
        Saved::NoName => Err(Refusal(
            StatusCode::UNPROCESSABLE_ENTITY,
            "a name has letters, digits, - and _, up to 80 of them".to_owned(),
        )),
        Saved::Failed(why) => Err(Refusal(
            StatusCode::INTERNAL_SERVER_ERROR,
            format!("cannot write {why}"),
        )),
    }
}
