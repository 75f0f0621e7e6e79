//! Values of Python as values of a scenario.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyMapping, PyString, PyTuple};
use toml::{Table, Value};

/// A value at a path, which messages name.
pub fn to_toml(value: &Bound<'_, PyAny>, path: &str) -> PyResult<Value> {
    if let Ok(flag) = value.cast::<PyBool>() {
        return Ok(Value::Boolean(flag.is_true()));
    }
    if value.is_instance_of::<PyInt>() || is_scalar_with(value, "__index__")? {
        let number: i64 = value.extract().map_err(|_| {
            PyTypeError::new_err(format!(
                "{path}: {value} is beyond the whole numbers of 64 bits"
            ))
        })?;
        return Ok(Value::Integer(number));
    }
    if value.is_instance_of::<PyFloat>() || is_scalar_with(value, "__float__")? {
        return Ok(Value::Float(value.extract()?));
    }
    if let Ok(text) = value.cast::<PyString>() {
        return Ok(Value::String(text.to_string()));
    }
    if let Ok(mapping) = value.cast::<PyMapping>() {
        return to_table(mapping, path).map(Value::Table);
    }
    if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
        let items = value.try_iter()?.enumerate();
        let items = items.map(|(n, item)| to_toml(&item?, &format!("{path}[{n}]")));
        return items.collect::<PyResult<Vec<_>>>().map(Value::Array);
    }
    // arrays of NumPy and series of pandas
    if value.hasattr("tolist")? {
        return to_toml(&value.call_method0("tolist")?, path);
    }
    let kind = value.get_type().name()?;
    Err(PyTypeError::new_err(format!(
        "{path}: a scenario holds texts, numbers, true and false, lists and dicts, but this is of type {kind}{}",
        if value.is_none() {
            ": leave the key out for its default"
        } else {
            ""
        }
    )))
}

/// Whether a value is a single number of another library, such as NumPy.
fn is_scalar_with(value: &Bound<'_, PyAny>, method: &str) -> PyResult<bool> {
    Ok(value.hasattr(method)? && !value.hasattr("__len__")?)
}

/// A mapping from names to values.
pub fn to_table(mapping: &Bound<'_, PyMapping>, path: &str) -> PyResult<Table> {
    let mut table = Table::new();
    for pair in mapping.items()?.try_iter()? {
        let (key, value): (Bound<'_, PyAny>, Bound<'_, PyAny>) = pair?.extract()?;
        let key: String = key.extract().map_err(|_| {
            PyTypeError::new_err(format!("{path}: a key of a scenario is a text, not {key}"))
        })?;
        let below = match path {
            "" => key.clone(),
            _ => format!("{path}.{key}"),
        };
        table.insert(key, to_toml(&value, &below)?);
    }
    Ok(table)
}

/// A value of a scenario as one of Python.
pub fn to_python<'py>(py: Python<'py>, value: &Value) -> PyResult<Bound<'py, PyAny>> {
    Ok(match value {
        Value::String(text) => text.into_pyobject(py)?.into_any(),
        Value::Integer(number) => number.into_pyobject(py)?.into_any(),
        Value::Float(number) => number.into_pyobject(py)?.into_any(),
        Value::Boolean(flag) => flag.into_pyobject(py)?.to_owned().into_any(),
        Value::Datetime(time) => time.to_string().into_pyobject(py)?.into_any(),
        Value::Array(items) => {
            let items = items.iter().map(|item| to_python(py, item));
            PyList::new(py, items.collect::<PyResult<Vec<_>>>()?)?.into_any()
        }
        Value::Table(table) => {
            let dict = PyDict::new(py);
            for (key, value) in table {
                dict.set_item(key, to_python(py, value)?)?;
            }
            dict.into_any()
        }
    })
}
