//! Words that charts share: what lines are, who takes part, and how a parameter is called.

use crate::analysis::Estimate;
use crate::chart::kit::fill;
use crate::chart::kit::style::Style;
use crate::scenario::Scenario;

/// What the lines and bands are: "Mean and 95 % interval of 40 replicates."
#[must_use]
pub fn replicates(style: &Style, replicates: u32, with_interval: bool) -> String {
    if replicates < 2 {
        return style.say("words.one_replicate").to_owned();
    }
    let key = if with_interval {
        "words.mean_and_interval"
    } else {
        "words.mean"
    };
    let count = style.texts.grouped(u64::from(replicates));
    fill!(style, key, count)
}

/// Decimals that show the half-width of an interval, or else the value itself, with two digits.
#[must_use]
pub fn decimals(mean: f64, half: f64) -> usize {
    let size = if half.is_finite() && half > 0.0 {
        half
    } else {
        mean.abs()
    };
    if !size.is_finite() || size == 0.0 {
        return 1;
    }
    (1.0 - libm::log10(size).floor()).clamp(0.0, 5.0) as usize
}

/// A mean with the half-width of its interval, where it has one: "17.9 ± 2.0".
#[must_use]
pub fn with_interval(style: &Style, estimate: &Estimate) -> String {
    let half = estimate.reach();
    let decimals = decimals(estimate.mean, half);
    let mean = style.number().write(estimate.mean, decimals);
    if half.is_finite() {
        format!("{mean} ± {}", style.number().write(half, decimals))
    } else {
        mean
    }
}

/// How many customers there are, in digits.
#[must_use]
pub fn customers(style: &Style, scenario: &Scenario) -> String {
    let populations = scenario.populations.iter();
    let customers: u64 = populations
        .map(|population| u64::from(population.customers))
        .sum();
    let key = if customers == 1 {
        "words.customer"
    } else {
        "words.customers"
    };
    fill!(style, key, count = style.texts.grouped(customers))
}

/// "No values for x and y.", or how many firms there are without any.
#[must_use]
pub fn without_values(style: &Style, firms: &[String]) -> String {
    let who = match firms.len() {
        0 => return String::new(),
        1..=3 => style.list(firms),
        many => style.count("firm", many as u64),
    };
    fill!(style, "words.without_values", firms = who)
}

/// The scenario's title as part of a caption, if it has one.
#[must_use]
pub fn scenario_title(style: &Style, title: &str) -> String {
    let title = title.trim();
    if title.is_empty() {
        String::new()
    } else {
        fill!(style, "words.scenario", title)
    }
}

/// A number with so many digits that count, whole ones with all of theirs.
#[must_use]
pub fn number(style: &Style, value: f64, most: i32) -> String {
    let size = value.abs();
    let digits = if size != 0.0 && !(1e-4..1e7).contains(&size) {
        // 2.50e8 as 2.5e8
        let (digits, power) = match format!("{size:.*e}", most as usize - 1).split_once('e') {
            Some((digits, power)) => (digits.to_owned(), power.to_owned()),
            None => return "∞".to_owned(),
        };
        let digits = digits.trim_end_matches('0').trim_end_matches('.');
        style.texts.with_decimals(&format!("{digits}e{power}"))
    } else if size.fract() == 0.0 {
        style.texts.grouped(size as u64)
    } else {
        let whole = libm::log10(size).floor().max(-4.0) as i32 + 1;
        let decimals = (most - whole).clamp(0, 15) as usize;
        let digits = format!("{size:.decimals$}");
        let digits = if digits.contains('.') {
            digits.trim_end_matches('0').trim_end_matches('.')
        } else {
            &digits
        };
        style.texts.with_decimals(digits)
    };
    if value < 0.0 {
        format!("−{digits}")
    } else {
        digits
    }
}

/// A parameter in words, by its keys below the name of its owner: `need.rate` is "Need rate".
#[must_use]
pub fn parameter(style: &Style, keys: &str) -> String {
    let known = format!("parameters.{keys}");
    if style.texts.has(&known) {
        return style.say(&known).to_owned();
    }
    first_large(&keys.replace(['.', '_'], " "))
}

/// A text with its first letter large.
#[must_use]
pub fn first_large(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        format!("{}{}", first.to_uppercase(), letters.as_str())
    })
}

/// A name within a sentence: its first letter small, unless it begins like an abbreviation.
#[must_use]
pub fn first_small(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            format!("{}{}", first.to_lowercase(), letters.as_str())
        }
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{ChartStyle, Language};

    fn style(language: Language) -> Style {
        Style::new(&ChartStyle {
            language,
            ..ChartStyle::default()
        })
    }

    #[test]
    fn numbers_read_well() {
        let english = style(Language::En);
        assert_eq!(english.count("firm", 1), "one firm");
        assert_eq!(english.count("firm", 4), "four firms");
        assert_eq!(english.count("firm", 32), "32 firms");
        assert_eq!(english.texts.grouped(1_234_567), "1,234,567");
        assert_eq!(english.texts.grouped(999), "999");
        let names = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(english.list(&names), "a, b and c");
        assert_eq!(style(Language::Nl).list(&names), "a, b en c");
        assert_eq!(style(Language::Es).texts.grouped(1_234_567), "1.234.567");
        assert_eq!(style(Language::Es).count("firm", 1), "una empresa");
    }

    #[test]
    fn sentences_have_large_and_small_letters() {
        assert_eq!(first_large("élan"), "Élan");
        assert_eq!(first_small("Awareness"), "awareness");
        assert_eq!(first_small("HHI"), "HHI");
        assert_eq!(first_large(""), "");
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
            assert_eq!(number(&Style::default(), value, 4), expected);
        }
    }
}
