//! The columns of a log, and what a row of it says.

use super::date::{Date, Unit};
use super::error::Mistake;

/// What a row says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    pub customer: &'a str,
    pub population: &'a str,
    pub arrived: &'a str,
    pub moment: Moment,
    pub firm: &'a str,
    pub price: f64,
    pub cause: Cause,
}

/// When a row happened, before periods are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Moment {
    Number(i64),
    Date(Date),
}

/// How a purchase came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    Unknown,
    Requested,
    Detected,
    FalseAlarm,
}

/// Where the columns are, by their names in the first line.
#[derive(Debug)]
pub(super) struct Columns {
    customer: usize,
    period: usize,
    firm: usize,
    population: Option<usize>,
    arrived: Option<usize>,
    price: Option<usize>,
    kind: Option<usize>,
    /// Columns of a run's table that say of which market a row is.
    replicate: Option<usize>,
    point: Option<usize>,
    variant: Option<usize>,
}

/// Names under which logs have the three columns that they need.
const NEEDED: [&str; 3] = ["customer", "period", "firm"];

impl Columns {
    /// The columns of a header.
    ///
    /// # Errors
    /// One is missing, or there twice.
    pub fn find(header: &csv::StringRecord) -> Result<Self, Mistake> {
        let place = |name: &str| {
            let is = |own: &str| own.trim().eq_ignore_ascii_case(name);
            let mut places = (0..).zip(header).filter(|(_, own)| is(own));
            let first = places.next().map(|(place, _)| place);
            match places.next() {
                Some(_) => Err(Mistake {
                    line: Some(1),
                    column: name.to_owned(),
                    problem: "two columns have this name".to_owned(),
                    remedy: "rename one of them".to_owned(),
                }),
                None => Ok(first),
            }
        };
        let needed = |name: &str| {
            place(name)?.ok_or_else(|| {
                let there: Vec<&str> = header.iter().map(str::trim).collect();
                let of = NEEDED.map(|name| format!("`{name}`")).join(", ");
                Mistake {
                    line: Some(1),
                    column: String::new(),
                    problem: format!("there is no column `{name}`, only {}", there.join(", ")),
                    remedy: format!("name the columns {of} in the first line, with commas, semicolons or tabs between them"),
                }
            })
        };
        // of other logs, columns of these names are about something else
        let of_run = |name: &str| match place("replicate")? {
            Some(_) => place(name),
            None => Ok(None),
        };
        Ok(Self {
            customer: needed("customer")?,
            period: needed("period")?,
            firm: needed("firm")?,
            population: place("population")?,
            arrived: place("arrived")?,
            price: place("price")?,
            kind: place("kind")?,
            replicate: of_run("replicate")?,
            point: of_run("point")?,
            variant: of_run("variant")?,
        })
    }

    /// Of which market a row is, where the log says: replicate, point and variant.
    pub fn market<'a>(&self, record: &'a csv::StringRecord) -> [&'a str; 3] {
        [self.replicate, self.point, self.variant].map(|place| optional(record, place))
    }

    /// Whether the log says how purchases came about.
    pub fn has_kind(&self) -> bool {
        self.kind.is_some()
    }

    /// Whether the log tells who took the number of one who left.
    pub fn has_arrived(&self) -> bool {
        self.arrived.is_some()
    }

    /// What a row says, with `period` as the unit that was asked for.
    ///
    /// # Errors
    /// A field says nothing that can be understood.
    pub fn row<'a>(
        &self,
        record: &'a csv::StringRecord,
        unit: Option<Unit>,
        has_decimal_commas: bool,
    ) -> Result<Row<'a>, Mistake> {
        let line = record.position().map(csv::Position::line);
        let wrong = |column: &str, problem: String, remedy: &str| Mistake {
            line,
            column: column.to_owned(),
            problem,
            remedy: remedy.to_owned(),
        };
        let needed = |name: &str, place: usize| match optional(record, Some(place)) {
            "" => Err(wrong(
                name,
                "it is empty".to_owned(),
                "every purchase needs one; take the line out if it is none",
            )),
            text => Ok(text),
        };
        let price = match optional(record, self.price) {
            "" => f64::NAN,
            text => {
                let plain = if has_decimal_commas {
                    text.replacen(',', ".", 1)
                } else {
                    text.to_owned()
                };
                let number = plain.parse().ok().filter(|price: &f64| price.is_finite());
                number.ok_or_else(|| {
                    let problem = format!("`{text}` is no number");
                    wrong(
                        "price",
                        problem,
                        "write prices as plain numbers without a currency, or leave them empty",
                    )
                })?
            }
        };
        let cause = match optional(record, self.kind) {
            "" => Cause::Unknown,
            "requested" => Cause::Requested,
            "detected" => Cause::Detected,
            "false_alarm" => Cause::FalseAlarm,
            text => {
                let problem = format!("`{text}` is no kind of interaction");
                let remedy = "write requested (the customer began), detected (the firm began), false_alarm (no purchase), or leave it empty";
                return Err(wrong("kind", problem, remedy));
            }
        };
        Ok(Row {
            customer: needed("customer", self.customer)?,
            population: optional(record, self.population),
            arrived: optional(record, self.arrived),
            moment: moment(needed("period", self.period)?, unit)
                .map_err(|(problem, remedy)| wrong("period", problem, remedy))?,
            firm: needed("firm", self.firm)?,
            price,
            cause,
        })
    }
}

fn optional(record: &csv::StringRecord, place: Option<usize>) -> &str {
    place
        .and_then(|place| record.get(place))
        .unwrap_or("")
        .trim()
}

/// What a field of the column `period` says; or what is wrong, and what to do.
fn moment(text: &str, unit: Option<Unit>) -> Result<Moment, (String, &'static str)> {
    // some programs write whole numbers with decimals
    let whole = text.trim_end_matches('0').strip_suffix(['.', ',']);
    let number = whole.unwrap_or(text).parse::<i64>().ok();
    let date = Date::parse(text, matches!(unit, Some(Unit::Months(_))));
    match (unit, number, date) {
        (None | Some(Unit::Numbers(_)), Some(number), _) => Ok(Moment::Number(number)),
        (Some(Unit::Days(_) | Unit::Months(_)), _, Some(date)) => Ok(Moment::Date(date)),
        (None | Some(Unit::Numbers(_)), None, Some(_)) => Err((
            format!("`{text}` is a date, and nothing says how long a period is"),
            "add --period 7d for weeks (1d for days, 1m for months); in a scenario, period = \"7d\" under [calibrate]",
        )),
        (Some(Unit::Days(_) | Unit::Months(_)), Some(_), None) => Err((
            format!("`{text}` is no date, as the length of a period that was given needs"),
            "write dates with the year first, as 2024-05-31, or leave the unit out of the length of a period",
        )),
        _ => Err((
            format!("`{text}` is neither a whole number nor a date"),
            "write periods as whole numbers, or as dates with the year first, such as 2024-05-31 (of months also 2024-05)",
        )),
    }
}
