//! A chart of a run.

use std::path::PathBuf;

use flywheel::chart::Figure;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::error::of_other;

/// A chart of a run; a notebook shows it.
#[pyclass(frozen, module = "flywheel")]
pub struct Chart(pub Figure);

#[pymethods]
impl Chart {
    /// Its name, such as share.
    #[getter]
    fn name(&self) -> &str {
        self.0.name()
    }

    /// The picture as an SVG document.
    #[getter]
    fn svg(&self) -> &str {
        self.0.svg()
    }

    /// The numbers that the chart shows, as CSV.
    #[getter]
    fn data(&self) -> String {
        self.0.data().to_csv()
    }

    /// The picture as PNG, 2000 pixels wide or more.
    fn png<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let painted = py.detach(|| self.0.png()).map_err(of_other)?;
        Ok(PyBytes::new(py, &painted))
    }

    /// Writes the picture to a file whose name ends in .svg or .png.
    fn save(&self, py: Python<'_>, path: PathBuf) -> PyResult<()> {
        let ending = path.extension().and_then(|ending| ending.to_str());
        let bytes = match ending {
            Some("svg") => self.0.svg().as_bytes().to_vec(),
            Some("png") => py.detach(|| self.0.png()).map_err(of_other)?,
            _ => {
                return Err(PyValueError::new_err(format!(
                    "{}: a chart is saved as .svg or .png",
                    path.display()
                )));
            }
        };
        Ok(std::fs::write(path, bytes)?)
    }

    fn _repr_svg_(&self) -> &str {
        self.0.svg()
    }

    fn __repr__(&self) -> String {
        let (width, height) = self.0.size();
        format!(
            "<flywheel.Chart {}: {width:.0} x {height:.0} pixels>",
            self.name()
        )
    }
}
