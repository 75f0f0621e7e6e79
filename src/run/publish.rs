//! The files of a run on their way into its folder, all of which appear at once.

use super::drawing::Painted;
use crate::analysis::kind::{Answers, Kind, each_answer};
use crate::experiment::{CHARTS, ExperimentError, FileKind, Publication, REPORT};
use crate::report::Report;

/// Writes what is made of answers besides their tables and charts.
pub fn write_files(new: &Publication<'_>, answers: &Answers) -> Result<(), ExperimentError> {
    for one in &answers.all {
        let files = each_answer!(&one.answer, own => own.files());
        for (name, text) in files {
            new.write(FileKind::Answer, name, text.as_bytes())?;
        }
    }
    Ok(())
}

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
