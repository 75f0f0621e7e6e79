//! What a figure is of.

use crate::analysis::kind::AnalysisKind;
use crate::scenario::{Chart, ChartKind};

/// What a figure is of: a chart of the run, or one of an analysis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A chart of the run's own tables.
    Chart {
        /// Which.
        kind: ChartKind,
        /// Whether a scenario gave it a name of its own, beside the usual chart of that kind.
        named: bool,
    },
    /// An analysis.
    Analysis {
        /// Of which kind.
        kind: AnalysisKind,
        /// Its place among the analyses of the scenario, from 1.
        number: u32,
    },
    /// Two runs.
    Comparison,
}

impl Subject {
    /// A chart that a scenario asks for.
    pub(crate) fn of(chart: &Chart) -> Self {
        Self::Chart {
            kind: chart.kind,
            named: !chart.name.is_empty(),
        }
    }

    /// The usual chart of a kind.
    pub(crate) const fn usual(kind: ChartKind) -> Self {
        Self::Chart { kind, named: false }
    }

    /// The kind of chart or analysis, as scenarios call it.
    #[must_use]
    pub fn kind(self) -> &'static str {
        match self {
            Self::Chart { kind, .. } => kind.name(),
            Self::Analysis { kind, .. } => kind.name(),
            Self::Comparison => "comparison",
        }
    }
}
