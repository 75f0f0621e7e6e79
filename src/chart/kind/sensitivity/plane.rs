//! Morris measures: how large the effect of a parameter is, and how much it depends on the rest.

use super::{Effect, Sensitivity, largest_first, of_all};
use crate::chart::form::plane::{Plane, PlaneChart, PlaneName};
use crate::chart::kit::{Axis, Data, Figure, Heading, Ink, Style, Told, fill, theme};

/// Most parameters with a name; the others are grey dots.
const MOST: usize = 16;

/// Draws the chart.
pub fn draw(style: &Style, sensitivity: &Sensitivity, effects: &[Effect]) -> Figure {
    let mut known = largest_first(effects, |effect| effect.mu_star.value);
    known.retain(|effect| effect.mu_star.value.is_finite() && effect.sigma.is_finite());
    let (named, others) = known.split_at(known.len().min(MOST));
    let (x, y) = axes(&known);
    // the line on which variation and mean size are equal
    let both = x.domain.1.min(y.domain.1);
    let diagonal = vec![(0.0, 0.0), (both, both)];
    let intervals = named.iter().filter_map(|effect| interval(effect));
    let dots = others.iter().map(|effect| vec![place(effect)]);
    PlaneChart {
        style,
        told: Told {
            name: sensitivity.name.clone(),
            heading: heading(
                style,
                sensitivity,
                (effects.len(), named.len()),
                named.iter().any(|effect| interval(effect).is_some()),
            ),
            description: description(style, named),
            data: data(effects),
        },
        titles: (
            style.say("sensitivity.level"),
            style.say("sensitivity.upright"),
        ),
        is_falling: false,
        names: named.iter().map(|effect| name(effect)).collect(),
        notes: Vec::new(),
        lines: intervals.chain(dots).chain([diagonal.clone()]).collect(),
    }
    .draw(
        (x, y),
        |_, _| {},
        |canvas, plane: &Plane| {
            let axis = Ink::stroke(theme::AXIS, theme::HAIRLINE);
            let (left, (bottom, top)) = (plane.x.pixels.0, plane.y.pixels);
            canvas.line((left, bottom), (left, top), axis);
            canvas.dashed(plane.line(&diagonal), &[6.0, 5.0], axis);
            for effect in others {
                canvas.dot(plane.at(place(effect)), 4.0, Ink::fill(theme::OTHERS, 1.0));
            }
            for effect in named {
                let line = interval(effect).map(|ends| plane.line(&ends));
                canvas.path(
                    line.unwrap_or_default(),
                    Ink::stroke(theme::PROFIT_LINE, 1.3),
                );
                canvas.dot(plane.at(place(effect)), 6.0, Ink::fill(theme::SURPLUS, 1.0));
            }
        },
    )
}

fn place(effect: &Effect) -> (f64, f64) {
    (effect.mu_star.value, effect.sigma)
}

fn name(effect: &Effect) -> PlaneName {
    PlaneName {
        name: effect.label.clone(),
        color: theme::INK,
        at: place(effect),
        leader: true,
    }
}

/// The ends of an effect's interval.
fn interval(effect: &Effect) -> Option<Vec<(f64, f64)>> {
    let ends = [effect.mu_star.low, effect.mu_star.high];
    let is_known = ends.iter().all(|end| end.is_finite());
    is_known.then(|| ends.map(|end| (end, effect.sigma)).into())
}

/// Both from zero; intervals may widen the level axis a little.
fn axes(known: &[&Effect]) -> (Axis, Axis) {
    let most = |of: fn(&Effect) -> f64| {
        let values = known.iter().map(|effect| of(effect));
        values.filter(|value| value.is_finite()).fold(0.0, f64::max)
    };
    let size = match most(|effect| effect.mu_star.value) {
        // no effects at all: any scale will do
        0.0 => 1.0,
        size => size,
    };
    let reach = most(|effect| effect.mu_star.high).min(1.4 * size).max(size);
    // straight lines have no variation but for rounding
    let spread = most(|effect| effect.sigma).max(0.05 * size);
    (
        Axis::rounded(0.0, reach, 6, (0.0, 1.0)),
        Axis::rounded(0.0, spread, 5, (0.0, 1.0)),
    )
}

fn heading(
    style: &Style,
    sensitivity: &Sensitivity,
    (all, named): (usize, usize),
    with_intervals: bool,
) -> Heading {
    let mut caption = vec![
        fill!(
            style,
            "sensitivity.trajectories",
            count = style.texts.grouped(sensitivity.samples)
        ),
        match with_intervals {
            true => style.say("sensitivity.size_intervals").to_owned(),
            false => String::new(),
        },
        style.say("sensitivity.above_the_line").to_owned(),
        of_all(style, named, all, "sensitivity.named"),
    ];
    caption.extend(sensitivity.remarks(style));
    Heading {
        title: fill!(
            style,
            "sensitivity.effects_title",
            outcome = sensitivity.outcome(style)
        ),
        subtitle: style.say("sensitivity.effects_measured").to_owned(),
        caption,
    }
}

fn description(style: &Style, named: &[&Effect]) -> String {
    let sentences: Vec<String> = named
        .iter()
        .map(|effect| {
            let [size, sigma] =
                [effect.mu_star.value, effect.sigma].map(|value| style.number().write(value, 3));
            fill!(
                style,
                "sensitivity.effect",
                parameter = effect.label,
                size,
                sigma
            )
        })
        .collect();
    sentences.join(" ")
}

/// A row for every parameter.
fn data(effects: &[Effect]) -> Data {
    let mut data = Data::new(&["parameter", "mu_star", "low", "high", "sigma"]);
    for effect in effects {
        let size = effect.mu_star;
        data.push(&[
            &effect.label,
            &size.value,
            &size.low,
            &size.high,
            &effect.sigma,
        ]);
    }
    data
}
