//! The map of tastes: where customers are, where each firm's products are, and where it believes its customers to be.
//!
//! # Architecture
//!
//! `scene` finds what part of the plane is shown, and how each moment's customers are shaded, which takes the outlines of
//! their `density`. `panel` draws one firm at one moment, `key` says what the marks mean. `still` sets panels of three
//! moments beside each other, `film` those of one moment for every moment there is.

mod density;
mod film;
mod key;
mod panel;
mod scene;
mod still;

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

use crate::analysis::{MapFrame, Place};
use crate::chart::kind::cast::Actor;
use crate::chart::kind::value::largest;
use crate::chart::kind::view::View;
use crate::chart::kit::{Data, Figure, Style, Told, fill};

pub use scene::MapScene;

/// Most firms; of more, those with the largest final share are shown.
const MOST: usize = 4;

/// Draws the chart, with its animation.
#[must_use]
pub fn draw(view: &View<'_>) -> Figure {
    let shown = largest(view, MOST);
    let scene = MapScene::new(&view.results.map, &shown);
    let moments = moments(&view.results.map);
    let most = still::firms_that_fit(&view.style, moments.len(), shown.len());
    let still = largest_of(view, &shown, most);
    let told = Told {
        data: data(view, &still, &moments),
        ..told(view, &still, &moments)
    };
    let figure = still::draw(view, &scene, &still, &moments, told);
    figure.with_animation(film::film(view, &scene, &shown))
}

/// Of the firms shown, so many with the largest final share.
fn largest_of(view: &View<'_>, shown: &[Actor], most: usize) -> Vec<Actor> {
    let kept = largest(view, most);
    let is_kept = |actor: &&Actor| kept.iter().any(|one| one.firm == actor.firm);
    shown.iter().filter(is_kept).cloned().collect()
}

/// The moments that are shown side by side: the first, the last, and one at about a tenth of the way, for most moves
/// early. Fewer, where there are not as many.
fn moments(frames: &[MapFrame]) -> Vec<usize> {
    let (Some(first), Some(last)) = (frames.first(), frames.last()) else {
        return Vec::new();
    };
    let early = first.period + (last.period - first.period) / 10;
    let mut moments = vec![0];
    let between = 1..frames.len().saturating_sub(1);
    moments.extend(between.min_by_key(|&frame| frames[frame].period.abs_diff(early)));
    if frames.len() > 1 {
        moments.push(frames.len() - 1);
    }
    moments
}

/// "Period 32"
fn period(style: &Style, frame: &MapFrame) -> String {
    format!("{} {}", style.say("words.period"), frame.period)
}

fn told(view: &View<'_>, shown: &[Actor], moments: &[usize]) -> Told {
    let style = &view.style;
    let mut caption = vec![style.say("map.one_market").to_owned()];
    // it is no mean over replicates
    caption.extend(view.basis(false).into_iter().skip(1));
    if view.cast.len() > shown.len() {
        let count = style.texts.grouped(shown.len() as u64);
        caption.push(fill!(style, "value.largest", count));
    }
    caption.push(style.say("map.distance").to_owned());
    caption.push(view.scenario_title());
    let description = description(view, shown, moments);
    view.told(style.say("map.title"), measured(view), caption, description)
}

/// What the two directions are.
fn measured(view: &View<'_>) -> String {
    let key = match view.scenario.market.taste_dimensions {
        1 => "map.measured_line",
        2 => "map.measured",
        _ => "map.measured_axes",
    };
    view.style.say(key).to_owned()
}

/// How far a firm's estimates are off, in words.
fn error_words(style: &Style, frame: &MapFrame, actor: &Actor) -> String {
    let error = frame.error(actor.firm);
    if error.is_nan() {
        String::new()
    } else {
        let written = style.number().write(error, 2);
        fill!(style, "map.off_by", distance = written)
    }
}

fn description(view: &View<'_>, shown: &[Actor], moments: &[usize]) -> String {
    let style = &view.style;
    let frames = &view.results.map;
    let sentence = |actor: &Actor| {
        let at = |&moment: &usize| {
            let frame: &MapFrame = &frames[moment];
            let words = error_words(style, frame, actor);
            let words = if words.is_empty() {
                "–".to_owned()
            } else {
                words
            };
            format!("{}: {words}", period(style, frame).to_lowercase())
        };
        let parts: Vec<String> = moments.iter().map(at).collect();
        format!("{}: {}.", actor.name, parts.join(", "))
    };
    let mut sentences = vec![
        format!("{}.", measured(view)),
        style.say("map.distance").to_owned(),
    ];
    sentences.extend(shown.iter().map(sentence));
    sentences.join(" ")
}

fn data(view: &View<'_>, shown: &[Actor], moments: &[usize]) -> Data {
    let mut data = Data::new(&["period", "firm", "what", "number", "x", "y"]);
    let none = String::new();
    for &moment in moments {
        let frame = &view.results.map[moment];
        let mut push = |firm: &String, what: &str, number: u32, (x, y): Place| {
            data.push(&[&frame.period, firm, &what.to_owned(), &number, &x, &y]);
        };
        for customer in &frame.customers {
            push(&none, "customer", customer.number, customer.taste);
        }
        for actor in shown {
            let firm = &frame.firms[actor.firm];
            for (number, &place) in (0..).zip(&firm.products) {
                push(&actor.name, "product", number, place);
            }
            for (number, &place) in (0..).zip(&firm.priors) {
                push(&actor.name, "prior", number, place);
            }
            for &(customer, place) in &firm.estimates {
                push(
                    &actor.name,
                    "estimate",
                    frame.customers[customer].number,
                    place,
                );
            }
        }
    }
    data
}
