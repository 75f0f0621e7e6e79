//! The firm that an analysis is about: its colour, which is the one that it has in the run's other charts.

use plotters::style::RGBColor;

use crate::chart::kind::cast::{cast_of, experiences_of};
use crate::chart::kit::{Style, theme};
use crate::scenario::Scenario;

/// The colour of a firm of a scenario.
#[must_use]
pub fn color(style: &Style, scenario: &Scenario, firm: &str) -> RGBColor {
    let names: Vec<&str> = (scenario.firms.iter())
        .map(|firm| firm.name.as_str())
        .collect();
    // of very many firms, this is one of those with a colour of their own
    let sizes: Vec<f64> = (names.iter())
        .map(|name| f64::from(u8::from(*name == firm)))
        .collect();
    let experiences = experiences_of(scenario, &names);
    let actors = cast_of(style, &names, &sizes, &experiences);
    let place = names.iter().position(|name| *name == firm);
    place.map_or(theme::SURPLUS, |place| actors[place].color)
}
