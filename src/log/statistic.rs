//! What is said of a log, and over what.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parts of equal length into which the periods are divided for what changes over time.
const WINDOWS: u32 = 6;
/// Edges of groups of purchases of a customer, counted from 0: the repeat rate is given for each.
const EARLIER: [u32; 7] = [1, 2, 3, 5, 9, 17, 33];
/// Edges of groups of run lengths.
const LENGTHS: [u32; 5] = [1, 2, 3, 5, 9];

/// A statistic of a log.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum StatisticKind {
    /// A firm's part of the purchases of a window.
    Share,
    /// Part of the purchases of a window that are from the firm of the customer's last one.
    Repeat,
    /// The same by how many purchases the customer had made before, from and to these.
    RepeatAfter,
    /// Of purchases after a change of firm, the part that goes back to the firm before.
    Return,
    /// Purchases per customer and period of a window.
    Frequency,
    /// Variance over customers of their number of purchases, divided by its mean: 1 where purchases fall at random.
    Dispersion,
    /// Part of the customers whose first purchase is in these periods.
    FirstTime,
    /// How much customers keep to one firm: chance that two purchases of one customer are from one firm, mean over customers with two and more.
    WithinCustomers,
    /// How unequal customers are: part of all purchases that the fifth who buy most make.
    BetweenCustomers,
    /// Of purchases after one from the first firm, the part that is from the second.
    Switching,
    /// Part of the runs (purchases of a customer from one firm in a row) that are so long; the last one is as long as it was when the log ended.
    RunLength,
    /// Part of the relations (a customer and the firm of the first purchase) that still bring a purchase so many periods later or after; only those that could.
    Survival,
    /// Part of the purchases of a window that the firm began, where that is known.
    BegunByFirm,
}

impl StatisticKind {
    /// All of them, in the order in which they are given.
    pub const ALL: [Self; 13] = [
        Self::Share,
        Self::Repeat,
        Self::RepeatAfter,
        Self::Return,
        Self::Frequency,
        Self::Dispersion,
        Self::FirstTime,
        Self::WithinCustomers,
        Self::BetweenCustomers,
        Self::Switching,
        Self::RunLength,
        Self::Survival,
        Self::BegunByFirm,
    ];

    /// Its name in tables and scenarios.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Share => "share",
            Self::Repeat => "repeat",
            Self::RepeatAfter => "repeat_after",
            Self::Return => "return",
            Self::Frequency => "frequency",
            Self::Dispersion => "dispersion",
            Self::FirstTime => "first_time",
            Self::WithinCustomers => "within_customers",
            Self::BetweenCustomers => "between_customers",
            Self::Switching => "switching",
            Self::RunLength => "run_length",
            Self::Survival => "survival",
            Self::BegunByFirm => "begun_by_firm",
        }
    }

    /// The one of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }

    /// The nearest value that it can have.
    #[must_use]
    pub const fn possible(self, value: f64) -> f64 {
        let most = if self.is_part() { 1.0 } else { f64::INFINITY };
        value.clamp(0.0, most)
    }

    /// Whether it is a part of 1.
    #[must_use]
    pub const fn is_part(self) -> bool {
        !matches!(self, Self::Frequency | Self::Dispersion)
    }
}

/// One statistic: what, of which firm, and over what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Statistic {
    /// What.
    pub kind: StatisticKind,
    /// Position of the firm; none of all firms together.
    pub firm: Option<usize>,
    /// Position of the firm to which customers change, of a switching rate.
    pub to_firm: Option<usize>,
    /// First period, or least number (of earlier purchases, of purchases in a run, of periods later).
    pub from: u32,
    /// Period before which it ends, or number below which it is; 0 where there is no end.
    pub to: u32,
}

impl Statistic {
    /// What tables call its firm: a name, two names with `>` between them, or nothing.
    #[must_use]
    pub fn firm_in<S: AsRef<str>>(&self, firms: &[S]) -> String {
        let name = |at: usize| firms.get(at).map_or("", AsRef::as_ref);
        match (self.firm, self.to_firm) {
            (Some(from), Some(to)) => format!("{} > {}", name(from), name(to)),
            (Some(firm), None) => name(firm).to_owned(),
            _ => String::new(),
        }
    }
}

/// What statistics run over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// Number of firms.
    pub firms: usize,
    /// Number of periods.
    pub periods: u32,
}

impl Shape {
    /// The edges of the windows: one more than there are windows.
    #[must_use]
    pub fn windows(self) -> Vec<u32> {
        let count = WINDOWS.min(self.periods.max(1));
        let edge = |number| u64::from(self.periods) * u64::from(number) / u64::from(count);
        (0..=count)
            .map(|number| u32::try_from(edge(number)).unwrap_or(u32::MAX))
            .collect()
    }

    /// All statistics, in their fixed order.
    #[must_use]
    pub fn statistics(self) -> Vec<Statistic> {
        let mut all = Vec::new();
        let windows = self.windows();
        let windows = || windows.windows(2).map(|edge| (edge[0], edge[1]));
        for kind in StatisticKind::ALL {
            let one = |(from, to)| Statistic {
                kind,
                firm: None,
                to_firm: None,
                from,
                to,
            };
            let whole = one((0, self.periods));
            match kind {
                StatisticKind::Share => all.extend((0..self.firms).flat_map(|firm| {
                    windows().map(move |window| Statistic {
                        firm: Some(firm),
                        ..one(window)
                    })
                })),
                StatisticKind::Repeat | StatisticKind::Frequency | StatisticKind::BegunByFirm => {
                    all.extend(windows().map(one));
                }
                StatisticKind::RepeatAfter => all.extend(groups(&EARLIER).map(one)),
                StatisticKind::RunLength => all.extend(groups(&LENGTHS).map(one)),
                StatisticKind::FirstTime => all.extend(self.doublings().map(one)),
                StatisticKind::Survival => all.extend(self.lags().map(|lag| one((lag, 0)))),
                StatisticKind::Switching => {
                    let pairs =
                        (0..self.firms).flat_map(|from| (0..self.firms).map(move |to| (from, to)));
                    all.extend(pairs.map(|(from, to)| Statistic {
                        firm: Some(from),
                        to_firm: Some(to),
                        ..whole
                    }));
                }
                StatisticKind::Return
                | StatisticKind::Dispersion
                | StatisticKind::WithinCustomers
                | StatisticKind::BetweenCustomers => all.push(whole),
            }
        }
        all
    }

    /// Periods in groups that double: 0, 1, 2 to 3, 4 to 7 and so on.
    fn doublings(self) -> impl Iterator<Item = (u32, u32)> {
        let edges = std::iter::successors(Some(1u32), |edge| edge.checked_mul(2));
        let edges = std::iter::once(0).chain(edges);
        let periods = self.periods;
        let inside = edges.take_while(move |edge| *edge < periods);
        inside.map(move |from| (from, (2 * from).max(1).min(periods)))
    }

    /// How many periods later it is asked whether a relation still lives: doublings up to half of all.
    pub(super) fn lags(self) -> impl Iterator<Item = u32> {
        let all = std::iter::successors(Some(1u32), |lag| lag.checked_mul(2));
        let half = self.periods / 2;
        all.take_while(move |lag| *lag <= half)
    }
}

/// Groups between edges; the last has no end.
fn groups(edges: &[u32]) -> impl Iterator<Item = (u32, u32)> {
    let ends = edges.iter().skip(1).copied().chain([0]);
    edges.iter().copied().zip(ends)
}

/// The place of the group in which a number is; none below all of them.
fn group(edges: &[u32], number: u32) -> Option<usize> {
    edges.iter().rposition(|edge| *edge <= number)
}

/// The group of the repeat rate after so many purchases.
pub(super) fn earlier(purchases: u32) -> Option<usize> {
    group(&EARLIER, purchases)
}

/// The group of a run of that length.
pub(super) fn length(run: u32) -> Option<usize> {
    group(&LENGTHS, run)
}

/// How many groups of earlier purchases there are, and of run lengths.
pub(super) const GROUPS: (usize, usize) = (EARLIER.len(), LENGTHS.len());
