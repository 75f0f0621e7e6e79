//! Many markets: cells over all cores, their tables in order, and the folder that keeps them.
//!
//! # Usual flow
//!
//! 1. [`Folder::prepare`] makes sure that results can be written, before any work, and that no other
//!    process writes to the same folder.
//! 2. [`Design`] says at which points of the parameter space, and gives the scenario of each.
//! 3. [`Folder::journal`] finds the cells that earlier runs finished.
//! 4. [`Study::run`] simulates the others and hands all of them over in order.
//! 5. [`Output`] fills tables with them, and a `Publication` puts these in place with all other results and a
//!    [`Manifest`], or nothing.
//!
//! # Architecture
//!
//! A [`Cell`] is one replicate of one point of the design, or of one variant that an analysis asks for.
//! Threads take cells in order and never run further ahead of the oldest unfinished one than a small
//! window, so memory does not grow with the number of cells. Every finished cell goes to the
//! [`Journal`] at once; cells are handed over to a [`Receiver`] in their [`Order`] on the caller's
//! thread, so files depend neither on the number of threads nor on interruptions.

mod cells;
mod design;
mod difference;
#[cfg(feature = "system")]
mod earlier;
mod error;
mod execution;
mod figures;
mod filled;
mod finished;
#[cfg(feature = "system")]
mod folder;
mod hash;
mod journal;
#[cfg(feature = "system")]
mod manifest;
mod market_sums;
#[cfg(feature = "system")]
mod merge;
#[cfg(feature = "system")]
mod moves;
mod names;
mod observer;
mod plain;
#[cfg(feature = "system")]
mod publication;
#[cfg(feature = "system")]
mod rerun;
mod shard;
#[cfg(feature = "system")]
mod stopwatch;
mod study;
#[cfg(feature = "system")]
mod tables;
#[cfg(feature = "system")]
mod verify;
mod window;

pub use cells::{Cell, Cells, Order};
pub(crate) use design::plain_value;
pub use design::{Design, DesignAxis};
pub use difference::{Claims, Difference};
#[cfg(feature = "system")]
pub use earlier::Earlier;
pub use error::{CellError, ExperimentError};
pub use execution::{Cancel, Done, Progress, Receiver, Runner};
pub use figures::{Figures, Summary, figures, leads};
pub use filled::Filled;
pub use finished::Finished;
#[cfg(feature = "system")]
pub use folder::Folder;
pub(crate) use hash::scenario_hash;
pub(crate) use journal::{CellKey, MarketKey};
pub use journal::{Found, Journal};
#[cfg(feature = "system")]
pub use manifest::{FailedCell, FileEntry, FileKind, Manifest, Status};
pub use market_sums::{MarketFigures, MarketSums};
#[cfg(feature = "system")]
pub use merge::Whole;
pub use names::{CHARTS, JOURNAL, MANIFEST, POINTS, REPORT, SCENARIO, VERSION};
pub use observer::{Observer, Stage, Work};
#[cfg(feature = "system")]
pub(crate) use publication::{Publication, Renewed};
#[cfg(feature = "system")]
pub(crate) use rerun::{Rows, cells_in_table, choose, computed_rows, stored_rows};
pub use shard::{Portion, Shard};
#[cfg(feature = "system")]
pub(crate) use stopwatch::Stopwatch;
pub use study::{PlanOf, Study};
#[cfg(feature = "system")]
pub use tables::{Output, write_whole};
#[cfg(feature = "system")]
pub(crate) use tables::{is_asked_for, write_parts};
#[cfg(feature = "system")]
pub use verify::differences;
#[cfg(feature = "system")]
pub(crate) use verify::{Scope, sound_manifest, unfounded_claims};
