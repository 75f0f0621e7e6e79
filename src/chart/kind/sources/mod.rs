//! Sources of advantage: how what two kinds of learning add builds up over time, and what each experience owes to them.

mod course;
mod experiences;

#[cfg(test)]
mod tests;

use plotters::style::RGBColor;

use crate::analysis::Estimate;
use crate::analysis::sources::{Decomposition, Measured, Part, Sources};
use crate::chart::kit::{Figure, Style, fill, theme};
use crate::scenario::{Quantity, Scenario};

/// Colour of what individual-level learning adds.
const INDIVIDUAL: RGBColor = theme::FIRMS[0];
/// Colour of what population-level learning adds.
const POPULATION: RGBColor = theme::FIRMS[1];
/// Draws the figures of an analysis, the `place`-th of its kind from 1: the course over time, and, where experiences were compared, one about these.
#[must_use]
pub fn draw_sources(scenario: &Scenario, sources: &Sources, place: usize) -> Vec<Figure> {
    let style = &Style::new(&scenario.chart_style);
    let name = |stem: &str| match place {
        0 | 1 => stem.to_owned(),
        place => format!("{stem}-{place}"),
    };
    let mut figures = Vec::new();
    if let Some(own) = sources.candidates.first() {
        figures.push(course::draw(
            style,
            &name("sources"),
            scenario,
            sources,
            own,
        ));
    }
    if sources.candidates.len() > 1 {
        figures.push(experiences::draw(
            style,
            &name("sources-experiences"),
            scenario,
            sources,
        ));
    }
    figures
}

/// How an outcome is written: what it is called, its unit, and by what it is multiplied.
struct Unit {
    name: &'static str,
    unit: &'static str,
    factor: f64,
}

impl Unit {
    /// The scale that suits values of this size.
    fn new(style: &Style, outcome: Quantity, largest: f64) -> Self {
        let (unit, factor) = match outcome {
            Quantity::Share => ("sources.percentage_points", 100.0),
            Quantity::Knowledge | Quantity::Fit => ("sources.fraction", 1.0),
            Quantity::Customers => ("sources.number", 1.0),
            Quantity::CumulativeProfit if largest >= 10_000.0 => ("sources.thousands", 1e-3),
            _ => ("words.unit", 1.0),
        };
        let name = outcome.column();
        Self {
            name: style.say(&format!("sources.outcomes.{name}")),
            unit: style.say(unit),
            factor,
        }
    }

    fn estimate(&self, estimate: Estimate) -> Estimate {
        Estimate {
            mean: estimate.mean * self.factor,
            standard_deviation: estimate.standard_deviation * self.factor,
            low: estimate.low * self.factor,
            high: estimate.high * self.factor,
            ..estimate
        }
    }

    fn part(&self, split: &Decomposition, part: Part) -> Estimate {
        self.estimate(split.part(part).estimate)
    }
}

/// The largest size of a part among decompositions.
fn largest<'a>(splits: impl Iterator<Item = &'a Decomposition>) -> f64 {
    splits
        .flat_map(|split| split.parts)
        .map(|part| part.estimate.mean.abs())
        .filter(|mean| mean.is_finite())
        .fold(0.0, f64::max)
}

/// Where the second part starts: on the first, or at zero where the two pull in different directions.
fn start(first: &Estimate, second: &Estimate) -> f64 {
    let is_stack = (first.mean < 0.0) == (second.mean < 0.0);
    if is_stack { first.mean } else { 0.0 }
}

/// What shows intervals, if there are any.
fn intervals(style: &Style, sources: &Sources, key: &str) -> String {
    let candidates = sources.candidates.iter();
    let mut totals = candidates.map(|one| one.closing.part(Part::Total).estimate);
    match totals.any(|total| total.low.is_finite()) {
        true => style.say(key).to_owned(),
        false => String::new(),
    }
}

/// How many replicates there were, and what their pairing was worth.
fn pairing(style: &Style, total: &Measured) -> String {
    let count = match total.estimate.count {
        0 => return style.say("sources.unpaired").to_owned(),
        1 => return style.say("words.one_replicate").to_owned(),
        many => style.texts.grouped(u64::from(many)),
    };
    let reduction = total.variance_reduction;
    let decimals = if reduction >= 10.0 { 0 } else { 1 };
    let factor = style.number().write(reduction, decimals);
    let key = match (reduction < 1.1, reduction.is_finite()) {
        (true, _) => "sources.not_divided",
        (false, true) => "sources.divided",
        (false, false) => "sources.common",
    };
    fill!(style, key, count, factor)
}

/// The key of a part's name.
fn name(part: Part) -> &'static str {
    match part {
        Part::Individual => "sources.individual",
        Part::Population => "sources.population",
        Part::Total => "sources.total",
        Part::Complementarity => "sources.complementarity",
    }
}

/// The parts in the order in which they are told.
const PARTS: [Part; 4] = [
    Part::Individual,
    Part::Population,
    Part::Total,
    Part::Complementarity,
];
