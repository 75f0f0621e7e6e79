//! `[chart_style]` and `[[charts]]`: how charts look, and which are drawn.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::words::words;
use super::{Statistic, SweepOutcome};

/// How charts look: for which medium, how large, in which language, and what firms are called.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ChartStyle {
    /// The medium that charts are made for.
    pub theme: ChartTheme,
    /// Width in pixels. Left out: that of the theme.
    #[schemars(range(min = 300, max = 4000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Height in pixels, at least; charts that hold more text than usual grow. Left out: in proportion to the width.
    #[schemars(range(min = 200, max = 4000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// Size of text and lines, as a multiple of the theme's.
    #[schemars(range(min = 0.5, max = 3.0))]
    pub font_scale: f64,
    /// Language of all words that charts add to the scenario's own.
    pub language: Language,
    /// What firms are called in charts, by name.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub labels: IndexMap<String, String>,
}

impl ChartStyle {
    /// Whether charts look as they do where a scenario does not say.
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl Default for ChartStyle {
    fn default() -> Self {
        Self {
            theme: ChartTheme::default(),
            width: None,
            height: None,
            font_scale: 1.0,
            language: Language::default(),
            labels: IndexMap::new(),
        }
    }
}

words! {
    /// The medium that charts are made for.
    pub enum ChartTheme {
        /// A web page or a document read on a screen.
        Screen = "screen",
        /// A journal: small and restrained.
        Paper = "paper",
        /// A projector: few, large words.
        Slide = "slide",
        /// A printer without colours: greys, dashes and marks.
        Print = "print",
    }
}

words! {
    /// A language in which charts speak.
    pub enum Language {
        /// English.
        En = "en",
        /// Spanish.
        Es = "es",
        /// Dutch.
        Nl = "nl",
    }
}

/// The texts of all languages, in the order of [`Language::ALL`]: one file each beside the one that asks.
macro_rules! in_all_languages {
    () => {
        [
            include_str!("en.toml"),
            include_str!("es.toml"),
            include_str!("nl.toml"),
        ]
    };
}
pub(crate) use in_all_languages;

/// A chart to draw, in place of those that are drawn where a scenario lists none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Chart {
    /// What it shows.
    pub kind: ChartKind,
    /// Name of its files. Left out: that of the kind.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Title. Left out: what is seen, or the scenario's title on its main chart.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Subtitle. Left out: what is measured, and in which unit.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub subtitle: String,
    /// The firms to show, by name. Left out: all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub firms: Vec<String>,
    /// The periods to show, of a chart over time. Left out: all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub periods: Option<ChartPeriods>,
    /// What is measured, of the chart "sweep". Left out: the share.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<SweepOutcome>,
    /// What is made of the replicates, of the chart "sweep". Left out: their mean.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statistic: Option<Statistic>,
    /// The axes to show, of the chart "sweep": paths or labels of the sweep's axes. Left out: all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub axes: Vec<String>,
}

/// A stretch of periods, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChartPeriods {
    /// First period.
    #[schemars(range(min = 0))]
    #[serde(default)]
    pub from: u32,
    /// Last period. Left out: the last of all.
    #[schemars(range(min = 0))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<u32>,
}

words! {
    /// What a chart shows.
    pub enum ChartKind {
        /// Share of transactions of every firm over time.
        Share = "share",
        /// What becomes of single markets: every replicate's shares over time, and how many end where.
        Fates = "fates",
        /// Competitive advantage of every firm over time.
        Advantage = "advantage",
        /// Fit and knowledge of every firm over time.
        Fit = "fit",
        /// Where the value of a perfect fit goes, by firm.
        Value = "value",
        /// Shares and value created by kind of customer.
        Populations = "populations",
        /// Which experience serves which kind of need, how well, and what mistakes cost.
        Kinds = "kinds",
        /// Willingness to pay against cost: the way of every firm.
        Frontier = "frontier",
        /// Coverage, concentration and surplus of the whole market over time.
        Market = "market",
        /// What needs get through each firm, who acts, and the friction that remains.
        Journey = "journey",
        /// Interactions, knowledge, fit and value of each firm at three moments.
        Wheel = "wheel",
        /// Where customers, products and the firms' beliefs are, at three moments of one replicate; needs the table `map`.
        Map = "map",
        /// What each firm learns about a customer, transaction by transaction. Needs the table "learning".
        Learning = "learning",
        /// How well each firm serves new customers, by the transactions that it had before.
        Newcomers = "newcomers",
        /// An outcome against what a sweep varies.
        Sweep = "sweep",
        /// Which firm leads where, in a grid of two axes.
        SweepLeader = "sweep-leader",
    }
}

impl ChartKind {
    /// The kinds that show one market, in the order in which a report shows them.
    pub fn of_market() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|kind| !kind.is_of_sweep())
    }

    /// Whether it shows series over periods.
    #[must_use]
    pub const fn is_over_time(self) -> bool {
        !self.is_of_sweep()
            && !matches!(
                self,
                Self::Value
                    | Self::Populations
                    | Self::Kinds
                    | Self::Journey
                    | Self::Wheel
                    | Self::Learning
                    | Self::Newcomers
            )
    }

    /// Whether it shows a sweep; the others show one market over time.
    #[must_use]
    pub const fn is_of_sweep(self) -> bool {
        matches!(self, Self::Sweep | Self::SweepLeader)
    }
}
