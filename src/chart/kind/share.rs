//! Who wins the market: each firm's share of transactions over time.

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
    let title = match view.scenario.title.trim() {
        "" => style.say("share.title"),
        title => title,
    };
    let mut caption = view.basis(true);
    caption.push(view.without_values(Quantity::Share));
    let description = describe::firms(view, Quantity::Share, &measured, style.percent());
    let curves = view.curves(Quantity::Share);
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
