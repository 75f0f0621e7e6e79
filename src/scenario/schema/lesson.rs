//! `[lesson]`: a scenario as a lesson for a class.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::limits::LONGEST_PROSE;

/// A lesson around the scenario: a question to vote on before the run, what to look at, the explanation after,
/// and changes, which are variants of the scenario.
///
/// Texts are Markdown. They quote the run in braces: `{share of coach}` is the mean over the last tenth of the
/// periods, `{fit of coach in period 20}` that of one period, `{coverage of market}` one of all firms together,
/// and, within a change, `{before: share of coach}` what the unchanged run gave.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lesson {
    /// What students can do afterwards: sentences that go on after "Students can".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub objectives: Vec<String>,
    /// What the class votes on before the run.
    #[schemars(length(max = LONGEST_PROSE))]
    pub question: String,
    /// The answers to choose from.
    #[schemars(length(min = 2))]
    pub answers: Vec<Answer>,
    /// What to look at in the charts.
    #[schemars(length(max = LONGEST_PROSE))]
    pub look: String,
    /// Names of the charts that show it, such as "share".
    #[serde(default)]
    pub charts: Vec<String>,
    /// Why it came out so.
    #[schemars(length(max = LONGEST_PROSE))]
    pub explanation: String,
    /// What to change next, in this order.
    #[serde(default)]
    pub changes: Vec<Change>,
}

/// One of the answers to a lesson's question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The answer.
    pub text: String,
    /// It is right if the run bears out all of these comparisons, such as "share of coach > 0.25" or
    /// "fit of coach > fit of respond".
    #[schemars(length(min = 1))]
    pub right_if: Vec<String>,
}

/// A change, which one of the scenario's variants makes, and what it teaches.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// Name of the variant; its title says what is changed, in words.
    pub variant: String,
    /// What it teaches.
    #[schemars(length(max = LONGEST_PROSE))]
    pub teaches: String,
}

impl Lesson {
    /// The texts that may quote the run: those of the lesson itself, and those of each change.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let changes = self.changes.iter().map(|change| change.teaches.as_str());
        [self.look.as_str(), self.explanation.as_str()]
            .into_iter()
            .chain(changes)
    }
}
