//! Runs of scenarios.

use std::path::PathBuf;

use flywheel::experiment::{Folder, Runner};
use flywheel::run::{Options, PictureFormat, RunError, run};
use flywheel::scenario as library;
use flywheel::scenario::Override;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use tempfile::TempDir;

use crate::error::{of_other, of_run};
use crate::run::Run;
use crate::scenario::Scenario;
use crate::work::interruptible;

// beside the other methods, it would have scenarios know runs, which know their scenario
#[pymethods]
impl Scenario {
    /// Runs the scenario: all replicates of all points, and its analyses, over all cores (or `threads`).
    ///
    /// `replicates` and `seed` take the place of the scenario's. With `output`, the run's files go to a folder of the scenario's
    /// name in it, byte for byte those of the command `flywheel run`, and what an earlier run finished there is used unless
    /// `fresh`; otherwise they go with the Run. `progress` is True or False, or an object with the methods of `flywheel.Progress`;
    /// left out, a terminal or notebook shows how far the run has come. Ctrl-C stops it: what was in the folder stays, and the same
    /// call goes on from the cells that were finished.
    #[pyo3(signature = (
        replicates=None, *, seed=None, threads=None, progress=None, output=None,
        formats=vec!["csv".to_owned()], charts=None, data=false, fresh=false
    ))]
    #[pyo3(
        text_signature = "($self, replicates=None, *, seed=None, threads=None, progress=None, output=None, formats=('csv',), charts=None, data=False, fresh=False)"
    )]
    #[expect(clippy::too_many_arguments, reason = "each is a keyword of its own")]
    fn run(
        &self,
        py: Python<'_>,
        replicates: Option<i64>,
        seed: Option<i64>,
        threads: Option<usize>,
        progress: Option<&Bound<'_, PyAny>>,
        output: Option<PathBuf>,
        formats: Vec<String>,
        charts: Option<Vec<String>>,
        data: bool,
        fresh: bool,
    ) -> PyResult<Run> {
        let own = |(key, value): (&str, Option<i64>)| {
            Some(Override::new(&format!("simulation.{key}"), value?))
        };
        let changes = [("replicates", replicates), ("seed", seed)];
        let changed = self.with(py, changes.into_iter().filter_map(own).collect())?;
        let scenario = &changed.checked;
        let charts = charts.unwrap_or_else(|| match &output {
            Some(_) => vec!["svg".to_owned(), "png".to_owned()],
            None => Vec::new(),
        });
        let options = Options {
            tables: each_once(&formats, str::parse)?,
            pictures: each_once(&charts, picture)?,
            data,
            fresh,
            partial: false,
        };
        let kept = output.is_none().then(TempDir::new).transpose()?;
        let own = kept.as_ref().map(|kept| kept.path().to_owned());
        let parent = output.or(own).unwrap_or_default();
        let display = display(py, progress, scenario)?;
        let done = interruptible(py, display.as_ref(), |cancel, observer| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.unwrap_or(0));
            let pool = pool.build().map_err(|error| error.to_string())?;
            let folder = Folder::prepare(&parent, scenario).map_err(|error| error.to_string())?;
            let runner = Runner {
                pool: &pool,
                cancel,
            };
            let ran = run(scenario, &folder, &options, runner, observer);
            Ok((folder.path().to_owned(), ran))
        })?;
        let (folder, ran) = done.map_err(|error: String| of_other(error))?;
        let ran = ran.map_err(|error: RunError| of_run(py, &error))?;
        if let Some(failed) = ran.manifest.failed.first() {
            return Err(of_other(format!(
                "{} cells failed, the first of them, point {}, replicate {}: {}",
                ran.manifest.failed.len(),
                failed.point,
                failed.replicate,
                failed.cause
            )));
        }
        Run::open(py, folder, kept)
    }
}

/// What shows the progress of a run, if anything does.
fn display(
    py: Python<'_>,
    progress: Option<&Bound<'_, PyAny>>,
    scenario: &library::Scenario,
) -> PyResult<Option<Py<PyAny>>> {
    let keywords = PyDict::new(py);
    keywords.set_item("periods", scenario.simulation.periods)?;
    let module = py.import("flywheel._progress")?;
    let display = module.call_method("display", (progress, &scenario.name), Some(&keywords))?;
    Ok((!display.is_none()).then(|| display.unbind()))
}

/// Names as formats, each once.
fn each_once<T: PartialEq>(
    names: &[String],
    format: impl Fn(&str) -> Result<T, String>,
) -> PyResult<Vec<T>> {
    let mut all = Vec::new();
    for name in names {
        let one = format(name).map_err(PyValueError::new_err)?;
        if !all.contains(&one) {
            all.push(one);
        }
    }
    Ok(all)
}

fn picture(name: &str) -> Result<PictureFormat, String> {
    match name {
        "svg" => Ok(PictureFormat::Svg),
        "png" => Ok(PictureFormat::Png),
        _ => Err(format!("unknown format `{name}`: use svg or png")),
    }
}
