//! Results become figures: SVG documents, and PNGs made from them.
//!
//! # Architecture
//!
//! - [`Style`] is how a chart looks and speaks: theme, size and language, from the scenario's `chart_style`.
//! - [`draw`] makes one [`Figure`] of a [`ChartKind`]; there is one file per kind. [`draw_sensitivity`] makes
//!   one of a sensitivity analysis, [`draw_game`] those of a game,
//!   [`draw_sources`] those of sources of advantage, [`draw_comparison`] one of two runs, [`sweep`] those of a sweep.
//! - `view` is one market as a chart shows it: firms, periods, and words that the scenario chose.
//! - `theme` holds all sizes, colours and fonts, and what a medium changes in them; `language` holds all words; `cast` gives each firm the same colour in all charts.
//! - `frame` sets the words around a plot; `time` stacks panels over time, which `panel` and `lines`
//!   draw, and over what else `across` knows; `parts` draws stacked bars, `names` what stands before bars; `axis` finds round numbers and `ticks` draws them; `labels` places names where lines end
//!   and `places` beside points; `events` marks entries and interventions.
//! - `canvas` turns shapes into SVG (through plotters), `marker` draws what stands for colours where there are none, `data` holds the
//!   numbers of a figure, `text` measures with the embedded font, and
//!   `figure` paints the PNG (through resvg), `animation` the GIF of a chart that moves.
//!
//! Layout happens before drawing and knows the width of every text, so that no text is clipped or covers
//! another: [`Figure::texts`] lists their boxes, and tests hold the charts to it. Equal input gives equal bytes.
//!
//! # A new chart
//!
//! 1. It takes a `View` (one market) or a [`Style`] beside its results, and draws on `Canvas::new(&style, height)`. Its sheet is
//!    `style.width` wide and by default `style.height` high, in layout units: text is as large as `theme` says in any medium, so only
//!    these two numbers differ. Widths of names and keys go through `style.part`, so that they shrink on narrow sheets.
//! 2. Colours are those of `theme` as on a screen; the canvas replaces them. A series is drawn by `lines::draw_line`, or with
//!    `canvas.pen(color)` and `canvas.mark`, so that it also differs where there are no colours.
//! 3. Every word comes from `style.say("table.key")`, `style.fill("table.key", &[("name", &value)])` or `style.count("noun", number)`, with
//!    a table of its own in each file of `language/`; every number from `style.number()`, `percent()` or `signed()`, which give the
//!    `Format` that axes take; names of firms from `style.label` (an `Actor` has it already).
//! 4. `canvas.finish(name, title, description)` takes the text alternative, and `with_data` the numbers.
//! 5. Its tests draw it in the styles of `tests/styles.rs`.

mod across;
mod advantage;
mod amplification;
mod analyses;
mod animation;
mod axis;
mod canvas;
mod cast;
mod comparison;
mod data;
mod describe;
mod events;
mod figure;
mod fit;
mod focal;
mod frame;
mod frontier;
mod game;
mod journey;
mod labels;
mod language;
mod learning;
mod lines;
mod links;
mod map;
mod marker;
mod market;
mod names;
mod panel;
mod parts;
mod places;
mod sensitivity;
mod share;
mod sources;
mod style;
mod subject;
pub mod sweep;
mod text;
mod theme;
mod ticks;
mod time;
mod value;
mod view;
mod wheel;
mod words;

#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
mod tests;

pub use amplification::draw_amplification;
pub use analyses::draw_answers;
pub use animation::Animation;
pub(crate) use cast::{Actor, cast_of, distinct_experiences_of};
pub use comparison::{ComparisonChart, draw_comparison};
pub use data::Data;
pub(crate) use events::{Event, events};
pub use figure::{ChartError, Figure};
pub use game::draw_game;
pub(crate) use language::Texts;
pub use links::draw_wheels;
pub(crate) use map::Scene as MapScene;
pub use sensitivity::{Effect, Measured, Sensitivity, Share, draw_sensitivity};
pub use sources::draw_sources;
pub use style::Style;
pub use subject::Subject;
pub use text::TextBox;
pub(crate) use view::View;

use crate::analysis::{Findings, Results};
use crate::scenario::{Chart, ChartChoice, Scenario};

/// What a chart shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChartKind {
    /// Each firm's share of transactions over time.
    Share,
    /// Competitive advantage over time.
    Advantage,
    /// Fit and knowledge over time.
    Fit,
    /// Where the value of a perfect fit goes, by firm.
    Value,
    /// Each firm's path through willingness to pay and cost.
    Frontier,
    /// Coverage, concentration and surplus of the whole market over time.
    Market,
    /// What needs get through each firm, who acts, and the friction that remains.
    Journey,
    /// Interactions, knowledge, fit and value of each firm at three moments.
    Wheel,
    /// Where customers, products and the firms' beliefs are, at three moments.
    Map,
    /// What each firm learns about a customer, transaction by transaction; needs the table `learning`.
    Learning,
    /// How well each firm serves newcomers, the more transactions it had.
    Newcomers,
}

impl ChartKind {
    /// All kinds, in the order in which a report shows them.
    pub const ALL: [Self; 11] = [
        Self::Share,
        Self::Advantage,
        Self::Fit,
        Self::Value,
        Self::Frontier,
        Self::Market,
        Self::Journey,
        Self::Wheel,
        Self::Map,
        Self::Learning,
        Self::Newcomers,
    ];

    /// Its name: the stem of its files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Share => "share",
            Self::Advantage => "advantage",
            Self::Fit => "fit",
            Self::Value => "value",
            Self::Frontier => "frontier",
            Self::Market => "market",
            Self::Journey => "journey",
            Self::Wheel => "wheel",
            Self::Map => "map",
            Self::Learning => "learning",
            Self::Newcomers => "newcomers",
        }
    }
}

impl ChartKind {
    /// Whether the run kept the tables that it is drawn from: some are made only for scenarios that ask for them.
    #[must_use]
    pub fn has_tables(self, results: &Results) -> bool {
        match self {
            Self::Map => !results.map.is_empty(),
            Self::Learning => results.learning.has_curves(),
            _ => true,
        }
    }

    /// What a scenario says to ask for it.
    #[must_use]
    pub const fn choice(self) -> ChartChoice {
        match self {
            Self::Share => ChartChoice::Share,
            Self::Advantage => ChartChoice::Advantage,
            Self::Fit => ChartChoice::Fit,
            Self::Value => ChartChoice::Value,
            Self::Frontier => ChartChoice::Frontier,
            Self::Market => ChartChoice::Market,
            Self::Journey => ChartChoice::Journey,
            Self::Wheel => ChartChoice::Wheel,
            Self::Map => ChartChoice::Map,
            Self::Learning => ChartChoice::Learning,
            Self::Newcomers => ChartChoice::Newcomers,
        }
    }

    /// The kind that a scenario asks for; none of a chart of a sweep.
    #[must_use]
    pub const fn of(choice: ChartChoice) -> Option<Self> {
        Some(match choice {
            ChartChoice::Share => Self::Share,
            ChartChoice::Advantage => Self::Advantage,
            ChartChoice::Fit => Self::Fit,
            ChartChoice::Value => Self::Value,
            ChartChoice::Frontier => Self::Frontier,
            ChartChoice::Market => Self::Market,
            ChartChoice::Journey => Self::Journey,
            ChartChoice::Wheel => Self::Wheel,
            ChartChoice::Map => Self::Map,
            ChartChoice::Learning => Self::Learning,
            ChartChoice::Newcomers => Self::Newcomers,
            ChartChoice::Sweep | ChartChoice::SweepLeader => return None,
        })
    }
}

/// Draws one chart of a run, of all firms and periods.
#[must_use]
pub fn draw(kind: ChartKind, scenario: &Scenario, results: &Results) -> Figure {
    let figure = draw_view(kind, &View::whole(kind.name(), scenario, results));
    figure.about(Subject::usual(kind.choice()))
}

/// Draws the charts of what a run found.
#[must_use]
pub fn draw_findings(scenario: &Scenario, findings: &Findings) -> Vec<Figure> {
    match findings {
        Findings::Series(results) => draw_all(scenario, results),
        Findings::Points(results) => sweep::draw_all(scenario, results),
    }
}

/// Draws the charts of a run: those that the scenario lists, else all for which there are tables, in the order of
/// [`ChartKind::ALL`].
#[must_use]
pub fn draw_all(scenario: &Scenario, results: &Results) -> Vec<Figure> {
    if scenario.charts.is_empty() {
        return ChartKind::ALL
            .into_iter()
            .filter(|kind| kind.has_tables(results))
            .map(|kind| draw(kind, scenario, results))
            .collect();
    }
    let drawn = |chart: &Chart| {
        let kind = ChartKind::of(chart.kind)?;
        let figure = draw_view(kind, &View::of(chart, scenario, results));
        Some(figure.about(Subject::of(chart)))
    };
    scenario.charts.iter().filter_map(drawn).collect()
}

fn draw_view(kind: ChartKind, view: &View<'_>) -> Figure {
    match kind {
        ChartKind::Share => share::draw(view),
        ChartKind::Advantage => advantage::draw(view),
        ChartKind::Fit => fit::draw(view),
        ChartKind::Value => value::draw(view),
        ChartKind::Frontier => frontier::draw(view),
        ChartKind::Market => market::draw(view),
        ChartKind::Journey => journey::draw(view),
        ChartKind::Wheel => wheel::draw(view),
        ChartKind::Map => map::draw(view),
        ChartKind::Learning => learning::experience::draw(view),
        ChartKind::Newcomers => learning::newcomers::draw(view),
    }
}
