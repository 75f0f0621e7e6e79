//! Figures in words: the text alternative, and what a caption has to add.

use super::axis::Format;
use super::panel::last_value;
use super::words;
use crate::analysis::{Estimate, Quantity, Results};

/// Most firms that a text alternative names.
const MOST: usize = 8;

/// The last value of a quantity of every firm, the largest first.
#[must_use]
pub fn firms(results: &Results, quantity: Quantity, measured: &str, format: Format) -> String {
    let decimals = if format == Format::Percent { 1 } else { 3 };
    let mut found: Vec<(&str, usize, f64)> = results
        .firms
        .iter()
        .filter_map(|firm| {
            let (period, value) = last_value(firm.series(quantity))?;
            Some((firm.name.as_str(), period, value))
        })
        .collect();
    found.sort_by(|a, b| b.2.total_cmp(&a.2));
    if found.is_empty() {
        return format!("{measured}: no values.");
    }
    let rest = found.len().saturating_sub(MOST);
    let mut parts: Vec<String> = found
        .iter()
        .take(MOST)
        .map(|&(name, period, value)| {
            format!(
                "{name} {} in period {period}",
                format.write(value, decimals)
            )
        })
        .collect();
    if rest > 0 {
        parts.push(format!(
            "{} with less",
            words::counted(rest as u64, "other firm")
        ));
    }
    format!("{measured}, by firm at the end: {}.", parts.join("; "))
}

/// First and last value of a series of the market.
#[must_use]
pub fn curve(name: &str, series: &[Estimate]) -> String {
    let first = series.iter().find(|estimate| estimate.mean.is_finite());
    match (first, last_value(series)) {
        (Some(first), Some((period, last))) => {
            let [first, last] = [first.mean, last].map(|value| Format::Number.write(value, 3));
            format!("{name}: {first} at the start, {last} in period {period}.")
        }
        _ => format!("{name}: no values."),
    }
}

/// Names the firms that have no line: "No values: x and y."
#[must_use]
pub fn without_values(results: &Results, quantity: Quantity) -> String {
    let names: Vec<String> = results
        .firms
        .iter()
        .filter(|firm| last_value(firm.series(quantity)).is_none())
        .map(|firm| firm.name.clone())
        .collect();
    match names.len() {
        0 => String::new(),
        1..=3 => format!("No values for {}.", words::list(&names)),
        many => format!("No values for {}.", words::counted(many as u64, "firm")),
    }
}
