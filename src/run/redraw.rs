//! Charts and report of a finished run, made again from its tables.

use std::path::Path;

use super::drawing::{PictureFormat, paint};
use super::publish::{write_manifest, write_pictures, write_report};
use super::{RunError, figures};
use crate::analysis::Findings;
use crate::analysis::kind::{Missing, read_all};
use crate::experiment::{MANIFEST, Manifest};
use crate::report::Report;
use crate::scenario::{Override, Scenario};

/// What was drawn again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redrawn {
    /// Pictures that were written.
    pub pictures: usize,
    /// Analyses of which the run has no tables yet.
    pub missing: Vec<Missing>,
}

/// Draws the charts in the folder of a run again and writes its report; `style` are changes to how charts look.
///
/// # Errors
/// The tables cannot be read, or the files not be written.
pub fn redraw(
    folder: &Path,
    style: &[Override],
    formats: &[PictureFormat],
    with_data: bool,
) -> Result<Redrawn, RunError> {
    let load = |overrides: &[Override]| Scenario::load(&folder.join("scenario.toml"), overrides);
    // the report tells of the file as it is, whatever the charts look like, but in their language
    let (stored, scenario) = (load(&[])?, load(style)?);
    let findings = Findings::read(folder, &scenario)?;
    let (answers, missing) = read_all(folder, &scenario)?;
    let figures = figures(&scenario, &findings, &answers);
    let pictures = paint(&figures, formats, with_data)?;
    let report = Report {
        scenario: &stored,
        language: scenario.chart_style.language,
        findings: &findings,
        pictures: &figures,
    };
    write_pictures(folder, &pictures)?;
    write_report(folder, &report.to_html())?;
    if folder.join(MANIFEST).is_file() {
        write_manifest(folder, |folder| {
            let mut manifest = Manifest::read(folder)?;
            manifest.list_files(folder)?;
            Ok(manifest.to_json())
        })?;
    }
    Ok(Redrawn {
        pictures: pictures.iter().filter(|file| file.is_picture).count(),
        missing,
    })
}
