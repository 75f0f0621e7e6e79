//! A lesson with the figures of its runs.

use super::text::{Figures, fill};
use super::{Comparison, Course, QuoteError};
use crate::analysis::Results;

/// What a lesson tells once it was run.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// The answers that the run bears out, by position from 0; one, if the question is well put.
    pub right: Vec<usize>,
    /// What to look at.
    pub look: String,
    /// Why it came out so.
    pub explanation: String,
    /// What the changes teach.
    pub changes: Vec<ToldChange>,
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
        let mut right = Vec::new();
        for (position, answer) in lesson.answers.iter().enumerate() {
            let mut borne_out = true;
            for comparison in &answer.right_if {
                borne_out &= Comparison::parse(comparison)?.holds(run)?;
            }
            if borne_out {
                right.push(position);
            }
        }
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
            right,
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
