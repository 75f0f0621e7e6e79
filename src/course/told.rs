//! A lesson with the figures of its runs.

use super::text::{Figures, fill};
use super::{Comparison, Course, QuoteError};
use crate::analysis::Results;
use crate::scenario::Lesson;

/// What a lesson tells once it was run.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// What the run says of the answers.
    pub verdict: AnswerVerdict,
    /// What to look at.
    pub look: String,
    /// Why it came out so.
    pub explanation: String,
    /// What the changes teach.
    pub changes: Vec<ToldChange>,
}

/// Which answers of a lesson a run bears out, by position from 0.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AnswerVerdict {
    /// Those that it bears out; one, if the question is well put.
    pub right: Vec<usize>,
    /// Those that it leaves open, since a difference on which they depend cannot be told from luck.
    pub open: Vec<usize>,
}

impl AnswerVerdict {
    /// What a run says of the answers of a lesson.
    ///
    /// # Errors
    /// It does not have a figure on which an answer depends.
    pub fn of(lesson: &Lesson, run: &Results) -> Result<Self, QuoteError> {
        let mut verdict = Self::default();
        for (position, answer) in lesson.answers.iter().enumerate() {
            let mut borne_out = Some(true);
            for comparison in &answer.right_if {
                borne_out = match (borne_out, Comparison::parse(comparison)?.holds(run)?) {
                    (Some(false), _) | (_, Some(false)) => Some(false),
                    (Some(true), Some(true)) => Some(true),
                    _ => None,
                };
            }
            match borne_out {
                Some(true) => verdict.right.push(position),
                None => verdict.open.push(position),
                Some(false) => {}
            }
        }
        Ok(verdict)
    }

    /// The letters of the answers that are right, or none where the run decides nothing.
    #[must_use]
    pub fn letters(&self) -> Vec<String> {
        Self::written(&self.right)
    }

    /// Whether no answer is borne out, and some are left open; then their letters are [`AnswerVerdict::open_letters`].
    #[must_use]
    pub fn is_undecided(&self) -> bool {
        self.right.is_empty() && !self.open.is_empty()
    }

    /// The letters of the answers that are left open.
    #[must_use]
    pub fn open_letters(&self) -> Vec<String> {
        Self::written(&self.open)
    }

    fn written(answers: &[usize]) -> Vec<String> {
        answers.iter().map(|&at| letter(at).to_string()).collect()
    }
}

/// What a change teaches.
#[derive(Debug, Clone, PartialEq)]
pub struct ToldChange {
    /// What is changed, in words.
    pub what: String,
    /// The same after `--set`.
    pub set: Vec<String>,
    /// What it teaches.
    pub teaches: String,
}

impl Told {
    /// Tells a lesson from the results of its run and of the runs of its changes, in their order.
    ///
    /// # Errors
    /// A run does not have a figure that the lesson quotes.
    pub fn new(course: &Course, run: &Results, changed: &[Results]) -> Result<Self, QuoteError> {
        let lesson = course.lesson();
        let unchanged = Figures { run, before: None };
        let mut changes = Vec::new();
        for (change, results) in lesson.changes.iter().zip(changed) {
            let figures = Figures {
                run: results,
                before: Some(run),
            };
            changes.push(ToldChange {
                what: change.what.clone(),
                set: change.set.clone(),
                teaches: fill(&change.teaches, figures)?,
            });
        }
        Ok(Self {
            verdict: AnswerVerdict::of(lesson, run)?,
            look: fill(&lesson.look, unchanged)?,
            explanation: fill(&lesson.explanation, unchanged)?,
            changes,
        })
    }
}

/// The letter of an answer, by position from 0.
#[must_use]
pub fn letter(position: usize) -> char {
    char::from(b'A' + u8::try_from(position % 26).unwrap_or(0))
}
