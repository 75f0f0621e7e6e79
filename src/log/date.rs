//! Dates in logs, and the units of time that make periods of them.

use std::fmt;
use std::str::FromStr;

/// How long a period of a log is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// So many of the numbers that the log counts periods with.
    Numbers(u32),
    /// So many days.
    Days(u32),
    /// So many months of the calendar.
    Months(u32),
}

impl FromStr for Unit {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!(
                "`{text}` is no length of a period: a number of days, weeks or months, as in 1d, 7d, 2w or 1m; of a log whose periods are numbers a plain number, as in 7"
            )
        };
        let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let count: u32 = digits.parse().map_err(|_| wrong())?;
        if count == 0 || count > 10_000 {
            return Err(wrong());
        }
        match &text[digits.len()..] {
            "" => Ok(Self::Numbers(count)),
            "d" => Ok(Self::Days(count)),
            "w" => Ok(Self::Days(7 * count)),
            "m" => Ok(Self::Months(count)),
            _ => Err(wrong()),
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Numbers(count) => write!(f, "{count}"),
            Self::Days(count) => write!(f, "{count}d"),
            Self::Months(count) => write!(f, "{count}m"),
        }
    }
}

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Date {
    year: i32,
    month: u8,
    day: u8,
}

impl Date {
    /// The date that a text begins with: 2024-05-31, perhaps with a time behind it, 2024/05/31, 2024.05.31 or 20240531; and, of months, the
    /// first of 2024-05.
    pub fn parse(text: &str, is_month: bool) -> Option<Self> {
        let number = |part: &str| part.parse::<i32>().ok();
        let is_compact = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
        let (year, month, day) = if is_compact {
            (&text[..4], &text[4..6], &text[6..])
        } else {
            let is_whole = !is_month || text.len() != 7;
            let date = text.get(..if is_whole { 10 } else { 7 })?;
            let behind = text[date.len()..].chars().next();
            if !matches!(behind, None | Some('T' | ' ')) {
                return None;
            }
            let between = date.chars().nth(4)?;
            let mut parts = date.split(['-', '/', '.'].into_iter().find(|c| *c == between)?);
            let parts = (parts.next()?, parts.next()?, parts.next());
            if parts.0.len() != 4 {
                return None;
            }
            (parts.0, parts.1, if is_whole { parts.2? } else { "1" })
        };
        let (year, month, day) = (number(year)?, number(month)?, number(day)?);
        let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let last = match month {
            4 | 6 | 9 | 11 => 30,
            2 if is_leap => 29,
            2 => 28,
            1..=12 => 31,
            _ => return None,
        };
        (1..=last).contains(&day).then_some(Self {
            year,
            month: u8::try_from(month).ok()?,
            day: u8::try_from(day).ok()?,
        })
    }

    /// Days since 1 March of the year 0, by the Gregorian calendar.
    pub fn days(self) -> i64 {
        let (year, month) = match self.month {
            1 | 2 => (i64::from(self.year) - 1, i64::from(self.month) + 9),
            _ => (i64::from(self.year), i64::from(self.month) - 3),
        };
        let leaps = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        365 * year + leaps + (153 * month + 2) / 5 + i64::from(self.day) - 1
    }

    /// Months since the year 0.
    pub fn months(self) -> i64 {
        12 * i64::from(self.year) + i64::from(self.month) - 1
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        let days = |text: &str| Date::parse(text, false).expect("a date").days();
        assert_eq!(days("2024-03-01") - days("2024-02-28"), 2);
        assert_eq!(days("1900-03-01") - days("1900-02-28"), 1);
        assert_eq!(days("2000-03-01") - days("2000-02-29"), 1);
        // a day of POSIX time zero and one of the year 2001, as `date -d @1000000000` has it
        assert_eq!(
            days("2001-09-09") - days("1970-01-01"),
            1_000_000_000 / 86_400
        );
        assert_eq!(days("19970101"), days("1997-01-01T23:59:59"));
        assert_eq!(days("2024/05/31"), days("2024.05.31"));
        let month = |text: &str| Date::parse(text, true).expect("a month").months();
        assert_eq!(month("2024-03") - month("2023-12-31"), 3);
        for wrong in [
            "2024-05",
            "2024/05-31",
            "2023-02-29",
            "2023-13-01",
            "2023-1-1",
            "1/2/2023",
            "2023-01-01x",
            "",
            "20231301",
        ] {
            assert_eq!(Date::parse(wrong, false), None, "{wrong}");
        }
    }

    #[test]
    fn units_are_written_as_they_are_read() {
        for (text, unit) in [
            ("7d", Unit::Days(7)),
            ("1m", Unit::Months(1)),
            ("3", Unit::Numbers(3)),
        ] {
            assert_eq!(
                (text.parse(), unit.to_string()),
                (Ok(unit), text.to_owned())
            );
        }
        assert_eq!("2w".parse(), Ok(Unit::Days(14)));
        for wrong in ["", "d", "0d", "7y", "-1d", "1.5d", "99999d"] {
            assert!(wrong.parse::<Unit>().is_err(), "{wrong}");
        }
    }
}
