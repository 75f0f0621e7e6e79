//! The hypotheses of a scenario: what was found of each as a dot with its interval, against what it is held against.

use crate::analysis::hypotheses::{
    FoundLimit, Hypotheses, Judged, Repetition, Robustness, Verdict,
};
use crate::chart::form::rows::{Cell, Column, Row, RowChart, RowMarks, Sizes, Slot};
use crate::chart::kit::subject::Subject;
use crate::chart::kit::{
    Axis, Canvas, Data, Figure, Heading, Ink, Style, Told, fill, theme, words,
};
use crate::scenario::Scenario;

/// Most hypotheses that are drawn.
const MOST: usize = 24;
/// Height of a row.
const ROW: f64 = 25.0;
/// Width of the columns of the estimate and of what it is held against.
const COLUMNS: [f64; 2] = [200.0, 116.0];

/// Draws the chart; none of a sweep, whose table tells point by point.
#[must_use]
pub fn draw_hypotheses(scenario: &Scenario, found: &Hypotheses) -> Option<Figure> {
    if scenario.sweep.is_some() || found.all.is_empty() {
        return None;
    }
    let draw = |scenario: &Scenario| vec![draw_rows(scenario, found)];
    let figure = super::super::fitted(scenario, &draw).pop()?;
    Some(figure.about(Subject::Comparison))
}

fn draw_rows(scenario: &Scenario, found: &Hypotheses) -> Figure {
    let style = &Style::new(&scenario.chart_style);
    let shown = &found.all[..found.all.len().min(MOST)];
    let rows: Vec<(Row, Option<&Judged>)> = shown.iter().flat_map(|one| rows(style, one)).collect();
    let (rows, marked): (Vec<Row>, Vec<Option<&Judged>>) = rows.into_iter().unzip();
    let heads = ["hypotheses.estimate", "hypotheses.threshold"].map(|key| style.say(key));
    let columns = heads.into_iter().zip(COLUMNS).map(|(head, width)| Column {
        head,
        color: theme::TEXT,
        width,
        swatch: None,
    });
    let [below, above] = ["hypotheses.below", "hypotheses.above"].map(|key| style.say(key));
    let is_borne_out = found
        .all
        .iter()
        .all(|one| one.verdict == Verdict::Supported);
    let title = match scenario.title.trim() {
        title if is_borne_out && !title.is_empty() => title,
        _ => style.say("hypotheses.title"),
    };
    let left_out = match found.all.len() - shown.len() {
        0 => String::new(),
        _ => fill!(
            style,
            "hypotheses.first",
            shown = shown.len(),
            all = found.all.len()
        ),
    };
    let counts = shown.iter().map(|one| one.estimate.count);
    RowChart {
        style,
        told: Told {
            name: "hypotheses".to_owned(),
            heading: Heading {
                title: title.to_owned(),
                subtitle: style.say("hypotheses.measured").to_owned(),
                caption: vec![
                    words::replicates(style, counts.max().unwrap_or(0), false),
                    style.say("hypotheses.marks").to_owned(),
                    left_out,
                ],
            },
            description: shown
                .iter()
                .map(|one| sentence(style, one))
                .collect::<Vec<_>>()
                .join(" "),
            data: data(shown),
        },
        rows,
        columns: columns.collect(),
        sizes: Sizes {
            pitch: (ROW, ROW),
            ..Sizes::default()
        },
        heads: (
            String::new(),
            format!("← {below}\u{a0}\u{a0}\u{a0}\u{a0}{above} →"),
        ),
        scale: None,
    }
    .draw(&Dots(&marked))
}

/// A hypothesis as a sentence: its verdict, its claim and what was found.
pub fn sentence(style: &Style, one: &Judged) -> String {
    let [mean, low, high, threshold] = [
        one.estimate.mean,
        one.estimate.low,
        one.estimate.high,
        one.threshold,
    ]
    .map(|value| written(style, one, value));
    let verdict = style.say(verdict(one.verdict));
    let claim = one.claim.trim().trim_end_matches('.');
    let told = fill!(
        style,
        "hypotheses.sentence",
        verdict,
        claim,
        mean,
        low,
        high,
        threshold
    );
    let more = one.more.is_finite().then(|| {
        let more = style.texts.grouped(one.more.min(1e9) as u64);
        fill!(style, "hypotheses.more", more)
    });
    let limits = one.limits.iter().map(|limit| limit_in_words(style, limit));
    let all = std::iter::once(told)
        .chain(more)
        .chain(robustness_in_words(style, one))
        .chain(limits);
    all.collect::<Vec<_>>().join(" ")
}

/// Whether a verdict lasts, as a sentence; none where that was not asked for.
fn robustness_in_words(style: &Style, one: &Judged) -> Option<String> {
    let key = match one.robustness()? {
        Robustness::Robust => {
            let count = one.repetitions.len();
            return Some(fill!(style, "hypotheses.robust", count));
        }
        Robustness::Shifted => "hypotheses.shifted",
        Robustness::Fragile => "hypotheses.fragile",
    };
    let told = |one: &&Repetition| {
        let change = style.say(change(one.change));
        format!("{change} ({})", style.say(verdict(one.verdict)))
    };
    let changes: Vec<String> = one.differing().iter().map(told).collect();
    Some(fill!(style, key, changes = changes.join(", ")))
}

/// What a changed market is called: one of [`CHANGES`](crate::analysis::hypotheses::CHANGES).
fn change(name: &str) -> &'static str {
    match name {
        "half_the_customers" => "hypotheses.half_the_customers",
        "ten_times_the_customers" => "hypotheses.ten_times_the_customers",
        "one_dimension_fewer" => "hypotheses.one_dimension_fewer",
        "one_dimension_more" => "hypotheses.one_dimension_more",
        "half_periods" => "hypotheses.half_periods",
        _ => "hypotheses.other_seed",
    }
}

/// Where along a parameter a hypothesis stops holding, as a sentence.
fn limit_in_words(style: &Style, limit: &FoundLimit) -> String {
    let number = |value: f64| style.number().write(value, places(value));
    let (from, to) = (number(limit.tried.0), number(limit.tried.1));
    let name = &limit.name;
    match (limit.holds.map(number), limit.fails.map(number)) {
        (Some(_), None) if limit.is_throughout() => {
            fill!(style, "hypotheses.throughout", name, from, to)
        }
        (Some(holds), None) => fill!(style, "hypotheses.fades", name, from, holds, to),
        (Some(holds), Some(fails)) => fill!(style, "hypotheses.turns", name, from, holds, fails),
        (None, Some(fails)) => fill!(style, "hypotheses.fails", name, from, fails),
        (None, None) => fill!(style, "hypotheses.never", name, from),
    }
}

/// Decimals of a number as people write it.
fn places(value: f64) -> usize {
    let text = value.to_string();
    text.split_once('.')
        .map_or(0, |(_, decimals)| decimals.len())
}

/// The rows of a hypothesis: its own, which has marks, and those of its limits.
fn rows<'a>(style: &Style, one: &'a Judged) -> Vec<(Row, Option<&'a Judged>)> {
    let said = |note: String| {
        let row = Row {
            note,
            ..Row::default()
        };
        (row, None)
    };
    let limits = one.limits.iter();
    let limits = limits.map(|limit| limit_in_words(style, limit));
    let notes = robustness_in_words(style, one).into_iter().chain(limits);
    let own = std::iter::once((row(style, one), Some(one)));
    own.chain(notes.map(said)).collect()
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Supported => "hypotheses.supported",
        Verdict::Refuted => "hypotheses.refuted",
        Verdict::Undecided => "hypotheses.undecided",
    }
}

/// A number with as many decimals as the interval bears.
fn written(style: &Style, one: &Judged, value: f64) -> String {
    let decimals = words::decimals(one.estimate.mean, one.estimate.reach());
    match value.is_nan() {
        true => "–".to_owned(),
        false => style.number().write(value, decimals),
    }
}

fn row(style: &Style, one: &Judged) -> Row {
    let number = |value: f64| written(style, one, value);
    let estimate = match one.estimate.low.is_finite() {
        true => format!(
            "{} [{}, {}]",
            number(one.estimate.mean),
            number(one.estimate.low),
            number(one.estimate.high)
        ),
        false => number(one.estimate.mean),
    };
    Row {
        name: style.say(verdict(one.verdict)).to_owned(),
        color: Some(color(one.verdict)),
        group: one.claim.trim().to_owned(),
        note: match one.estimate.mean.is_nan() {
            true => style.say("hypotheses.missing").to_owned(),
            false => String::new(),
        },
        cells: vec![
            Cell {
                bold: one.verdict != Verdict::Undecided,
                ..Cell::plain(estimate)
            },
            Cell::plain(number(one.threshold)),
        ],
    }
}

fn color(verdict: Verdict) -> plotters::style::RGBColor {
    match verdict {
        Verdict::Supported => theme::SURPLUS,
        Verdict::Refuted => theme::FIRMS[4],
        Verdict::Undecided => theme::QUIET,
    }
}

fn data(shown: &[Judged]) -> Data {
    let mut data = Data::new(&["claim", "verdict", "threshold", "mean", "low", "high"]);
    for one in shown {
        let verdict = one.verdict.name();
        let Judged {
            claim,
            estimate,
            threshold,
            ..
        } = one;
        data.push(&[
            claim,
            &verdict,
            threshold,
            &estimate.mean,
            &estimate.low,
            &estimate.high,
        ]);
    }
    data
}

/// Each hypothesis on a scale of its own, with what it is held against in the middle.
struct Dots<'a>(&'a [Option<&'a Judged>]);

impl RowMarks for Dots<'_> {
    fn axis(&self, (left, right): (f64, f64)) -> Axis {
        Axis::exact(-1.0, 1.0, 2, (left + 12.0, right - 12.0))
    }

    fn draw(&self, canvas: &mut Canvas, x: &Axis, slot: Slot) {
        let Some(one) = self.0[slot.row] else {
            return;
        };
        let ends = [one.estimate.mean, one.estimate.low, one.estimate.high];
        let sizes = ends.map(|end| (end - one.threshold).abs());
        let reach = sizes.into_iter().filter(|size| size.is_finite());
        let reach = reach.fold(0.0, f64::max);
        let reach = if reach > 0.0 { reach } else { 1.0 };
        let at = |value: f64| (x.at((value - one.threshold) / reach), slot.middle());
        let color = color(one.verdict);
        if one.estimate.low.is_finite() && one.estimate.high.is_finite() {
            let ink = Ink::stroke(color, 1.8);
            canvas.line(at(one.estimate.low), at(one.estimate.high), ink);
        }
        canvas.dot(at(one.estimate.mean), 4.6, Ink::fill(color, 1.0));
        if one.verdict == Verdict::Undecided {
            canvas.dot(at(one.estimate.mean), 2.8, Ink::fill(theme::PAPER, 1.0));
        }
    }
}
