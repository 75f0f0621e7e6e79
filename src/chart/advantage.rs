//! Who creates more value than the best rival: competitive advantage over time.

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
    let quantity = Quantity::CompetitiveAdvantage;
    let title = style.say("advantage.title");
    let measured = style.fill(
        "advantage.measured",
        &[
            ("smoothing", &view.smoothing()),
            ("unit", &style.say("words.unit")),
        ],
    );
    let mut caption = view.basis(true);
    caption.extend([view.without_values(quantity), view.scenario_title()]);
    TimeChart {
        sheet: view.sheet(),
        heading: view.heading(title, measured, caption),
        description: describe::firms(view, quantity, title, style.signed()),
        panels: vec![Panel {
            title: String::new(),
            curves: firm_curves(view, quantity),
            format: style.signed(),
            limits: (f64::NEG_INFINITY, f64::INFINITY),
            from_zero: true,
        }],
        events: events(view),
        height: 1.0,
    }
    .draw()
}
