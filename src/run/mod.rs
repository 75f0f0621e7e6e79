//! A scenario's run, whole: from its cells to tables, charts, report and manifest in a folder.
//!
//! # Usual flow
//!
//! 1. [`Folder::prepare`] makes sure that results can be written.
//! 2. [`run`] simulates what is not done yet, answers the scenario's analyses and publishes all files; an
//!    [`Observer`] hears how it goes.
//! 3. [`Shown`] draws charts and report of a finished run from its tables; [`redraw`] writes them into its folder.
//!
//! [`run_part`] does one part of the cells, for machines that share the work.
//!
//! # Architecture
//!
//! `cells` fills tables and summaries, `drawing` turns figures into bytes. All files are written aside, into a
//! `Publication`, which puts them in place when nothing can fail any more but that.

mod again;
mod cells;
mod compare;
mod drawing;
mod error;
mod part;
mod publish;
mod redraw;
mod shown;
mod size;
mod stored;
mod verify;
mod wrong;

pub use again::{Again, Rerun};
pub use compare::{CompareError, ComparedRuns, FinishedRun, PairOfRuns};
pub use drawing::PictureFormat;
pub use error::RunError;
pub use part::run_part;
pub use redraw::{Redrawn, redraw};
pub use shown::Shown;
pub use size::Memory;
pub use verify::{Verified, verify};
pub use wrong::{UnequalRows, Wrong};

use crate::analysis::Findings;
use crate::analysis::kind::{Answers, Setting, answer_all, tables};
use crate::chart::{Figure, draw_answers, draw_findings};
use crate::experiment::{
    Design, Folder, Manifest, Observer, Publication, Renewed, Runner, Status, Stopwatch, Summary,
};
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
    let journal = folder.journal(options.fresh)?;
    let new = Publication::begin(folder)?;
    let place = cells::Place {
        scenario,
        journal: &journal,
        new: &new,
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
        design: design.clone(),
    };
    if ran.cells == 0 {
        return Ok(ran);
    }
    let mut findings = Findings::of(done.collector.take(), &ran.design, &ran.summaries);
    let answers = if ran.complete {
        let setting = Setting {
            scenario,
            journal: &journal,
            runner,
        };
        answer_all(&setting, observer)?
    } else {
        Answers::default()
    };
    ran.complete &= !answers.stopped;
    findings.take(&answers);
    let figures = figures(scenario, &findings, &answers);
    let report = Report {
        scenario,
        language: scenario.chart_style.language,
        findings: &findings,
        pictures: &figures,
    };
    let pictures = runner
        .pool
        .install(|| drawing::paint(&figures, &options.pictures, options.data))?;
    ran.pictures = pictures.iter().filter(|file| file.is_picture()).count();
    if !ran.complete {
        ran.manifest.status = Status::Interrupted;
    }
    let of_analyses = tables(&answers.all);
    done.output
        .complete(scenario, &ran.design, &ran.summaries, &of_analyses)?;
    publish::write_pictures(&new, &pictures, &report)?;
    ran.manifest.took(&stopwatch);
    ran.manifest = new.finish(ran.manifest, Renewed::All)?;
    // the results are in place: cells that cannot be dropped are only in the way
    let _ = journal.tidy();
    Ok(ran)
}

/// All charts of a run.
fn figures(scenario: &Scenario, findings: &Findings, answers: &Answers) -> Vec<Figure> {
    let mut figures = draw_findings(scenario, findings);
    figures.extend(draw_answers(scenario, &answers.all));
    figures
}
