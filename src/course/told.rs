//! A lesson with the figures of its runs.

use super::text::{Figures, fill, quotes};
use super::{Comparison, Quote, QuoteError, Spoken};
use crate::analysis::{Results, Variants};
use crate::scenario::{Change, Language, Lesson, Variant};

/// What a lesson tells once it was run.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// What the run says of the answers.
    pub verdict: AnswerVerdict,
    /// What to look at.
    pub look: String,
    /// Why it came out so.
    pub explanation: String,
    /// What the changes teach, in the lesson's order.
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
    /// The variant that makes it.
    pub variant: Variant,
    /// Its place among the run's variants, of which the scenario itself is the first.
    pub place: usize,
    /// What it teaches.
    pub teaches: String,
    /// The first figure that it quotes, before and after.
    pub figure: Option<ToldFigure>,
}

/// A figure before and after a change, in words.
#[derive(Debug, Clone, PartialEq)]
pub struct ToldFigure {
    quote: Quote,
    /// What it was.
    pub before: String,
    /// What it is with the change.
    pub after: String,
}

impl ToldFigure {
    fn of(teaches: &str, before: &Results, figures: Figures) -> Result<Option<Self>, QuoteError> {
        let Some(quote) = quotes(teaches)?.into_iter().next() else {
            return Ok(None);
        };
        let written = |results| quote.write(results, figures.language);
        Ok(Some(Self {
            before: written(before)?,
            after: written(figures.run)?,
            quote,
        }))
    }

    /// The name of the quantity.
    #[must_use]
    pub fn column(&self) -> &'static str {
        self.quote.column()
    }

    /// What it is a figure of.
    #[must_use]
    pub fn name(&self, words: Spoken) -> String {
        let key = format!("figure.{}", self.quote.column());
        let firm = self.quote.firm().unwrap_or_default();
        let mut name = words.fill(&key, &[("firm", &firm)]);
        if let Some(period) = self.quote.period() {
            name.push_str(&words.fill("figure.period", &[("period", &period)]));
        }
        name
    }
}

impl Told {
    /// Tells a lesson from the results of its run and of its variants.
    ///
    /// # Errors
    /// A run does not have a figure that the lesson quotes, or the results of a change are missing.
    pub fn new(
        lesson: &Lesson,
        run: &Results,
        variants: Option<&Variants>,
        language: Language,
    ) -> Result<Self, QuoteError> {
        let figures = Figures {
            run,
            before: None,
            language,
        };
        let all = variants.map_or(&[][..], |variants| &variants.all);
        let change = |change: &Change| {
            let place = all
                .iter()
                .position(|one| one.variant.name == change.variant);
            let found = place.and_then(|place| Some((place, all[place].results.as_ref()?)));
            let (place, changed) = found.ok_or_else(|| QuoteError::missing(&change.variant))?;
            let changed = Figures {
                run: changed,
                before: Some(run),
                ..figures
            };
            Ok(ToldChange {
                variant: all[place].variant.clone(),
                place,
                teaches: fill(&change.teaches, changed)?,
                figure: ToldFigure::of(&change.teaches, run, changed)?,
            })
        };
        Ok(Self {
            verdict: AnswerVerdict::of(lesson, run)?,
            look: fill(&lesson.look, figures)?,
            explanation: fill(&lesson.explanation, figures)?,
            changes: lesson
                .changes
                .iter()
                .map(change)
                .collect::<Result<_, _>>()?,
        })
    }
}

/// The letter of an answer, by position from 0.
#[must_use]
pub fn letter(position: usize) -> char {
    char::from(b'A' + u8::try_from(position % 26).unwrap_or(0))
}
