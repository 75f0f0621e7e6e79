//! The interactive charts of the page: what each shows, and where it stands. Its words are in the table `plots` of reports in `src/language/`.

use serde::Serialize;

use super::html::escape;
use super::place::Place;
use super::words::Words;
use crate::analysis::Results;

/// Where in the story a chart stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chapter {
    /// What happened.
    Happened,
    /// Why it happened.
    Why,
    /// What differs in variants.
    Variants,
    /// What would change it.
    Change,
}

/// How a chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A line for each firm over time.
    Firms,
    /// Lines of the whole market over time.
    Market,
    /// For each firm a bar of the parts of value in one period.
    Value,
    /// Each firm's path through cost and willingness to pay.
    Plane,
    /// For each firm the map of tastes at the last moment known by one period.
    Map,
}

/// A chart of the page, without its words.
#[derive(Debug, Clone, Copy)]
pub struct Plot {
    /// Its name on the page, and in the table of texts.
    pub id: &'static str,
    kind: Kind,
    chapter: Chapter,
    /// Columns of `firms`, or series of the market with their colours.
    lines: &'static [(&'static str, &'static str)],
    /// The text of the axis of values, for charts without one of their own.
    unit: &'static str,
    percent: bool,
    signed: bool,
    /// Whether the axis includes zero in any case.
    zero: bool,
    /// Least and greatest value that can be, where there are any.
    limits: [Option<f64>; 2],
}

/// A number between 0 and 1 of each firm.
const FRACTION: Plot = Plot {
    id: "",
    kind: Kind::Firms,
    chapter: Chapter::Why,
    lines: &[],
    unit: "plots.fraction",
    percent: false,
    signed: false,
    zero: false,
    limits: [Some(0.0), Some(1.0)],
};

/// A number of any size and sign.
const AMOUNT: Plot = Plot {
    unit: "plots.amount",
    zero: true,
    limits: [None, None],
    ..FRACTION
};

/// All charts in the order of the page.
const PLOTS: [Plot; 14] = [
    Plot {
        id: "share",
        chapter: Chapter::Happened,
        lines: &[("share", "")],
        percent: true,
        zero: true,
        ..FRACTION
    },
    Plot {
        id: "customers",
        chapter: Chapter::Happened,
        lines: &[("customers", "")],
        limits: [Some(0.0), None],
        ..AMOUNT
    },
    Plot {
        id: "coverage",
        kind: Kind::Market,
        chapter: Chapter::Happened,
        lines: &[("recognized", "quiet"), ("coverage", "ink")],
        percent: true,
        ..FRACTION
    },
    Plot {
        id: "concentration",
        kind: Kind::Market,
        chapter: Chapter::Happened,
        lines: &[("concentration", "ink")],
        ..FRACTION
    },
    Plot {
        id: "surplus",
        kind: Kind::Market,
        chapter: Chapter::Happened,
        lines: &[
            ("consumer_surplus", "surplus"),
            ("producer_surplus", "profit"),
        ],
        ..AMOUNT
    },
    Plot {
        id: "knowledge",
        lines: &[("knowledge", "")],
        ..FRACTION
    },
    Plot {
        id: "population-knowledge",
        lines: &[("population_knowledge", "")],
        ..FRACTION
    },
    Plot {
        id: "map",
        kind: Kind::Map,
        limits: [None, None],
        ..FRACTION
    },
    Plot {
        id: "fit",
        lines: &[("fit", "")],
        ..FRACTION
    },
    Plot {
        id: "value-parts",
        kind: Kind::Value,
        limits: [None, None],
        ..FRACTION
    },
    Plot {
        id: "value-created",
        lines: &[("value_created", "")],
        ..AMOUNT
    },
    Plot {
        id: "advantage",
        lines: &[("competitive_advantage", "")],
        signed: true,
        ..AMOUNT
    },
    Plot {
        id: "plane",
        kind: Kind::Plane,
        ..AMOUNT
    },
    Plot {
        id: "profit",
        lines: &[("cumulative_profit", "")],
        ..AMOUNT
    },
];

/// A chart as the script draws it.
#[derive(Debug, Clone, Serialize)]
pub struct Chart {
    /// Its name on the page.
    id: String,
    /// Of which variant it is, counted from 0; none of the scenario's own charts.
    variant: Option<usize>,
    kind: Kind,
    title: &'static str,
    /// The axis of values.
    unit: &'static str,
    lines: Vec<Line>,
    percent: bool,
    signed: bool,
    zero: bool,
    limits: [Option<f64>; 2],
}

/// A series of a chart: for [`Kind::Firms`] the same of every firm.
#[derive(Debug, Clone, Copy, Serialize)]
struct Line {
    of: &'static str,
    name: &'static str,
    color: &'static str,
}

impl Plot {
    /// A text of its own; empty where it has none of that name.
    fn say(&self, words: Words, name: &str) -> &'static str {
        words.say(&format!("plots.{}.{name}", self.id))
    }

    /// As the script draws it.
    pub fn to_chart(self, words: Words) -> Chart {
        let line = |&(of, color): &(&'static str, &'static str)| Line {
            of,
            name: self.say(words, of),
            color,
        };
        let unit = self.say(words, "unit");
        Chart {
            id: self.id.to_owned(),
            variant: None,
            kind: self.kind,
            title: self.say(words, "title"),
            unit: if unit.is_empty() {
                words.say(self.unit)
            } else {
                unit
            },
            lines: self.lines.iter().map(line).collect(),
            percent: self.percent,
            signed: self.signed,
            zero: self.zero,
            limits: self.limits,
        }
    }

    /// Its title.
    fn title(&self, words: Words) -> &'static str {
        self.say(words, "title")
    }

    /// Whether it shows a series of this name over time.
    pub fn is_of(&self, series: &str) -> bool {
        let known = if series == "hhi" {
            "concentration"
        } else {
            series
        };
        self.is_over_time() && self.lines.iter().any(|(of, _)| *of == known)
    }

    /// Whether it has lines over time.
    pub fn is_over_time(&self) -> bool {
        matches!(self.kind, Kind::Firms | Kind::Market)
    }

    /// The place of a chart of this name, which the script fills.
    pub fn place(&self, words: Words, id: &str) -> String {
        let title = self.title(words);
        let place = Place {
            id,
            heading: "h3",
            title,
            reading: self.say(words, "reading"),
            of: title,
        };
        place.to_html(words)
    }

    /// Places beside each other, each with the name of its chart and with whose it is, which is HTML.
    pub fn places_beside(
        &self,
        words: Words,
        all: impl IntoIterator<Item = (String, String)>,
    ) -> String {
        let title = self.title(words);
        let mut page = format!("<h3>{title}</h3>\n<div class=\"charts beside\">\n");
        for (id, name) in all {
            let place = Place {
                id: &id,
                heading: "h4",
                title: &name,
                reading: "",
                of: &format!("{title}, {name}"),
            };
            page.push_str(&place.to_html(words));
        }
        page + "</div>\n"
    }
}

impl Chart {
    /// The same under another name, of a variant or of the scenario itself.
    pub fn placed(self, id: String, variant: Option<usize>) -> Self {
        Self {
            id,
            variant,
            ..self
        }
    }

    /// Of which variant it is, and the columns that it needs; none of the scenario's own charts.
    pub fn needs(&self) -> Option<impl Iterator<Item = &'static str>> {
        self.variant?;
        Some(self.lines.iter().map(|line| line.of))
    }
}

/// The charts that a run has: without a rival there is neither a contest nor an advantage, and without the table no map.
pub fn plots(results: &Results) -> impl Iterator<Item = Plot> + use<> {
    plots_of(results.firms.len(), !results.map.is_empty())
}

/// The charts of a run of so many firms, with the table of the map or without.
fn plots_of(firms: usize, has_map: bool) -> impl Iterator<Item = Plot> {
    let contests = ["share", "concentration", "advantage"];
    let all = PLOTS.into_iter();
    all.filter(move |plot| firms > 1 || !contests.contains(&plot.id))
        .filter(move |plot| plot.kind != Kind::Map || has_map)
}

/// Name and title of every chart of such a run, and the place that the script fills.
#[cfg(any(feature = "lab", feature = "web"))]
pub fn all_places(words: Words, firms: usize, has_map: bool) -> Vec<[String; 3]> {
    let place = |plot: Plot| {
        let title = plot.title(words).to_owned();
        [plot.id.to_owned(), title, plot.place(words, plot.id)]
    };
    plots_of(firms, has_map).map(place).collect()
}

/// The charts of a run, in the order of the page; with variants, those of each of them as well.
#[must_use]
pub fn charts(words: Words, results: &Results, variants: usize) -> Vec<Chart> {
    let own = plots(results).map(|plot| plot.to_chart(words));
    let compared = compared(results).flat_map(|plot| {
        (0..variants).map(move |variant| {
            let id = beside(&plot, variant);
            plot.to_chart(words).placed(id, Some(variant))
        })
    });
    own.chain(compared).collect()
}

/// The charts that are shown of every variant.
fn compared(results: &Results) -> impl Iterator<Item = Plot> {
    let shown = ["share", "coverage", "fit", "profit"];
    plots(results).filter(move |plot| shown.contains(&plot.id))
}

/// The name of a chart of a variant.
fn beside(plot: &Plot, variant: usize) -> String {
    format!("{}-{variant}", plot.id)
}

/// The places of the charts of variants, which the script fills: those of the same quantity beside each other.
#[must_use]
pub fn side_by_side(words: Words, results: &Results, names: &[&str]) -> String {
    let beside_each_other = |plot: Plot| {
        let all = names.iter().enumerate();
        let all = all.map(|(variant, name)| (beside(&plot, variant), escape(name)));
        plot.places_beside(words, all)
    };
    compared(results).map(beside_each_other).collect()
}

/// The places of a chapter's charts, which the script fills.
#[must_use]
pub fn places(words: Words, results: &Results, chapter: Chapter) -> String {
    let own = plots(results).filter(|plot| plot.chapter == chapter);
    own.map(|plot| plot.place(words, plot.id)).collect()
}
