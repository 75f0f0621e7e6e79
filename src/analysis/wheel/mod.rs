//! The wheel: a firm's learning loop, link by link.
//!
//! More knowledge lets a firm fit needs better, better fit is worth more, more value brings more interactions, and these
//! bring knowledge. Each [`Link`] is an elasticity: by how many percent its effect changes per percent of its
//! cause. It is measured by pushing the cause a little, in a market with the same draws, for a window of periods.
//! Value is the customer's: willingness to pay.
//!
//! # Usual flow
//!
//! 1. [`LoopQuestion`] says whose loop, from when on and for how long.
//! 2. [`perturbation`] makes the perturbed markets, to simulate beside the unperturbed one.
//! 3. [`LoopMarkets`] takes the table `periods` of all of them, replicate by replicate.
//! 4. [`Wheel`] has levels, links and their product. What the loop gives back is more, and another question: [`feedback`](super::feedback).

mod kind;
mod link;
mod measure;
mod table;
mod window;

#[cfg(test)]
mod tests;

pub use kind::Loop;
pub use link::{Level, Link};

use super::Estimate;
use crate::model::Perturbation;
use crate::table::Batch;
use measure::PairedWindows;
use window::{length, window};

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoopQuestion {
    /// Place among the analyses of the scenario, from 1.
    pub analysis: u32,
    /// The firm whose loop it is.
    pub firm: String,
    /// First period of the window.
    pub period: u32,
    /// Periods of the window.
    pub window: u32,
}

/// Markets of a question: the unperturbed one, then for each link one with its push and one with half of it.
pub const VARIANTS: u32 = 1 + 2 * Link::PUSHED.len() as u32;

/// The perturbation of a variant from 0 to [`VARIANTS`] - 1; none for the first, which has none.
#[must_use]
pub fn perturbation(question: &LoopQuestion, variant: u32) -> Option<Perturbation> {
    let (link, size) = pushed(variant)?;
    Some(link.push(question, size))
}

/// The link that a variant pushes, and the size.
fn pushed(variant: u32) -> Option<(Link, f64)> {
    let number = variant.checked_sub(1)?;
    let link = Link::PUSHED.get(number as usize / 2)?;
    Some((*link, if number % 2 == 0 { 1.0 } else { 0.5 }))
}

/// Takes in the markets of a question.
#[derive(Debug)]
pub struct LoopMarkets {
    question: LoopQuestion,
    /// By replicate: the windows of all variants, one after the other.
    rows: Vec<Vec<f64>>,
}

impl LoopMarkets {
    /// Waits for markets.
    #[must_use]
    pub fn new(question: LoopQuestion) -> Self {
        Self {
            question,
            rows: Vec::new(),
        }
    }

    /// Takes in the table `periods` of a variant in a replicate, from the period before the window to its end at least.
    pub fn add(&mut self, replicate: u32, variant: u32, periods: &Batch) {
        let replicate = replicate as usize;
        let length = length(self.question.window);
        if self.rows.len() <= replicate {
            let none = vec![0.0; length * VARIANTS as usize];
            self.rows.resize(replicate + 1, none);
        }
        let from = length * variant as usize;
        let own = &mut self.rows[replicate][from..from + length];
        own.copy_from_slice(&window(&self.question, periods));
    }

    /// What all replicates so far amount to.
    #[must_use]
    pub fn finish(self) -> Wheel {
        let paired = PairedWindows::new(&self.rows);
        Wheel {
            levels: Level::ALL.map(|level| paired.level(level, self.question.window)),
            links: Link::ALL.map(|link| paired.answer(link)),
            question: self.question,
        }
    }
}

/// A firm's loop over a window of periods.
#[derive(Debug, Clone, PartialEq)]
pub struct Wheel {
    /// What was asked.
    pub question: LoopQuestion,
    /// The levels without a push, in the order of [`Level::ALL`].
    pub levels: [Estimate; 4],
    /// The links, their parts and the product, in the order of [`Link::ALL`].
    pub links: [LinkAnswer; 9],
}

/// The answer to the push of a link.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LinkAnswer {
    /// Percent of the effect per percent of the cause; empty where there is no cause to speak of.
    pub elasticity: Estimate,
    /// The same from a push of half the size.
    pub half_size: f64,
    /// Whether both sizes agree within the interval of their difference, or within 5 %; none where nothing could be told.
    pub is_linear: Option<bool>,
    /// By how much the push changes the cause, as a part of it.
    pub cause: f64,
    /// By how much the effect changes, as a part of it.
    pub effect: f64,
    /// Variance of the effect's change if the markets had other draws, over that with the same draws.
    pub variance_reduction: f64,
}

impl LinkAnswer {
    /// Whether it can be told from zero; one replicate tells nothing, but then its answer is all there is.
    #[must_use]
    pub fn is_told(&self) -> bool {
        let Estimate {
            mean, low, high, ..
        } = self.elasticity;
        mean.is_finite() && !(low <= 0.0 && high >= 0.0)
    }
}

impl Wheel {
    /// The answer to the push of a link.
    #[must_use]
    pub fn link(&self, link: Link) -> &LinkAnswer {
        &self.links[link as usize]
    }

    /// A level without a push.
    #[must_use]
    pub fn level(&self, level: Level) -> &Estimate {
        &self.levels[level as usize]
    }

    /// What to know about the figures, in sentences.
    #[must_use]
    pub fn remarks(&self) -> Vec<String> {
        let LoopQuestion { firm, period, .. } = &self.question;
        let mut remarks = Vec::new();
        if !self.level(Level::Interactions).mean.is_normal() {
            remarks.push(format!(
                "{firm} has no transactions in the window from period {period} on"
            ));
            return remarks;
        }
        if self.level(Level::Value).low <= 0.0 {
            remarks.push(format!(
                "the willingness to pay for {firm} in the window from period {period} on is not surely above zero, so percentages of it mean little"
            ));
        }
        for link in Link::PUSHED {
            let answer = self.link(link);
            if answer.elasticity.mean.is_nan() {
                remarks.push(format!(
                    "{}: {firm} could not be pushed in period {period} ({})",
                    link.words(),
                    link.why_not()
                ));
            } else if answer.is_linear == Some(false) {
                remarks.push(format!(
                    "{} in period {period} depends on the size of the push: {:.2}, and {:.2} at half the size",
                    link.words(),
                    answer.elasticity.mean,
                    answer.half_size
                ));
            }
        }
        remarks
    }
}
