//! The files of a run, put in place.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

use super::RunError;
use super::drawing::Painted;
use crate::analysis::kind::{AnalysisKind, Answered, Kind, each_kind, tables};
use crate::chart::ChartKind;
use crate::experiment::{
    Design, Folder, MANIFEST, Output, OutputError, Summary, write_table, write_whole,
};
use crate::report::REPORT;
use crate::scenario::Scenario;
use crate::table::Format;

/// The folder of charts in that of a run.
const CHARTS: &str = "charts";

/// All that a run publishes.
pub struct Results<'a> {
    pub scenario: &'a Scenario,
    pub design: &'a Design,
    pub summaries: &'a [Summary],
    /// The tables of its own cells, aside.
    pub output: Output,
    pub answers: &'a [Answered],
    pub pictures: &'a [Painted],
    pub report: &'a str,
}

impl Results<'_> {
    /// Puts all files in place; the manifest, which is made when the others are there, comes last.
    pub fn publish(
        self,
        folder: &Folder,
        formats: &[Format],
        manifest: impl FnOnce(&Path) -> io::Result<String>,
    ) -> Result<(), RunError> {
        let path = folder.path();
        self.output
            .publish(self.scenario, self.design, self.summaries)?;
        for (table, batch) in tables(self.answers) {
            write_table(folder, self.scenario, formats, table, &batch)?;
        }
        remove_charts(path)?;
        write_pictures(path, self.pictures)?;
        write_report(path, self.report)?;
        write_manifest(path, manifest)
    }
}

/// Writes pictures into the folder of charts.
pub fn write_pictures(folder: &Path, pictures: &[Painted]) -> Result<(), OutputError> {
    if pictures.is_empty() {
        return Ok(());
    }
    let charts = folder.join(CHARTS);
    std::fs::create_dir_all(&charts).map_err(|source| OutputError {
        path: charts.clone(),
        source,
    })?;
    let mut files = pictures.iter();
    files.try_for_each(|file| write_whole(&charts.join(&file.name), &file.bytes))
}

/// Writes the page.
pub fn write_report(folder: &Path, html: &str) -> Result<(), OutputError> {
    write_whole(&folder.join(REPORT), html.as_bytes())
}

/// Writes a manifest, made of the files that are there.
pub fn write_manifest(
    folder: &Path,
    manifest: impl FnOnce(&Path) -> io::Result<String>,
) -> Result<(), RunError> {
    let json = manifest(folder).map_err(|source| RunError::Unreadable {
        path: folder.to_owned(),
        source,
    })?;
    Ok(write_whole(&folder.join(MANIFEST), json.as_bytes())?)
}

/// Removes the charts that an earlier run left.
fn remove_charts(folder: &Path) -> Result<(), OutputError> {
    for path in own_charts(folder) {
        std::fs::remove_file(&path).map_err(|source| OutputError { path, source })?;
    }
    // the system refuses if the folder holds anything else
    let _ = std::fs::remove_dir(folder.join(CHARTS));
    Ok(())
}

/// The charts that runs have drawn in a folder; files of other names are the user's.
fn own_charts(folder: &Path) -> Vec<PathBuf> {
    let kinds = ChartKind::ALL.map(ChartKind::name);
    let analyses = AnalysisKind::ALL
        .iter()
        .map(|kind| each_kind!(kind, Own => <Own as Kind>::NAME));
    let prefixes: Vec<&str> = analyses.chain(["sweep-"]).collect();
    let ours = |name: &str| {
        kinds.contains(&name) || prefixes.iter().any(|prefix| name.starts_with(prefix))
    };
    let entries = std::fs::read_dir(folder.join(CHARTS));
    let paths = entries.into_iter().flatten().flatten();
    let is_ours = |path: &PathBuf| {
        let part = |part: Option<&OsStr>| {
            part.map(|part| part.to_string_lossy().into_owned())
                .unwrap_or_default()
        };
        let drawn = ["svg", "png", "gif", "csv"].contains(&part(path.extension()).as_str());
        drawn && ours(&part(path.file_stem()))
    };
    paths.map(|entry| entry.path()).filter(is_ours).collect()
}
