//! What each experience owes to the two kinds of learning: a bar each, with the numbers beside it.

use super::{INDIVIDUAL, OPACITY, PARTS, POPULATION, Scale, largest, name};
use crate::analysis::Estimate;
use crate::analysis::sources::{Candidate, Part, Sources};
use crate::chart::axis::Axis;
use crate::chart::canvas::{Anchor, Canvas, Ink};
use crate::chart::frame::{Frame, Heading};
use crate::chart::names::NameColumn;
use crate::chart::style::Style;
use crate::chart::text::Font;
use crate::chart::ticks::draw_numbers;
use crate::chart::{Data, Figure, theme, words};
use crate::scenario::Scenario;

/// Space for what the columns of numbers are.
const KEY: f64 = 32.0;
/// Least and greatest distance from bar to bar.
const ROW: (f64, f64) = (46.0, 74.0);
/// Thickest bar.
const THICKEST: f64 = 30.0;
/// The columns of numbers: parts, keys of their short names, and widths.
const COLUMNS: [(Part, &str, f64); 4] = [
    (Part::Individual, "sources.individual_short", 104.0),
    (Part::Population, "sources.population_short", 104.0),
    (Part::Total, "sources.total", 100.0),
    (
        Part::Complementarity,
        "sources.complementarity_short",
        112.0,
    ),
];

/// Draws the chart.
pub fn draw(style: &Style, name: &str, scenario: &Scenario, sources: &Sources) -> Figure {
    let scale = Scale::new(
        style,
        sources.outcome,
        largest(sources.candidates.iter().map(|one| &one.closing)),
    );
    let heading = heading(style, scenario, sources, &scale);
    let frame = Frame::new(style, &heading);
    let labels: Vec<String> = sources
        .candidates
        .iter()
        .map(|candidate| label(style, candidate))
        .collect();
    let names = NameColumn::new(style, labels.iter().map(String::as_str));
    let rows = names.rows(style, &frame, KEY, labels.len(), ROW);
    let numbers: f64 = COLUMNS.iter().map(|(.., width)| width).sum();
    let x = axis(
        sources,
        &scale,
        (rows.left, style.width - theme::RIGHT - numbers - 8.0),
    );

    let mut canvas = Canvas::new(style, rows.height);
    frame.draw(&mut canvas, rows.height);
    draw_key(&mut canvas, rows.top);
    draw_grid(&mut canvas, &x, (rows.top, rows.bottom));
    for (number, (candidate, label)) in sources.candidates.iter().zip(&labels).enumerate() {
        names.draw(&mut canvas, label, theme::INK, rows.name(number));
        draw_bar(
            &mut canvas,
            &x,
            candidate,
            &scale,
            (rows.middle(number), (rows.pitch * 0.5).min(THICKEST)),
        );
    }
    canvas
        .finish(name, &heading.title, &description(style, sources, &scale))
        .with_data(data(style, sources, &scale))
}

fn label(style: &Style, candidate: &Candidate) -> String {
    let experience = &candidate.experience;
    if candidate.own {
        style.fill("sources.own", &[("experience", experience)])
    } else {
        experience.clone()
    }
}

fn heading(style: &Style, scenario: &Scenario, sources: &Sources, scale: &Scale) -> Heading {
    let when = style.say(match sources.outcome {
        crate::scenario::Quantity::CumulativeProfit => "sources.last_period",
        _ => "sweep.closing",
    });
    Heading {
        title: style.fill("sources.experiences_title", &[("firm", &sources.firm)]),
        subtitle: style.fill(
            "sources.experiences_measured",
            &[
                ("outcome", &scale.name),
                ("when", &when),
                ("unit", &scale.unit),
            ],
        ),
        caption: vec![
            style.say("sources.experiences_shapley").to_owned(),
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
    let count = if least == most {
        style.texts.grouped(u64::from(most))
    } else {
        style.fill("sources.range", &[("low", &least), ("high", &most)])
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
        let between = style.fill("sources.range", &[("low", &low), ("high", &high)]);
        style.fill(
            "sources.divided_between",
            &[("count", &count), ("factors", &between)],
        )
    } else {
        style.fill("sources.common", &[("count", &count)])
    }
}

/// From zero to the ends of all bars and, within limits, of their intervals.
fn axis(sources: &Sources, scale: &Scale, pixels: (f64, f64)) -> Axis {
    let (mut low, mut high) = (0.0f64, 0.0f64);
    for candidate in &sources.candidates {
        for part in [Part::Individual, Part::Population, Part::Total] {
            let mean = scale.part(&candidate.closing, part).mean;
            if mean.is_finite() {
                (low, high) = (low.min(mean), high.max(mean));
            }
        }
    }
    let reach = 0.3 * (high - low);
    let (mut lowest, mut highest) = (low, high);
    for candidate in &sources.candidates {
        let total = scale.part(&candidate.closing, Part::Total);
        if total.low.is_finite() && total.high.is_finite() {
            lowest = lowest.min(total.low.max(low - reach));
            highest = highest.max(total.high.min(high + reach));
        }
    }
    Axis::rounded(lowest, highest, 5, pixels)
}

fn draw_key(canvas: &mut Canvas, top: f64) {
    let font = Font::bold(theme::TICK - 0.5);
    let mut right = canvas.width() - theme::RIGHT;
    for (part, key, width) in COLUMNS.iter().rev() {
        let word = font.shorten(canvas.style().say(key), width - 6.0);
        let color = match part {
            Part::Individual => INDIVIDUAL,
            Part::Population => POPULATION,
            _ => theme::TEXT,
        };
        canvas.text(&word, font, color, (right, top - 12.0), Anchor::End);
        right -= width;
    }
}

fn draw_grid(canvas: &mut Canvas, x: &Axis, (top, bottom): (f64, f64)) {
    for &tick in &x.ticks {
        let color = if tick == 0.0 {
            theme::AXIS
        } else {
            theme::GRID
        };
        let at = x.at(tick);
        canvas.line((at, top), (at, bottom), Ink::stroke(color, theme::HAIRLINE));
    }
    let (format, title) = (canvas.style().number(), canvas.style().say("sources.added"));
    let title = title.to_owned();
    draw_numbers(canvas, x, format, bottom, Some(&title));
}

/// Both parts, one after the other where they pull in one direction, and the interval of their sum.
fn draw_bar(
    canvas: &mut Canvas,
    x: &Axis,
    candidate: &Candidate,
    scale: &Scale,
    (middle, thickness): (f64, f64),
) {
    let part = |part| scale.part(&candidate.closing, part);
    let (first, second, total) = (
        part(Part::Individual),
        part(Part::Population),
        part(Part::Total),
    );
    if total.mean.is_nan() {
        let font = Font::regular(theme::TICK);
        let at = (canvas.width() - theme::RIGHT, middle + 0.36 * font.size);
        let missing = canvas.style().say("sources.no_worlds").to_owned();
        canvas.text(&missing, font, theme::QUIET, at, Anchor::End);
        return;
    }
    let (top, bottom) = (middle - thickness / 2.0, middle + thickness / 2.0);
    let start = if (first.mean < 0.0) == (second.mean < 0.0) {
        first.mean
    } else {
        0.0
    };
    let spans = [
        (0.0, first.mean, INDIVIDUAL),
        (start, start + second.mean, POPULATION),
    ];
    for (from, to, color) in spans {
        let (from, to) = (x.at(from), x.at(to));
        canvas.rectangle(
            (from.min(to), top),
            (from.max(to), bottom),
            Ink::fill(color, OPACITY),
        );
    }
    let end = x.at(total.mean);
    canvas.line(
        (end, top - 4.0),
        (end, bottom + 4.0),
        Ink::stroke(theme::INK, 2.2),
    );
    if total.low.is_finite() && total.high.is_finite() {
        let ink = Ink::stroke(theme::INK, 1.3);
        canvas.line((x.at(total.low), middle), (x.at(total.high), middle), ink);
    }
    draw_values(canvas, candidate, scale, middle);
}

fn draw_values(canvas: &mut Canvas, candidate: &Candidate, scale: &Scale, middle: f64) {
    let (bold, small) = (Font::bold(theme::TICK), Font::regular(theme::CAPTION));
    let mut right = canvas.width() - theme::RIGHT;
    for (part, _, width) in COLUMNS.iter().rev() {
        let Estimate { mean, high, .. } = scale.part(&candidate.closing, *part);
        let decimals = words::decimals(mean, high - mean);
        canvas.text(
            &canvas.style().number().write(mean, decimals),
            bold,
            theme::INK,
            (right, middle - 1.0),
            Anchor::End,
        );
        if (high - mean).is_finite() {
            let half = canvas.style().number().write(high - mean, decimals);
            let half = format!("± {half}");
            canvas.text(
                &half,
                small,
                theme::QUIET,
                (right, middle + 15.0),
                Anchor::End,
            );
        }
        right -= width;
    }
}

fn description(style: &Style, sources: &Sources, scale: &Scale) -> String {
    let sentence = |candidate: &Candidate| {
        let value = |part| words::with_interval(style, &scale.part(&candidate.closing, part));
        if candidate.closing.part(Part::Total).estimate.mean.is_nan() {
            return style.fill("describe.no_values", &[("what", &candidate.experience)]);
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
fn data(style: &Style, sources: &Sources, scale: &Scale) -> Data {
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
