//! What a firm learns across customers: how well the first transaction of a new customer fits, the more transactions it had.

use super::common;
use crate::analysis::Newcomers;
use crate::chart::form::across::Across;
use crate::chart::form::curve::Curve;
use crate::chart::form::panel::Panel;
use crate::chart::form::time::TimeChart;
use crate::chart::kind::cast::{Actor, from_below};
use crate::chart::kind::view::View;
use crate::chart::kit::{Figure, Range, Told, fill, words};

/// Draws the chart.
#[must_use]
pub fn draw(view: &View<'_>) -> Figure {
    let style = &view.style;
    let usual = view.results.learning.usual;
    let ends = view.cast.iter().filter_map(|actor| {
        let (newcomers, length) = known(view, actor);
        newcomers.transactions[..length].last().copied()
    });
    let most = ends.fold(usual, f64::max);
    let curve = |actor: &Actor| {
        let (newcomers, length) = known(view, actor);
        Curve {
            places: Some(&newcomers.transactions[..length]),
            ..actor.curve(&newcomers.fit[..length])
        }
    };
    let curves = from_below(&view.cast).map(curve).collect();
    TimeChart {
        style,
        told: told(view),
        across: Across::Volume { usual, most },
        panels: vec![Panel::new("", curves, style.number(), Range::PART)],
        events: Vec::new(),
        height: 1.0,
    }
    .draw()
}

/// A firm's newcomers, and how many entries enough replicates have.
fn known<'a>(view: &'a View<'_>, actor: &Actor) -> (&'a Newcomers, usize) {
    let newcomers = &view.results.learning.firms[actor.firm].newcomers;
    (newcomers, common(&newcomers.fit))
}

fn told(view: &View<'_>) -> Told {
    let style = &view.style;
    let mut caption = vec![style.say("newcomers.scale").to_owned()];
    caption.extend(view.basis(true));
    let silent = view.cast.iter().filter(|actor| known(view, actor).1 == 0);
    let names: Vec<String> = silent.map(|actor| actor.name.clone()).collect();
    caption.push(words::without_values(style, &names));
    caption.push(view.scenario_title());
    let measured = style.say("newcomers.measured").to_owned();
    view.told(
        style.say("newcomers.title"),
        measured,
        caption,
        description(view),
    )
}

/// The fit of every firm's first and last newcomers.
fn description(view: &View<'_>) -> String {
    let style = &view.style;
    let firm = |actor: &Actor| {
        let (newcomers, length) = known(view, actor);
        let last = length.checked_sub(1)?;
        let number = |entry: usize| style.number().write(newcomers.fit[entry].mean, 2);
        let transactions = newcomers.transactions[last].round() as u64;
        Some(fill!(
            style,
            "newcomers.from_to",
            firm = actor.name,
            first = number(0),
            last = number(last),
            count = style.texts.grouped(transactions)
        ))
    };
    let sentences: Vec<String> = view.cast.iter().filter_map(firm).collect();
    sentences.join(" ")
}
