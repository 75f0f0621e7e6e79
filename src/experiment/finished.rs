//! What is kept of a simulated cell.

use super::{Figures, MarketFigures, MarketSums, figures};
use crate::model::{Plan, Records};
use crate::scenario::{RecordedTable, Scenario};
use crate::table::Batch;

/// What is kept of a simulated cell: the rows that the scenario asks for, and the figures of `summary`.
#[derive(Debug, Clone, PartialEq)]
pub struct Finished {
    /// The tables, with the rows that `simulation.record` asks for.
    pub records: Records,
    /// Each firm's figures of `summary`, from all rows.
    pub figures: Vec<Figures>,
    /// Those of the whole market.
    pub market: MarketFigures,
}

impl Finished {
    /// Simulates a replicate from its start to its end.
    #[must_use]
    pub fn simulated(plan: &Plan, replicate: u32) -> Self {
        let mut market = plan.market(replicate);
        while !market.is_done() {
            market.step();
        }
        Self::of(market.into_records(), plan.scenario())
    }

    /// Takes from the complete tables of a replicate what the scenario asks for.
    #[must_use]
    pub fn of(mut records: Records, scenario: &Scenario) -> Self {
        let figures = figures(&records.firms, scenario.firms.len());
        let (mut sums, periods) = (MarketSums::default(), scenario.simulation.periods);
        sums.take_market(&records.market, periods, 0..records.market.rows());
        sums.take_firms(&records.firms, periods, 0..records.firms.rows());
        let market = sums.figures(scenario.customers());
        let record = &scenario.simulation.record;
        if !record.keeps_all_periods() {
            let tables = [
                (RecordedTable::Periods, &mut records.periods),
                (RecordedTable::Firms, &mut records.firms),
                (RecordedTable::Market, &mut records.market),
                (RecordedTable::Periods, &mut records.kinds),
            ];
            for (table, batch) in tables {
                let stored = record.keeps_table(table);
                let keep = |&period: &i64| {
                    stored && u32::try_from(period).is_ok_and(|period| record.keeps_period(period))
                };
                let rows: Vec<bool> = batch.integers("period").iter().map(keep).collect();
                batch.retain(|row| rows[row]);
            }
        }
        Self {
            records,
            figures,
            market,
        }
    }

    /// Appends the cell's contents to bytes.
    pub fn encode(&self, out: &mut Vec<u8>) {
        let firms = u32::try_from(self.figures.len()).expect("fewer than 2^32 firms");
        out.extend(firms.to_le_bytes());
        out.extend(
            self.figures
                .iter()
                .flatten()
                .chain(&self.market)
                .flat_map(|figure| figure.to_le_bytes()),
        );
        self.records
            .batches()
            .into_iter()
            .for_each(|batch| batch.encode(out));
    }

    /// Takes a cell's contents from bytes; none where they are not that.
    #[must_use]
    pub fn decode(mut bytes: &[u8]) -> Option<Self> {
        let firms = u32::from_le_bytes(bytes.split_off(..4)?.try_into().ok()?);
        let mut figures = Vec::new();
        for _ in 0..firms {
            let mut own = Figures::default();
            for figure in &mut own {
                *figure = f64::from_le_bytes(bytes.split_off(..8)?.try_into().ok()?);
            }
            figures.push(own);
        }
        let mut market = MarketFigures::default();
        for figure in &mut market {
            *figure = f64::from_le_bytes(bytes.split_off(..8)?.try_into().ok()?);
        }
        let records = Records::from_batches(|table| Batch::decode(table, &mut bytes))?;
        Some(Self {
            records,
            figures,
            market,
        })
    }
}
