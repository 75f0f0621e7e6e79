//! Profiles one below the other, the least regret first: what everybody earns, and what the best change would bring.

use super::Stage;
use crate::analysis::game::{Judgement, ProfileVerdict, Standing};
use crate::chart::form::rows::{Cell, Column, Row, RowChart, RowMarks, Sizes, Slot};
use crate::chart::kit::key::Key;
use crate::chart::kit::{Axis, Canvas, Figure, Font, Ink, bounds, fill, theme};
use crate::statistics::order::smallest_first;

/// Most profiles that are shown.
const MOST: usize = 20;
/// Least and greatest distance from profile to profile.
const ROW: (f64, f64) = (26.0, 60.0);
/// Widths of the columns of words to the right.
const REGRET: f64 = 84.0;
const EQUILIBRIUM: f64 = 122.0;
/// Radius of a dot, and the least distance between two in a row.
const DOT: f64 = 5.5;
const APART: f64 = 9.0;

/// Profiles with their names, and the strategies that they are made of.
struct Profiles<'a> {
    stage: &'a Stage<'a>,
    shown: Vec<(String, &'a Judgement)>,
    key: Key,
}

/// Draws the chart.
pub fn draw(stage: &Stage<'_>) -> Figure {
    let style = &stage.style;
    let strategies = stage.strategies().into_iter().zip(stage.colors.clone());
    let profiles = Profiles {
        stage,
        shown: shown(stage),
        key: Key::new(
            strategies.collect(),
            (theme::LEFT, style.width - theme::RIGHT),
        ),
    };
    // as wide as their words at least
    let wide = |key: &str| Font::bold(theme::TICK).width(style.say(key)) + 24.0;
    let column = |key, width: f64| Column {
        head: style.say(key),
        color: theme::TEXT,
        width: width.max(wide(key)),
        swatch: None,
    };
    let dots = profiles
        .shown
        .iter()
        .map(|(_, judgement)| judgement.standings.len());
    let least = dots.max().unwrap_or(1) as f64 * APART + 6.0;
    let title = fill!(style, "game.profiles", outcome = stage.outcome.title);
    let also = also(stage, profiles.shown.len());
    RowChart {
        style,
        told: stage.told(
            "",
            stage.heading(title, stage.outcome.measured.clone(), also),
        ),
        rows: (0..profiles.shown.len())
            .map(|row| profiles.row(row))
            .collect(),
        columns: vec![
            column("game.regret", REGRET),
            column("game.equilibrium", EQUILIBRIUM.max(wide("game.undecided"))),
        ],
        sizes: Sizes {
            pitch: (ROW.0.max(least), ROW.1.max(least)),
            left: 200.0,
            is_ruled: true,
            ..Sizes::default()
        },
        heads: Default::default(),
        scale: Some((stage.outcome.format, stage.outcome.title.clone())),
    }
    .draw(&profiles)
}

/// The profiles of the least regret; those whose regret is not known last.
fn shown<'a>(stage: &'a Stage<'_>) -> Vec<(String, &'a Judgement)> {
    let mut rows: Vec<_> = stage
        .game
        .judgements
        .iter()
        .enumerate()
        .map(|(profile, judgement)| (breakable(&stage.choices(profile)), judgement))
        .collect();
    smallest_first(&mut rows, |(_, judgement)| judgement.regret);
    rows.truncate(MOST);
    rows
}

/// Words that break before a sign, and nowhere else: a count stays with its name.
fn breakable(choices: &str) -> String {
    let joined = choices.replace(' ', "\u{a0}");
    joined
        .replace("\u{a0}+\u{a0}", " +\u{a0}")
        .replace("\u{a0}|\u{a0}", " |\u{a0}")
}

fn also(stage: &Stage<'_>, shown: usize) -> Vec<String> {
    let all = stage.game.judgements.len();
    let mut also = vec![stage.style.say("game.dots").to_owned()];
    if shown < all {
        let [shown, all] =
            [shown, all].map(|count| stage.style.texts.number_in_words(count as u64));
        also.push(fill!(stage.style, "game.shown", shown, all));
    }
    also
}

/// What a player would earn with the best strategy.
fn after(standing: &Standing) -> f64 {
    standing.payoff.mean + standing.gain.mean.max(0.0)
}

impl Profiles<'_> {
    /// A profile with its regret and its verdict.
    fn row(&self, row: usize) -> Row {
        let (style, outcome) = (&self.stage.style, &self.stage.outcome);
        let (name, judgement) = &self.shown[row];
        let format = if outcome.format.is_percent() {
            style.percent()
        } else {
            style.number()
        };
        let regret = if judgement.regret.is_finite() {
            self.axis((0.0, 1.0)).value(judgement.regret, format)
        } else {
            "–".to_owned()
        };
        let (key, color) = match judgement.verdict {
            ProfileVerdict::Equilibrium => ("game.yes", theme::INK),
            ProfileVerdict::None => ("game.no", theme::QUIET),
            ProfileVerdict::Undecided => ("game.undecided", theme::TEXT),
        };
        let cell = |(text, color)| Cell {
            bold: judgement.verdict == ProfileVerdict::Equilibrium,
            color,
            ..Cell::plain(text)
        };
        Row {
            name: name.clone(),
            cells: [(regret, theme::INK), (style.say(key).to_owned(), color)]
                .map(cell)
                .into(),
            ..Row::default()
        }
    }
}

impl RowMarks for Profiles<'_> {
    /// All payoffs, and what changes would bring.
    fn axis(&self, pixels: (f64, f64)) -> Axis {
        let standings = self
            .shown
            .iter()
            .flat_map(|(_, judgement)| &judgement.standings);
        let values = standings.flat_map(|standing| [standing.payoff.mean, after(standing)]);
        let (low, high) = bounds(values).unwrap_or((0.0, 1.0));
        let mut axis = Axis::rounded(low, high, 5, pixels);
        axis.clip(
            self.stage.outcome.range.limits.0,
            self.stage.outcome.range.limits.1,
        );
        axis
    }

    /// A dot for every strategy of a profile, each on a height of its own, with a line to what the best change brings.
    fn draw(&self, canvas: &mut Canvas, x: &Axis, slot: Slot) {
        let (stage, (_, judgement)) = (self.stage, &self.shown[slot.row]);
        let count = judgement.standings.len() as f64;
        for (number, standing) in judgement.standings.iter().enumerate() {
            let y = slot.middle() + APART * (number as f64 - (count - 1.0) / 2.0);
            let (_, own) = stage.shape.of_slot(standing.slot);
            if !standing.payoff.mean.is_finite() {
                continue;
            }
            let at = x.at(standing.payoff.mean);
            if standing.best != own {
                let end = x.at(after(standing));
                let color = stage.colors[standing.best];
                canvas.line((at, y), (end, y), Ink::stroke(color, 2.0));
                canvas.line((end, y - 4.0), (end, y + 4.0), Ink::stroke(color, 2.0));
            }
            canvas.dot((at, y), DOT + 1.0, Ink::fill(theme::PAPER, 1.0));
            canvas.dot((at, y), DOT, Ink::fill(stage.colors[own], 1.0));
        }
    }

    fn key_height(&self, _edges: (f64, f64)) -> f64 {
        self.key.height()
    }

    fn draw_key(&self, canvas: &mut Canvas, _x: &Axis, (top, _): (f64, f64)) {
        self.key.draw(canvas, top);
    }
}
