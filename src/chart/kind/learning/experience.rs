//! What a firm learns about a customer, transaction by transaction, with what Bayesian learning predicts of it.

use super::common;
use crate::analysis::{Estimate, ExperienceCurve, Series};
use crate::chart::form::across::Across;
use crate::chart::form::curve::{Curve, Role};
use crate::chart::form::panel::Panel;
use crate::chart::form::time::TimeChart;
use crate::chart::kind::cast::Actor;
use crate::chart::kind::view::View;
use crate::chart::kit::{Figure, Range, Told, fill, theme, words};

/// Dashes of predictions.
const PREDICTED: &[f64] = &[5.0, 4.0];

/// One of the two panels.
struct Shown {
    /// Whether predictions are dark, to be seen on the lines that they come close to; otherwise they have the colours of these.
    dark: bool,
    title: &'static str,
    name: &'static str,
    found: fn(&ExperienceCurve) -> &Series,
    predicted: fn(&ExperienceCurve) -> Option<&Series>,
}

const SHOWN: [Shown; 2] = [
    Shown {
        dark: true,
        title: "learning.knowledge_panel",
        name: "fit.knowledge",
        found: |curve| &curve.knowledge,
        predicted: |curve| curve.predicted.knowledge.as_ref(),
    },
    Shown {
        dark: false,
        title: "learning.fit_panel",
        name: "fit.fit",
        found: |curve| &curve.fit,
        predicted: |curve| curve.predicted.fit.as_ref(),
    },
];

/// Draws the chart.
#[must_use]
pub fn draw(view: &View<'_>) -> Figure {
    let style = &view.style;
    let lengths = cast_curves(view)
        .flat_map(|(_, curve)| SHOWN.iter().map(|shown| common((shown.found)(curve))));
    let longest = lengths.max().unwrap_or(0).max(1);
    TimeChart {
        style,
        told: told(view),
        across: Across::Experience(u32::try_from(longest).unwrap_or(u32::MAX)),
        panels: SHOWN.iter().map(|shown| panel(view, shown)).collect(),
        events: Vec::new(),
        height: 1.12,
    }
    .draw()
}

/// The firms that are shown, with their curves.
fn cast_curves<'a>(view: &'a View<'_>) -> impl Iterator<Item = (&'a Actor, &'a ExperienceCurve)> {
    let firms = &view.results.learning.firms;
    let with = |actor: &'a Actor| Some((actor, firms[actor.firm].curve.as_ref()?));
    view.cast.iter().filter_map(with)
}

fn panel<'a>(view: &'a View<'_>, shown: &Shown) -> Panel<'a> {
    let style = &view.style;
    let found = |actor: &Actor, curve: &'a ExperienceCurve| {
        let series = (shown.found)(curve);
        actor.curve(&series[..common(series)])
    };
    let predicted = |actor: &Actor, curve: &'a ExperienceCurve| {
        let series = &(shown.predicted)(curve)?[..common((shown.found)(curve))];
        let name = fill!(style, "learning.predicted", firm = actor.name);
        Some(Curve {
            dashes: PREDICTED,
            role: Role::Expected,
            ..Curve::plain(
                &name,
                series,
                if shown.dark { theme::INK } else { actor.color },
            )
        })
    };
    let others = || cast_curves(view).filter(|(actor, _)| !actor.leads);
    let leaders = || cast_curves(view).filter(|(actor, _)| actor.leads);
    let lines = others()
        .chain(leaders())
        .map(|(actor, curve)| found(actor, curve));
    let expected = leaders().filter_map(|(actor, curve)| predicted(actor, curve));
    let curves = lines.chain(expected).collect();
    Panel::new(style.say(shown.title), curves, style.number(), Range::PART)
}

fn told(view: &View<'_>) -> Told {
    let style = &view.style;
    let mut caption = vec![style.say("learning.selection").to_owned()];
    caption.extend(view.basis(true));
    let missing = |holds: fn(&ExperienceCurve) -> bool| -> Vec<String> {
        let curves = cast_curves(view).filter(|(actor, _)| actor.leads);
        curves
            .filter(|(_, curve)| holds(curve))
            .map(|(actor, _)| actor.name.clone())
            .collect()
    };
    let silent = missing(|curve| curve.knowledge.iter().all(|found| found.count == 0));
    caption.push(words::without_values(style, &silent));
    for (key, names) in [
        (
            "learning.unpredicted",
            missing(|curve| curve.predicted.knowledge.is_none()),
        ),
        (
            "learning.unpredicted_fit",
            missing(|curve| curve.predicted.knowledge.is_some() && curve.predicted.fit.is_none()),
        ),
    ] {
        if !names.is_empty() {
            caption.push(fill!(style, key, firms = style.list(&names)));
        }
    }
    caption.push(view.scenario_title());
    let measured = style.say("learning.measured").to_owned();
    view.told(
        style.say("learning.title"),
        measured,
        caption,
        description(view),
    )
}

/// Knowledge and fit of every firm at the first transaction, and at the last that is shown.
fn description(view: &View<'_>) -> String {
    let style = &view.style;
    let number = |estimate: &Estimate| style.number().write(estimate.mean, 2);
    let firm = |(actor, curve): (&Actor, &ExperienceCurve)| {
        let parts = SHOWN.iter().filter_map(|shown| {
            let series = (shown.found)(curve);
            let last = common(series).checked_sub(1)?;
            Some(fill!(
                style,
                "learning.from_to",
                what = style.say(shown.name).to_lowercase(),
                first = number(&series[0]),
                last = number(&series[last]),
                n = (last + 1)
            ))
        });
        let parts: Vec<String> = parts.collect();
        (!parts.is_empty()).then(|| format!("{}: {}.", actor.name, parts.join("; ")))
    };
    let sentences: Vec<String> = cast_curves(view).filter_map(firm).collect();
    sentences.join(" ")
}
