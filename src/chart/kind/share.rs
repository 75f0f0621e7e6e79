//! Who wins the market: each firm's share of transactions over time.

use super::cast::MOST;
use super::describe;
use super::events::events;
use super::view::View;
use crate::analysis::Quantity;
use crate::chart::form::panel::Panel;
use crate::chart::form::time::TimeChart;
use crate::chart::kit::{Figure, Range, fill};

/// Draws the chart.
#[must_use]
pub fn draw(view: &View<'_>) -> Figure {
    let style = &view.style;
    let measured = fill!(style, "share.measured", smoothing = view.smoothing());
    // where there are hypotheses, theirs is the chart that bears the title out
    let is_main = view.scenario.hypotheses.is_empty();
    let title = match view.scenario.title.trim() {
        title if is_main && !title.is_empty() => title,
        _ => style.say("share.title"),
    };
    // means would show a middle at which no market ends
    let differ = view.cast.len() <= MOST && view.results.fates.differ();
    let mut caption = view.basis(!differ);
    let (curves, description) = if differ {
        let count = style.texts.grouped(u64::from(view.results.replicates));
        caption[0] = fill!(style, "fates.apart", count);
        let curves = view.medians();
        let told = curves
            .iter()
            .map(|c| describe::curve(style, view.first, &c.name, &c.series));
        let told: Vec<String> = told.collect();
        (curves, told.join(" "))
    } else {
        let described = describe::firms(view, Quantity::Share, &measured, style.percent());
        (view.curves(Quantity::Share), described)
    };
    caption.extend([view.ends(), view.without_values(Quantity::Share)]);
    TimeChart {
        style,
        told: view.told(title, measured, caption, description),
        across: view.periods(),
        panels: vec![Panel::new(
            "",
            curves,
            style.percent(),
            Range::PART.with_zero(),
        )],
        events: events(view),
        height: 1.0,
    }
    .draw()
}
