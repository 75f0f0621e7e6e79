//! The variants of a scenario: how each firm fares in them over time, beside the scenario itself, and what differs from it.

use plotters::style::RGBColor;

use super::comparison::{ComparisonChart, draw_comparison};
use super::describe;
use crate::analysis::{
    AxisValue, Comparison, Findings, Quantity, Results, Series, SweepPoint, SweepResults,
    VariantResults, Variants,
};
use crate::chart::form::across::Across;
use crate::chart::form::curve::Curve;
use crate::chart::form::panel::Panel;
use crate::chart::form::time::TimeChart;
use crate::chart::kit::subject::Subject;
use crate::chart::kit::{Data, Figure, Heading, Range, Style, Told, fill, theme, words};
use crate::scenario::Scenario;
use crate::statistics::order::largest_first;

/// Most firms that have a panel, and most variants that are told apart.
const MOST: (usize, usize) = (4, 7);

/// The charts of a scenario's variants: their courses, and what differs in each from the scenario itself.
#[must_use]
pub fn draw_variants(scenario: &Scenario, findings: &Findings, variants: &Variants) -> Vec<Figure> {
    let style = &Style::new(&scenario.chart_style);
    let about = Subject::Comparison;
    let mut figures = Vec::new();
    if let Findings::Series(base) = findings {
        let draw = |scenario: &Scenario| vec![draw_courses(scenario, base, variants)];
        let drawn = super::super::fitted(scenario, &draw).into_iter();
        figures.extend(drawn.map(|one| one.about(about)));
    }
    let Some((base, others)) = variants.all.split_first() else {
        return figures;
    };
    let points = match findings {
        Findings::Points(results) if !results.axes.is_empty() => points_in_words(style, results),
        _ => Vec::new(),
    };
    for (other, comparison) in others.iter().zip(&variants.comparisons) {
        let name = format!("comparison-{}", file_name(&other.variant.name));
        let chart = ComparisonChart {
            style,
            name: &name,
            base: base.variant.label(),
            other: other.variant.label(),
            comparison,
            points: &points,
        };
        figures.push(draw_comparison(&chart).about(about));
    }
    figures
}

/// The points of a sweep in words: each parameter with its value.
fn points_in_words(style: &Style, results: &SweepResults) -> Vec<String> {
    let point = |point: &SweepPoint| {
        let values = results.axes.iter().zip(&point.values);
        let words = values.map(|(axis, value)| {
            let name = match axis.label.as_str() {
                "" => axis
                    .key
                    .rsplit('.')
                    .next()
                    .unwrap_or_default()
                    .replace('_', " "),
                label => label.to_owned(),
            };
            match value {
                AxisValue::Number(value) => format!("{name} {}", words::number(style, *value, 4)),
                AxisValue::Text(text) => format!("{name} {text}"),
            }
        });
        words.collect::<Vec<_>>().join(", ")
    };
    results.points.iter().map(point).collect()
}

/// A name as part of the name of a file.
fn file_name(name: &str) -> String {
    let plain = |c: char| {
        if c.is_alphanumeric() || c == '_' {
            c
        } else {
            '-'
        }
    };
    name.chars().map(plain).collect()
}

/// A world with what it is called and its colour.
struct World<'a> {
    name: &'a str,
    results: &'a Results,
    color: RGBColor,
}

fn draw_courses(scenario: &Scenario, base: &Results, variants: &Variants) -> Figure {
    let style = &Style::new(&scenario.chart_style);
    let worlds = worlds(base, variants);
    let firms = shown(base, &variants.comparisons);
    let panels: Vec<Panel<'_>> = match firms.as_slice() {
        [only] => sole(style, &worlds, *only),
        several => several
            .iter()
            .map(|&firm| shares(style, &worlds, firm))
            .collect(),
    };
    let is_sole = firms.len() == 1;
    let curves = panels.iter().flat_map(|panel| {
        let titled = panel.curves.iter().map(move |curve| (panel, curve));
        titled.filter(|(_, curve)| !curve.name.is_empty())
    });
    let described: Vec<String> = curves
        .map(|(panel, curve)| {
            let name = format!("{}, {}", panel.title, curve.name);
            describe::curve(style, 0, &name, &curve.series)
        })
        .collect();
    let smoothing = match base.smoothing {
        0 | 1 => String::new(),
        periods => fill!(style, "words.smoothing", periods),
    };
    let key = if is_sole {
        "variants.sole"
    } else {
        "variants.measured"
    };
    let [all, left_out] = [
        variants.all.len() - 1,
        variants.all.len().saturating_sub(MOST.1 + 1),
    ];
    let left_out = match left_out {
        0 => String::new(),
        _ => fill!(style, "variants.first", shown = all - left_out, all),
    };
    let few = match base.firms.len() > firms.len() {
        true => fill!(
            style,
            "variants.most",
            shown = firms.len(),
            all = base.firms.len()
        ),
        false => String::new(),
    };
    let title = match scenario.title.trim() {
        "" => style.say("variants.title"),
        title => title,
    };
    TimeChart {
        style,
        told: Told {
            name: "variants".to_owned(),
            heading: Heading {
                title: title.to_owned(),
                subtitle: fill!(style, key, smoothing),
                caption: vec![
                    words::replicates(style, base.replicates, true),
                    style.say("variants.draws").to_owned(),
                    few,
                    left_out,
                ],
            },
            description: described.join(" "),
            data: Data::default(),
        },
        across: Across::Periods {
            first: 0,
            count: base.periods,
        },
        height: 0.7 + 0.3 * panels.len() as f64,
        panels,
        events: Vec::new(),
    }
    .draw()
}

/// The scenario itself and its variants, as far as they have colours.
fn worlds<'a>(base: &'a Results, variants: &'a Variants) -> Vec<World<'a>> {
    let all = variants.all.iter().take(MOST.1 + 1).enumerate();
    let world = |(place, one): (usize, &'a VariantResults)| {
        let results = match place {
            0 => Some(base),
            _ => one.results.as_ref(),
        };
        Some(World {
            name: one.variant.label(),
            results: results?,
            color: match place {
                0 => theme::QUIET,
                place => theme::FIRMS[(place + 3) % theme::FIRMS.len()],
            },
        })
    };
    all.filter_map(world).collect()
}

/// The firms that have a panel, in the order of the results: all, or those whose share differs most.
fn shown(base: &Results, comparisons: &[Comparison]) -> Vec<usize> {
    let mut firms: Vec<usize> = (0..base.firms.len()).collect();
    if firms.len() <= MOST.0 {
        return firms;
    }
    let differs = |firm: &usize| {
        let own = comparisons.iter().flat_map(|one| &one.firms);
        let own = own.filter(|one| one.name == base.firms[*firm].name);
        let differences = own.map(|one| one.figures[0].difference.mean.abs());
        differences
            .filter(|size| size.is_finite())
            .fold(0.0, f64::max)
    };
    largest_first(&mut firms, differs);
    firms.truncate(MOST.0);
    firms.sort_unstable();
    firms
}

/// A panel with a firm's share in every world.
fn shares<'a>(style: &Style, worlds: &[World<'a>], firm: usize) -> Panel<'a> {
    let name = &worlds[0].results.firms[firm].name;
    let of = |results: &'a Results| {
        let own = results.firms.iter().find(|one| one.name == *name);
        own.map(|one| one.series(Quantity::Share))
    };
    Panel::new(
        &style.label(name),
        curves(worlds, &of),
        style.percent(),
        Range::PART.with_zero(),
    )
}

/// Panels of a market of one firm: how many needs are fulfilled, and how well.
fn sole<'a>(style: &Style, worlds: &[World<'a>], firm: usize) -> Vec<Panel<'a>> {
    let coverage = |results: &'a Results| Some(&results.market.coverage);
    let fit = move |results: &'a Results| {
        let own = results.firms.get(firm)?;
        Some(own.series(Quantity::Fit))
    };
    vec![
        Panel::new(
            style.say("variants.coverage"),
            curves(worlds, &coverage),
            style.percent(),
            Range::PART.with_zero(),
        ),
        Panel::new(
            style.say("variants.fit"),
            curves(worlds, &fit),
            style.number(),
            Range::PART,
        ),
    ]
}

/// A line for each world: that of the scenario itself thin and pale, below the others.
fn curves<'a>(
    worlds: &[World<'a>],
    of: &dyn Fn(&'a Results) -> Option<&'a Series>,
) -> Vec<Curve<'a>> {
    let curve = |world: &World<'a>| Some(Curve::plain(world.name, of(world.results)?, world.color));
    worlds.iter().filter_map(curve).collect()
}
