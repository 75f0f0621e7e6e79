//! A calibration: posteriors against the ranges that were searched, what they make against what was observed, and pairs of parameters.

mod pairs;

use self::pairs::draw_pairs;
use super::analyses::{Among, Drawn, numbered};
use crate::analysis::calibration::{
    Calibrated, CalibratedParameter, FittedStatistic, Interval, Told,
};
use crate::chart::form::rows::{Cell, Column, Row, RowChart, RowMarks, Sizes, Slot};
use crate::chart::kit::{
    Axis, Canvas, Data, Figure, Heading, Ink, Style, Told as Words, fill, theme, words,
};
use crate::log::StatisticKind;
use crate::scenario::Scenario;

/// Most statistics that are drawn; the table has all.
const MOST: usize = 80;
/// Heights of rows.
const PITCH: (f64, f64) = (26.0, 44.0);
const FINE: (f64, f64) = (17.0, 17.0);
/// Widths of columns.
const COLUMNS: [f64; 2] = [220.0, 110.0];

impl Drawn for Calibrated {
    fn draw(&self, scenario: &Scenario, among: &Among<'_>) -> Vec<Figure> {
        let style = Style::new(&scenario.chart_style);
        let name = |what: &str| format!("{}-{what}", numbered("calibration", among.place));
        let mut figures = vec![
            draw_posterior(&style, scenario, self, name("posterior")),
            draw_fit(&style, scenario, self, name("fit")),
        ];
        figures.extend(
            (self.parameters.len() > 1).then(|| draw_pairs(&style, scenario, self, name("pairs"))),
        );
        figures
    }
}

/// What a caption says besides: how many points, and that the model cannot make the data, if it is so.
fn caption(style: &Style, scenario: &Scenario, found: &Calibrated, own: &[&str]) -> Vec<String> {
    let mut caption = Vec::new();
    if !found.is_possible {
        let outside: Vec<String> = (found.fit.iter().filter(|one| !one.is_possible()).take(3))
            .map(|one| statistic(style, one))
            .collect();
        caption.push(match outside.is_empty() {
            true => style.say("calibration.far").to_owned(),
            false => fill!(
                style,
                "calibration.impossible",
                statistics = style.list(&outside)
            ),
        });
    }
    caption.extend(own.iter().map(|key| style.say(key).to_owned()));
    caption.push(fill!(
        style,
        "calibration.points",
        count = style.texts.grouped(u64::from(found.samples))
    ));
    caption.push(words::scenario_title(style, &scenario.title));
    caption
}

/// A parameter in words, with the name of what it is of.
fn parameter(style: &Style, path: &str) -> String {
    let parts: Vec<&str> = path.split('.').collect();
    match parts.as_slice() {
        ["populations" | "firms" | "experiences", "*", keys @ ..] => {
            words::parameter(style, &keys.join("."))
        }
        ["populations" | "firms" | "experiences", name, keys @ ..] => {
            format!(
                "{}: {}",
                words::parameter(style, &keys.join(".")),
                style.label(name)
            )
        }
        [_, keys @ ..] if !keys.is_empty() => words::parameter(style, &keys.join(".")),
        _ => path.to_owned(),
    }
}

/// A statistic in words.
fn statistic(style: &Style, one: &FittedStatistic) -> String {
    let what = style.say(key(one.kind));
    let (from, to) = one.over;
    let over = match to {
        0 => format!("{from}+"),
        to if to == from + 1 => from.to_string(),
        to => format!("{from}–{}", to - 1),
    };
    match one.firm.as_str() {
        "" => format!("{what} {over}"),
        firm => format!("{what} {firm} {over}"),
    }
}

/// What a kind of statistic is called.
const fn key(kind: StatisticKind) -> &'static str {
    match kind {
        StatisticKind::Share => "calibration.share",
        StatisticKind::Repeat => "calibration.repeat",
        StatisticKind::RepeatAfter => "calibration.repeat_after",
        StatisticKind::Return => "calibration.return",
        StatisticKind::Frequency => "calibration.frequency",
        StatisticKind::Dispersion => "calibration.dispersion",
        StatisticKind::FirstTime => "calibration.first_time",
        StatisticKind::WithinCustomers => "calibration.within_customers",
        StatisticKind::BetweenCustomers => "calibration.between_customers",
        StatisticKind::Switching => "calibration.switching",
        StatisticKind::RunLength => "calibration.run_length",
        StatisticKind::Survival => "calibration.survival",
        StatisticKind::BegunByFirm => "calibration.begun_by_firm",
    }
}

/// What is said of a parameter.
const fn verdict(told: Told) -> &'static str {
    match told {
        Told::Identified => "calibration.identified",
        Told::Weak => "calibration.weak",
        Told::NotIdentified => "calibration.not_identified",
    }
}

/// An interval as "0.61 [0.55, 0.67]".
fn written(style: &Style, found: &Interval) -> String {
    let (low, high) = found.wide();
    let decimals = words::decimals(found.median(), (high - low) / 2.0);
    let number = |value: f64| style.number().write(value, decimals);
    format!(
        "{} [{}, {}]",
        number(found.median()),
        number(low),
        number(high)
    )
}

fn draw_posterior(style: &Style, scenario: &Scenario, found: &Calibrated, name: String) -> Figure {
    let color = |one: &CalibratedParameter| match one.told() {
        Told::Identified => theme::SURPLUS,
        Told::Weak => theme::PROFIT_LINE,
        Told::NotIdentified => theme::QUIET,
    };
    let mut data = Data::new(&[
        "parameter",
        "prior_from",
        "prior_to",
        "median",
        "low50",
        "high50",
        "low90",
        "high90",
        "predictivity",
        "coverage",
    ]);
    let mut spoken = Vec::new();
    let mut row = |one: &CalibratedParameter| {
        let ((from, to), half, wide) = (one.prior, one.posterior.half(), one.posterior.wide());
        data.push(&[
            &one.path,
            &from,
            &to,
            &one.posterior.median(),
            &half.0,
            &half.1,
            &wide.0,
            &wide.1,
            &one.predictivity,
            &one.coverage,
        ]);
        let told = style.say(verdict(one.told()));
        let name = parameter(style, &one.path);
        spoken.push(format!(
            "{name}: {}, {told}.",
            written(style, &one.posterior)
        ));
        Row {
            name,
            color: Some(color(one)),
            cells: vec![
                Cell {
                    bold: one.told() == Told::Identified,
                    color: color(one),
                    ..Cell::plain(written(style, &one.posterior))
                },
                Cell::plain(told.to_owned()),
            ],
            ..Row::default()
        }
    };
    let rows = found.parameters.iter().map(&mut row).collect();
    let place = |one: &CalibratedParameter| {
        let (from, to) = one.prior;
        let is_log = one.is_log;
        let at = move |value: f64| match is_log {
            true => libm::log(value / from) / libm::log(to / from),
            false => (value - from) / (to - from),
        };
        Marked {
            interval: one.posterior.quantiles.map(at),
            dot: None,
            color: color(one),
        }
    };
    let marks = Marks(found.parameters.iter().map(place).collect());
    let heads = ["calibration.median", "calibration.verdict"];
    RowChart {
        style,
        told: Words {
            name,
            heading: Heading {
                title: style.say("calibration.posterior").to_owned(),
                subtitle: style.say("calibration.posterior_measured").to_owned(),
                caption: caption(style, scenario, found, &["calibration.intervals"]),
            },
            description: spoken.join(" "),
            data,
        },
        rows,
        columns: columns(style, heads),
        sizes: Sizes {
            pitch: PITCH,
            ..Sizes::default()
        },
        heads: (String::new(), style.say("calibration.range").to_owned()),
        scale: None,
    }
    .draw(&marks)
}

fn columns<'a>(style: &'a Style, heads: [&str; 2]) -> Vec<Column<'a>> {
    let column = |(head, width)| Column {
        head: style.say(head),
        color: theme::TEXT,
        width,
        swatch: None,
    };
    heads.into_iter().zip(COLUMNS).map(column).collect()
}

fn draw_fit(style: &Style, scenario: &Scenario, found: &Calibrated, name: String) -> Figure {
    let shown = &found.fit[..found.fit.len().min(MOST)];
    let mut data = Data::new(&[
        "statistic",
        "firm",
        "from",
        "to",
        "observed",
        "median",
        "low90",
        "high90",
        "least",
        "greatest",
    ]);
    for one in shown {
        let (low, high) = one.predictive.wide();
        data.push(&[
            &one.kind.name(),
            &one.firm,
            &one.over.0,
            &one.over.1,
            &one.observed.0,
            &one.predictive.median(),
            &low,
            &high,
            &one.range.0,
            &one.range.1,
        ]);
    }
    let is_off = |one: &FittedStatistic| {
        let (low, high) = one.predictive.wide();
        !(low..=high).contains(&one.observed.0)
    };
    let color = |one: &FittedStatistic| match (one.is_possible(), is_off(one)) {
        (false, _) => theme::FIRMS[4],
        (true, true) => theme::FIRMS[1],
        _ => theme::SURPLUS,
    };
    let row = |one: &FittedStatistic| {
        let (low, high) = one.predictive.wide();
        let decimals = words::decimals(one.predictive.median(), (high - low) / 2.0);
        Row {
            name: statistic(style, one),
            color: Some(theme::TEXT),
            cells: vec![
                Cell::plain(written(style, &one.predictive)),
                Cell {
                    bold: is_off(one),
                    color: color(one),
                    ..Cell::plain(style.number().write(one.observed.0, decimals))
                },
            ],
            ..Row::default()
        }
    };
    let marked = |one: &FittedStatistic| {
        let (least, greatest) = one.range;
        let at = |value: f64| match greatest > least {
            true => ((value - least) / (greatest - least)).clamp(-0.06, 1.06),
            false => 0.5,
        };
        Marked {
            interval: one.predictive.quantiles.map(at),
            dot: Some(at(one.observed.0)),
            color: color(one),
        }
    };
    let off = shown.iter().filter(|one| is_off(one)).count();
    let counted = fill!(style, "calibration.off", off, all = shown.len());
    let mut told = caption(style, scenario, found, &["calibration.fit_marks"]);
    told.insert(0, counted.clone());
    RowChart {
        style,
        told: Words {
            name,
            heading: Heading {
                title: style.say("calibration.fit").to_owned(),
                subtitle: style.say("calibration.fit_measured").to_owned(),
                caption: told,
            },
            description: format!("{}. {counted}", style.say("calibration.fit")),
            data,
        },
        rows: shown.iter().map(row).collect(),
        columns: columns(style, ["calibration.predicted", "calibration.observed"]),
        sizes: Sizes {
            pitch: FINE,
            space: 1.0,
            ..Sizes::default()
        },
        heads: (String::new(), style.say("calibration.any_point").to_owned()),
        scale: None,
    }
    .draw(&Marks(shown.iter().map(marked).collect()))
}

/// A row: quantiles on the scale of the row, 0 to 1, and what was observed.
struct Marked {
    interval: [f64; 5],
    dot: Option<f64>,
    color: plotters::style::RGBColor,
}

/// The range as a pale bar, the intervals as thick and thin lines, the median as a stroke, what was observed as a dot.
struct Marks(Vec<Marked>);

impl RowMarks for Marks {
    fn axis(&self, (left, right): (f64, f64)) -> Axis {
        Axis::exact(0.0, 1.0, 2, (left + 14.0, right - 14.0))
    }

    fn draw(&self, canvas: &mut Canvas, x: &Axis, slot: Slot) {
        let one = &self.0[slot.row];
        let (top, bottom) = slot.bar(0.5, 14.0);
        canvas.rectangle(
            (x.at(0.0), top),
            (x.at(1.0), bottom),
            Ink::fill(theme::GRID, 0.6),
        );
        let [low90, low50, median, high50, high90] = one.interval.map(|place| x.at(place));
        let middle = slot.middle();
        canvas.line(
            (low90, middle),
            (high90, middle),
            Ink::stroke(one.color, 1.8),
        );
        let (upper, lower) = slot.bar(0.34, 9.0);
        canvas.rectangle(
            (low50, upper),
            (high50.max(low50 + 1.0), lower),
            Ink::fill(one.color, 0.75),
        );
        canvas.line(
            (median, top),
            (median, bottom),
            Ink::stroke(theme::INK, 1.6),
        );
        if let Some(dot) = one.dot {
            canvas.dot((x.at(dot), middle), 4.4, Ink::fill(theme::PAPER, 1.0));
            canvas.dot((x.at(dot), middle), 3.4, Ink::fill(theme::INK, 1.0));
        }
    }
}
