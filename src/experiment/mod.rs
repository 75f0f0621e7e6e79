//! Many markets: cells over all cores, their tables in order, and the folder that keeps them.
//!
//! # Usual flow
//!
//! 1. [`Folder::prepare`] makes sure that results can be written, before any work, and that no other
//!    process writes to the same folder.
//! 2. [`Design`] says at which points of the parameter space, and gives the scenario of each.
//! 3. [`Study::open`] finds the cells that an earlier run finished.
//! 4. [`Session::run`] simulates the others and hands all of them over in order.
//! 5. [`Output`] writes tables aside, then puts them in place with the scenario and a [`Manifest`].
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
mod execution;
mod figures;
mod finished;
mod journal;
mod manifest;
mod merge;
mod observer;
mod output;
mod rerun;
mod shard;
mod stopwatch;
mod study;
mod verify;

pub use cells::{Cell, Cells, Order};
pub use design::{Design, DesignAxis};
pub use execution::{Cancel, Done, Progress, Receiver, Runner, WithPoint};
pub use figures::{Figures, Summary, figures};
pub use finished::Finished;
pub use journal::{Found, JOURNAL, Journal, Kept, analysis_journal};
pub use manifest::{FailedCell, FileEntry, MANIFEST, Manifest, Status, VERSION};
pub use merge::Whole;
pub use observer::{Observer, Stage};
pub use output::{Folder, Output, OutputError, write_parts, write_table, write_whole};
pub use rerun::{Rows, cells_in_tables, choose, computed_rows, stored_rows};
pub use shard::{Portion, Shard};
pub use stopwatch::Stopwatch;
pub use study::{PlanOf, Session, Study, StudyError};
pub use verify::{Difference, differences};
