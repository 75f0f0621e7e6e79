//! The page of a run: made of what was found, and written into its folder.

use std::path::Path;

use flywheel::analysis::{Results, SweepResults};
use flywheel::chart::sweep::draw_all as draw_sweep;
use flywheel::chart::{Figure, draw_all};
use flywheel::experiment::write_whole;
use flywheel::report::{Findings, Picture, REPORT, Report};
use flywheel::scenario::{Language, Scenario};

/// What a run found, as far as its tables hold it.
pub enum Found {
    Series(Box<Results>),
    Points(SweepResults),
}

impl Found {
    /// The charts that show it.
    pub fn draw(&self, scenario: &Scenario) -> Vec<Figure> {
        match self {
            Self::Series(results) => draw_all(scenario, results),
            Self::Points(results) if results.axes.is_empty() => Vec::new(),
            Self::Points(results) => draw_sweep(scenario, results),
        }
    }

    /// Writes the page in a language, with these pictures where it draws nothing itself.
    pub fn write_report(
        &self,
        folder: &Path,
        scenario: &Scenario,
        language: Language,
        pictures: &[Picture<'_>],
    ) -> Result<(), String> {
        let report = Report {
            scenario,
            language,
            findings: match self {
                Self::Series(results) => Findings::Series(results),
                Self::Points(results) => Findings::Points(results),
            },
            pictures,
        };
        let path = folder.join(REPORT);
        write_whole(&path, report.to_html().as_bytes()).map_err(|error| error.to_string())
    }
}
