//! What learning brings: fit, and the knowledge behind it, over time.

use super::axis::Format;
use super::cast::cast;
use super::describe;
use super::events::events;
use super::frame::Heading;
use super::panel::{Panel, firm_curves};
use super::time::TimeChart;
use super::{ChartKind, Figure, theme, words};
use crate::analysis::{Quantity, Results};
use crate::scenario::Scenario;

/// Draws the chart.
#[must_use]
pub fn draw(scenario: &Scenario, results: &Results) -> Figure {
    let cast = cast(scenario, results);
    let panel = |title: &str, quantity| Panel {
        title: title.to_owned(),
        curves: firm_curves(results, &cast, quantity),
        format: Format::Number,
        limits: (0.0, 1.0),
        from_zero: false,
    };
    let heading = Heading {
        title: "Fit, and the knowledge behind it".to_owned(),
        subtitle: format!(
            "Mean per transaction, between 0 and 1{}",
            words::smoothing(results)
        ),
        caption: vec![
            words::replicates(results, true),
            words::market(scenario, results),
            describe::without_values(results, Quantity::Fit),
            words::scenario_title(scenario),
        ],
    };
    let fit = describe::firms(results, Quantity::Fit, "Fit", Format::Number);
    let knowledge = describe::firms(results, Quantity::Knowledge, "Knowledge", Format::Number);
    TimeChart {
        kind: ChartKind::Fit,
        heading,
        description: format!("{fit} {knowledge}"),
        panels: vec![
            panel("Fit between need and product (1: perfect)", Quantity::Fit),
            panel(
                "Knowledge of the customer’s taste (1: complete)",
                Quantity::Knowledge,
            ),
        ],
        events: events(scenario, results),
        periods: results.periods,
        height: theme::HEIGHT,
    }
    .draw()
}
