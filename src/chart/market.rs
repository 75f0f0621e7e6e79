//! What becomes of the whole market: coverage, concentration, and who gains.

use plotters::style::RGBColor;

use super::axis::Format;
use super::describe;
use super::events::events;
use super::panel::{Curve, Panel, Role};
use super::time::TimeChart;
use super::view::View;
use super::{Figure, theme};
use crate::analysis::Estimate;

/// Three panels need some more height than one.
const HEIGHT: f64 = 640.0 / 570.0;

/// Draws the chart.
#[must_use]
pub fn draw(view: &View<'_>) -> Figure {
    let style = &view.style;
    let market = &view.results.market;
    let curve = |key: &str, series, color| curve(style.say(key), series, color);
    // Neither firms' nor experiences' colours: these are of the market.
    let coverage = [
        curve("market.recognized", &market.recognized, theme::QUIET),
        curve("market.fulfilled", &market.coverage, theme::INK),
    ];
    let concentration = [curve("market.hhi", &market.concentration, theme::INK)];
    let surplus = [
        curve("market.consumers", &market.consumer_surplus, theme::SURPLUS),
        curve(
            "market.producers",
            &market.producer_surplus,
            theme::PROFIT_LINE,
        ),
    ];
    let description = [&coverage[..], &concentration[..], &surplus[..]]
        .concat()
        .iter()
        .map(|curve| describe::curve(style, view.first, &curve.name, curve.series))
        .collect::<Vec<_>>()
        .join(" ");
    let measured = style.fill(
        "market.measured",
        &[
            ("smoothing", &view.smoothing()),
            ("unit", &style.say("words.unit")),
        ],
    );
    let mut caption = view.basis(true);
    caption.push(view.scenario_title());
    let panel =
        |key: &str, curves, format, greatest| panel(style.say(key), curves, format, greatest);
    TimeChart {
        sheet: view.sheet(),
        heading: view.heading(style.say("market.title"), measured, caption),
        description,
        panels: vec![
            panel("market.coverage_panel", &coverage, style.percent(), 1.0),
            panel("market.hhi_panel", &concentration, style.number(), 1.0),
            panel(
                "market.surplus_panel",
                &surplus,
                style.number(),
                f64::INFINITY,
            ),
        ],
        events: events(view),
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
        places: None,
        role: Role::Main,
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
