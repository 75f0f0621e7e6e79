//! Lesson texts with their quotes of the run filled in.

use super::quote::{Quote, QuoteError};
use crate::analysis::Results;
use crate::scenario::Language;

/// A run whose figures a text may quote, and the unchanged run that it is compared with.
#[derive(Debug, Clone, Copy)]
pub struct Figures<'a> {
    /// The run.
    pub run: &'a Results,
    /// The run without the change; none for the unchanged run itself.
    pub before: Option<&'a Results>,
    /// The language that figures are written in.
    pub language: Language,
}

/// What marks a quote of the unchanged run.
const BEFORE: &str = "before:";

/// A part of a text.
enum Part<'a> {
    Plain(&'a str),
    Quote { before: bool, quote: Quote },
}

/// The parts of a text; braces hold quotes.
fn parts(text: &str) -> Result<Vec<Part<'_>>, QuoteError> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((plain, after)) = rest.split_once('{') {
        parts.push(Part::Plain(plain));
        // without an end the rest is shown as no figure of a run, which names the place
        let (inside, after) = after.split_once('}').unwrap_or((after, ""));
        let inside = inside.trim();
        let stripped = inside.strip_prefix(BEFORE);
        parts.push(Part::Quote {
            before: stripped.is_some(),
            quote: Quote::parse(stripped.unwrap_or(inside))?,
        });
        rest = after;
    }
    parts.push(Part::Plain(rest));
    Ok(parts)
}

/// The quotes in a text.
///
/// # Errors
/// What stands in braces is no quote.
pub fn quotes(text: &str) -> Result<Vec<Quote>, QuoteError> {
    let quotes = parts(text)?.into_iter().filter_map(|part| match part {
        Part::Quote { quote, .. } => Some(quote),
        Part::Plain(_) => None,
    });
    Ok(quotes.collect())
}

/// The text with figures for its quotes.
///
/// # Errors
/// What stands in braces is no quote, or the run does not have the figure.
pub fn fill(text: &str, figures: Figures) -> Result<String, QuoteError> {
    let mut filled = String::new();
    for part in parts(text.trim())? {
        match part {
            Part::Plain(plain) => filled.push_str(plain),
            Part::Quote { before, quote } => {
                let run = match figures.before {
                    Some(unchanged) if before => unchanged,
                    _ => figures.run,
                };
                filled.push_str(&quote.write(run, figures.language)?);
            }
        }
    }
    Ok(filled)
}
