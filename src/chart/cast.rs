//! Who plays: a colour for every firm, the same in all charts of a run.

use plotters::style::RGBColor;

use super::theme;
use crate::analysis::{Quantity, Results};
use crate::scenario::{ExperienceRule, Scenario};

/// Most firms that are told apart; with more, one fewer leads and the rest are "others".
const MOST: usize = 8;

/// A firm as it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Actor {
    /// Number of the firm in the results.
    pub firm: usize,
    /// Name of the firm.
    pub name: String,
    /// Its colour.
    pub color: RGBColor,
    /// Its dashes; empty is solid.
    pub dashes: &'static [f64],
    /// Whether it has a colour of its own; otherwise it is one of the others.
    pub leads: bool,
}

/// All firms in the order of the results. With more than eight, the seven with the largest final share lead.
#[must_use]
pub fn cast(scenario: &Scenario, results: &Results) -> Vec<Actor> {
    let leads = leaders(results);
    let experiences = distinct_experiences(scenario, results);
    // Own experiences take the colours that no preset has.
    let mut next = if experiences.is_some() {
        theme::EXPERIENCES.len()
    } else {
        0
    };
    let mut actors = Vec::with_capacity(results.firms.len());
    for (firm, found) in results.firms.iter().enumerate() {
        let preset = experiences.as_ref().and_then(|names| {
            theme::EXPERIENCES
                .iter()
                .find(|(name, _)| *name == names[firm])
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
            name: found.name.clone(),
            color,
            dashes,
            leads: leads[firm],
        });
    }
    actors
}

/// Which firms have a colour of their own.
fn leaders(results: &Results) -> Vec<bool> {
    let number = results.firms.len();
    if number <= MOST {
        return vec![true; number];
    }
    let mut order: Vec<usize> = (0..number).collect();
    order.sort_by(|&a, &b| final_share(results, b).total_cmp(&final_share(results, a)));
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
    let mut names: Vec<String> = Vec::new();
    for found in &results.firms {
        let firm = scenario.firms.iter().find(|firm| firm.name == found.name)?;
        match &firm.experience {
            ExperienceRule::Fixed(name) if !names.contains(name) => names.push(name.clone()),
            _ => return None,
        }
    }
    // More experiences than colours: the presets' colours would return with another meaning.
    (names.len() <= MOST).then_some(names)
}
