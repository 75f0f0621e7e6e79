//! Whether a log shows the new customers that turnover brings.

use super::Scenario;
use crate::log::StatisticKind;

/// Part of the expected new customers below which a log shows none: theirs are the numbers of those who left.
const SHOWN: f64 = 0.5;
/// Expected new customers from which on it can be said whether a log shows them.
const FEWEST: f64 = 10.0;

/// New customers late in a log.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct NewCustomers {
    /// Part of all customers whose first purchase is late, as the log has it.
    pub seen: f64,
    /// The part that would be new if they had names of their own.
    pub expected: f64,
    /// The period of the log from which on it is late.
    pub from: u32,
}

impl Scenario {
    /// Whether the log that the scenario is calibrated to is taken to have one number for a customer and for whoever takes their place: what
    /// `[calibrate]` says, else whether the log lacks the new customers that turnover would bring.
    #[must_use]
    pub fn are_numbers_used_again(&self) -> bool {
        let said = self
            .calibrate
            .as_ref()
            .and_then(|asked| asked.numbers_used_again);
        said.unwrap_or_else(|| {
            self.new_customers()
                .is_some_and(|new| new.seen < SHOWN * new.expected)
        })
    }

    /// The new customers of the log; none where that cannot be said.
    pub(super) fn new_customers(&self) -> Option<NewCustomers> {
        let asked = self.calibrate.as_ref()?;
        let periods = asked.periods?;
        let late = |from: u32| 4 * from >= periods;
        let of_kind = |one: &&super::Observed| one.statistic == StatisticKind::FirstTime;
        let windows = || {
            asked
                .observed
                .iter()
                .filter(of_kind)
                .filter(|one| late(one.from))
        };
        let from = windows().map(|one| one.from).min()?;
        let (mut all, mut new) = (0.0, 0.0);
        for population in &self.populations {
            let seats = population
                .customers
                .min(asked.customers.unwrap_or(u32::MAX));
            let coming = |periods: u32| f64::from(seats) * population.turnover * f64::from(periods);
            all += f64::from(seats) + coming(periods.saturating_sub(1));
            new += coming(periods.saturating_sub(from));
        }
        (new >= FEWEST).then(|| NewCustomers {
            seen: windows().map(|one| one.value).sum(),
            expected: new / all,
            from,
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::scenario::{Scenario, Warning};

    /// A market of 300 customers in 60 periods, with so many first purchases from the period 16 on.
    fn market(population: &str, late: f64, asked: &str) -> Scenario {
        let text = format!(
            r#"
[simulation]
periods = 60
[[populations]]
name = "people"
customers = 300
{population}
[[firms]]
name = "shop"
experience = "respond-to-desire"
[calibrate]
periods = 60
{asked}
observed = [
    {{ statistic = "first_time", from = 8, to = 16, value = 0.9 }},
    {{ statistic = "first_time", from = 16, to = 32, value = {late} }},
    {{ statistic = "first_time", from = 32, to = 60, value = 0.0 }},
]
[[calibrate.parameters]]
key = "populations.*.awareness"
range = {{ from = 0.2, to = 0.95 }}
"#
        );
        Scenario::from_toml(&text).unwrap_or_else(|problems| panic!("{problems}"))
    }

    #[test]
    fn numbers_are_used_again_where_a_log_lacks_new_customers() {
        // 0.005 of 300 in 44 of 60 periods are 66 new customers, 17 % of all
        for (population, late, asked, expected) in [
            ("", 0.02, "", true),
            ("", 0.15, "", false),
            ("", 0.02, "numbers_used_again = false", false),
            ("", 0.15, "numbers_used_again = true", true),
            // next to nobody leaves, so that it does not matter
            ("turnover = 0.0", 0.0, "", false),
        ] {
            let market = market(population, late, asked);
            let found = market.are_numbers_used_again();
            assert_eq!(found, expected, "{population} {late} {asked}");
            let is_told = |warning: &Warning| matches!(warning, Warning::NumbersUsedAgain { .. });
            let told = market.warnings().iter().any(is_told);
            assert_eq!(told, expected && asked.is_empty(), "{late} {asked}");
        }
    }
}
