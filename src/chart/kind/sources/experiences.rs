//! What each experience owes to the two kinds of learning: a bar each, with the numbers beside it.

use super::{INDIVIDUAL, PARTS, POPULATION, Unit, intervals, largest, name};
use crate::analysis::sources::{Candidate, Part, Sources};
use crate::chart::form::lines::OPACITY;
use crate::chart::form::rows::{Cell, Column, Row, RowChart, RowMarks, Sizes, Slot};
use crate::chart::kit::{
    Axis, Canvas, Data, Figure, Heading, Ink, Style, Told, fill, theme, words,
};
use crate::scenario::{Quantity, Scenario};

/// Thickest bar.
const THICKEST: f64 = 30.0;

/// SourceBars of what all candidates gain.
struct SourceBars<'a> {
    sources: &'a Sources,
    scale: Unit,
}

/// Draws the chart.
pub fn draw(style: &Style, name: &str, scenario: &Scenario, sources: &Sources) -> Figure {
    let closing = sources.candidates.iter().map(|one| &one.closing);
    let scale = Unit::new(style, sources.outcome, largest(closing));
    let told = Told {
        name: name.to_owned(),
        heading: heading(style, scenario, sources, &scale),
        description: description(style, sources, &scale),
        data: data(style, sources, &scale),
    };
    let bars = SourceBars { sources, scale };
    let column = |part, key, width| Column {
        head: style.say(key),
        color: match part {
            Part::Individual => INDIVIDUAL,
            Part::Population => POPULATION,
            _ => theme::TEXT,
        },
        width,
        swatch: None,
    };
    let rows = sources.candidates.iter();
    RowChart {
        style,
        told,
        rows: rows.map(|candidate| bars.row(style, candidate)).collect(),
        columns: vec![
            column(Part::Individual, "sources.individual_short", 104.0),
            column(Part::Population, "sources.population_short", 104.0),
            column(Part::Total, "sources.total", 100.0),
            column(
                Part::Complementarity,
                "sources.complementarity_short",
                132.0,
            ),
        ],
        sizes: Sizes {
            pitch: (46.0, 74.0),
            right: 8.0,
            ..Sizes::default()
        },
        heads: Default::default(),
        scale: Some((style.number(), style.say("sources.added").to_owned())),
    }
    .draw(&bars)
}

impl SourceBars<'_> {
    fn row(&self, style: &Style, candidate: &Candidate) -> Row {
        let cell = |part| {
            let estimate = self.scale.part(&candidate.closing, part);
            let (mean, reach) = (estimate.mean, estimate.reach());
            let decimals = words::decimals(mean, reach);
            let write = |value| style.number().write(value, decimals);
            Cell {
                bold: true,
                below: match reach.is_finite() {
                    true => format!("± {}", write(reach)),
                    false => String::new(),
                },
                ..Cell::plain(write(mean))
            }
        };
        let is_unknown = candidate.closing.part(Part::Total).estimate.mean.is_nan();
        Row {
            name: label(style, candidate),
            note: match is_unknown {
                true => style.say("sources.no_worlds").to_owned(),
                false => String::new(),
            },
            cells: PARTS.map(cell).into(),
            ..Row::default()
        }
    }
}

impl RowMarks for SourceBars<'_> {
    /// From zero to the ends of all bars and, within limits, of their intervals.
    fn axis(&self, pixels: (f64, f64)) -> Axis {
        let parts = |part| {
            let all = self.sources.candidates.iter();
            all.map(move |one| self.scale.part(&one.closing, part))
        };
        let (mut low, mut high) = (0.0f64, 0.0f64);
        let shown = [Part::Individual, Part::Population, Part::Total];
        for part in shown.into_iter().flat_map(parts) {
            if part.mean.is_finite() {
                (low, high) = (low.min(part.mean), high.max(part.mean));
            }
        }
        let reach = 0.3 * (high - low);
        let (mut lowest, mut highest) = (low, high);
        for total in parts(Part::Total) {
            if total.low.is_finite() && total.high.is_finite() {
                lowest = lowest.min(total.low.max(low - reach));
                highest = highest.max(total.high.min(high + reach));
            }
        }
        Axis::rounded(lowest, highest, 5, pixels)
    }

    /// Both parts, one after the other where they pull in one direction, and the interval of their sum.
    fn draw(&self, canvas: &mut Canvas, x: &Axis, slot: Slot) {
        let closing = &self.sources.candidates[slot.row].closing;
        let [first, second, total] = [Part::Individual, Part::Population, Part::Total]
            .map(|part| self.scale.part(closing, part));
        let (top, bottom) = slot.bar(0.5, THICKEST);
        let start = super::start(&first, &second);
        let spans = [
            (0.0, first.mean, INDIVIDUAL),
            (start, start + second.mean, POPULATION),
        ];
        for (from, to, color) in spans {
            let (from, to) = (x.at(from), x.at(to));
            let ink = Ink::fill(color, OPACITY);
            canvas.rectangle((from.min(to), top), (from.max(to), bottom), ink);
        }
        let (end, middle) = (x.at(total.mean), slot.middle());
        let ink = Ink::stroke(theme::INK, 2.2);
        canvas.line((end, top - 4.0), (end, bottom + 4.0), ink);
        if total.low.is_finite() && total.high.is_finite() {
            let ink = Ink::stroke(theme::INK, 1.3);
            canvas.line((x.at(total.low), middle), (x.at(total.high), middle), ink);
        }
    }
}

fn label(style: &Style, candidate: &Candidate) -> String {
    let experience = &candidate.experience;
    if candidate.own {
        fill!(style, "sources.own", experience)
    } else {
        experience.clone()
    }
}

fn heading(style: &Style, scenario: &Scenario, sources: &Sources, scale: &Unit) -> Heading {
    let when = style.say(match sources.outcome {
        Quantity::CumulativeProfit => "sources.last_period",
        _ => "sweep.closing",
    });
    Heading {
        title: fill!(style, "sources.experiences_title", firm = sources.firm),
        subtitle: fill!(
            style,
            "sources.experiences_measured",
            outcome = scale.name,
            when,
            unit = scale.unit
        ),
        caption: vec![
            style.say("sources.shapley").to_owned(),
            intervals(style, sources, "sources.lines"),
            style.say("sources.complement").to_owned(),
            replicates(style, sources),
            words::scenario_title(style, &scenario.title),
        ],
    }
}

/// How many replicates the bars rest on, and what their pairing was worth.
fn replicates(style: &Style, sources: &Sources) -> String {
    let totals = || {
        sources
            .candidates
            .iter()
            .map(|one| one.closing.part(Part::Total))
    };
    let counts = || totals().map(|total| total.estimate.count);
    let (least, most) = (counts().min().unwrap_or(0), counts().max().unwrap_or(0));
    if most == 1 {
        return style.say("words.one_replicate").to_owned();
    }
    let count = if least == most {
        style.texts.grouped(u64::from(most))
    } else {
        fill!(style, "sources.range", low = least, high = most)
    };
    let reductions = || {
        let all = totals().map(|total| total.variance_reduction);
        all.filter(|reduction| reduction.is_finite())
    };
    let (low, high) = (
        reductions().fold(f64::INFINITY, f64::min),
        reductions().fold(0.0, f64::max),
    );
    if low <= high {
        let [low, high] = [low, high].map(|factor| style.number().write(factor, 1));
        let between = fill!(style, "sources.range", low, high);
        fill!(style, "sources.divided_between", count, factors = between)
    } else {
        fill!(style, "sources.common", count)
    }
}

fn description(style: &Style, sources: &Sources, scale: &Unit) -> String {
    let sentence = |candidate: &Candidate| {
        let value = |part| words::with_interval(style, &scale.part(&candidate.closing, part));
        if candidate.closing.part(Part::Total).estimate.mean.is_nan() {
            return fill!(style, "describe.no_values", what = candidate.experience);
        }
        let parts =
            PARTS.map(|part| format!("{} {}", style.say(name(part)).to_lowercase(), value(part)));
        format!("{}: {}.", candidate.experience, parts.join(", "))
    };
    sources
        .candidates
        .iter()
        .map(sentence)
        .collect::<Vec<_>>()
        .join(" ")
}

/// A row for every experience and part.
fn data(style: &Style, sources: &Sources, scale: &Unit) -> Data {
    let mut data = Data::new(&["experience", "part", "mean", "low", "high"]);
    for candidate in &sources.candidates {
        for part in PARTS {
            let part_name = style.say(name(part)).to_owned();
            data.push_estimate(
                &[&candidate.experience, &part_name],
                &scale.part(&candidate.closing, part),
            );
        }
    }
    data
}
