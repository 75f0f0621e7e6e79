//! Who plays: a colour for every firm, the same in all charts of a run.

use plotters::style::RGBColor;

use crate::analysis::{Estimate, Quantity, Results};
use crate::chart::form::curve::{Curve, Role};
use crate::chart::kit::{Style, theme};
use crate::scenario::{ExperienceRule, Scenario};
use crate::statistics::order::largest_first;

/// Most firms that are told apart; with more, one fewer leads and the rest are "others".
pub const MOST: usize = 8;

/// A firm as it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Actor {
    /// Number of the firm in the results.
    pub firm: usize,
    /// What charts call the firm.
    pub name: String,
    /// Its colour.
    pub color: RGBColor,
    /// Its dashes; empty is solid.
    pub dashes: &'static [f64],
    /// Whether it has a colour of its own; otherwise it is one of the others.
    pub leads: bool,
}

impl Actor {
    /// The colour of its name and marks: its own, or that of the others, dark enough to be read.
    #[must_use]
    pub fn ink(&self) -> RGBColor {
        if self.leads { self.color } else { theme::QUIET }
    }

    /// Its line.
    #[must_use]
    pub fn curve<'a>(&self, series: &'a [Estimate]) -> Curve<'a> {
        Curve {
            dashes: self.dashes,
            role: if self.leads { Role::Main } else { Role::Other },
            ..Curve::plain(&self.name, series, self.color)
        }
    }
}

/// The actors in the order in which they are drawn: those without a colour of their own first, so that they lie below.
pub fn from_below(cast: &[Actor]) -> impl Iterator<Item = &Actor> {
    let others = cast.iter().filter(|actor| !actor.leads);
    others.chain(cast.iter().filter(|actor| actor.leads))
}

/// The firms of these names, each with the experience that it has for good, if it has one; with more than eight, the seven with the
/// largest sizes lead. An experience has one colour in all charts of all scenarios, and firms that share it share its hue.
#[must_use]
pub fn cast_of(
    style: &Style,
    names: &[&str],
    sizes: &[f64],
    experiences: &[Option<String>],
) -> Vec<Actor> {
    let leads = leaders(sizes);
    // what has no preset takes the colours that no preset has
    let mut own = (0..).map(|slot: usize| theme::FIRMS[4 + slot % 4]);
    let mut hues: Vec<(String, RGBColor, usize)> = Vec::new();
    let mut unnamed = 0;
    let mut actors = Vec::with_capacity(names.len());
    for (firm, &name) in names.iter().enumerate() {
        let mut of_experience = |experience: &String| {
            let known = hues.iter_mut().find(|(known, ..)| known == experience);
            if let Some((_, hue, count)) = known {
                *count += 1;
                return theme::tone(*hue, *count);
            }
            let mut presets = theme::EXPERIENCES.iter();
            let preset = presets.find(|(preset, _)| preset == experience);
            let hue = preset.map_or_else(|| own.next().unwrap_or(theme::INK), |(_, color)| *color);
            hues.push((experience.clone(), hue, 0));
            theme::tone(hue, 0)
        };
        let (color, dashes): (RGBColor, &'static [f64]) = if !leads[firm] {
            (theme::OTHERS, &[])
        } else if style.theme.is_grey {
            // hues would look alike; marks and dashes tell firms apart
            unnamed += 1;
            let slot = (unnamed - 1) % theme::FIRMS.len();
            (theme::FIRMS[slot], theme::DASHES[slot])
        } else if let Some(experience) = experiences.get(firm).and_then(Option::as_ref) {
            of_experience(experience)
        } else {
            unnamed += 1;
            let dashes = theme::DASHES[(unnamed - 1) % theme::DASHES.len()];
            (own.next().unwrap_or(theme::INK), dashes)
        };
        actors.push(Actor {
            firm,
            name: style.label(name),
            color,
            dashes,
            leads: leads[firm],
        });
    }
    actors
}

/// Which firms have a colour of their own.
fn leaders(sizes: &[f64]) -> Vec<bool> {
    let number = sizes.len();
    if number <= MOST {
        return vec![true; number];
    }
    let mut order: Vec<usize> = (0..number).collect();
    largest_first(&mut order, |&firm| sizes[firm]);
    let mut leads = vec![false; number];
    for &firm in &order[..MOST - 1] {
        leads[firm] = true;
    }
    leads
}

/// Share in the last period; below all others where there is none.
#[must_use]
pub fn final_share(results: &Results, firm: usize) -> f64 {
    let last = results.firms[firm].series(Quantity::Share).last();
    match last {
        Some(share) if !share.mean.is_nan() => share.mean,
        _ => f64::NEG_INFINITY,
    }
}

/// The experience of every firm of these names that has one for good.
pub fn experiences_of(scenario: &Scenario, firms: &[&str]) -> Vec<Option<String>> {
    let experience = |wanted: &&str| {
        let firm = scenario.firms.iter().find(|firm| firm.name == *wanted)?;
        match &firm.experience {
            ExperienceRule::Fixed(name) => Some(name.clone()),
            _ => None,
        }
    };
    firms.iter().map(experience).collect()
}

/// Whether each of several firms has an experience of its own.
pub fn are_distinct(experiences: &[Option<String>]) -> bool {
    let is_first = |(place, experience): (usize, &Option<String>)| {
        experience.is_some() && !experiences[..place].contains(experience)
    };
    experiences.len() > 1 && experiences.iter().enumerate().all(is_first)
}
