//! The words around a comparison, and its text alternative.

use super::{ComparedGroup, ComparisonChart, MOST};
use crate::analysis::{Compared, Comparison, Quantity};
use crate::chart::kit::{Heading, Style, fill, words};

/// The key of what stands above the rows of a quantity.
pub fn title(quantity: Quantity) -> &'static str {
    match quantity {
        Quantity::Share => "comparison.share",
        Quantity::ValueCreated => "comparison.value_created",
        Quantity::CompetitiveAdvantage => "comparison.competitive_advantage",
        Quantity::Knowledge => "comparison.knowledge",
        Quantity::Fit => "comparison.fit",
        Quantity::Price => "comparison.price",
        Quantity::Customers => "comparison.customers",
        _ => "comparison.cumulative_profit",
    }
}

/// What is compared, and on what it rests.
pub fn heading(chart: &ComparisonChart<'_>) -> Heading {
    let style = chart.style;
    let Comparison {
        only_base,
        only_other,
        replicates,
        ..
    } = chart.comparison;
    let only = |names: &[String], run: &str| match names {
        [] => String::new(),
        names => fill!(style, "comparison.only", run, firms = style.list(names)),
    };
    let first = |key: &str, all: usize, most: usize| {
        if all <= most {
            return String::new();
        }
        let shown = style.texts.number_in_words(most as u64);
        fill!(style, key, shown, all)
    };
    let firms = chart.comparison.firms.iter();
    let firms = firms.filter(|firm| firm.point == 0).count();
    let points = chart.comparison.points().len();
    let is_sweep = !chart.points.is_empty();
    let pairs = match replicates {
        1 => style.say("comparison.pair").to_owned(),
        many => fill!(style, "comparison.pairs", count = many),
    };
    let measured = if is_sweep {
        "comparison.points"
    } else {
        "comparison.figures"
    };
    Heading {
        title: fill!(
            style,
            "comparison.title",
            other = chart.other,
            base = chart.base
        ),
        subtitle: style.say(measured).to_owned(),
        caption: vec![
            pairs,
            style.say("comparison.marks").to_owned(),
            first("comparison.first_firms", firms, MOST.0),
            if is_sweep {
                first("comparison.first_points", points, MOST.1)
            } else {
                String::new()
            },
            only(only_base, chart.base),
            only(only_other, chart.other),
        ],
    }
}

/// Every difference in words.
pub fn description(chart: &ComparisonChart<'_>, groups: &[ComparedGroup<'_>]) -> String {
    let style = chart.style;
    let sentence = |group: &ComparedGroup<'_>| {
        let row = |(name, compared): &(&str, Compared)| {
            let mean = compared.difference.mean;
            if mean.is_nan() {
                return fill!(style, "comparison.without", firm = name);
            }
            let value = mean * group.factor;
            let decimals = decimals(compared, group.factor);
            format!("{name} {}", written(style, value, decimals, true))
        };
        let rows: Vec<String> = group.rows.iter().map(row).collect();
        format!("{}: {}.", group.title, rows.join(", "))
    };
    let sentences: Vec<String> = groups.iter().map(sentence).collect();
    fill!(
        style,
        "comparison.described",
        other = chart.other,
        base = chart.base,
        figures = sentences.join(" ")
    )
}

/// Shares are written in percent.
pub fn factor(quantity: Quantity) -> f64 {
    if quantity == Quantity::Share {
        100.0
    } else {
        1.0
    }
}

/// Decimals that suit the difference and its interval.
pub fn decimals(compared: &Compared, factor: f64) -> usize {
    let (mean, reach) = (compared.difference.mean, compared.difference.reach());
    words::decimals(mean * factor, reach * factor)
}

/// A number with so many decimals, with its sign or not.
pub fn written(style: &Style, value: f64, decimals: usize, signed: bool) -> String {
    let format = if signed {
        style.signed()
    } else {
        style.number()
    };
    format.write(value, decimals)
}
