//! What became of hypotheses.

use super::limit::FoundLimit;
use crate::analysis::Estimate;

/// What became of the hypotheses of a scenario.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Hypotheses {
    /// All, point by point of a sweep, in the order of the scenario.
    pub all: Vec<Judged>,
}

/// A hypothesis and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// Its place in the scenario, from 1.
    pub number: u32,
    /// Point of the sweep; 0 without one.
    pub point: u32,
    /// What is claimed.
    pub claim: String,
    /// The statement that bears it out.
    pub holds_if: String,
    /// Mean of its left side, or where the right side is no number, of the difference, with the interval that decides.
    pub estimate: Estimate,
    /// What the estimate is held against.
    pub threshold: f64,
    /// The confidence that was asked for.
    pub confidence: f64,
    /// What became of it.
    pub verdict: Verdict,
    /// About how many more replicates would decide it; NaN where it is decided, or nothing says.
    pub more: f64,
    /// Where along its limits it stops holding, in their order.
    pub limits: Vec<FoundLimit>,
    /// What became of it in changed markets, where that is asked for.
    pub repetitions: Vec<Repetition>,
}

/// A hypothesis in a market that is changed in something that should not matter.
#[derive(Debug, Clone, PartialEq)]
pub struct Repetition {
    /// What is changed: one of [`CHANGES`].
    pub change: &'static str,
    /// What was found.
    pub estimate: Estimate,
    /// What became of the hypothesis.
    pub verdict: Verdict,
}

/// What is changed to see whether a verdict lasts: another seed, half and ten times the customers, one taste dimension fewer and one more, and
/// periods of half the length.
pub const CHANGES: [&str; 6] = [
    "other_seed",
    "half_the_customers",
    "ten_times_the_customers",
    "one_dimension_fewer",
    "one_dimension_more",
    "half_periods",
];

/// Whether a verdict lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Robustness {
    /// It is the same in all changed markets.
    Robust,
    /// In some it is undecided, in none the opposite.
    Shifted,
    /// In some it is the opposite.
    Fragile,
}

impl Robustness {
    /// Its name in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Robust => "robust",
            Self::Shifted => "shifted",
            Self::Fragile => "fragile",
        }
    }
}

/// What became of a hypothesis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The interval lies wholly on the claimed side.
    Supported,
    /// It lies wholly on the other side.
    Refuted,
    /// It does not say.
    Undecided,
}

impl Verdict {
    pub(super) const ALL: [Self; 3] = [Self::Supported, Self::Refuted, Self::Undecided];

    /// Its name in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::Refuted => "refuted",
            Self::Undecided => "undecided",
        }
    }
}

/// After how many replicates a run is looked at that adds some until all is decided: those of the scenario, then twice as many each
/// time, and the most.
#[must_use]
pub fn looks(replicates: u32, at_most: u32) -> Vec<u32> {
    let doubled = std::iter::successors(Some(replicates.max(1)), |count| count.checked_mul(2));
    let mut looks: Vec<u32> = doubled.take_while(|count| *count < at_most).collect();
    looks.push(at_most.max(replicates));
    looks
}

impl Judged {
    /// Whether its verdict lasts; none where that was not asked for, or there is no verdict.
    #[must_use]
    pub fn robustness(&self) -> Option<Robustness> {
        if self.repetitions.is_empty() || self.verdict == Verdict::Undecided {
            return None;
        }
        Some(match self.differing().as_slice() {
            [] => Robustness::Robust,
            all if all.iter().any(|one| one.verdict != Verdict::Undecided) => Robustness::Fragile,
            _ => Robustness::Shifted,
        })
    }

    /// The changed markets in which its verdict is another.
    #[must_use]
    pub fn differing(&self) -> Vec<&Repetition> {
        let all = self.repetitions.iter();
        all.filter(|one| one.verdict != self.verdict).collect()
    }

    /// Verdict, claim and what was found, in an English sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let reach = self.estimate.reach();
        let size = if reach > 0.0 {
            reach
        } else {
            self.estimate.mean.abs()
        };
        let decimals = match size > 0.0 && size.is_finite() {
            true => (1.0 - libm::log10(size).floor()).clamp(0.0, 6.0) as usize,
            false => 1,
        };
        let written = |value: f64| match value.is_nan() {
            true => "-".to_owned(),
            false => format!("{value:.decimals$}"),
        };
        let more = match self.more.is_finite() {
            true => format!("; about {:.0} more replicates would decide", self.more),
            false => String::new(),
        };
        let told = format!(
            "{}: {} ({} [{}, {}] against {}, {} replicates{more})",
            self.verdict.name(),
            self.claim.trim().trim_end_matches('.'),
            written(self.estimate.mean),
            written(self.estimate.low),
            written(self.estimate.high),
            self.threshold,
            self.estimate.count
        );
        let robust = self.robustness().map(|robustness| {
            let told = |one: &&Repetition| {
                format!(
                    "{} with {}",
                    one.verdict.name(),
                    one.change.replace('_', " ")
                )
            };
            let where_not: Vec<String> = self.differing().iter().map(told).collect();
            match where_not.is_empty() {
                true => robustness.name().to_owned(),
                false => format!("{}: {}", robustness.name(), where_not.join(", ")),
            }
        });
        let limits = self.limits.iter().map(FoundLimit::sentence);
        let more = robust.into_iter().chain(limits);
        more.fold(told, |told, more| format!("{told}; {more}"))
    }
}

impl Hypotheses {
    /// Whether all are decided.
    #[must_use]
    pub fn are_decided(&self) -> bool {
        !self.all.is_empty() && self.all.iter().all(|one| one.verdict != Verdict::Undecided)
    }
}
