//! Words that charts share: what lines are, who takes part, and how a parameter is called.

use super::cast::distinct_experiences;
use super::style::Style;
use crate::analysis::{Estimate, Results};
use crate::scenario::Scenario;

/// ", 5-period mean", or nothing where series are as they are.
#[must_use]
pub fn smoothing(style: &Style, results: &Results) -> String {
    if results.smoothing > 1 {
        style.fill("words.smoothing", &[("periods", &results.smoothing)])
    } else {
        String::new()
    }
}

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
    style.fill(key, &[("count", &count)])
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
    (1.0 - size.log10().floor()).clamp(0.0, 5.0) as usize
}

/// A mean with the half-width of its interval, where it has one: "17.9 ± 2.0".
#[must_use]
pub fn with_interval(style: &Style, estimate: &Estimate) -> String {
    let half = estimate.high - estimate.mean;
    let decimals = decimals(estimate.mean, half);
    let mean = style.number().write(estimate.mean, decimals);
    if half.is_finite() {
        format!("{mean} ± {}", style.number().write(half, decimals))
    } else {
        mean
    }
}

/// Who takes part: "5,000 customers, four firms, one experience each."
#[must_use]
pub fn market(style: &Style, scenario: &Scenario, results: &Results) -> String {
    let mut parts = vec![customers(style, scenario)];
    if scenario.populations.len() > 1 {
        let populations = style.count("population", scenario.populations.len() as u64);
        let (customers, populations) = (&parts[0], &populations);
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("customers", customers), ("populations", populations)];
        parts[0] = style.fill("words.in_populations", &values);
    }
    parts.push(style.count("firm", results.firms.len() as u64));
    if results.firms.len() > 1 && distinct_experiences(scenario, results).is_some() {
        parts.push(style.say("words.one_experience_each").to_owned());
    }
    format!("{}.", parts.join(", "))
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
    style.fill(key, &[("count", &style.texts.grouped(customers))])
}

/// "No values for x and y.", or how many firms there are without any.
#[must_use]
pub fn without_values(style: &Style, firms: &[String]) -> String {
    let who = match firms.len() {
        0 => return String::new(),
        1..=3 => style.list(firms),
        many => style.count("firm", many as u64),
    };
    style.fill("words.without_values", &[("firms", &who)])
}

/// The scenario's title as part of a caption, if it has one.
#[must_use]
pub fn scenario_title(style: &Style, title: &str) -> String {
    let title = title.trim();
    if title.is_empty() {
        String::new()
    } else {
        style.fill("words.scenario", &[("title", &title)])
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
}
