//! The parts of the value of a perfect fit, as the stretches of a stacked bar.

use plotters::style::RGBColor;

use crate::analysis::{Estimate, ValueSplit};
use crate::chart::kit::labels::spread;
use crate::chart::kit::{Anchor, Axis, Canvas, Data, Font, Ink, Point, Style, fill, theme};

/// Size of the words below a bar.
const SMALL: Font = Font::regular(theme::CAPTION);

/// A part of the value: the key of its name, colour, ink of its number, and how to find it.
struct Part {
    key: &'static str,
    color: RGBColor,
    ink: RGBColor,
    of: fn(&ValueSplit) -> Estimate,
}

impl Part {
    fn name(&self, style: &Style) -> &'static str {
        style.say(&format!("value.{}", self.key))
    }
}

/// Adds the parts of a firm's value to a table: firm, part, mean and interval.
pub fn push_rows(data: &mut Data, firm: &str, value: &ValueSplit) {
    for part in &PARTS {
        data.push_estimate(&[&firm.to_owned(), &part.key.to_owned()], &(part.of)(value));
    }
}

/// The parts from left to right: what customers keep, the price, what is lost.
const PARTS: [Part; 6] = [
    part("surplus", theme::SURPLUS, theme::PAPER, |value| {
        value.surplus
    }),
    part("profit", theme::PROFIT, theme::INK, |value| value.profit),
    part("cost", theme::COST, theme::INK, |value| value.cost),
    part("control", theme::CONTROL, theme::INK, |value| value.control),
    part("friction", theme::FRICTION, theme::INK, |value| {
        value.friction
    }),
    part("lost_fit", theme::LOST_FIT, theme::INK, |value| {
        value.lost_fit
    }),
];

const fn part(
    key: &'static str,
    color: RGBColor,
    ink: RGBColor,
    of: fn(&ValueSplit) -> Estimate,
) -> Part {
    Part {
        key,
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
    pub fn words(&self, style: &Style) -> String {
        let parts: Vec<String> = PARTS
            .iter()
            .zip(self.stretches)
            .map(|(part, stretch)| {
                format!(
                    "{} {}",
                    part.name(style).to_lowercase(),
                    size(style, stretch)
                )
            })
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
fn size(style: &Style, (from, to): (f64, f64)) -> String {
    let size = if from < 0.0 { from - to } else { to - from };
    style.number().write(size, 2)
}

/// Side of the squares in the key.
const SWATCH: f64 = 11.0;
/// Font of the key.
const KEY: Font = Font::bold(theme::TICK);

/// Widths of the names of the parts, with their squares and the space behind.
fn key_widths(style: &Style) -> [f64; 6] {
    PARTS
        .each_ref()
        .map(|part| KEY.width(part.name(style)) + SWATCH + 5.0 + 16.0)
}

/// Whether all names have room above bars between two edges.
fn fits_above(style: &Style, (left, right): (f64, f64)) -> bool {
    key_widths(style).iter().sum::<f64>() <= right + 16.0 - left
}

/// The parts in each row of the key: one row where the bars are wide enough, else as many as it takes
/// from the edge of the sheet.
fn key_rows(style: &Style, edges: (f64, f64)) -> Vec<Vec<usize>> {
    let (widths, right) = (key_widths(style), edges.1);
    if fits_above(style, edges) {
        return vec![(0..PARTS.len()).collect()];
    }
    let mut rows: Vec<Vec<usize>> = Vec::new();
    let mut taken = f64::INFINITY;
    for (part, width) in widths.into_iter().enumerate() {
        if theme::LEFT + taken + width > right + 16.0 {
            rows.push(Vec::new());
            taken = 0.0;
        }
        taken += width;
        if let Some(row) = rows.last_mut() {
            row.push(part);
        }
    }
    rows
}

/// Height that the key takes above bars between two edges.
pub fn key_height(style: &Style, edges: (f64, f64)) -> f64 {
    34.0 + (key_rows(style, edges).len() as f64 - 1.0) * KEY.pitch()
}

/// The names of the parts with their colours, as near to the parts of the first bar as they can be.
pub fn draw_key(canvas: &mut Canvas, x: &Axis, first: Option<&Bar>, top: f64) {
    let style = canvas.style().clone();
    let widths = key_widths(&style);
    let rows = key_rows(&style, x.pixels);
    let above = (rows.len() as f64 - 1.0) * KEY.pitch();
    for (number, row) in rows.iter().enumerate() {
        let baseline = top - 14.0 - above + number as f64 * KEY.pitch();
        let mut next = theme::LEFT;
        let starts = if fits_above(&style, x.pixels) {
            starts_near(x, first, &widths)
        } else {
            let place = |&part: &usize| {
                next += widths[part];
                next - widths[part]
            };
            row.iter().map(place).collect()
        };
        for (&part, from) in row.iter().zip(starts) {
            let corner = (from, baseline - SWATCH + 0.5);
            let opposite = (from + SWATCH, baseline + 0.5);
            draw_part(canvas, &PARTS[part], corner, opposite);
            let at = (from + SWATCH + 5.0, baseline);
            canvas.text(
                PARTS[part].name(&style),
                KEY,
                theme::TEXT,
                at,
                Anchor::Start,
            );
        }
    }
}

/// Where the names of the parts begin in one row, each near its part of the first bar.
fn starts_near(x: &Axis, first: Option<&Bar>, widths: &[f64; 6]) -> Vec<f64> {
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
    let centres = spread(&wanted, widths, (left, right + 16.0));
    let starts = centres.iter().zip(widths);
    starts.map(|(centre, width)| centre - width / 2.0).collect()
}

/// The area of a part; without colours it has an edge, since light greys look like paper.
fn draw_part(canvas: &mut Canvas, part: &Part, (left, top): Point, (right, bottom): Point) {
    canvas.rectangle((left, top), (right, bottom), Ink::fill(part.color, 1.0));
    if canvas.style().theme.is_grey {
        let corners = [
            (left, top),
            (right, top),
            (right, bottom),
            (left, bottom),
            (left, top),
        ];
        canvas.path(corners.to_vec(), Ink::stroke(theme::QUIET, 0.7));
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
        draw_part(canvas, part, corners.0, corners.1);
        let number = size(canvas.style(), (from, to));
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
    let style = canvas.style();
    let price = style.number().write(bar.price, 2);
    let words = fill!(style, "value.price", price);
    let half = SMALL.width(&words) / 2.0;
    let (least, most) = (x.pixels.0 + half, x.pixels.1 - half);
    let middle = f64::midpoint(left, right).max(least).min(most.max(least));
    let at = (middle, top + 6.0 + 0.8 * SMALL.size);
    canvas.text(&words, SMALL, theme::QUIET, at, Anchor::Middle);
}
