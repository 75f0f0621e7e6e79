//! From the rows of tables to [`Results`], one replicate at a time, in memory that hardly grows with
//! the number of replicates: of each the figures of `summary` are kept, and the lines of the first hundred.

mod firms;
mod market;
mod smoothing;
mod value;

use std::collections::BTreeMap;

use self::firms::FirmsTable;
use self::market::MarketTable;
use self::smoothing::add_smoothed;
pub(super) use self::smoothing::{mean, smoothed};
use self::value::ValueTable;
use super::by_kind::KindTable;
use super::by_population::PopulationTable;
use super::journey::JourneyTable;
use super::learning::LearningTables;
use super::taste_map::MapTable;
use super::{FirmResults, Moments, Quantity, Results, Series};
use crate::model::Records;
use crate::scenario::{Scenario, closing};
use crate::table::{Batch, Label};

/// Takes in tables, in the order of their rows, and gives [`Results`].
#[derive(Debug, Clone)]
pub struct Collector {
    firm_names: Vec<String>,
    periods: usize,
    smoothing: usize,
    closing: std::ops::Range<usize>,
    firms: FirmsTable,
    market: MarketTable,
    values: ValueTable,
    journey: JourneyTable,
    map: MapTable,
    learning: LearningTables,
    populations: PopulationTable,
    kinds: KindTable,
}

impl Collector {
    /// A collector for the tables of a scenario.
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        let periods = scenario.simulation.periods as usize;
        let firms = scenario.firms.len();
        let closing = closing(scenario.simulation.periods);
        let closing = closing.start as usize..closing.end as usize;
        // series of 300 periods are shown as 5-period means, shorter ones as they are
        let smoothing = (periods / 60).clamp(1, 25);
        let customers = scenario
            .populations
            .iter()
            .map(|named| f64::from(named.customers))
            .sum();
        Self {
            firm_names: scenario
                .firms
                .iter()
                .map(|firm| firm.name.clone())
                .collect(),
            periods,
            smoothing,
            firms: FirmsTable::new(firms, periods),
            market: MarketTable::new(periods, customers),
            values: ValueTable::new(firms),
            journey: JourneyTable::new(scenario, &closing),
            map: MapTable::default(),
            learning: LearningTables::new(scenario),
            populations: PopulationTable::new(scenario, &closing),
            kinds: KindTable::new(scenario, &closing),
            closing,
        }
    }

    /// Takes in the tables of one replicate.
    pub fn take(&mut self, records: &Records) {
        self.take_firms(&records.firms);
        self.take_market(&records.market);
        self.take_kinds(&records.kinds);
        self.take_periods(&records.periods);
        self.take_map(&records.map);
        self.take_learning(&records.learning);
    }

    /// Takes in rows of the table `firms`.
    pub fn take_firms(&mut self, batch: &Batch) {
        let firms = self.positions(batch);
        let columns = Quantity::ALL.map(|quantity| Column::of(batch, quantity.column()));
        let shares = batch.numbers("share");
        for (row, (&replicate, &period)) in batch
            .integers("replicate")
            .iter()
            .zip(batch.integers("period"))
            .enumerate()
        {
            self.firms.turn_to(replicate, self.smoothing);
            let (Some(firm), Some(period)) = (firms[row], self.period(period)) else {
                continue;
            };
            let active = batch.flags("active")[row];
            for (quantity, column) in columns.iter().enumerate() {
                let value = column.value(row);
                self.firms.raw[quantity][firm][period] = value;
                self.firms.shown[quantity][firm][period] = if active { value } else { f64::NAN };
            }
            self.firms.concentration[period] += shares[row].powi(2);
        }
    }

    /// Takes in rows of the table `market`.
    pub fn take_market(&mut self, batch: &Batch) {
        self.journey.take_market(batch);
        let columns = MarketTable::COLUMNS.map(|name| Column::of(batch, name));
        for (row, (&replicate, &period)) in batch
            .integers("replicate")
            .iter()
            .zip(batch.integers("period"))
            .enumerate()
        {
            self.market.turn_to(replicate, self.smoothing);
            let Some(period) = self.period(period) else {
                continue;
            };
            for (sums, column) in self.market.sums.iter_mut().zip(&columns) {
                sums[period] += column.value(row);
            }
        }
    }

    /// Takes in rows of the table `periods`.
    pub fn take_periods(&mut self, batch: &Batch) {
        let firms = self.positions(batch);
        self.journey.take_periods(batch, &firms);
        self.learning.take_periods(batch, &firms);
        self.populations.take_periods(batch, &firms);
        self.values.take(batch, &firms, &self.closing);
    }

    /// Takes in rows of the table `kinds`, of which there are some if populations have kinds of needs; before those of `periods`.
    pub fn take_kinds(&mut self, batch: &Batch) {
        let firms = self.positions(batch);
        self.journey.take_kinds(batch, &firms);
        self.kinds.take(batch, &firms);
    }

    /// Takes in rows of the table `map`.
    pub fn take_map(&mut self, batch: &Batch) {
        let firms = self.positions(batch);
        self.map.take(batch, &firms, self.firm_names.len());
    }

    /// Takes in rows of the table `learning`, of which there are some if the scenario asks for it.
    pub fn take_learning(&mut self, batch: &Batch) {
        let firms = self.positions(batch);
        self.learning.take_learning(batch, &firms);
    }

    /// What all replicates so far amount to.
    #[must_use]
    pub fn finish(mut self) -> Results {
        self.firms.flush(self.smoothing);
        self.market.flush(self.smoothing);
        self.values.flush();
        let firms = self
            .firm_names
            .into_iter()
            .enumerate()
            .map(|(j, name)| FirmResults {
                name,
                series: (self.firms.series.iter().zip(Quantity::ALL))
                    .map(|(by_firm, quantity)| estimates(&by_firm[j], quantity.range()))
                    .collect(),
                summary: (self.firms.finals[j].iter().zip(Quantity::SUMMARY))
                    .map(|(finals, quantity)| {
                        let moments = Moments::of(finals.iter().copied());
                        moments.estimate().within(quantity.range())
                    })
                    .collect(),
                finals: std::mem::take(&mut self.firms.finals[j]),
                value: self.values.split(j),
            });
        Results {
            replicates: self.firms.replicates,
            periods: count(self.periods),
            smoothing: count(self.smoothing),
            closing: (count(self.closing.start), count(self.closing.end) - 1),
            firms: firms.collect(),
            fates: self.firms.fates,
            market: self
                .market
                .results(&self.firms.concentrations, self.firms.concentrated),
            journey: self.journey.finish(),
            map: self.map.finish(),
            learning: self.learning.finish(),
            populations: self.populations.finish(),
            kinds: self.kinds.finish(),
        }
    }

    /// The position of each row's firm; none for a name that the scenario does not have.
    fn positions(&self, batch: &Batch) -> Vec<Option<usize>> {
        let labels = batch.labels("firm");
        let vocabulary = batch.vocabulary();
        // labels repeat in the order of the firms, so each name is looked up once
        let mut known: BTreeMap<Label, Option<usize>> = BTreeMap::new();
        let position = |label: &Label| {
            *known.entry(*label).or_insert_with(|| {
                let name = vocabulary.name(*label);
                self.firm_names.iter().position(|firm| firm == name)
            })
        };
        labels.iter().map(position).collect()
    }

    fn period(&self, period: i64) -> Option<usize> {
        usize::try_from(period)
            .ok()
            .filter(|&period| period < self.periods)
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn estimates(moments: &[Moments], range: (f64, f64)) -> Series {
    let estimate = |moments: &Moments| moments.estimate().within(range);
    moments.iter().map(estimate).collect()
}

/// A column of numbers or of integers.
enum Column<'a> {
    Number(&'a [f64]),
    Integer(&'a [i64]),
}

impl<'a> Column<'a> {
    fn of(batch: &'a Batch, name: &str) -> Self {
        batch
            .try_numbers(name)
            .map_or_else(|| Self::Integer(batch.integers(name)), Self::Number)
    }

    fn value(&self, row: usize) -> f64 {
        match self {
            Self::Number(values) => values[row],
            Self::Integer(values) => values[row] as f64,
        }
    }
}
