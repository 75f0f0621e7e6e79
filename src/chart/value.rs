//! Where the value of a perfect fit goes: one stacked bar per firm.

use super::axis::Axis;
use super::canvas::{Anchor, Canvas, Ink};
use super::cast::{Actor, cast, final_share};
use super::frame::{Frame, Heading};
use super::names::NameColumn;
use super::parts::{Bar, draw_bar, draw_key};
use super::text::Font;
use super::{ChartKind, Figure, theme, words};
use crate::analysis::Results;
use crate::scenario::Scenario;

/// Most bars; of more firms, those with the largest final share are shown.
const MOST: usize = 12;
/// Space for the names of the parts above the first bar.
const KEY: f64 = 34.0;
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
pub fn draw(scenario: &Scenario, results: &Results) -> Figure {
    let shown = shown(scenario, results);
    let bars: Vec<Option<Bar>> = shown
        .iter()
        .map(|actor| Bar::new(&results.firms[actor.firm].value))
        .collect();
    let heading = heading(scenario, results, &bars);
    let frame = Frame::new(&heading);
    let names = NameColumn::new(shown.iter().map(|actor| actor.name.as_str()));

    let rows = shown.len().max(1) as f64;
    let top = frame.above() + KEY;
    let room = theme::HEIGHT - top - frame.below() - 8.0;
    let row = (room / rows).max(names.tallest + 16.0).clamp(ROW.0, ROW.1);
    let thickness = (row * 0.58).min(THICKEST).min(row - PRICE);
    let height = (top + row * rows + 8.0 + frame.below()).ceil();
    let left = (theme::LEFT + names.width + GAP).max(170.0);
    let x = axis(&bars, (left, theme::WIDTH - theme::RIGHT - 8.0));

    let mut canvas = Canvas::new(height);
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
                canvas.text("no transactions", font, theme::QUIET, at, Anchor::Start);
            }
        }
    }
    let description = description(&shown, &bars);
    canvas.finish(ChartKind::Value.name(), &heading.title, &description)
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

/// All firms, or those with the largest final shares, in the order of the scenario.
fn shown(scenario: &Scenario, results: &Results) -> Vec<Actor> {
    let mut actors = cast(scenario, results);
    if actors.len() > MOST {
        let share = |actor: &Actor| final_share(results, actor.firm);
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
    let mut stretches = bars.iter().flatten().flat_map(|bar| bar.stretches);
    let negative = stretches.any(|(from, _)| from < -0.0005);
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

fn description(shown: &[Actor], bars: &[Option<Bar>]) -> String {
    let sentences: Vec<String> = shown
        .iter()
        .zip(bars)
        .map(|(actor, bar)| match bar {
            None => format!("{}: no transactions.", actor.name),
            Some(bar) => format!("{}: {}.", actor.name, bar.words()),
        })
        .collect();
    sentences.join(" ")
}
