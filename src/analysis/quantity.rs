//! What is measured of a firm: column, words and unit in one place.

use crate::scenario::Outcome;

/// A quantity of the table `firms`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Quantity {
    /// Share of transactions.
    Share,
    /// Home customers.
    Customers,
    /// Price per transaction.
    Price,
    /// Mean fit.
    Fit,
    /// Mean willingness to pay.
    WillingnessToPay,
    /// Mean cost.
    Cost,
    /// Mean value created.
    ValueCreated,
    /// Value created less that of the best rival.
    CompetitiveAdvantage,
    /// Mean knowledge index before the transaction.
    Knowledge,
    /// Knowledge of a newcomer from population-level learning alone.
    PopulationKnowledge,
    /// Profit of the period.
    Profit,
    /// Discounted cumulative profit.
    CumulativeProfit,
}

impl Quantity {
    /// All quantities.
    pub const ALL: [Self; 12] = [
        Self::Share,
        Self::Customers,
        Self::Price,
        Self::Fit,
        Self::WillingnessToPay,
        Self::Cost,
        Self::ValueCreated,
        Self::CompetitiveAdvantage,
        Self::Knowledge,
        Self::PopulationKnowledge,
        Self::Profit,
        Self::CumulativeProfit,
    ];

    /// Those in `summary`, in its order.
    pub const SUMMARY: [Self; 8] = [
        Self::Share,
        Self::ValueCreated,
        Self::CompetitiveAdvantage,
        Self::Knowledge,
        Self::Fit,
        Self::Price,
        Self::Customers,
        Self::CumulativeProfit,
    ];

    /// The column of `firms` that holds it.
    #[must_use]
    pub const fn column(self) -> &'static str {
        match self {
            Self::Share => "share",
            Self::Customers => "customers",
            Self::Price => "price",
            Self::Fit => "fit",
            Self::WillingnessToPay => "wtp",
            Self::Cost => "cost",
            Self::ValueCreated => "value_created",
            Self::CompetitiveAdvantage => "competitive_advantage",
            Self::Knowledge => "knowledge",
            Self::PopulationKnowledge => "population_knowledge",
            Self::Profit => "profit",
            Self::CumulativeProfit => "cumulative_profit",
        }
    }
}

impl From<Outcome> for Quantity {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Share => Self::Share,
            Outcome::ValueCreated => Self::ValueCreated,
            Outcome::CompetitiveAdvantage => Self::CompetitiveAdvantage,
            Outcome::Knowledge => Self::Knowledge,
            Outcome::Fit => Self::Fit,
            Outcome::Price => Self::Price,
            Outcome::Customers => Self::Customers,
            Outcome::CumulativeProfit => Self::CumulativeProfit,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcomes_of_scenarios_are_the_quantities_of_the_summary() {
        assert_eq!(Outcome::ALL.map(Quantity::from), Quantity::SUMMARY);
        for outcome in Outcome::ALL {
            assert_eq!(outcome.name(), Quantity::from(outcome).column());
        }
    }
}
