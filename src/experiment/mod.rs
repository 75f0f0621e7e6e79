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
mod earlier;
mod error;
mod execution;
mod figures;
mod finished;
mod folder;
mod journal;
mod manifest;
mod market_sums;
mod merge;
mod moves;
mod names;
mod observer;
mod plain;
mod publication;
mod rerun;
mod shard;
mod stopwatch;
mod study;
mod tables;
mod verify;
mod window;

pub use cells::{Cell, Cells, Order};
pub(crate) use design::plain_value;
pub use design::{Design, DesignAxis};
pub use difference::{Claims, Difference};
pub use earlier::Earlier;
pub use error::{CellError, ExperimentError};
pub use execution::{Cancel, Done, Progress, Receiver, Runner};
pub use figures::{Figures, Summary, figures, leads};
pub use finished::Finished;
pub use folder::Folder;
pub(crate) use journal::{CellKey, MarketKey};
pub use journal::{Found, Journal};
pub use manifest::{FailedCell, FileEntry, FileKind, Manifest, Status};
pub use market_sums::{MarketFigures, MarketSums};
pub use merge::Whole;
pub(crate) use names::REPORT;
pub use names::{CHARTS, JOURNAL, MANIFEST, POINTS, SCENARIO, VERSION};
pub use observer::{Observer, Stage};
pub(crate) use publication::{Publication, Renewed};
pub(crate) use rerun::{Rows, cells_in_table, choose, computed_rows, stored_rows};
pub use shard::{Portion, Shard};
pub(crate) use stopwatch::Stopwatch;
pub use study::{PlanOf, Study};
pub use tables::{Filled, Output, write_whole};
pub(crate) use tables::{is_asked_for, write_parts};
pub use verify::differences;
pub(crate) use verify::{Scope, sound_manifest, unfounded_claims};
