//! The extension module `flywheel._core`: scenarios, runs, tables and markets of the library, as Python objects.
//!
//! What Python code does better is in the package around it: progress, games of custom firms, the Gymnasium environment.

mod arrow;
mod chart;
mod column;
mod error;
mod market;
mod run;
mod scenario;
mod start;
mod table;
mod value;
mod work;

use pyo3::prelude::*;

/// What `import flywheel` makes available of Rust.
#[pymodule]
mod _core {
    #[pymodule_export]
    use super::chart::Chart;
    #[pymodule_export]
    use super::error::{RunError, ScenarioError};
    #[pymodule_export]
    use super::market::Market;
    #[pymodule_export]
    use super::run::{Run, compare, load};
    #[pymodule_export]
    use super::scenario::Scenario;
    #[pymodule_export]
    use super::table::Table;

    use super::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
