//! Sobol indices: a bar per parameter, solid for its share alone, outlined for its share in total.

use plotters::style::RGBColor;

use super::{Sensitivity, Share, largest_first, of_all};
use crate::analysis::sensitivity::Bounded;
use crate::chart::axis::Axis;
use crate::chart::canvas::{Anchor, Canvas, Ink, Point};
use crate::chart::frame::{Frame, Heading};
use crate::chart::names::NameColumn;
use crate::chart::style::Style;
use crate::chart::text::Font;
use crate::chart::ticks::draw_numbers;
use crate::chart::{Data, Figure, theme};

/// Most bars; of more parameters, those with the largest totals are shown.
const MOST: usize = 24;
/// Space for what the columns of numbers are, above the first bar.
const KEY: f64 = 30.0;
/// Least and greatest distance from bar to bar.
const ROW: (f64, f64) = (24.0, 66.0);
/// Thickest bar.
const THICKEST: f64 = 32.0;
/// Least width of a column of numbers.
const COLUMN: f64 = 92.0;
/// Side of the squares that show what is solid and what is outlined.
const SWATCH: f64 = 11.0;
/// An index known less well than this is set in grey.
const WIDEST: f64 = 0.1;

/// The keys of the two columns of numbers, which are also the key to the bars.
const COLUMNS: [&str; 2] = ["sensitivity.alone", "sensitivity.in_total"];

/// Draws the chart.
pub fn draw(style: &Style, sensitivity: &Sensitivity, shares: &[Share]) -> Figure {
    let mut shown = largest_first(shares, |share| share.total.value);
    shown.truncate(MOST);
    let heading = heading(style, sensitivity, shares.len(), &shown);
    let frame = Frame::new(style, &heading);
    let names = NameColumn::new(style, shown.iter().map(|share| share.label.as_str()));
    let rows = names.rows(style, &frame, KEY, shown.len(), ROW);
    let right = style.width - theme::RIGHT - 2.0 * column_width(style);
    let x = axis(&shown, (rows.left, right));

    let mut canvas = Canvas::new(style, rows.height);
    frame.draw(&mut canvas, rows.height);
    draw_key(&mut canvas, rows.top);
    draw_grid(&mut canvas, &x, (rows.top, rows.bottom));
    for (number, share) in shown.iter().enumerate() {
        names.draw(&mut canvas, &share.label, theme::INK, rows.name(number));
        draw_share(
            &mut canvas,
            &x,
            share,
            rows.middle(number),
            (rows.pitch * 0.6).min(THICKEST),
        );
    }
    canvas
        .finish(
            &sensitivity.name,
            &heading.title,
            &description(style, &shown),
        )
        .with_data(data(shares))
}

/// A row for every parameter and index.
fn data(shares: &[Share]) -> Data {
    let mut data = Data::new(&["parameter", "index", "value", "low", "high"]);
    for share in shares {
        for (name, index) in [("first_order", share.first_order), ("total", share.total)] {
            let entries: [&dyn crate::chart::data::Entry; 5] = [
                &share.label,
                &name.to_owned(),
                &index.value,
                &index.low,
                &index.high,
            ];
            data.push(&entries);
        }
    }
    data
}

fn heading(style: &Style, sensitivity: &Sensitivity, all: usize, shown: &[&Share]) -> Heading {
    let indices = || {
        shown
            .iter()
            .flat_map(|share| [share.first_order, share.total])
    };
    let mut caption = vec![
        style.fill(
            "sensitivity.base_samples",
            &[("count", &style.texts.grouped(sensitivity.samples))],
        ),
        style.say("sensitivity.indices").to_owned(),
        of_all(style, shown.len(), all, "sensitivity.shown"),
    ];
    if indices().any(is_weak) {
        caption.push(style.say("sensitivity.in_grey").to_owned());
    }
    if indices().any(|index| index.value < 0.0 && !is_weak(index)) {
        caption.push(style.say("sensitivity.negative").to_owned());
    }
    caption.extend(sensitivity.remarks(style));
    Heading {
        title: style.fill(
            "sensitivity.shares_title",
            &[("outcome", &sensitivity.outcome(style))],
        ),
        subtitle: style.say("sensitivity.shares_measured").to_owned(),
        caption,
    }
}

/// Whether an index is known badly: within a wide interval, or as what it cannot be, below 0 with its whole interval.
fn is_weak(index: Bounded) -> bool {
    index.half_width() > WIDEST || index.high < 0.0
}

/// From zero to the largest share; intervals may widen it, but not so much that the bars become short.
fn axis(shown: &[&Share], pixels: (f64, f64)) -> Axis {
    let indices = || {
        shown
            .iter()
            .flat_map(|share| [share.first_order, share.total])
    };
    let bounds = |of: fn(&Bounded) -> f64| {
        let values = indices()
            .map(|index| of(&index))
            .filter(|value| value.is_finite());
        values.fold((0.0f64, 0.0f64), |(low, high), value| {
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

/// What the two columns of numbers are, with the look of their bars.
fn draw_key(canvas: &mut Canvas, top: f64) {
    let font = Font::bold(theme::TICK);
    let style = canvas.style().clone();
    for (column, key) in COLUMNS.into_iter().enumerate() {
        let word = style.say(key);
        let right = column_right(&style, column);
        let baseline = top - 12.0;
        canvas.text(word, font, theme::TEXT, (right, baseline), Anchor::End);
        let left = right - font.width(word) - SWATCH - 5.0;
        let corners = (
            (left, baseline - SWATCH + 0.5),
            (left + SWATCH, baseline + 0.5),
        );
        if column == 0 {
            canvas.rectangle(corners.0, corners.1, Ink::fill(theme::SURPLUS, 1.0));
        } else {
            outline(canvas, corners);
        }
    }
}

/// Width of a column of numbers: that of its head at least.
fn column_width(style: &Style) -> f64 {
    let font = Font::bold(theme::TICK);
    COLUMNS
        .map(|key| font.width(style.say(key)) + SWATCH + 5.0 + 12.0)
        .into_iter()
        .fold(COLUMN, f64::max)
}

fn column_right(style: &Style, column: usize) -> f64 {
    style.width - theme::RIGHT - column_width(style) * (1 - column) as f64
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
    let style = canvas.style().clone();
    let title = style.say("sensitivity.share_of_variance");
    draw_numbers(canvas, x, style.percent(), bottom, Some(title));
}

/// One bar with its intervals and numbers.
fn draw_share(canvas: &mut Canvas, x: &Axis, share: &Share, middle: f64, thickness: f64) {
    let style = canvas.style().clone();
    if share.total.value.is_nan() && share.first_order.value.is_nan() {
        let font = Font::regular(theme::TICK);
        let at = (style.width - theme::RIGHT, middle + 0.36 * font.size);
        canvas.text(
            style.say("sensitivity.no_variation"),
            font,
            theme::QUIET,
            at,
            Anchor::End,
        );
        return;
    }
    let (top, bottom) = (middle - thickness / 2.0, middle + thickness / 2.0);
    let reach = |value: f64| {
        let (zero, end) = (x.at(0.0), x.at(value));
        (zero.min(end), zero.max(end))
    };
    let (left, right) = reach(share.total.value);
    outline(canvas, ((left, top), (right, bottom)));
    let (left, right) = reach(share.first_order.value);
    canvas.rectangle((left, top), (right, bottom), Ink::fill(theme::SURPLUS, 1.0));
    let lines = [(share.first_order, 0.3), (share.total, 0.7)];
    for (column, (index, part)) in lines.into_iter().enumerate() {
        draw_interval(canvas, x, index, top + part * thickness);
        let color = if is_weak(index) {
            theme::QUIET
        } else {
            theme::INK
        };
        let font = Font {
            size: theme::TICK,
            bold: column == 1,
        };
        let at = (column_right(&style, column), middle + 0.36 * font.size);
        let number = x.value(index.value, style.percent());
        canvas.text(&number, font, color, at, Anchor::End);
    }
}

fn outline(canvas: &mut Canvas, ((left, top), (right, bottom)): (Point, Point)) {
    canvas.rectangle((left, top), (right, bottom), Ink::fill(theme::PROFIT, 0.25));
    let inset = 0.7;
    let (left, top, right, bottom) = (
        left + inset,
        top + inset,
        (right - inset).max(left + inset),
        bottom - inset,
    );
    let corners = vec![
        (left, top),
        (right, top),
        (right, bottom),
        (left, bottom),
        (left, top),
    ];
    canvas.path(corners, Ink::stroke(theme::SURPLUS, 1.4));
}

/// A thin line over the interval, light where it crosses the solid bar, with an end where it ends within the plot.
fn draw_interval(canvas: &mut Canvas, x: &Axis, index: Bounded, y: f64) {
    if !(index.low.is_finite() && index.high.is_finite()) {
        return;
    }
    let (low, high) = (x.at(index.low), x.at(index.high));
    let halo = |color: RGBColor, width| Ink::stroke(color, width);
    for ink in [halo(theme::PAPER, 3.4), halo(theme::INK, 1.3)] {
        canvas.line((low, y), (high, y), ink);
        for value in [index.low, index.high] {
            if (x.domain.0..=x.domain.1).contains(&value) {
                let at = x.at(value);
                canvas.line((at, y - 3.0), (at, y + 3.0), ink);
            }
        }
    }
}

fn description(style: &Style, shown: &[&Share]) -> String {
    let percent = |index: Bounded| style.percent().write(index.value, 1);
    let sentences: Vec<String> = shown
        .iter()
        .map(|share| {
            if share.total.value.is_nan() {
                format!(
                    "{}: {}.",
                    share.label,
                    style.say("sensitivity.no_variation")
                )
            } else {
                let (alone, total) = (percent(share.first_order), percent(share.total));
                style.fill(
                    "sensitivity.share",
                    &[
                        ("parameter", &share.label),
                        ("alone", &alone),
                        ("total", &total),
                    ],
                )
            }
        })
        .collect();
    sentences.join(" ")
}
