//! A checked scenario.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use flywheel::model::Plan;
use flywheel::scenario as library;
use flywheel::scenario::{Diagnostics, Override};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyMapping, PyString};
use toml::{Table, Value};

use crate::error::of_scenario;
use crate::value::{to_python, to_table, to_toml};

/// Where a scenario comes from.
#[derive(Clone)]
enum Source {
    File(PathBuf),
    Text {
        text: String,
        origin: String,
        name: String,
    },
}

/// A complete, checked scenario: who the customers and firms are, and how long the market runs.
///
/// `Scenario("coach.toml")` reads a file, `Scenario({...})` and `Scenario(populations=[...], firms=[...])` take what such a
/// file says as dicts and lists; `Scenario.from_toml(text)` reads a text. Whatever is left out has its default. A scenario never
/// changes: `set` and `add` give another one.
///
/// Raises ScenarioError with all problems of the scenario at once.
#[pyclass(frozen, module = "flywheel")]
#[derive(Clone)]
pub struct Scenario {
    source: Source,
    overrides: Vec<Override>,
    /// The scenario that they give.
    pub checked: library::Scenario,
    plan: Arc<OnceLock<Plan>>,
}

impl Scenario {
    fn new(source: Source, overrides: Vec<Override>) -> Result<Self, Diagnostics> {
        let checked = match &source {
            Source::File(path) => library::Scenario::load(path, &overrides)?,
            Source::Text { text, origin, name } => {
                library::Scenario::from_toml_with(text, origin, name, &overrides)?
            }
        };
        Ok(Self {
            source,
            overrides,
            checked,
            plan: Arc::default(),
        })
    }

    /// One that is there already.
    pub fn of(checked: library::Scenario) -> Self {
        let source = Source::Text {
            text: checked.to_toml(),
            origin: checked.name.clone(),
            name: checked.name.clone(),
        };
        Self {
            source,
            overrides: Vec::new(),
            checked,
            plan: Arc::default(),
        }
    }

    /// The scenario with more overrides.
    pub fn with(&self, py: Python<'_>, more: Vec<Override>) -> PyResult<Self> {
        let overrides = [self.overrides.clone(), more].concat();
        Self::new(self.source.clone(), overrides).map_err(|problems| of_scenario(py, &problems))
    }

    /// The scenario, ready to make markets.
    pub fn plan(&self, py: Python<'_>) -> PyResult<&Plan> {
        if let Some(plan) = self.plan.get() {
            return Ok(plan);
        }
        let plan = Plan::new(&self.checked).map_err(|problems| of_scenario(py, &problems))?;
        Ok(self.plan.get_or_init(|| plan))
    }

    /// What the file or text says, as a table.
    fn table(&self) -> PyResult<Table> {
        let text = match &self.source {
            Source::File(path) => std::fs::read_to_string(path)?,
            Source::Text { text, .. } => text.clone(),
        };
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        text.parse()
            .map_err(|error| PyValueError::new_err(format!("{error}")))
    }

    /// The same scenario, said differently.
    fn said(&self, py: Python<'_>, table: &Table) -> PyResult<Self> {
        let (origin, name) = match &self.source {
            Source::File(path) => {
                let stem = path.file_stem().unwrap_or_default();
                (
                    path.display().to_string(),
                    stem.to_string_lossy().into_owned(),
                )
            }
            Source::Text { origin, name, .. } => (origin.clone(), name.clone()),
        };
        let source = Source::Text {
            text: written(table)?,
            origin,
            name,
        };
        let made = Self::new(source, self.overrides.clone());
        made.map_err(|problems| of_scenario(py, &problems))
    }
}

fn written(table: &Table) -> PyResult<String> {
    toml::to_string(table).map_err(|error| PyValueError::new_err(error.to_string()))
}

#[pymethods]
impl Scenario {
    #[new]
    #[pyo3(signature = (source=None, /, **keys))]
    fn make(
        py: Python<'_>,
        source: Option<&Bound<'_, PyAny>>,
        keys: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Self> {
        let keys = match keys {
            Some(keys) => to_table(keys.cast::<PyMapping>()?, "")?,
            None => Table::new(),
        };
        let said = match source {
            None => keys,
            Some(source) if source.is_instance_of::<PyMapping>() => {
                let mut table = to_table(source.cast()?, "")?;
                table.extend(keys);
                table
            }
            Some(source) => {
                if !keys.is_empty() {
                    return Err(PyTypeError::new_err(
                        "a scenario comes from a file or from keywords: change what a file says with set() or add()",
                    ));
                }
                let made = Self::new(Source::File(source.extract()?), Vec::new());
                return made.map_err(|problems| of_scenario(py, &problems));
            }
        };
        let source = Source::Text {
            text: written(&said)?,
            origin: "scenario".to_owned(),
            name: "scenario".to_owned(),
        };
        Self::new(source, Vec::new()).map_err(|problems| of_scenario(py, &problems))
    }

    /// Reads a scenario from a text in TOML; `name` is its name where the text has none.
    #[staticmethod]
    #[pyo3(signature = (text, name="scenario"))]
    fn from_toml(py: Python<'_>, text: &str, name: &str) -> PyResult<Self> {
        let source = Source::Text {
            text: text.to_owned(),
            origin: name.to_owned(),
            name: name.to_owned(),
        };
        Self::new(source, Vec::new()).map_err(|problems| of_scenario(py, &problems))
    }

    /// The scenario with other values of parameters, by their paths, as in `set({"firms.coach.price": 0.4})`; `*` in
    /// place of a name means all.
    fn set(&self, py: Python<'_>, values: &Bound<'_, PyMapping>) -> PyResult<Self> {
        let table = to_table(values, "")?;
        let overrides = table
            .into_iter()
            .map(|(path, value)| Override::new(&path, value));
        self.with(py, overrides.collect())
    }

    /// The scenario with one more entry of a list, such as `add("analyses", kind="sources")`,
    /// `add("interventions", period=100, set={"firms.coach.price": 0.4})`, `add("firms", name="late", experience="coach-behavior")`.
    #[pyo3(signature = (list, **entry))]
    fn add(
        &self,
        py: Python<'_>,
        list: &Bound<'_, PyString>,
        entry: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Self> {
        let list = list.to_string();
        let mut table = self.table()?;
        let entry = match entry {
            Some(entry) => to_toml(entry.as_any(), &list)?,
            None => Value::Table(Table::new()),
        };
        let entries = table
            .entry(list.clone())
            .or_insert_with(|| Value::Array(Vec::new()));
        match entries {
            Value::Array(entries) => entries.push(entry),
            _ => {
                return Err(PyValueError::new_err(format!(
                    "`{list}` is no list of a scenario"
                )));
            }
        }
        self.said(py, &table)
    }

    /// The scenario that sweeps over parameters: every combination of the values of these axes, given as a list for each path.
    fn over(&self, py: Python<'_>, axes: &Bound<'_, PyMapping>) -> PyResult<Self> {
        let axis = |(key, values): (String, Value)| {
            let key = ("key".to_owned(), Value::String(key));
            Value::Table([key, ("values".to_owned(), values)].into_iter().collect())
        };
        let axes: Vec<Value> = to_table(axes, "")?.into_iter().map(axis).collect();
        let mut table = self.table()?;
        let sweep = [("axes".to_owned(), Value::Array(axes))];
        table.insert(
            "sweep".to_owned(),
            Value::Table(sweep.into_iter().collect()),
        );
        self.said(py, &table)
    }

    /// Its name: that of its folder of results.
    #[getter]
    fn name(&self) -> &str {
        &self.checked.name
    }

    /// Its title, in words for an audience; may be empty.
    #[getter]
    fn title(&self) -> &str {
        &self.checked.title
    }

    /// The firms, in the order of all tables.
    #[getter]
    pub fn firms(&self) -> Vec<&str> {
        self.checked
            .firms
            .iter()
            .map(|firm| firm.name.as_str())
            .collect()
    }

    /// The populations of customers.
    #[getter]
    fn populations(&self) -> Vec<&str> {
        let populations = self.checked.populations.iter();
        populations
            .map(|population| population.name.as_str())
            .collect()
    }

    /// The experiences that firms can offer.
    #[getter]
    pub fn experiences(&self) -> Vec<&str> {
        self.checked
            .experiences
            .keys()
            .map(String::as_str)
            .collect()
    }

    /// Customers of all populations together.
    #[getter]
    fn customers(&self) -> u64 {
        self.checked
            .populations
            .iter()
            .map(|it| u64::from(it.customers))
            .sum()
    }

    /// Number of periods.
    #[getter]
    fn periods(&self) -> u32 {
        self.checked.simulation.periods
    }

    /// Number of replicates.
    #[getter]
    fn replicates(&self) -> u32 {
        self.checked.simulation.replicates
    }

    /// Seed of all random draws.
    #[getter]
    fn seed(&self) -> u64 {
        self.checked.simulation.seed
    }

    /// What is allowed, but perhaps not meant.
    #[getter]
    fn warnings(&self) -> Vec<String> {
        self.checked
            .warnings()
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    /// The scenario as a file, complete with every default.
    fn to_toml(&self) -> String {
        self.checked.to_toml()
    }

    /// The scenario as dicts and lists, complete with every default.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let table: Table = self
            .checked
            .to_toml()
            .parse()
            .map_err(|error: toml::de::Error| PyValueError::new_err(error.to_string()))?;
        to_python(py, &Value::Table(table))
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.checked == other.checked
    }

    fn __repr__(&self) -> String {
        let firms = self.firms().join(", ");
        format!(
            "<flywheel.Scenario {}: {} customers, firms {firms}; {} periods, {} replicates>",
            self.name(),
            self.customers(),
            self.periods(),
            self.replicates()
        )
    }
}
