//! How far hypotheses hold, which takes markets besides those of the scenario.

use super::asked::Asked;
use super::judged::Hypotheses;
use super::robust;
use super::search;
use super::trial::Laboratory;
use crate::analysis::AnalysisError;
use crate::analysis::kind::Setting;
use crate::experiment::{Design, Observer};
use crate::scenario::Hypothesis;

impl Hypotheses {
    /// Finds out how far the hypotheses hold that ask for it, in as many replicates as they were judged by; false where the run was stopped.
    ///
    /// # Errors
    /// A market cannot be simulated, or its cells not be kept.
    pub fn examine(
        &mut self,
        setting: &Setting<'_>,
        replicates: u32,
        observer: &mut dyn Observer,
    ) -> Result<bool, AnalysisError> {
        let scenario = setting.scenario;
        let asks = |one: &Hypothesis| one.robust || one.all_limits().next().is_some();
        if !scenario.hypotheses.iter().any(asks) {
            return Ok(true);
        }
        let design = Design::new(scenario)?;
        let asked = Asked::all(scenario, &design)?;
        let mut laboratory = Laboratory {
            setting,
            replicates,
            cells: 0,
        };
        let complete = robust::repeat(self, scenario, &mut laboratory, observer)?
            && search::search(self, (&asked, &design), &mut laboratory, observer)?;
        observer.end();
        Ok(complete)
    }
}
