//! Options that several commands share, and the scenarios that paths stand for.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use flywheel::scenario::{Override, Scenario, scenario_files};
use flywheel::table::Format;

use super::terminal;

/// The table formats of a run, as on the command line: `csv`, `parquet` or `csv,parquet`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    /// Comma-separated values
    Csv,
    /// Apache Parquet
    Parquet,
}

impl From<TableFormat> for Format {
    fn from(format: TableFormat) -> Self {
        match format {
            TableFormat::Csv => Self::Csv,
            TableFormat::Parquet => Self::Parquet,
        }
    }
}

/// The chart formats of a run: `svg`, `png`, `svg,png` or `none`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ChartFormat {
    /// Vector graphics
    Svg,
    /// Pixels, 2000 wide
    Png,
    /// No charts
    None,
}

/// The chart formats asked for, without repetition; `none` only alone.
///
/// Returns none, after a message, if `none` stands beside others.
pub fn chart_formats(given: &[ChartFormat]) -> Option<Vec<ChartFormat>> {
    if given == [ChartFormat::None] {
        return Some(Vec::new());
    }
    if given.contains(&ChartFormat::None) {
        terminal::error(
            "`--charts none` cannot be combined with other formats: leave out `none` or the others",
        );
        return None;
    }
    let wanted = [ChartFormat::Svg, ChartFormat::Png];
    Some(
        wanted
            .into_iter()
            .filter(|format| given.contains(format))
            .collect(),
    )
}

/// The checked scenarios that paths stand for; none, after all problems were printed, if there is one.
pub fn load_scenarios(paths: &[PathBuf], set: &[String]) -> Option<Vec<Scenario>> {
    let mut sound = true;
    let mut overrides = Vec::new();
    for text in set {
        match Override::parse(text) {
            Ok(parsed) => overrides.push(parsed),
            Err(problems) => {
                terminal::problems(&problems);
                sound = false;
            }
        }
    }
    let mut files = Vec::new();
    for path in paths {
        match scenario_files(std::slice::from_ref(path)) {
            Ok(found) => files.extend(found),
            Err(problems) => {
                terminal::problems(&problems);
                sound = false;
            }
        }
    }
    let mut scenarios = Vec::new();
    let mut names: BTreeMap<String, PathBuf> = BTreeMap::new();
    for file in files {
        match Scenario::load(&file, &overrides) {
            Ok(scenario) => {
                if let Some(other) = names.insert(scenario.name.clone(), file.clone()) {
                    terminal::error(same_name(&scenario.name, &other, &file));
                    sound = false;
                }
                scenarios.push(scenario);
            }
            Err(problems) => {
                terminal::problems(&problems);
                sound = false;
            }
        }
    }
    sound.then_some(scenarios)
}

/// What to do about two scenarios that would write to the same folder.
fn same_name(name: &str, one: &Path, other: &Path) -> String {
    let place = |file: &Path| std::fs::canonicalize(file).ok();
    if place(one) == place(other) {
        return format!("{} is given twice: leave it out once", other.display());
    }
    format!(
        "{} and {} are both named `{name}` and would write to the same folder: give one of them another `name`",
        one.display(),
        other.display()
    )
}
