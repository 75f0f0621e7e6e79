//! The key of the map of leaders: who has which colour, and leads at how many points.

use super::beside::{BesideEntry, BesideKey};
use super::lead::Lead;
use super::stage::Stage;
use crate::chart::kind::cast::Actor;
use crate::chart::kit::{Style, fill, theme};

type Entry = BesideEntry<Lead>;

/// Firms with the number of points at which they lead, the most first.
pub fn leader_key(stage: &Stage<'_>, leads: &[Lead], width: f64) -> BesideKey<Lead> {
    let style = &stage.style;
    let mut firms: Vec<(&Actor, usize, usize)> = Vec::new();
    for actor in stage.leaders() {
        let clear = leads
            .iter()
            .filter(|lead| **lead == Lead::Decided(actor.firm))
            .count();
        let of = |lead: &&Lead| matches!(lead, Lead::Undecided(first, _) if *first == actor.firm);
        firms.push((actor, clear, leads.iter().filter(of).count()));
    }
    firms.sort_by_key(|(_, clear, undecided)| std::cmp::Reverse((clear + undecided, *clear)));
    let mut entries: Vec<Entry> = firms
        .into_iter()
        .map(|(actor, clear, undecided)| firm_entry(style, actor, clear, undecided, leads.len()))
        .collect();
    entries.extend(others_entry(stage, leads));
    entries.extend(undecided_entry(style, leads));
    entries.extend(nobody_entry(style, leads));
    BesideKey::new(entries, width)
}

fn firm_entry(
    style: &Style,
    actor: &Actor,
    clear: usize,
    undecided: usize,
    points: usize,
) -> Entry {
    let points = points_in_words(style, points);
    let remark = match (clear + undecided, undecided) {
        (0, _) => style.say("leader.nowhere").to_owned(),
        (all, 0) => fill!(style, "leader.leads", count = all, points),
        (_, open) => {
            fill!(style, "leader.leads_partly", count = clear, points, open)
        }
    };
    Entry {
        mark: Lead::Decided(actor.firm),
        name: actor.name.clone(),
        color: actor.color,
        remark,
    }
}

/// "9 points".
pub fn points_in_words(style: &Style, points: usize) -> String {
    let key = if points == 1 {
        "leader.point"
    } else {
        "leader.points"
    };
    fill!(style, key, count = style.texts.grouped(points as u64))
}

/// The firms without a colour of their own, where one of them leads.
fn others_entry(stage: &Stage<'_>, leads: &[Lead]) -> Option<Entry> {
    let style = &stage.style;
    let others: Vec<&Actor> = stage.cast.iter().filter(|actor| !actor.leads).collect();
    let first = others.first()?;
    let is_led = |lead: &&Lead| match lead {
        Lead::Decided(firm) => !stage.actor(*firm).leads,
        Lead::Undecided(..) | Lead::Tied(..) | Lead::Nobody => false,
    };
    let count = leads.iter().filter(is_led).count();
    let remark = if count == 0 {
        style.say("leader.others_nowhere").to_owned()
    } else {
        let points = points_in_words(style, leads.len());
        fill!(style, "leader.others", count, points)
    };
    Some(Entry {
        mark: Lead::Decided(first.firm),
        name: style.count("other_firm", others.len() as u64),
        color: theme::QUIET,
        remark,
    })
}

fn undecided_entry(style: &Style, leads: &[Lead]) -> Option<Entry> {
    let is_open = |lead: &&Lead| matches!(lead, Lead::Undecided(..) | Lead::Tied(..));
    let example = leads.iter().find(is_open)?;
    let count = leads.iter().filter(is_open).count();
    Some(Entry {
        mark: *example,
        name: style.say("leader.undecided").to_owned(),
        color: theme::INK,
        remark: fill!(
            style,
            "leader.stripes",
            count,
            points = points_in_words(style, leads.len())
        ),
    })
}

fn nobody_entry(style: &Style, leads: &[Lead]) -> Option<Entry> {
    let count = leads.iter().filter(|lead| **lead == Lead::Nobody).count();
    (count > 0).then(|| Entry {
        mark: Lead::Nobody,
        name: style.say("leader.no_transactions").to_owned(),
        color: theme::QUIET,
        remark: fill!(
            style,
            "leader.of_points",
            count,
            points = points_in_words(style, leads.len())
        ),
    })
}
