//! Payoffs as colours: what one does from above to below, what the others do from left to right.

use std::fmt::Display;

use super::Stage;
use crate::analysis::game::{Shape, Verdict};
use crate::chart::canvas::{Anchor, Canvas, Ink, Point};
use crate::chart::frame::Frame;
use crate::chart::names::NameColumn;
use crate::chart::sweep::scale::{self, Scale};
use crate::chart::text::{ASCENT, Font};
use crate::chart::{Figure, Style, theme};

/// Most strategies whose payoffs are told cell by cell.
const MOST: usize = 12;
/// Most others of equal players, beyond which columns would be too narrow.
const MOST_OTHERS: u32 = 12;
/// Space between two maps, and between names and cells.
const BETWEEN: f64 = 30.0;
const GAP: f64 = 12.0;
/// Least and greatest height of a row.
const ROW: (f64, f64) = (34.0, 76.0);
/// Most lines of a column's name.
const LINES: usize = 3;
/// Width of the bar of colours.
const BAR: f64 = 300.0;

/// A cell: what a player gets who does this while the others do that.
#[derive(Debug, Clone, Copy)]
struct Cell {
    payoff: f64,
    /// Whether nothing else is better against the same others.
    is_best: bool,
    verdict: Verdict,
}

/// One or two maps over the same rows and columns.
pub struct Grid {
    /// What each map shows; empty for a single one.
    titles: Vec<String>,
    rows: Vec<String>,
    columns: Vec<String>,
    row_title: String,
    column_title: String,
    /// Whether columns are strategies, which have colours.
    columns_are_strategies: bool,
    /// By map, row and column.
    cells: Vec<Vec<Vec<Cell>>>,
}

impl Grid {
    /// The maps of a game; none where the game does not fit in a plane.
    pub fn new(stage: &Stage<'_>) -> Option<Self> {
        let strategies = stage.shape.strategies();
        match *stage.shape.roles() {
            [2] if strategies <= MOST => Some(Self::of_two_equals(stage)),
            [1, 1] if strategies <= MOST => Some(Self::of_two(stage)),
            [players] if strategies == 2 && (3..=MOST_OTHERS + 1).contains(&players) => {
                Some(Self::of_equals(stage, players))
            }
            _ => None,
        }
    }

    /// Two equal players: one map, of the payoff of either.
    fn of_two_equals(stage: &Stage<'_>) -> Self {
        let names = stage.strategies();
        let place = |row: usize, column: usize| {
            let mut counts = vec![0; names.len()];
            counts[row] += 1;
            counts[column] += 1;
            (counts, row)
        };
        Self {
            titles: vec![String::new()],
            rows: names.clone(),
            columns: names.clone(),
            row_title: stage.style.say("game.a_firm_offers").to_owned(),
            column_title: stage.style.say("game.rival_offers").to_owned(),
            columns_are_strategies: true,
            cells: vec![cells(stage, names.len(), names.len(), &place)],
        }
    }

    /// Two players who differ: a map for each.
    fn of_two(stage: &Stage<'_>) -> Self {
        let names = stage.strategies();
        let players: Vec<String> = (stage.labels.roles.iter())
            .map(|name| stage.style.label(name))
            .collect();
        let count = names.len();
        let place_of = |role: usize| {
            move |row: usize, column: usize| {
                let mut counts = vec![0; 2 * count];
                counts[row] = 1;
                counts[count + column] = 1;
                (counts, if role == 0 { row } else { count + column })
            }
        };
        Self {
            titles: players
                .iter()
                .map(|name| {
                    let values: [(&str, &dyn Display); 2] =
                        [("outcome", &stage.outcome.title), ("firm", name)];
                    stage.style.fill("game.of_firm", &values)
                })
                .collect(),
            rows: names.clone(),
            columns: names.clone(),
            row_title: format!("↓ {}", offers(stage, &players[0])),
            column_title: offers(stage, &players[1]),
            columns_are_strategies: true,
            cells: [0, 1]
                .map(|role| cells(stage, count, count, &place_of(role)))
                .into(),
        }
    }

    /// Equal players with two strategies: how many of the others play the second.
    fn of_equals(stage: &Stage<'_>, players: u32) -> Self {
        let names = stage.strategies();
        let place = |row: usize, column: usize| {
            let second = column as u32 + row as u32;
            (vec![players - second, second], row)
        };
        Self {
            titles: vec![String::new()],
            rows: names.clone(),
            columns: (0..players).map(|count| count.to_string()).collect(),
            row_title: stage.style.say("game.a_firm_offers").to_owned(),
            column_title: stage.style.fill(
                "game.rivals_offer",
                &[("second", &names[1]), ("first", &names[0])],
            ),
            columns_are_strategies: false,
            cells: vec![cells(stage, 2, players as usize, &place)],
        }
    }
}

/// "acme offers".
fn offers(stage: &Stage<'_>, firm: &str) -> String {
    stage.style.fill("game.firm_offers", &[("firm", &firm)])
}

/// The cells of a map; `place` gives the profile of a cell and the slot whose payoff it shows.
fn cells(
    stage: &Stage<'_>,
    rows: usize,
    columns: usize,
    place: &dyn Fn(usize, usize) -> (Vec<u32>, usize),
) -> Vec<Vec<Cell>> {
    let cell = |row, column| {
        let (counts, slot) = place(row, column);
        cell(stage, stage.shape, &counts, slot)
    };
    (0..rows)
        .map(|row| (0..columns).map(|column| cell(row, column)).collect())
        .collect()
}

fn cell(stage: &Stage<'_>, shape: &Shape, counts: &[u32], slot: usize) -> Cell {
    let judgement = shape
        .find(counts)
        .map(|profile| &stage.game.judgements[profile]);
    let standing = judgement.and_then(|judgement| {
        let mut standings = judgement.standings.iter();
        standings.find(|standing| standing.slot == slot)
    });
    Cell {
        payoff: standing.map_or(f64::NAN, |standing| standing.payoff.mean),
        is_best: standing.is_some_and(|standing| standing.best == shape.of_slot(slot).1),
        verdict: judgement.map_or(Verdict::None, |judgement| judgement.verdict),
    }
}

/// Where everything stands.
struct Layout {
    frame: Frame,
    names: NameColumn,
    left: f64,
    top: f64,
    /// Width and height of a cell.
    cell: (f64, f64),
    /// Width of a map.
    map: f64,
    height: f64,
}

/// Draws the chart.
pub fn draw(stage: &Stage<'_>, grid: &Grid) -> Figure {
    let heading = stage.heading(
        stage
            .style
            .fill("game.payoffs", &[("outcome", &stage.outcome.title)]),
        stage.outcome.measured.clone(),
        also(stage, grid),
    );
    let layout = Layout::new(&stage.style, Frame::new(&stage.style, &heading), grid);
    let scale = scale_of(stage, grid);
    let mut canvas = Canvas::new(&stage.style, layout.height);
    layout.frame.draw(&mut canvas, layout.height);
    layout.draw_key(&mut canvas, stage, grid, &scale);
    for (row, name) in grid.rows.iter().enumerate() {
        let middle = layout.corner(0, row, 0).1 + layout.cell.1 / 2.0;
        let at = (layout.left - GAP, middle);
        layout.names.draw(&mut canvas, name, stage.colors[row], at);
    }
    for map in 0..grid.cells.len() {
        layout.draw_columns(&mut canvas, stage, grid, map);
        layout.draw_cells(&mut canvas, grid, map, &scale);
    }
    canvas
        .finish(&stage.name(""), &heading.title, &stage.description())
        .with_data(stage.data())
}

/// What the marks mean, as far as there are any.
fn also(stage: &Stage<'_>, grid: &Grid) -> Vec<String> {
    let all = || grid.cells.iter().flatten().flatten();
    let has = |verdict| all().any(|cell: &Cell| cell.verdict == verdict);
    let (sure, unsure) = (has(Verdict::Equilibrium), has(Verdict::Undecided));
    let mut keys = vec!["game.dot"];
    if sure {
        keys.push("game.frame");
    }
    if unsure {
        keys.push("game.dashed");
    }
    if !sure && !unsure {
        keys.push("game.nowhere");
    }
    keys.into_iter()
        .map(|key| stage.style.say(key).to_owned())
        .collect()
}

/// The colours of all payoffs.
fn scale_of(stage: &Stage<'_>, grid: &Grid) -> Scale {
    let outcome = &stage.outcome;
    Scale::new(range_of(grid), outcome.limits, false, outcome.format)
}

/// Least and greatest payoff; infinities the wrong way round where none is known.
fn range_of(grid: &Grid) -> (f64, f64) {
    let payoffs = grid
        .cells
        .iter()
        .flatten()
        .flatten()
        .map(|cell| cell.payoff);
    let known = payoffs.filter(|payoff| payoff.is_finite());
    known.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), payoff| {
        (low.min(payoff), high.max(payoff))
    })
}

impl Layout {
    fn new(style: &Style, frame: Frame, grid: &Grid) -> Self {
        let names = NameColumn::new(style, grid.rows.iter().map(String::as_str));
        let left = (theme::LEFT + names.width + GAP).max(style.part(150.0));
        let maps = grid.cells.len() as f64;
        let room = style.width - theme::RIGHT - left - (maps - 1.0) * BETWEEN;
        let map = room / maps;
        let width = map / grid.columns.len().max(1) as f64;
        let heads = grid
            .columns
            .iter()
            .map(|name| column_lines(name, width).len());
        let font = column_font(width);
        let titles = if maps > 1.0 { 24.0 } else { 0.0 };
        let above = 24.0 + titles + heads.max().unwrap_or(1) as f64 * font.pitch() + 6.0;
        let top = frame.above() + scale::HEIGHT + above;
        let rows = grid.rows.len().max(1) as f64;
        let tall = ((style.height - top - frame.below() - 12.0) / rows)
            .clamp(ROW.0, ROW.1)
            .max(names.tallest + 8.0);
        Self {
            left,
            top,
            cell: (width, tall),
            map,
            height: (top + rows * tall + 12.0 + frame.below()).ceil(),
            frame,
            names,
        }
    }

    /// The upper left corner of a cell.
    fn corner(&self, map: usize, row: usize, column: usize) -> Point {
        (
            self.left + map as f64 * (self.map + BETWEEN) + column as f64 * self.cell.0,
            self.top + row as f64 * self.cell.1,
        )
    }

    /// What rows and columns are, and the bar of colours.
    fn draw_key(&self, canvas: &mut Canvas, stage: &Stage<'_>, grid: &Grid, scale: &Scale) {
        let font = Font::regular(theme::TICK);
        let top = self.frame.above();
        // the number at the end of the bar reaches beyond it
        let widest = font.width(&scale.words(range_of(grid).1)) / 2.0 + 4.0;
        let right = stage.style.width - theme::RIGHT - widest.max(16.0);
        let bar = stage.style.part(BAR);
        scale.draw(canvas, (right - bar, right), top);
        let at = (right - bar - 20.0, top + ASCENT * font.size);
        canvas.text(stage.outcome.title, font, theme::TEXT, at, Anchor::End);
        let bold = Font::bold(theme::TICK);
        let baseline = top + scale::HEIGHT + ASCENT * font.size + 2.0;
        let at = (self.left - GAP, baseline);
        let row_title = bold.shorten(&grid.row_title, self.left - GAP - 4.0);
        canvas.text(&row_title, bold, theme::TEXT, at, Anchor::End);
        let room = stage.style.width - theme::RIGHT - self.left;
        let title = bold.shorten(&format!("{} →", grid.column_title), room);
        canvas.text(
            &title,
            bold,
            theme::TEXT,
            (self.left, baseline),
            Anchor::Start,
        );
    }

    /// The names above the columns of a map.
    fn draw_columns(&self, canvas: &mut Canvas, stage: &Stage<'_>, grid: &Grid, map: usize) {
        let font = column_font(self.cell.0);
        if let Some(title) = grid.titles.get(map).filter(|title| !title.is_empty()) {
            let bold = Font::bold(theme::TICK);
            let at = (
                self.corner(map, 0, 0).0,
                self.frame.above() + scale::HEIGHT + 24.0 + ASCENT * bold.size,
            );
            let title = bold.shorten(title, self.map);
            canvas.text(&title, bold, theme::INK, at, Anchor::Start);
        }
        for (column, name) in grid.columns.iter().enumerate() {
            let lines = column_lines(name, self.cell.0);
            let (left, top) = self.corner(map, 0, column);
            let first = top - 9.0 - (lines.len() as f64 - 1.0) * font.pitch();
            let color = if grid.columns_are_strategies {
                stage.colors[column]
            } else {
                theme::TEXT
            };
            let at = (left + self.cell.0 / 2.0, first);
            canvas.lines(&lines, font, color, at, Anchor::Middle);
        }
    }

    fn draw_cells(&self, canvas: &mut Canvas, grid: &Grid, map: usize, scale: &Scale) {
        let font = Font::regular(theme::LABEL);
        let texts = grid.cells.iter().flatten().flatten();
        let texts: Vec<String> = texts.map(|cell| scale.words(cell.payoff)).collect();
        let has_numbers = font.widest(&texts) + 12.0 <= self.cell.0;
        let all = || {
            let rows = grid.cells[map].iter().enumerate();
            rows.flat_map(|(row, cells)| {
                let cells = cells.iter().enumerate();
                cells.map(move |(column, cell)| (row, column, *cell))
            })
        };
        for (row, column, cell) in all() {
            let (left, top) = self.corner(map, row, column);
            let (right, bottom) = (left + self.cell.0, top + self.cell.1);
            let (from, to) = ((left + 0.6, top + 0.6), (right - 0.6, bottom - 0.6));
            if !cell.payoff.is_finite() {
                crate::chart::sweep::matrix::draw_empty(canvas, from, to);
                continue;
            }
            canvas.rectangle(from, to, Ink::fill(scale.color(cell.payoff), 1.0));
            let ink = scale.ink(cell.payoff);
            if cell.is_best {
                canvas.dot((right - 11.0, top + 11.0), 4.0, Ink::fill(ink, 1.0));
            }
            if has_numbers {
                let middle = (
                    f64::midpoint(left, right),
                    f64::midpoint(top, bottom) + 0.36 * font.size,
                );
                let font = Font {
                    bold: cell.is_best,
                    ..font
                };
                canvas.text(&scale.words(cell.payoff), font, ink, middle, Anchor::Middle);
            }
        }
        // frames over the cells beside them
        for (row, column, cell) in all() {
            let corner = self.corner(map, row, column);
            self.draw_frame(canvas, corner, cell.verdict);
        }
    }

    fn draw_frame(&self, canvas: &mut Canvas, (left, top): Point, verdict: Verdict) {
        let inset = 2.0;
        let (left, top) = (left + inset, top + inset);
        let (right, bottom) = (
            left + self.cell.0 - 2.0 * inset,
            top + self.cell.1 - 2.0 * inset,
        );
        let corners = vec![
            (left, top),
            (right, top),
            (right, bottom),
            (left, bottom),
            (left, top),
        ];
        // white below black reads on any colour
        for ink in [Ink::stroke(theme::PAPER, 6.0), Ink::stroke(theme::INK, 3.0)] {
            match verdict {
                Verdict::Equilibrium => canvas.path(corners.clone(), ink),
                Verdict::Undecided => canvas.dashed(corners.clone(), &[9.0, 6.0], ink),
                Verdict::None => {}
            }
        }
    }
}

/// The font of names above columns of that width.
fn column_font(width: f64) -> Font {
    Font::bold(if width < 130.0 {
        theme::CAPTION
    } else {
        theme::TICK
    })
}

/// A column's name in lines; a very long one is shortened in its middle.
fn column_lines(name: &str, width: f64) -> Vec<String> {
    let (font, room) = (column_font(width), width - 8.0);
    let lines = font.wrap_evenly(name, room);
    if lines.len() <= LINES {
        return lines;
    }
    let mut lines = font.wrap(&font.shorten(name, (LINES as f64 - 0.6) * room), room);
    lines.truncate(LINES);
    lines
}
