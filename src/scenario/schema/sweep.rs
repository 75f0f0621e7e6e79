//! `[sweep]`: which points of the parameter space are simulated.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::words::words;

/// Points of the parameter space, each simulated with all replicates.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Sweep {
    /// How points are chosen.
    pub design: DesignKind,
    /// Number of points of the sampled designs, "latin-hypercube" and "sobol".
    #[schemars(range(min = 1, max = 1_000_000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub samples: Option<u32>,
    /// Whether all points share their random numbers, so that they differ only by their parameters.
    pub common_random_numbers: bool,
    /// What varies; every design but "list" and "file" needs at least one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub axes: Vec<Axis>,
    /// The table of the design "file", such as "design.csv" beside the scenario, or the `points.csv` of a run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The points of the design "list": values by parameter path, the same paths in each.
    #[schemars(with = "Vec<IndexMap<String, serde_json::Value>>")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<IndexMap<String, toml::Value>>,
}

impl Default for Sweep {
    fn default() -> Self {
        Self {
            design: DesignKind::Grid,
            samples: None,
            common_random_numbers: true,
            axes: Vec::new(),
            file: None,
            points: Vec::new(),
        }
    }
}

words! {
    /// How the points of a sweep are chosen.
    pub enum DesignKind {
        /// Every combination of the axes' values; the last axis varies fastest.
        Grid = "grid",
        /// The rows of `[[sweep.points]]`.
        List = "list",
        /// The rows of a table beside the scenario, `file`: parameter paths in its first line, a point in every other.
        File = "file",
        /// `samples` random points, of which every axis has exactly one in each of `samples` equal parts of its range.
        LatinHypercube = "latin-hypercube",
        /// `samples` points of a scrambled Sobol sequence, which fill the ranges evenly; best a power of two.
        Sobol = "sobol",
    }
}

impl DesignKind {
    /// Whether points are drawn from ranges.
    #[must_use]
    pub const fn is_sampled(self) -> bool {
        matches!(self, Self::LatinHypercube | Self::Sobol)
    }
}

/// One thing that varies over a sweep.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Axis {
    /// Path of the parameter, such as `populations.NAME.need.rate`; `*` in place of a name means all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Paths of several parameters that take the same value, in place of `key`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<String>,
    /// Name in charts, in words for an audience. Left out: the path.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// The values to take: numbers, true and false, names of experiences, rules.
    #[schemars(with = "Vec<serde_json::Value>")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<toml::Value>,
    /// Numbers from one to another, in place of `values`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub range: Option<AxisRange>,
}

/// Numbers from one to another, both included.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AxisRange {
    /// The lowest number.
    pub from: f64,
    /// The highest number.
    pub to: f64,
    /// In a grid, how many numbers: from 0 to 1 in 11 steps is 0, 0.1, ..., 1.
    #[schemars(range(min = 2, max = 1_000_000))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub steps: Option<u32>,
    /// How the numbers spread over the range.
    #[serde(default, skip_serializing_if = "Scale::is_linear")]
    pub scale: Scale,
}

words! {
    /// How numbers spread over a range.
    pub enum Scale {
        /// By equal differences, each as likely as any other.
        Linear = "linear",
        /// By equal ratios: 1 to 10 like 10 to 100.
        Log = "log",
    }
}

impl Scale {
    /// Whether it goes by equal differences.
    #[must_use]
    pub const fn is_linear(&self) -> bool {
        matches!(self, Self::Linear)
    }
}
