//! What comes back of a head start: the total effect over the direct one, and the lead in share.

use crate::analysis::Estimate;
use crate::analysis::feedback::{Feedback, Feedbacks};
use crate::analysis::trend::{Trend, Verdict};
use crate::chart::form::curve::{Area, Curve};
use crate::chart::form::panel::Panel;
use crate::chart::form::time::TimeChart;
use crate::chart::kind::analyses::{Among, Drawn, numbered};
use crate::chart::kind::focal;
use crate::chart::kit::{Figure, Heading, Range, Style, fill, theme, words};
use crate::scenario::{FeedbackOutcome, Scenario};

impl Drawn for Feedbacks {
    fn draw(&self, scenario: &Scenario, among: &Among<'_>) -> Vec<Figure> {
        let name = numbered("feedback", among.number);
        let one = |found: &Feedback| {
            let name = match self.all.len() {
                1 => name.clone(),
                _ => format!("{name}-from-{}", found.question.period),
            };
            draw_feedback(scenario, found, name)
        };
        self.all.iter().map(one).collect()
    }
}

/// Draws the chart under a name, which is the stem of its files.
fn draw_feedback(scenario: &Scenario, found: &Feedback, name: String) -> Figure {
    let style = &Style::new(&scenario.chart_style);
    let asked = &found.question;
    let heading = heading(style, scenario, found);
    let series = FeedbackSeries::of(found);
    let color = focal::color(style, scenario, &asked.firm);
    let panels = panels(style, found, &series, color);
    let periods = (asked.period, asked.periods);
    TimeChart::after_head_start(style, name, heading, periods, panels).draw()
}

/// The lines of the chart.
struct FeedbackSeries {
    direct: Vec<Estimate>,
    total: Vec<Estimate>,
    lead: Vec<Estimate>,
}

impl FeedbackSeries {
    fn of(found: &Feedback) -> Self {
        let steps = || found.course.iter();
        Self {
            direct: steps().map(|step| step.direct).collect(),
            total: steps().map(|step| step.total).collect(),
            lead: steps().map(|step| step.lead).collect(),
        }
    }
}

fn panels<'a>(
    style: &Style,
    found: &Feedback,
    series: &'a FeedbackSeries,
    color: plotters::style::RGBColor,
) -> Vec<Panel<'a>> {
    let any = Range::ANY.with_zero();
    let curve = |key: &str, series, color| Curve::plain(style.say(key), series, color);
    let effects = vec![
        curve("feedback.total", &series.total, color),
        curve("feedback.direct", &series.direct, theme::QUIET),
    ];
    let pairs = series.direct.iter().zip(&series.total);
    let factor = found.factor();
    let back = Area {
        name: style.say("feedback.back").to_owned(),
        value: if factor.mean.is_finite() {
            format!("×{}", style.number().write(factor.mean, 1))
        } else {
            String::new()
        },
        edges: pairs
            .map(|(direct, total)| (direct.mean, total.mean))
            .collect(),
        color,
    };
    let lead = Curve::plain(&style.label(&found.question.firm), &series.lead, color);
    let lead_title = style.say("feedback.lead_panel");
    vec![
        Panel {
            areas: vec![back],
            ..Panel::new(style.say("feedback.panel"), effects, style.number(), any)
        },
        Panel::new(lead_title, vec![lead], style.percent(), any),
    ]
}

fn heading(style: &Style, scenario: &Scenario, found: &Feedback) -> Heading {
    let asked = &found.question;
    let firm = style.label(&asked.firm);
    let outcome = style.say(match asked.outcome {
        FeedbackOutcome::ValueCreated => "feedback.value_created",
        FeedbackOutcome::Profit => "feedback.profit",
    });
    let observations = if asked.observations.fract() == 0.0 {
        style.count("observation", asked.observations as u64)
    } else {
        let count = style.number().write(asked.observations, 2);
        fill!(style, "count.observation.many", count)
    };
    Heading {
        title: title(style, &firm, found),
        subtitle: fill!(
            style,
            "feedback.measured",
            outcome,
            firm,
            observations,
            period = asked.period
        ),
        caption: vec![
            words::replicates(style, found.replicates(), true),
            interval(style, found.factor()),
            parts(style, found),
            lead(style, &found.lead),
            words::scenario_title(style, &scenario.title),
        ],
    }
}

fn title(style: &Style, firm: &str, found: &Feedback) -> String {
    let factor = found.factor();
    if found.replicates() < 2 {
        return fill!(style, "feedback.one_replicate", firm);
    }
    if !factor.mean.is_finite() {
        return fill!(style, "feedback.nothing", firm);
    }
    if !found.is_told() {
        return fill!(style, "feedback.unclear", firm);
    }
    let what = style.say(match found.question.outcome {
        FeedbackOutcome::ValueCreated => "feedback.value",
        FeedbackOutcome::Profit => "feedback.earned",
    });
    let factor = style.number().write(factor.mean, 1);
    fill!(style, "feedback.factor", what, factor)
}

/// The interval of the factor.
fn interval(style: &Style, factor: Estimate) -> String {
    if !factor.low.is_finite() {
        return String::new();
    }
    let [low, high] = [factor.low, factor.high].map(|end| style.number().write(end, 1));
    fill!(style, "feedback.interval", low, high)
}

/// Who the total effect is due to.
fn parts(style: &Style, found: &Feedback) -> String {
    let whole = found.at_home.mean + found.others.mean;
    let is_told = found.at_home.low > 0.0 && found.others.low > 0.0;
    if !is_told || whole <= 0.0 {
        return String::new();
    }
    let part = |part: Estimate| style.percent().write(part.mean / whole, 0);
    fill!(
        style,
        "feedback.parts",
        at_home = part(found.at_home),
        others = part(found.others)
    )
}

/// What becomes of the lead.
fn lead(style: &Style, trend: &Trend) -> String {
    let key = match trend.verdict {
        Verdict::Compounds => "feedback.compounds",
        Verdict::Keeps => "feedback.keeps",
        Verdict::Dissipates => "feedback.fades",
        Verdict::Undecided => return style.say("feedback.undecided").to_owned(),
        Verdict::NoEffect => return style.say("feedback.no_lead").to_owned(),
    };
    let [ratio, low, high] =
        [trend.ratio.mean, trend.ratio.low, trend.ratio.high].map(|x| style.number().write(x, 2));
    fill!(
        style,
        key,
        ratio,
        low,
        high,
        late_from = trend.late.0,
        late_to = trend.late.1,
        early_from = trend.early.0,
        early_to = trend.early.1
    )
}
