//! What becomes of a head start: what it adds in each period, and in all.

use super::across::Across;
use super::axis::Format;
use super::frame::Heading;
use super::panel::{Curve, Panel, Role};
use super::style::Style;
use super::time::{Sheet, TimeChart};
use super::{Figure, focal, theme, words};
use crate::analysis::Estimate;
use crate::analysis::amplification::{Amplification, Finding, Verdict};
use crate::scenario::{AmplifiedOutcome, Scenario};

/// Draws the chart; a scenario's first analysis is named `amplification`, others have their number behind it.
#[must_use]
pub fn draw_amplification(scenario: &Scenario, found: &Amplification) -> Figure {
    let style = &Style::new(&scenario.chart_style);
    let heading = heading(style, scenario, found);
    let series = Series::of(found);
    let color = focal::color(style, scenario, &found.question.firm);
    let name = match found.question.analysis {
        1 => "amplification".to_owned(),
        number => format!("amplification-{number}"),
    };
    TimeChart {
        sheet: Sheet {
            style,
            name: &name,
            across: Across::Periods {
                first: found.question.period,
                count: found.question.periods - found.question.period,
            },
        },
        description: format!("{}. {}", heading.title, heading.caption.join(" ")),
        heading,
        panels: panels(style, found, &series, color),
        events: Vec::new(),
        height: 1.12,
    }
    .draw()
}

/// The lines of the chart.
struct Series {
    gain: Vec<Estimate>,
    total: Vec<Estimate>,
    /// What the total would be had every period been like the early ones; empty where the total is no multiple of these.
    steady: Vec<Estimate>,
}

impl Series {
    fn of(found: &Amplification) -> Self {
        let steps = found.course.iter();
        let is_known = found.finding.ratio.mean.is_finite();
        let early = f64::from(found.finding.early.1 - found.finding.early.0) + 1.0;
        let steady = (1..=found.course.len()).map(|periods| Estimate {
            mean: periods as f64 / early,
            ..Estimate::EMPTY
        });
        Self {
            gain: steps.clone().map(|step| step.gain).collect(),
            total: steps
                .map(|step| {
                    if is_known {
                        step.amplification
                    } else {
                        step.cumulative
                    }
                })
                .collect(),
            steady: if is_known {
                steady.collect()
            } else {
                Vec::new()
            },
        }
    }
}

fn panels<'a>(
    style: &Style,
    found: &Amplification,
    series: &'a Series,
    color: plotters::style::RGBColor,
) -> Vec<Panel<'a>> {
    let line = |series: &'a [Estimate]| Curve {
        name: style.label(&found.question.firm),
        series,
        color,
        dashes: &[],
        places: None,
        role: Role::Main,
    };
    let steady = Curve {
        name: style.say("amplification.steady").to_owned(),
        series: &series.steady,
        color: theme::QUIET,
        dashes: theme::DASHES[4],
        places: None,
        role: Role::Main,
    };
    let is_known = !series.steady.is_empty();
    let early = found.finding.early.1 - found.finding.early.0 + 1;
    let total = if is_known {
        style.fill("amplification.multiple", &[("count", &early)])
    } else {
        style.say("amplification.total").to_owned()
    };
    let format = match found.question.outcome {
        AmplifiedOutcome::Share => style.percent(),
        _ => style.number(),
    };
    let panel = |title: String, curves: Vec<Curve<'a>>, format: Format| Panel {
        title,
        curves,
        format,
        limits: (f64::NEG_INFINITY, f64::INFINITY),
        from_zero: true,
    };
    let per_period = style.say("amplification.per_period").to_owned();
    let mut totals = vec![line(&series.total)];
    if is_known {
        totals.insert(0, steady);
    }
    vec![
        panel(per_period, vec![line(&series.gain)], format),
        panel(
            total,
            totals,
            if is_known { style.number() } else { format },
        ),
    ]
}

fn heading(style: &Style, scenario: &Scenario, found: &Amplification) -> Heading {
    let firm = style.label(&found.question.firm);
    let outcome = style.say(match found.question.outcome {
        AmplifiedOutcome::ValueCreated => "amplification.value_created",
        AmplifiedOutcome::Profit => "amplification.profit",
        AmplifiedOutcome::Transactions => "amplification.transactions",
        AmplifiedOutcome::Share => "amplification.share",
        AmplifiedOutcome::Customers => "amplification.customers",
    });
    let replicates = found.course.last().map_or(0, |step| step.gain.count);
    Heading {
        title: title(style, &firm, &found.finding),
        subtitle: style.fill(
            "amplification.measured",
            &[("outcome", &outcome), ("period", &found.question.period)],
        ),
        caption: vec![
            words::replicates(style, replicates, true),
            basis(style, &found.finding),
            time(style, &found.finding),
            linear(style, &found.finding),
            words::scenario_title(style, &scenario.title),
        ],
    }
}

fn title(style: &Style, firm: &str, finding: &Finding) -> String {
    let ratio = finding.ratio.mean;
    let times = style.number().write(ratio, 1);
    let part = style.percent().write(ratio, 0);
    let (key, size) = match finding.verdict {
        Verdict::Compounds => ("amplification.compounds", times),
        Verdict::Keeps => ("amplification.keeps", times),
        Verdict::Dissipates => ("amplification.dissipates", part),
        Verdict::Undecided => ("amplification.undecided", times),
        Verdict::NoEffect => ("amplification.no_effect", times),
    };
    style.fill(key, &[("firm", &firm), ("ratio", &size)])
}

/// The interval that the verdict rests on.
fn basis(style: &Style, finding: &Finding) -> String {
    let Finding {
        ratio, early, late, ..
    } = finding;
    if !ratio.low.is_finite() {
        return String::new();
    }
    let write = |value| style.number().write(value, 2);
    style.fill(
        "amplification.interval",
        &[
            ("late_from", &late.0),
            ("late_to", &late.1),
            ("early_from", &early.0),
            ("early_to", &early.1),
            ("ratio", &write(ratio.mean)),
            ("low", &write(ratio.low)),
            ("high", &write(ratio.high)),
        ],
    )
}

/// Half-life or doubling time.
fn time(style: &Style, finding: &Finding) -> String {
    let time = finding.time;
    if !time.mean.is_finite() {
        return String::new();
    }
    let key = match (finding.verdict, time.high.is_finite()) {
        (Verdict::Compounds, true) => "amplification.doubling",
        (Verdict::Compounds, false) => "amplification.doubling_or_more",
        (_, true) => "amplification.half_life",
        (_, false) => "amplification.half_life_or_more",
    };
    let write = |value| style.number().write(value, 0);
    style.fill(
        key,
        &[
            ("time", &write(time.mean)),
            ("low", &write(time.low)),
            ("high", &write(time.high)),
        ],
    )
}

/// That the answer is not linear, where it is not.
fn linear(style: &Style, finding: &Finding) -> String {
    let half = finding.half_size.mean;
    if finding.is_linear != Some(false) {
        return String::new();
    }
    let part = style.percent().write(half / 2.0, 0);
    style.fill("amplification.not_linear", &[("part", &part)])
}
