//! The links of the wheel: a firm's learning loop as a circle of four quantities, with the strength of every link on its arc.
//!
//! One wheel for each time at which the loop was measured, side by side.

mod picture;

use self::picture::{Picture, written};
use crate::analysis::wheel::{Level, Link, Wheel};
use crate::chart::form::tiles::Tiles;
use crate::chart::kind::focal;
use crate::chart::kit::{Data, Figure, Frame, Heading, Style, Told, fill, theme, words};
use crate::scenario::Scenario;

/// Most wheels side by side.
const MOST: usize = 3;
/// Largest radius of a wheel, and of the disc of a quantity.
const RADIUS: (f64, f64) = (150.0, 38.0);
/// Height of the words above a wheel and of those below it.
const WORDS: (f64, f64) = (50.0, 98.0);
/// Height of the figure as a multiple of the usual, unless several rows need more.
const TALL: f64 = 1.1;
/// Least width of a wheel with its words.
const LEAST: f64 = 350.0;
/// Draws the wheels of one analysis, of which there is at least one; the first analysis is named `loop`, others
/// have their number behind it.
#[must_use]
pub fn draw_wheels(scenario: &Scenario, wheels: &[Wheel]) -> Figure {
    let style = &Style::new(&scenario.chart_style);
    let (number, firm) = wheels.first().map_or((1, ""), |wheel| {
        (wheel.question.analysis, wheel.question.firm.as_str())
    });
    let told = Told {
        name: match number {
            1 => "loop".to_owned(),
            number => format!("loop-{number}"),
        },
        heading: heading(style, scenario, wheels),
        description: description(style, wheels),
        data: data(wheels),
    };
    let frame = Frame::new(style, &told.heading);
    let color = focal::color(style, scenario, firm);
    let edges = (12.0, style.width - theme::RIGHT);
    let most = ((edges.1 - edges.0) / LEAST) as usize;
    let across = most.clamp(1, MOST).min(wheels.len().max(1));
    let tiles = Tiles::new(wheels.len(), across, edges, 0.0);
    let room = style.tall(TALL) - frame.above() - frame.below();
    let radius = ((room / tiles.down as f64 - WORDS.0 - WORDS.1) / 2.0)
        .max(122.0)
        .min(tiles.width / 2.0 - RADIUS.1 - 16.0)
        .min(RADIUS.0);
    let tiles = tiles.at(frame.above(), 2.0 * radius + WORDS.0 + WORDS.1 + RADIUS.1);
    let total = (frame.above() + tiles.height() + frame.below()).ceil();
    told.figure(style, &frame, total, |canvas| {
        for (place, wheel) in wheels.iter().enumerate() {
            let (left, top) = tiles.corner(place);
            let middle = top + WORDS.0 + RADIUS.1 / 2.0 + radius;
            let picture = Picture {
                wheel,
                color,
                centre: (left + tiles.width / 2.0, middle),
                radius,
                width: tiles.width,
            };
            picture.draw(canvas, top);
        }
    })
}

fn heading(style: &Style, scenario: &Scenario, wheels: &[Wheel]) -> Heading {
    let Some(first) = wheels.first() else {
        return Heading::default();
    };
    let firm = style.label(&first.question.firm);
    let window = first.question.window;
    let gain = style
        .number()
        .write(first.link(Link::Gain).elasticity.mean, 2);
    let is_known = first.link(Link::Gain).elasticity.mean.is_finite();
    let title = if wheels.len() == 1 && is_known {
        fill!(style, "links.title_of_one", firm, gain, window)
    } else {
        fill!(style, "links.title", firm)
    };
    let replicates = first.link(Link::FitToValue).elasticity.count;
    let pushed = || Link::PUSHED.into_iter();
    let all_linear =
        (wheels.iter()).all(|wheel| pushed().all(|link| wheel.link(link).is_linear != Some(false)));
    Heading {
        title,
        subtitle: fill!(style, "links.measured", window),
        caption: vec![
            words::replicates(style, replicates, true),
            style.say("links.drives").to_owned(),
            style.say("links.free_of_error").to_owned(),
            if all_linear {
                String::new()
            } else {
                style.say("links.not_linear").to_owned()
            },
            words::scenario_title(style, &scenario.title),
        ],
    }
}

fn description(style: &Style, wheels: &[Wheel]) -> String {
    let sentences: Vec<String> = wheels
        .iter()
        .map(|wheel| {
            let write = |link| written(style, wheel.link(link).elasticity.mean);
            fill!(
                style,
                "links.in_words",
                first = wheel.question.period,
                last = (wheel.question.period + wheel.question.window - 1),
                fit = write(Link::KnowledgeToFit),
                value = write(Link::FitToValue),
                interactions = write(Link::ValueToInteractions),
                knowledge = write(Link::InteractionsToKnowledge),
                gain = write(Link::Gain)
            )
        })
        .collect();
    sentences.join(" ")
}

/// A row for every quantity of every wheel.
fn data(wheels: &[Wheel]) -> Data {
    let mut data = Data::new(&["period", "window", "quantity", "value", "low", "high"]);
    for wheel in wheels {
        let asked = &wheel.question;
        let levels = Level::ALL.iter().zip(&wheel.levels);
        let levels = levels.map(|(level, estimate)| (level.name(), estimate));
        let links = Link::ALL.iter().zip(&wheel.links);
        let links = links.map(|(link, answer)| (link.name(), &answer.elasticity));
        for (name, estimate) in levels.chain(links) {
            data.push_estimate(&[&asked.period, &asked.window, &name.to_owned()], estimate);
        }
    }
    data
}
