//! Better and cheaper at once: each firm's path through willingness to pay and cost.

use super::axis::Axis;
use super::canvas::{Anchor, Canvas, Ink, Point};
use super::cast::Actor;
use super::frame::{Frame, Heading};
use super::labels::{Label, Setting};
use super::style::Style;
use super::text::Font;
use super::ticks::{draw_grid, draw_numbers, left_edge};
use super::view::View;
use super::{Data, Figure, places, theme, ticks};
use crate::analysis::{Estimate, Quantity};

/// Space for the title of the upright axis.
const UPRIGHT_TITLE: f64 = 24.0;
/// Least height of the plane.
const LEAST: f64 = 160.0;
/// Space to the right of the plane, into which names may reach.
const MARGIN: f64 = 60.0;
/// Font of names beside points.
const NAME: Font = Font::bold(theme::LABEL);

/// A firm's way: cost and willingness to pay by period, where both are known.
struct Way<'a> {
    actor: &'a Actor,
    points: Vec<(f64, f64)>,
}

/// Draws the chart.
#[must_use]
pub fn draw(view: &View<'_>) -> Figure {
    let style = &view.style;
    let ways = ways(view);
    let heading = heading(view, &ways);
    let frame = Frame::new(style, &heading);
    let top = frame.above() + UPRIGHT_TITLE;
    let below = frame.below() + ticks::NUMBERS + ticks::TITLE;
    let height = style.height.max(top + LEAST + below).ceil();
    let bottom = height - below;

    let scene = Scene::new(style, &ways, (top, bottom));
    let mut canvas = Canvas::new(style, height);
    frame.draw(&mut canvas, height);
    draw_equal_value(&mut canvas, &scene.x, &scene.y);
    draw_axes(&mut canvas, &scene.x, &scene.y);
    for way in ways.iter().filter(|way| !way.actor.leads) {
        let points = way.points.iter().map(|&point| scene.place(point)).collect();
        canvas.path(points, Ink::stroke(way.actor.color, 1.0));
    }
    for way in ways.iter().filter(|way| way.actor.leads) {
        draw_way(&mut canvas, way, &scene);
    }
    scene.draw_names(&mut canvas, &ways);
    canvas
        .finish(&view.name, &heading.title, &description(style, &ways))
        .with_data(data(view, &ways))
}

/// The plane, and where the names of the firms stand.
struct Scene {
    x: Axis,
    y: Axis,
    names: Names,
}

enum Names {
    /// Beside the points at which the paths end: starts of the baselines.
    Beside(Vec<Point>),
    /// In a column to the right of the plane.
    Column(Setting),
}

impl Scene {
    /// Names beside the points where there is room for all of them, else in a column.
    fn new(style: &Style, ways: &[Way<'_>], (top, bottom): (f64, f64)) -> Self {
        let edge = style.width - theme::RIGHT;
        let (mut x, y) = axes(ways, (theme::LEFT, edge - MARGIN), (bottom, top));
        let left = left_edge([(&y, style.number())]);
        x.pixels.1 = left;
        let mut scene = Self {
            x,
            y,
            names: Names::Beside(Vec::new()),
        };
        let labels = labels(style, ways, |point| scene.place(point));
        let named: Vec<(&str, Point)> = labels
            .iter()
            .map(|label| (label.name.as_str(), label.end))
            .collect();
        let obstacles: Vec<Point> = ways
            .iter()
            .flat_map(|way| dense(way.points.iter().map(|&point| scene.place(point))))
            .collect();
        let bounds = (left + 4.0, top - 6.0, edge, bottom - 4.0);
        if let Some(starts) = places::beside(&named, NAME, &obstacles, bounds) {
            scene.names = Names::Beside(starts);
            return scene;
        }
        let panels = [labels];
        let setting = Setting::that_fits(style, &panels, bottom - top);
        let margin = setting.margin(&panels).max(MARGIN);
        scene.x.pixels.0 = edge - margin;
        scene.names = Names::Column(setting);
        scene
    }

    fn place(&self, (cost, value): (f64, f64)) -> Point {
        (self.x.at(cost), self.y.at(value))
    }

    fn draw_names(&self, canvas: &mut Canvas, ways: &[Way<'_>]) {
        let labels = labels(canvas.style(), ways, |point| self.place(point));
        match &self.names {
            Names::Beside(starts) => {
                for (label, &start) in labels.iter().zip(starts) {
                    canvas.text(&label.name, NAME, label.color, start, Anchor::Start);
                }
            }
            Names::Column(setting) => {
                let bounds = (self.y.pixels.1, self.y.pixels.0);
                setting.draw(canvas, &labels, self.x.pixels.0, bounds);
            }
        }
    }
}

/// Points along a line, close enough together that no label slips between them.
fn dense(points: impl Iterator<Item = Point>) -> Vec<Point> {
    let mut all: Vec<Point> = Vec::new();
    for (x, y) in points {
        if let Some(&(from_x, from_y)) = all.last() {
            let steps = ((x - from_x).hypot(y - from_y) / 5.0).ceil();
            for step in 1..steps as u32 {
                let part = f64::from(step) / steps;
                all.push((from_x + part * (x - from_x), from_y + part * (y - from_y)));
            }
        }
        all.push((x, y));
    }
    all
}

fn heading(view: &View<'_>, ways: &[Way<'_>]) -> Heading {
    let style = &view.style;
    let is_missing = |actor: &&Actor| !ways.iter().any(|way| way.actor.firm == actor.firm);
    let missing: Vec<String> = view
        .cast
        .iter()
        .filter(is_missing)
        .map(|actor| actor.name.clone())
        .collect();
    let mut caption = view.basis(false);
    caption.push(style.say("frontier.same_value").to_owned());
    if !missing.is_empty() {
        let who = if missing.len() <= 3 {
            style.list(&missing)
        } else {
            style.count("firm", missing.len() as u64)
        };
        caption.push(style.fill("frontier.missing", &[("firms", &who)]));
    }
    caption.push(view.scenario_title());
    let measured = style.fill(
        "frontier.measured",
        &[
            ("smoothing", &view.smoothing()),
            ("unit", &style.say("words.unit")),
        ],
    );
    view.heading(style.say("frontier.title"), measured, caption)
}

/// A row for every point of every way.
fn data(view: &View<'_>, ways: &[Way<'_>]) -> Data {
    let mut data = Data::new(&["firm", "period", "cost", "wtp"]);
    for way in ways {
        let costs = view.series(way.actor, Quantity::Cost).iter();
        let values = view.series(way.actor, Quantity::WillingnessToPay).iter();
        for (period, (cost, value)) in (view.first..).zip(costs.zip(values)) {
            data.push(&[&way.actor.name, &period, &cost.mean, &value.mean]);
        }
    }
    data
}

fn ways<'a>(view: &'a View<'_>) -> Vec<Way<'a>> {
    view.cast
        .iter()
        .map(|actor| {
            let pair = |(cost, value): (&Estimate, &Estimate)| {
                let known = cost.mean.is_finite() && value.mean.is_finite();
                known.then_some((cost.mean, value.mean))
            };
            let costs = view.series(actor, Quantity::Cost).iter();
            let points = costs
                .zip(view.series(actor, Quantity::WillingnessToPay))
                .filter_map(pair)
                .collect();
            Way { actor, points }
        })
        .filter(|way| !way.points.is_empty())
        .collect()
}

/// Cost falls to the right, so that better is up and to the right.
fn axes(ways: &[Way<'_>], level: (f64, f64), upright: (f64, f64)) -> (Axis, Axis) {
    let range = |of: fn(&(f64, f64)) -> f64| {
        ways.iter()
            .flat_map(|way| &way.points)
            .map(of)
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
                (low.min(value), high.max(value))
            })
    };
    let (cheapest, dearest) = range(|point| point.0);
    let (least, most) = range(|point| point.1);
    let x = Axis::rounded(cheapest, dearest, 5, (level.1, level.0));
    let y = Axis::rounded(least, most, 5, upright);
    (x, y)
}

fn labels(style: &Style, ways: &[Way<'_>], place: impl Fn((f64, f64)) -> Point) -> Vec<Label> {
    let mut labels = Vec::new();
    let mut others = Vec::new();
    for way in ways {
        let Some(&end) = way.points.last() else {
            continue;
        };
        if way.actor.leads {
            labels.push(Label {
                name: way.actor.name.clone(),
                value: String::new(),
                color: way.actor.color,
                end: place(end),
                leader: true,
            });
        } else {
            others.push(place(end));
        }
    }
    others.sort_by(|a, b| a.1.total_cmp(&b.1));
    if let Some(&end) = others.get(others.len() / 2) {
        labels.push(Label {
            name: style.count("other_firm", others.len() as u64),
            value: String::new(),
            color: theme::QUIET,
            end,
            leader: false,
        });
    }
    labels
}

fn draw_axes(canvas: &mut Canvas, x: &Axis, y: &Axis) {
    let (right, left) = x.pixels;
    let (bottom, top) = y.pixels;
    let style = canvas.style().clone();
    draw_grid(canvas, (left, right), y, style.number());
    let line = Ink::stroke(theme::AXIS, theme::HAIRLINE);
    canvas.line((left, bottom), (right, bottom), line);
    let title = style.say("frontier.level");
    draw_numbers(canvas, x, style.number(), bottom, Some(title));
    let font = Font::regular(theme::TICK);
    let at = (left, top - 13.0);
    canvas.text(
        style.say("frontier.upright"),
        font,
        theme::TEXT,
        at,
        Anchor::Start,
    );
}

/// Pale lines along which willingness to pay less cost is the same.
fn draw_equal_value(canvas: &mut Canvas, x: &Axis, y: &Axis) {
    let ((cheap, dear), (low, high)) = (x.domain, y.domain);
    let values = Axis::exact(low - dear, high - cheap, 7, (0.0, 1.0));
    for value in &values.ticks {
        // The stretch of costs at which the line is within the plot.
        let (from, to) = ((low - value).max(cheap), (high - value).min(dear));
        if to - from > 0.05 * (dear - cheap) {
            let ends = [from, to].map(|cost| (x.at(cost), y.at(cost + value)));
            let ink = Ink::stroke(theme::GRID, theme::HAIRLINE);
            canvas.dashed(ends.to_vec(), &[6.0, 5.0], ink);
        }
    }
}

fn draw_way(canvas: &mut Canvas, way: &Way<'_>, scene: &Scene) {
    let points: Vec<Point> = way.points.iter().map(|&point| scene.place(point)).collect();
    let (Some(&start), Some(&end)) = (points.first(), points.last()) else {
        return;
    };
    let color = way.actor.color;
    let pen = canvas.pen(color);
    let dashes = pen.dashes.unwrap_or(way.actor.dashes);
    canvas.dashed(points.clone(), dashes, Ink::stroke(pen.color, 2.2));
    canvas.dot(start, 4.0, Ink::fill(pen.color, 1.0));
    canvas.dot(start, 2.2, Ink::fill(theme::PAPER, 1.0));
    canvas.mark(end, 7.0, color);
}

fn description(style: &Style, ways: &[Way<'_>]) -> String {
    let sentences: Vec<String> = ways
        .iter()
        .filter(|way| way.actor.leads)
        .map(|way| {
            let (start, end) = (way.points[0], way.points[way.points.len() - 1]);
            let [cost_before, before, cost_after, after] =
                [start.0, start.1, end.0, end.1].map(|value| style.number().write(value, 3));
            let values: [(&str, &dyn std::fmt::Display); 5] = [
                ("firm", &way.actor.name),
                ("before", &before),
                ("after", &after),
                ("cost_before", &cost_before),
                ("cost_after", &cost_after),
            ];
            style.fill("frontier.way", &values)
        })
        .collect();
    sentences.join(" ")
}
