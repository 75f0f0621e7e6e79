//! What learning brings: fit, and the knowledge behind it, over time.

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
    let panel = |key: &str, quantity| Panel {
        title: style.say(key).to_owned(),
        curves: firm_curves(view, quantity),
        format: style.number(),
        limits: (0.0, 1.0),
        from_zero: false,
    };
    let describe =
        |key: &str, quantity| describe::firms(view, quantity, style.say(key), style.number());
    let measured = style.fill("fit.measured", &[("smoothing", &view.smoothing())]);
    let mut caption = view.basis(true);
    caption.extend([view.without_values(Quantity::Fit), view.scenario_title()]);
    TimeChart {
        sheet: view.sheet(),
        heading: view.heading(style.say("fit.title"), measured, caption),
        description: format!(
            "{} {}",
            describe("fit.fit", Quantity::Fit),
            describe("fit.knowledge", Quantity::Knowledge)
        ),
        panels: vec![
            panel("fit.fit_panel", Quantity::Fit),
            panel("fit.knowledge_panel", Quantity::Knowledge),
        ],
        events: events(view),
        height: 1.0,
    }
    .draw()
}
