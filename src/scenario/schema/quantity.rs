//! What is measured of a firm, and of the market: its name and its place in tables, asked here and nowhere else.

use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A quantity of the table `firms`. Scenarios ask for those of the table `summary`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Quantity {
    /// Share of transactions, over the last tenth of the periods.
    #[default]
    Share,
    /// Value created per transaction, over the last tenth of the periods.
    ValueCreated,
    /// Value created less that of the best rival, over the last tenth of the periods.
    CompetitiveAdvantage,
    /// Knowledge index before the transaction, over the last tenth of the periods.
    Knowledge,
    /// Fit, over the last tenth of the periods.
    Fit,
    /// Price per transaction, over the last tenth of the periods.
    Price,
    /// Home customers, over the last tenth of the periods.
    Customers,
    /// Discounted cumulative profit.
    CumulativeProfit,
    /// Mean willingness to pay; not in `summary`.
    #[serde(skip)]
    WillingnessToPay,
    /// Mean cost; not in `summary`.
    #[serde(skip)]
    Cost,
    /// Knowledge of a newcomer from population-level learning alone; not in `summary`.
    #[serde(skip)]
    PopulationKnowledge,
    /// Profit of the period; not in `summary`.
    #[serde(skip)]
    Profit,
}

impl Quantity {
    /// All quantities: those in `summary`, in its order, then the others.
    pub const ALL: [Self; 12] = [
        Self::Share,
        Self::ValueCreated,
        Self::CompetitiveAdvantage,
        Self::Knowledge,
        Self::Fit,
        Self::Price,
        Self::Customers,
        Self::CumulativeProfit,
        Self::WillingnessToPay,
        Self::Cost,
        Self::PopulationKnowledge,
        Self::Profit,
    ];

    /// Those in `summary`, in its order.
    pub const SUMMARY: [Self; 8] = *Self::ALL.first_chunk().expect("there are more");

    /// The place in [`Quantity::SUMMARY`]; none if `summary` does not hold it.
    #[must_use]
    pub fn in_summary(self) -> Option<usize> {
        Some(self as usize).filter(|place| *place < Self::SUMMARY.len())
    }

    /// The quantity among figures in the order of `summary`; none if they do not hold it.
    #[must_use]
    pub fn of_summary<T>(self, figures: &[T]) -> Option<&T> {
        figures.get(self.in_summary()?)
    }

    /// The name in scenarios, the column of `firms`, and what `summary` calls it.
    #[must_use]
    pub const fn column(self) -> &'static str {
        match self {
            Self::Share => "share",
            Self::ValueCreated => "value_created",
            Self::CompetitiveAdvantage => "competitive_advantage",
            Self::Knowledge => "knowledge",
            Self::Fit => "fit",
            Self::Price => "price",
            Self::Customers => "customers",
            Self::CumulativeProfit => "cumulative_profit",
            Self::WillingnessToPay => "wtp",
            Self::Cost => "cost",
            Self::PopulationKnowledge => "population_knowledge",
            Self::Profit => "profit",
        }
    }

    /// The quantity of that column.
    #[must_use]
    pub fn named(column: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.column() == column)
    }

    /// The least and the most that it can be.
    #[must_use]
    pub const fn range(self) -> (f64, f64) {
        match self {
            Self::Share | Self::Fit | Self::Knowledge | Self::PopulationKnowledge => (0.0, 1.0),
            Self::Customers | Self::Price | Self::Cost => (0.0, f64::INFINITY),
            // a perfect fit without friction is worth 1
            Self::WillingnessToPay | Self::ValueCreated => (f64::NEG_INFINITY, 1.0),
            Self::CompetitiveAdvantage | Self::Profit | Self::CumulativeProfit => {
                (f64::NEG_INFINITY, f64::INFINITY)
            }
        }
    }

    /// The periods over whose mean a run of so many periods is summed up: the closing window, but the last
    /// period of what accumulates.
    #[must_use]
    pub fn window(self, periods: u32) -> Range<u32> {
        match self {
            Self::CumulativeProfit => periods.saturating_sub(1)..periods,
            _ => closing(periods),
        }
    }
}

/// What is measured of the market as a whole, all firms and populations together; where it is summed up, over the last tenth of the
/// periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarketQuantity {
    /// Needs fulfilled over needs, 0 to 1.
    Coverage,
    /// Needs recognized over needs, 0 to 1.
    Recognized,
    /// Sum of squared shares of transactions, 0 to 1.
    Concentration,
    /// Consumer surplus of transactions per customer and period.
    ConsumerSurplus,
    /// Producer surplus of transactions per customer and period.
    ProducerSurplus,
}

impl MarketQuantity {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Coverage,
        Self::Recognized,
        Self::Concentration,
        Self::ConsumerSurplus,
        Self::ProducerSurplus,
    ];

    /// What tables, lessons and hypotheses call it.
    #[must_use]
    pub const fn column(self) -> &'static str {
        match self {
            Self::Coverage => "coverage",
            Self::Recognized => "recognized",
            Self::Concentration => "hhi",
            Self::ConsumerSurplus => "consumer_surplus",
            Self::ProducerSurplus => "producer_surplus",
        }
    }

    /// Its lowest and highest value.
    #[must_use]
    pub const fn range(self) -> (f64, f64) {
        match self {
            Self::Coverage | Self::Recognized | Self::Concentration => (0.0, 1.0),
            Self::ConsumerSurplus | Self::ProducerSurplus => (f64::NEG_INFINITY, f64::INFINITY),
        }
    }

    /// The quantity of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.column() == name)
    }
}

/// The closing window of a run of so many periods: the last tenth of them, rounded up.
#[must_use]
pub fn closing(periods: u32) -> Range<u32> {
    periods - periods.div_ceil(10)..periods
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_the_lists() {
        for (place, quantity) in Quantity::ALL.into_iter().enumerate() {
            assert_eq!(quantity as usize, place);
            let summary = Quantity::SUMMARY.iter().position(|one| *one == quantity);
            assert_eq!(quantity.in_summary(), summary);
            assert_eq!(Quantity::named(quantity.column()), Some(quantity));
        }
    }

    #[test]
    fn scenarios_call_what_summary_holds_by_its_name_and_nothing_else() {
        for quantity in Quantity::ALL {
            let written = toml::Value::String(quantity.column().to_owned());
            let read = written.try_into::<Quantity>().ok();
            assert_eq!(read, quantity.in_summary().map(|_| quantity));
        }
    }

    #[test]
    fn the_closing_window_is_never_empty() {
        for (periods, first) in [(1, 0), (9, 8), (10, 9), (11, 9), (300, 270)] {
            assert_eq!(closing(periods), first..periods);
            let end = Quantity::CumulativeProfit.window(periods);
            assert_eq!(end, periods - 1..periods);
        }
    }
}
