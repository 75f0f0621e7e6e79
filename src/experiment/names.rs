//! What files and folders of a run are called.

/// Version of this program.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The file that says what a folder holds and how it was made.
pub const MANIFEST: &str = "manifest.json";

/// The file of the resolved scenario.
pub const SCENARIO: &str = "scenario.toml";

/// The file that maps the points of a sweep to the swept values.
pub const POINTS: &str = "points.csv";

/// The same for spreadsheets.
pub(super) const POINTS_EXCEL: &str = "points.excel.csv";

/// The page of a run.
pub const REPORT: &str = "report.html";

/// The folder of charts in that of a run.
pub const CHARTS: &str = "charts";

/// The journal of finished cells.
pub const JOURNAL: &str = ".cells";

/// The file whose lock says that somebody is writing to the folder.
pub(super) const LOCK: &str = ".lock";

/// Where new files are made.
pub(super) const NEW: &str = ".flywheel-new";

/// Where old files are until the new ones are in place.
pub(super) const OLD: &str = ".flywheel-old";
