//! Rows become a log: periods are counted, firms ordered, and what cannot be one is told.

use std::collections::BTreeSet;

use super::date::{Date, Unit};
use super::read::{ARRIVED, Rows, Short};
use super::row::Moment;
use super::{FirmInLog, Log, LogError, Mistake, Purchase};

/// Most periods: with more, numbers are hardly periods.
const MOST_PERIODS: i64 = 100_000;
/// Most firms whose choices are told apart.
const MOST_FIRMS: usize = 200;

impl Rows<'_> {
    /// The log.
    ///
    /// # Errors
    /// The mistakes so far, or that the rows make no log.
    pub fn log(mut self) -> Result<Log, LogError> {
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
        // purchases of one day or number stay in the order of the file
        self.rows.sort_by_key(|row| row.moment);
        let purchase = |row: &Short| Purchase {
            period: period(row.moment),
            customer: row.customer,
            arrived: 0,
            firm: order[usize::from(row.firm)],
            begun_by_firm: row.begun,
        };
        let purchases = self.rows.iter().map(purchase).collect();
        Ok(Log {
            firms,
            populations: self.populations(),
            customers: u32::try_from(self.customers.len()).unwrap_or(u32::MAX),
            periods: u32::try_from(periods).unwrap_or(u32::MAX),
            first: match span.0 {
                Some(Moment::Number(number)) => Some(number),
                _ => None,
            },
            span: (written(span.0), written(span.1)),
            purchases,
            knows_who_began: self.knows_who_began,
            knows_arrivals: self.knows_arrivals,
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
