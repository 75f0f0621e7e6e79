//! Axes and their values in words.

use crate::analysis::{AxisValue, SweepAxis};
use crate::chart::words::grouped;

/// What an axis is called: its label, or its path in plain words.
#[must_use]
pub fn axis(axis: &SweepAxis) -> String {
    let label = axis.label.trim();
    if label.is_empty() {
        path(&axis.key)
    } else {
        label.to_owned()
    }
}

/// `populations.busy.need.rate` as "Need rate of busy".
fn path(key: &str) -> String {
    let parts: Vec<&str> = key.split('.').filter(|part| !part.is_empty()).collect();
    let (words, owner) = match parts[..] {
        ["populations" | "firms" | "experiences", "*", ref rest @ ..] if !rest.is_empty() => {
            (rest, format!(" of all {}", parts[0]))
        }
        ["populations" | "firms" | "experiences", name, ref rest @ ..] if !rest.is_empty() => {
            (rest, format!(" of {name}"))
        }
        ["firm_defaults", ref rest @ ..] if !rest.is_empty() => (rest, " of all firms".to_owned()),
        ["market" | "simulation", ref rest @ ..] if !rest.is_empty() => (rest, String::new()),
        ref all => (all, String::new()),
    };
    let words = words.join(" ").replace('_', " ");
    let mut letters = words.chars();
    let first: String = letters
        .next()
        .map_or_else(String::new, |letter| letter.to_uppercase().collect());
    format!("{first}{}{owner}", letters.as_str())
}

/// A value of an axis: a number as short as it can be told from its neighbours, a text as it is.
#[must_use]
pub fn value(value: &AxisValue) -> String {
    match value {
        AxisValue::Text(text) if text.trim().is_empty() => "(empty)".to_owned(),
        AxisValue::Text(text) => text.trim().to_owned(),
        AxisValue::Number(value) => number(*value, 4),
    }
}

/// The values of an axis: exact where that is short, else with as few digits as tell them apart.
#[must_use]
pub fn values(values: &[AxisValue]) -> Vec<String> {
    let is_exact = |value: &AxisValue| match value {
        AxisValue::Number(value) => number(*value, 4) == number(*value, 12),
        AxisValue::Text(_) => true,
    };
    let words = |digits: i32| -> Vec<String> {
        let short = |value: &AxisValue| match value {
            AxisValue::Number(value) => number(*value, digits),
            AxisValue::Text(_) => self::value(value),
        };
        values.iter().map(short).collect()
    };
    if values.iter().all(is_exact) {
        return words(4);
    }
    let differ = |words: &Vec<String>| words.windows(2).all(|pair| pair[0] != pair[1]);
    (2..12).map(words).find(differ).unwrap_or_else(|| words(12))
}

/// A number with so many digits that count, whole ones with all of theirs.
fn number(value: f64, most: i32) -> String {
    let size = value.abs();
    let digits = if size != 0.0 && !(1e-4..1e7).contains(&size) {
        // 2.50e8 as 2.5e8
        let (digits, power) = match format!("{size:.*e}", most as usize - 1).split_once('e') {
            Some((digits, power)) => (digits.to_owned(), power.to_owned()),
            None => return "∞".to_owned(),
        };
        let digits = digits.trim_end_matches('0').trim_end_matches('.');
        format!("{digits}e{power}")
    } else if size.fract() == 0.0 {
        grouped(size as u64)
    } else {
        let whole = libm::log10(size).floor().max(-4.0) as i32 + 1;
        let decimals = (most - whole).clamp(0, 15) as usize;
        let digits = format!("{size:.decimals$}");
        if digits.contains('.') {
            digits
                .trim_end_matches('0')
                .trim_end_matches('.')
                .to_owned()
        } else {
            digits
        }
    };
    if value < 0.0 {
        format!("−{digits}")
    } else {
        digits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_read_as_words() {
        for (key, expected) in [
            ("populations.busy.need.rate", "Need rate of busy"),
            (
                "populations.*.agency_taste",
                "Agency taste of all populations",
            ),
            ("firms.a.learning.individual", "Learning individual of a"),
            ("firm_defaults.price", "Price of all firms"),
            ("market.friction.request", "Friction request"),
            ("simulation.periods", "Periods"),
            ("customers", "Customers"),
            ("market", "Market"),
            ("", ""),
        ] {
            assert_eq!(path(key), expected);
        }
    }

    #[test]
    fn a_label_comes_first() {
        let mut named = SweepAxis {
            key: "market.friction.request".to_owned(),
            label: " Effort of asking ".to_owned(),
            values: vec![],
        };
        assert_eq!(axis(&named), "Effort of asking");
        named.label.clear();
        assert_eq!(axis(&named), "Friction request");
    }

    #[test]
    fn values_are_as_short_as_they_differ() {
        let words = |numbers: &[f64]| {
            let numbers: Vec<_> = numbers.iter().copied().map(AxisValue::Number).collect();
            values(&numbers)
        };
        assert_eq!(words(&[0.0, 0.125, 0.25]), ["0", "0.125", "0.25"]);
        assert_eq!(
            words(&[0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0]),
            ["0", "0.33", "0.67", "1"]
        );
        assert_eq!(words(&[1.0 / 3.0, 0.334]), ["0.333", "0.334"]);
        assert_eq!(
            words(&[100.0, 316.227_766, 1000.0]),
            ["100", "316", "1,000"]
        );
    }

    #[test]
    fn numbers_are_short() {
        for (value, expected) in [
            (0.1, "0.1"),
            (0.1 + 0.2, "0.3"),
            (-0.125, "−0.125"),
            (0.0, "0"),
            (5000.0, "5,000"),
            (12.3456, "12.35"),
            (0.000_5, "0.0005"),
            (2.5e-7, "2.5e-7"),
            (3e9, "3e9"),
            (99_999.5, "100000"),
            (f64::INFINITY, "∞"),
        ] {
            assert_eq!(number(value, 4), expected);
        }
    }
}
