//! Who wins the market: each firm's share of transactions over time.

use super::events::events;
use super::panel::{Panel, firm_curves};
use super::time::TimeChart;
use super::view::View;
use super::{Figure, describe};
use crate::analysis::Quantity;

/// Draws the chart.
#[must_use]
pub fn draw(view: &View<'_>) -> Figure {
    let style = &view.style;
    let measured = style.fill("share.measured", &[("smoothing", &view.smoothing())]);
    let title = match view.scenario.title.trim() {
        "" => style.say("share.title"),
        title => title,
    };
    let mut caption = view.basis(true);
    caption.push(view.without_values(Quantity::Share));
    TimeChart {
        sheet: view.sheet(),
        heading: view.heading(title, measured.clone(), caption),
        description: describe::firms(view, Quantity::Share, &measured, style.percent()),
        panels: vec![Panel {
            title: String::new(),
            curves: firm_curves(view, Quantity::Share),
            format: style.percent(),
            limits: (0.0, 1.0),
            from_zero: true,
        }],
        events: events(view),
        height: 1.0,
    }
    .draw()
}
