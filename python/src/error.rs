//! Errors of the library as Python exceptions.

use flywheel::experiment::ExperimentError;
use flywheel::run;
use flywheel::scenario::{Diagnostics, Problem};
use pyo3::create_exception;
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

create_exception!(
    flywheel,
    ScenarioError,
    PyValueError,
    "A scenario has problems. The text shows all of them, each with its place and what is allowed; `problems` has\n\
     one dict for each, with the keys message, path, file, line, column, help and suggestion."
);

create_exception!(
    flywheel,
    RunError,
    PyRuntimeError,
    "A run could not be done, or its folder not be read or written."
);

/// The exception for the problems of a scenario.
pub fn of_scenario(py: Python<'_>, problems: &Diagnostics) -> PyErr {
    let error = ScenarioError::new_err(problems.render(false).trim_end().to_owned());
    let all = problems
        .problems
        .iter()
        .map(|problem| described(py, problem));
    let attached = all
        .collect::<PyResult<Vec<_>>>()
        .and_then(|all| error.value(py).setattr("problems", PyList::new(py, all)?));
    match attached {
        Ok(()) => error,
        Err(other) => other,
    }
}

fn described<'py>(py: Python<'py>, problem: &Problem) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    let place = problem.place.as_deref();
    dict.set_item("message", &problem.message)?;
    dict.set_item("path", place.map(|place| place.path.as_str()))?;
    dict.set_item("file", place.map(|place| place.file.as_str()))?;
    dict.set_item("line", place.map(|place| place.line))?;
    dict.set_item("column", place.map(|place| place.column))?;
    dict.set_item("help", &problem.help)?;
    dict.set_item("suggestion", &problem.suggestion)?;
    Ok(dict)
}

/// The exception for a run that failed.
pub fn of_run(py: Python<'_>, error: &run::RunError) -> PyErr {
    match error {
        run::RunError::Scenario(problems) => of_scenario(py, problems),
        run::RunError::Experiment(ExperimentError::Scenario(problems)) => of_scenario(py, problems),
        other => RunError::new_err(other.to_string()),
    }
}

/// The exception for anything else that went wrong.
pub fn of_other(error: impl std::fmt::Display) -> PyErr {
    RunError::new_err(error.to_string())
}
