//! The lab behind HTTP, for this machine alone: one thread waits for all pages, the pool simulates.

use std::io;
use std::net::{IpAddr, Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use thiserror::Error;

use super::bench::Bench;
use super::guard::{Guard, HEADERS};
use super::room::Room;
use super::shared::{MOST_PAGES, Shared};
use super::{api, page};
use crate::experiment::Cancel;
use crate::scenario::{Diagnostics, Scenario};

/// Largest body of a request.
const MOST_BYTES: usize = 64 << 10;

/// A lab that can be opened.
#[derive(Debug)]
pub struct Lab {
    shared: Arc<Shared>,
    listener: TcpListener,
    /// Where others join, if they may.
    others: Option<TcpListener>,
}

/// Why a lab cannot be opened.
#[derive(Debug, Error)]
pub enum LabError {
    /// A scenario was built in code and is not valid.
    #[error(transparent)]
    Scenario(#[from] Diagnostics),
    /// Another program listens at that port, or it may not be used.
    #[error(
        "cannot listen at port {port} of this machine: {source}; leave out --port to take any that is free"
    )]
    Port {
        /// The port.
        port: u16,
        /// What the system says.
        source: io::Error,
    },
    /// Others cannot join at that address.
    #[error(
        "cannot listen at {address}: {reason}; --share takes the one address by which others reach this machine, such as 192.168.1.20"
    )]
    Share {
        /// The address.
        address: IpAddr,
        /// Why not.
        reason: String,
    },
    /// The system gives no random bytes for a key.
    #[error("the system gives no random key: {0}")]
    Key(#[from] getrandom::Error),
    /// The server could not be started.
    #[error("cannot start the lab: {0}")]
    Start(#[from] io::Error),
}

/// How a lab came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Somebody asked it to stop.
    Stopped,
    /// Its pages were closed.
    Left,
}

impl Lab {
    /// A lab of these scenarios, at a port of this machine (0: any that is free); files are saved in a folder. Others can join
    /// at an address of this machine, if there is one.
    ///
    /// # Errors
    /// The port is taken, or a scenario is not valid.
    pub fn new(
        scenarios: &[Scenario],
        port: u16,
        share: Option<IpAddr>,
        folder: PathBuf,
        pool: rayon::ThreadPool,
    ) -> Result<Self, LabError> {
        let benches = scenarios.iter().map(Bench::new);
        let benches: Vec<Bench> = benches.collect::<Result<_, _>>()?;
        let taken = |source| LabError::Port { port, source };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(taken)?;
        let port = listener.local_addr()?.port();
        let others = share.map(|address| listening(address, port)).transpose()?;
        let room = share.map(|address| Room::new(address, port)).transpose()?;
        let guard = Guard::new(port, room)?;
        let shared = Shared::new(benches, pool, folder, guard);
        Ok(Self {
            shared: Arc::new(shared),
            listener,
            others,
        })
    }

    /// The address of its page, with the key that it takes.
    ///
    /// # Errors
    /// The system does not say which port it is.
    pub fn address(&self) -> Result<String, LabError> {
        let port = self.listener.local_addr()?.port();
        Ok(format!(
            "http://127.0.0.1:{port}/#key={}",
            self.shared.guard.key()
        ))
    }

    /// Where others join, with the code that lets them in; none if they may not.
    #[must_use]
    pub fn room(&self) -> Option<(String, String)> {
        let room = self.shared.guard.room()?;
        Some((format!("http://{}/", room.host()), room.code().to_owned()))
    }

    /// Serves pages until somebody asks it to stop, or until they have been closed for ten minutes.
    ///
    /// # Errors
    /// The server could not be started.
    pub fn serve(self, stop: &Cancel) -> Result<Ended, LabError> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .enable_time()
            .max_blocking_threads(MOST_PAGES)
            .build()?;
        let listeners = std::iter::once(self.listener).chain(self.others);
        let shared = Arc::clone(&self.shared);
        let end = runtime.block_on(async {
            let mut servers = Vec::new();
            for listener in listeners {
                listener.set_nonblocking(true)?;
                let listener = tokio::net::TcpListener::from_std(listener)?;
                let server = axum::serve(listener, router(Arc::clone(&shared)));
                servers.push(tokio::spawn(server.into_future()));
            }
            let end = loop {
                tokio::time::sleep(Duration::from_millis(100)).await;
                if stop.is_cancelled() {
                    break Ended::Stopped;
                }
                if shared.is_left() {
                    break Ended::Left;
                }
            };
            servers.iter().for_each(tokio::task::JoinHandle::abort);
            Ok::<_, io::Error>(end)
        })?;
        self.shared.stop();
        runtime.shutdown_timeout(Duration::from_secs(5));
        Ok(end)
    }
}

/// Listens where others join.
fn listening(address: IpAddr, port: u16) -> Result<TcpListener, LabError> {
    let problem = |reason: String| LabError::Share { address, reason };
    if address.is_unspecified() {
        return Err(problem("it stands for all addresses".to_owned()));
    }
    TcpListener::bind((address, port)).map_err(|error| problem(error.to_string()))
}

/// All routes; every one of them, those that there are not included, is behind the guard.
fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/api/lab", post(api::lab))
        .route("/api/join", post(api::join))
        .route("/api/room", post(api::meet))
        .route("/api/alive", post(api::alive))
        .route("/api/market", post(api::market))
        .route("/api/question", post(api::question))
        .route("/api/picture", post(api::picture))
        .route("/api/lesson", post(api::told))
        .route("/api/play", post(api::play))
        .route("/api/debrief", post(api::debrief))
        .route("/api/save", post(api::keep))
        .fallback(file)
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .layer(from_fn_with_state(Arc::clone(&shared), guarded))
        .with_state(shared)
}

/// Lets a request through if the guard does, and sends the headers that keep the page to itself.
async fn guarded(State(shared): State<Arc<Shared>>, mut request: Request, next: Next) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let mut response = match shared.guard.admit(&method, request.headers(), &path) {
        Ok(role) => {
            shared.hear();
            request.extensions_mut().insert(role);
            next.run(request).await
        }
        Err(status) => status.into_response(),
    };
    for (name, value) in HEADERS {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
}

/// A file of the page.
async fn file(State(shared): State<Arc<Shared>>, request: Request<Body>) -> Response {
    let uri = request.uri();
    match page::file(uri.path(), uri.query(), shared.language) {
        Some((kind, text)) => ([(header::CONTENT_TYPE, kind)], text).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
