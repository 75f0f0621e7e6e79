//! What a log of purchases says, as a table and charts.

use std::path::Path;

use thiserror::Error;

use super::drawing::paint;
use super::{Options, RunError};
use crate::chart::draw_log;
use crate::experiment::{ExperimentError, Filled, VERSION, write_parts, write_whole};
use crate::log::{Log, LogError, Reading, Statistic};
use crate::scenario::{Diagnostics, Override, Scenario};
use crate::table::StatisticRow;

/// A log of purchases that was read.
#[derive(Debug)]
pub struct Described {
    /// The log.
    pub log: Log,
    /// A scenario with its firms and customers, which says how charts look.
    scenario: Scenario,
}

/// Why a log is not described.
#[derive(Debug, Error)]
pub enum DescribeError {
    /// It cannot be read.
    #[error(transparent)]
    Log(#[from] LogError),
    /// What charts shall look like is not valid.
    #[error(transparent)]
    Style(#[from] Diagnostics),
}

impl Described {
    /// Reads a log; `style` are changes to how charts look.
    ///
    /// # Errors
    /// The log cannot be read, or a change is not valid.
    pub fn read(path: &Path, reading: &Reading, style: &[Override]) -> Result<Self, DescribeError> {
        let log = Log::read(path, reading)?;
        let scenario = Scenario::from_toml_with(&log.market(), "the log", "log", style)?;
        Ok(Self { log, scenario })
    }

    /// The table `statistics` and the charts, into a folder.
    ///
    /// # Errors
    /// A file cannot be written, or a chart not be painted.
    pub fn write(&self, folder: &Path, options: &Options) -> Result<(), RunError> {
        let made = std::fs::create_dir_all(folder);
        made.map_err(|source| ExperimentError::Write {
            path: folder.to_owned(),
            source,
        })?;
        let names: Vec<&str> = self
            .log
            .firms
            .iter()
            .map(|firm| firm.name.as_str())
            .collect();
        let statistics = self.log.statistics();
        let firms: Vec<String> = statistics
            .iter()
            .map(|(one, _)| one.firm_in(&names))
            .collect();
        let row = |((one, value), firm): ((Statistic, f64), _)| StatisticRow {
            statistic: one.kind.name(),
            firm,
            from: i64::from(one.from),
            to: i64::from(one.to),
            value,
        };
        let rows = statistics
            .iter()
            .copied()
            .zip(firms.iter().map(String::as_str))
            .map(row);
        let filled = Filled::plain(StatisticRow::batch(rows));
        let metadata = vec![("flywheel.version".to_owned(), VERSION.to_owned())];
        write_parts(folder, &metadata, &options.tables, &filled)?;
        if options.pictures.is_empty() {
            return Ok(());
        }
        for file in paint(
            &draw_log(&self.scenario, &self.log),
            &options.pictures,
            options.data,
        )? {
            write_whole(&folder.join(&file.name), &file.bytes)?;
        }
        Ok(())
    }
}
