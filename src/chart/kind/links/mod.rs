//! The links of the wheel: a firm's learning loop as a circle of four quantities, with the strength of every link on its arc and, in the
//! middle, what the loop gives back, where that was measured.
//!
//! One wheel for each time at which the loop was measured, side by side.

mod picture;

use self::picture::{Picture, written};
use crate::analysis::Estimate;
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
const WORDS: (f64, f64) = (50.0, 104.0);
/// Height of the figure as a multiple of the usual, unless several rows need more.
const TALL: f64 = 1.1;
/// Least width of a wheel with its words.
const LEAST: f64 = 350.0;
/// Draws the wheels of one analysis, of which there is at least one; the first analysis is named `loop`, others
/// have their number behind it. `factors` are the feedback factors of head starts in the first period of each wheel, where they are known.
#[must_use]
pub fn draw_wheels(scenario: &Scenario, wheels: &[Wheel], factors: &[Option<Estimate>]) -> Figure {
    let factor = |place: usize| factors.get(place).copied().flatten();
    let style = &Style::new(&scenario.chart_style);
    let (number, firm) = wheels.first().map_or((1, ""), |wheel| {
        (wheel.question.analysis, wheel.question.firm.as_str())
    });
    let told = Told {
        name: match number {
            1 => "loop".to_owned(),
            number => format!("loop-{number}"),
        },
        heading: heading(style, scenario, wheels, factors),
        description: description(style, wheels, &factor),
        data: data(wheels, &factor),
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
                factor: factor(place),
                color,
                centre: (left + tiles.width / 2.0, middle),
                radius,
                width: tiles.width,
            };
            picture.draw(canvas, top);
        }
    })
}

fn heading(
    style: &Style,
    scenario: &Scenario,
    wheels: &[Wheel],
    factors: &[Option<Estimate>],
) -> Heading {
    let Some(first) = wheels.first() else {
        return Heading::default();
    };
    let firm = style.label(&first.question.firm);
    let window = first.question.window;
    let pushed = || Link::PUSHED.into_iter();
    let say = |is_said: bool, key: &str| {
        let text = if is_said { style.say(key) } else { "" };
        text.to_owned()
    };
    let title = match factors {
        [Some(factor)] => {
            let factor = style.number().write(factor.mean, 1);
            fill!(style, "links.title_of_one", firm, factor)
        }
        _ => fill!(style, "links.title", firm),
    };
    let middle = if factors.iter().any(Option::is_some) {
        "links.middle"
    } else {
        "links.no_middle"
    };
    let can_be_zero = |wheel: &Wheel| pushed().any(|link| !wheel.link(link).is_told());
    let replicates = first.link(Link::FitToValue).elasticity.count;
    let all_linear =
        (wheels.iter()).all(|wheel| pushed().all(|link| wheel.link(link).is_linear != Some(false)));
    Heading {
        title,
        subtitle: fill!(style, "links.measured", window),
        caption: vec![
            words::replicates(style, replicates, true),
            say(true, middle),
            say(true, "links.leaves_out"),
            say(wheels.iter().any(can_be_zero), "links.untold"),
            say(!all_linear, "links.not_linear"),
            words::scenario_title(style, &scenario.title),
        ],
    }
}

fn description(
    style: &Style,
    wheels: &[Wheel],
    factor: &dyn Fn(usize) -> Option<Estimate>,
) -> String {
    let sentences: Vec<String> = wheels
        .iter()
        .enumerate()
        .map(|(place, wheel)| {
            let write = |link| written(style, wheel.link(link).elasticity.mean);
            let links = fill!(
                style,
                "links.in_words",
                first = wheel.question.period,
                last = (wheel.question.period + wheel.question.window - 1),
                fit = write(Link::KnowledgeToFit),
                value = write(Link::FitToValue),
                interactions = write(Link::ValueToInteractions),
                knowledge = write(Link::InteractionsToKnowledge)
            );
            let Some(factor) = factor(place) else {
                return links;
            };
            let factor = style.number().write(factor.mean, 1);
            format!("{links} {}", fill!(style, "links.factor_in_words", factor))
        })
        .collect();
    sentences.join(" ")
}

/// A row for every quantity of every wheel.
fn data(wheels: &[Wheel], factor: &dyn Fn(usize) -> Option<Estimate>) -> Data {
    let mut data = Data::new(&["period", "window", "quantity", "value", "low", "high"]);
    for (place, wheel) in wheels.iter().enumerate() {
        let asked = &wheel.question;
        let levels = Level::ALL.iter().zip(&wheel.levels);
        let levels = levels.map(|(level, estimate)| (level.name(), estimate));
        let links = Link::ALL.iter().zip(&wheel.links);
        let links = links.map(|(link, answer)| (link.name(), &answer.elasticity));
        let factor = factor(place);
        let factor = factor.iter().map(|factor| ("feedback_factor", factor));
        for (name, estimate) in levels.chain(links).chain(factor) {
            data.push_estimate(&[&asked.period, &asked.window, &name.to_owned()], estimate);
        }
    }
    data
}
