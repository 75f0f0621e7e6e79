//! The two parts over the periods, stacked to the total, and below them their complementarity.

use super::{INDIVIDUAL, OPACITY, PARTS, POPULATION, Scale, largest, name, pairing};
use crate::analysis::Estimate;
use crate::analysis::sources::{Candidate, Part, Sources};
use crate::chart::axis::Axis;
use crate::chart::canvas::{Anchor, Canvas, Ink, Point};
use crate::chart::frame::{Frame, Heading};
use crate::chart::labels::{Label, Setting};
use crate::chart::lines::{draw_band, draw_line};
use crate::chart::panel::{Curve, Role, last_value};
use crate::chart::style::Style;
use crate::chart::text::Font;
use crate::chart::ticks::{self, draw_grid, draw_numbers, left_edge};
use crate::chart::{Data, Figure, theme, words};
use crate::scenario::Scenario;

/// How much higher than usual the figure is, for its second plot.
const TALLER: f64 = 110.0;
/// Part of the plots' height that complementarity takes.
const LOWER: f64 = 0.27;
/// Space for the title of the lower plot.
const TITLE: f64 = 40.0;
/// How far labels may reach beyond their plot.
const OVERHANG: f64 = 9.0;

/// The series of a candidate, scaled.
struct Course {
    individual: Vec<Estimate>,
    population: Vec<Estimate>,
    total: Vec<Estimate>,
    complementarity: Vec<Estimate>,
}

/// Draws the chart.
pub fn draw(
    style: &Style,
    name: &str,
    scenario: &Scenario,
    sources: &Sources,
    own: &Candidate,
) -> Figure {
    let scale = Scale::new(style, sources.outcome, largest(own.periods.iter()));
    let series = |part| {
        own.periods
            .iter()
            .map(|split| scale.part(split, part))
            .collect()
    };
    let course = Course {
        individual: series(Part::Individual),
        population: series(Part::Population),
        total: series(Part::Total),
        complementarity: series(Part::Complementarity),
    };
    let heading = heading(style, scenario, sources, own, &scale);
    let frame = Frame::new(style, &heading);
    let height = (style.height + TALLER).ceil();
    let plots =
        height - frame.above() - frame.below() - 2.0 * ticks::NUMBERS - TITLE - ticks::TITLE;
    let (upper, lower) = (plots * (1.0 - LOWER), plots * LOWER);

    let top = frame.above();
    let mut y = axis(&course.edges(), 5);
    y.pixels = (top + upper, top);
    let below = top + upper + ticks::NUMBERS + TITLE;
    let mut z = axis(&[&course.complementarity], 3);
    z.pixels = (below + lower, below);

    let place = Axis::of_periods(0, course.periods(), (0.0, 1.0));
    let unplaced = [
        course.labels(style, &place, &y),
        course.lower_label(style, &place, &z),
    ];
    let setting = Setting::that_fits(style, &unplaced, upper);
    let left = left_edge([(&y, style.number()), (&z, style.number())]);
    let right = style.width - theme::RIGHT - setting.margin(&unplaced).max(20.0);
    let x = Axis::of_periods(0, course.periods(), (left, right));

    let mut canvas = Canvas::new(style, height);
    frame.draw(&mut canvas, height);
    draw_grid(&mut canvas, x.pixels, &y, style.number());
    course.draw_areas(&mut canvas, &x, &y);
    draw_numbers(&mut canvas, &x, style.number(), top + upper, None);
    let bounds = (top - OVERHANG, top + upper + OVERHANG);
    setting.draw(&mut canvas, &course.labels(style, &x, &y), right, bounds);

    let font = Font::bold(theme::TICK);
    let title = font.shorten(
        style.say("sources.complementarity_panel"),
        style.width - theme::LEFT - theme::RIGHT,
    );
    let at = (theme::LEFT, below - 13.0);
    canvas.text(&title, font, theme::TEXT, at, Anchor::Start);
    draw_grid(&mut canvas, x.pixels, &z, style.number());
    draw_series(&mut canvas, &course.complementarity, &x, &z);
    draw_numbers(
        &mut canvas,
        &x,
        style.number(),
        below + lower,
        Some(style.say("words.period")),
    );
    let bounds = (below - OVERHANG, below + lower + OVERHANG);
    setting.draw(
        &mut canvas,
        &course.lower_label(style, &x, &z),
        right,
        bounds,
    );
    let description = course.description(style, &scale);
    canvas
        .finish(name, &heading.title, &description)
        .with_data(course.data(style))
}

fn heading(
    style: &Style,
    scenario: &Scenario,
    sources: &Sources,
    own: &Candidate,
    scale: &Scale,
) -> Heading {
    Heading {
        title: style.fill(
            "sources.title",
            &[("outcome", &scale.name), ("firm", &sources.firm)],
        ),
        subtitle: style.fill(
            "sources.measured",
            &[("experience", &own.experience), ("unit", &scale.unit)],
        ),
        caption: vec![
            style.say("sources.shapley").to_owned(),
            pairing(style, &own.closing.part(Part::Total)),
            words::scenario_title(style, &scenario.title),
        ],
    }
}

/// The axis that spans zero and all these values.
fn axis(series: &[&[Estimate]], count: usize) -> Axis {
    let bounds = |of: fn(&Estimate) -> f64| {
        let values = series.iter().flat_map(|series| series.iter()).map(of);
        values
            .filter(|value| value.is_finite())
            .fold((0.0f64, 0.0f64), |(low, high), value| {
                (low.min(value), high.max(value))
            })
    };
    let (low, high) = bounds(|estimate| estimate.mean);
    let reach = (high - low).max(1e-9);
    // intervals may widen the axis, but not so much that the means become flat
    let lowest = bounds(|estimate| estimate.low).0.max(low - 0.6 * reach);
    let highest = bounds(|estimate| estimate.high).1.min(high + 0.6 * reach);
    let (least, most) = (low.min(lowest), high.max(highest));
    let mut axis = Axis::rounded(least, most, count, (0.0, 1.0));
    // no room for what nothing reaches
    let margin = 0.03 * (most - least);
    axis.clip(least - margin, f64::INFINITY);
    axis
}

impl Course {
    fn periods(&self) -> u32 {
        u32::try_from(self.total.len()).unwrap_or(u32::MAX)
    }

    /// Where the second part starts: on the first, or at zero where the two pull in different directions.
    fn start(&self, period: usize) -> f64 {
        let (first, second) = (self.individual[period].mean, self.population[period].mean);
        if (first < 0.0) == (second < 0.0) {
            first
        } else {
            0.0
        }
    }

    /// What the axis has to span.
    fn edges(&self) -> [&[Estimate]; 3] {
        // where both parts have one sign the total is their stack; where not, each begins at zero
        [&self.total, &self.individual, &self.population]
    }

    fn draw_areas(&self, canvas: &mut Canvas, x: &Axis, y: &Axis) {
        let at = |period: usize| x.at(period as f64);
        let first = |period: usize| (at(period), y.at(0.0), y.at(self.individual[period].mean));
        let second = |period: usize| {
            let start = self.start(period);
            (
                at(period),
                y.at(start),
                y.at(start + self.population[period].mean),
            )
        };
        self.draw_area(canvas, first, Ink::fill(INDIVIDUAL, OPACITY));
        self.draw_area(canvas, second, Ink::fill(POPULATION, OPACITY));
        draw_series(canvas, &self.total, x, y);
    }

    /// Fills between two edges, period by period: pixel across, and of both edges.
    fn draw_area(&self, canvas: &mut Canvas, edges: impl Fn(usize) -> (f64, f64, f64), ink: Ink) {
        let known: Vec<usize> = (0..self.total.len())
            .filter(|&period| self.total[period].mean.is_finite())
            .collect();
        for run in known.chunk_by(|a, b| a + 1 == *b) {
            let edge = |of: fn((f64, f64, f64)) -> Point| {
                run.iter().map(|&period| of(edges(period))).collect()
            };
            let mut outline: Vec<Point> = edge(|(x, _, end)| (x, end));
            let back: Vec<Point> = edge(|(x, start, _)| (x, start));
            outline.extend(back.into_iter().rev());
            canvas.area(outline, ink);
        }
    }

    /// The total and both parts, each where it ends.
    fn labels(&self, style: &Style, x: &Axis, y: &Axis) -> Vec<Label> {
        let Some((last, total)) = last_value(&self.total) else {
            return Vec::new();
        };
        let (first, second) = (self.individual[last].mean, self.population[last].mean);
        let label = |name: &str, series: &[Estimate], color, at: f64| Label {
            name: name.to_owned(),
            value: words::with_interval(style, &series[last]),
            color,
            end: (x.at(last as f64), y.at(at)),
            leader: true,
        };
        vec![
            label(style.say("sources.total"), &self.total, theme::INK, total),
            label(
                style.say("sources.population"),
                &self.population,
                POPULATION,
                self.start(last) + second / 2.0,
            ),
            label(
                style.say("sources.individual"),
                &self.individual,
                INDIVIDUAL,
                first / 2.0,
            ),
        ]
    }

    fn lower_label(&self, style: &Style, x: &Axis, z: &Axis) -> Vec<Label> {
        let label = |(last, mean): (usize, f64)| Label {
            name: style.say("sources.complementarity").to_owned(),
            value: words::with_interval(style, &self.complementarity[last]),
            color: theme::INK,
            end: (x.at(last as f64), z.at(mean)),
            leader: true,
        };
        last_value(&self.complementarity)
            .map(label)
            .into_iter()
            .collect()
    }

    /// The parts with their series.
    fn parts(&self) -> [(Part, &[Estimate]); 4] {
        PARTS.map(|part| match part {
            Part::Individual => (part, &self.individual[..]),
            Part::Population => (part, &self.population[..]),
            Part::Total => (part, &self.total[..]),
            Part::Complementarity => (part, &self.complementarity[..]),
        })
    }

    fn description(&self, style: &Style, scale: &Scale) -> String {
        let Some((last, _)) = last_value(&self.total) else {
            return style.say("sources.never").to_owned();
        };
        let parts = self.parts().map(|(part, series)| {
            let value = words::with_interval(style, &series[last]);
            let named = match part {
                Part::Total => "sources.the_total",
                other => name(other),
            };
            format!("{} {value}", style.say(named).to_lowercase())
        });
        let values = parts.join(", ");
        style.fill(
            "sources.in_period",
            &[
                ("period", &last),
                ("unit", &scale.unit),
                ("values", &values),
            ],
        )
    }

    /// A row for every part and period.
    fn data(&self, style: &Style) -> Data {
        let mut data = Data::new(&["series", "period", "mean", "low", "high"]);
        for (part, series) in self.parts() {
            let name = style.say(name(part)).to_owned();
            for (period, estimate) in (0u32..).zip(series) {
                data.push_estimate(&[&name, &period], estimate);
            }
        }
        data
    }
}

/// A line with its band, in ink.
fn draw_series(canvas: &mut Canvas, series: &[Estimate], x: &Axis, y: &Axis) {
    let curve = Curve {
        name: String::new(),
        series,
        color: theme::INK,
        dashes: &[],
        places: None,
        role: Role::Main,
    };
    draw_band(canvas, &curve, |period| x.at(period as f64), y, theme::BAND);
    draw_line(canvas, &curve, |period| x.at(period as f64), y);
}
