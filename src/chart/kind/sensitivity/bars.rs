//! Sobol indices: a bar per parameter, solid for its share alone, outlined for its share in total.

use super::{Sensitivity, Share, largest_first, of_all};
use crate::analysis::sensitivity::Bounded;
use crate::chart::form::rows::{Cell, Column, Row, RowChart, RowMarks, Sizes, Slot, draw_interval};
use crate::chart::kit::{
    Axis, Canvas, Data, Entry, Figure, Heading, Ink, Point, Style, Told, fill, theme,
};

/// Most bars; of more parameters, those with the largest totals are shown.
const MOST: usize = 24;
/// Thickest bar.
const THICKEST: f64 = 32.0;
/// Least width of a column of numbers.
const COLUMN: f64 = 92.0;
/// An index known less well than this is set in grey.
const WIDEST: f64 = 0.1;

/// SobolBars of these parameters.
struct SobolBars<'a> {
    shown: Vec<&'a Share>,
}

/// Draws the chart.
pub fn draw(style: &Style, sensitivity: &Sensitivity, shares: &[Share]) -> Figure {
    let mut shown = largest_first(shares, |share| share.total.value);
    shown.truncate(MOST);
    let bars = SobolBars { shown };
    // also the key to the bars
    let column = |key, swatch| Column {
        head: style.say(key),
        color: theme::TEXT,
        width: COLUMN,
        swatch: Some(swatch),
    };
    RowChart {
        style,
        told: Told {
            name: sensitivity.name.clone(),
            heading: heading(style, sensitivity, shares.len(), &bars),
            description: description(style, &bars.shown),
            data: data(shares),
        },
        rows: bars
            .shown
            .iter()
            .map(|share| bars.row(style, share))
            .collect(),
        columns: vec![
            column("sensitivity.alone", solid),
            column("sensitivity.in_total", outline),
        ],
        sizes: Sizes::default(),
        heads: Default::default(),
        scale: Some((
            style.percent(),
            style.say("sensitivity.share_of_variance").to_owned(),
        )),
    }
    .draw(&bars)
}

impl SobolBars<'_> {
    fn indices(&self) -> impl Iterator<Item = Bounded> {
        let both = |share: &&Share| [share.first_order, share.total];
        self.shown.iter().flat_map(both)
    }

    fn row(&self, style: &Style, share: &Share) -> Row {
        let is_unknown = share.total.value.is_nan() && share.first_order.value.is_nan();
        let x = self.axis((0.0, 1.0));
        let cell = |(bold, index): (bool, Bounded)| Cell {
            bold,
            color: if is_weak(index) {
                theme::QUIET
            } else {
                theme::INK
            },
            ..Cell::plain(x.value(index.value, style.percent()))
        };
        Row {
            name: share.label.clone(),
            note: if is_unknown {
                style.say("sensitivity.undefined").to_owned()
            } else {
                String::new()
            },
            cells: [(false, share.first_order), (true, share.total)]
                .map(cell)
                .into(),
            ..Row::default()
        }
    }
}

impl RowMarks for SobolBars<'_> {
    /// From zero to the largest share; intervals may widen it, but not so much that the bars become short.
    fn axis(&self, pixels: (f64, f64)) -> Axis {
        let bounds = |of: fn(&Bounded) -> f64| {
            let values = self.indices().map(|index| of(&index));
            let known = values.filter(|value| value.is_finite());
            known.fold((0.0f64, 0.0f64), |(low, high), value| {
                (low.min(value), high.max(value))
            })
        };
        let (least, most) = bounds(|index| index.value);
        // without any share, the scale on which one would stand
        let most = if most > 0.0 { most.max(0.02) } else { 1.0 };
        let low = bounds(|index| index.low).0.max(-0.15 * most).min(least);
        let high = bounds(|index| index.high).1.min(1.4 * most).max(most);
        let mut axis = Axis::rounded(low, high, 6, pixels);
        axis.clip(low, high.max(1.0));
        axis
    }

    fn draw(&self, canvas: &mut Canvas, x: &Axis, slot: Slot) {
        let share = self.shown[slot.row];
        let (top, bottom) = slot.bar(0.6, THICKEST);
        let bar = |value: f64| {
            let (zero, end) = (x.at(0.0), x.at(value));
            ((zero.min(end), top), (zero.max(end), bottom))
        };
        let (from, to) = bar(share.total.value);
        outline(canvas, from, to);
        let (from, to) = bar(share.first_order.value);
        solid(canvas, from, to);
        // light where they cross the solid bar
        let inks = [Ink::stroke(theme::PAPER, 3.4), Ink::stroke(theme::INK, 1.3)];
        for (index, part) in [(share.first_order, 0.3), (share.total, 0.7)] {
            let y = top + part * (bottom - top);
            draw_interval(canvas, x, (index.low, index.high), y, &inks);
        }
    }
}

/// Whether an index is known badly: within a wide interval, or as what it cannot be, below 0 with its whole interval.
fn is_weak(index: Bounded) -> bool {
    index.half_width() > WIDEST || index.high < 0.0
}

fn solid(canvas: &mut Canvas, from: Point, to: Point) {
    canvas.rectangle(from, to, Ink::fill(theme::SURPLUS, 1.0));
}

fn outline(canvas: &mut Canvas, from: Point, to: Point) {
    canvas.rectangle(from, to, Ink::fill(theme::PROFIT, 0.25));
    let inset = 0.7;
    let from = (from.0 + inset, from.1 + inset);
    let to = ((to.0 - inset).max(from.0), to.1 - inset);
    canvas.outline(from, to, &[], Ink::stroke(theme::SURPLUS, 1.4));
}

fn heading(style: &Style, sensitivity: &Sensitivity, all: usize, bars: &SobolBars<'_>) -> Heading {
    let mut caption = vec![
        fill!(
            style,
            "sensitivity.base_samples",
            count = style.texts.grouped(sensitivity.samples)
        ),
        match bars.indices().any(|index| index.low.is_finite()) {
            true => style.say("sensitivity.intervals").to_owned(),
            false => String::new(),
        },
        style.say("sensitivity.indices").to_owned(),
        of_all(style, bars.shown.len(), all, "sensitivity.shown"),
    ];
    if bars.indices().any(is_weak) {
        caption.push(style.say("sensitivity.in_grey").to_owned());
    }
    if bars
        .indices()
        .any(|index| index.value < 0.0 && !is_weak(index))
    {
        caption.push(style.say("sensitivity.negative").to_owned());
    }
    caption.extend(sensitivity.remarks(style));
    Heading {
        title: fill!(
            style,
            "sensitivity.shares_title",
            outcome = sensitivity.outcome(style)
        ),
        subtitle: style.say("sensitivity.shares_measured").to_owned(),
        caption,
    }
}

fn description(style: &Style, shown: &[&Share]) -> String {
    let percent = |index: Bounded| style.percent().write(index.value, 1);
    let sentences: Vec<String> = shown
        .iter()
        .map(|share| {
            if share.total.value.is_nan() {
                format!("{}: {}.", share.label, style.say("sensitivity.undefined"))
            } else {
                let (alone, total) = (percent(share.first_order), percent(share.total));
                fill!(
                    style,
                    "sensitivity.share",
                    parameter = share.label,
                    alone,
                    total
                )
            }
        })
        .collect();
    sentences.join(" ")
}

/// A row for every parameter and index.
fn data(shares: &[Share]) -> Data {
    let mut data = Data::new(&["parameter", "index", "value", "low", "high"]);
    for share in shares {
        for (name, index) in [("first_order", share.first_order), ("total", share.total)] {
            let entries: [&dyn Entry; 5] =
                [&share.label, &name, &index.value, &index.low, &index.high];
            data.push(&entries);
        }
    }
    data
}
