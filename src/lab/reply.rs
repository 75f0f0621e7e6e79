//! Replies: a value, a refusal, or events that come bit by bit, told by work on a thread of its own.

use std::any::Any;
use std::convert::Infallible;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value as Json, json};
use tokio::sync::mpsc::unbounded_channel;
use tokio_stream::wrappers::UnboundedReceiverStream;
use tokio_stream::{Stream, StreamExt};

use super::requests::{Refusal, Tell};
use super::shared::Shared;
use crate::experiment::Cancel;

/// Longest name that a page gives itself, with what it asks for.
const LONGEST_PAGE: usize = 72;

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        answer(status, &json!({"problem": self.1}))
    }
}

/// Why a request gets no answer.
pub(super) fn refused(status: StatusCode, why: &str) -> Refusal {
    Refusal(status.as_u16(), why.to_owned())
}

/// An answer, or why there is none.
pub(super) type Answered = Result<Response, Refusal>;

/// An answer that is a value.
pub(super) fn answer(status: StatusCode, body: &Json) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/json")];
    (status, kind, body.to_string()).into_response()
}

/// Answers with events, as work on a thread of its own tells them; it is given up when nobody reads them any more, or
/// when the page asks for something else.
pub(super) fn streamed(
    shared: &Shared,
    page: &str,
    work: impl FnOnce(&Cancel, Tell<'_>) -> Result<(), String> + Send + 'static,
) -> Answered {
    if page.len() > LONGEST_PAGE {
        return Err(refused(
            StatusCode::BAD_REQUEST,
            "the page's name is too long",
        ));
    }
    let many = || refused(StatusCode::SERVICE_UNAVAILABLE, "too many pages at once");
    let cancel = shared.turn_to(page).ok_or_else(many)?;
    let (sender, frames) = unbounded_channel();
    let stream = Frames {
        frames: UnboundedReceiverStream::new(frames),
        cancel: cancel.clone(),
    };
    tokio::task::spawn_blocking(move || {
        let tell = &mut |name: &str, data: &str| {
            let _ = sender.send(Bytes::from(format!("event: {name}\ndata: {data}\n\n")));
        };
        // a defect of the program becomes a problem that the page shows
        let worked = catch_unwind(AssertUnwindSafe(|| work(&cancel, tell)));
        let wrong = match worked {
            Ok(Ok(())) => return,
            Ok(Err(problem)) => problem,
            Err(panic) => format!(
                "this is a defect of the program: {}",
                message(panic.as_ref())
            ),
        };
        tell("problem", &json!({"problem": wrong}).to_string());
    });
    let kind = [(header::CONTENT_TYPE, "text/event-stream")];
    let body = Body::from_stream(stream.map(Ok::<_, Infallible>));
    Ok((StatusCode::OK, kind, body).into_response())
}

/// What a panic said.
fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("no message").to_owned()
}

/// The frames of an answer; once they are dropped, nobody waits for more.
struct Frames {
    frames: UnboundedReceiverStream<Bytes>,
    cancel: Cancel,
}

impl Stream for Frames {
    type Item = Bytes;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Bytes>> {
        Pin::new(&mut self.frames).poll_next(context)
    }
}

impl Drop for Frames {
    fn drop(&mut self) {
        self.cancel.cancel();
    }
}
