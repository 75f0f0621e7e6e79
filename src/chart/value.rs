//! Where the value of a perfect fit goes: one stacked bar per firm.

use plotters::style::RGBColor;

use super::axis::{Axis, Format};
use super::canvas::{Anchor, Canvas, Ink};
use super::cast::{Actor, cast};
use super::frame::{Frame, Heading};
use super::labels::spread;
use super::text::{ASCENT, DESCENT, Font};
use super::{ChartKind, Figure, theme, words};
use crate::analysis::{Estimate, Quantity, Results, ValueSplit};
use crate::scenario::Scenario;

/// Most bars; of more firms, those with the largest final share are shown.
const MOST: usize = 12;
/// Space for the names of the parts above the first bar.
const KEY: f64 = 34.0;
/// Thickest bar.
const THICKEST: f64 = 58.0;
/// Widest name of a firm, and least width of a bar.
const NAME: f64 = 250.0;
/// Space between name and bar.
const GAP: f64 = 14.0;
/// Size of the words below a bar.
const SMALL: Font = Font::regular(theme::CAPTION);

/// A part of the value: its name, colour, ink of its number, and how to find it.
struct Part {
    name: &'static str,
    color: RGBColor,
    ink: RGBColor,
    of: fn(&ValueSplit) -> Estimate,
}

/// The parts from left to right: what customers keep, the price, what is lost.
const PARTS: [Part; 6] = [
    part(
        "Customer surplus",
        RGBColor(46, 109, 180),
        theme::PAPER,
        |value| value.surplus,
    ),
    part("Profit", RGBColor(127, 178, 229), theme::INK, |value| {
        value.profit
    }),
    part("Cost", RGBColor(187, 187, 187), theme::INK, |value| {
        value.cost
    }),
    part("Control", RGBColor(224, 138, 138), theme::INK, |value| {
        value.control
    }),
    part("Friction", RGBColor(234, 194, 122), theme::INK, |value| {
        value.friction
    }),
    part("Lost fit", RGBColor(232, 228, 217), theme::INK, |value| {
        value.lost_fit
    }),
];

const fn part(
    name: &'static str,
    color: RGBColor,
    ink: RGBColor,
    of: fn(&ValueSplit) -> Estimate,
) -> Part {
    Part {
        name,
        color,
        ink,
        of,
    }
}

/// A firm's parts as stretches of values: the negative ones end at zero, the others start there.
struct Bar {
    stretches: [(f64, f64); 6],
    price: f64,
}

impl Bar {
    /// None for a firm without transactions.
    fn new(value: &ValueSplit) -> Option<Self> {
        let sizes = PARTS.each_ref().map(|part| (part.of)(value).mean);
        if sizes.iter().any(|size| !size.is_finite()) {
            return None;
        }
        let mut below: f64 = sizes.iter().filter(|size| **size < 0.0).sum();
        let mut above = 0.0;
        let stretches = sizes.map(|size| {
            let from = if size < 0.0 { &mut below } else { &mut above };
            let start = *from;
            *from += size.abs();
            (start, *from)
        });
        Some(Self {
            stretches,
            price: value.cost.mean + value.profit.mean,
        })
    }

    /// Where the price starts: with the profit, or with the cost that it does not cover.
    fn price_from(&self) -> f64 {
        let (profit, cost) = (self.stretches[1], self.stretches[2]);
        if profit.0 < 0.0 { cost.0 } else { profit.0 }
    }
}

/// Draws the chart.
#[must_use]
pub fn draw(scenario: &Scenario, results: &Results) -> Figure {
    let shown = shown(scenario, results);
    let bars: Vec<Option<Bar>> = shown
        .iter()
        .map(|actor| Bar::new(&results.firms[actor.firm].value))
        .collect();
    let heading = heading(scenario, results, &bars);
    let frame = Frame::new(&heading);

    let names = NameColumn::new(&shown);
    let left = (theme::LEFT + names.width + GAP).max(170.0);
    let domain = bars
        .iter()
        .flatten()
        .flat_map(|bar| bar.stretches)
        .fold((0.0f64, 1.0f64), |(low, high), (from, to)| {
            (low.min(from), high.max(to))
        });
    let x = Axis::exact(
        domain.0,
        domain.1,
        5,
        (left, theme::WIDTH - theme::RIGHT - 8.0),
    );

    let rows = shown.len().max(1) as f64;
    let top = frame.above() + KEY;
    let room = theme::HEIGHT - top - frame.below() - 8.0;
    let row = (room / rows).max(names.tallest + 16.0).max(47.0);
    let thickness = (row * 0.58).min(THICKEST).min(row - 26.0);
    let height = (theme::HEIGHT - room + row * rows)
        .ceil()
        .max(theme::HEIGHT);
    let row = row.min(116.0);

    let mut canvas = Canvas::new(height);
    frame.draw(&mut canvas, height);
    draw_key(&mut canvas, &x, bars.iter().flatten().next(), top);
    if domain.0 < 0.0 {
        let (upper, lower) = (top - 4.0, top + row * rows - 6.0);
        let ink = Ink::stroke(theme::AXIS, theme::HAIRLINE);
        canvas.line((x.at(0.0), upper), (x.at(0.0), lower), ink);
    }
    for (number, (actor, bar)) in shown.iter().zip(&bars).enumerate() {
        let start = top + row * number as f64;
        let middle = start + thickness / 2.0;
        names.draw(&mut canvas, actor, left - GAP, middle);
        match bar {
            Some(bar) => draw_bar(&mut canvas, &x, bar, (start, start + thickness)),
            None => {
                let at = (left, middle + 0.36 * theme::TICK);
                let font = Font::regular(theme::TICK);
                canvas.text("no transactions", font, theme::QUIET, at, Anchor::Start);
            }
        }
    }
    canvas.finish(
        ChartKind::Value,
        &heading.title,
        &description(&shown, &bars),
    )
}

/// All firms, or those with the largest final shares, in the order of the scenario.
fn shown(scenario: &Scenario, results: &Results) -> Vec<Actor> {
    let mut actors = cast(scenario, results);
    if actors.len() > MOST {
        let share = |actor: &Actor| {
            let last = results.firms[actor.firm].series(Quantity::Share).last();
            let mean = last.map_or(f64::NAN, |share| share.mean);
            if mean.is_nan() {
                f64::NEG_INFINITY
            } else {
                mean
            }
        };
        actors.sort_by(|a, b| share(b).total_cmp(&share(a)));
        actors.truncate(MOST);
        actors.sort_by_key(|actor| actor.firm);
    }
    actors
}

fn heading(scenario: &Scenario, results: &Results, bars: &[Option<Bar>]) -> Heading {
    let (first, last) = results.closing;
    let when = if first == last {
        format!("period {first}")
    } else {
        format!("periods {first} to {last}")
    };
    let parts = || bars.iter().flatten().flat_map(|bar| bar.stretches);
    let negative = parts().any(|(from, _)| from < -0.0005);
    Heading {
        title: "Where the value of a perfect fit goes".to_owned(),
        subtitle: format!(
            "Per transaction, {when}, in units of that value: the parts of a bar add up to 1"
        ),
        caption: vec![
            words::replicates(results, false),
            words::market(scenario, results),
            if results.firms.len() > bars.len() {
                format!(
                    "Shown are the {} firms with the largest final shares.",
                    words::number(bars.len() as u64)
                )
            } else {
                String::new()
            },
            "Control: value lost by ceding the decision and by mistakes. Price is cost and profit."
                .to_owned(),
            if negative {
                "Left of the line: parts that are negative.".to_owned()
            } else {
                String::new()
            },
            words::scenario_title(scenario),
        ],
    }
}

/// The firms' names, set to the right before the bars.
struct NameColumn {
    font: Font,
    most_lines: usize,
    width: f64,
    tallest: f64,
}

impl NameColumn {
    fn new(shown: &[Actor]) -> Self {
        let size = if shown.len() > 8 {
            theme::LABEL_LEAST + 1.0
        } else {
            theme::LABEL
        };
        let mut column = Self {
            font: Font::bold(size),
            most_lines: 3,
            width: 0.0,
            tallest: 0.0,
        };
        if shown
            .iter()
            .any(|actor| column.font.width(&actor.name) > NAME)
        {
            column.font = Font::bold(theme::LABEL_LEAST);
        }
        for actor in shown {
            let lines = column.lines(&actor.name);
            column.width = column.width.max(column.font.widest(&lines));
            column.tallest = column.tallest.max(column.block(&lines));
        }
        // Names start where everything starts, or reach a little to its left.
        column.width -= theme::LEFT - 24.0;
        column.width = column.width.max(0.0);
        column
    }

    fn lines(&self, name: &str) -> Vec<String> {
        let lines = self.font.wrap_evenly(name, NAME);
        if lines.len() <= self.most_lines {
            return lines;
        }
        let short = self.font.shorten(name, NAME * 2.5);
        self.font.wrap(&short, NAME)
    }

    fn block(&self, lines: &[String]) -> f64 {
        (lines.len() as f64 - 1.0) * self.font.pitch() + self.font.size
    }

    fn draw(&self, canvas: &mut Canvas, actor: &Actor, right: f64, middle: f64) {
        let lines = self.lines(&actor.name);
        let top = middle - self.block(&lines) / 2.0;
        let first = top + ASCENT / (ASCENT + DESCENT) * self.font.size;
        let color = if actor.leads {
            actor.color
        } else {
            theme::QUIET
        };
        canvas.lines(&lines, self.font, color, (right, first), Anchor::End);
    }
}

/// The names of the parts with their colours, as near to the parts of the first bar as they can be.
fn draw_key(canvas: &mut Canvas, x: &Axis, first: Option<&Bar>, top: f64) {
    const SWATCH: f64 = 11.0;
    let font = Font::bold(theme::TICK);
    let widths = PARTS
        .each_ref()
        .map(|part| font.width(part.name) + SWATCH + 5.0 + 16.0);
    let (left, right) = x.pixels;
    let mut wanted = [0.0; 6];
    for (number, centre) in wanted.iter_mut().enumerate() {
        let even = left + (right - left) * (number as f64 + 0.5) / 6.0;
        *centre = first.map_or(even, |bar| {
            let (from, to) = bar.stretches[number];
            x.at(f64::midpoint(from, to))
        });
        *centre += 8.0;
    }
    // Negative parts lie left of all others; the key keeps the order of the parts.
    for number in 1..wanted.len() {
        wanted[number] = wanted[number].max(wanted[number - 1]);
    }
    let centres = spread(&wanted, &widths, (left, right + 16.0));
    for ((part, centre), width) in PARTS.iter().zip(centres).zip(widths) {
        let from = centre - width / 2.0;
        let baseline = top - 14.0;
        let corner = (from, baseline - SWATCH + 0.5);
        let opposite = (from + SWATCH, baseline + 0.5);
        canvas.rectangle(corner, opposite, Ink::fill(part.color, 1.0));
        let at = (from + SWATCH + 5.0, baseline);
        canvas.text(part.name, font, theme::TEXT, at, Anchor::Start);
    }
}

/// One bar with the numbers that have room, and a bracket for the price below it.
fn draw_bar(canvas: &mut Canvas, x: &Axis, bar: &Bar, (top, bottom): (f64, f64)) {
    let font = Font::regular(theme::TICK);
    for (part, (from, to)) in PARTS.iter().zip(bar.stretches) {
        let (left, right) = (x.at(from), x.at(to));
        if right - left < 0.3 {
            continue;
        }
        // A thin white seam between neighbours, unless the part is hardly wider than that.
        let seam = if right - left > 4.0 { 1.0 } else { 0.0 };
        let corners = ((left + seam, top), (right - seam, bottom));
        canvas.rectangle(corners.0, corners.1, Ink::fill(part.color, 1.0));
        let size = if from < 0.0 { from - to } else { to - from };
        let number = Format::Number.write(size, 2);
        if font.width(&number) + 6.0 <= right - left {
            let at = (
                f64::midpoint(left, right),
                f64::midpoint(top, bottom) + 0.36 * font.size,
            );
            canvas.text(&number, font, part.ink, at, Anchor::Middle);
        }
    }
    if bar.price > 0.0 {
        draw_price(canvas, x, bar, bottom + 3.0);
    }
}

fn draw_price(canvas: &mut Canvas, x: &Axis, bar: &Bar, top: f64) {
    let from = bar.price_from();
    let (left, right) = (x.at(from) + 1.0, x.at(from + bar.price) - 1.0);
    let ink = Ink::stroke(theme::QUIET, theme::HAIRLINE);
    let bracket = vec![
        (left, top),
        (left, top + 4.0),
        (right, top + 4.0),
        (right, top),
    ];
    canvas.path(bracket, ink);
    let words = format!("price {}", Format::Number.write(bar.price, 2));
    let half = SMALL.width(&words) / 2.0;
    let (least, most) = (x.pixels.0 + half, x.pixels.1 - half);
    let middle = f64::midpoint(left, right).max(least).min(most.max(least));
    let at = (middle, top + 6.0 + 0.8 * SMALL.size);
    canvas.text(&words, SMALL, theme::QUIET, at, Anchor::Middle);
}

fn description(shown: &[Actor], bars: &[Option<Bar>]) -> String {
    let sentences: Vec<String> = shown
        .iter()
        .zip(bars)
        .map(|(actor, bar)| match bar {
            None => format!("{}: no transactions.", actor.name),
            Some(bar) => {
                let parts: Vec<String> = PARTS
                    .iter()
                    .zip(bar.stretches)
                    .map(|(part, (from, to))| {
                        let size = if from < 0.0 { from - to } else { to - from };
                        let size = Format::Number.write(size, 2);
                        format!("{} {size}", part.name.to_lowercase())
                    })
                    .collect();
                format!("{}: {}.", actor.name, parts.join(", "))
            }
        })
        .collect();
    sentences.join(" ")
}
