//! Tables of results: their columns, defined once, and the files they are written to and read from.
//!
//! # Architecture
//!
//! A [`Definition`] names a table's columns. Rows are pushed, as the typed structs of `columns`,
//! into a [`Batch`], which holds them by column. A [`TableWriter`] takes batches to a file, one
//! implementation per [`Format`]; [`read`] gives batches back. An empty number is NaN in memory, an
//! empty field in CSV and a null in Parquet.

mod batch;
mod columns;
mod csv;
mod definition;
mod format;
mod game;
mod parquet;
mod sources;

pub use batch::{Batch, Label, Values, Vocabulary};
pub use columns::{
    AMPLIFICATION, AMPLIFICATION_VERDICT, AmplificationRow, AmplificationVerdictRow, FIRMS,
    FirmRow, LEARNING, LOOP, LearningRow, LoopRow, MAP, MARKET, MapRow, MarketRow, PERIODS,
    PeriodRow, SENSITIVITY, SUMMARY, SensitivityRow, SummaryRow,
};
pub use definition::{Column, Definition, Kind};
pub use format::{
    Format, Metadata, POINT, TableError, TableWriter, create, csv_rows, read, read_format,
};
pub use game::{GAME, GAME_CYCLES, GAME_EQUILIBRIA, GameCycleRow, GameEquilibriumRow, GameRow};
pub use sources::{
    COMPARISON, ComparisonRow, SOURCES, SOURCES_SUMMARY, SourcesRow, SourcesSummaryRow,
};
