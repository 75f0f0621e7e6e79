//! A log out of a file.

use std::path::Path;

use indexmap::IndexSet;

use super::date::Unit;
use super::error::MOST_MISTAKES;
use super::row::{Cause, Columns, Moment, Row};
use super::sheet::Sheet;
use super::{Log, LogError, Mistake};
use crate::table::{Format, INTERACTIONS, InteractionRow, Numbering, read_file};

/// Between a customer's number and arrival: in no name.
pub(super) const ARRIVED: char = '\u{1f}';

/// How a log is read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// How long a period is; needed where the log has dates.
    pub unit: Option<Unit>,
    /// The replicate that is meant, of a table of a run.
    pub replicate: u32,
    /// The point of a sweep that is meant, likewise.
    pub point: u32,
}

impl Log {
    /// Reads a log: CSV with the columns `customer, period, firm` and perhaps `population`, `price` and `kind`, or the table
    /// `interactions` of a run, of which one market is taken (of variants the first; in Parquet only of a run without variants, and that table alone).
    ///
    /// # Errors
    /// The file cannot be read, or what it says not be understood: the first mistakes, each with its place.
    pub fn read(path: &Path, reading: &Reading) -> Result<Self, LogError> {
        let mut rows = Rows::new(path, reading);
        if path.extension().is_some_and(|ending| ending == "parquet") {
            rows.take_parquet()?;
        } else {
            rows.take_csv()?;
        }
        rows.log()
    }
}

/// A row in short; the file may have millions.
#[derive(Debug, Clone, Copy)]
pub(super) struct Short {
    pub moment: Moment,
    pub customer: u32,
    pub firm: u16,
    pub begun: bool,
}

/// Rows that were taken so far.
pub(super) struct Rows<'a> {
    pub path: &'a Path,
    pub reading: &'a Reading,
    /// Customers: population, number and arrival.
    pub customers: IndexSet<(u32, String)>,
    pub populations: IndexSet<String>,
    pub firms: IndexSet<String>,
    /// By firm: purchases with a price, and the sum of those.
    pub prices: Vec<(u64, f64)>,
    pub rows: Vec<Short>,
    variant: Option<String>,
    pub passed_over: u64,
    pub knows_who_began: bool,
    pub knows_arrivals: bool,
    pub mistakes: Vec<Mistake>,
    pub more: u64,
}

impl<'a> Rows<'a> {
    fn new(path: &'a Path, reading: &'a Reading) -> Self {
        Self {
            path,
            reading,
            customers: IndexSet::new(),
            populations: IndexSet::new(),
            firms: IndexSet::new(),
            prices: Vec::new(),
            rows: Vec::new(),
            variant: None,
            passed_over: 0,
            knows_who_began: true,
            knows_arrivals: false,
            mistakes: Vec::new(),
            more: 0,
        }
    }

    fn take_csv(&mut self) -> Result<(), LogError> {
        let of_file = |mistake| LogError::one(self.path, mistake);
        let mut sheet = Sheet::open(self.path).map_err(of_file)?;
        let columns = Columns::find(&sheet.header).map_err(of_file)?;
        self.knows_who_began = columns.has_kind();
        self.knows_arrivals = columns.has_arrived();
        let mut record = csv::StringRecord::new();
        loop {
            match sheet.read(&mut record) {
                Ok(true) => {}
                Ok(false) => return Ok(()),
                Err(mistake) => {
                    self.add_mistake(mistake);
                    continue;
                }
            }
            if !self.is_wanted(columns.market(&record)) {
                self.passed_over += 1;
                continue;
            }
            match columns.row(&record, self.reading.unit, sheet.has_decimal_commas()) {
                Ok(row) => self.take(&row),
                Err(mistake) => self.add_mistake(mistake),
            }
        }
    }

    /// Whether a row is of the market that is meant.
    fn is_wanted(&mut self, [replicate, point, variant]: [&str; 3]) -> bool {
        let is = |text: &str, number: u32| text.is_empty() || text.parse() == Ok(number);
        if !(is(replicate, self.reading.replicate) && is(point, self.reading.point)) {
            return false;
        }
        let first = self.variant.get_or_insert_with(|| variant.to_owned());
        first == variant
    }

    fn take_parquet(&mut self) -> Result<(), LogError> {
        self.knows_arrivals = true;
        let path = self.path;
        let mut take = |batch: &crate::table::Batch, worlds: &[i64]| {
            for (number, row) in InteractionRow::all(batch).enumerate() {
                let world = worlds
                    .get(number)
                    .copied()
                    .unwrap_or(i64::from(self.reading.point));
                let is_point = world == i64::from(self.reading.point);
                if !is_point || row.replicate != i64::from(self.reading.replicate) {
                    self.passed_over += 1;
                    continue;
                }
                self.take(&Row {
                    customer: &row.customer.to_string(),
                    population: row.population,
                    arrived: &row.arrived.to_string(),
                    moment: Moment::Number(row.period),
                    firm: row.firm,
                    price: row.price,
                    cause: match row.kind {
                        "detected" => Cause::Detected,
                        "false_alarm" => Cause::FalseAlarm,
                        _ => Cause::Requested,
                    },
                });
            }
        };
        let numbering = Numbering::default();
        let read = read_file(path, Format::Parquet, &INTERACTIONS, &numbering, &mut take);
        read.map_err(|error| {
            let remedy = "of Parquet, only the table interactions of a run can be read; write the log as CSV";
            LogError::one(path, Mistake::of_file(error.to_string(), remedy))
        })
    }

    fn add_mistake(&mut self, mistake: Mistake) {
        if self.mistakes.len() < MOST_MISTAKES {
            self.mistakes.push(mistake);
        } else {
            self.more += 1;
        }
    }

    fn take(&mut self, row: &Row<'_>) {
        if row.cause == Cause::FalseAlarm {
            self.passed_over += 1;
            return;
        }
        self.knows_who_began &= row.cause != Cause::Unknown;
        let population = place(&mut self.populations, row.population);
        let customer = match row.arrived {
            "" => row.customer.to_owned(),
            arrived => format!("{}{ARRIVED}{arrived}", row.customer),
        };
        let (customer, _) = self.customers.insert_full((population, customer));
        let firm = place(&mut self.firms, row.firm);
        self.prices.resize(self.firms.len(), (0, 0.0));
        if row.price.is_finite() {
            let (count, sum) = &mut self.prices[firm as usize];
            *count += 1;
            *sum += row.price;
        }
        self.rows.push(Short {
            moment: row.moment,
            customer: u32::try_from(customer).unwrap_or(u32::MAX),
            firm: u16::try_from(firm).unwrap_or(u16::MAX),
            begun: row.cause == Cause::Detected,
        });
    }
}

/// The place of a name, which is added if it is new.
fn place(names: &mut IndexSet<String>, name: &str) -> u32 {
    let place = names
        .get_index_of(name)
        .unwrap_or_else(|| names.insert_full(name.to_owned()).0);
    u32::try_from(place).unwrap_or(u32::MAX)
}
