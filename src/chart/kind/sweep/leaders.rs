//! The key of the map of leaders: who has which colour, and leads at how many points.

use plotters::style::RGBColor;

use super::lead::{Lead, draw_lead};
use super::stage::Stage;
use crate::chart::kind::cast::Actor;
use crate::chart::kit::{ASCENT, Anchor, Canvas, DESCENT, Font, Point, Style, fill, theme};

/// Width of the mark of an entry.
const MARK: f64 = 22.0;

/// An entry of the key: what its mark stands for.
struct Entry {
    lead: Lead,
    name: String,
    color: RGBColor,
    remark: String,
}

/// Firms with the number of points at which they lead, the most first.
pub struct LeaderKey {
    /// Each with the lines of its name and of its remark.
    entries: Vec<(Entry, [Vec<String>; 2])>,
    font: Font,
}

const REMARK: Font = Font::regular(theme::CAPTION + 1.0);

impl LeaderKey {
    /// Counts who leads how often.
    pub fn new(stage: &Stage<'_>, leads: &[Lead], width: f64) -> Self {
        let style = &stage.style;
        let mut firms: Vec<(&Actor, usize, usize)> = Vec::new();
        for actor in stage.leaders() {
            let clear = leads
                .iter()
                .filter(|lead| **lead == Lead::Decided(actor.firm))
                .count();
            let of =
                |lead: &&Lead| matches!(lead, Lead::Undecided(first, _) if *first == actor.firm);
            firms.push((actor, clear, leads.iter().filter(of).count()));
        }
        firms.sort_by_key(|(_, clear, undecided)| std::cmp::Reverse((clear + undecided, *clear)));
        let mut entries: Vec<Entry> = firms
            .into_iter()
            .map(|(actor, clear, undecided)| {
                firm_entry(style, actor, clear, undecided, leads.len())
            })
            .collect();
        entries.extend(others_entry(stage, leads));
        entries.extend(undecided_entry(style, leads));
        entries.extend(nobody_entry(style, leads));

        let font = Font::bold(if entries.len() > 7 {
            theme::LABEL_LEAST
        } else {
            theme::LABEL
        });
        let width = width - MARK - 10.0;
        let lines = |entry: &Entry| font.wrap_at_most(&entry.name, width, 3);
        let entries = entries
            .into_iter()
            .map(|entry| {
                let lines = [lines(&entry), REMARK.wrap_evenly(&entry.remark, width)];
                (entry, lines)
            })
            .collect();
        Self { entries, font }
    }

    fn entry_height(&self, [name, remark]: &[Vec<String>; 2]) -> f64 {
        name.len() as f64 * self.font.pitch() + remark.len() as f64 * REMARK.pitch() + 9.0
    }

    /// Height that all entries take.
    pub fn height(&self) -> f64 {
        self.entries
            .iter()
            .map(|(_, lines)| self.entry_height(lines))
            .sum()
    }

    /// Draws it to the right of and below a corner.
    pub fn draw(&self, canvas: &mut Canvas, stage: &Stage<'_>, (left, top): Point) {
        let mut y = top;
        for (entry, lines) in &self.entries {
            let size = self.font.size;
            let mark = y + (ASCENT + DESCENT) * size / 2.0 - 8.0;
            draw_lead(
                canvas,
                stage,
                entry.lead,
                (left, mark),
                (left + MARK, mark + 16.0),
            );
            let x = left + MARK + 10.0;
            let at = (x, y + ASCENT * size);
            let next = canvas.lines(&lines[0], self.font, entry.color, at, Anchor::Start);
            let at = (x, next - ASCENT * size + ASCENT * REMARK.size);
            canvas.lines(&lines[1], REMARK, theme::TEXT, at, Anchor::Start);
            y += self.entry_height(lines);
        }
    }

    /// The key as a text alternative of the map.
    pub fn description(&self) -> String {
        let parts: Vec<String> = self
            .entries
            .iter()
            .map(|(entry, _)| format!("{}: {}.", entry.name, entry.remark))
            .collect();
        parts.join(" ")
    }
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
        (all, _) => {
            fill!(style, "leader.leads_partly", count = all, points, clear)
        }
    };
    Entry {
        lead: Lead::Decided(actor.firm),
        name: actor.name.clone(),
        color: actor.color,
        remark,
    }
}

fn points_in_words(style: &Style, points: usize) -> String {
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
        Lead::Decided(firm) | Lead::Undecided(firm, _) => !stage.actor(*firm).leads,
        Lead::Tied(..) | Lead::Nobody => false,
    };
    let count = leads.iter().filter(is_led).count();
    let remark = if count == 0 {
        style.say("leader.others_nowhere").to_owned()
    } else {
        let points = points_in_words(style, leads.len());
        fill!(style, "leader.others", count, points)
    };
    Some(Entry {
        lead: Lead::Decided(first.firm),
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
        lead: *example,
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
        lead: Lead::Nobody,
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
