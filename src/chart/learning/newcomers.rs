//! What a firm learns across customers: how well the first transaction of a new customer fits, the more transactions it had.

use super::common;
use crate::analysis::Newcomers;
use crate::chart::Figure;
use crate::chart::across::Across;
use crate::chart::cast::Actor;
use crate::chart::frame::Heading;
use crate::chart::panel::{Curve, Panel, Role};
use crate::chart::time::{Sheet, TimeChart};
use crate::chart::view::View;
use crate::chart::words;

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
            name: actor.name.clone(),
            series: &newcomers.fit[..length],
            places: Some(&newcomers.transactions[..length]),
            color: actor.color,
            dashes: actor.dashes,
            role: Role::of(actor),
        }
    };
    let of = |role: Role| {
        view.cast
            .iter()
            .filter(move |actor| Role::of(actor) == role)
    };
    TimeChart {
        sheet: Sheet {
            style,
            name: &view.name,
            across: Across::Volume { usual, most },
        },
        heading: heading(view),
        description: description(view),
        panels: vec![Panel {
            title: String::new(),
            curves: of(Role::Other).chain(of(Role::Main)).map(curve).collect(),
            format: style.number(),
            limits: (0.0, 1.0),
            from_zero: false,
        }],
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

fn heading(view: &View<'_>) -> Heading {
    let style = &view.style;
    let mut caption = vec![style.say("newcomers.scale").to_owned()];
    caption.extend(view.basis(true));
    let silent = view.cast.iter().filter(|actor| known(view, actor).1 == 0);
    let names: Vec<String> = silent.map(|actor| actor.name.clone()).collect();
    caption.push(words::without_values(style, &names));
    caption.push(view.scenario_title());
    let measured = style.say("newcomers.measured").to_owned();
    view.heading(style.say("newcomers.title"), measured, caption)
}

/// The fit of every firm's first and last newcomers.
fn description(view: &View<'_>) -> String {
    let style = &view.style;
    let firm = |actor: &Actor| {
        let (newcomers, length) = known(view, actor);
        let last = length.checked_sub(1)?;
        let number = |entry: usize| style.number().write(newcomers.fit[entry].mean, 2);
        let transactions = newcomers.transactions[last].round() as u64;
        Some(style.fill(
            "newcomers.from_to",
            &[
                ("firm", &actor.name),
                ("first", &number(0)),
                ("last", &number(last)),
                ("count", &style.texts.grouped(transactions)),
            ],
        ))
    };
    let sentences: Vec<String> = view.cast.iter().filter_map(firm).collect();
    sentences.join(" ")
}
