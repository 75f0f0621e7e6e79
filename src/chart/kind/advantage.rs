//! Who creates more value than others: competitive advantage over time, and the lead over the mean.

use std::borrow::Cow;

use super::cast::Actor;
use super::describe;
use super::events::events;
use super::view::View;
use crate::analysis::{Estimate, Quantity};
use crate::chart::form::panel::Panel;
use crate::chart::form::time::TimeChart;
use crate::chart::kit::{Figure, Range, fill};

/// Draws the chart; with more than two firms also the lead over the mean, since all but one are below zero.
#[must_use]
pub fn draw(view: &View<'_>) -> Figure {
    let style = &view.style;
    let quantity = Quantity::CompetitiveAdvantage;
    let title = style.say("advantage.title");
    let (smoothing, unit) = (view.smoothing(), style.say("words.unit"));
    let has_many = view.results.firms.len() > 2;
    let mut caption = view.basis(true);
    caption.extend([
        view.ends(),
        view.without_values(quantity),
        view.survivors(),
        view.scenario_title(),
    ]);
    let range = Range::ANY.with_zero();
    let panel = |title: &str, curves| Panel::new(title, curves, style.signed(), range);
    let mut panels = vec![panel("", view.curves(quantity))];
    let measured = if has_many {
        style
            .say("advantage.rival_panel")
            .clone_into(&mut panels[0].title);
        let series = |actor: &Actor| Cow::Owned(lead(view, actor));
        let leads = view.curves_of(&series, &|actor| final_lead(view, actor));
        panels.push(panel(style.say("advantage.mean_panel"), leads));
        caption.insert(1, style.say("advantage.mean_free").to_owned());
        caption.insert(0, two_leaders(view));
        fill!(style, "advantage.measured_both", smoothing, unit)
    } else {
        fill!(style, "advantage.measured", smoothing, unit)
    };
    let description = describe::firms(view, quantity, title, style.signed());
    TimeChart {
        style,
        told: view.told(title, measured, caption, description),
        across: view.periods(),
        panels,
        events: events(view),
        height: 1.0,
    }
    .draw()
}

/// A firm's value created less the mean of all firms in the market, period by period.
fn lead(view: &View<'_>, actor: &Actor) -> Vec<Estimate> {
    let firms = &view.results.firms;
    let value = |firm: usize, period: usize| {
        let series = firms[firm].series(Quantity::ValueCreated);
        series
            .get(period)
            .map_or(f64::NAN, |estimate| estimate.mean)
    };
    let at = |period: usize| {
        let all = (0..firms.len()).map(|firm| value(firm, period));
        let known: Vec<f64> = all.filter(|value| value.is_finite()).collect();
        let mean = known.iter().sum::<f64>() / known.len() as f64;
        Estimate {
            mean: value(actor.firm, period) - mean,
            ..Estimate::EMPTY
        }
    };
    (0..view.results.periods as usize).map(at).collect()
}

/// The same in the closing window.
fn final_lead(view: &View<'_>, actor: &Actor) -> Option<f64> {
    let own = view.at_end(actor, Quantity::ValueCreated)?;
    let all = view.results.ranking(Quantity::ValueCreated);
    let sum: f64 = all.iter().map(|(_, value)| value.mean).sum();
    Some(own - sum / all.len() as f64)
}

/// Why one firm wins by share and another by value, where intervals bear out that it is so.
fn two_leaders(view: &View<'_>) -> String {
    let leader = |quantity: Quantity| -> Option<&Actor> {
        let [(first, _), (second, _), ..] = view.results.ranking(quantity)[..] else {
            return None;
        };
        let apart = view.results.apart(quantity, first, second);
        let mut actors = view.cast.iter();
        actors.find(|actor| actor.firm == first && apart.is_told())
    };
    let (sharer, creator) = (leader(Quantity::Share), leader(Quantity::ValueCreated));
    match (sharer, creator) {
        (Some(sharer), Some(creator)) if sharer.firm != creator.firm => {
            let (sharer, creator) = (&sharer.name, &creator.name);
            fill!(view.style, "advantage.two_leaders", sharer, creator)
        }
        _ => String::new(),
    }
}
