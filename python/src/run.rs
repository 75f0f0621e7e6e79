//! A finished run: its tables, charts and report.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use flywheel::experiment::{Design, MANIFEST, Manifest, SCENARIO};
use flywheel::run::{PairOfRuns, Shown};
use flywheel::scenario as library;
use flywheel::scenario::Override;
use flywheel::table::{self, ALL, Batch, Format, Numbering, POINT, Values, Vocabulary};
use pyo3::exceptions::PyKeyError;
use pyo3::prelude::*;
use tempfile::TempDir;

use crate::chart::Chart;
use crate::column::Column;
use crate::error::{of_other, of_run, of_scenario};
use crate::scenario::Scenario;
use crate::table::{Table, escaped};

/// A finished run: its tables, charts and report, read from its folder when they are asked for.
///
/// `run.summary`, `run.firms`, `run.market` and `run.periods` are tables; `run["feedback"]` is any other, and `run.tables` names
/// all that there are. In a notebook a run shows what it found.
#[pyclass(frozen, module = "flywheel")]
pub struct Run {
    folder: PathBuf,
    scenario: Scenario,
    /// Removes the folder with the run, where nobody asked to keep it.
    _kept: Option<TempDir>,
    read: Mutex<BTreeMap<&'static str, Py<Table>>>,
    shown: Mutex<Option<Arc<Shown>>>,
}

impl Run {
    /// A run that is in a folder; `kept` removes the folder with it.
    pub fn open(py: Python<'_>, folder: PathBuf, kept: Option<TempDir>) -> PyResult<Self> {
        Manifest::of(&folder).map_err(|error| of_run(py, &error.into()))?;
        let scenario = library::Scenario::load(&folder.join(SCENARIO), &[]);
        let scenario = scenario.map_err(|problems| of_scenario(py, &problems))?;
        Ok(Self {
            folder,
            scenario: Scenario::of(scenario),
            _kept: kept,
            read: Mutex::default(),
            shown: Mutex::default(),
        })
    }

    /// A table, read when it is first asked for.
    fn table(&self, py: Python<'_>, name: &str) -> PyResult<Py<Table>> {
        let Some(definition) = ALL.into_iter().find(|table| table.name == name) else {
            let known = ALL.map(|table| table.name).join(", ");
            return Err(PyKeyError::new_err(format!(
                "there is no table {name:?}; there may be {known}"
            )));
        };
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(table) = read.get(definition.name) {
            return Ok(table.clone_ref(py));
        }
        let numbering = self.design(py)?.numbering();
        let (mut all, mut worlds) = (Batch::new(definition, Arc::default()), Vec::new());
        let found = py.detach(|| {
            table::read(&self.folder, definition, &numbering, |batch, of| {
                all.append(batch);
                worlds.extend_from_slice(of);
            })
        });
        found.map_err(|error| of_run(py, &error.into()))?;
        let table = Py::new(py, Table::of_batch(all, &numbering, &worlds))?;
        read.insert(definition.name, table.clone_ref(py));
        Ok(table)
    }

    /// What the run shows, with changes to how charts look; without changes it is drawn once.
    fn shown(&self, py: Python<'_>, style: &[Override]) -> PyResult<Arc<Shown>> {
        let usual = || self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        if style.is_empty()
            && let Some(shown) = &*usual()
        {
            return Ok(Arc::clone(shown));
        }
        let shown = py.detach(|| Shown::read(&self.folder, style).map(Arc::new));
        let shown = shown.map_err(|error| of_run(py, &error))?;
        if style.is_empty() {
            *usual() = Some(Arc::clone(&shown));
        }
        Ok(shown)
    }

    fn design(&self, py: Python<'_>) -> PyResult<Design> {
        Design::new(&self.scenario.checked).map_err(|problems| of_scenario(py, &problems))
    }
}

#[pymethods]
impl Run {
    /// The scenario that was run, complete.
    #[getter]
    fn scenario(&self) -> Scenario {
        self.scenario.clone()
    }

    /// Where its files are; of a run without `output`, a folder that goes with it.
    #[getter]
    fn folder(&self) -> &Path {
        &self.folder
    }

    /// How it went, and with which version and seed: what is in manifest.json, as a dict.
    #[getter]
    fn manifest<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let text = std::fs::read_to_string(self.folder.join(MANIFEST))?;
        py.import("json")?.call_method1("loads", (text,))
    }

    /// The tables that there are.
    #[getter]
    fn tables(&self) -> Vec<&'static str> {
        let is_there = |table: &&flywheel::table::Definition| {
            Format::ALL
                .into_iter()
                .any(|format| format.path(&self.folder, table).is_file())
        };
        ALL.into_iter()
            .filter(is_there)
            .map(|table| table.name)
            .collect()
    }

    fn __getitem__(&self, py: Python<'_>, table: &str) -> PyResult<Py<Table>> {
        self.table(py, table)
    }

    /// One row per firm and quantity: its mean over the last tenth of the periods, with a 95 % interval.
    #[getter]
    fn summary(&self, py: Python<'_>) -> PyResult<Py<Table>> {
        self.table(py, "summary")
    }

    /// One row per replicate, period and firm.
    #[getter]
    fn firms(&self, py: Python<'_>) -> PyResult<Py<Table>> {
        self.table(py, "firms")
    }

    /// One row per replicate, period and population.
    #[getter]
    fn market(&self, py: Python<'_>) -> PyResult<Py<Table>> {
        self.table(py, "market")
    }

    /// One row per replicate, period, firm and population.
    #[getter]
    fn periods(&self, py: Python<'_>) -> PyResult<Py<Table>> {
        self.table(py, "periods")
    }

    /// The points of a sweep with their values; one row, without values, of a run without a sweep.
    #[getter]
    fn points(&self, py: Python<'_>) -> PyResult<Table> {
        let design = self.design(py)?;
        let point = Values::Integer((0..i64::from(design.len())).collect());
        let mut names = Vocabulary::default();
        let mut columns = vec![Column::new(POINT.name, POINT.description, point)];
        for (place, path) in design.columns().iter().enumerate() {
            let values: Vec<toml::Value> = (0..design.len())
                .filter_map(|point| design.values(point).get(place).cloned())
                .collect();
            let values = of_axis(&values, &mut names);
            columns.push(Column::new(path, "Value of the parameter.", values));
        }
        Ok(Table::new("points", columns, names))
    }

    /// The charts that the run draws; `chart` draws some more on demand.
    #[getter]
    fn charts(&self, py: Python<'_>) -> PyResult<Vec<String>> {
        let shown = self.shown(py, &[])?;
        Ok(shown
            .figures
            .iter()
            .map(|figure| figure.name().to_owned())
            .collect())
    }

    /// A chart, such as share; theme is screen, paper, slide or print, language en, es or nl, width and height are in pixels,
    /// font_scale is a factor.
    #[pyo3(signature = (name, *, theme=None, language=None, width=None, height=None, font_scale=None))]
    #[expect(clippy::too_many_arguments, reason = "each is a keyword of its own")]
    fn chart(
        &self,
        py: Python<'_>,
        name: &str,
        theme: Option<&str>,
        language: Option<&str>,
        width: Option<u32>,
        height: Option<u32>,
        font_scale: Option<f64>,
    ) -> PyResult<Chart> {
        let text = |value: &str| toml::Value::String(value.to_owned());
        let style = [
            ("theme", theme.map(text)),
            ("language", language.map(text)),
            (
                "width",
                width.map(|width| toml::Value::Integer(width.into())),
            ),
            (
                "height",
                height.map(|height| toml::Value::Integer(height.into())),
            ),
            ("font_scale", font_scale.map(toml::Value::Float)),
        ];
        let set = |(key, value)| Some(Override::new(&format!("chart_style.{key}"), value?));
        let style: Vec<Override> = style.into_iter().filter_map(set).collect();
        let shown = self.shown(py, &style)?;
        let figure = py.detach(|| shown.chart(name));
        figure.map(Chart).ok_or_else(|| {
            let there: Vec<&str> = shown.figures.iter().map(|figure| figure.name()).collect();
            PyKeyError::new_err(format!(
                "this run has no chart {name:?}; it has {}",
                there.join(", ")
            ))
        })
    }

    /// What the analyses of the scenario found, in sentences.
    #[getter]
    fn findings(&self, py: Python<'_>) -> PyResult<Vec<String>> {
        Ok(self.shown(py, &[])?.sentences())
    }

    /// The report, one page of HTML that needs nothing else; written to a file where `path` is given.
    #[pyo3(signature = (path=None))]
    fn report(&self, py: Python<'_>, path: Option<PathBuf>) -> PyResult<String> {
        let shown = self.shown(py, &[])?;
        let page = py.detach(|| shown.report().to_html());
        if let Some(path) = path {
            std::fs::write(path, &page)?;
        }
        Ok(page)
    }

    fn __repr__(&self) -> String {
        let scenario = &self.scenario.checked;
        format!(
            "<flywheel.Run {}: {}>",
            scenario.name,
            self.folder.display()
        )
    }

    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        let scenario = &self.scenario.checked;
        let title = match scenario.title.as_str() {
            "" => &scenario.name,
            title => title,
        };
        let mut page = format!("<h3>{}</h3>", escaped(title));
        for sentence in self.findings(py)? {
            page += &format!("<p>{}</p>", escaped(&sentence));
        }
        match self.shown(py, &[])?.figures.first() {
            Some(figure) => page += figure.svg(),
            None => {
                page += &self
                    .summary(py)?
                    .bind(py)
                    .call_method0("_repr_html_")?
                    .extract::<String>()?
            }
        }
        Ok(page)
    }
}

/// The values of an axis as a column: numbers if they all are, else texts.
fn of_axis(values: &[toml::Value], names: &mut Vocabulary) -> Values {
    let number = |value: &toml::Value| match value {
        toml::Value::Integer(number) => Some(*number as f64),
        toml::Value::Float(number) => Some(*number),
        _ => None,
    };
    let whole = values
        .iter()
        .map(toml::Value::as_integer)
        .collect::<Option<Vec<_>>>();
    let numbers = values.iter().map(number).collect::<Option<Vec<_>>>();
    let flags = values
        .iter()
        .map(toml::Value::as_bool)
        .collect::<Option<Vec<_>>>();
    match (whole, numbers, flags) {
        (Some(whole), _, _) => Values::Integer(whole),
        (_, Some(numbers), _) => Values::Number(numbers),
        (_, _, Some(flags)) => Values::Flag(flags),
        _ => {
            let text = |value: &toml::Value| match value.as_str() {
                Some(text) => names.label(text),
                None => names.label(&value.to_string()),
            };
            Values::Text(values.iter().map(text).collect())
        }
    }
}

/// A finished run in its folder, such as output/coach.
#[pyfunction]
pub fn load(py: Python<'_>, folder: PathBuf) -> PyResult<Run> {
    Run::open(py, folder, None)
}

/// What differs between two runs with the same seed, replicate by replicate: the table comparison.
#[pyfunction]
pub fn compare(py: Python<'_>, base: &Run, other: &Run) -> PyResult<Table> {
    let compared = py.detach(|| {
        let pair = PairOfRuns::open(&base.folder, &other.folder)?;
        Ok::<_, flywheel::run::CompareError>((pair.is_sweep(), pair.compare()?.comparison))
    });
    let (swept, comparison) = compared.map_err(of_other)?;
    let (mut all, mut points) = (Batch::new(&table::COMPARISON, Arc::default()), Vec::new());
    for point in comparison.points() {
        let rows = comparison.table(point);
        if swept {
            points.extend(std::iter::repeat_n(i64::from(point), rows.rows()));
        }
        all.append(&rows);
    }
    let numbering = Numbering::new(swept, Vec::new());
    Ok(Table::of_batch(all, &numbering, &points))
}
