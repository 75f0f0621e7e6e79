//! Flywheel simulates the personalization feedback loop: firms learn from repeated interactions with
//! customers, turn what they learned into better fit, and better fit brings more interactions. It
//! shows when that loop compounds into competitive advantage, where the advantage comes from, and when
//! it does not. The theory is N. Siggelkow and C. Terwiesch's *Connected Strategy* (2019).
//!
//! # Usual flow
//!
//! 1. A [`scenario::Scenario`] comes from a TOML file or is built in code, and is checked.
//! 2. A [`model::Market`] simulates one replicate of it, period by period, and records tables.
//! 3. [`experiment::Study`] does so for all replicates, over all cores.
//! 4. [`analysis::Collector`] turns the tables into means with intervals, and [`analysis::kind`] answers questions that
//!    need markets of their own.
//! 5. [`chart::draw_findings`] turns those into figures, [`report::Report`] into a page.
//!
//! [`run::run`] does all of it, into a folder. [`table`] holds the columns, writers and readers of tables, [`log`] statistics
//! of logs of purchases, [`random`] the keyed draws, [`statistics`] means with their intervals, [`course`] lessons for a class, [`lab`] a market in the browser.
//! [`prelude`] has the dozen names that most programs need, as those in `examples/` do.
//!
//! # Example
//!
//! Two firms that differ in how they connect to customers; who is ahead after 100 periods?
//!
//! ```
//! use flywheel::model::Market;
//! use flywheel::scenario::{Firm, Population, Scenario};
//!
//! let mut scenario = Scenario::new("two-firms")
//!     .population(Population { customers: 500, ..Population::named("everyone") })
//!     .firm(Firm::new("shop", "respond-to-desire"))
//!     .firm(Firm::new("coach", "coach-behavior"));
//! scenario.simulation.periods = 100;
//! scenario.check()?;
//!
//! let mut market = Market::new(&scenario, 0)?;
//! while !market.is_done() {
//!     market.step();
//! }
//! let firms = market.into_records().firms;
//! // one row per period and firm, in that order: the last two rows are the last period
//! let shares = firms.numbers("share");
//! let [shop, coach] = shares[shares.len() - 2..] else { unreachable!("two firms") };
//! assert!(shop > coach && (shop + coach - 1.0).abs() < 1e-12);
//! # Ok::<(), flywheel::scenario::Diagnostics>(())
//! ```

#![deny(unsafe_code)] // but for the kernel of the customer step, which says why
#![cfg_attr(
    not(feature = "system"),
    allow(dead_code, reason = "some of it serves folders of results alone")
)]
#![cfg_attr(
    test,
    expect(
        clippy::disallowed_methods,
        reason = "tests hold results against the standard library's functions, and look into folders"
    )
)]

pub mod analysis;
pub mod chart;
pub mod course;
pub mod experiment;
#[cfg(any(feature = "lab", feature = "web"))]
pub mod lab;
mod language;
pub mod log;
pub mod math;
pub mod model;
pub mod prelude;
pub mod random;
pub mod report;
#[cfg(feature = "system")]
pub mod run;
pub mod scenario;
pub mod statistics;
pub mod table;
