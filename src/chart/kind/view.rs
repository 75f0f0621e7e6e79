//! One market as a chart shows it: which firms and periods, in which style and words.

use std::borrow::Cow;

use plotters::style::RGBColor;

use crate::analysis::{Estimate, Fate, Quantity, Results, Series};
use crate::chart::form::across::Across;
use crate::chart::form::curve::{Curve, last_value};
use crate::chart::kind::cast::{
    Actor, MOST, are_distinct, cast_of, experiences_of, final_share, from_below,
};
use crate::chart::kit::{Data, Heading, Style, Told, bounds, fill, words};
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
                Cow::Owned(results.between(from, to))
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

    /// What becomes of a firm in single replicates, in the periods that are shown.
    #[must_use]
    pub fn fate(&self, actor: &Actor) -> &Fate {
        &self.results.fates.firms[actor.firm]
    }

    /// The firms' median shares, with the middle half of all markets as a band.
    #[must_use]
    pub fn medians(&self) -> Vec<Curve<'static>> {
        let curve = |actor: &Actor| {
            let quartiles = |period| self.fate(actor).quartiles(period);
            let estimate = |[low, mean, high]: [f64; 3]| Estimate {
                mean,
                low,
                high,
                ..Estimate::EMPTY
            };
            let at = |period| quartiles(period).map_or(Estimate::EMPTY, estimate);
            let ends = self.fate(actor).median_end();
            Curve {
                series: (0..self.results.periods as usize).map(at).collect(),
                end: ends.filter(|_| self.reaches_end()),
                ..actor.curve(&[])
            }
        };
        from_below(&self.cast).map(curve).collect()
    }

    /// Whether the last period of the run is shown: there, numbers are those of the closing window, as in `summary` and in every text.
    fn reaches_end(&self) -> bool {
        self.first + self.results.periods == self.results.closing.1 + 1
    }

    /// A firm's figure of the closing window; none if the chart does not reach it, or there is none.
    #[must_use]
    pub fn at_end(&self, actor: &Actor, quantity: Quantity) -> Option<f64> {
        let figure = quantity.of_summary(&self.results.firms[actor.firm].summary)?;
        (self.reaches_end() && figure.mean.is_finite()).then_some(figure.mean)
    }

    /// The figure of a series of the market in the closing window, by its place in [`closing`](crate::analysis::MarketResults::closing).
    #[must_use]
    pub fn market_at_end(&self, place: usize) -> Option<f64> {
        let figure = self.results.market.closing[place].mean;
        (self.reaches_end() && figure.is_finite()).then_some(figure)
    }

    /// What the numbers at the ends of lines are, where they are not the last values.
    #[must_use]
    pub fn ends(&self) -> String {
        let (first, last) = self.results.closing;
        if self.reaches_end() && first < last {
            fill!(self.style, "words.ends", first, last)
        } else {
            String::new()
        }
    }

    /// The firms' lines of a quantity; of a crowd, those of its experiences.
    #[must_use]
    pub fn curves(&self, quantity: Quantity) -> Vec<Curve<'_>> {
        let series = |actor: &Actor| Cow::Borrowed(self.series(actor, quantity).as_slice());
        self.curves_of(&series, &|actor| self.at_end(actor, quantity))
    }

    /// The same of any series, with the figures of their ends.
    #[must_use]
    pub fn curves_of<'b>(
        &self,
        series: &dyn Fn(&Actor) -> Cow<'b, [Estimate]>,
        end: &dyn Fn(&Actor) -> Option<f64>,
    ) -> Vec<Curve<'b>> {
        let curve = |actor: &Actor| Curve {
            series: series(actor),
            end: end(actor),
            ..actor.curve(&[])
        };
        let crowd = self.crowd();
        if crowd.is_empty() {
            return from_below(&self.cast).map(curve).collect();
        }
        let of_all = |(experience, color, members): (String, RGBColor, Vec<&Actor>)| {
            let lines: Vec<_> = members.iter().map(|actor| series(actor)).collect();
            let at = |period: usize| range(lines.iter().map(|line| line[period].mean));
            let periods = lines.iter().map(|line| line.len()).min().unwrap_or(0);
            let count = self.style.count("firm", members.len() as u64);
            let ends = range(members.iter().filter_map(|actor| end(actor)));
            Curve {
                series: (0..periods).map(at).collect(),
                end: ends.mean.is_finite().then_some(ends.mean),
                ..Curve::plain(&format!("{experience} ({count})"), &[], color)
            }
        };
        crowd.into_iter().map(of_all).collect()
    }

    /// More firms than colours, by experience, each with its colour; empty where there are not as many, or where experiences do
    /// not tell them apart.
    fn crowd(&self) -> Vec<(String, RGBColor, Vec<&Actor>)> {
        let firm = |actor: &Actor| self.results.firms[actor.firm].name.as_str();
        let names: Vec<&str> = self.cast.iter().map(firm).collect();
        let mut groups: Vec<(String, Vec<&Actor>)> = Vec::new();
        for (actor, experience) in self.cast.iter().zip(experiences_of(self.scenario, &names)) {
            let Some(experience) = experience else {
                return Vec::new();
            };
            match groups.iter_mut().find(|(known, _)| *known == experience) {
                Some((_, members)) => members.push(actor),
                None => groups.push((experience, vec![actor])),
            }
        }
        if self.cast.len() <= MOST || !(2..=MOST).contains(&groups.len()) {
            return Vec::new();
        }
        let names: Vec<&str> = groups.iter().map(|(name, _)| name.as_str()).collect();
        let experiences: Vec<_> = names.iter().map(|name| Some((*name).to_owned())).collect();
        let cast = cast_of(&self.style, &names, &vec![0.0; names.len()], &experiences);
        let groups = groups.into_iter().zip(cast);
        groups
            .map(|((name, members), actor)| (name, actor.color, members))
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
        let is_crowd = with_interval && !self.crowd().is_empty();
        let mut sentences = vec![
            words::replicates(style, results.replicates, with_interval && !is_crowd),
            market(style, scenario, results),
        ];
        if is_crowd {
            sentences.push(style.say("words.crowd").to_owned());
        }
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

    /// Whose means per transaction rest on fewer replicates at the end, those in which the firm still has transactions: "At the end
    /// over the surviving replicates only: coach 12 of 20."
    #[must_use]
    pub fn survivors(&self) -> String {
        let (style, all) = (&self.style, self.results.replicates);
        let left = |actor: &Actor| {
            let summary = &self.results.firms.get(actor.firm)?.summary;
            let count = Quantity::Fit.of_summary(summary)?.count;
            let firm = &actor.name;
            let written = || fill!(style, "words.survives", firm, count, all);
            (0 < count && count < all).then(written)
        };
        let left: Vec<String> = self.cast.iter().filter_map(left).collect();
        let firms = match left.len() {
            0 => return String::new(),
            1..=3 => style.list(&left),
            many => style.count("firm", many as u64),
        };
        fill!(style, "words.survivors", firms)
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
    let names: Vec<&str> = (results.firms.iter())
        .map(|firm| firm.name.as_str())
        .collect();
    if are_distinct(&experiences_of(scenario, &names)) {
        parts.push(style.say("words.one_experience_each").to_owned());
    }
    format!("{}.", parts.join(", "))
}

/// Mean, least and greatest of the values that there are.
fn range(values: impl Iterator<Item = f64>) -> Estimate {
    let known: Vec<f64> = values.filter(|value| value.is_finite()).collect();
    let Some((low, high)) = bounds(known.iter().copied()) else {
        return Estimate::EMPTY;
    };
    Estimate {
        mean: known.iter().sum::<f64>() / known.len() as f64,
        low,
        high,
        count: u32::try_from(known.len()).unwrap_or(u32::MAX),
        ..Estimate::EMPTY
    }
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
    let experiences = experiences_of(scenario, &names);
    let mut actors = cast_of(style, &names, &sizes, &experiences);
    actors.retain(|actor| is_shown(actor.firm));
    actors
}
