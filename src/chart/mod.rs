//! Results become figures: SVG documents, and PNGs made from them.
//!
//! # Architecture
//!
//! Arrows run one way: `kind` > `form` > `kit`.
//!
//! - `kit` is what every chart is made of: canvas, text, axes, colours, words, and the [`Figure`] that comes out. [`Style`] is how a
//!   chart looks and speaks: theme, size and language, from the scenario's `chart_style`.
//! - `form` has four forms: lines over time, rows, grids of cells, and planes. Axes, grids, keys, names and margins are theirs.
//! - `kind` has a file or folder for each kind of chart, which gives marks and words. `view` is one market as its charts show it,
//!   and `cast` gives each firm the same colour in all charts.
//! - [`draw`] makes one [`Figure`] of a [`ChartKind`]; [`draw_sensitivity`] makes one of a sensitivity analysis, [`draw_game`] those of
//!   a game, [`draw_sources`] those of sources of advantage, [`draw_comparison`] one of two runs, [`draw_variants`] those of
//!   variants, [`sweep`] those of a sweep.
//!
//! Layout happens before drawing and knows the width of every text, so that no text is clipped or covers
//! another: [`Figure::texts`] lists their boxes, and tests hold the charts to it. Equal input gives equal bytes.
//!
//! # A new chart
//!
//! 1. Choose a form, and give it what it asks for: a chart of lines fills a `TimeChart` with `Panel`s, one of rows a `RowChart` and
//!    implements `RowMarks`, one of cells a `GridChart` and implements `GridCells`, one of two quantities a `PlaneChart`. What fits none of
//!    these draws on the canvas that `Told::figure` hands it. Lengths are layout units: text is as large as `theme` says in any medium.
//! 2. Its words are a `Told`: name, heading, text alternative and numbers; of one market, `View::told` makes it. Every word comes from
//!    `style.say("table.key")`, `fill!(style, "table.key", name = value)` or `style.count("noun", number)`, with a table of its own in
//!    the part `chart` of each file of `src/language/`; every number from `style.number()`, `percent()` or `signed()`; names of firms from an `Actor`.
//! 3. Colours are those of `theme` as on a screen; the canvas replaces them. A series is drawn with `canvas.pen(color)` and
//!    `canvas.mark`, so that it also differs where there are no colours.
//! 4. It gets a line in `kind/mod.rs`, in the list of kinds and in `draw_view`. Its tests draw it in the styles of `tests/styles.rs`.

mod form;
mod kind;
mod kit;

#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
mod tests;

pub(crate) use form::event::Event;
pub use kind::amplification::draw_amplification;
pub use kind::analyses::draw_answers;
pub(crate) use kind::cast::{Actor, cast_of, experiences_of};
pub use kind::comparison::{ComparisonChart, draw_comparison};
pub(crate) use kind::events::events;
pub use kind::game::draw_game;
pub use kind::hypotheses::draw_hypotheses;
pub(crate) use kind::hypotheses::sentence as hypothesis_in_words;
pub use kind::links::draw_wheels;
pub use kind::log::draw_log;
pub(crate) use kind::map::MapScene;
pub use kind::sensitivity::{Effect, Measured, Sensitivity, Share, draw_sensitivity};
pub use kind::sources::draw_sources;
pub use kind::sweep;
pub use kind::variants::draw_variants;
pub(crate) use kind::view::View;
pub use kit::animation::Animation;
pub use kit::data::Data;
pub use kit::figure::Figure;
#[cfg(feature = "system")]
pub use kit::paint::ChartError;
pub use kit::style::Style;
pub use kit::subject::Subject;
pub use kit::text::TextBox;

use std::collections::BTreeSet;

use kit::fitted::{fitted, fitted_one};

use kind::{
    advantage, fates, fit, frontier, journey, kinds, learning, map, market, populations, share,
    value, wheel,
};
use kit::fallback::{lacking, undrawable};

use crate::analysis::{Findings, Results};
pub(crate) use crate::scenario::ChartKind;
use crate::scenario::{Chart, Firm, Scenario};

impl ChartKind {
    /// Whether the run kept the tables that it is drawn from: some are made only for scenarios that ask for them.
    #[must_use]
    pub fn has_tables(self, results: &Results) -> bool {
        match self {
            Self::Fates => results.fates.replicates() > 1,
            Self::Kinds => !results.kinds.is_empty(),
            Self::Map => !results.map.is_empty(),
            Self::Learning => results.learning.has_curves(),
            _ => true,
        }
    }

    /// Whether it is drawn where a scenario lists no charts: if its tables are kept, single markets only where means mislead, and kinds
    /// of customers only where there are several.
    #[must_use]
    pub fn is_usual(self, scenario: &Scenario, results: &Results) -> bool {
        let has_tables = self.has_tables(results);
        match self {
            Self::Fates => has_tables && (results.fates.differ() || are_identical(scenario)),
            Self::Populations => scenario.populations.len() > 1,
            _ => has_tables,
        }
    }
}

/// Whether several firms differ in nothing but their name.
fn are_identical(scenario: &Scenario) -> bool {
    let nameless = |firm: &Firm| Firm {
        name: String::new(),
        ..firm.clone()
    };
    let mut firms = scenario.firms.iter().map(nameless);
    let first = firms.next();
    scenario.firms.len() > 1 && firms.all(|firm| Some(firm) == first)
}

/// Draws one chart of a run, of all firms and periods; none of a kind that shows a sweep.
#[must_use]
pub fn draw(kind: ChartKind, scenario: &Scenario, results: &Results) -> Option<Figure> {
    let draw = |scenario: &Scenario| draw_view(kind, &View::whole(kind.name(), scenario, results));
    Some(fitted_one(scenario, &draw)?.about(Subject::usual(kind)))
}

/// Letters in titles, names and labels of a scenario that neither the embedded font nor one of this machine has: pictures show
/// boxes in their place.
#[must_use]
pub fn undrawable_letters(scenario: &Scenario) -> BTreeSet<char> {
    let shown = Scenario {
        // only the page shows these, in the fonts of its reader
        description: String::new(),
        lesson: None,
        ..scenario.clone()
    };
    undrawable(&lacking(&shown.to_toml()))
}

/// Draws the charts of what a run found.
#[must_use]
pub fn draw_findings(scenario: &Scenario, findings: &Findings) -> Vec<Figure> {
    match findings {
        Findings::Series(results) => draw_all(scenario, results),
        Findings::Points(results) => {
            fitted(scenario, &|scenario| sweep::draw_all(scenario, results))
        }
    }
}

/// Draws the charts of a run: those that the scenario lists, else all for which there are tables, in the order of
/// [`ChartKind::of_market`].
#[must_use]
pub fn draw_all(scenario: &Scenario, results: &Results) -> Vec<Figure> {
    if scenario.charts.is_empty() {
        return ChartKind::of_market()
            .filter(|kind| kind.is_usual(scenario, results))
            .filter_map(|kind| draw(kind, scenario, results))
            .collect();
    }
    let drawn = |chart: &Chart| {
        let draw = |scenario: &Scenario| draw_view(chart.kind, &View::of(chart, scenario, results));
        Some(fitted_one(scenario, &draw)?.about(Subject::of(chart)))
    };
    scenario.charts.iter().filter_map(drawn).collect()
}

fn draw_view(kind: ChartKind, view: &View<'_>) -> Option<Figure> {
    Some(match kind {
        ChartKind::Share => share::draw(view),
        ChartKind::Fates => fates::draw(view),
        ChartKind::Populations => populations::draw(view),
        ChartKind::Kinds => kinds::draw(view),
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
        ChartKind::Sweep | ChartKind::SweepLeader => return None,
    })
}
