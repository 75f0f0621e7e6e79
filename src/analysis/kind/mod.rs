//! What every kind of analysis is, and the one list of all kinds.
//!
//! # Usual flow
//!
//! 1. [`answer_all`] asks every kind for its questions, simulates the cells that they need, and gives answers.
//! 2. [`tables`] makes tables of answers; [`read_all`] makes answers of the tables in a folder.
//!
//! # Architecture
//!
//! A kind is a type of answers that implements [`Kind`], and one name in the list, from which follow [`AnalysisKind`]
//! and [`Answer`]. Upper layers add what is theirs as a small trait for all kinds, and reach the right one through
//! `each_answer!` and `each_kind!`; the compiler says which kind lacks its part.

mod ahead;
mod figure;
pub(crate) mod list;
mod market;
mod run;
mod stored;

pub use ahead::{FirstRound, first_rounds, most_cells};
pub use figure::{FigureKind, FigureShape, FigureValue, PointFigure, Sample};
pub use list::{AnalysisKind, Answer, Listed};
pub(crate) use list::{each_answer, each_kind};
pub use market::Posed;
pub(in crate::analysis) use market::{only_figures, variant};
pub use run::{Answered, Answers, Filled, Setting, answer_all, samples, simulate_part, tables};
pub use stored::{Missing, StoredTables, read_all};

use super::AnalysisError;
use crate::experiment::{Cell, Finished, Order};
use crate::model::Plan;
use crate::scenario::{Analysis, Diagnostics, Scenario};
use crate::table::{Batch, Definition};

/// An analysis as a scenario asks for it.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The market of which it is asked, with its sweep, if that matters.
    pub scenario: &'a Scenario,
    /// Place among the analyses of the scenario, from 1.
    pub number: u32,
    /// What is asked.
    pub analysis: &'a Analysis,
}

/// A kind of analysis; the type is that of its answers.
pub trait Kind: Sized {
    /// What scenarios call it: the value of `kind`.
    const NAME: &'static str;
    /// Its tables, in the order of [`Kind::tables`].
    const TABLES: &'static [&'static Definition];
    /// Whether it says what would change the outcome, rather than why it came about.
    const TELLS_CHANGE: bool = false;
    /// Its figures that charts of a sweep can show where it is asked at each point.
    const FIGURES: &'static [FigureKind] = &[];
    /// What is asked, ready to be simulated.
    type Question: Sync;
    /// What cells have told so far.
    type Taken;

    /// The question; none if the analysis is of another kind.
    ///
    /// # Errors
    /// The scenario was built in code and does not have what the analysis needs.
    fn ask(asked: &Asked<'_>) -> Result<Option<Self::Question>, AnalysisError>;

    /// Nothing was taken yet.
    fn start(question: &Self::Question) -> Self::Taken;

    /// The cells of a round, counted from 0; none if what was taken suffices. Their points are variants of the market,
    /// and they are taken in their order.
    fn cells(question: &Self::Question, taken: &Self::Taken, round: u32) -> Option<Box<dyn Order>>;

    /// How a variant is simulated.
    ///
    /// # Errors
    /// Why it cannot be.
    fn plan(question: &Self::Question, variant: u32) -> Result<Plan, Diagnostics>;

    /// Takes in a finished cell.
    fn take(question: &Self::Question, taken: &mut Self::Taken, cell: Cell, finished: &Finished);

    /// The answer.
    ///
    /// # Errors
    /// What was taken gives none.
    fn answer(question: Self::Question, taken: Self::Taken) -> Result<Self, AnalysisError>;

    /// The rows of answers, each with the number of its analysis, in [`Kind::TABLES`].
    fn tables(answers: &[(u32, &Self)]) -> Vec<Batch>;

    /// The answers to these questions, of these numbers, from the tables that [`Kind::tables`] made of them; rows that
    /// make no sense are passed over, and answers without rows left out.
    fn read(questions: &[(u32, Self::Question)], tables: &StoredTables) -> Vec<(u32, Self)>;

    /// The figures of the answer: those of [`Kind::FIGURES`] that it has.
    fn figures(&self) -> Vec<PointFigure> {
        Vec::new()
    }

    /// The figures by replicate that statements of hypotheses can name: those of [`Kind::FIGURES`] that single replicates have.
    fn samples(_question: &Self::Question, _taken: &Self::Taken) -> Vec<Sample> {
        Vec::new()
    }

    /// Files that are made of the answer besides its tables, with their names; none of one that was read from tables.
    fn files(&self) -> &[(String, String)] {
        &[]
    }

    /// What was found, in sentences.
    fn tell(&self, scenario: &Scenario) -> Vec<String>;
}
