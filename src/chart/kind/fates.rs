//! What becomes of single markets: a thin line for each replicate, and beside them where the lines end.

use super::cast::Actor;
use super::value::largest;
use super::view::View;
use crate::analysis::Fate;
use crate::chart::form::across::Across;
use crate::chart::form::tiles::Tiles;
use crate::chart::kit::ticks::{self, draw_grid, draw_level_grid, draw_numbers_within, left_edge};
use crate::chart::kit::{
    ASCENT, Anchor, Axis, Canvas, Data, Figure, Font, Frame, Ink, Range, Told, fill, theme,
};

/// Most firms that are shown in turn; up to two share a panel.
const MOST: usize = 6;
const TOGETHER: usize = 2;
/// Most points of a line.
const POINTS: usize = 150;
/// Steps of shares whose ends are counted together.
const BINS: usize = 16;
/// Width of what shows where lines end, as a part of a panel, and the space before it.
const ENDS: (f64, f64) = (0.16, 7.0);
/// Space between two panels.
const BETWEEN: f64 = 26.0;
/// Least height of a plot.
const LEAST: f64 = 120.0;
/// Names of firms, and what is said of them.
const NAME: Font = Font::bold(theme::LABEL);
const SAID: Font = Font::regular(theme::TICK);

/// One panel: the firms in it.
type Panel<'a> = &'a [Actor];

/// Draws the chart.
#[must_use]
pub fn draw(view: &View<'_>) -> Figure {
    let style = &view.style;
    let shown = largest(view, MOST);
    let panels: Vec<Panel<'_>> = match view.cast.len() {
        0..=TOGETHER => vec![&shown],
        _ => shown.chunks(1).collect(),
    };
    let told = told(view, &shown);
    let frame = Frame::new(style, &told.heading);
    let shares = shown
        .iter()
        .flat_map(|actor| view.fate(actor).lines.iter().flatten());
    let y = Range::PART
        .with_zero()
        .axis(shares.copied(), [], 5, (0.0, 1.0));
    let left = left_edge([(&y, style.percent())]);
    let most = ((style.width - left) / 250.0).floor().max(1.0) as usize;
    let across = if panels.len() == 4 {
        2
    } else {
        panels.len().min(3)
    };
    let edges = (left, style.width - theme::RIGHT);
    let tiles = Tiles::new(panels.len(), across.min(most), edges, BETWEEN);
    let names = panels.iter().map(|panel| panel.len()).max().unwrap_or(1) as f64;
    let head = names * NAME.pitch() + 8.0 + if panels.len() > 1 { SAID.pitch() } else { 0.0 };
    let around = frame.above() + ticks::TITLE + frame.below();
    let room = (style.height - around) / tiles.down as f64;
    let tall = (room - head - ticks::NUMBERS - 8.0).max(LEAST);
    let tiles = tiles.at(frame.above(), head + tall + ticks::NUMBERS + 8.0);
    let height = (around + tiles.height()).ceil();
    told.figure(style, &frame, height, |canvas| {
        for (number, panel) in panels.iter().enumerate() {
            let (left, top) = tiles.corner(number);
            draw_heads(
                canvas,
                view,
                panel,
                (left, top),
                tiles.width,
                panels.len() > 1,
            );
            let y = y.between((top + head + tall, top + head));
            let right = left + tiles.width * (1.0 - ENDS.0);
            let edges = (left, left + tiles.width);
            if tiles.is_leftmost(number) {
                draw_grid(canvas, edges, &y, style.percent());
            } else {
                draw_level_grid(canvas, edges, &y);
            }
            let x = view.periods().axis((left, right));
            draw_lines(canvas, view, panel, &x, &y);
            let reach = (left - 8.0, right + 12.0);
            draw_numbers_within(canvas, &x, style.number(), y.pixels.0, reach);
            draw_ends(canvas, view, panel, &y, (right + ENDS.1, edges.1));
        }
        let at = (
            f64::midpoint(tiles.edges().0, tiles.edges().1),
            frame.above() + tiles.height() - 6.0 + ASCENT * SAID.size,
        );
        let title = view.periods();
        canvas.text(
            Across::title(&title, style),
            SAID,
            theme::TEXT,
            at,
            Anchor::Middle,
        );
    })
}

/// Each firm of a panel, and in how many markets it ends ahead.
fn draw_heads(
    canvas: &mut Canvas,
    view: &View<'_>,
    panel: Panel<'_>,
    (left, top): (f64, f64),
    width: f64,
    is_below: bool,
) {
    for (number, actor) in panel.iter().enumerate() {
        let baseline = top + ASCENT * NAME.size + number as f64 * NAME.pitch();
        let said = ahead(view, actor);
        let name = NAME.shorten(&actor.name, width);
        let at = (left, baseline);
        canvas.text(&name, NAME, actor.ink(), at, Anchor::Start);
        let at = if is_below {
            (left, baseline + SAID.pitch())
        } else {
            (left + NAME.width(&name) + 12.0, baseline)
        };
        let said = SAID.shorten(&said, left + width - at.0);
        canvas.text(&said, SAID, theme::TEXT, at, Anchor::Start);
    }
}

/// A thin line for each replicate, and the median, thick.
fn draw_lines(canvas: &mut Canvas, view: &View<'_>, panel: Panel<'_>, x: &Axis, y: &Axis) {
    let across = view.periods();
    for actor in panel {
        let fate = view.fate(actor);
        let pen = canvas.pen(actor.ink());
        // many lines must not become one area
        let opacity = (8.0 / fate.lines.len().max(1) as f64)
            .sqrt()
            .clamp(0.25, 0.7);
        for line in &fate.lines {
            let ink = Ink::stroke(pen.color, 1.0).with_opacity(opacity);
            draw_line(canvas, line, &across, (x, y), &[], ink);
        }
    }
    for actor in panel {
        let median = median(view.fate(actor));
        let pen = canvas.pen(actor.ink());
        let (dashes, ink) = (
            pen.dashes.unwrap_or(&[]),
            Ink::stroke(pen.color, theme::STROKE),
        );
        let halo = Ink::stroke(theme::PAPER, theme::STROKE + 2.4);
        draw_line(canvas, &median, &across, (x, y), &[], halo);
        draw_line(canvas, &median, &across, (x, y), dashes, ink);
    }
}

/// A line, broken where it has no values.
fn draw_line(
    canvas: &mut Canvas,
    line: &[f64],
    across: &Across,
    (x, y): (&Axis, &Axis),
    dashes: &[f64],
    ink: Ink,
) {
    let every = line.len().div_ceil(POINTS).max(1);
    let last = line.len().saturating_sub(1);
    let kept: Vec<usize> = (0..line.len())
        .filter(|entry| entry.is_multiple_of(every) || *entry == last)
        .collect();
    for run in kept.split(|&entry| line[entry].is_nan()) {
        let at = |&entry: &usize| (x.at(across.step(entry)), y.at(line[entry]));
        canvas.dashed(run.iter().map(at).collect(), dashes, ink);
    }
}

/// How many markets end at which share, as bars.
fn draw_ends(
    canvas: &mut Canvas,
    view: &View<'_>,
    panel: Panel<'_>,
    y: &Axis,
    (left, right): (f64, f64),
) {
    let (low, high) = y.domain;
    let step = (high - low) / BINS as f64;
    let counts: Vec<[usize; BINS]> = panel
        .iter()
        .map(|actor| {
            let mut counts = [0; BINS];
            for end in view.fate(actor).ends.iter().filter(|end| end.is_finite()) {
                counts[(((end - low) / step) as usize).min(BINS - 1)] += 1;
            }
            counts
        })
        .collect();
    let most = counts.iter().flatten().copied().max().unwrap_or(0).max(1) as f64;
    let part = 1.0 / panel.len().max(1) as f64;
    for (number, (actor, counts)) in panel.iter().zip(&counts).enumerate() {
        let color = canvas.pen(actor.ink()).color;
        for (bin, &count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            let (bottom, top) = (
                y.at(low + bin as f64 * step),
                y.at(low + (bin + 1) as f64 * step),
            );
            let from = bottom - 0.6 - (bottom - top - 1.2) * part * number as f64;
            let to = from - (bottom - top - 1.2) * part;
            let end = left + (right - left) * count as f64 / most;
            canvas.rectangle((left, to), (end, from), Ink::fill(color, 0.8));
        }
    }
    let ink = Ink::stroke(theme::AXIS, theme::HAIRLINE);
    canvas.line((left, y.pixels.0), (left, y.pixels.1), ink);
}

/// The median of the lines, period by period.
fn median(fate: &Fate) -> Vec<f64> {
    let periods = fate.lines.first().map_or(0, Vec::len);
    let quartiles = (0..periods).map(|period| fate.quartiles(period));
    quartiles
        .map(|found| found.map_or(f64::NAN, |[_, median, _]| median))
        .collect()
}

/// "ahead in 11 of 24 markets"
fn ahead(view: &View<'_>, actor: &Actor) -> String {
    let fates = &view.results.fates;
    let (count, all) = (fates.times_ahead(actor.firm), fates.replicates());
    fill!(view.style, "fates.ahead", count, all)
}

fn told(view: &View<'_>, shown: &[Actor]) -> Told {
    let style = &view.style;
    let fates = &view.results.fates;
    let first = shown
        .iter()
        .max_by_key(|actor| fates.times_ahead(actor.firm));
    let title = match first {
        Some(first) if view.cast.len() == TOGETHER => {
            let (count, all) = (fates.times_ahead(first.firm), fates.replicates());
            fill!(style, "fates.title_of_two", count, all, firm = first.name)
        }
        _ => style.say("fates.title").to_owned(),
    };
    let measured = fill!(style, "fates.measured", smoothing = view.smoothing());
    let lines = shown
        .first()
        .map_or(0, |actor| view.fate(actor).lines.len());
    let mut caption = vec![style.say("fates.key").to_owned()];
    if lines < fates.replicates() {
        caption.push(fill!(
            style,
            "fates.first",
            count = lines,
            all = fates.replicates()
        ));
    }
    caption.extend(view.basis(false).into_iter().skip(1));
    if view.cast.len() > shown.len() {
        let count = style.texts.number_in_words(shown.len() as u64);
        caption.push(fill!(style, "value.largest", count));
    }
    caption.push(view.scenario_title());
    let described: Vec<String> = shown
        .iter()
        .map(|actor| format!("{}: {}.", actor.name, ahead(view, actor)))
        .collect();
    let mut data = Data::new(&["firm", "replicate", "share"]);
    for actor in shown {
        for (replicate, end) in (0u32..).zip(&view.fate(actor).ends) {
            data.push(&[&actor.name, &replicate, end]);
        }
    }
    Told {
        data,
        ..view.told(&title, measured, caption, described.join(" "))
    }
}
