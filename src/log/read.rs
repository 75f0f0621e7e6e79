//! A log out of a file.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use indexmap::IndexSet;

use super::date::{Date, Unit};
use super::row::{Cause, Columns, Moment, Row};
use super::{FirmInLog, Log, LogError, Mistake, Purchase};
use crate::table::{Format, INTERACTIONS, InteractionRow, Numbering, read_format};

/// Mistakes that are told one by one.
const MOST_MISTAKES: usize = 20;
/// Most periods: with more, numbers are hardly periods.
const MOST_PERIODS: i64 = 100_000;
/// Most firms whose choices are told apart.
const MOST_FIRMS: usize = 200;

/// Between a customer's number and arrival: in no name.
const ARRIVED: char = '\u{1f}';

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
    /// `interactions` of a run, of which one market is taken (of variants the first; in Parquet only of a run without variants).
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
struct Short {
    moment: Moment,
    customer: u32,
    firm: u16,
    begun: bool,
}

/// Rows that were taken so far.
struct Rows<'a> {
    path: &'a Path,
    reading: &'a Reading,
    /// Customers: population, number and arrival.
    customers: IndexSet<(u32, String)>,
    populations: IndexSet<String>,
    firms: IndexSet<String>,
    /// By firm: purchases with a price, and the sum of those.
    prices: Vec<(u64, f64)>,
    rows: Vec<Short>,
    variant: Option<String>,
    passed_over: u64,
    knows_who_began: bool,
    mistakes: Vec<Mistake>,
    more: u64,
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
            mistakes: Vec::new(),
            more: 0,
        }
    }

    fn unreadable(&self, problem: impl std::fmt::Display) -> LogError {
        let remedy =
            "name a log of purchases as CSV, or interactions.csv or interactions.parquet of a run";
        LogError::one(
            self.path,
            Mistake::of_file(format!("it cannot be read ({problem})"), remedy),
        )
    }

    fn take_csv(&mut self) -> Result<(), LogError> {
        let file = File::open(self.path).map_err(|error| self.unreadable(error))?;
        let mut file = BufReader::with_capacity(1 << 16, file);
        let beginning = file.fill_buf().map_err(|error| self.unreadable(error))?;
        let mark = beginning.starts_with(b"\xef\xbb\xbf");
        let first = beginning.split(|byte| *byte == b'\n').next().unwrap_or(&[]);
        let has = |byte: u8| first.contains(&byte);
        let delimiter = match (has(b','), has(b';'), has(b'\t')) {
            (_, true, _) => b';',
            (false, false, true) => b'\t',
            _ => b',',
        };
        if mark {
            let mut skipped = [0; 3];
            file.read_exact(&mut skipped)
                .map_err(|error| self.unreadable(error))?;
        }
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .from_reader(file);
        let header = reader
            .headers()
            .map_err(|error| self.unreadable(error))?
            .clone();
        let columns =
            Columns::find(&header).map_err(|mistake| LogError::one(self.path, mistake))?;
        self.knows_who_began = columns.has_kind();
        let mut record = csv::StringRecord::new();
        while reader
            .read_record(&mut record)
            .map_err(|error| self.unreadable(error))?
        {
            if record.len() != header.len() {
                let line = record.position().map(csv::Position::line);
                self.add_mistake(Mistake {
                    line,
                    column: String::new(),
                    problem: format!(
                        "it has {} fields, but the first line names {} columns",
                        record.len(),
                        header.len()
                    ),
                    remedy: "put texts that contain the separator in double quotes".to_owned(),
                });
                continue;
            }
            if !self.is_wanted(columns.market(&record)) {
                self.passed_over += 1;
                continue;
            }
            match columns.row(&record, self.reading.unit, delimiter == b';') {
                Ok(row) => self.take(&row),
                Err(mistake) => self.add_mistake(mistake),
            }
        }
        Ok(())
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
        let name = self.path.file_name().unwrap_or_default();
        let expected = Format::Parquet.file(&INTERACTIONS);
        if name != expected.as_str() {
            let problem = format!("of Parquet, only the table {expected} of a run can be read");
            let remedy = "write the log as CSV";
            return Err(LogError::one(self.path, Mistake::of_file(problem, remedy)));
        }
        let folder = match self.path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
            _ => PathBuf::from("."),
        };
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
        let read = read_format(
            &folder,
            Format::Parquet,
            &INTERACTIONS,
            &Numbering::default(),
            &mut take,
        );
        read.map_err(|error| self.unreadable(error))
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

    fn log(mut self) -> Result<Log, LogError> {
        let file = |problem: String, remedy: &str| vec![Mistake::of_file(problem, remedy)];
        if self.mistakes.is_empty() && self.rows.is_empty() {
            let remedy = "the log needs a line for each purchase; of a run, --replicate chooses which market is meant";
            self.mistakes = file("there are no purchases in it".to_owned(), remedy);
        }
        if self.mistakes.is_empty() && self.firms.len() > MOST_FIRMS {
            let problem = format!("it has {} firms, more than {MOST_FIRMS}", self.firms.len());
            self.mistakes = file(
                problem,
                "put the small ones together under one name, such as `others`",
            );
        }
        let count = |moment: Moment| moment_number(moment, self.reading.unit);
        let counts = self.rows.iter().map(|row| count(row.moment));
        let least = counts.clone().min().unwrap_or(0);
        let periods = counts
            .max()
            .unwrap_or(0)
            .saturating_sub(least)
            .saturating_add(1);
        let length = match self.reading.unit {
            None => 1,
            Some(Unit::Numbers(length) | Unit::Days(length) | Unit::Months(length)) => {
                i64::from(length)
            }
        };
        let periods = (periods + length - 1) / length;
        if self.mistakes.is_empty() && periods > MOST_PERIODS {
            let problem = format!("it has {periods} periods, more than {MOST_PERIODS}");
            self.mistakes = file(
                problem,
                "choose longer periods with --period, as in --period 7d, or --period 7 where periods are numbers",
            );
        }
        if !self.mistakes.is_empty() {
            return Err(LogError {
                path: self.path.to_owned(),
                mistakes: self.mistakes,
                more: self.more,
            });
        }
        let period =
            |moment: Moment| u32::try_from((count(moment) - least) / length).unwrap_or(u32::MAX);
        let span = (
            self.rows.iter().map(|row| row.moment).min(),
            self.rows.iter().map(|row| row.moment).max(),
        );
        let (order, firms) = self.firms();
        let purchase = |row: &Short| Purchase {
            period: period(row.moment),
            customer: row.customer,
            arrived: 0,
            firm: order[usize::from(row.firm)],
            begun_by_firm: row.begun,
        };
        let mut purchases: Vec<Purchase> = self.rows.iter().map(purchase).collect();
        // purchases of one period stay in the order of the file
        purchases.sort_by_key(|one| one.period);
        Ok(Log {
            firms,
            populations: self.populations(),
            customers: u32::try_from(self.customers.len()).unwrap_or(u32::MAX),
            periods: u32::try_from(periods).unwrap_or(u32::MAX),
            span: (written(span.0), written(span.1)),
            purchases,
            knows_who_began: self.knows_who_began,
            passed_over: self.passed_over,
        })
    }

    /// The firms as a log has them, and the new place of each.
    fn firms(&self) -> (Vec<u16>, Vec<FirmInLog>) {
        let mut purchases = vec![0u64; self.firms.len()];
        let mut begun = vec![0u64; self.firms.len()];
        for row in &self.rows {
            purchases[usize::from(row.firm)] += 1;
            begun[usize::from(row.firm)] += u64::from(row.begun);
        }
        let mut sorted: Vec<usize> = (0..self.firms.len()).collect();
        sorted.sort_by(|a, b| {
            purchases[*b]
                .cmp(&purchases[*a])
                .then_with(|| self.firms[*a].cmp(&self.firms[*b]))
        });
        let mut order = vec![0; sorted.len()];
        for (place, firm) in (0u16..).zip(&sorted) {
            order[*firm] = place;
        }
        let firm = |&firm: &usize| FirmInLog {
            name: self.firms[firm].clone(),
            purchases: purchases[firm],
            begun: begun[firm],
            price: self.prices[firm].1 / self.prices[firm].0 as f64,
        };
        (order, sorted.iter().map(firm).collect())
    }

    /// The populations; of customers whose numbers are used again, as many as there are numbers.
    fn populations(&self) -> Vec<(String, u32)> {
        let mut numbers: Vec<BTreeSet<&str>> = vec![BTreeSet::new(); self.populations.len()];
        for (population, customer) in &self.customers {
            let number = customer.split(ARRIVED).next().unwrap_or(customer);
            numbers[*population as usize].insert(number);
        }
        let count = |own: &BTreeSet<&str>| u32::try_from(own.len()).unwrap_or(u32::MAX);
        let named = self.populations.iter().zip(&numbers);
        named
            .map(|(name, own)| (name.clone(), count(own)))
            .collect()
    }
}

/// The place of a name, which is added if it is new.
fn place(names: &mut IndexSet<String>, name: &str) -> u32 {
    let place = names
        .get_index_of(name)
        .unwrap_or_else(|| names.insert_full(name.to_owned()).0);
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// A moment as a number of days, months or whatever the log counts in.
fn moment_number(moment: Moment, unit: Option<Unit>) -> i64 {
    match (moment, unit) {
        (Moment::Number(number), _) => number,
        (Moment::Date(date), Some(Unit::Months(_))) => Date::months(date),
        (Moment::Date(date), _) => Date::days(date),
    }
}

fn written(moment: Option<Moment>) -> String {
    match moment {
        Some(Moment::Number(number)) => number.to_string(),
        Some(Moment::Date(date)) => date.to_string(),
        None => String::new(),
    }
}
