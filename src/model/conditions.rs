//! What the customers of one population face in one period: firms, parameters and the period's draws.

use super::customers::{ArrivalFamilies, ArrivalKeys};
use super::kernel::InstructionSet;
use super::knowledge::Prior;
use super::offer::Offer;
use super::parameters::{Parameters, Population};
use super::perturbation::Push;
use super::selection::Assortment;
use crate::random::{Family, Key, NormalKeys, Purpose, Source};
use crate::scenario::Scenario;

/// The same for all customers of a population throughout a period.
#[derive(Debug)]
pub(super) struct Conditions<'a, const K: usize> {
    pub period: u32,
    pub parameters: &'a Parameters<K>,
    pub population: &'a Population<K>,
    /// Observation precision 1/v by experience.
    pub observation_precisions: Vec<f32>,
    /// All firms, acting or not, in the order of the scenario.
    pub firms: Vec<FirmConditions<'a, K>>,
    pub keys: Keys,
    /// What the kernel's loops run on.
    pub set: InstructionSet,
}

/// One firm as the customers of a population meet it in a period.
#[derive(Debug)]
pub(super) struct FirmConditions<'a, const K: usize> {
    /// Whether the firm is in the market.
    pub acting: bool,
    pub price: f32,
    /// Reputation `Q`.
    pub reputation: f32,
    pub prior: Prior<K>,
    pub offer: Offer<'a>,
    /// The largest false-alarm probability of any experience on offer; at zero nothing can happen without a need.
    pub false_alarm: f32,
    /// Products `b`.
    pub products: &'a Assortment<K>,
    /// Whether the firm learns individually.
    pub individual: bool,
    /// Part of a history that is kept at a transaction: 1 - phi.
    pub kept: f32,
    /// `psi`.
    pub efficiency_gain: f32,
    /// Draws of the agency preferences that customers state to the firm, by period of arrival; for a
    /// graduated rule only.
    pub stated_agency: &'a [NormalKeys],
    /// What is done to the firm, for an analysis.
    pub push: Option<Push>,
}

/// The random draws of one population over all periods.
#[derive(Debug, Clone)]
pub(super) struct PopulationFamilies {
    pub arrival: ArrivalFamilies,
    turnover: Family,
    drift: Family,
    need_arises: Family,
    need: Family,
    detection: Family,
    false_alarm: Family,
    acceptance: Family,
    cancelling: Family,
    awareness: Family,
    view: Family,
    signal: Family,
    outside: Family,
    /// By firm.
    choice: Vec<Family>,
    /// By firm.
    pub stated_agency: Vec<StatedAgency>,
}

/// Draws of the agency preferences that the customers of a population state to a firm.
#[derive(Debug, Clone)]
pub(super) struct StatedAgency {
    family: Family,
    /// Keys by period of arrival, as far as they were asked for.
    keys: Vec<NormalKeys>,
}

impl StatedAgency {
    pub fn new(family: Family) -> Self {
        let keys = Vec::new();
        Self { family, keys }
    }

    /// Makes the keys of customers who arrived in a period or before.
    pub fn reach(&mut self, period: u32) {
        let next = self.keys.len() as u32;
        let new = (next..=period).map(|arrival| self.family.normal_keys(arrival, 1));
        self.keys.extend(new);
    }

    /// Keys by period of arrival.
    pub fn keys(&self) -> &[NormalKeys] {
        &self.keys
    }
}

impl PopulationFamilies {
    pub fn new(source: &Source, scenario: &Scenario, population: &str) -> Self {
        let family = |purpose| source.family(purpose, &[population]);
        let by_firm = |purpose| {
            let names = scenario.firms.iter().map(|firm| firm.name.as_str());
            names.map(move |firm| source.family(purpose, &[population, firm]))
        };
        let stated = by_firm(Purpose::StatedAgency);
        Self {
            arrival: ArrivalFamilies::new(source, population),
            turnover: family(Purpose::Turnover),
            drift: family(Purpose::Drift),
            need_arises: family(Purpose::NeedArises),
            need: family(Purpose::Need),
            detection: family(Purpose::Detection),
            false_alarm: family(Purpose::FalseAlarm),
            acceptance: family(Purpose::Acceptance),
            cancelling: family(Purpose::Cancelling),
            awareness: family(Purpose::Awareness),
            view: family(Purpose::View),
            signal: family(Purpose::Signal),
            outside: family(Purpose::Choice),
            choice: by_firm(Purpose::Choice).collect(),
            stated_agency: stated.map(StatedAgency::new).collect(),
        }
    }

    /// The keys of a period's draws.
    pub fn keys(&self, period: u32, dimensions: usize) -> Keys {
        Keys {
            arrival: self.arrival.keys(period, dimensions),
            turnover: self.turnover.key(period, 0),
            drift: self.drift.normal_keys(period, dimensions),
            need_arises: self.need_arises.key(period, 0),
            need: self.need.normal_keys(period, dimensions),
            detection: self.detection.key(period, 0),
            false_alarm: self.false_alarm.key(period, 0),
            acceptance: self.acceptance.key(period, 0),
            cancelling: self.cancelling.key(period, 0),
            awareness: self.awareness.key(period, 0),
            view: self.view.normal_keys(period, dimensions),
            signal: self.signal.normal_keys(period, dimensions),
            outside: self.outside.key(period, 0),
            choice: self
                .choice
                .iter()
                .map(|family| family.key(period, 0))
                .collect(),
        }
    }
}

/// The draws of one population in one period, each a function of the customer's number.
#[derive(Debug, Clone)]
pub(super) struct Keys {
    pub arrival: ArrivalKeys,
    pub turnover: Key,
    pub drift: NormalKeys,
    pub need_arises: Key,
    pub need: NormalKeys,
    pub detection: Key,
    pub false_alarm: Key,
    pub acceptance: Key,
    pub cancelling: Key,
    pub awareness: Key,
    pub view: NormalKeys,
    pub signal: NormalKeys,
    /// Noise of the outside option.
    pub outside: Key,
    /// Noise of each firm.
    pub choice: Vec<Key>,
}
