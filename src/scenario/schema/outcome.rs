//! The quantities of the table `summary`, by which scenarios ask for precision and analyses.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A quantity of the table `summary`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
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
}

impl Outcome {
    /// All outcomes, in the order of `summary`.
    pub const ALL: [Self; 8] = [
        Self::Share,
        Self::ValueCreated,
        Self::CompetitiveAdvantage,
        Self::Knowledge,
        Self::Fit,
        Self::Price,
        Self::Customers,
        Self::CumulativeProfit,
    ];

    /// Its name in scenarios and in the column `quantity` of `summary`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Share => "share",
            Self::ValueCreated => "value_created",
            Self::CompetitiveAdvantage => "competitive_advantage",
            Self::Knowledge => "knowledge",
            Self::Fit => "fit",
            Self::Price => "price",
            Self::Customers => "customers",
            Self::CumulativeProfit => "cumulative_profit",
        }
    }
}
