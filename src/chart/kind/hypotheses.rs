//! The hypotheses of a scenario: what was found of each as a dot with its interval, against what it is held against.

use crate::analysis::hypotheses::{Hypotheses, Judged, Verdict};
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
    let heads = ["hypotheses.estimate", "hypotheses.threshold"].map(|key| style.say(key));
    let columns = heads.into_iter().zip(COLUMNS).map(|(head, width)| Column {
        head,
        color: theme::TEXT,
        width,
        swatch: None,
    });
    let [below, above] = ["hypotheses.below", "hypotheses.above"].map(|key| style.say(key));
    let title = match scenario.title.trim() {
        "" => style.say("hypotheses.title"),
        title => title,
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
        rows: shown.iter().map(|one| row(style, one)).collect(),
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
    .draw(&Dots(shown))
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
    match one.more.is_finite() {
        true => {
            let more = style.texts.grouped(one.more.min(1e9) as u64);
            format!("{told} {}", fill!(style, "hypotheses.more", more))
        }
        false => told,
    }
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
struct Dots<'a>(&'a [Judged]);

impl RowMarks for Dots<'_> {
    fn axis(&self, (left, right): (f64, f64)) -> Axis {
        Axis::exact(-1.0, 1.0, 2, (left + 12.0, right - 12.0))
    }

    fn draw(&self, canvas: &mut Canvas, x: &Axis, slot: Slot) {
        let one = &self.0[slot.row];
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
