//! Profiles one below the other, the least regret first: what everybody earns, and what the best change would bring.

use super::Stage;
use crate::analysis::Quantity;
use crate::analysis::game::{Judgement, Standing, Verdict};
use crate::chart::axis::Axis;
use crate::chart::canvas::{Anchor, Canvas, Ink};
use crate::chart::frame::Frame;
use crate::chart::names::NameColumn;
use crate::chart::text::Font;
use crate::chart::ticks::{self, draw_numbers};
use crate::chart::{Figure, theme};

/// Most profiles that are shown.
const MOST: usize = 20;
/// Least and greatest distance from profile to profile.
const ROW: (f64, f64) = (26.0, 60.0);
/// Space between name and plot.
const GAP: f64 = 16.0;
/// Width of the columns of words to the right.
const REGRET: f64 = 84.0;
const EQUILIBRIUM: f64 = 122.0;
/// Height of the words above the columns.
const HEAD: f64 = 28.0;
/// Radius of a dot, and the least distance between two in a row.
const DOT: f64 = 5.5;
const APART: f64 = 9.0;

/// A profile with its name.
struct Row<'a> {
    name: String,
    judgement: &'a Judgement,
}

/// Draws the chart.
pub fn draw(stage: &Stage<'_>) -> Figure {
    let rows = rows(stage);
    let heading = stage.heading(
        stage
            .style
            .fill("game.profiles", &[("outcome", &stage.outcome.title)]),
        stage.outcome.measured.clone(),
        also(stage, rows.len()),
    );
    let columns = columns(stage);
    let frame = Frame::new(&stage.style, &heading);
    let names = NameColumn::new(&stage.style, rows.iter().map(|row| row.name.as_str()));
    let key = Key::new(stage);
    let top = frame.above() + key.height + HEAD;
    let below = ticks::NUMBERS + ticks::TITLE + 4.0 + frame.below();
    let count = rows.len().max(1) as f64;
    let pitch = ((stage.style.height - top - below) / count)
        .clamp(ROW.0, ROW.1)
        .max(names.tallest + 8.0)
        .max(most_dots(&rows) * APART + 6.0);
    let bottom = top + pitch * count;
    let height = (bottom + below).ceil();
    let left = (theme::LEFT + names.width + GAP).max(stage.style.part(200.0));
    let right = stage.style.width - theme::RIGHT - columns.0 - columns.1;
    let x = axis(stage, &rows, (left, right));

    let mut canvas = Canvas::new(&stage.style, height);
    frame.draw(&mut canvas, height);
    key.draw(&mut canvas, stage, frame.above());
    draw_heads(&mut canvas, stage, top);
    draw_grid(&mut canvas, stage, &x, (top, bottom));
    for (number, row) in rows.iter().enumerate() {
        let middle = top + pitch * (number as f64 + 0.5);
        if number > 0 {
            let ink = Ink::stroke(theme::GRID, theme::HAIRLINE);
            let line = top + pitch * number as f64;
            canvas.line((left, line), (stage.style.width - theme::RIGHT, line), ink);
        }
        names.draw(&mut canvas, &row.name, theme::INK, (left - GAP, middle));
        draw_standings(&mut canvas, stage, &x, row.judgement, middle);
        draw_verdict(&mut canvas, stage, &x, row.judgement, middle);
    }
    canvas
        .finish(&stage.name(""), &heading.title, &stage.description())
        .with_data(stage.data())
}

/// The profiles of the least regret; those whose regret is not known last.
fn rows<'a>(stage: &'a Stage<'_>) -> Vec<Row<'a>> {
    let mut rows: Vec<Row<'a>> = stage
        .game
        .judgements
        .iter()
        .enumerate()
        .map(|(profile, judgement)| Row {
            name: breakable(&stage.choices(profile)),
            judgement,
        })
        .collect();
    rows.sort_by(|a, b| a.judgement.regret.total_cmp(&b.judgement.regret));
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

fn most_dots(rows: &[Row<'_>]) -> f64 {
    let counts = rows.iter().map(|row| row.judgement.standings.len());
    counts.max().unwrap_or(1) as f64
}

fn also(stage: &Stage<'_>, shown: usize) -> Vec<String> {
    let all = stage.game.judgements.len();
    let mut also = vec![stage.style.say("game.dots").to_owned()];
    if shown < all {
        let [shown, all] =
            [shown, all].map(|count| stage.style.texts.number_in_words(count as u64));
        also.push(
            stage
                .style
                .fill("game.shown", &[("shown", &shown), ("all", &all)]),
        );
    }
    also
}

/// All payoffs, and what changes would bring.
fn axis(stage: &Stage<'_>, rows: &[Row<'_>], pixels: (f64, f64)) -> Axis {
    let standings = rows.iter().flat_map(|row| &row.judgement.standings);
    let values = standings
        .flat_map(|standing| [standing.payoff.mean, after(standing)])
        .filter(|value| value.is_finite());
    let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
        (low.min(value), high.max(value))
    });
    let (low, high) = if low > high { (0.0, 1.0) } else { (low, high) };
    let mut axis = Axis::rounded(low, high, 5, pixels);
    axis.clip(stage.outcome.limits.0, stage.outcome.limits.1);
    axis
}

/// What a player would earn with the best strategy.
fn after(standing: &Standing) -> f64 {
    standing.payoff.mean + standing.gain.mean.max(0.0)
}

/// Widths of the columns of regrets and of verdicts: those of their heads at least.
fn columns(stage: &Stage<'_>) -> (f64, f64) {
    let font = Font::bold(theme::TICK);
    let width = |key: &str, least: f64| (font.width(stage.style.say(key)) + 24.0).max(least);
    let verdict = width("game.equilibrium", EQUILIBRIUM).max(width("game.undecided", 0.0));
    (width("game.regret", REGRET), verdict)
}

fn draw_heads(canvas: &mut Canvas, stage: &Stage<'_>, top: f64) {
    let font = Font::bold(theme::TICK);
    let right = stage.style.width - theme::RIGHT;
    let baseline = top - 10.0;
    let heads = [
        ("game.equilibrium", right),
        ("game.regret", right - columns(stage).1),
    ];
    for (key, right) in heads {
        let at = (right, baseline);
        canvas.text(stage.style.say(key), font, theme::TEXT, at, Anchor::End);
    }
}

fn draw_grid(canvas: &mut Canvas, stage: &Stage<'_>, x: &Axis, (top, bottom): (f64, f64)) {
    for &tick in &x.ticks {
        let color = if tick == 0.0 {
            theme::AXIS
        } else {
            theme::GRID
        };
        let at = x.at(tick);
        canvas.line((at, top), (at, bottom), Ink::stroke(color, theme::HAIRLINE));
    }
    let format = stage.outcome.format;
    draw_numbers(canvas, x, format, bottom, Some(stage.outcome.title));
}

/// A dot for every strategy of a profile, each on a height of its own, with a line to what the best change brings.
fn draw_standings(
    canvas: &mut Canvas,
    stage: &Stage<'_>,
    x: &Axis,
    judgement: &Judgement,
    middle: f64,
) {
    let count = judgement.standings.len() as f64;
    for (number, standing) in judgement.standings.iter().enumerate() {
        let y = middle + APART * (number as f64 - (count - 1.0) / 2.0);
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

fn draw_verdict(
    canvas: &mut Canvas,
    stage: &Stage<'_>,
    x: &Axis,
    judgement: &Judgement,
    middle: f64,
) {
    let is_one = judgement.verdict == Verdict::Equilibrium;
    let font = Font {
        size: theme::TICK,
        bold: is_one,
    };
    let right = stage.style.width - theme::RIGHT;
    let baseline = middle + 0.36 * font.size;
    let format = match stage.outcome.quantity {
        Quantity::Share => stage.style.percent(),
        _ => stage.style.number(),
    };
    let regret = if judgement.regret.is_finite() {
        x.value(judgement.regret, format)
    } else {
        "–".to_owned()
    };
    let at = (right - columns(stage).1, baseline);
    canvas.text(&regret, font, theme::INK, at, Anchor::End);
    let (key, color) = match judgement.verdict {
        Verdict::Equilibrium => ("game.yes", theme::INK),
        Verdict::None => ("game.no", theme::QUIET),
        Verdict::Undecided => ("game.undecided", theme::TEXT),
    };
    canvas.text(
        stage.style.say(key),
        font,
        color,
        (right, baseline),
        Anchor::End,
    );
}

/// The strategies in their colours, above the plot.
struct Key {
    lines: Vec<Vec<usize>>,
    height: f64,
}

impl Key {
    const FONT: Font = Font::bold(theme::TICK);
    const SPACE: f64 = 34.0;

    fn new(stage: &Stage<'_>) -> Self {
        let room = stage.style.width - theme::RIGHT - theme::LEFT;
        let mut lines: Vec<Vec<usize>> = vec![Vec::new()];
        let mut taken = 0.0;
        for strategy in 0..stage.labels.strategies.len() {
            let width = Self::FONT.width(&Self::name(stage, strategy)) + Self::SPACE;
            if taken + width > room && taken > 0.0 {
                lines.push(Vec::new());
                taken = 0.0;
            }
            taken += width;
            if let Some(line) = lines.last_mut() {
                line.push(strategy);
            }
        }
        Self {
            height: lines.len() as f64 * Self::FONT.pitch() + 6.0,
            lines,
        }
    }

    fn name(stage: &Stage<'_>, strategy: usize) -> String {
        Self::FONT.shorten(&stage.strategy(strategy), stage.style.part(320.0))
    }

    fn draw(&self, canvas: &mut Canvas, stage: &Stage<'_>, top: f64) {
        for (number, line) in self.lines.iter().enumerate() {
            let baseline = top + number as f64 * Self::FONT.pitch() + 0.76 * Self::FONT.size;
            let mut left = theme::LEFT;
            for &strategy in line {
                let (name, color) = (Self::name(stage, strategy), stage.colors[strategy]);
                let middle = baseline - 0.36 * Self::FONT.size;
                canvas.dot((left + DOT, middle), DOT, Ink::fill(color, 1.0));
                let at = (left + 2.0 * DOT + 5.0, baseline);
                canvas.text(&name, Self::FONT, color, at, Anchor::Start);
                left += Self::FONT.width(&name) + Self::SPACE;
            }
        }
    }
}
