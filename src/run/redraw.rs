//! Charts and report of a finished run, made again from its tables.

use std::path::Path;

use super::drawing::{PictureFormat, paint};
use super::publish::write_pictures;
use super::{RunError, figures};
use crate::analysis::Findings;
use crate::analysis::kind::{Missing, read_all};
use crate::experiment::{Folder, Manifest, Publication, Renewed, SCENARIO, sound_manifest};
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
/// The folder's results are not those that its manifest names, or cannot be read, or the files not be written.
pub fn redraw(
    path: &Path,
    style: &[Override],
    formats: &[PictureFormat],
    with_data: bool,
) -> Result<Redrawn, RunError> {
    // before a folder is made where there is none
    Manifest::of(path)?;
    let folder = Folder::at(path.to_owned())?;
    // new pictures beside other tables would make these look like results
    let manifest = sound_manifest(path)?;
    let load = |overrides: &[Override]| Scenario::load(&path.join(SCENARIO), overrides);
    // the report tells of the file as it is, whatever the charts look like, but in their language
    let (stored, scenario) = (load(&[])?, load(style)?);
    let findings = Findings::read(path, &scenario)?;
    let (answers, missing) = read_all(path, &scenario)?;
    let figures = figures(&scenario, &findings, &answers);
    let pictures = paint(&figures, formats, with_data)?;
    let report = Report {
        scenario: &stored,
        language: scenario.chart_style.language,
        findings: &findings,
        pictures: &figures,
    };
    let new = Publication::begin(&folder)?;
    write_pictures(&new, &pictures, &report)?;
    new.finish(manifest, Renewed::Pictures)?;
    Ok(Redrawn {
        pictures: pictures.iter().filter(|file| file.is_picture()).count(),
        missing,
    })
}
