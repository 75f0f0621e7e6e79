//! Tables of results: their columns, defined once, and the files they are written to and read from.
//!
//! # Architecture
//!
//! A [`Definition`] names a table's columns; [`ALL`] lists them. Rows are typed structs such as
//! [`SummaryRow`]: `push` takes one into a [`Batch`], which holds them by column, and `all` gives those of a
//! batch back. A [`TableWriter`] takes batches to a file, one implementation per [`Format`]; [`read`] gives
//! batches back. An empty number is NaN in memory, an
//! empty field in CSV and a null in Parquet; so is what is infinite, which has no place in a table.

mod batch;
mod bytes;
mod calibration;
mod columns;
mod csv;
mod definition;
mod feedback;
mod format;
mod game;
mod hypotheses;
mod log;
mod numbering;
#[cfg(feature = "system")]
mod parquet;
mod sources;
mod values;
mod worlds;

pub use batch::Batch;
pub use calibration::{
    FIT, FitRow, PAIRS, POSTERIOR, PairRow, PosteriorRow, RECOVERY, RecoveryRow,
};
pub use columns::{
    AMPLIFICATION, AMPLIFICATION_VERDICT, AmplificationRow, AmplificationVerdictRow, FIRMS,
    FirmRow, INTERACTIONS, InteractionRow, KINDS, KindRow, LEARNING, LOOP, LearningRow, LoopRow,
    MAP, MARKET, MapRow, MarketRow, PERIODS, PeriodRow, SENSITIVITY, SUMMARY, SensitivityRow,
    SummaryRow,
};
pub use csv::Dialect;
pub use definition::{Column, Definition, Kind, POINT, VARIANT};
pub use feedback::{FEEDBACK, FEEDBACK_VERDICT, FeedbackRow, FeedbackVerdictRow};
pub use format::{
    Format, Metadata, TableError, TableWriter, create, csv_rows, read, read_file, read_format,
    read_world,
};
pub use game::{GAME, GAME_CYCLES, GAME_EQUILIBRIA, GameCycleRow, GameEquilibriumRow, GameRow};
pub use hypotheses::{HYPOTHESES, HypothesisRow, LIMITS, LimitRow, ROBUSTNESS, RobustnessRow};
pub use log::{STATISTICS, StatisticRow};
pub use numbering::Numbering;
pub use sources::{
    COMPARISON, ComparisonRow, SOURCES, SOURCES_SUMMARY, SourcesRow, SourcesSummaryRow, VARIANTS,
    VariantRow,
};
pub use values::{Label, Name, Value, Values, Vocabulary};
pub use worlds::{WORLDS, WorldRow};

/// All tables that a run can write, in the order in which the documents list them.
pub static ALL: [&Definition; 29] = [
    &PERIODS,
    &FIRMS,
    &MARKET,
    &KINDS,
    &LEARNING,
    &MAP,
    &INTERACTIONS,
    &SUMMARY,
    &SOURCES,
    &SOURCES_SUMMARY,
    &GAME,
    &GAME_EQUILIBRIA,
    &GAME_CYCLES,
    &SENSITIVITY,
    &FEEDBACK,
    &FEEDBACK_VERDICT,
    &AMPLIFICATION,
    &AMPLIFICATION_VERDICT,
    &LOOP,
    &VARIANTS,
    &COMPARISON,
    &HYPOTHESES,
    &POSTERIOR,
    &FIT,
    &PAIRS,
    &RECOVERY,
    &STATISTICS,
    &LIMITS,
    &ROBUSTNESS,
];

#[cfg(test)]
mod tests {
    /// A table that is defined and not listed would be missing in documents and tests.
    #[test]
    fn all_tables_are_listed() {
        let sources = [
            include_str!("calibration.rs"),
            include_str!("columns.rs"),
            include_str!("feedback.rs"),
            include_str!("game.rs"),
            include_str!("hypotheses.rs"),
            include_str!("log.rs"),
            include_str!("sources.rs"),
        ];
        let defined: usize = (sources.iter())
            .map(|source| source.matches("table! {").count())
            .sum();
        let mut names: Vec<&str> = super::ALL.iter().map(|table| table.name).collect();
        assert_eq!(names.len(), defined);
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), defined, "each has a name of its own");
    }
}
