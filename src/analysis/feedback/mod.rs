//! Feedback: what comes back of knowing more, when customers answer (section 8 of the model).
//!
//! # Usual flow
//!
//! 1. [`FeedbackQuestion`] says whose head start, when, and what it is to be measured by.
//! 2. [`FeedbackWorlds`] takes what the firm creates in three worlds of each replicate: *base* without the head start, *closed* with
//!    it, in which everything answers, and *open* with it, in which what happens to customers is replayed from base.
//! 3. [`Feedback`] is what follows: the direct effect (open less base), the total effect (closed less base), the factor
//!    between them, and what becomes of the lead in share.

mod kind;
mod table;
#[cfg(test)]
mod tests;

pub use kind::Feedbacks;

use super::trend::{SAME, Trend, Verdict};
use super::{Estimate, Moments, jackknife};
use crate::scenario::FeedbackOutcome;
use crate::statistics::DIFFERENCE;
use crate::table::{Batch, WorldRow};

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedbackQuestion {
    /// Place among the analyses of the scenario, from 1.
    pub analysis: u32,
    /// The firm that has the head start.
    pub firm: String,
    /// What effects are measured by.
    pub outcome: FeedbackOutcome,
    /// Period `t0` of the head start.
    pub period: u32,
    /// Extra observations of each home customer who shares data.
    pub observations: f64,
    /// Periods of the market: effects are followed from `t0` to the last.
    pub periods: u32,
}

/// One replicate: what the head start does, by period from `t0` on.
#[derive(Debug, Clone, Default, PartialEq)]
struct FeedbackCourse {
    /// Open less base.
    direct: Vec<f64>,
    /// Closed less base.
    total: Vec<f64>,
    /// The part of it with customers who were at home with the firm at `t0`.
    at_home: Vec<f64>,
    /// Share in closed less share in base.
    lead: Vec<f64>,
}

/// Takes in the three worlds of replicates.
#[derive(Debug)]
pub struct FeedbackWorlds {
    question: FeedbackQuestion,
    courses: Vec<FeedbackCourse>,
}

impl FeedbackWorlds {
    /// Waits for replicates.
    #[must_use]
    pub fn new(question: FeedbackQuestion) -> Self {
        Self {
            question,
            courses: Vec::new(),
        }
    }

    /// Takes in the table `worlds` of the next replicate.
    pub fn add(&mut self, worlds: &Batch) {
        let rows: Vec<WorldRow<&str>> = WorldRow::all(worlds).collect();
        let mut course = FeedbackCourse::default();
        for worlds in rows.chunks(3) {
            let find = |name: &str| worlds.iter().find(|row| row.world == name);
            let all = find("base").zip(find("closed")).zip(find("open"));
            let Some(((base, closed), open)) = all else {
                continue;
            };
            let value = |row: &WorldRow<&str>| match self.question.outcome {
                FeedbackOutcome::ValueCreated => (row.value_created, row.value_created_at_home),
                FeedbackOutcome::Profit => (row.profit, row.profit_at_home),
            };
            let (before, with) = (value(base), value(closed));
            course.direct.push(value(open).0 - before.0);
            course.total.push(with.0 - before.0);
            course.at_home.push(with.1 - before.1);
            course.lead.push(closed.share - base.share);
        }
        self.courses.push(course);
    }

    /// By replicate, what the head start does directly and in all, over all periods.
    fn effects(&self) -> Vec<(f64, f64)> {
        let sum = |one: &FeedbackCourse| (one.direct.iter().sum(), one.total.iter().sum());
        self.courses.iter().map(sum).collect()
    }

    /// By replicate, the lead in share by period.
    fn leads(&self) -> Vec<Vec<f64>> {
        self.courses.iter().map(|one| one.lead.clone()).collect()
    }

    /// What all replicates so far amount to.
    #[must_use]
    pub fn finish(self) -> Feedback {
        let leads = self.leads();
        let sum =
            |of: fn(&FeedbackCourse) -> f64| Moments::of(self.courses.iter().map(of)).estimate();
        Feedback {
            course: steps(&self.courses),
            lead: Trend::of(self.question.period, &leads),
            at_home: sum(|course| course.at_home.iter().sum()),
            others: sum(|course| {
                course.total.iter().sum::<f64>() - course.at_home.iter().sum::<f64>()
            }),
            question: self.question,
        }
    }
}

/// What comes back of a head start.
#[derive(Debug, Clone, PartialEq)]
pub struct Feedback {
    /// What was asked.
    pub question: FeedbackQuestion,
    /// By length, from 1 on.
    pub course: Vec<FeedbackStep>,
    /// What becomes of the lead in share.
    pub lead: Trend,
    /// The part of the whole total effect that is due to customers who were at home with the firm at `t0`.
    pub at_home: Estimate,
    /// The part that is due to all others.
    pub others: Estimate,
}

/// The first periods after a head start.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FeedbackStep {
    /// How many.
    pub length: u32,
    /// What the head start does directly.
    pub direct: Estimate,
    /// What it does in all.
    pub total: Estimate,
    /// The latter over the former (Fieller); empty where the direct effect cannot be told from zero.
    pub factor: Estimate,
    /// The lead in share in the last of these periods.
    pub lead: Estimate,
}

impl Feedback {
    /// The feedback factor over all periods; empty where there is none.
    #[must_use]
    pub fn factor(&self) -> Estimate {
        self.course
            .last()
            .map_or(Estimate::EMPTY, |step| step.factor)
    }

    /// Whether the factor says whether anything comes back: its interval leaves 1 out, or is narrow about it.
    #[must_use]
    pub fn is_told(&self) -> bool {
        let Estimate { low, high, .. } = self.factor();
        let is_one = low >= SAME && high <= 1.0 / SAME;
        low > 0.0 && (low > 1.0 || high < 1.0 || is_one)
    }

    /// Replicates.
    #[must_use]
    pub fn replicates(&self) -> u32 {
        self.course.last().map_or(0, |step| step.total.count)
    }
}

fn steps(courses: &[FeedbackCourse]) -> Vec<FeedbackStep> {
    let periods = courses.first().map_or(0, |course| course.total.len());
    let mut sums = vec![(0.0, 0.0); courses.len()];
    let step = |place: usize| {
        for (sums, course) in sums.iter_mut().zip(courses) {
            sums.0 += course.total[place];
            sums.1 += course.direct[place];
        }
        FeedbackStep {
            length: u32::try_from(place + 1).unwrap_or(u32::MAX),
            direct: Moments::of(sums.iter().map(|sums| sums.1)).estimate(),
            total: Moments::of(sums.iter().map(|sums| sums.0)).estimate(),
            factor: jackknife::ratio(&sums).unwrap_or(Estimate::EMPTY),
            lead: Moments::of(courses.iter().map(|course| course.lead[place]))
                .estimate()
                .within(DIFFERENCE),
        }
    };
    (0..periods).map(step).collect()
}

/// What the verdict on a lead is called in tables: one that dissipates, fades.
fn verdict_name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Dissipates => "fades",
        other => other.name(),
    }
}

/// The verdict of that name.
fn verdict_named(name: &str) -> Option<Verdict> {
    match name {
        "fades" => Some(Verdict::Dissipates),
        other => Verdict::named(other),
    }
}
