//! What a page can ask of the server: questions as they come over HTTP, and what only a class has.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::answers::Frame;
use super::bench::BenchError;
use super::guard::Role;
use super::playing::{self, Debriefing};
use super::reply::{Answered, answer, refused, streamed};
use super::requests::{
    self, Comparison, Drawing, IMPOSSIBLE, Refusal, Telling, Written, bench, menu, problem, read,
};
use super::room::Turned;
use super::save::{Saved, save};
use super::shared::Shared;

/// The scenarios of the lab, and who is asking.
pub(super) async fn lab(
    State(shared): State<Arc<Shared>>,
    Extension(role): Extension<Role>,
    body: Bytes,
) -> Answered {
    let _: serde_json::Map<String, Json> = read(&body)?;
    let all = menu(&shared.benches);
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
    let none = || refused(StatusCode::NOT_FOUND, "there is no room");
    let key = shared.guard.room().ok_or_else(none)?.join(&code);
    let key = key.map_err(|turned| match turned {
        Turned::Away => refused(StatusCode::FORBIDDEN, "this is not the code"),
        Turned::Later => refused(StatusCode::TOO_MANY_REQUESTS, "too many at once"),
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
    let none = || refused(StatusCode::NOT_FOUND, "there is no room");
    let room = shared.guard.room().ok_or_else(none)?;
    let bench = bench(&shared.benches, scenario)?;
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
    Ok(answer(
        StatusCode::OK,
        &requests::market(&shared.benches, &body)?,
    ))
}

/// Answers a question in frames, each an event of a stream; the rest is given up when nobody reads it any more.
pub(super) async fn question(State(shared): State<Arc<Shared>>, body: Bytes) -> Answered {
    let asked = Comparison::read(&shared.benches, &body)?;
    let work = Arc::clone(&shared);
    let page = asked.page.clone();
    streamed(&shared, &page, move |cancel, tell| {
        let frame = &mut |frame: Frame| tell("frame", &frame.to_json());
        let answered = (work.answers).answer(asked.question(), work.runner(cancel), frame);
        answered.map_err(|problems| problem(&BenchError::Scenario(problems)))
    })
}

/// Draws a picture, and tells meanwhile how far it is.
pub(super) async fn picture(State(shared): State<Arc<Shared>>, body: Bytes) -> Answered {
    let wanted = Drawing::read(&shared.benches, &body)?;
    let work = Arc::clone(&shared);
    // a picture does not give up the charts beside it
    let page = format!("{} picture", wanted.page);
    streamed(&shared, &page, move |cancel, tell| {
        wanted.draw(&work.kept, work.runner(cancel), tell)
    })
}

/// Tells a lesson from its runs.
pub(super) async fn told(State(shared): State<Arc<Shared>>, body: Bytes) -> Answered {
    let wanted = Telling::read(&shared.benches, &body)?;
    let work = Arc::clone(&shared);
    let page = format!("{} lesson", wanted.page);
    streamed(&shared, &page, move |cancel, tell| {
        wanted.tell(&work.kept, work.runner(cancel), tell)
    })
}

/// Does what somebody wants in a play, and tells how it stands.
pub(super) async fn play(
    State(shared): State<Arc<Shared>>,
    Extension(role): Extension<Role>,
    body: Bytes,
) -> Answered {
    let key = match &role {
        Role::Member(key) => Some(key.as_str()),
        _ => None,
    };
    let told = playing::play(&shared.benches, key, &body)?;
    Ok(answer(StatusCode::OK, &told))
}

/// Tells after the last round who won, and what the best team's decisions were worth.
pub(super) async fn debrief(State(shared): State<Arc<Shared>>, body: Bytes) -> Answered {
    let wanted = Debriefing::read(&shared.benches, &body)?;
    let work = Arc::clone(&shared);
    let page = format!("{} debrief", wanted.page);
    streamed(&shared, &page, move |cancel, tell| {
        let tools = (&work.answers, work.runner(cancel));
        wanted.tell(&work.kept, tools, tell)
    })
}

/// Writes a scenario into the folder where the program was started; over an existing one only if asked to.
pub(super) async fn keep(State(shared): State<Arc<Shared>>, body: Bytes) -> Answered {
    let wanted = Written::read(&shared.benches, &body)?;
    match save(&shared.folder, &wanted.name, &wanted.text, wanted.replace) {
        Saved::Written(file) => Ok(answer(StatusCode::OK, &json!({"file": file}))),
        Saved::Exists(file) => Ok(answer(StatusCode::CONFLICT, &json!({"exists": file}))),
        Saved::NoName => Err(Refusal(
            IMPOSSIBLE,
            "a name has letters, digits, - and _, up to 80 of them".to_owned(),
        )),
        Saved::Failed(why) => Err(refused(
            StatusCode::INTERNAL_SERVER_ERROR,
            &format!("cannot write {why}"),
        )),
    }
}
