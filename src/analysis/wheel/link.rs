//! The links of the wheel and the levels between them: what is pushed, and what answers.

use super::LoopQuestion;
use super::window::{self, COST, FIRST_TIME, FIT, KNOWLEDGE, TRANSACTIONS, VALUE};
use crate::model::{HeadStart, Perturbation};

/// Observations' worth of knowledge that a push gives about each customer.
const OBSERVATIONS: f64 = 0.2;
/// What a push adds to fit.
const FIT_RAISE: f64 = 0.02;
/// What a push adds to willingness to pay.
const VALUE_RAISE: f64 = 0.01;
/// Part of the transactions that a push lets teach twice.
pub(super) const TAUGHT_TWICE: f64 = 0.1;

/// A quantity between two links.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Mean knowledge index before a transaction.
    Knowledge,
    /// Mean fit.
    Fit,
    /// Mean willingness to pay.
    Value,
    /// Transactions per period.
    Interactions,
}

impl Level {
    /// All levels in the order of the loop.
    pub const ALL: [Self; 4] = [Self::Knowledge, Self::Fit, Self::Value, Self::Interactions];

    /// Its name in the table.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Knowledge => "knowledge",
            Self::Fit => "fit",
            Self::Value => "value",
            Self::Interactions => "interactions",
        }
    }

    /// The level in a window: a mean per transaction, or the number of transactions.
    pub(super) fn of(self, window: &[f64]) -> f64 {
        let each = |total: usize| window[total] / window[TRANSACTIONS];
        match self {
            Self::Knowledge => each(KNOWLEDGE),
            Self::Fit => each(FIT),
            Self::Value => each(VALUE),
            Self::Interactions => window[TRANSACTIONS],
        }
    }
}

/// A link of the wheel, a part of one, or the product of the four.
///
/// All are measured per transaction and within a window. So they leave out what more knowledge, fit or value does outside it: customers who
/// come to a firm that did not know them, and what accumulates later. The product of the links is therefore not what the loop gives back:
/// that is the feedback factor ([`feedback`](crate::analysis::feedback)).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// What knowledge of its own customers does to fit; of customers who are not at home with the firm it learns nothing by this push.
    KnowledgeToFit,
    /// What fit does to willingness to pay; that it also saves cost is told apart.
    FitToValue,
    /// What fit does to the cost of a transaction, which is no part of the loop.
    FitToCost,
    /// What willingness to pay does to the number of transactions within the window; what reputation brings later is left out.
    ValueToInteractions,
    /// The part of it that is due to how often own customers come.
    ValueToFrequency,
    /// The part that is due to how many of them stay.
    ValueToRetention,
    /// The part that is due to newcomers: their first transactions, and those that follow within the window.
    ValueToNewcomers,
    /// What the number of transactions does to knowledge per transaction; that more customers are known is left out.
    InteractionsToKnowledge,
    /// The product of the four links.
    Product,
}

impl Link {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::KnowledgeToFit,
        Self::FitToValue,
        Self::FitToCost,
        Self::ValueToInteractions,
        Self::ValueToFrequency,
        Self::ValueToRetention,
        Self::ValueToNewcomers,
        Self::InteractionsToKnowledge,
        Self::Product,
    ];

    /// The four links of the loop, in its order; each has a push of its own.
    pub const PUSHED: [Self; 4] = [
        Self::KnowledgeToFit,
        Self::FitToValue,
        Self::ValueToInteractions,
        Self::InteractionsToKnowledge,
    ];

    /// Its name in the table.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::KnowledgeToFit => "knowledge_to_fit",
            Self::FitToValue => "fit_to_value",
            Self::FitToCost => "fit_to_cost",
            Self::ValueToInteractions => "value_to_interactions",
            Self::ValueToFrequency => "value_to_frequency",
            Self::ValueToRetention => "value_to_retention",
            Self::ValueToNewcomers => "value_to_newcomers",
            Self::InteractionsToKnowledge => "interactions_to_knowledge",
            Self::Product => "product",
        }
    }

    /// Its name in a sentence.
    #[must_use]
    pub fn words(self) -> String {
        self.name().replace('_', " ")
    }

    /// The place in [`Link::PUSHED`] of the push that it answers; none for the product.
    pub(super) fn push_number(self) -> Option<usize> {
        match self {
            Self::KnowledgeToFit => Some(0),
            Self::FitToValue | Self::FitToCost => Some(1),
            Self::ValueToInteractions
            | Self::ValueToFrequency
            | Self::ValueToRetention
            | Self::ValueToNewcomers => Some(2),
            Self::InteractionsToKnowledge => Some(3),
            Self::Product => None,
        }
    }

    /// The push of one of the four links.
    pub(super) fn push(self, question: &LoopQuestion, size: f64) -> Perturbation {
        let none = Perturbation {
            window: question.window,
            ..Perturbation::of(&question.firm, question.period)
        };
        match self {
            Self::KnowledgeToFit => Perturbation {
                head_start: HeadStart::Observations(size * OBSERVATIONS),
                ..none
            },
            Self::FitToValue => Perturbation {
                fit: size * FIT_RAISE,
                ..none
            },
            Self::ValueToInteractions => Perturbation {
                wtp: size * VALUE_RAISE,
                ..none
            },
            Self::InteractionsToKnowledge => Perturbation {
                taught_twice: size * TAUGHT_TWICE,
                ..none
            },
            _ => none,
        }
    }

    /// Why a push may have had no effect on its cause.
    pub(super) fn why_not(self) -> &'static str {
        match self {
            Self::KnowledgeToFit => {
                "it has no home customers who share data then, or does not learn about each of them"
            }
            _ => "it has no transactions to push",
        }
    }

    /// By how much the push changes the cause, as a part of it; `size` is that of the push.
    pub(super) fn cause(self, before: &[f64], after: &[f64], size: f64) -> f64 {
        match self {
            Self::KnowledgeToFit => change(Level::Knowledge, before, after),
            Self::FitToValue | Self::FitToCost => change(Level::Fit, before, after),
            Self::ValueToInteractions
            | Self::ValueToFrequency
            | Self::ValueToRetention
            | Self::ValueToNewcomers => change(Level::Value, before, after),
            // lessons: those that transactions teach, and those that are taught twice
            Self::InteractionsToKnowledge => {
                let taught = (1.0 + size * TAUGHT_TWICE) * after[TRANSACTIONS];
                taught / before[TRANSACTIONS] - 1.0
            }
            Self::Product => f64::NAN,
        }
    }

    /// By how much the effect changes, as a part of it.
    pub(super) fn effect(self, before: &[f64], after: &[f64]) -> f64 {
        match self {
            Self::KnowledgeToFit => change(Level::Fit, before, after),
            Self::FitToValue => change(Level::Value, before, after),
            Self::FitToCost => {
                let each = |window: &[f64]| window[COST] / window[TRANSACTIONS];
                each(after) / each(before) - 1.0
            }
            Self::ValueToInteractions => change(Level::Interactions, before, after),
            Self::ValueToFrequency | Self::ValueToRetention | Self::ValueToNewcomers => {
                self.part_of_interactions(before, after) / before[TRANSACTIONS]
            }
            Self::InteractionsToKnowledge => change(Level::Knowledge, before, after),
            Self::Product => f64::NAN,
        }
    }

    /// The transactions gained by one of the three ways, which add up to all of them.
    ///
    /// Transactions are first ones or repeats; repeats are customers at home, counted each period, times the
    /// frequency with which they come; and customers at home are those of the period before who stay (or return) and those who
    /// came new. What changes together is split evenly, as by the Shapley value.
    fn part_of_interactions(self, before: &[f64], after: &[f64]) -> f64 {
        let repeats = |window: &[f64]| window[TRANSACTIONS] - window[FIRST_TIME];
        let at_home = |comes: &[f64], stays: &[f64]| customers(comes, stays).iter().sum::<f64>();
        let frequency = |window: &[f64]| {
            let customers = at_home(window, window);
            if customers > 0.0 {
                repeats(window) / customers
            } else {
                0.0
            }
        };
        let usual = f64::midpoint(frequency(before), frequency(after));
        let (none, both) = (at_home(before, before), at_home(after, after));
        let (come, stay) = (at_home(after, before), at_home(before, after));
        match self {
            Self::ValueToNewcomers => {
                let first = after[FIRST_TIME] - before[FIRST_TIME];
                first + usual * f64::midpoint(come - none, both - stay)
            }
            Self::ValueToRetention => usual * f64::midpoint(stay - none, both - come),
            // what remains, so that nothing is lost where nobody is at home
            _ => (repeats(after) - repeats(before)) - usual * (both - none),
        }
    }
}

/// Home customers at the start of each period, if as many come new as in one window and the same part of the
/// others stays as in the other window.
fn customers(comes: &[f64], stays: &[f64]) -> Vec<f64> {
    let (known, arrived) = (window::home(stays), window::new(stays));
    let mut customers: Vec<f64> = window::home(comes).iter().take(1).copied().collect();
    for period in 1..known.len() {
        let stay = if known[period - 1] > 0.0 {
            (known[period] - arrived[period - 1]) / known[period - 1]
        } else {
            0.0
        };
        let last = customers.last().copied().unwrap_or(0.0);
        customers.push(last * stay + window::new(comes)[period - 1]);
    }
    customers
}

/// By how much a level changes, as a part of it.
fn change(level: Level, before: &[f64], after: &[f64]) -> f64 {
    let (before, after) = (level.of(before), level.of(after));
    // also where the level is zero and stays so
    if after == before {
        0.0
    } else {
        after / before - 1.0
    }
}
