//! One market, stepped period by period.

use std::sync::{Mutex, MutexGuard, PoisonError};

use flywheel::model::{self, Decision};
use flywheel::table::{Batch, Label, Numbering, Values};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::error::of_scenario;
use crate::scenario::Scenario;
use crate::table::Table;
use crate::work::interruptible;

/// One market in one replicate (counted from 0), period by period.
///
/// `decide` has a firm do something else than its rules say. The random draws are those of the same replicate in a run, so that a
/// market in which nobody decides anything else gives the same rows.
#[pyclass(frozen, module = "flywheel")]
pub struct Market {
    market: Mutex<model::Market>,
    scenario: Scenario,
}

impl Market {
    fn lock(&self) -> MutexGuard<'_, model::Market> {
        // a market that panicked is not stepped again
        self.market.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn table(&self, of: impl Fn(&model::Records) -> &Batch) -> Table {
        Table::of_batch(
            of(self.lock().records()).clone(),
            &Numbering::default(),
            &[],
        )
    }
}

#[pymethods]
impl Market {
    #[new]
    #[pyo3(signature = (scenario, replicate=0))]
    fn new(py: Python<'_>, scenario: &Scenario, replicate: u32) -> PyResult<Self> {
        let plan = scenario.plan(py)?;
        let market = py.detach(|| plan.market(replicate));
        Ok(Self {
            market: Mutex::new(market),
            scenario: scenario.clone(),
        })
    }

    /// The scenario.
    #[getter]
    fn scenario(&self) -> Scenario {
        self.scenario.clone()
    }

    /// The next period, counted from 0; the number of periods once all are done.
    #[getter]
    fn period(&self) -> u32 {
        self.lock().period()
    }

    /// Whether all periods are done.
    #[getter]
    fn done(&self) -> bool {
        self.lock().is_done()
    }

    /// Has a firm offer an experience to all customers, and take a price per transaction (0 or more), from the next period on,
    /// until it is decided anew. What is None, the firm's rules decide.
    #[pyo3(signature = (firm, *, experience=None, price=None))]
    fn decide(
        &self,
        py: Python<'_>,
        firm: &str,
        experience: Option<&str>,
        price: Option<f64>,
    ) -> PyResult<()> {
        let decision = Decision { experience, price };
        let decided = self.lock().decide(firm, &decision);
        decided.map_err(|problems| of_scenario(py, &problems))
    }

    /// Simulates the next periods, one or more; nothing once all are done. Ctrl-C stops it between two periods.
    #[pyo3(signature = (periods=1))]
    fn step(&self, py: Python<'_>, periods: u32) -> PyResult<()> {
        if periods == 1 {
            // a period is over before a thread has started
            py.detach(|| self.lock().step());
            return Ok(());
        }
        interruptible(py, None, |cancel, _| {
            let mut market = self.lock();
            for _ in 0..periods {
                if cancel.is_cancelled() || market.is_done() {
                    break;
                }
                market.step();
            }
        })
    }

    /// What a firm did in the last period: its row of the table firms as a dict, in which what is empty is None. Before the first
    /// period there is none, and the dict is empty.
    fn last<'py>(&self, py: Python<'py>, firm: &str) -> PyResult<Bound<'py, PyDict>> {
        let firms = self.scenario.firms();
        let Some(j) = firms.iter().position(|name| *name == firm) else {
            return Err(PyValueError::new_err(format!(
                "there is no firm named {firm:?}; there are {}",
                firms.join(", ")
            )));
        };
        let market = self.lock();
        let batch = &market.records().firms;
        let dict = PyDict::new(py);
        let Some(first) = batch.rows().checked_sub(firms.len()) else {
            return Ok(dict);
        };
        let row = first + j;
        for (column, values) in batch.definition().columns.iter().zip(batch.columns()) {
            let name = column.name;
            match values {
                Values::Integer(values) => dict.set_item(name, values[row])?,
                Values::Number(values) => {
                    dict.set_item(name, Some(values[row]).filter(|value| value.is_finite()))?;
                }
                Values::Text(values) => {
                    let label = Some(values[row]).filter(|label| *label != Label::NONE);
                    dict.set_item(name, label.map(|label| batch.name(label)))?;
                }
                Values::Flag(values) => dict.set_item(name, values[row])?,
                Values::Answer(values) => dict.set_item(name, values[row])?,
            }
        }
        Ok(dict)
    }

    /// The rows of the table firms so far.
    #[getter]
    fn firms(&self) -> Table {
        self.table(|records| &records.firms)
    }

    /// The rows of the table market so far.
    #[getter]
    fn market(&self) -> Table {
        self.table(|records| &records.market)
    }

    /// The rows of the table periods so far.
    #[getter]
    fn periods(&self) -> Table {
        self.table(|records| &records.periods)
    }

    fn __repr__(&self) -> String {
        let market = self.lock();
        let (name, periods) = (
            &self.scenario.checked.name,
            self.scenario.checked.simulation.periods,
        );
        format!(
            "<flywheel.Market {name}: {} of {periods} periods done>",
            market.period()
        )
    }
}
