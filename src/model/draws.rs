//! The random draws of a population: each a function of what it is for, of the period and of the customer (section 2).

use crate::random::{Family, Key, NormalKeys, Purpose, Source};
use crate::scenario::Scenario;

/// The draws that make a customer; their period is the period of arrival.
#[derive(Debug, Clone)]
pub(super) struct ArrivalFamilies {
    taste: Family,
    agency: Family,
    data_sharing: Family,
    data_portability: Family,
}

impl ArrivalFamilies {
    pub fn new(source: &Source, population: &str) -> Self {
        let family = |purpose| source.family(purpose, &[population]);
        Self {
            taste: family(Purpose::Taste),
            agency: family(Purpose::Agency),
            data_sharing: family(Purpose::DataSharing),
            data_portability: family(Purpose::DataPortability),
        }
    }

    /// The keys for customers who arrive in a period.
    pub fn keys(&self, period: u32, dimensions: usize) -> ArrivalKeys {
        ArrivalKeys {
            taste: self.taste.normal_keys(period, dimensions),
            agency: self.agency.key(period, 0),
            data_sharing: self.data_sharing.key(period, 0),
            data_portability: self.data_portability.key(period, 0),
        }
    }
}

/// See [`ArrivalFamilies`].
#[derive(Debug, Clone, Copy)]
pub(super) struct ArrivalKeys {
    pub taste: NormalKeys,
    pub agency: Key,
    pub data_sharing: Key,
    pub data_portability: Key,
}

/// The random draws of one population over all periods.
#[derive(Debug, Clone)]
pub(super) struct PopulationFamilies {
    pub arrival: ArrivalFamilies,
    turnover: Family,
    drift: Family,
    need_arises: Family,
    need: Family,
    need_kind: Family,
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
            need_kind: family(Purpose::NeedKind),
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
            need_kind: self.need_kind.key(period, 0),
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
    pub need_kind: Key,
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
