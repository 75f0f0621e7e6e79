//! The files of a run on their way into its folder, all of which appear at once.

use super::drawing::Painted;
use crate::experiment::{CHARTS, ExperimentError, FileKind, Publication, REPORT};
use crate::report::Report;

/// Writes charts and page beside the other new files.
pub fn write_pictures(
    new: &Publication<'_>,
    pictures: &[Painted],
    report: &Report<'_>,
) -> Result<(), ExperimentError> {
    for file in pictures {
        new.write(file.kind, &format!("{CHARTS}/{}", file.name), &file.bytes)?;
    }
    new.write(FileKind::Report, REPORT, report.to_html().as_bytes())
}
