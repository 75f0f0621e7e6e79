//! The figures of a run, replicate by replicate: as they were computed, or read from its tables.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Moments, Quantity};
use crate::experiment::{Figures, Finished, MarketFigures, MarketSums, leads};
use crate::scenario::closing;
use crate::table::{Batch, Label};

/// Point of a sweep (0 without one) and replicate.
pub(super) type CellKey = (u32, u32);

/// Figures of a firm that are compared: those of [`Quantity::SUMMARY`], and whether it leads.
pub(super) const OF_FIRM: usize = Quantity::SUMMARY.len() + 1;

/// Each firm's figures of `summary` and those of the whole market in every replicate of a run, from its tables or as they were computed.
#[derive(Debug, Default)]
pub struct RunFigures {
    /// Number of periods by point; the last holds for all points from there on.
    periods: Vec<u32>,
    /// Number of customers, likewise.
    customers: Vec<f64>,
    /// Names of the firms, in the order in which they first appear.
    pub(super) firms: Vec<String>,
    cells: BTreeMap<CellKey, CellFigures>,
}

/// The figures of a cell: as they were computed, or what tables say of them so far. There may be millions of the former.
#[derive(Debug)]
enum CellFigures {
    /// By place among the firms, and of the market.
    Computed(Box<[(usize, Figures)]>, MarketFigures),
    Read(Box<ReadFigures>),
}

#[derive(Debug, Default)]
struct ReadFigures {
    /// By place among the firms.
    firms: BTreeMap<usize, [Moments; Quantity::SUMMARY.len()]>,
    market: MarketSums,
}

impl CellFigures {
    /// The firms that take part, with their figures.
    fn firms(&self) -> Vec<(usize, Figures)> {
        match self {
            Self::Computed(firms, _) => firms.to_vec(),
            Self::Read(read) => {
                let mean = |(firm, moments): (&usize, &[Moments; _])| {
                    (*firm, moments.map(|moments| moments.mean()))
                };
                read.firms.iter().map(mean).collect()
            }
        }
    }
}

impl RunFigures {
    /// Of a run with so many periods at each point of its sweep; one number holds for all points.
    #[must_use]
    pub fn new(periods: Vec<u32>) -> Self {
        Self {
            periods,
            ..Self::default()
        }
    }

    /// The same with so many customers, without which there is no surplus per customer.
    #[must_use]
    pub fn with_customers(self, customers: Vec<f64>) -> Self {
        Self { customers, ..self }
    }

    /// Takes in a cell as it was computed, with the names of its firms.
    pub fn take_finished(&mut self, cell: (u32, u32), names: &[String], finished: &Finished) {
        let firms = names.iter().zip(&finished.figures);
        let firms = firms.map(|(name, figures)| (position(&mut self.firms, name), *figures));
        let own = CellFigures::Computed(firms.collect(), finished.market);
        self.cells.insert(cell, own);
    }

    /// What tables say of a cell so far.
    fn read(&mut self, cell: CellKey) -> &mut ReadFigures {
        let own = self.cells.entry(cell);
        match own.or_insert_with(|| CellFigures::Read(Box::default())) {
            CellFigures::Read(read) => read,
            CellFigures::Computed(..) => unreachable!("a run is read or computed, not both"),
        }
    }

    /// Takes in rows of the table `firms`, with the points to which they belong if there is a sweep.
    ///
    /// The figures are those of `summary`, so the rows of the last tenth of the periods are needed.
    pub fn take(&mut self, batch: &Batch, points: &[i64]) {
        let columns = Quantity::SUMMARY.map(|quantity| batch.column_as_numbers(quantity.column()));
        let periods = batch.integers("period");
        let mut known: BTreeMap<Label, usize> = BTreeMap::new();
        for (row, label) in batch.labels("firm").iter().enumerate() {
            let (point, replicate) = key(batch, points, row);
            let (period, all) = (number(periods[row]), self.periods(point));
            if !closing(all).contains(&period) {
                continue;
            }
            let firm = *known
                .entry(*label)
                .or_insert_with(|| position(&mut self.firms, batch.vocabulary().name(*label)));
            let figures = self.read((point, replicate)).firms.entry(firm).or_default();
            for ((quantity, column), moments) in Quantity::SUMMARY.iter().zip(&columns).zip(figures)
            {
                if quantity.window(all).contains(&period) {
                    moments.add(column[row]);
                }
            }
        }
        self.take_sums(batch, points, MarketSums::take_firms);
    }

    /// Takes in rows of the table `market`, likewise.
    pub fn take_market(&mut self, batch: &Batch, points: &[i64]) {
        self.take_sums(batch, points, MarketSums::take_market);
    }

    fn take_sums(
        &mut self,
        batch: &Batch,
        points: &[i64],
        take: fn(&mut MarketSums, &Batch, u32, Range<usize>),
    ) {
        let keys: Vec<CellKey> = (0..batch.rows())
            .map(|row| key(batch, points, row))
            .collect();
        let mut from = 0;
        for together in keys.chunk_by(|one, next| one == next) {
            let (own, rows) = (together[0], from..from + together.len());
            from = rows.end;
            let periods = self.periods(own.0);
            take(&mut self.read(own).market, batch, periods, rows);
        }
    }

    /// The cells that another run has too, in order.
    pub(super) fn common<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = CellKey> + 'a {
        let keys = self.cells.keys().copied();
        keys.filter(|cell| other.cells.contains_key(cell))
    }

    /// Cells, that is replicates of points, that were taken in.
    #[must_use]
    pub fn cells(&self) -> usize {
        self.cells.len()
    }

    fn periods(&self, point: u32) -> u32 {
        let own = self.periods.get(point as usize).or(self.periods.last());
        own.copied().unwrap_or(0)
    }

    /// The figures of a firm in a cell; none if it does not take part.
    #[must_use]
    pub fn figures(&self, cell: CellKey, firm: &str) -> Option<Figures> {
        Some(self.among(cell, firm)?.0)
    }

    /// The figures of a firm in a cell, and those of all that take part there.
    fn among(&self, cell: CellKey, firm: &str) -> Option<(Figures, Vec<(usize, Figures)>)> {
        let place = self.firms.iter().position(|known| known == firm)?;
        let all = self.cells.get(&cell)?.firms();
        let own = all.iter().find(|(firm, _)| *firm == place)?.1;
        Some((own, all))
    }

    /// A firm's figures in a cell with whether it leads there.
    pub(super) fn compared(&self, cell: CellKey, firm: &str) -> Option<[f64; OF_FIRM]> {
        let (figures, all) = self.among(cell, firm)?;
        let shares = all
            .iter()
            .map(|(_, figures)| figures[Quantity::Share as usize]);
        let own = figures[Quantity::Share as usize];
        let mut compared = [leads(own, &shares.collect::<Vec<_>>()); OF_FIRM];
        compared[..figures.len()].copy_from_slice(&figures);
        Some(compared)
    }

    /// The figures of the whole market in a cell; NaN of what is not known.
    pub(super) fn market(&self, cell: CellKey) -> MarketFigures {
        let customers = self
            .customers
            .get(cell.0 as usize)
            .or(self.customers.last());
        let customers = customers.copied().unwrap_or(f64::NAN);
        match self.cells.get(&cell) {
            Some(CellFigures::Computed(_, market)) => *market,
            Some(CellFigures::Read(read)) => read.market.figures(customers),
            None => [f64::NAN; _],
        }
    }
}

/// A count or a place from a table, where whole numbers are signed.
pub(super) fn number(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The cell of a row.
fn key(batch: &Batch, points: &[i64], row: usize) -> CellKey {
    let point = points.get(row).map_or(0, |&point| number(point));
    (point, number(batch.integers("replicate")[row]))
}

/// The position of a name, which is added if it is new.
fn position(names: &mut Vec<String>, name: &str) -> usize {
    names
        .iter()
        .position(|known| known == name)
        .unwrap_or_else(|| {
            names.push(name.to_owned());
            names.len() - 1
        })
}
