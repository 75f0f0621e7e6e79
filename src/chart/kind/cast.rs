//! Who plays: a colour for every firm, the same in all charts of a run.

use plotters::style::RGBColor;

use crate::analysis::{Estimate, Quantity, Results};
use crate::chart::form::curve::{Curve, Role};
use crate::chart::kit::{Style, theme};
use crate::scenario::{ExperienceRule, Scenario};

/// Most firms that are told apart; with more, one fewer leads and the rest are "others".
const MOST: usize = 8;

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

/// The firms of these names; with more than eight, the seven with the largest sizes lead.
#[must_use]
pub fn cast_of(
    style: &Style,
    names: &[&str],
    sizes: &[f64],
    experiences: Option<&[String]>,
) -> Vec<Actor> {
    let leads = leaders(sizes);
    // Own experiences take the colours that no preset has.
    let mut next = if experiences.is_some() {
        theme::EXPERIENCES.len()
    } else {
        0
    };
    let mut actors = Vec::with_capacity(names.len());
    for (firm, &name) in names.iter().enumerate() {
        let preset = experiences.and_then(|own| {
            theme::EXPERIENCES
                .iter()
                .find(|(preset, _)| *preset == own[firm])
        });
        let (color, dashes): (RGBColor, &'static [f64]) = if !leads[firm] {
            (theme::OTHERS, &[])
        } else if let Some(&(_, color)) = preset {
            (color, &[])
        } else {
            let slot = next % theme::FIRMS.len();
            next += 1;
            (theme::FIRMS[slot], theme::DASHES[slot])
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
    order.sort_by(|&a, &b| sizes[b].total_cmp(&sizes[a]));
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

/// The experience of every firm, if each has one of its own for good.
pub fn distinct_experiences(scenario: &Scenario, results: &Results) -> Option<Vec<String>> {
    distinct_experiences_of(scenario, &names(results))
}

/// The same of the firms of these names.
pub fn distinct_experiences_of(scenario: &Scenario, firms: &[&str]) -> Option<Vec<String>> {
    let mut names: Vec<String> = Vec::new();
    for &wanted in firms {
        let firm = scenario.firms.iter().find(|firm| firm.name == wanted)?;
        match &firm.experience {
            ExperienceRule::Fixed(name) if !names.contains(name) => names.push(name.clone()),
            _ => return None,
        }
    }
    // More experiences than colours: the presets' colours would return with another meaning.
    (names.len() <= MOST).then_some(names)
}

fn names(results: &Results) -> Vec<&str> {
    results
        .firms
        .iter()
        .map(|firm| firm.name.as_str())
        .collect()
}
