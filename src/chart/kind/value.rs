//! Where the value of a perfect fit goes: one stacked bar per firm.

use super::cast::{Actor, final_share};
use super::parts::{Bar, draw_bar, draw_key, key_height, push_rows};
use super::view::View;
use crate::chart::form::rows::{Row, RowChart, RowMarks, Sizes, Slot};
use crate::chart::kit::{Axis, Canvas, Data, Figure, Style, Told, fill};
use crate::statistics::order::largest_first;

/// Most bars; of more firms, those with the largest final share are shown.
const MOST: usize = 12;
/// Thickest bar.
const THICKEST: f64 = 58.0;
/// Space below a bar for its price.
const PRICE: f64 = 26.0;

/// ValueBars of some firms; none for a firm without transactions.
struct ValueBars<'a> {
    style: &'a Style,
    bars: Vec<Option<Bar>>,
}

/// Draws the chart.
#[must_use]
pub fn draw(view: &View<'_>) -> Figure {
    let (style, results) = (&view.style, &view.results);
    let shown = largest(view, MOST);
    let bars = shown
        .iter()
        .map(|actor| Bar::new(&results.firms[actor.firm].value));
    let bars = ValueBars {
        style,
        bars: bars.collect(),
    };
    let mut data = Data::new(&["firm", "part", "mean", "low", "high"]);
    for actor in &shown {
        push_rows(&mut data, &actor.name, &results.firms[actor.firm].value);
    }
    let row = |(actor, bar): (&Actor, &Option<Bar>)| Row {
        name: actor.name.clone(),
        color: Some(actor.ink()),
        note: match bar {
            Some(_) => String::new(),
            None => style.say("value.no_transactions").to_owned(),
        },
        ..Row::default()
    };
    RowChart {
        style,
        told: Told {
            data,
            ..told(view, &shown, &bars.bars)
        },
        rows: shown.iter().zip(&bars.bars).map(row).collect(),
        columns: Vec::new(),
        sizes: Sizes {
            // with one or two firms the figure is less high
            pitch: (47.0, 136.0),
            space: 16.0,
            right: 8.0,
            ..Sizes::default()
        },
        heads: Default::default(),
        scale: None,
    }
    .draw(&bars)
}

impl ValueBars<'_> {
    /// Upper and lower edge of a bar: below it stands the price.
    fn edges(slot: Slot) -> (f64, f64) {
        let thickness = (slot.pitch * 0.58).min(THICKEST).min(slot.pitch - PRICE);
        (slot.top, slot.top + thickness)
    }
}

impl RowMarks for ValueBars<'_> {
    /// From the lowest end of a bar to the highest, and in any case from 0 to 1.
    fn axis(&self, pixels: (f64, f64)) -> Axis {
        let stretches = self.bars.iter().flatten().flat_map(|bar| bar.stretches);
        let (low, high) = stretches.fold((0.0f64, 1.0f64), |(low, high), (from, to)| {
            (low.min(from), high.max(to))
        });
        Axis::exact(low, high, 5, pixels)
    }

    fn draw(&self, canvas: &mut Canvas, x: &Axis, slot: Slot) {
        if let Some(bar) = &self.bars[slot.row] {
            draw_bar(canvas, x, bar, Self::edges(slot));
        }
    }

    fn middle(&self, slot: Slot) -> f64 {
        let (top, bottom) = Self::edges(slot);
        f64::midpoint(top, bottom)
    }

    fn key_height(&self, edges: (f64, f64)) -> f64 {
        key_height(self.style, edges)
    }

    fn draw_key(&self, canvas: &mut Canvas, x: &Axis, (_, bottom): (f64, f64)) {
        draw_key(canvas, x, self.bars.iter().flatten().next(), bottom);
    }
}

/// All firms, or so many with the largest final shares, in the order of the scenario.
pub fn largest(view: &View<'_>, most: usize) -> Vec<Actor> {
    let mut actors = view.cast.clone();
    if actors.len() > most {
        let share = |actor: &Actor| final_share(&view.results, actor.firm);
        largest_first(&mut actors, share);
        actors.truncate(most);
        actors.sort_by_key(|actor| actor.firm);
    }
    actors
}

/// A stretch of periods in words.
pub fn period_words(style: &Style, (first, last): (u32, u32)) -> String {
    if first == last {
        fill!(style, "value.period", period = first)
    } else {
        fill!(style, "value.periods", first, last)
    }
}

fn told(view: &View<'_>, shown: &[Actor], bars: &[Option<Bar>]) -> Told {
    let style = &view.style;
    let when = period_words(style, view.results.closing);
    let mut caption = view.basis(false);
    caption.push(view.survivors());
    if view.cast.len() > bars.len() {
        let firms = style.texts.number_in_words(bars.len() as u64);
        caption.push(fill!(style, "value.largest", count = firms));
    }
    caption.push(style.say("value.parts").to_owned());
    let mut stretches = bars.iter().flatten().flat_map(|bar| bar.stretches);
    if stretches.any(|(from, _)| from < -0.0005) {
        caption.push(style.say("value.negative").to_owned());
    }
    caption.push(view.scenario_title());
    let measured = fill!(style, "value.measured", when);
    let description = description(style, shown, bars);
    view.told(style.say("value.title"), measured, caption, description)
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
