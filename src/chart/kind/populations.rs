//! Who serves whom: each firm's share of the transactions of every kind of customer, and the value that it creates for them.

use super::cast::Actor;
use super::value::{largest, period_words};
use super::view::View;
use crate::analysis::{Estimate, PopulationResults};
use crate::chart::form::rows::{Cell, Column, Row, RowChart, RowMarks, Sizes, Slot, draw_interval};
use crate::chart::kit::{
    Axis, Canvas, Data, Figure, Format, Ink, Range, Style, Told, fill, theme, words,
};

/// Most populations and firms that are shown.
const MOST: (usize, usize) = (6, 8);

/// A share for each row, as a bar in the colour of its firm.
#[derive(Default)]
pub struct ShareBars {
    rows: Vec<(Actor, Estimate)>,
}

impl ShareBars {
    /// Adds that of the next row.
    pub fn push(&mut self, actor: Actor, share: Estimate) {
        self.rows.push((actor, share));
    }
}

/// Draws the chart.
#[must_use]
pub fn draw(view: &View<'_>) -> Figure {
    let style = &view.style;
    let shown = largest(view, MOST.1);
    let (mut rows, mut bars) = (Vec::new(), ShareBars::default());
    for population in view.results.populations.iter().take(MOST.0) {
        for (number, actor) in shown.iter().enumerate() {
            let group = if number == 0 {
                group(view, population)
            } else {
                String::new()
            };
            rows.push(row(style, group, actor, population));
            bars.push(actor.clone(), population.firms[actor.firm].share);
        }
    }
    let column = |key, width| Column {
        head: style.say(key),
        color: theme::TEXT,
        width,
        swatch: None,
    };
    RowChart {
        style,
        told: told(view, &shown),
        rows,
        columns: vec![
            column("populations.share", 120.0),
            column("populations.value", 150.0),
        ],
        sizes: Sizes {
            pitch: (24.0, 40.0),
            right: 16.0,
            ..Sizes::default()
        },
        heads: Default::default(),
        scale: Some((style.percent(), style.say("populations.axis").to_owned())),
    }
    .draw(&bars)
}

/// A population and how many customers it has.
fn group(view: &View<'_>, population: &PopulationResults) -> String {
    let mut known = view.scenario.populations.iter();
    let customers = known.find(|known| known.name == population.name);
    let count = customers.map_or(0, |known| u64::from(known.customers));
    let count = view.style.texts.grouped(count);
    fill!(
        view.style,
        "populations.group",
        name = population.name,
        count
    )
}

/// A firm with its share and the value that it creates per transaction.
fn row(style: &Style, group: String, actor: &Actor, population: &PopulationResults) -> Row {
    let served = population.firms[actor.firm];
    Row {
        name: actor.name.clone(),
        color: Some(actor.ink()),
        group,
        note: match served.share.mean.is_nan() {
            true => style.say("value.no_transactions").to_owned(),
            false => String::new(),
        },
        cells: vec![
            Cell::plain(written(style, &served.share, style.percent(), 100.0)),
            Cell::plain(written(style, &served.value, style.number(), 1.0)),
        ],
    }
}

/// A mean with the half width of its interval; `factor` is 100 for percentages.
fn written(style: &Style, estimate: &Estimate, format: Format, factor: f64) -> String {
    if estimate.mean.is_nan() {
        return "–".to_owned();
    }
    let half = estimate.reach();
    let decimals = words::decimals(estimate.mean * factor, half * factor);
    let mean = format.write(estimate.mean, decimals);
    if half.is_finite() {
        format!("{mean} ± {}", style.number().write(half * factor, decimals))
    } else {
        mean
    }
}

impl RowMarks for ShareBars {
    fn axis(&self, pixels: (f64, f64)) -> Axis {
        let means = self.rows.iter().map(|(_, share)| share.mean);
        let intervals = self.rows.iter().map(|(_, share)| *share);
        Range::PART.with_zero().axis(means, intervals, 5, pixels)
    }

    /// A bar from zero, and its interval.
    fn draw(&self, canvas: &mut Canvas, x: &Axis, slot: Slot) {
        let (actor, share) = &self.rows[slot.row];
        if share.mean.is_nan() {
            return;
        }
        let color = actor.ink();
        let (top, bottom) = slot.bar(0.5, 14.0);
        let bar = Ink::fill(canvas.pen(color).color, 0.78);
        canvas.rectangle((x.at(0.0), top), (x.at(share.mean), bottom), bar);
        let inks = [Ink::stroke(theme::PAPER, 3.4), Ink::stroke(theme::INK, 1.3)];
        draw_interval(canvas, x, (share.low, share.high), slot.middle(), &inks);
    }
}

fn told(view: &View<'_>, shown: &[Actor]) -> Told {
    let style = &view.style;
    let populations = &view.results.populations;
    let mut caption = view.basis(true);
    if view.cast.len() > shown.len() {
        let count = style.texts.number_in_words(shown.len() as u64);
        caption.push(fill!(style, "value.largest", count));
    }
    if populations.len() > MOST.0 {
        let (shown, all) = (
            style.texts.number_in_words(MOST.0 as u64),
            populations.len(),
        );
        caption.push(fill!(style, "populations.first", shown, all));
    }
    caption.push(view.scenario_title());
    let when = period_words(style, view.results.closing);
    let measured = fill!(style, "populations.measured", when);
    let mut data = Data::new(&["population", "firm", "quantity", "mean", "low", "high"]);
    let mut described = Vec::new();
    for population in populations {
        let share = |actor: &Actor| population.firms[actor.firm].share;
        for actor in shown {
            let served = population.firms[actor.firm];
            let names = (&population.name, &actor.name);
            data.push_estimate(&[names.0, names.1, &"share"], &served.share);
            data.push_estimate(&[names.0, names.1, &"value_created"], &served.value);
        }
        let firm = |actor: &Actor| {
            let share = share(actor).mean;
            let told = match share.is_nan() {
                true => style.say("value.no_transactions").to_owned(),
                false => style.percent().write(share, 1),
            };
            format!("{} {told}", actor.name)
        };
        let firms: Vec<String> = shown.iter().map(firm).collect();
        described.push(format!("{}: {}.", population.name, firms.join(", ")));
    }
    Told {
        data,
        ..view.told(
            style.say("populations.title"),
            measured,
            caption,
            described.join(" "),
        )
    }
}
