//! What is at stake: for every kind of need, each firm's share, the experience with which it serves the kind, how well that fits, and
//! what its mistakes cost.

use super::cast::Actor;
use super::populations::ShareBars;
use super::value::{largest, period_words};
use super::view::View;
use crate::analysis::{Estimate, KindResults, ServedKind};
use crate::chart::form::rows::{Cell, Column, Row, RowChart, Sizes};
use crate::chart::kit::{Data, Entry, Figure, Font, Style, Told, fill, theme, words};

/// Most kinds and firms that are shown.
const MOST: (usize, usize) = (6, 8);

/// Room for the name of an experience.
const EXPERIENCE: f64 = 150.0;

/// The columns beside the bars, with their widths.
const COLUMNS: [(&str, f64); 4] = [
    ("kinds.experience", EXPERIENCE + 6.0),
    ("kinds.share", 82.0),
    ("kinds.fit", 104.0),
    ("kinds.mistakes", 132.0),
];

/// Room for names and bars.
const BARS: f64 = 300.0;

/// The columns for which a sheet has room: where it is narrow, experiences go first, and shares stay.
fn columns(width: f64) -> Vec<usize> {
    let mut kept = vec![0, 1, 2, 3];
    for goes in [0, 3, 2] {
        let taken: f64 = kept.iter().map(|&column: &usize| COLUMNS[column].1).sum();
        if taken + BARS > width {
            kept.retain(|&column| column != goes);
        }
    }
    kept
}

/// Draws the chart.
#[must_use]
pub fn draw(view: &View<'_>) -> Figure {
    let style = &view.style;
    let shown = largest(view, MOST.1);
    let kept = columns(style.width);
    let (mut rows, mut bars) = (Vec::new(), ShareBars::default());
    for kind in view.results.kinds.iter().take(MOST.0) {
        for (number, actor) in shown.iter().enumerate() {
            let group = if number == 0 {
                group(style, kind)
            } else {
                String::new()
            };
            let served = &kind.firms[actor.firm];
            let mut row = row(style, group, actor, served);
            let cells = std::mem::take(&mut row.cells);
            row.cells = kept.iter().map(|&column| cells[column].clone()).collect();
            rows.push(row);
            bars.push(actor.clone(), served.share);
        }
    }
    let column = |&column: &usize| Column {
        head: style.say(COLUMNS[column].0),
        color: theme::TEXT,
        width: COLUMNS[column].1,
        swatch: None,
    };
    RowChart {
        style,
        told: told(view, &shown),
        rows,
        columns: kept.iter().map(column).collect(),
        sizes: Sizes {
            pitch: (24.0, 40.0),
            right: 16.0,
            ..Sizes::default()
        },
        heads: Default::default(),
        scale: Some((style.percent(), style.say("kinds.axis").to_owned())),
    }
    .draw(&bars)
}

/// A kind, how frequent it is, and what is at stake.
fn group(style: &Style, kind: &KindResults) -> String {
    let share = style.percent().write(kind.frequency, 0);
    let cost = words::number(style, kind.mistake_cost, 3);
    fill!(
        style,
        "kinds.group",
        name = kind.kind,
        population = kind.population,
        share,
        cost
    )
}

/// A firm, with what it does for a kind of need.
fn row(style: &Style, group: String, actor: &Actor, served: &ServedKind) -> Row {
    let with_reach = |estimate: &Estimate, decimals: usize| {
        let (mean, half) = (estimate.mean, estimate.reach());
        let written = |value| style.number().write(value, decimals);
        match half.is_finite() {
            // an experience that decides nothing makes no mistakes
            true if mean == 0.0 && half == 0.0 => "0".to_owned(),
            true => format!("{} ± {}", written(mean), written(half)),
            false => written(mean),
        }
    };
    let mistakes = with_reach(&served.mistakes, 3);
    let name = Font::regular(theme::TICK).shorten(&served.experience, EXPERIENCE);
    let experience = Cell {
        color: hue(&served.experience),
        ..Cell::plain(name)
    };
    Row {
        name: actor.name.clone(),
        color: Some(actor.ink()),
        group,
        note: match served.fit.mean.is_nan() {
            true => style.say("value.no_transactions").to_owned(),
            false => String::new(),
        },
        cells: vec![
            experience,
            // its interval is drawn
            Cell::plain(style.percent().write(served.share.mean, 0)),
            Cell::plain(with_reach(&served.fit, 2)),
            Cell::plain(match served.is_mixed {
                true => format!("≈ {mistakes}"),
                false => mistakes,
            }),
        ],
    }
}

/// The colour of an experience; ink, where it is none of the four.
fn hue(experience: &str) -> plotters::style::RGBColor {
    let mut presets = theme::EXPERIENCES.iter();
    let preset = presets.find(|(preset, _)| *preset == experience);
    preset.map_or(theme::INK, |(_, color)| *color)
}

fn told(view: &View<'_>, shown: &[Actor]) -> Told {
    let style = &view.style;
    let kinds = &view.results.kinds;
    let mut caption = view.basis(true);
    caption.push(style.say("kinds.what").to_owned());
    let is_mixed = |kind: &KindResults| shown.iter().any(|actor| kind.firms[actor.firm].is_mixed);
    if kinds.iter().any(is_mixed) {
        caption.push(style.say("kinds.mixed").to_owned());
    }
    if view.cast.len() > shown.len() {
        let count = style.texts.number_in_words(shown.len() as u64);
        caption.push(fill!(style, "value.largest", count));
    }
    if kinds.len() > MOST.0 {
        let (shown, all) = (style.texts.number_in_words(MOST.0 as u64), kinds.len());
        caption.push(fill!(style, "kinds.first", shown, all));
    }
    caption.push(view.scenario_title());
    let when = period_words(style, view.results.closing);
    let measured = fill!(style, "kinds.measured", when);
    let described: Vec<String> = kinds
        .iter()
        .map(|kind| described(style, kind, shown))
        .collect();
    Told {
        data: data(kinds, shown),
        ..view.told(
            style.say("kinds.title"),
            measured,
            caption,
            described.join(" "),
        )
    }
}

/// A kind for those who do not see the chart.
fn described(style: &Style, kind: &KindResults, shown: &[Actor]) -> String {
    let firm = |actor: &Actor| {
        let served = &kind.firms[actor.firm];
        let share = style.percent().write(served.share.mean, 1);
        match served.experience.as_str() {
            "" => format!("{} {share}", actor.name),
            experience => format!("{} {share} ({experience})", actor.name),
        }
    };
    let firms: Vec<String> = shown.iter().map(firm).collect();
    format!("{}: {}.", group(style, kind), firms.join(", "))
}

fn data(kinds: &[KindResults], shown: &[Actor]) -> Data {
    let columns = [
        "population",
        "kind",
        "firm",
        "experience",
        "quantity",
        "mean",
        "low",
        "high",
    ];
    let mut data = Data::new(&columns);
    for kind in kinds {
        for actor in shown {
            let served = &kind.firms[actor.firm];
            let quantities: [(&str, &Estimate); 4] = [
                ("share", &served.share),
                ("fit", &served.fit),
                ("value_created", &served.value),
                ("mistakes", &served.mistakes),
            ];
            for (quantity, estimate) in quantities {
                let names: [&dyn Entry; 5] = [
                    &kind.population,
                    &kind.kind,
                    &actor.name,
                    &served.experience,
                    &quantity,
                ];
                data.push_estimate(&names, estimate);
            }
        }
    }
    data
}
