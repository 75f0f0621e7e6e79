//! Better and cheaper at once: each firm's path through willingness to pay and cost.

use super::cast::{Actor, from_below};
use super::view::View;
use crate::analysis::{Estimate, Quantity};
use crate::chart::form::plane::{Plane, PlaneChart, PlaneName};
use crate::chart::kit::{Axis, Canvas, Data, Figure, Ink, Style, Told, bounds, fill, theme};
use crate::statistics::order::largest_first;

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
    let points = || ways.iter().flat_map(|way| &way.points);
    let spanned = |values: Option<(f64, f64)>| {
        let (low, high) = values.unwrap_or((f64::INFINITY, f64::NEG_INFINITY));
        Axis::rounded(low, high, 5, (0.0, 1.0))
    };
    let cost = spanned(bounds(points().map(|point| point.0)));
    let value = spanned(bounds(points().map(|point| point.1)));
    let lines = equal_values(&cost, &value);
    let note = |value| {
        fill!(
            style,
            "frontier.value",
            value = style.number().write(value, 2)
        )
    };
    let draw_lines = |canvas: &mut Canvas, plane: &Plane| {
        let ink = Ink::stroke(theme::EVENT, 1.3);
        for (_, ends) in &lines {
            canvas.dashed(plane.line(ends), &[6.0, 5.0], ink);
        }
    };
    // cost falls to the right, so that better is up and to the right
    PlaneChart {
        style,
        told: told(view, &ways),
        titles: (style.say("frontier.level"), style.say("frontier.upright")),
        is_falling: true,
        names: names(style, &ways),
        notes: lines
            .iter()
            .map(|(value, [end, _])| (note(*value), *end))
            .collect(),
        lines: ways.iter().map(|way| way.points.clone()).collect(),
    }
    .draw((cost, value), draw_lines, |canvas, plane| {
        ways.iter().for_each(|way| draw_way(canvas, way, plane));
    })
}

fn told(view: &View<'_>, ways: &[Way<'_>]) -> Told {
    let style = &view.style;
    let is_missing = |actor: &&Actor| !ways.iter().any(|way| way.actor.firm == actor.firm);
    let missing: Vec<String> = view
        .cast
        .iter()
        .filter(is_missing)
        .map(|actor| actor.name.clone())
        .collect();
    let mut caption = view.basis(false);
    caption.push(view.survivors());
    caption.push(style.say("frontier.same_value").to_owned());
    if !missing.is_empty() {
        let who = if missing.len() <= 3 {
            style.list(&missing)
        } else {
            style.count("firm", missing.len() as u64)
        };
        caption.push(fill!(style, "frontier.missing", firms = who));
    }
    caption.push(view.scenario_title());
    let measured = fill!(
        style,
        "frontier.measured",
        smoothing = view.smoothing(),
        unit = style.say("words.unit")
    );
    Told {
        data: data(view, ways),
        ..view.told(
            style.say("frontier.title"),
            measured,
            caption,
            description(style, ways),
        )
    }
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

/// Those without a colour of their own first, so that they lie below.
fn ways<'a>(view: &'a View<'_>) -> Vec<Way<'a>> {
    from_below(&view.cast)
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

/// The names of firms where their ways end, and one for all others.
fn names(style: &Style, ways: &[Way<'_>]) -> Vec<PlaneName> {
    let name = |name: String, color, way: &Way<'_>| PlaneName {
        name,
        color,
        at: way.points[way.points.len() - 1],
        leader: way.actor.leads,
    };
    let leaders = ways.iter().filter(|way| way.actor.leads);
    let mut names: Vec<_> = leaders
        .map(|way| name(way.actor.name.clone(), way.actor.color, way))
        .collect();
    let mut others: Vec<_> = ways.iter().filter(|way| !way.actor.leads).collect();
    let end = |way: &Way<'_>| way.points[way.points.len() - 1].1;
    largest_first(&mut others, |way| end(way));
    if let Some(way) = others.get(others.len() / 2) {
        let words = style.count("other_firm", others.len() as u64);
        names.push(name(words, theme::QUIET, way));
    }
    names
}

/// Lines along which willingness to pay less cost is the same: the value, and both ends within the axes, from below upwards.
fn equal_values(cost: &Axis, wtp: &Axis) -> Vec<(f64, [(f64, f64); 2])> {
    let ((cheap, dear), (low, high)) = (cost.domain, wtp.domain);
    let values = Axis::exact(low - dear, high - cheap, 7, (0.0, 1.0));
    let line = |&value: &f64| {
        let (from, to) = ((low - value).max(cheap), (high - value).min(dear));
        let ends = [from, to].map(|cost| (cost, cost + value));
        (to - from > 0.05 * (dear - cheap)).then_some((value, ends))
    };
    values.ticks.iter().filter_map(line).collect()
}

fn draw_way(canvas: &mut Canvas, way: &Way<'_>, plane: &Plane) {
    let points = plane.line(&way.points);
    let (start, end) = (points[0], points[points.len() - 1]);
    let color = way.actor.color;
    if !way.actor.leads {
        canvas.path(points, Ink::stroke(color, 1.0));
        return;
    }
    let pen = canvas.pen(color);
    let dashes = pen.dashes.unwrap_or(way.actor.dashes);
    canvas.dashed(points, dashes, Ink::stroke(pen.color, 2.2));
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
            fill!(
                style,
                "frontier.way",
                firm = way.actor.name,
                before,
                after,
                cost_before,
                cost_after
            )
        })
        .collect();
    sentences.join(" ")
}
