//! Figures in words: the text alternative of a chart.

use crate::analysis::{Estimate, Quantity};
use crate::chart::form::curve::last_value;
use crate::chart::kind::view::View;
use crate::chart::kit::{Format, Style, fill};
use crate::statistics::order::largest_first;

/// Most firms that a text alternative names.
const MOST: usize = 8;

/// What is measured of how many firms over how many periods, and the figure of each at the end, the largest first.
#[must_use]
pub fn firms(view: &View<'_>, quantity: Quantity, measured: &str, format: Format) -> String {
    let style = &view.style;
    let decimals = if format.is_percent() { 1 } else { 3 };
    let mut found: Vec<(&str, usize, f64)> = view
        .cast
        .iter()
        .filter_map(|actor| {
            let (period, value) = last_value(view.series(actor, quantity))?;
            let reaches_end = period + 1 == view.results.periods as usize;
            let end = view.at_end(actor, quantity).filter(|_| reaches_end);
            Some((actor.name.as_str(), period, end.unwrap_or(value)))
        })
        .collect();
    largest_first(&mut found, |(.., value)| *value);
    if found.is_empty() {
        return fill!(style, "describe.no_values", what = measured);
    }
    let rest = found.len().saturating_sub(MOST);
    let mut parts: Vec<String> = found
        .iter()
        .take(MOST)
        .map(|&(name, period, value)| {
            let value = format.write(value, decimals);
            if period + 1 == view.results.periods as usize {
                return format!("{name} {value}");
            }
            let period = view.first as usize + period;
            fill!(style, "describe.in_period", name, value, period)
        })
        .collect();
    if rest > 0 {
        let others = style.count("other_firm", rest as u64);
        parts.push(fill!(style, "describe.with_less", firms = others));
    }
    fill!(
        style,
        "describe.firms",
        what = measured,
        firms = style.count("firm", view.cast.len() as u64),
        periods = style.count("period", u64::from(view.results.periods)),
        values = parts.join(", ")
    )
}

/// First and last value of a series of the market.
#[must_use]
pub fn curve(style: &Style, first_period: u32, name: &str, series: &[Estimate]) -> String {
    let first = series.iter().find(|estimate| estimate.mean.is_finite());
    let (Some(first), Some((period, last))) = (first, last_value(series)) else {
        return fill!(style, "describe.no_values", what = name);
    };
    let [first, last] = [first.mean, last].map(|value| style.number().write(value, 3));
    let period = first_period as usize + period;
    fill!(style, "describe.curve", name, first, last, period)
}
