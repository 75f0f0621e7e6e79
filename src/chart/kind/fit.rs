//! What learning brings: fit, and the knowledge behind it, over time.

use super::describe;
use super::events::events;
use super::view::View;
use crate::analysis::Quantity;
use crate::chart::form::panel::Panel;
use crate::chart::form::time::TimeChart;
use crate::chart::kit::{Figure, Range, fill};

/// The quantities, with the keys of their names and of the titles of their panels.
const PANELS: [(Quantity, &str, &str); 2] = [
    (Quantity::Fit, "fit.fit", "fit.fit_panel"),
    (Quantity::Knowledge, "fit.knowledge", "fit.knowledge_panel"),
];

/// Draws the chart.
#[must_use]
pub fn draw(view: &View<'_>) -> Figure {
    let style = &view.style;
    let panel = |(quantity, _, title)| {
        let curves = view.curves(quantity);
        Panel::new(style.say(title), curves, style.number(), Range::PART)
    };
    let described = PANELS.map(|(quantity, name, _)| {
        describe::firms(view, quantity, style.say(name), style.number())
    });
    let measured = fill!(style, "fit.measured", smoothing = view.smoothing());
    let mut caption = view.basis(true);
    caption.extend([
        view.ends(),
        view.without_values(Quantity::Fit),
        view.survivors(),
        view.scenario_title(),
    ]);
    TimeChart {
        style,
        told: view.told(
            style.say("fit.title"),
            measured,
            caption,
            described.join(" "),
        ),
        across: view.periods(),
        panels: PANELS.map(panel).into(),
        events: events(view),
        height: 1.0,
    }
    .draw()
}
