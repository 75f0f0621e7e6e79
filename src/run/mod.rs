//! A scenario's run, whole: from its cells to tables, charts, report and manifest in a folder.
//!
//! # Usual flow
//!
//! 1. [`Folder::prepare`] makes sure that results can be written.
//! 2. [`run`] simulates what is not done yet, answers the scenario's analyses and publishes all files; an
//!    [`Observer`] hears how it goes.
//! 3. [`redraw`] makes charts and report again, from the tables of a finished run.
//!
//! [`run_part`] does one part of the cells, for machines that share the work.
//!
//! # Architecture
//!
//! `cells` fills tables and summaries, `drawing` turns figures into bytes, and `publish` alone puts files in place, after all that
//! can fail was done aside.

mod cells;
mod drawing;
mod error;
mod part;
mod publish;
mod redraw;

pub use drawing::PictureFormat;
pub use error::RunError;
pub use part::run_part;
pub use redraw::{Redrawn, redraw};

use crate::analysis::Findings;
use crate::analysis::kind::{Answers, Setting, answer_all};
use crate::chart::{Figure, draw_answers, draw_findings};
use crate::experiment::{Design, Folder, Manifest, Observer, Runner, Status, Stopwatch, Summary};
use crate::report::Report;
use crate::scenario::Scenario;
use crate::table::Format;

/// What is made of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Formats of tables, each once.
    pub tables: Vec<Format>,
    /// Formats of charts, each once; none for no charts.
    pub pictures: Vec<PictureFormat>,
    /// Whether the numbers of every chart stand beside it.
    pub data: bool,
    /// Whether cells that an earlier run finished are dropped.
    pub fresh: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            tables: vec![Format::Csv],
            pictures: vec![PictureFormat::Svg, PictureFormat::Png],
            data: false,
            fresh: false,
        }
    }
}

/// A run that came to its end, or was stopped; what it found is in its folder.
#[derive(Debug)]
pub struct Ran {
    /// How it went.
    pub manifest: Manifest,
    /// The points of its sweep.
    pub design: Design,
    /// The figures of `summary`, by point.
    pub summaries: Vec<Summary>,
    /// Cells in the tables; without any, nothing was written.
    pub cells: u64,
    /// Pictures that were written.
    pub pictures: usize,
    /// Whether all was done, that is, whether nobody asked to stop.
    pub complete: bool,
}

/// Runs a scenario into its folder.
///
/// # Errors
/// Something could not be simulated, answered, drawn or written; what was in the folder is still there.
pub fn run(
    scenario: &Scenario,
    folder: &Folder,
    options: &Options,
    runner: Runner<'_>,
    observer: &mut dyn Observer,
) -> Result<Ran, RunError> {
    let stopwatch = Stopwatch::start();
    let design = Design::new(scenario)?;
    let place = cells::Place {
        scenario,
        folder,
        design: &design,
        runner,
        options,
    };
    let mut done = cells::simulate(&place, observer)?;
    let mut ran = Ran {
        manifest: done.manifest,
        summaries: done.summaries,
        cells: done.taken,
        pictures: 0,
        complete: done.complete,
        design,
    };
    if ran.cells == 0 {
        return Ok(ran);
    }
    let findings = Findings::of(done.collector.take(), &ran.design, &ran.summaries);
    let answers = if ran.complete {
        let setting = Setting {
            scenario,
            folder,
            runner,
            fresh: options.fresh,
        };
        answer_all(&setting, observer)?
    } else {
        Answers::default()
    };
    ran.complete &= !answers.stopped;
    let figures = figures(scenario, &findings, &answers);
    let report = Report {
        scenario,
        language: scenario.chart_style.language,
        findings: &findings,
        pictures: &figures,
    };
    let report = report.to_html();
    let pictures = runner
        .pool
        .install(|| drawing::paint(&figures, &options.pictures, options.data))?;
    ran.pictures = pictures.iter().filter(|file| file.is_picture).count();
    if !ran.complete {
        ran.manifest.status = Status::Interrupted;
    }
    let results = publish::Results {
        scenario,
        design: &ran.design,
        summaries: &ran.summaries,
        output: done.output,
        answers: &answers.all,
        pictures: &pictures,
        report: &report,
    };
    results.publish(folder, &options.tables, |files| {
        ran.manifest.took(&stopwatch);
        ran.manifest.list_files(files)?;
        Ok(ran.manifest.to_json())
    })?;
    Ok(ran)
}

/// All charts of a run.
fn figures(scenario: &Scenario, findings: &Findings, answers: &Answers) -> Vec<Figure> {
    let mut figures = draw_findings(scenario, findings);
    figures.extend(draw_answers(scenario, &answers.all));
    figures
}
