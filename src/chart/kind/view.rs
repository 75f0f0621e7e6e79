//! One market as a chart shows it: which firms and periods, in which style and words.

use std::borrow::Cow;

use crate::analysis::{Quantity, Results, Series};
use crate::chart::form::across::Across;
use crate::chart::form::curve::{Curve, last_value};
use crate::chart::kind::cast::{
    Actor, cast_of, distinct_experiences, distinct_experiences_of, final_share, from_below,
};
use crate::chart::kit::{Data, Heading, Style, Told, fill, words};
use crate::scenario::{Chart, Scenario};

/// One market about to be drawn.
#[derive(Debug)]
pub struct View<'a> {
    /// How it is drawn.
    pub style: Style,
    /// What was simulated.
    pub scenario: &'a Scenario,
    /// What was found, in the periods that are shown.
    pub results: Cow<'a, Results>,
    /// The firms that are shown, in the order of the results.
    pub cast: Vec<Actor>,
    /// The period with which every series begins.
    pub first: u32,
    /// Name of the figure.
    pub name: String,
    title: &'a str,
    subtitle: &'a str,
}

impl<'a> View<'a> {
    /// What runs from left to right on a chart over time.
    #[must_use]
    pub fn periods(&self) -> Across {
        Across::Periods {
            first: self.first,
            count: self.results.periods,
        }
    }

    /// The whole market, under the words that a chart has of itself.
    #[must_use]
    pub fn whole(name: &str, scenario: &'a Scenario, results: &'a Results) -> Self {
        let style = Style::new(&scenario.chart_style);
        Self {
            cast: cast(&style, scenario, results, &[]),
            style,
            scenario,
            results: Cow::Borrowed(results),
            first: 0,
            name: name.to_owned(),
            title: "",
            subtitle: "",
        }
    }

    /// What a chart of the scenario asks for.
    #[must_use]
    pub fn of(chart: &'a Chart, scenario: &'a Scenario, results: &'a Results) -> Self {
        let whole = Self::whole(chart.kind.name(), scenario, results);
        let last = results.periods.saturating_sub(1);
        let (from, to) = chart.periods.map_or((0, last), |periods| {
            let to = periods.to.unwrap_or(last).min(last);
            (periods.from.min(to), to)
        });
        Self {
            results: if (from, to) == (0, last) {
                Cow::Borrowed(results)
            } else {
                Cow::Owned(between(results, from, to))
            },
            cast: cast(&whole.style, scenario, results, &chart.firms),
            first: from,
            name: if chart.name.is_empty() {
                whole.name
            } else {
                chart.name.clone()
            },
            title: chart.title.trim(),
            subtitle: chart.subtitle.trim(),
            ..whole
        }
    }

    /// A firm's series of a quantity.
    #[must_use]
    pub fn series(&self, actor: &Actor, quantity: Quantity) -> &Series {
        self.results.firms[actor.firm].series(quantity)
    }

    /// The firms' lines of a quantity.
    #[must_use]
    pub fn curves(&self, quantity: Quantity) -> Vec<Curve<'_>> {
        from_below(&self.cast)
            .map(|actor| actor.curve(self.series(actor, quantity)))
            .collect()
    }

    /// What is said of a figure: in the words of the chart, unless the scenario has others. Its numbers are still to come.
    #[must_use]
    pub fn told(
        &self,
        title: &str,
        subtitle: String,
        caption: Vec<String>,
        description: String,
    ) -> Told {
        Told {
            name: self.name.clone(),
            heading: Heading {
                title: first_of(self.title, title),
                subtitle: first_of(self.subtitle, &subtitle),
                caption,
            },
            description,
            data: Data::default(),
        }
    }

    /// What a caption says of the replicates and of who takes part.
    #[must_use]
    pub fn basis(&self, with_interval: bool) -> Vec<String> {
        let Self {
            style,
            scenario,
            results,
            ..
        } = self;
        let mut sentences = vec![
            words::replicates(style, results.replicates, with_interval),
            market(style, scenario, results),
        ];
        let shown = self.cast.len();
        if shown < results.firms.len() && shown > 0 {
            let names: Vec<String> = self.cast.iter().map(|actor| actor.name.clone()).collect();
            let who = if shown <= 4 {
                style.list(&names)
            } else {
                style.count("firm", shown as u64)
            };
            sentences.push(fill!(style, "words.shown", firms = who));
        }
        sentences
    }

    /// ", 5-period mean", or nothing where series are as they are.
    #[must_use]
    pub fn smoothing(&self) -> String {
        let periods = self.results.smoothing;
        if periods > 1 {
            fill!(self.style, "words.smoothing", periods)
        } else {
            String::new()
        }
    }

    /// The scenario's title as part of a caption.
    #[must_use]
    pub fn scenario_title(&self) -> String {
        words::scenario_title(&self.style, &self.scenario.title)
    }

    /// Names the firms that have no line.
    #[must_use]
    pub fn without_values(&self, quantity: Quantity) -> String {
        let silent = self
            .cast
            .iter()
            .filter(|actor| last_value(self.series(actor, quantity)).is_none());
        let names: Vec<String> = silent.map(|actor| actor.name.clone()).collect();
        words::without_values(&self.style, &names)
    }
}

/// Who takes part: "5,000 customers, four firms, one experience each."
fn market(style: &Style, scenario: &Scenario, results: &Results) -> String {
    let mut parts = vec![words::customers(style, scenario)];
    if scenario.populations.len() > 1 {
        let populations = style.count("population", scenario.populations.len() as u64);
        let (customers, populations) = (&parts[0], &populations);
        parts[0] = fill!(style, "words.in_populations", customers, populations);
    }
    parts.push(style.count("firm", results.firms.len() as u64));
    if results.firms.len() > 1 && distinct_experiences(scenario, results).is_some() {
        parts.push(style.say("words.one_experience_each").to_owned());
    }
    format!("{}.", parts.join(", "))
}

/// The first text, or the second where the first is empty.
fn first_of(one: &str, other: &str) -> String {
    if one.is_empty() { other } else { one }.to_owned()
}

/// The firms of these names, or all; each in the colour that it has among all.
fn cast(style: &Style, scenario: &Scenario, results: &Results, chosen: &[String]) -> Vec<Actor> {
    let names: Vec<&str> = results
        .firms
        .iter()
        .map(|firm| firm.name.as_str())
        .collect();
    let is_shown =
        |firm: usize| chosen.is_empty() || chosen.iter().any(|name| *name == names[firm]);
    // those that are asked for lead before any other
    let size = |firm: usize| {
        if is_shown(firm) {
            final_share(results, firm)
        } else {
            f64::NEG_INFINITY
        }
    };
    let sizes: Vec<f64> = (0..names.len()).map(size).collect();
    let experiences = distinct_experiences_of(scenario, &names);
    let mut actors = cast_of(style, &names, &sizes, experiences.as_deref());
    actors.retain(|actor| is_shown(actor.firm));
    actors
}

/// The results of some periods; figures of the closing window stay.
fn between(results: &Results, from: u32, to: u32) -> Results {
    let count = (to - from) as usize + 1;
    let cut = |series: &Series| -> Series {
        let kept = series.iter().skip(from as usize).take(count);
        kept.copied().collect()
    };
    let mut part = results.clone();
    part.periods = to - from + 1;
    for firm in &mut part.firms {
        firm.series = firm.series.iter().map(cut).collect();
    }
    part.map.retain(|frame| (from..=to).contains(&frame.period));
    let market = &mut part.market;
    for series in [
        &mut market.coverage,
        &mut market.recognized,
        &mut market.concentration,
        &mut market.consumer_surplus,
        &mut market.producer_surplus,
    ] {
        *series = cut(series);
    }
    part
}
