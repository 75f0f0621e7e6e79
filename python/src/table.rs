//! A table of results.

use std::sync::Arc;

use flywheel::table::{Batch, Label, Numbering, POINT, VARIANT, Values, Vocabulary};
use pyo3::exceptions::PyKeyError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyList};

use crate::arrow::{Schema, Stream};
use crate::column::{Column, Columns};

/// A table of results, by column.
///
/// Everything that reads the Arrow PyCapsule interface takes it without a copy of its values: `polars.DataFrame(table)`,
/// `pyarrow.table(table)`, `duckdb.sql("select * from table")`, `pandas.DataFrame.from_arrow(table)`. Names are
/// dictionaries (categories), in the order in which the scenario has them; what is empty is null.
#[pyclass(frozen, module = "flywheel")]
pub struct Table {
    /// What it is called.
    #[pyo3(get)]
    name: String,
    columns: Arc<Columns>,
}

/// Rows that are shown where a table is printed.
const SHOWN: usize = 10;

impl Table {
    /// The rows of a batch, with the points and variants to which they belong where there are any.
    pub fn of_batch(batch: Batch, numbering: &Numbering, worlds: &[i64]) -> Self {
        let definition = batch.definition();
        let (values, mut names) = batch.into_columns();
        let (mut points, mut variants): (Vec<i64>, Vec<Label>) = (Vec::new(), Vec::new());
        for world in worlds {
            let (point, variant) = numbering.of(u32::try_from(*world).unwrap_or(0));
            points.extend(point.map(i64::from));
            variants.extend(variant.map(|name| Arc::make_mut(&mut names).label(name)));
        }
        let point = (!points.is_empty()).then_some((POINT, Values::Integer(points)));
        let variant = (!variants.is_empty()).then_some((VARIANT, Values::Text(variants)));
        let own = definition.columns.iter().copied().zip(values);
        let column = |(column, values): (flywheel::table::Column, Values)| {
            Column::new(column.name, column.description, values)
        };
        let leading = point.into_iter().chain(variant);
        let all = leading.chain(own).map(column).collect();
        Self {
            name: definition.name.to_owned(),
            columns: Arc::new(Columns::new(all, names)),
        }
    }

    /// A table of its own kind.
    pub fn new(name: &str, columns: Vec<Column>, names: Vocabulary) -> Self {
        Self {
            name: name.to_owned(),
            columns: Arc::new(Columns::new(columns, Arc::new(names))),
        }
    }

    fn column(&self, name: &str) -> PyResult<&Column> {
        let found = self.columns.all.iter().find(|column| column.name == name);
        found.ok_or_else(|| {
            PyKeyError::new_err(format!(
                "the table {} has no column {name:?}; it has {}",
                self.name,
                self.column_names().join(", ")
            ))
        })
    }

    /// A value as a text, for people.
    fn cell(&self, column: &Column, row: usize) -> String {
        match &column.values {
            Values::Integer(values) => values[row].to_string(),
            Values::Number(values) if !values[row].is_finite() => String::new(),
            Values::Number(values) => format!("{:.4}", values[row]),
            Values::Text(values) => self.columns.names.name(values[row]).to_owned(),
            Values::Flag(values) => values[row].to_string(),
            Values::Answer(values) => values[row].map_or_else(String::new, |it| it.to_string()),
        }
    }
}

#[pymethods]
impl Table {
    /// The names of the columns, in order.
    #[getter]
    pub fn column_names(&self) -> Vec<&str> {
        let columns = self.columns.all.iter();
        columns.map(|column| column.name.as_str()).collect()
    }

    /// What each column holds, with its unit.
    #[getter]
    fn descriptions<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        for column in &self.columns.all {
            dict.set_item(&column.name, &column.description)?;
        }
        Ok(dict)
    }

    fn __len__(&self) -> usize {
        self.columns.rows
    }

    /// The values of a column as a list; what is empty is None.
    fn __getitem__<'py>(&self, py: Python<'py>, column: &str) -> PyResult<Bound<'py, PyList>> {
        match &self.column(column)?.values {
            Values::Integer(values) => PyList::new(py, values),
            Values::Number(values) => {
                PyList::new(py, values.iter().map(|it| it.is_finite().then_some(*it)))
            }
            Values::Text(values) => {
                let names: Vec<Bound<'_, PyAny>> = (self.columns.names.names())
                    .map(|name| Ok(name.into_pyobject(py)?.into_any()))
                    .collect::<PyResult<_>>()?;
                PyList::new(py, values.iter().map(|label| names.get(label.0 as usize)))
            }
            Values::Flag(values) => PyList::new(py, values),
            Values::Answer(values) => PyList::new(py, values),
        }
    }

    /// All columns by name, each as a list; what is empty is None.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        for column in &self.columns.all {
            dict.set_item(&column.name, self.__getitem__(py, &column.name)?)?;
        }
        Ok(dict)
    }

    /// The schema of the Arrow C data interface, in a capsule.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema: Schema = self.columns.schema();
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    /// A stream of the Arrow C data interface, in a capsule. It is of one type: `requested_schema` is passed over, as the
    /// interface allows.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let stream = Stream::new(Arc::clone(&self.columns));
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }

    fn __repr__(&self) -> String {
        let (name, rows) = (&self.name, self.columns.rows);
        format!(
            "<flywheel.Table {name}: {rows} rows, columns {}>",
            self.column_names().join(", ")
        )
    }

    fn _repr_html_(&self) -> String {
        let cells = |tag: &str, texts: &mut dyn Iterator<Item = String>| -> String {
            texts
                .map(|text| format!("<{tag}>{}</{tag}>", escaped(&text)))
                .collect()
        };
        let columns = || self.columns.all.iter();
        let head = cells("th", &mut columns().map(|column| column.name.clone()));
        let row = |row| {
            let cells = cells("td", &mut columns().map(|column| self.cell(column, row)));
            format!("<tr>{cells}</tr>")
        };
        let rows: String = (0..self.columns.rows.min(SHOWN)).map(row).collect();
        format!(
            "<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table><p>{} rows of the table {}</p>",
            self.columns.rows, self.name
        )
    }
}

/// A text as HTML.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
