//! What becomes of the whole market: coverage, concentration, and who gains.

use plotters::style::RGBColor;

use super::axis::Format;
use super::describe;
use super::events::events;
use super::frame::Heading;
use super::panel::{Curve, Panel};
use super::time::TimeChart;
use super::{ChartKind, Figure, theme, words};
use crate::analysis::{Estimate, Results};
use crate::scenario::Scenario;

/// Three panels need some more height than one.
const HEIGHT: f64 = 640.0;

/// Draws the chart.
#[must_use]
pub fn draw(scenario: &Scenario, results: &Results) -> Figure {
    let market = &results.market;
    // Neither firms' nor experiences' colours: these are of the market.
    let coverage = [
        curve("Recognized", &market.recognized, theme::QUIET),
        curve("Fulfilled", &market.coverage, theme::INK),
    ];
    let concentration = [curve("HHI", &market.concentration, theme::INK)];
    let surplus = [
        curve("Consumers", &market.consumer_surplus, theme::SURPLUS),
        curve("Producers", &market.producer_surplus, theme::PROFIT_LINE),
    ];
    let heading = Heading {
        title: "The market as a whole".to_owned(),
        subtitle: format!(
            "Coverage, concentration, and surplus {}{}",
            words::UNIT,
            words::smoothing(results)
        ),
        caption: vec![
            words::replicates(results, true),
            words::market(scenario, results),
            words::scenario_title(scenario),
        ],
    };
    let description = [&coverage[..], &concentration[..], &surplus[..]]
        .concat()
        .iter()
        .map(|curve| describe::curve(&curve.name, curve.series))
        .collect::<Vec<_>>()
        .join(" ");
    TimeChart {
        kind: ChartKind::Market,
        heading,
        description,
        panels: vec![
            panel(
                "Needs recognized and fulfilled, share of all needs",
                &coverage,
                Format::Percent,
                1.0,
            ),
            panel(
                "Concentration: sum of squared shares (HHI; 1: one firm has all)",
                &concentration,
                Format::Number,
                1.0,
            ),
            panel(
                "Surplus per customer and period",
                &surplus,
                Format::Number,
                f64::INFINITY,
            ),
        ],
        events: events(scenario, results),
        periods: results.periods,
        height: HEIGHT,
    }
    .draw()
}

fn curve<'a>(name: &str, series: &'a [Estimate], color: RGBColor) -> Curve<'a> {
    Curve {
        name: name.to_owned(),
        series,
        color,
        dashes: &[],
        pale: false,
    }
}

fn panel<'a>(title: &str, curves: &[Curve<'a>], format: Format, greatest: f64) -> Panel<'a> {
    Panel {
        title: title.to_owned(),
        curves: curves.to_vec(),
        format,
        limits: (
            if greatest > 1.0 {
                f64::NEG_INFINITY
            } else {
                0.0
            },
            greatest,
        ),
        from_zero: greatest > 1.0,
    }
}
