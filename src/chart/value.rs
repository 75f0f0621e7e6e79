//! Where the value of a perfect fit goes: one stacked bar per firm.

use super::axis::Axis;
use super::canvas::{Anchor, Canvas, Ink};
use super::cast::{Actor, final_share};
use super::frame::{Frame, Heading};
use super::names::NameColumn;
use super::parts::{Bar, draw_bar, draw_key, key_height, push_rows};
use super::style::Style;
use super::text::Font;
use super::view::View;
use super::{Data, Figure, theme};

/// Most bars; of more firms, those with the largest final share are shown.
const MOST: usize = 12;
/// Thickest bar.
const THICKEST: f64 = 58.0;
/// Space below a bar for its price.
const PRICE: f64 = 26.0;
/// Least and greatest distance from bar to bar; with one or two firms the figure is less high.
const ROW: (f64, f64) = (47.0, 136.0);
/// Space between name and bar.
const GAP: f64 = 14.0;

/// Draws the chart.
#[must_use]
pub fn draw(view: &View<'_>) -> Figure {
    let (style, results) = (&view.style, &view.results);
    let shown = largest(view, MOST);
    let bars: Vec<Option<Bar>> = shown
        .iter()
        .map(|actor| Bar::new(&results.firms[actor.firm].value))
        .collect();
    let heading = heading(view, &bars);
    let frame = Frame::new(style, &heading);
    let names = NameColumn::new(style, shown.iter().map(|actor| actor.name.as_str()));

    let rows = shown.len().max(1) as f64;
    let left = (theme::LEFT + names.width + GAP).max(style.part(170.0));
    let right = style.width - theme::RIGHT - 8.0;
    let top = frame.above() + key_height(style, (left, right));
    let room = style.height - top - frame.below() - 8.0;
    let row = (room / rows).max(names.tallest + 16.0).clamp(ROW.0, ROW.1);
    let thickness = (row * 0.58).min(THICKEST).min(row - PRICE);
    let height = (top + row * rows + 8.0 + frame.below()).ceil();
    let x = axis(&bars, (left, right));

    let mut canvas = Canvas::new(style, height);
    frame.draw(&mut canvas, height);
    draw_key(&mut canvas, &x, bars.iter().flatten().next(), top);
    if x.domain.0 < 0.0 {
        let (upper, lower) = (top - 4.0, top + row * rows - 6.0);
        let ink = Ink::stroke(theme::AXIS, theme::HAIRLINE);
        canvas.line((x.at(0.0), upper), (x.at(0.0), lower), ink);
    }
    for (number, (actor, bar)) in shown.iter().zip(&bars).enumerate() {
        let start = top + row * number as f64;
        let middle = start + thickness / 2.0;
        let color = if actor.leads {
            actor.color
        } else {
            theme::QUIET
        };
        names.draw(&mut canvas, &actor.name, color, (left - GAP, middle));
        match bar {
            Some(bar) => draw_bar(&mut canvas, &x, bar, (start, start + thickness)),
            None => {
                let font = Font::regular(theme::TICK);
                let at = (left, middle + 0.36 * font.size);
                canvas.text(
                    style.say("value.no_transactions"),
                    font,
                    theme::QUIET,
                    at,
                    Anchor::Start,
                );
            }
        }
    }
    let description = description(style, &shown, &bars);
    let mut data = Data::new(&["firm", "part", "mean", "low", "high"]);
    for actor in &shown {
        push_rows(&mut data, &actor.name, &results.firms[actor.firm].value);
    }
    canvas
        .finish(&view.name, &heading.title, &description)
        .with_data(data)
}

/// From the lowest end of a bar to the highest, and in any case from 0 to 1.
fn axis(bars: &[Option<Bar>], pixels: (f64, f64)) -> Axis {
    let (low, high) = bars
        .iter()
        .flatten()
        .flat_map(|bar| bar.stretches)
        .fold((0.0f64, 1.0f64), |(low, high), (from, to)| {
            (low.min(from), high.max(to))
        });
    Axis::exact(low, high, 5, pixels)
}

/// All firms, or so many with the largest final shares, in the order of the scenario.
pub fn largest(view: &View<'_>, most: usize) -> Vec<Actor> {
    let mut actors = view.cast.clone();
    if actors.len() > most {
        let share = |actor: &Actor| final_share(&view.results, actor.firm);
        actors.sort_by(|a, b| share(b).total_cmp(&share(a)));
        actors.truncate(most);
        actors.sort_by_key(|actor| actor.firm);
    }
    actors
}

/// A stretch of periods in words.
pub fn period_words(style: &Style, (first, last): (u32, u32)) -> String {
    if first == last {
        style.fill("value.period", &[("period", &first)])
    } else {
        style.fill("value.periods", &[("first", &first), ("last", &last)])
    }
}

fn heading(view: &View<'_>, bars: &[Option<Bar>]) -> Heading {
    let style = &view.style;
    let when = period_words(style, view.results.closing);
    let mut caption = view.basis(false);
    if view.cast.len() > bars.len() {
        let firms = style.texts.number_in_words(bars.len() as u64);
        caption.push(style.fill("value.largest", &[("count", &firms)]));
    }
    caption.push(style.say("value.parts").to_owned());
    let mut stretches = bars.iter().flatten().flat_map(|bar| bar.stretches);
    if stretches.any(|(from, _)| from < -0.0005) {
        caption.push(style.say("value.negative").to_owned());
    }
    caption.push(view.scenario_title());
    let measured = style.fill("value.measured", &[("when", &when)]);
    view.heading(style.say("value.title"), measured, caption)
}

fn description(style: &Style, shown: &[Actor], bars: &[Option<Bar>]) -> String {
    let sentences: Vec<String> = shown
        .iter()
        .zip(bars)
        .map(|(actor, bar)| match bar {
            None => format!("{}: {}.", actor.name, style.say("value.no_transactions")),
            Some(bar) => format!("{}: {}.", actor.name, bar.words(style)),
        })
        .collect();
    sentences.join(" ")
}
