//! What is wrong with a log, where, and what to do about it.

use std::fmt;
use std::path::{Path, PathBuf};

/// Why a log cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogError {
    /// The file.
    pub path: PathBuf,
    /// The first mistakes, in their order.
    pub mistakes: Vec<Mistake>,
    /// How many more there are.
    pub more: u64,
}

/// One mistake in a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Line of the file, from 1; none of the file as a whole.
    pub line: Option<u64>,
    /// Name of the column; empty where it is in none.
    pub column: String,
    /// What is wrong.
    pub problem: String,
    /// What to do.
    pub remedy: String,
}

impl Mistake {
    /// A mistake of the file as a whole.
    pub(super) fn of_file(problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            line: None,
            column: String::new(),
            problem: problem.into(),
            remedy: remedy.into(),
        }
    }
}

/// Mistakes that are told one by one.
pub(super) const MOST_MISTAKES: usize = 20;

impl LogError {
    pub(super) fn one(path: &Path, mistake: Mistake) -> Self {
        Self::of(path, vec![mistake])
    }

    /// All mistakes, the first of them in words.
    pub(super) fn of(path: &Path, mut mistakes: Vec<Mistake>) -> Self {
        let more = mistakes.len().saturating_sub(MOST_MISTAKES) as u64;
        mistakes.truncate(MOST_MISTAKES);
        Self {
            path: path.to_owned(),
            mistakes,
            more,
        }
    }
}

impl fmt::Display for LogError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, mistake) in self.mistakes.iter().enumerate() {
            if number > 0 {
                writeln!(f)?;
            }
            write!(f, "{}", self.path.display())?;
            if let Some(line) = mistake.line {
                write!(f, ", line {line}")?;
            }
            if !mistake.column.is_empty() {
                write!(f, ", column {}", mistake.column)?;
            }
            write!(f, ": {}: {}", mistake.problem, mistake.remedy)?;
        }
        if self.more > 0 {
            write!(f, "\n{}: and {} more", self.path.display(), self.more)?;
        }
        Ok(())
    }
}

impl std::error::Error for LogError {}
