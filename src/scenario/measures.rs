//! What statements can say of firms and of the market: names of quantities, and how each is taken over periods.

use super::schema::{MarketQuantity, Quantity};

/// What is said of all firms together, under this name.
pub const MARKET: &str = "market";

/// A quantity that a statement can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// The part of all transactions.
    Share,
    /// A mean per transaction: its column, and that of what it is a mean over.
    Mean(&'static str, &'static str),
    /// Mean fit in transactions with customers whom the firm has served before.
    RepeatFit,
    /// A mean per transaction summed over all that it is a mean over, per period.
    Total(&'static str, &'static str),
    /// A number or sum per period: a column of the table `periods`.
    Sum(&'static str),
    /// A figure of the firm as a whole: a column of the table `firms`.
    Firm(&'static str),
    /// A figure of the whole market.
    Market(MarketQuantity),
}

/// Means per transaction.
const MEANS: [(&str, &str); 8] = [
    ("fit", "transactions"),
    ("first_fit", "first_time"),
    ("wtp", "transactions"),
    ("cost", "transactions"),
    ("value_created", "transactions"),
    ("friction", "transactions"),
    ("knowledge", "transactions"),
    ("price", "transactions"),
];

/// The value created by all transactions.
const TOTAL: &str = "total_value_created";

/// Numbers and sums per period.
const SUMS: [&str; 8] = [
    "customers",
    "transactions",
    "detected",
    "declined",
    "false_alarms",
    "cancelled",
    "first_time",
    "consumer_surplus",
];

/// Figures of a firm, populations together.
const OF_FIRM: [&str; 4] = [
    "competitive_advantage",
    "population_knowledge",
    "profit",
    "cumulative_profit",
];

/// The measure of a name, of a firm or of the market.
///
/// # Errors
/// The names that there are.
pub fn named(name: &str, of: &str) -> Result<Measure, Vec<&'static str>> {
    if of == MARKET {
        let found = MarketQuantity::named(name).map(Measure::Market);
        return found.ok_or_else(|| MarketQuantity::ALL.map(MarketQuantity::column).to_vec());
    }
    let mean = MEANS.iter().find(|(known, _)| *known == name);
    let sum = SUMS.iter().find(|known| **known == name);
    let own = OF_FIRM.iter().find(|known| **known == name);
    let found = match (mean, sum, own) {
        _ if name == "share" => Some(Measure::Share),
        _ if name == "repeat_fit" => Some(Measure::RepeatFit),
        _ if name == TOTAL => Some(Measure::Total("value_created", "transactions")),
        (Some((column, of)), ..) => Some(Measure::Mean(column, of)),
        (_, Some(column), _) => Some(Measure::Sum(column)),
        (.., Some(column)) => Some(Measure::Firm(column)),
        _ => None,
    };
    found.ok_or_else(|| {
        let means = MEANS.iter().map(|(column, _)| *column);
        let others = SUMS.into_iter().chain(OF_FIRM);
        ["share", "repeat_fit", TOTAL]
            .into_iter()
            .chain(means)
            .chain(others)
            .collect()
    })
}

impl Measure {
    /// Whether it is known of single populations.
    #[must_use]
    pub fn is_by_population(self) -> bool {
        match self {
            Self::Firm(_) => false,
            Self::Market(quantity) => quantity != MarketQuantity::Concentration,
            _ => true,
        }
    }

    /// Whether it is of all that happens in a period, so that it is half as much in half of one.
    #[must_use]
    pub fn is_by_the_period(self) -> bool {
        match self {
            // those who are there, and not what they do
            Self::Sum(column) => column != "customers",
            Self::Total(..) | Self::Firm("profit") => true,
            Self::Market(quantity) => matches!(
                quantity,
                MarketQuantity::ConsumerSurplus | MarketQuantity::ProducerSurplus
            ),
            _ => false,
        }
    }

    /// Whether `summary`, or its like of the market, has it.
    #[must_use]
    pub fn is_in_summary(self) -> bool {
        match self {
            Self::Share | Self::Market(_) => true,
            Self::RepeatFit | Self::Total(..) => false,
            Self::Mean(column, _) | Self::Sum(column) | Self::Firm(column) => {
                Quantity::named(column)
                    .and_then(Quantity::in_summary)
                    .is_some()
            }
        }
    }
}
