//! The lab: a market in the browser, which answers a changed parameter with intervals.
//!
//! # Usual flow
//!
//! 1. [`Bench`] is a scenario on the bench: its market, and the [`Control`]s that change it.
//! 2. A page asks a [`Question`]: the market with these changes, against the market with those.
//! 3. [`Answers`] simulates both, first 4 replicates, then 8, then all, and gives a [`Frame`] after each; what was simulated
//!    before is remembered, and work that nobody waits for any more is given up between periods.
//! 4. A [`Picture`] shows single markets, or what learning adds, of whatever market is on the page.
//! 5. [`Bench::to_toml`] writes what was found down as a scenario that `flywheel run` runs to the same figures.
//!
//! # Architecture
//!
//! Everything up to here knows neither sockets nor threads of its own. `server` puts it behind HTTP for one machine: `guard`
//! says who may ask (a class from its `room`), `api` takes questions (`requests` reads them) and writes answers (`reply`: whole or bit by bit), `page` is what the browser shows. The charts are those of
//! the report, drawn by the same script from the same data.
//!
//! Without a server, `single` writes the page, scenarios and the engine as a module of WebAssembly into one file; there, `alone` answers
//! what `requests` reads, and `exports` is what the worker calls. The feature `web` makes that module.

mod answers;
mod bench;
mod controls;
mod course;
mod debrief;
mod difference;
mod kept;
mod lesson;
mod limits;
mod pictures;
mod playing;
mod requests;
mod rounds;
mod standing;
mod words;

#[cfg(feature = "lab")]
mod api;
#[cfg(feature = "lab")]
mod guard;
#[cfg(feature = "lab")]
mod key;
#[cfg(feature = "lab")]
mod page;
#[cfg(feature = "lab")]
mod rate;
#[cfg(feature = "lab")]
mod reply;
#[cfg(feature = "lab")]
mod room;
#[cfg(feature = "lab")]
mod save;
#[cfg(feature = "lab")]
mod server;
#[cfg(feature = "lab")]
mod shared;
#[cfg(feature = "lab")]
mod single;

#[cfg(any(feature = "web", test))]
mod alone;
#[cfg(all(feature = "web", target_family = "wasm"))]
mod exports;

pub use answers::{Answers, Frame, Question};
pub use bench::{Bench, BenchError, Changes};
pub use controls::{Control, Form};
pub use course::FirmFigures;
pub use difference::{Differing, differences};
pub use limits::Limits;
pub use pictures::Picture;
#[cfg(feature = "lab")]
pub use server::{Ended, Lab, LabError};
#[cfg(feature = "lab")]
pub use single::{SinglePageError, single_page};
pub use standing::{Contest, Place, Standing};
