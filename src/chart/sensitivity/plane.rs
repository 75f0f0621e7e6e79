//! Morris measures: how large the effect of a parameter is, and how much it depends on the rest.

use super::{Effect, Sensitivity, largest_first, of_all};
use crate::chart::axis::Axis;
use crate::chart::canvas::{Anchor, Canvas, Ink, Point};
use crate::chart::frame::{Frame, Heading};
use crate::chart::labels::{Label, Setting};
use crate::chart::style::Style;
use crate::chart::text::Font;
use crate::chart::ticks::{self, draw_grid, draw_numbers, left_edge};
use crate::chart::{Data, Figure, places, theme};

/// Most parameters with a name; the others are grey dots.
const MOST: usize = 16;
/// Space for the title of the upright axis.
const UPRIGHT_TITLE: f64 = 24.0;
/// Least height of the plane.
const LEAST: f64 = 160.0;
/// Space to the right of the plane, into which names may reach.
const MARGIN: f64 = 60.0;
/// Font of names beside points.
const NAME: Font = Font::bold(theme::LABEL);

/// The plane with its points, and where the names stand.
struct Scene<'a> {
    x: Axis,
    y: Axis,
    named: &'a [&'a Effect],
    others: &'a [&'a Effect],
}

/// Draws the chart.
pub fn draw(style: &Style, sensitivity: &Sensitivity, effects: &[Effect]) -> Figure {
    let sorted = largest_first(effects, |effect| effect.mu_star.value);
    let known = sorted
        .iter()
        .filter(|effect| effect.mu_star.value.is_finite() && effect.sigma.is_finite())
        .count();
    let (named, others) = sorted[..known].split_at(known.min(MOST));
    let heading = heading(style, sensitivity, effects.len(), named.len());
    let frame = Frame::new(style, &heading);
    let top = frame.above() + UPRIGHT_TITLE;
    let below = frame.below() + ticks::NUMBERS + ticks::TITLE;
    let height = style.height.max(top + LEAST + below).ceil();
    let bottom = height - below;

    let edge = style.width - theme::RIGHT;
    let (x, y) = axes(
        &sorted[..known],
        (theme::LEFT, edge - MARGIN),
        (bottom, top),
    );
    let mut scene = Scene {
        x,
        y,
        named,
        others,
    };
    scene.x.pixels.0 = left_edge([(&scene.y, style.number())]);
    let mut canvas = Canvas::new(style, height);
    frame.draw(&mut canvas, height);
    let bounds = (scene.x.pixels.0 + 4.0, top - 6.0, edge, bottom - 4.0);
    let beside = places::beside(&scene.names(), NAME, &scene.obstacles(), bounds);
    if let Some(starts) = beside {
        scene.draw(&mut canvas);
        for (effect, start) in named.iter().zip(starts) {
            canvas.text(&effect.label, NAME, theme::INK, start, Anchor::Start);
        }
    } else {
        let setting = Setting::that_fits(style, &[scene.labels()], bottom - top);
        let margin = setting.margin(&[scene.labels()]).max(MARGIN);
        scene.x.pixels.1 = edge - margin;
        scene.draw(&mut canvas);
        setting.draw(
            &mut canvas,
            &scene.labels(),
            scene.x.pixels.1,
            (top, bottom),
        );
    }
    canvas
        .finish(
            &sensitivity.name,
            &heading.title,
            &description(style, named),
        )
        .with_data(data(effects))
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

fn heading(style: &Style, sensitivity: &Sensitivity, all: usize, named: usize) -> Heading {
    let mut caption = vec![
        style.fill(
            "sensitivity.trajectories",
            &[("count", &style.texts.grouped(sensitivity.samples))],
        ),
        style.say("sensitivity.above_the_line").to_owned(),
        of_all(style, named, all, "sensitivity.named"),
    ];
    caption.extend(sensitivity.remarks(style));
    Heading {
        title: style.fill(
            "sensitivity.effects_title",
            &[("outcome", &sensitivity.outcome(style))],
        ),
        subtitle: style.say("sensitivity.effects_measured").to_owned(),
        caption,
    }
}

/// Both from zero; intervals may widen the level axis a little.
fn axes(known: &[&Effect], level: (f64, f64), upright: (f64, f64)) -> (Axis, Axis) {
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
        Axis::rounded(0.0, reach, 6, level),
        Axis::rounded(0.0, spread, 5, upright),
    )
}

impl Scene<'_> {
    fn place(&self, effect: &Effect) -> Point {
        (self.x.at(effect.mu_star.value), self.y.at(effect.sigma))
    }

    /// The ends of an effect's interval.
    fn interval(&self, effect: &Effect) -> Option<[Point; 2]> {
        let (low, high) = (effect.mu_star.low, effect.mu_star.high);
        let y = self.y.at(effect.sigma);
        (low.is_finite() && high.is_finite()).then(|| [(self.x.at(low), y), (self.x.at(high), y)])
    }

    fn names(&self) -> Vec<(&str, Point)> {
        self.named
            .iter()
            .map(|effect| (effect.label.as_str(), self.place(effect)))
            .collect()
    }

    /// The ends of the line on which variation and mean size are equal.
    fn diagonal(&self) -> [Point; 2] {
        let both = self.x.domain.1.min(self.y.domain.1);
        [0.0, both].map(|value| (self.x.at(value), self.y.at(value)))
    }

    /// Points that no name may cover: along all lines, and the points without names.
    fn obstacles(&self) -> Vec<Point> {
        let mut all: Vec<Point> = self
            .others
            .iter()
            .map(|effect| self.place(effect))
            .collect();
        let intervals = self.named.iter().filter_map(|effect| self.interval(effect));
        for [from, to] in intervals.chain([self.diagonal()]) {
            let (along, down) = (to.0 - from.0, to.1 - from.1);
            let steps = (along.hypot(down) / 5.0).ceil().max(1.0) as u32;
            all.extend((0..=steps).map(|step| {
                let part = f64::from(step) / f64::from(steps);
                (from.0 + part * along, from.1 + part * down)
            }));
        }
        all
    }

    fn labels(&self) -> Vec<Label> {
        let label = |effect: &&Effect| Label {
            name: effect.label.clone(),
            value: String::new(),
            color: theme::INK,
            end: self.place(effect),
            leader: true,
        };
        self.named.iter().map(label).collect()
    }

    fn draw(&self, canvas: &mut Canvas) {
        let ((left, right), (bottom, top)) = (self.x.pixels, self.y.pixels);
        let style = canvas.style().clone();
        draw_grid(canvas, (left, right), &self.y, style.number());
        let axis = Ink::stroke(theme::AXIS, theme::HAIRLINE);
        canvas.line((left, bottom), (left, top), axis);
        let title = style.say("sensitivity.level");
        draw_numbers(canvas, &self.x, style.number(), bottom, Some(title));
        let font = Font::regular(theme::TICK);
        let title = style.say("sensitivity.upright");
        canvas.text(title, font, theme::TEXT, (left, top - 13.0), Anchor::Start);
        canvas.dashed(self.diagonal().to_vec(), &[6.0, 5.0], axis);
        for effect in self.others {
            canvas.dot(self.place(effect), 4.0, Ink::fill(theme::OTHERS, 1.0));
        }
        for effect in self.named {
            if let Some([low, high]) = self.interval(effect) {
                canvas.line(low, high, Ink::stroke(theme::PROFIT_LINE, 1.3));
            }
            canvas.dot(self.place(effect), 6.0, Ink::fill(theme::SURPLUS, 1.0));
        }
    }
}

fn description(style: &Style, named: &[&Effect]) -> String {
    let sentences: Vec<String> = named
        .iter()
        .map(|effect| {
            let [size, sigma] =
                [effect.mu_star.value, effect.sigma].map(|value| style.number().write(value, 3));
            style.fill(
                "sensitivity.effect",
                &[
                    ("parameter", &effect.label),
                    ("size", &size),
                    ("sigma", &sigma),
                ],
            )
        })
        .collect();
    sentences.join(" ")
}
