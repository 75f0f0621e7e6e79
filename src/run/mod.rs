//! A scenario's run, whole: from its cells to tables, charts, report and manifest in a folder.
//!
//! # Usual flow
//!
//! 1. [`Folder::prepare`] makes sure that results can be written.
//! 2. [`run`] simulates what is not done yet, answers the scenario's analyses and publishes all files; an
//!    [`Observer`] hears how it goes.
//! 3. [`Shown`] draws charts and report of a finished run from its tables; [`redraw`] writes them into its folder.
//!
//! [`write_index`] leads to the reports of several. [`run_part`] does one part of the cells, for machines that share the work.
//! [`Estimate`] tells beforehand how long a run will take, [`Speed`] what the machine does in a second.
//!
//! # Architecture
//!
//! `cells` fills tables and summaries, `drawing` turns figures into bytes. All files are written aside, into a
//! `Publication`, which puts them in place when nothing can fail any more but that.

mod again;
mod cells;
mod compare;
mod describe;
mod drawing;
mod error;
mod estimate;
mod index;
mod part;
mod publish;
mod redraw;
mod shown;
mod size;
mod speed;
mod stored;
mod verify;
mod wrong;

pub use again::{Again, Rerun};
pub use compare::{CompareError, ComparedRuns, FinishedRun, PairOfRuns};
pub use describe::{DescribeError, Described};
pub use drawing::PictureFormat;
pub use error::RunError;
pub use estimate::Estimate;
pub use index::{INDEX, write_index};
pub use part::run_part;
pub use redraw::{Redrawn, redraw};
pub use shown::Shown;
pub use size::Memory;
pub use speed::Speed;
pub use verify::{Verified, verify};
pub use wrong::{UnequalRows, Wrong};

use self::drawing::paint_unless;
use crate::analysis::hypotheses::{Hypotheses, HypothesesCollector};
use crate::analysis::kind::{Answers, Setting, answer_all, tables};
use crate::analysis::{Findings, Variants, VariantsCollector};
use crate::chart::{Figure, draw_answers, draw_findings, draw_hypotheses, draw_variants};
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
    /// Whether a run that was stopped makes tables and charts of what it has, which takes its time. Otherwise it stops
    /// at once, and what was in the folder stays; finished cells are kept there either way.
    pub partial: bool,
}

impl Options {
    /// Whether the run was stopped, and leaves nothing partial.
    fn gives_up(&self, runner: Runner<'_>) -> bool {
        !self.partial && runner.cancel.is_cancelled()
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            tables: vec![Format::Csv],
            pictures: vec![PictureFormat::Svg, PictureFormat::Png],
            data: false,
            fresh: false,
            partial: true,
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
    /// The figures of `summary`, by world.
    pub summaries: Vec<Summary>,
    /// What its variants found, if there are any.
    pub variants: Option<Variants>,
    /// What became of its hypotheses, if there are any.
    pub hypotheses: Option<Hypotheses>,
    /// Cells in the tables; without any, nothing was written, nor where a run was stopped that leaves nothing partial.
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
        variants: None,
        hypotheses: None,
        cells: done.taken,
        pictures: 0,
        complete: done.complete,
        design: design.clone(),
    };
    let given_up = || options.gives_up(runner);
    if ran.cells == 0 || given_up() {
        ran.complete &= !given_up();
        return Ok(ran);
    }
    let mut findings = Findings::of(done.collector.take(), &ran.design, &ran.summaries);
    let setting = Setting {
        scenario,
        journal: &journal,
        runner,
    };
    let answers = if ran.complete {
        answer_all(&setting, observer)?
    } else {
        Answers::default()
    };
    ran.complete &= !answers.stopped;
    findings.take(&answers);
    let variants = done.variants.take().map(VariantsCollector::finish);
    if let Some(collector) = done.hypotheses.as_mut().filter(|_| ran.complete) {
        ran.complete &= collector.take_analyses(&setting, observer)?;
    }
    let mut hypotheses = done.hypotheses.as_ref().map(HypothesesCollector::judge);
    if let Some(found) = hypotheses.as_mut().filter(|_| ran.complete) {
        ran.complete &= found.examine(&setting, ran.manifest.replicates, observer)?;
    }
    let compared = Compared {
        variants: variants.as_ref(),
        hypotheses: hypotheses.as_ref(),
    };
    let figures = figures(scenario, &findings, compared, &answers);
    let report = Report {
        scenario,
        language: scenario.chart_style.language,
        findings: &findings,
        variants: variants.as_ref(),
        hypotheses: hypotheses.as_ref(),
        pictures: &figures,
    };
    let (formats, with_data) = (&options.pictures, options.data);
    let pictures =
        (runner.pool).install(|| paint_unless(&figures, formats, with_data, &given_up))?;
    if given_up() {
        ran.complete = false;
        return Ok(ran);
    }
    ran.pictures = pictures.iter().filter(|file| file.is_picture()).count();
    if !ran.complete {
        ran.manifest.status = Status::Interrupted;
    }
    let mut whole = tables(&answers.all);
    if let Some(variants) = &variants {
        whole.extend(variants.tables(&ran.design));
    }
    whole.extend((hypotheses.iter()).flat_map(|found| found.tables(ran.design.is_sweep())));
    done.output
        .complete(scenario, &ran.design, &ran.summaries, &whole)?;
    publish::write_pictures(&new, &pictures, &report)?;
    publish::write_files(&new, &answers)?;
    ran.manifest.took(&stopwatch);
    ran.manifest = new.finish(ran.manifest, Renewed::All)?;
    ran.variants = variants;
    ran.hypotheses = hypotheses;
    // the results are in place: cells that cannot be dropped are only in the way
    let _ = journal.tidy();
    Ok(ran)
}

/// What a run compares, if anything.
#[derive(Clone, Copy)]
struct Compared<'a> {
    variants: Option<&'a Variants>,
    hypotheses: Option<&'a Hypotheses>,
}

/// All charts of a run.
fn figures(
    scenario: &Scenario,
    findings: &Findings,
    compared: Compared<'_>,
    answers: &Answers,
) -> Vec<Figure> {
    let mut figures = draw_findings(scenario, findings);
    let hypotheses = compared
        .hypotheses
        .and_then(|found| draw_hypotheses(scenario, found));
    figures.extend(hypotheses);
    if let Some(variants) = compared.variants {
        figures.extend(draw_variants(scenario, findings, variants));
    }
    figures.extend(draw_answers(scenario, &answers.all));
    figures
}
