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
//! says who may ask (a class from its `room`), `api` reads questions and writes answers (`reply`: whole or bit by bit), `page` is what the browser shows. The charts are those of
//! the report, drawn by the same script from the same data.

mod answers;
mod api;
mod bench;
mod controls;
mod course;
mod difference;
mod guard;
mod key;
mod lesson;
mod limits;
mod page;
mod pictures;
mod rate;
mod reply;
mod room;
mod save;
mod server;
mod shared;
mod words;

pub use answers::{Answers, Frame, Question};
pub use bench::{Bench, BenchError, Changes};
pub use controls::{Control, Form};
pub use course::FirmFigures;
pub use difference::{Differing, differences};
pub use limits::Limits;
pub use pictures::Picture;
pub use server::{Ended, Lab, LabError};
