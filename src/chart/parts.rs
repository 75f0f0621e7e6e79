//! The parts of the value of a perfect fit, as the stretches of a stacked bar.

use plotters::style::RGBColor;

use super::axis::{Axis, Format};
use super::canvas::{Anchor, Canvas, Ink};
use super::labels::spread;
use super::text::Font;
use super::theme;
use crate::analysis::{Estimate, ValueSplit};

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
    part("Customer surplus", theme::SURPLUS, theme::PAPER, |value| {
        value.surplus
    }),
    part("Profit", theme::PROFIT, theme::INK, |value| value.profit),
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
#[derive(Debug)]
pub struct Bar {
    /// Start and end of each part.
    pub stretches: [(f64, f64); 6],
    price: f64,
}

impl Bar {
    /// None for a firm without transactions.
    pub fn new(value: &ValueSplit) -> Option<Self> {
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

    /// The sizes of all parts in words.
    pub fn words(&self) -> String {
        let parts: Vec<String> = PARTS
            .iter()
            .zip(self.stretches)
            .map(|(part, stretch)| format!("{} {}", part.name.to_lowercase(), size(stretch)))
            .collect();
        parts.join(", ")
    }

    /// Where the price starts: with the profit, or with the cost that it does not cover.
    fn price_from(&self) -> f64 {
        let (profit, cost) = (self.stretches[1], self.stretches[2]);
        if profit.0 < 0.0 { cost.0 } else { profit.0 }
    }
}

/// The size of a part; it is negative where the part ends at zero.
fn size((from, to): (f64, f64)) -> String {
    let size = if from < 0.0 { from - to } else { to - from };
    Format::Number.write(size, 2)
}

/// The names of the parts with their colours, as near to the parts of the first bar as they can be.
pub fn draw_key(canvas: &mut Canvas, x: &Axis, first: Option<&Bar>, top: f64) {
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
pub fn draw_bar(canvas: &mut Canvas, x: &Axis, bar: &Bar, (top, bottom): (f64, f64)) {
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
        let number = size((from, to));
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
