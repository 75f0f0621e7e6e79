//! Charts and report of a finished run, made again from its tables.

use std::path::Path;

use super::drawing::{PictureFormat, paint};
use super::publish::write_pictures;
use super::{RunError, Shown};
use crate::analysis::kind::Missing;
use crate::experiment::{Folder, Manifest, Publication, Renewed};
use crate::scenario::Override;

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
    let shown = Shown::read(path, style)?;
    let pictures = paint(&shown.figures, formats, with_data)?;
    let new = Publication::begin(&folder)?;
    write_pictures(&new, &pictures, &shown.report())?;
    new.finish(shown.manifest, Renewed::Pictures)?;
    Ok(Redrawn {
        pictures: pictures.iter().filter(|file| file.is_picture()).count(),
        missing: shown.missing,
    })
}
