//! The two parts over the periods, stacked to the total, and below them their complementarity.

use super::{INDIVIDUAL, PARTS, POPULATION, Unit, intervals, largest, name, pairing, start};
use crate::analysis::Estimate;
use crate::analysis::sources::{Candidate, Part, Sources};
use crate::chart::form::across::Across;
use crate::chart::form::curve::{Area, Curve, last_value};
use crate::chart::form::panel::Panel;
use crate::chart::form::time::TimeChart;
use crate::chart::kit::{Data, Figure, Heading, Range, Style, Told, fill, theme, words};
use crate::scenario::Scenario;

/// How much higher than usual the figure is, for its second plot, and the part of both that it takes.
const TALLER: f64 = 1.2;
const LOWER: f64 = 0.27;

/// The series of a candidate, scaled, in the order of [`PARTS`].
struct Course {
    series: [Vec<Estimate>; 4],
}

/// Draws the chart.
pub fn draw(
    style: &Style,
    name: &str,
    scenario: &Scenario,
    sources: &Sources,
    own: &Candidate,
) -> Figure {
    let scale = Unit::new(style, sources.outcome, largest(own.periods.iter()));
    let series = |part| {
        own.periods
            .iter()
            .map(|split| scale.part(split, part))
            .collect()
    };
    let course = Course {
        series: PARTS.map(series),
    };
    let curve = |part| Curve {
        value: Some(course.value(style, part)),
        ..Curve::plain(style.say(super::name(part)), course.of(part), theme::INK)
    };
    let any = Range::ANY.with_zero();
    let upper = Panel {
        areas: course.areas(style),
        height: 1.0 - LOWER,
        ..Panel::new("", vec![curve(Part::Total)], style.number(), any)
    };
    let lower = Panel {
        height: LOWER,
        ..Panel::new(
            style.say("sources.complementarity_panel"),
            vec![curve(Part::Complementarity)],
            style.number(),
            any,
        )
    };
    TimeChart {
        style,
        told: Told {
            name: name.to_owned(),
            heading: heading(style, scenario, sources, own, &scale),
            description: course.description(style, &scale),
            data: course.data(style),
        },
        across: Across::Periods {
            first: 0,
            count: u32::try_from(own.periods.len()).unwrap_or(u32::MAX),
        },
        panels: vec![upper, lower],
        events: Vec::new(),
        height: TALLER,
    }
    .draw()
}

fn heading(
    style: &Style,
    scenario: &Scenario,
    sources: &Sources,
    own: &Candidate,
    scale: &Unit,
) -> Heading {
    Heading {
        title: fill!(
            style,
            "sources.title",
            outcome = scale.name,
            firm = sources.firm
        ),
        subtitle: fill!(
            style,
            "sources.measured",
            experience = own.experience,
            unit = scale.unit
        ),
        caption: vec![
            style.say("sources.shapley").to_owned(),
            intervals(style, sources, "sources.bands"),
            pairing(style, &own.closing.part(Part::Total)),
            words::scenario_title(style, &scenario.title),
        ],
    }
}

impl Course {
    fn of(&self, part: Part) -> &[Estimate] {
        let place = PARTS.iter().position(|known| *known == part);
        &self.series[place.unwrap_or(0)]
    }

    /// What a part is in the last period in which the total is known.
    fn value(&self, style: &Style, part: Part) -> String {
        let last = last_value(self.of(Part::Total));
        last.map_or_else(String::new, |(last, _)| {
            words::with_interval(style, &self.of(part)[last])
        })
    }

    /// The parts, one on the other where they pull in one direction.
    fn areas(&self, style: &Style) -> Vec<Area> {
        let (first, second) = (self.of(Part::Individual), self.of(Part::Population));
        let stacked = |(first, second): (&Estimate, &Estimate)| {
            let start = start(first, second);
            (start, start + second.mean)
        };
        let area = |part, color, edges| Area {
            name: style.say(name(part)).to_owned(),
            value: self.value(style, part),
            edges,
            color,
        };
        let from_zero = first.iter().map(|first| (0.0, first.mean)).collect();
        let on_that = first.iter().zip(second).map(stacked).collect();
        vec![
            area(Part::Individual, INDIVIDUAL, from_zero),
            area(Part::Population, POPULATION, on_that),
        ]
    }

    fn description(&self, style: &Style, scale: &Unit) -> String {
        let Some((period, _)) = last_value(self.of(Part::Total)) else {
            return style.say("sources.never").to_owned();
        };
        let parts = PARTS.map(|part| {
            let named = match part {
                Part::Total => "sources.the_total",
                other => name(other),
            };
            format!(
                "{} {}",
                style.say(named).to_lowercase(),
                self.value(style, part)
            )
        });
        let (unit, values) = (scale.unit, parts.join(", "));
        fill!(style, "sources.in_period", period, unit, values)
    }

    /// A row for every part and period.
    fn data(&self, style: &Style) -> Data {
        let mut data = Data::new(&["series", "period", "mean", "low", "high"]);
        for part in PARTS {
            for (period, estimate) in (0u32..).zip(self.of(part)) {
                data.push_estimate(&[&style.say(name(part)), &period], estimate);
            }
        }
        data
    }
}
