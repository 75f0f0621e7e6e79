//! Who wins the market: each firm's share of transactions over time.

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
    let measured = format!("Share of transactions{}", words::smoothing(results));
    let title = scenario.title.trim();
    let heading = Heading {
        title: if title.is_empty() {
            "Market shares"
        } else {
            title
        }
        .to_owned(),
        subtitle: measured.clone(),
        caption: vec![
            words::replicates(results, true),
            words::market(scenario, results),
            describe::without_values(results, Quantity::Share),
        ],
    };
    TimeChart {
        kind: ChartKind::Share,
        heading,
        description: describe::firms(results, Quantity::Share, &measured, Format::Percent),
        panels: vec![Panel {
            title: String::new(),
            curves: firm_curves(results, &cast, Quantity::Share),
            format: Format::Percent,
            limits: (0.0, 1.0),
            from_zero: true,
        }],
        events: events(scenario, results),
        periods: results.periods,
        height: theme::HEIGHT,
    }
    .draw()
}
