//! Statistics that were published or measured elsewhere, in a table in place of a log.

use std::path::Path;

use indexmap::IndexSet;

use super::{LogError, Mistake, Shape, Sheet, Statistic, StatisticKind, scenario_name};

/// The columns of the table; others are passed over.
const COLUMNS: [&str; 6] = ["statistic", "firm", "from", "to", "value", "standard_error"];

/// A statistic that is aimed at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Target {
    /// Which.
    pub statistic: Statistic,
    /// Its value.
    pub value: f64,
    /// What it is off by, besides the chances of so many customers; 0 and more.
    pub standard_error: f64,
}

impl Target {
    /// Reads the targets of a market with these firms, over this shape.
    ///
    /// # Errors
    /// What is no target of such a market: the mistakes, each with its line.
    pub fn read(path: &Path, shape: Shape, firms: &[String]) -> Result<Vec<Self>, LogError> {
        let of_file = |mistake| LogError::one(path, mistake);
        let mut sheet = Sheet::open(path).map_err(of_file)?;
        let places = places(&sheet.header).map_err(of_file)?;
        let market = Market {
            shape,
            firms,
            statistics: shape.statistics(),
            has_decimal_commas: sheet.has_decimal_commas(),
        };
        let (mut targets, mut mistakes) = (Vec::<(Self, Option<u64>)>::new(), Vec::new());
        let mut record = csv::StringRecord::new();
        loop {
            let read = match sheet.read(&mut record) {
                Ok(false) => break,
                Ok(true) => market.target(places.map(|place| record[place].trim())),
                Err(mistake) => {
                    mistakes.push(mistake);
                    continue;
                }
            };
            let line = record.position().map(csv::Position::line);
            let read = read.and_then(|target| {
                let is = |known: &&(Self, _)| known.0.statistic == target.statistic;
                match targets.iter().find(is) {
                    Some((_, Some(before))) => Err(wrong(
                        "",
                        format!("line {before} has the same statistic, firm, from and to"),
                        "keep one of the two",
                    )),
                    _ => Ok(target),
                }
            });
            match read {
                Ok(target) => targets.push((target, line)),
                Err(mistake) => mistakes.push(Mistake { line, ..mistake }),
            }
        }
        if targets.is_empty() && mistakes.is_empty() {
            mistakes.push(Mistake::of_file(
                "there are no targets in it",
                "write a line for each statistic",
            ));
        }
        match mistakes.is_empty() {
            true => Ok(targets.into_iter().map(|(target, _)| target).collect()),
            false => Err(LogError::of(path, mistakes)),
        }
    }
}

/// Where the columns are.
fn places(header: &csv::StringRecord) -> Result<[usize; COLUMNS.len()], Mistake> {
    let mut places = [0; COLUMNS.len()];
    for (place, name) in places.iter_mut().zip(COLUMNS) {
        let is = |own: &str| own.trim().eq_ignore_ascii_case(name);
        let found = header.iter().position(is).ok_or_else(|| Mistake {
            line: Some(1),
            ..wrong(
                "",
                format!("there is no column `{name}`"),
                &format!("name the columns {} in the first line, as statistics.csv of `flywheel describe` does; standard_error is what a value is off by", COLUMNS.join(", ")),
            )
        });
        *place = found?;
    }
    Ok(places)
}

/// A mistake in a column of a line.
fn wrong(column: &str, problem: String, remedy: &str) -> Mistake {
    Mistake {
        line: None,
        column: column.to_owned(),
        problem,
        remedy: remedy.to_owned(),
    }
}

/// What targets are of.
struct Market<'a> {
    shape: Shape,
    firms: &'a [String],
    statistics: Vec<Statistic>,
    has_decimal_commas: bool,
}

impl Market<'_> {
    /// What a line aims at.
    fn target(&self, [name, firm, from, to, value, error]: [&str; 6]) -> Result<Target, Mistake> {
        let kind = StatisticKind::named(name).ok_or_else(|| {
            let known = StatisticKind::ALL.map(StatisticKind::name).join(", ");
            let remedy = format!("statistics are {known}");
            wrong(
                "statistic",
                format!("there is no statistic `{name}`"),
                &remedy,
            )
        })?;
        let (firm, to_firm) = self.firms_of(kind, firm)?;
        let value = self.number("value", value)?;
        if value != kind.possible(value) {
            let (problem, remedy) = match kind.is_part() {
                true => (
                    "is not between 0 and 1",
                    "write parts of 1, as 0.25 for 25 %",
                ),
                false => ("is below 0", "no market has less than 0"),
            };
            return Err(wrong("value", format!("{value} {problem}"), remedy));
        }
        let standard_error = self.number("standard_error", error)?;
        if standard_error < 0.0 {
            let problem = format!("{standard_error} is below 0");
            return Err(wrong("standard_error", problem, "write 0 or more"));
        }
        let (from, to) = (whole("from", from)?, whole("to", to)?);
        let own = Statistic {
            kind,
            firm,
            to_firm,
            from,
            to,
        };
        match self.statistics.contains(&own) {
            true => Ok(Target {
                statistic: own,
                value,
                standard_error,
            }),
            false => Err(self.no_window(own)),
        }
    }

    /// The firms that a statistic is of.
    fn firms_of(
        &self,
        kind: StatisticKind,
        text: &str,
    ) -> Result<(Option<usize>, Option<usize>), Mistake> {
        let known = || self.firms.join(", ");
        let place = |name: &str| {
            let name = name.trim();
            let is = |own: &String| own == name || *own == scenario_name(name, "firm");
            self.firms.iter().position(is).ok_or_else(|| {
                let problem = format!("the scenario has no firm `{name}`");
                wrong("firm", problem, &format!("its firms are {}", known()))
            })
        };
        let name = kind.name();
        match (kind, text) {
            (StatisticKind::Share, "") => Err(wrong(
                "firm",
                format!("`{name}` is of one firm, and none is named"),
                &format!("write one of {}", known()),
            )),
            (StatisticKind::Share, one) => Ok((Some(place(one)?), None)),
            (StatisticKind::Switching, both) => match both.split_once('>') {
                Some((one, other)) => Ok((Some(place(one)?), Some(place(other)?))),
                None => Err(wrong(
                    "firm",
                    format!("`{name}` is from one firm to another, and `{both}` names no two"),
                    &format!("write two of {} with > between them", known()),
                )),
            },
            (_, "") => Ok((None, None)),
            _ => Err(wrong(
                "firm",
                format!("`{name}` is of all firms together, and `{text}` is named"),
                "leave the firm empty",
            )),
        }
    }

    fn number(&self, column: &str, text: &str) -> Result<f64, Mistake> {
        let plain = match self.has_decimal_commas {
            true => text.replacen(',', ".", 1),
            false => text.to_owned(),
        };
        let number = plain.parse::<f64>().ok().filter(|value| value.is_finite());
        number.ok_or_else(|| match (text, column) {
            ("", "standard_error") => wrong(
                column,
                "it is empty".to_owned(),
                "write what the value is off by, or 0 where that is no more than the chances of so many customers",
            ),
            ("", _) => wrong(column, "it is empty".to_owned(), "take the line out if nothing is known"),
            _ => wrong(column, format!("`{text}` is no number"), "write a plain number, as 0.25"),
        })
    }

    /// Why a statistic has no such window.
    fn no_window(&self, own: Statistic) -> Mistake {
        let Statistic { kind, from, to, .. } = own;
        let periods = self.shape.periods;
        let is_open = matches!(
            kind,
            StatisticKind::RepeatAfter | StatisticKind::RunLength | StatisticKind::Survival
        );
        let problem = if to <= from && !(is_open && to == 0) {
            format!("it ends at {to}, no later than it begins, at {from}")
        } else if to > periods && !is_open {
            format!("it ends at {to}, but {periods} periods are seen")
        } else {
            format!("`{}` is not told from {from} to {to}", kind.name())
        };
        let windows: IndexSet<String> = (self.statistics.iter())
            .filter(|one| one.kind == kind)
            .map(|one| format!("{}-{}", one.from, one.to))
            .collect();
        let windows = Vec::from_iter(windows).join(", ");
        let remedy = format!(
            "in {periods} periods, from and to of `{}` are {windows}; `periods` under [calibrate] says how many periods are seen",
            kind.name()
        );
        wrong("from", problem, &remedy)
    }
}

fn whole(column: &str, text: &str) -> Result<u32, Mistake> {
    text.parse().map_err(|_| {
        let problem = match text {
            "" => "it is empty".to_owned(),
            _ => format!("`{text}` is no whole number from 0 on"),
        };
        wrong(column, problem, "write the first period or number, and the one before which it ends, as statistics.csv of `flywheel describe` does")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a table of targets of two firms and 60 periods says, its lines behind the header given.
    fn targets(lines: &str) -> Result<Vec<Target>, LogError> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("targets.csv");
        let header = "statistic,firm,from,to,value,standard_error";
        std::fs::write(&path, format!("{header}\n{lines}\n")).expect("space");
        let shape = Shape {
            firms: 2,
            periods: 60,
        };
        Target::read(&path, shape, &["shop".to_owned(), "coach".to_owned()])
    }

    #[test]
    fn targets_are_statistics_of_the_market() {
        let read = targets(
            "share,shop,0,10,0.6,0\nswitching,shop > coach,0,60,0.2,0.01\nsurvival,,4,0,0.5,0\nfrequency,,50,60,1.5,0.1",
        );
        let read = read.unwrap_or_else(|error| panic!("{error}"));
        let all = Shape {
            firms: 2,
            periods: 60,
        }
        .statistics();
        assert!(read.iter().all(|target| all.contains(&target.statistic)));
        assert_eq!((read[1].value, read[1].standard_error), (0.2, 0.01));
        assert_eq!(
            (read[1].statistic.firm, read[1].statistic.to_firm),
            (Some(0), Some(1))
        );
    }

    #[test]
    fn what_is_no_target_is_told_with_its_line_and_a_remedy() {
        for (line, column, words) in [
            (
                "shares,shop,0,10,0.6,0",
                "statistic",
                "statistics are share",
            ),
            ("share,,0,10,0.6,0", "firm", "write one of shop, coach"),
            (
                "share,shoop,0,10,0.6,0",
                "firm",
                "its firms are shop, coach",
            ),
            ("switching,shop,0,60,0.6,0", "firm", "with > between them"),
            (
                "switching,shop > other,0,60,0.6,0",
                "firm",
                "no firm `other`",
            ),
            ("repeat,shop,0,10,0.6,0", "firm", "leave the firm empty"),
            ("share,shop,10,10,0.6,0", "from", "no later than it begins"),
            ("share,shop,20,10,0.6,0", "from", "no later than it begins"),
            ("share,shop,50,70,0.6,0", "from", "60 periods are seen"),
            ("share,shop,5,15,0.6,0", "from", "are 0-10, 10-20, 20-30"),
            ("survival,,3,0,0.6,0", "from", "are 1-0, 2-0, 4-0"),
            ("share,shop,-1,10,0.6,0", "from", "no whole number"),
            ("share,shop,0,ten,0.6,0", "to", "no whole number"),
            ("share,shop,0,10,,0", "value", "take the line out"),
            ("share,shop,0,10,60 %,0", "value", "no number"),
            ("share,shop,0,10,60,0", "value", "parts of 1"),
            ("frequency,,0,10,-1,0", "value", "below 0"),
            ("share,shop,0,10,0.6,", "standard_error", "or 0 where"),
            ("share,shop,0,10,0.6,-0.1", "standard_error", "0 or more"),
            ("share,shop,0,10,0.6,inf", "standard_error", "no number"),
            ("share,shop,0,10,0.6", "", "names 6 columns"),
            ("repeat,,0,10,0.5,0", "", "line 2 has the same"),
        ] {
            let error = targets(&format!("repeat,,0,10,0.5,0\n{line}")).expect_err(line);
            let told = error.to_string();
            let [mistake] = &error.mistakes[..] else {
                panic!("{told}");
            };
            assert_eq!(
                (mistake.line, mistake.column.as_str()),
                (Some(3), column),
                "{told}"
            );
            assert!(told.contains(words), "{told}");
            assert!(!mistake.remedy.is_empty(), "{told}");
        }
        // all are told together
        assert_eq!(
            targets("a,,0,0,0,0\nb,,0,0,0,0")
                .expect_err("two")
                .mistakes
                .len(),
            2
        );
        assert!(
            targets("")
                .expect_err("none")
                .to_string()
                .contains("no targets")
        );
    }
}
