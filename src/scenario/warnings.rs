//! What is allowed in a scenario, but perhaps not meant.

use std::fmt;

use super::{
    Analysis, DesignKind, ExperienceRule, Observed, PriceRule, Scenario, Selection,
    SensitivityMethod,
};
use crate::log::StatisticKind;

/// Something that is perhaps not meant; its text says what to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Warning {
    /// A firm enters when all is over.
    EntersAfterEnd {
        /// The firm.
        firm: String,
        /// Its entry.
        entry: u32,
        /// Number of periods.
        periods: u32,
    },
    /// One replicate has no interval.
    SingleReplicate,
    /// A firm's rule is reviewed at entry and never again.
    NeverReviews {
        /// The firm.
        firm: String,
        /// Periods between reviews.
        review_every: u32,
    },
    /// A menu that shows everything is no selection.
    MenuIsEverything {
        /// The firm.
        firm: String,
        /// The experience.
        experience: String,
        /// Number of products.
        assortment: u32,
    },
    /// A price below cost whatever the fit.
    PriceBelowCost {
        /// The firm.
        firm: String,
        /// Its price.
        price: f64,
        /// Its lowest possible cost per transaction.
        cost: f64,
    },
    /// A number of Sobol points, or of base samples of Sobol indices, that fills the ranges less evenly than it could.
    UnevenSobol {
        /// The number of points.
        samples: u32,
    },
    /// A reputation that follows single periods, however few transactions they have.
    SwiftReputation {
        /// How fast it follows.
        speed: f64,
    },
    /// An experience of the scenario's own that no firm names.
    UnusedExperience {
        /// The experience.
        experience: String,
    },
    /// A firm of the scenario that the log has no purchases from.
    NoPurchases {
        /// The firm.
        firm: String,
    },
    /// A log that lacks the new customers that turnover would bring.
    NumbersUsedAgain {
        /// The period of the log from which on they are looked for.
        from: u32,
        /// Part of the customers whose first purchase is so late.
        seen: f64,
        /// The part that would be new.
        expected: f64,
    },
}

/// From here on a reputation is mostly that of the last period.
const SWIFT: f64 = 0.9;

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EntersAfterEnd { firm, entry, periods } => write!(
                f,
                "the firm `{firm}` never competes: it enters in period {entry}, but the last is {}; raise simulation.periods or lower its entry",
                periods.saturating_sub(1)
            ),
            Self::SingleReplicate => f.write_str(
                "with one replicate there are no confidence intervals; use 20 or more for results to show",
            ),
            Self::NeverReviews { firm, review_every } => write!(
                f,
                "the firm `{firm}` never reviews its experience after entry: review_every = {review_every} is longer than it is in the market"
            ),
            Self::MenuIsEverything { firm, experience, assortment } => write!(
                f,
                "the menu of `{experience}` shows all {assortment} products of the firm `{firm}`: raise its assortment or lower menu_size"
            ),
            Self::PriceBelowCost { firm, price, cost } => write!(
                f,
                "the firm `{firm}` loses on every transaction: its price is {price}, its cost at least {cost}"
            ),
            Self::UnevenSobol { samples } => write!(
                f,
                "{samples} points of a Sobol sequence fill the ranges less evenly than {} would: a power of two is best",
                samples.next_power_of_two()
            ),
            Self::SwiftReputation { speed } => write!(
                f,
                "with reputation.speed = {speed} a firm's reputation is next to the mean of a single period, which moves it as far with 16 transactions as with 40,000: that of a firm with few is mostly chance; lower the speed"
            ),
            Self::UnusedExperience { experience } => write!(
                f,
                "no firm starts with the experience `{experience}`: check the names in the firms' rules"
            ),
            Self::NoPurchases { firm } => write!(
                f,
                "the log has no purchases from the firm `{firm}`, so it is calibrated to a firm that nobody buys from: check its name, or take the firm out"
            ),
            Self::NumbersUsedAgain { from, seen, expected } => write!(
                f,
                "{:.1} % of the log's customers buy first in its period {from} or later, though turnover would bring {:.0} % new ones by then: it is taken to have one number for a customer and for whoever takes their place; say so with numbers_used_again = true under [calibrate], or false where everybody has a name of their own (then turnover is likely less)",
                100.0 * seen,
                100.0 * expected
            ),
        }
    }
}

impl Scenario {
    /// What is perhaps not meant. Says nothing about what interventions change later.
    #[must_use]
    pub fn warnings(&self) -> Vec<Warning> {
        let mut warnings = Vec::new();
        if self.simulation.replicates == 1 {
            warnings.push(Warning::SingleReplicate);
        }
        let speed = self.market.reputation.speed;
        if speed >= SWIFT {
            warnings.push(Warning::SwiftReputation { speed });
        }
        for index in 0..self.firms.len() {
            self.warn_of_firm(index, &mut warnings);
        }
        if let Some(sweep) = &self.sweep
            && sweep.design == DesignKind::Sobol
            && let Some(samples) = sweep.samples
            && !samples.is_power_of_two()
        {
            warnings.push(Warning::UnevenSobol { samples });
        }
        for analysis in &self.analyses {
            if let Analysis::Sensitivity {
                method: SensitivityMethod::Sobol,
                samples,
                ..
            } = analysis
                && let Some(samples) = samples.filter(|samples| !samples.is_power_of_two())
            {
                warnings.push(Warning::UnevenSobol { samples });
            }
        }
        // later changes, and other points, may name it
        if self.interventions.is_empty() && self.sweep.is_none() {
            warnings.extend(self.unused_experiences());
        }
        self.warn_of_log(&mut warnings);
        warnings
    }

    fn warn_of_log(&self, warnings: &mut Vec<Warning>) {
        let Some(asked) = &self.calibrate else {
            return;
        };
        for firm in &self.firms {
            let of_firm =
                |one: &&Observed| one.statistic == StatisticKind::Share && one.firm == firm.name;
            let mut shares = asked.observed.iter().filter(of_firm).peekable();
            if shares.peek().is_some() && shares.all(|one| one.value == 0.0) {
                warnings.push(Warning::NoPurchases {
                    firm: firm.name.clone(),
                });
            }
        }
        if asked.numbers_used_again.is_none()
            && self.are_numbers_used_again()
            && let Some(new) = self.new_customers()
        {
            warnings.push(Warning::NumbersUsedAgain {
                from: new.from,
                seen: new.seen,
                expected: new.expected,
            });
        }
    }

    fn warn_of_firm(&self, index: usize, warnings: &mut Vec<Warning>) {
        let firm = &self.firms[index];
        let periods = self.simulation.periods;
        if firm.entry >= periods {
            warnings.push(Warning::EntersAfterEnd {
                firm: firm.name.clone(),
                entry: firm.entry,
                periods,
            });
            return;
        }
        if let ExperienceRule::Adaptive { review_every, .. }
        | ExperienceRule::Imitate { review_every, .. } = firm.experience
            && review_every >= periods - firm.entry
        {
            warnings.push(Warning::NeverReviews {
                firm: firm.name.clone(),
                review_every,
            });
        }
        let named = firm.experience.names();
        for name in &named {
            let Some(experience) = self.experiences.get(*name) else {
                continue;
            };
            let menu = experience.menu_size.unwrap_or(0);
            if experience.selection == Selection::Menu && menu >= firm.assortment {
                warnings.push(Warning::MenuIsEverything {
                    firm: firm.name.clone(),
                    experience: (*name).to_owned(),
                    assortment: firm.assortment,
                });
            }
        }
        let costs = named.iter().filter_map(|name| self.experiences.get(*name));
        let cost = costs
            .map(|experience| experience.unit_cost * (1.0 - firm.efficiency_gain))
            .fold(f64::INFINITY, f64::min);
        if let PriceRule::Fixed(price) = firm.price
            && cost.is_finite()
            && price < cost
        {
            warnings.push(Warning::PriceBelowCost {
                firm: firm.name.clone(),
                price,
                cost,
            });
        }
    }

    fn unused_experiences(&self) -> Vec<Warning> {
        let used: Vec<&str> = self
            .firms
            .iter()
            .flat_map(|firm| firm.experience.names())
            .collect();
        self.experiences
            .keys()
            .filter(|name| super::preset(name).is_none() && !used.contains(&name.as_str()))
            .map(|name| Warning::UnusedExperience {
                experience: name.clone(),
            })
            .collect()
    }
}
