//! What all charts of a sweep share: the firms with their colours, the outcome, the words around a plot.

use super::outcome::{Outcome, Shown};
use super::series::{Series, series};
use super::wording;
use crate::analysis::{Estimate, Quantity, SweepPoint, SweepResults};
use crate::chart::kind::cast::{Actor, are_distinct, cast_of, experiences_of};
use crate::chart::kit::key::Key;
use crate::chart::kit::{Axis, Heading, Style, Told, bounds, fill, theme, words};
use crate::scenario::{Chart, ChartKind, Scenario};

/// A sweep about to be drawn; it has axes, points and firms.
#[derive(Debug)]
pub struct Stage<'a> {
    /// How it is drawn.
    pub style: Style,
    /// What was swept.
    pub scenario: &'a Scenario,
    /// What was found.
    pub results: &'a SweepResults,
    /// What of it is drawn.
    pub outcome: Outcome,
    /// The firms, in the order of the results; of a figure of an analysis, what it was asked of.
    pub cast: Vec<Actor>,
    /// Name of the figure.
    pub name: String,
    /// What the actors stand for, by their number.
    pub series: Vec<Series>,
    /// What each axis is called.
    pub axes: Vec<String>,
    /// For each firm, how much of the sweep is its own: by this the largest are chosen.
    pub sizes: Vec<f64>,
    has_own_experiences: bool,
    title: String,
    subtitle: String,
}

impl<'a> Stage<'a> {
    /// The chosen firms, or all if none is named; none without axes, points or firms.
    #[must_use]
    pub fn new(
        scenario: &'a Scenario,
        results: &'a SweepResults,
        shown: Shown,
        chosen: &[String],
    ) -> Option<Self> {
        let style = Style::new(&scenario.chart_style);
        let series = series(results, shown);
        if series.is_empty() || results.axes.is_empty() {
            return None;
        }
        let by = series[0].by;
        let outcome = Outcome::of(&style, shown, by);
        let names: Vec<&str> = series.iter().map(|one| one.firm.as_str()).collect();
        // Colours of experiences would mislead where the sweep changes who offers which.
        let changes = |key: &str| key.starts_with("firm") && key.contains("experience");
        let experiences = if results.axes.iter().any(|axis| changes(&axis.key)) {
            vec![None; names.len()]
        } else {
            experiences_of(scenario, &names)
        };
        let mut sizes = sizes(results, &names);
        let is_shown = |firm: usize| chosen.is_empty() || chosen.iter().any(|n| n == names[firm]);
        for (firm, size) in sizes.iter_mut().enumerate() {
            // those that are asked for lead before any other
            if !is_shown(firm) {
                *size = f64::NEG_INFINITY;
            }
        }
        let mut cast = cast_of(&style, &names, &sizes, &experiences);
        cast.retain(|actor| is_shown(actor.firm));
        if cast.is_empty() {
            return None;
        }
        for actor in &mut cast {
            actor.name = series[actor.firm].name(&style, &series, &outcome.title);
        }
        Some(Self {
            scenario,
            results,
            cast,
            name: shown.outcome.stem(shown.statistic),
            axes: results
                .axes
                .iter()
                .map(|axis| wording::axis(&style, axis))
                .collect(),
            sizes,
            has_own_experiences: are_distinct(&experiences),
            title: String::new(),
            subtitle: String::new(),
            outcome,
            series,
            style,
        })
    }

    /// Takes over name and words of a chart of the scenario.
    pub fn ask(&mut self, chart: &Chart) {
        chart.title.trim().clone_into(&mut self.title);
        chart.subtitle.trim().clone_into(&mut self.subtitle);
        if !chart.name.is_empty() {
            self.name.clone_from(&chart.name);
        } else if chart.kind == ChartKind::SweepLeader {
            chart.kind.name().clone_into(&mut self.name);
        }
    }

    /// A firm that is shown, by its number among all.
    #[must_use]
    pub fn actor(&self, firm: usize) -> &Actor {
        let mut shown = self.cast.iter();
        // only firms that are shown are asked for
        shown
            .find(|actor| actor.firm == firm)
            .unwrap_or(&self.cast[0])
    }

    /// The firms with a colour of their own.
    pub fn leaders(&self) -> impl Iterator<Item = &Actor> {
        self.cast.iter().filter(|actor| actor.leads)
    }

    /// The outcome of a firm at a point.
    #[must_use]
    pub fn estimate(&self, actor: &Actor, point: &SweepPoint) -> Estimate {
        self.series[actor.firm].estimate(point, self.outcome.shown)
    }

    /// At how many points a mean rests on fewer replicates than there are, since the firm has no transactions in the others.
    fn survivors(&self) -> String {
        let Some(quantity) = self.outcome.shown.outcome.quantity() else {
            return String::new();
        };
        let rests_on_fewer = |point: &&SweepPoint| {
            let few = |actor: &Actor| {
                let firm = &self.series[actor.firm].firm;
                let all = point.estimate(firm, Quantity::Share).count;
                let count = point.estimate(firm, quantity).count;
                0 < count && count < all
            };
            self.cast.iter().any(few)
        };
        let count = self.results.points.iter().filter(rests_on_fewer).count();
        if count == 0 {
            return String::new();
        }
        let points = self.style.count("point", count as u64);
        fill!(self.style, "words.survivors_at", points)
    }

    /// All outcomes of a firm that are known.
    pub fn known(&self, actor: &Actor) -> impl Iterator<Item = f64> {
        let points = self.results.points.iter();
        let means = points.map(|point| self.estimate(actor, point).mean);
        means.filter(|mean| mean.is_finite())
    }

    /// Least and greatest known outcome of the firms; none where there is none.
    #[must_use]
    pub fn range<'b>(&self, actors: impl Iterator<Item = &'b Actor>) -> Option<(f64, f64)> {
        bounds(actors.flat_map(|actor| self.known(actor)))
    }

    /// What is said of a figure with these words around it.
    #[must_use]
    pub fn told(&self, heading: Heading) -> Told {
        Told {
            name: self.name.clone(),
            heading,
            description: self.description(),
            data: self.data(),
        }
    }

    /// The key to the firms with a colour, and how many others there are, across the sheet.
    #[must_use]
    pub fn key(&self) -> Key {
        let named = self
            .leaders()
            .map(|actor| (actor.name.clone(), actor.color));
        let mut names: Vec<_> = named.collect();
        let others = self.cast.len() - names.len();
        if others > 0 {
            let name = self.style.count("other_firm", others as u64);
            names.push((name, theme::OTHERS));
        }
        Key::new(names, (theme::LEFT, self.style.width - theme::RIGHT))
    }

    /// The words around a plot of the outcome. The scenario's title is that of the main chart, and in the
    /// caption of the others; `also` are more sentences of the caption.
    #[must_use]
    pub fn heading(&self, is_main: bool, with_interval: bool, also: Vec<String>) -> Heading {
        let title = fill!(
            self.style,
            "sweep.title",
            outcome = self.outcome.title,
            axes = self.by()
        );
        let is_main = is_main && self.outcome.shown == Shown::default();
        self.heading_of(
            is_main,
            title,
            self.outcome.measured.clone(),
            with_interval,
            also,
        )
    }

    /// The same with another title, for where the scenario has none, and another subtitle.
    #[must_use]
    pub fn heading_of(
        &self,
        is_main: bool,
        title: String,
        subtitle: String,
        with_interval: bool,
        also: Vec<String>,
    ) -> Heading {
        let found = self.scenario.title.trim();
        let takes_title = is_main && !found.is_empty() && self.title.is_empty();
        let replicates = self.results.replicates;
        let outcome = &self.outcome;
        let mut caption = vec![outcome.replicates(&self.style, replicates, with_interval)];
        caption.push(self.market());
        caption.extend(also);
        caption.push(self.without_values());
        caption.push(self.survivors());
        if !takes_title {
            caption.push(words::scenario_title(&self.style, found));
        }
        Heading {
            title: match (self.title.as_str(), takes_title) {
                ("", true) => found.to_owned(),
                ("", false) => title,
                (own, _) => own.to_owned(),
            },
            subtitle: if self.subtitle.is_empty() {
                subtitle
            } else {
                self.subtitle.clone()
            },
            caption,
        }
    }

    /// The pixels of an axis of numbers. It is logarithmic where positive values span more than two
    /// decades; values that were drawn from a range must also lie more evenly that way, since one of
    /// them may be next to nothing by chance.
    #[must_use]
    pub fn axis(&self, number: usize, count: usize, pixels: (f64, f64)) -> Axis {
        let points = self.results.points.iter();
        let mut values: Vec<f64> = points
            .filter_map(|point| point.values.get(number)?.number())
            .collect();
        values.sort_by(f64::total_cmp);
        let (Some(&low), Some(&high)) = (values.first(), values.last()) else {
            return Axis::exact(0.0, 1.0, count, pixels);
        };
        if low == high {
            return Axis::of_one(low, pixels);
        }
        let is_wide = low > 0.0 && high / low > 100.0 * (1.0 + 1e-9);
        let middle = values[values.len() / 2];
        let linear = (middle - low) / (high - low);
        let by_ratio = libm::log(middle / low) / libm::log(high / low);
        let is_drawn = self.results.axes[number].values.is_empty();
        if is_wide && (!is_drawn || (by_ratio - 0.5).abs() < (linear - 0.5).abs()) {
            Axis::logarithmic(low, high, count, pixels)
        } else {
            Axis::exact(low, high, count, pixels)
        }
    }

    /// The names of the axes, or how many there are, for a title.
    pub fn by(&self) -> String {
        let lowered: Vec<String> = self
            .axes
            .iter()
            .map(|name| words::first_small(name))
            .collect();
        match lowered.len() {
            1 | 2 => self.style.list(&lowered),
            many => self.style.count("parameter", many as u64),
        }
    }

    /// Who takes part, as far as it is the same at all points.
    fn market(&self) -> String {
        let changes = |part: &str| {
            let mut axes = self.results.axes.iter();
            axes.any(|axis| axis.key.ends_with(part))
        };
        let mut parts = Vec::new();
        if !changes("customers") {
            parts.push(words::customers(&self.style, self.scenario));
        }
        if !changes("count") {
            let firms = self.results.firms().len();
            parts.push(self.style.count("firm", firms as u64));
        }
        if self.has_own_experiences {
            parts.push(self.style.say("words.one_experience_each").to_owned());
        }
        if parts.is_empty() {
            return String::new();
        }
        let mut sentence = words::first_large(&parts.join(", "));
        sentence.push('.');
        sentence
    }

    /// Whether a firm has a value or a word anywhere.
    fn is_known(&self, actor: &Actor) -> bool {
        let series = &self.series[actor.firm];
        let has_word = |point| series.word(point, self.outcome.shown).is_some();
        self.known(actor).next().is_some() || self.results.points.iter().any(has_word)
    }

    /// Names the firms that have a value nowhere.
    fn without_values(&self) -> String {
        let silent = self.cast.iter().filter(|actor| !self.is_known(actor));
        let names: Vec<String> = silent.map(|actor| actor.name.clone()).collect();
        words::without_values(&self.style, &names)
    }
}

/// Share of the points that a firm leads, and its mean share.
fn sizes(results: &SweepResults, names: &[&str]) -> Vec<f64> {
    let mut sizes = vec![0.0; names.len()];
    for point in &results.points {
        let shares: Vec<f64> = names
            .iter()
            .map(|name| point.estimate(name, Quantity::Share).mean)
            .collect();
        let most = shares.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        for (size, share) in sizes.iter_mut().zip(shares) {
            if share.is_finite() {
                *size += share + f64::from(u8::from(share == most));
            }
        }
    }
    sizes
}
