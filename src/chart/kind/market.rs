//! What becomes of the whole market: coverage, concentration, and who gains.

use super::describe;
use super::events::events;
use super::view::View;
use crate::chart::form::curve::Curve;
use crate::chart::form::panel::Panel;
use crate::chart::form::time::TimeChart;
use crate::chart::kit::{Figure, Range, fill, theme};

/// Three panels need some more height than one.
const HEIGHT: f64 = 640.0 / 570.0;

/// Draws the chart.
#[must_use]
pub fn draw(view: &View<'_>) -> Figure {
    let style = &view.style;
    let market = &view.results.market;
    let curve = |key: &str, series, color, place| Curve {
        end: view.market_at_end(place),
        ..Curve::plain(style.say(key), series, color)
    };
    // Neither firms' nor experiences' colours: these are of the market.
    let coverage = vec![
        curve("market.recognized", &market.recognized, theme::QUIET, 1),
        curve("market.fulfilled", &market.coverage, theme::INK, 0),
    ];
    let concentration = vec![curve("market.hhi", &market.concentration, theme::INK, 2)];
    let surplus = vec![
        curve(
            "market.consumers",
            &market.consumer_surplus,
            theme::SURPLUS,
            3,
        ),
        curve(
            "market.producers",
            &market.producer_surplus,
            theme::PROFIT_LINE,
            4,
        ),
    ];
    let panel =
        |key: &str, curves, format, range| Panel::new(style.say(key), curves, format, range);
    let panels = vec![
        panel(
            "market.coverage_panel",
            coverage,
            style.percent(),
            Range::PART,
        ),
        panel(
            "market.hhi_panel",
            concentration,
            style.number(),
            Range::PART,
        ),
        panel(
            "market.surplus_panel",
            surplus,
            style.number(),
            Range::ANY.with_zero(),
        ),
    ];
    let curves = panels.iter().flat_map(|panel| &panel.curves);
    let described: Vec<String> = curves
        .map(|curve| describe::curve(style, view.first, &curve.name, &curve.series))
        .collect();
    let (smoothing, unit) = (view.smoothing(), style.say("words.unit"));
    let measured = fill!(style, "market.measured", smoothing, unit);
    let mut caption = view.basis(true);
    caption.extend([view.ends(), view.scenario_title()]);
    TimeChart {
        style,
        told: view.told(
            style.say("market.title"),
            measured,
            caption,
            described.join(" "),
        ),
        across: view.periods(),
        panels,
        events: events(view),
        height: HEIGHT,
    }
    .draw()
}
