//! Who creates more value than the best rival: competitive advantage over time.

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
    let quantity = Quantity::CompetitiveAdvantage;
    let heading = Heading {
        title: "Competitive advantage".to_owned(),
        subtitle: format!(
            "Value created per transaction, less that of the best rival{}, {}",
            words::smoothing(results),
            words::UNIT
        ),
        caption: vec![
            words::replicates(results, true),
            words::market(scenario, results),
            describe::without_values(results, quantity),
            words::scenario_title(scenario),
        ],
    };
    TimeChart {
        kind: ChartKind::Advantage,
        description: describe::firms(results, quantity, &heading.title, Format::Signed),
        heading,
        panels: vec![Panel {
            title: String::new(),
            curves: firm_curves(results, &cast, quantity),
            format: Format::Signed,
            limits: (f64::NEG_INFINITY, f64::INFINITY),
            from_zero: true,
        }],
        events: events(scenario, results),
        periods: results.periods,
        height: theme::HEIGHT,
    }
    .draw()
}
