//! Who creates more value than the best rival: competitive advantage over time.

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
    let quantity = Quantity::CompetitiveAdvantage;
    let title = style.say("advantage.title");
    let (smoothing, unit) = (view.smoothing(), style.say("words.unit"));
    let measured = fill!(style, "advantage.measured", smoothing, unit);
    let mut caption = view.basis(true);
    caption.extend([view.without_values(quantity), view.scenario_title()]);
    let description = describe::firms(view, quantity, title, style.signed());
    let curves = view.curves(quantity);
    TimeChart {
        style,
        told: view.told(title, measured, caption, description),
        across: view.periods(),
        panels: vec![Panel::new(
            "",
            curves,
            style.signed(),
            Range::ANY.with_zero(),
        )],
        events: events(view),
        height: 1.0,
    }
    .draw()
}
