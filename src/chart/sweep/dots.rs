//! One axis of names: for each the outcome of every firm, as a dot with its interval.

use super::key::Key;
use super::stage::Stage;
use super::wording;
use crate::analysis::{AxisValue, Estimate};
use crate::chart::Figure;
use crate::chart::axis::Axis;
use crate::chart::canvas::{Anchor, Canvas, Ink};
use crate::chart::cast::Actor;
use crate::chart::frame::Frame;
use crate::chart::names::NameColumn;
use crate::chart::text::Font;
use crate::chart::theme;
use crate::chart::ticks::{self, draw_numbers};

/// Least and greatest height of a firm's row within a group.
const ROW: (f64, f64) = (7.0, 20.0);
/// Least and greatest space between two groups.
const BETWEEN: (f64, f64) = (10.0, 30.0);

/// What the names are, above them.
const TITLE: Font = Font::regular(theme::TICK);
/// Height that takes.
const TITLE_ROW: f64 = 24.0;

/// Where groups and rows stand.
struct Layout {
    row: f64,
    group: f64,
    top: f64,
    bottom: f64,
    height: f64,
}

/// Draws the chart.
#[must_use]
pub fn draw(stage: &Stage<'_>) -> Figure {
    let heading = stage.heading(true, true, Vec::new());
    let frame = Frame::new(&stage.style, &heading);
    let right = stage.style.width - theme::RIGHT;
    let key = Key::of_firms(stage, (theme::LEFT, right));
    let levels = stage.results.levels(0);
    let level_words: Vec<String> = levels
        .iter()
        .map(|level| wording::value(&stage.style, level))
        .collect();
    let names = NameColumn::new(&stage.style, level_words.iter().map(String::as_str));
    let layout = Layout::new(stage, &frame, &key, levels.len(), names.tallest);

    let mut canvas = Canvas::new(&stage.style, layout.height);
    frame.draw(&mut canvas, layout.height);
    key.draw(&mut canvas, frame.above());
    let left = theme::LEFT + names.width + 14.0;
    let x = axis(stage, (left, right - 24.0));
    draw_axis(&mut canvas, stage, &x, &layout);
    let what = TITLE.shorten(&stage.axes[0], right - theme::LEFT);
    let at = (theme::LEFT, layout.top - 9.0);
    canvas.text(&what, TITLE, theme::TEXT, at, Anchor::Start);
    for (number, level) in levels.iter().enumerate() {
        let top = layout.top + number as f64 * layout.group;
        let middle = top + layout.group / 2.0;
        names.draw(
            &mut canvas,
            &level_words[number],
            theme::INK,
            (left - 14.0, middle),
        );
        if number > 0 {
            let pale = Ink::stroke(theme::GRID, theme::HAIRLINE);
            canvas.dashed(vec![(left, top), (x.pixels.1, top)], &[2.0, 4.0], pale);
        }
        draw_group(&mut canvas, stage, level, &x, (middle, layout.row));
    }
    canvas
        .finish(&stage.name, &heading.title, &stage.description())
        .with_data(stage.data())
}

/// Rows that a group has: one for each firm with a colour, one for all others.
fn rows(stage: &Stage<'_>) -> usize {
    let leaders = stage.leaders().count();
    leaders + usize::from(leaders < stage.cast.len())
}

impl Layout {
    /// Groups share the height that is left, or take more where rows or names need it.
    fn new(stage: &Stage<'_>, frame: &Frame, key: &Key, groups: usize, tallest: f64) -> Self {
        let around = frame.above()
            + key.height()
            + TITLE_ROW
            + ticks::NUMBERS
            + ticks::TITLE
            + frame.below();
        let room = (stage.style.height - around) / groups.max(1) as f64;
        let rows = rows(stage) as f64;
        let between = (0.3 * room).clamp(BETWEEN.0, BETWEEN.1);
        let row = ((room - between) / rows).clamp(ROW.0, ROW.1);
        let group = room.max(rows * row + between).max(tallest + 8.0);
        let top = frame.above() + key.height() + TITLE_ROW;
        let bottom = top + group * groups as f64;
        Self {
            row,
            group,
            top,
            bottom,
            height: (around + bottom - top).ceil(),
        }
    }
}

/// The axis of outcomes: it spans all means, and of the intervals as much as leaves the means legible.
fn axis(stage: &Stage<'_>, pixels: (f64, f64)) -> Axis {
    let (mut low, mut high) = stage.range(stage.cast.iter());
    if low > high {
        (low, high) = (0.0, 1.0);
    }
    if stage.outcome.from_zero || (low > 0.0 && low < 0.4 * high) {
        (low, high) = (low.min(0.0), high.max(0.0));
    }
    let reach = (high - low).max(0.25 * low.abs().max(high.abs()));
    let (means_low, means_high) = (low, high);
    for actor in stage.leaders() {
        for point in &stage.results.points {
            let estimate = stage.estimate(actor, point);
            if estimate.low.is_finite() && estimate.high.is_finite() {
                low = low.min(estimate.low.max(means_low - reach));
                high = high.max(estimate.high.min(means_high + reach));
            }
        }
    }
    let (least, most) = stage.outcome.limits;
    let mut axis = Axis::rounded(low.max(least), high.min(most), 6, pixels);
    axis.clip(least, most);
    axis
}

fn draw_axis(canvas: &mut Canvas, stage: &Stage<'_>, x: &Axis, layout: &Layout) {
    for &tick in &x.ticks {
        let color = if tick == 0.0 {
            theme::AXIS
        } else {
            theme::GRID
        };
        let at = x.at(tick);
        let ink = Ink::stroke(color, theme::HAIRLINE);
        canvas.line((at, layout.top), (at, layout.bottom), ink);
    }
    let title = TITLE.shorten(stage.outcome.title, x.pixels.1 - x.pixels.0);
    draw_numbers(canvas, x, stage.outcome.format, layout.bottom, Some(&title));
}

/// The firms at one value of the axis, in rows about the middle.
fn draw_group(
    canvas: &mut Canvas,
    stage: &Stage<'_>,
    level: &AxisValue,
    x: &Axis,
    (middle, row): (f64, f64),
) {
    let points = || {
        let points = stage.results.points.iter();
        points.filter(|point| point.values.first() == Some(level))
    };
    let first = middle - (rows(stage) as f64 - 1.0) * row / 2.0;
    let mut y = first;
    let radius = (0.45 * row).clamp(3.2, 5.5);
    for actor in stage.leaders() {
        for point in points() {
            draw_estimate(canvas, actor, &stage.estimate(actor, point), x, (y, radius));
        }
        y += row;
    }
    for actor in stage.cast.iter().filter(|actor| !actor.leads) {
        for point in points() {
            draw_estimate(canvas, actor, &stage.estimate(actor, point), x, (y, 3.0));
        }
    }
}

fn draw_estimate(
    canvas: &mut Canvas,
    actor: &Actor,
    estimate: &Estimate,
    x: &Axis,
    (y, radius): (f64, f64),
) {
    if !estimate.mean.is_finite() {
        return;
    }
    if actor.leads && estimate.low.is_finite() && estimate.high.is_finite() {
        let ink = Ink::stroke(actor.color, 2.0);
        canvas.line((x.at(estimate.low), y), (x.at(estimate.high), y), ink);
    }
    canvas.mark((x.at(estimate.mean), y), radius, actor.color);
}
