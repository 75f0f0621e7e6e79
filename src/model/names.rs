//! The names that rows of tables refer to.

use std::sync::Arc;

use super::log::Cause;
use super::offer::most_frequent;
use crate::scenario::{NeedKind, Scenario};
use crate::table::{Label, Vocabulary};

/// The names that rows refer to.
#[derive(Debug)]
pub(super) struct Names {
    pub vocabulary: Arc<Vocabulary>,
    pub firms: Vec<Label>,
    pub populations: Vec<Label>,
    /// By population: its kinds of needs; none where it names none.
    pub kinds: Vec<Vec<Label>>,
    pub experiences: Vec<Label>,
    /// Customers by population, as weights.
    pub customers: Vec<f64>,
    /// What a point of the map is.
    pub points: Points,
    /// How interactions come about, in the order of [`Cause`].
    pub causes: [Label; 3],
}

/// What the points of the map are called.
#[derive(Debug)]
pub(super) struct Points {
    pub customer: Label,
    pub product: Label,
    pub prior: Label,
    pub estimate: Label,
}

impl Names {
    pub fn new(scenario: &Scenario) -> Self {
        let mut vocabulary = Vocabulary::default();
        let firms = scenario
            .firms
            .iter()
            .map(|firm| vocabulary.label(&firm.name))
            .collect();
        let populations = scenario
            .populations
            .iter()
            .map(|named| vocabulary.label(&named.name))
            .collect();
        let mut labels = |kinds: &[NeedKind]| -> Vec<Label> {
            let names = kinds.iter().map(|kind| vocabulary.label(&kind.name));
            names.collect()
        };
        let kinds = (scenario.populations.iter())
            .map(|population| labels(&population.need.kinds))
            .collect();
        let experiences = scenario
            .experiences
            .keys()
            .map(|name| vocabulary.label(name))
            .collect();
        let customers = scenario
            .populations
            .iter()
            .map(|named| f64::from(named.customers))
            .collect();
        let points = Points {
            customer: vocabulary.label("customer"),
            product: vocabulary.label("product"),
            prior: vocabulary.label("prior"),
            estimate: vocabulary.label("estimate"),
        };
        let causes = [Cause::Requested, Cause::Detected, Cause::FalseAlarm];
        let causes = causes.map(|cause| vocabulary.label(cause.name()));
        Self {
            causes,
            vocabulary: Arc::new(vocabulary),
            firms,
            populations,
            kinds,
            experiences,
            customers,
            points,
        }
    }

    /// The experience that most transactions had.
    pub fn usual_experience(&self, counts: &[u64]) -> Label {
        most_frequent(counts).map_or(Label::NONE, |e| self.experiences[e])
    }
}
