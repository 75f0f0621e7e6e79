//! Axes and their values in words.

use crate::analysis::{AxisValue, SweepAxis};
use crate::chart::kit::{Style, fill, words};

/// What an axis is called: its label, or its path in plain words.
#[must_use]
pub fn axis(style: &Style, axis: &SweepAxis) -> String {
    let label = axis.label.trim();
    if label.is_empty() {
        path(style, &axis.key)
    } else {
        label.to_owned()
    }
}

/// `populations.busy.need.rate` as "Need rate of busy".
fn path(style: &Style, key: &str) -> String {
    let parts: Vec<&str> = key.split('.').filter(|part| !part.is_empty()).collect();
    let of = |rest: &[&str], owner: &str| {
        let parameter = words::parameter(style, &rest.join("."));
        fill!(style, "sweep.of", parameter, owner)
    };
    match parts[..] {
        [
            list @ ("populations" | "firms" | "experiences"),
            "*",
            ref rest @ ..,
        ] if !rest.is_empty() => of(rest, style.say(&format!("sweep.all_{list}"))),
        ["firms", name, ref rest @ ..] if !rest.is_empty() => of(rest, &style.label(name)),
        ["populations" | "experiences", name, ref rest @ ..] if !rest.is_empty() => of(rest, name),
        ["firm_defaults", ref rest @ ..] if !rest.is_empty() => {
            of(rest, style.say("sweep.all_firms"))
        }
        ["market" | "simulation", ref rest @ ..] if !rest.is_empty() => {
            words::parameter(style, &rest.join("."))
        }
        ref all => words::parameter(style, &all.join(".")),
    }
}

/// A value of an axis: a number as short as it can be told from its neighbours, a text as it is.
#[must_use]
pub fn value(style: &Style, value: &AxisValue) -> String {
    match value {
        AxisValue::Text(text) if text.trim().is_empty() => style.say("sweep.empty").to_owned(),
        AxisValue::Text(text) if text == "true" => style.say("sweep.yes").to_owned(),
        AxisValue::Text(text) if text == "false" => style.say("sweep.no").to_owned(),
        AxisValue::Text(text) => text.trim().to_owned(),
        AxisValue::Number(value) => words::number(style, *value, 4),
    }
}

/// The values of an axis: exact where that is short, else with as few digits as tell them apart.
#[must_use]
pub fn values(style: &Style, values: &[AxisValue]) -> Vec<String> {
    let is_exact = |value: &AxisValue| match value {
        AxisValue::Number(value) => {
            words::number(style, *value, 4) == words::number(style, *value, 12)
        }
        AxisValue::Text(_) => true,
    };
    let words = |digits: i32| -> Vec<String> {
        let short = |value: &AxisValue| match value {
            AxisValue::Number(value) => words::number(style, *value, digits),
            AxisValue::Text(_) => self::value(style, value),
        };
        values.iter().map(short).collect()
    };
    if values.iter().all(is_exact) {
        return words(4);
    }
    let differ = |words: &Vec<String>| words.windows(2).all(|pair| pair[0] != pair[1]);
    (2..12).map(words).find(differ).unwrap_or_else(|| words(12))
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
            assert_eq!(path(&Style::default(), key), expected);
        }
    }

    #[test]
    fn a_label_comes_first() {
        let mut named = SweepAxis {
            key: "market.friction.request".to_owned(),
            label: " Effort of asking ".to_owned(),
            values: vec![],
        };
        assert_eq!(axis(&Style::default(), &named), "Effort of asking");
        named.label.clear();
        assert_eq!(axis(&Style::default(), &named), "Friction request");
    }

    #[test]
    fn values_are_as_short_as_they_differ() {
        let words = |numbers: &[f64]| {
            let numbers: Vec<_> = numbers.iter().copied().map(AxisValue::Number).collect();
            values(&Style::default(), &numbers)
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
}
