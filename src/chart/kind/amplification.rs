//! What becomes of a head start: what it adds in each period, and in all.

use crate::analysis::Estimate;
use crate::analysis::amplification::{Amplification, Verdict};
use crate::analysis::trend::Trend;
use crate::chart::form::curve::Curve;
use crate::chart::form::panel::Panel;
use crate::chart::form::time::TimeChart;
use crate::chart::kind::analyses::{Among, Drawn, numbered};
use crate::chart::kind::focal;
use crate::chart::kit::{Figure, Heading, Range, Style, fill, theme, words};
use crate::scenario::{AmplifiedOutcome, Scenario};

impl Drawn for Amplification {
    fn draw(&self, scenario: &Scenario, _: &Among<'_>) -> Vec<Figure> {
        vec![draw_amplification(scenario, self)]
    }
}

/// Draws the chart; a scenario's first analysis is named `amplification`, others have their number behind it.
#[must_use]
pub fn draw_amplification(scenario: &Scenario, found: &Amplification) -> Figure {
    let style = &Style::new(&scenario.chart_style);
    let asked = &found.question;
    let name = numbered("amplification", asked.analysis);
    let heading = heading(style, scenario, found);
    let series = AmplifiedSeries::of(found);
    let color = focal::color(style, scenario, &asked.firm);
    let panels = panels(style, found, &series, color);
    let periods = (asked.period, asked.periods);
    TimeChart::after_head_start(style, name, heading, periods, panels).draw()
}

/// The lines of the chart.
struct AmplifiedSeries {
    gain: Vec<Estimate>,
    total: Vec<Estimate>,
    /// What the total would be had every period been like the early ones; empty where the total is no multiple of these.
    steady: Vec<Estimate>,
}

impl AmplifiedSeries {
    fn of(found: &Amplification) -> Self {
        let steps = found.course.iter();
        let is_known = found.trend.ratio.mean.is_finite();
        let early = f64::from(found.trend.early.1 - found.trend.early.0) + 1.0;
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
    series: &'a AmplifiedSeries,
    color: plotters::style::RGBColor,
) -> Vec<Panel<'a>> {
    let name = style.label(&found.question.firm);
    let line = |series: &'a [Estimate]| Curve::plain(&name, series, color);
    let steady = Curve {
        dashes: theme::DASHES[4],
        ..Curve::plain(
            style.say("amplification.steady"),
            &series.steady,
            theme::QUIET,
        )
    };
    let is_known = !series.steady.is_empty();
    let early = found.trend.early.1 - found.trend.early.0 + 1;
    let total = if is_known {
        fill!(style, "amplification.multiple", count = early)
    } else {
        style.say("amplification.total").to_owned()
    };
    let format = match found.question.outcome {
        AmplifiedOutcome::Share => style.percent(),
        _ => style.number(),
    };
    let panel =
        |title: &str, curves, format| Panel::new(title, curves, format, Range::ANY.with_zero());
    let mut totals = vec![line(&series.total)];
    if is_known {
        totals.insert(0, steady);
    }
    let per_period = style.say("amplification.per_period");
    vec![
        panel(per_period, vec![line(&series.gain)], format),
        panel(
            &total,
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
        title: title(style, &firm, &found.trend),
        subtitle: fill!(
            style,
            "amplification.measured",
            outcome,
            period = found.question.period
        ),
        caption: vec![
            words::replicates(style, replicates, true),
            basis(style, &found.trend),
            time(style, &found.trend),
            linear(style, found),
            words::scenario_title(style, &scenario.title),
        ],
    }
}

fn title(style: &Style, firm: &str, trend: &Trend) -> String {
    let ratio = trend.ratio.mean;
    let times = style.number().write(ratio, 1);
    let part = style.percent().write(ratio, 0);
    let (key, size) = match trend.verdict {
        Verdict::Compounds => ("amplification.compounds", times),
        Verdict::Keeps => ("amplification.keeps", times),
        Verdict::Dissipates => ("amplification.dissipates", part),
        Verdict::Undecided => ("amplification.undecided", times),
        Verdict::NoEffect => ("amplification.no_effect", times),
    };
    fill!(style, key, firm, ratio = size)
}

/// The interval that the verdict rests on.
fn basis(style: &Style, trend: &Trend) -> String {
    let Trend {
        ratio, early, late, ..
    } = trend;
    if !ratio.low.is_finite() {
        return String::new();
    }
    let write = |value| style.number().write(value, 2);
    fill!(
        style,
        "amplification.interval",
        late_from = late.0,
        late_to = late.1,
        early_from = early.0,
        early_to = early.1,
        ratio = write(ratio.mean),
        low = write(ratio.low),
        high = write(ratio.high)
    )
}

/// Half-life or doubling time.
fn time(style: &Style, trend: &Trend) -> String {
    let time = trend.time;
    if !time.mean.is_finite() {
        return String::new();
    }
    let key = match (trend.verdict, time.high.is_finite()) {
        (Verdict::Compounds, true) => "amplification.doubling",
        (Verdict::Compounds, false) => "amplification.doubling_or_more",
        (_, true) => "amplification.half_life",
        (_, false) => "amplification.half_life_or_more",
    };
    let write = |value| style.number().write(value, 0);
    fill!(
        style,
        key,
        time = write(time.mean),
        low = write(time.low),
        high = write(time.high)
    )
}

/// That the answer is not linear, where it is not.
fn linear(style: &Style, found: &Amplification) -> String {
    let half = found.half_size.mean;
    if found.is_linear != Some(false) {
        return String::new();
    }
    let part = style.percent().write(half / 2.0, 0);
    fill!(style, "amplification.not_linear", part)
}
