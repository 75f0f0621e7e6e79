//! What is wrong with a scenario: all problems at once, each with its place.
//!
//! A [`Problem`] says what is wrong, where ([`Place`]), what is allowed, and what was perhaps
//! meant. [`Diagnostics`] holds all problems of a file and prints them as rustc does.

mod nearest;
#[cfg(feature = "system")]
mod render;

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

pub(crate) use nearest::{list, nearest};

/// A text that problems point into: a file, or an override of the command line.
#[derive(Debug)]
pub(crate) struct Source {
    pub name: String,
    pub text: String,
    /// Where lines start.
    lines: OnceLock<Vec<usize>>,
}

impl Source {
    pub fn new(name: &str, text: &str) -> Self {
        Self {
            name: name.to_owned(),
            text: text.to_owned(),
            lines: OnceLock::new(),
        }
    }

    /// The line and the column in characters of a byte, both counted from 1.
    fn position(&self, at: usize) -> (usize, usize) {
        let lines = self.lines.get_or_init(|| {
            let ends = self.text.match_indices('\n');
            std::iter::once(0)
                .chain(ends.map(|(end, _)| end + 1))
                .collect()
        });
        let line = lines.partition_point(|&start| start <= at);
        let before = self.text.get(lines[line - 1]..at).unwrap_or_default();
        (line, before.chars().count() + 1)
    }
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.text == other.text
    }
}

impl Eq for Source {}

/// A part of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Span {
    pub source: Arc<Source>,
    pub range: Range<usize>,
}

/// Where a problem is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Name of the file, or `--set` for an override.
    pub file: String,
    /// Line, counted from 1.
    pub line: usize,
    /// Column in characters, counted from 1.
    pub column: usize,
    /// Parameter path, such as `populations.commuters.need.rate`; may be empty.
    pub path: String,
    span: Span,
}

impl Place {
    fn new(span: &Span, path: &str) -> Self {
        let (line, column) = span.source.position(span.range.start);
        Self {
            file: span.source.name.clone(),
            line,
            column,
            path: path.to_owned(),
            span: span.clone(),
        }
    }
}

/// Message, label and place (file, start and end) of a problem.
pub(crate) type Gist = (String, String, Option<(String, usize, usize)>);

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong, in one sentence.
    pub message: String,
    /// Where, if it can be pointed at.
    pub place: Option<Box<Place>>,
    /// Words at the place; may be empty.
    pub label: String,
    /// What is allowed, or what to do.
    pub help: Vec<String>,
    /// The known name that was perhaps meant.
    pub suggestion: Option<String>,
}

impl Problem {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            place: None,
            label: String::new(),
            help: Vec::new(),
            suggestion: None,
        }
    }

    /// A name that is not among those that there are.
    pub(crate) fn unknown<'a>(
        kind: &str,
        name: &str,
        known: impl Iterator<Item = &'a str> + Clone,
    ) -> Self {
        Self::new(format!("there is no {kind} named `{name}`"))
            .label(format!("unknown {kind}"))
            .help(format!("{kind}s: {}", list(known.clone(), "and")))
            .suggest(nearest(name, known))
    }

    /// Sets the place; without a span (a default, for instance) the problem stays without.
    pub(crate) fn at(mut self, span: Option<&Span>, path: &str) -> Self {
        self.place = span.map(|span| Box::new(Place::new(span, path)));
        self
    }

    pub(crate) fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    pub(crate) fn suggest(mut self, known: Option<&str>) -> Self {
        self.suggestion = known.map(str::to_owned);
        self
    }

    /// The name of what stands at the place, for the closing line of several files.
    fn file(&self) -> Option<&str> {
        self.place.as_ref().map(|place| place.file.as_str())
    }

    /// What is said, and of which place: members of a group share their lines, and what is wrong at the start is
    /// still wrong after an intervention.
    pub(crate) fn gist(&self) -> Gist {
        let place = self.place.as_ref().map(|place| {
            let range = &place.span.range;
            (place.file.clone(), range.start, range.end)
        });
        (self.message.clone(), self.label.clone(), place)
    }

    /// Order of printing: by file, then by position.
    fn position(&self) -> (usize, usize) {
        self.place
            .as_ref()
            .map_or((usize::MAX, 0), |p| (p.line, p.column))
    }
}

/// All problems found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Diagnostics {
    /// The problems, in the order of the file, those without a place last.
    pub problems: Vec<Problem>,
    /// What was read: the file, or what stands for it.
    pub subject: String,
}

impl Diagnostics {
    /// Sorts problems by place and drops repetitions.
    pub(crate) fn new(subject: &str, problems: Vec<Problem>) -> Self {
        let mut kept = problems;
        let mut seen = BTreeSet::new();
        kept.retain(|problem| seen.insert(problem.gist()));
        // problems of overrides come after those of the file
        kept.sort_by_key(|p| (p.file().is_some_and(|file| file != subject), p.position()));
        Self {
            problems: kept,
            subject: subject.to_owned(),
        }
    }

    pub(crate) fn one(subject: &str, problem: Problem) -> Self {
        Self::new(subject, vec![problem])
    }

    /// The same problems, each with these words.
    pub(crate) fn with_help(mut self, words: &str) -> Self {
        for problem in &mut self.problems {
            problem.help.push(words.to_owned());
        }
        self
    }

    /// Ok where nothing is wrong.
    pub(crate) fn check(subject: &str, problems: Vec<Problem>) -> Result<(), Self> {
        if problems.is_empty() {
            Ok(())
        } else {
            Err(Self::new(subject, problems))
        }
    }

    /// The text for a terminal, with colours if wanted.
    #[cfg(feature = "system")]
    #[must_use]
    pub fn render(&self, color: bool) -> String {
        render::render(self, color)
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        #[cfg(feature = "system")]
        let text = self.render(false);
        // a page has no use for places in a file
        #[cfg(not(feature = "system"))]
        let text = {
            let messages = self.problems.iter().map(|one| one.message.as_str());
            messages.collect::<Vec<_>>().join("; ")
        };
        f.write_str(&text)
    }
}

impl std::error::Error for Diagnostics {}
