//! Words that charts share: numbers, units, and what a caption tells.

use super::cast::distinct_experiences;
use crate::analysis::Results;
use crate::scenario::Scenario;

/// The unit of all values.
pub const UNIT: &str = "in units of the willingness to pay for a perfect fit";

/// A small number in words, a large one in digits with separators.
#[must_use]
pub fn number(count: u64) -> String {
    const SMALL: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    match SMALL.get(usize::try_from(count).unwrap_or(usize::MAX)) {
        Some(word) => (*word).to_owned(),
        None => grouped(count),
    }
}

/// Digits in groups of three.
#[must_use]
pub fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut words = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            words.push(',');
        }
        words.push(digit);
    }
    words
}

/// A count with its noun, which takes an "s" in the plural.
#[must_use]
pub fn counted(count: u64, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", number(count))
}

/// ", 5-period mean", or nothing where series are as they are.
#[must_use]
pub fn smoothing(results: &Results) -> String {
    if results.smoothing > 1 {
        format!(", {}-period mean", results.smoothing)
    } else {
        String::new()
    }
}

/// What the lines and bands are: "Mean and 95 % interval of 40 replicates."
#[must_use]
pub fn replicates(results: &Results, with_interval: bool) -> String {
    replicates_of(results.replicates, with_interval)
}

/// The same of so many replicates.
#[must_use]
pub fn replicates_of(replicates: u32, with_interval: bool) -> String {
    match replicates {
        0 | 1 => "One replicate.".to_owned(),
        many => {
            let what = if with_interval {
                "Mean and 95 % interval"
            } else {
                "Mean"
            };
            format!("{what} of {} replicates.", grouped(u64::from(many)))
        }
    }
}

/// Who takes part: "5,000 customers, four firms, one experience each."
#[must_use]
pub fn market(scenario: &Scenario, results: &Results) -> String {
    let customers: u64 = scenario
        .populations
        .iter()
        .map(|population| u64::from(population.customers))
        .sum();
    let noun = if customers == 1 {
        "customer"
    } else {
        "customers"
    };
    let mut words = format!("{} {noun}", grouped(customers));
    if scenario.populations.len() > 1 {
        let populations = number(scenario.populations.len() as u64);
        words.push_str(&format!(" in {populations} populations"));
    }
    words.push_str(&format!(
        ", {}",
        counted(results.firms.len() as u64, "firm")
    ));
    if results.firms.len() > 1 && distinct_experiences(scenario, results).is_some() {
        words.push_str(", one experience each");
    }
    words.push('.');
    words
}

/// Names in a sentence: "a", "a and b", "a, b and c".
#[must_use]
pub fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// The scenario's title as part of a caption, if it has one.
#[must_use]
pub fn scenario_title(scenario: &Scenario) -> String {
    let title = scenario.title.trim();
    if title.is_empty() {
        String::new()
    } else {
        format!("Scenario: “{title}”.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        assert_eq!(counted(1, "firm"), "one firm");
        assert_eq!(counted(4, "firm"), "four firms");
        assert_eq!(counted(32, "firm"), "32 firms");
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(grouped(999), "999");
        assert_eq!(list(&["a".into(), "b".into(), "c".into()]), "a, b and c");
    }
}
