//! One or two axes on a grid: a word at every point, such as whether a lead compounds there, as a map of colours.

use plotters::style::RGBColor;

use super::beside::{BesideEntry, BesideKey};
use super::cells::Cells;
use super::description::plain;
use super::lead::{draw_decided, draw_stripes};
use super::leader::{APART, KEY};
use super::leaders::points_in_words;
use super::stage::Stage;
use crate::chart::form::grid::{CellPlace, GridCells, GridChart, draw_empty};
use crate::chart::kind::cast::Actor;
use crate::chart::kit::{Canvas, Data, Entry, Figure, Ink, Point, Style, Told, fill, theme, words};

/// What grows, what lasts and what goes.
const GROWS: RGBColor = RGBColor(24, 62, 121);
const LASTS: RGBColor = RGBColor(142, 196, 214);
const GOES: RGBColor = RGBColor(191, 115, 34);

/// The words that kinds of analyses share, in the order of the key.
const KNOWN: [&str; 7] = [
    "compounds",
    "keeps",
    "fades",
    "dissipates",
    "undecided",
    "no_effect",
    "none",
];

/// How a cell shows its word.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Fill {
    /// In a colour.
    Color(RGBColor),
    /// Striped: it is open which.
    Open,
    /// Struck through: there is nothing.
    Nothing,
}

/// The maps, and their key.
struct VerdictMaps<'a> {
    stage: &'a Stage<'a>,
    cells: Cells,
    shown: Vec<&'a Actor>,
    /// Every word that occurs, with how it is shown.
    words: Vec<(String, Fill)>,
    key: BesideKey<Fill>,
}

/// Draws the chart.
#[must_use]
pub fn draw(stage: &Stage<'_>) -> Figure {
    let style = &stage.style;
    let shown: Vec<&Actor> = stage.cast.iter().filter(|actor| actor.leads).collect();
    let words = found_words(stage, &shown);
    let key = BesideKey::new(entries(stage, &shown, &words), style.part(KEY));
    let maps = VerdictMaps {
        stage,
        cells: Cells::new(stage),
        shown,
        words,
        key,
    };
    let named = |actor: &&Actor| match maps.shown.len() {
        1 => (String::new(), theme::INK),
        _ => (actor.name.clone(), actor.ink()),
    };
    let title = fill!(
        style,
        "sweep.title",
        outcome = stage.outcome.title,
        axes = stage.by()
    );
    let subtitle = match maps.shown[..] {
        [only] if !stage.series[only.firm].firm.is_empty() => {
            format!(
                "{}: {}",
                only.name,
                words::first_small(&stage.outcome.measured)
            )
        }
        _ => stage.outcome.measured.clone(),
    };
    GridChart {
        style,
        told: Told {
            name: stage.name.clone(),
            heading: stage.heading_of(false, title, subtitle, false, Vec::new()),
            description: maps.key.description(),
            data: data(stage),
        },
        maps: maps.shown.iter().map(named).collect(),
        columns: maps.cells.columns.clone(),
        rows: maps.cells.rows.clone(),
        scale: None,
        beside: style.part(KEY) + APART,
        tall: &|_| (maps.key.height(), f64::INFINITY),
    }
    .draw(&maps)
}

/// The words that occur, those that kinds share first, then the most frequent.
fn found_words(stage: &Stage<'_>, shown: &[&Actor]) -> Vec<(String, Fill)> {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for word in all_words(stage, shown).flatten() {
        match counts.iter_mut().find(|(known, _)| *known == word) {
            Some((_, count)) => *count += 1,
            None => counts.push((word, 1)),
        }
    }
    let rank = |word: &str| KNOWN.iter().position(|known| *known == word);
    counts.sort_by_key(|(word, count)| (rank(word).unwrap_or(0), std::cmp::Reverse(*count)));
    let mut own = (0..).map(|slot: usize| theme::FIRMS[slot % theme::FIRMS.len()]);
    let fill = |word: &str| match word {
        "compounds" => Fill::Color(GROWS),
        "keeps" => Fill::Color(LASTS),
        "fades" | "dissipates" => Fill::Color(GOES),
        "undecided" => Fill::Open,
        "no_effect" | "none" => Fill::Nothing,
        other => {
            // all who play the same have its colour
            let strategy = other.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
            let mut presets = theme::EXPERIENCES.iter();
            let preset = presets.find(|(preset, _)| *preset == strategy);
            Fill::Color(preset.map_or_else(
                || {
                    own.find(|color| theme::EXPERIENCES.iter().all(|(_, of)| of != color))
                        .unwrap_or(theme::INK)
                },
                |(_, color)| *color,
            ))
        }
    };
    let mut fill = fill;
    counts
        .into_iter()
        .map(|(word, _)| (word.to_owned(), fill(word)))
        .collect()
}

/// The word at every point of every map; none where there is none.
fn all_words<'a>(
    stage: &'a Stage<'_>,
    shown: &[&'a Actor],
) -> impl Iterator<Item = Option<&'a str>> {
    let word = |actor: &'a Actor| {
        let series = &stage.series[actor.firm];
        let points = stage.results.points.iter();
        points.map(|point| series.word(point, stage.outcome.shown))
    };
    shown.iter().copied().flat_map(word)
}

/// A word as an audience reads it.
fn said(style: &Style, word: &str) -> String {
    if KNOWN.contains(&word) {
        style.say(&format!("figures.verdicts.{word}")).to_owned()
    } else {
        word.to_owned()
    }
}

/// Every word, and at how many points it holds.
fn entries(
    stage: &Stage<'_>,
    shown: &[&Actor],
    words: &[(String, Fill)],
) -> Vec<BesideEntry<Fill>> {
    let style = &stage.style;
    let all = all_words(stage, shown).count();
    let points = points_in_words(style, all);
    let entry = |(word, fill): &(String, Fill)| {
        let own = all_words(stage, shown).filter(|found| *found == Some(word));
        BesideEntry {
            mark: *fill,
            name: words::first_large(&said(style, word)),
            color: match fill {
                Fill::Color(color) if *color != LASTS => *color,
                _ => theme::INK,
            },
            remark: fill!(style, "leader.of_points", count = own.count(), points),
        }
    };
    words.iter().map(entry).collect()
}

/// A row for every point and map: values of the axes, and the word.
fn data(stage: &Stage<'_>) -> Data {
    let keys = stage.results.axes.iter().map(|axis| axis.key.as_str());
    let columns: Vec<&str> = keys.chain(["firm", "verdict"]).collect();
    let mut data = Data::new(&columns);
    for point in &stage.results.points {
        for actor in &stage.cast {
            let mut row: Vec<String> = point.values.iter().map(plain).collect();
            let word = stage.series[actor.firm].word(point, stage.outcome.shown);
            row.extend([actor.name.clone(), word.unwrap_or_default().to_owned()]);
            let entries: Vec<&dyn Entry> = row.iter().map(|entry| entry as &dyn Entry).collect();
            data.push(&entries);
        }
    }
    data
}

impl GridCells for VerdictMaps<'_> {
    fn draw(&self, canvas: &mut Canvas, place: CellPlace, from: Point, to: Point) {
        let series = &self.stage.series[self.shown[place.map].firm];
        let point = self.cells.point(place);
        let point = point.map(|point| &self.stage.results.points[point]);
        let word = point.and_then(|point| series.word(point, self.stage.outcome.shown));
        let found = self
            .words
            .iter()
            .find(|(known, _)| Some(known.as_str()) == word);
        paint(
            canvas,
            &found.map_or(Fill::Nothing, |(_, fill)| *fill),
            from,
            to,
        );
    }

    fn draw_beside(&self, canvas: &mut Canvas, (left, top): Point) {
        self.key.draw(canvas, (left + APART, top), paint);
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "as fills are handed over"
)]
fn paint(canvas: &mut Canvas, fill: &Fill, from: Point, to: Point) {
    match *fill {
        Fill::Color(color) => draw_decided(canvas, color, from, to),
        Fill::Nothing => draw_empty(canvas, from, to),
        Fill::Open => {
            canvas.rectangle(from, to, Ink::fill(theme::GRID, 0.45));
            draw_stripes(canvas, theme::QUIET, from, to);
        }
    }
}
