//! `[calibrate]`: the parameters that could have made a log of purchases.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Axis;
use crate::log::StatisticKind;

/// Which parameters could have made a log of purchases; `flywheel calibrate` answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Calibrate {
    /// The log: a CSV file beside the scenario with the columns customer, period and firm, or `interactions.csv` of a run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log: Option<String>,
    /// How long a period is, where the log has dates: "1d", "7d", "1m"; where it has numbers, how many of them make a period, as a text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// Statistics in place of a log: a CSV file beside the scenario with the columns statistic, firm, from, to, value and standard_error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub targets: Option<String>,
    /// The first simulated period that is seen, as the log begins with its first purchase: later than 0 where the log begins in the midst of things.
    pub from: u32,
    /// Periods that are seen. Left out: those of the log; without one, all from the first on.
    #[schemars(range(min = 2))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub periods: Option<u32>,
    /// Customers of each population who are seen, buyers or not. Left out: as many as bought anything in the log; without one, all.
    #[schemars(range(min = 1))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customers: Option<u32>,
    /// Whether who takes the place of one who left has their number in the log, so that both look like one customer. Left out: whether the log
    /// lacks the new customers that turnover would bring.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub numbers_used_again: Option<bool>,
    /// Points of the ranges that are simulated, one market each; best a power of two.
    #[schemars(range(min = 128, max = 65_536))]
    pub samples: u32,
    /// The statistics that count. Left out: all that the log gives.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub statistics: Vec<StatisticKind>,
    /// What is asked: parameters with the ranges that they are searched in.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<Axis>,
    /// What was observed: filled from the log or the targets.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub observed: Vec<Observed>,
}

impl Default for Calibrate {
    fn default() -> Self {
        Self {
            log: None,
            period: None,
            targets: None,
            from: 0,
            periods: None,
            customers: None,
            numbers_used_again: None,
            samples: 4096,
            statistics: Vec::new(),
            parameters: Vec::new(),
            observed: Vec::new(),
        }
    }
}

/// One statistic that was observed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Observed {
    /// Which.
    pub statistic: StatisticKind,
    /// Firm; of switching two with `>` between them; empty of all firms together.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub firm: String,
    /// First period, or least number.
    pub from: u32,
    /// Period or number before which it ends; 0 without an end.
    pub to: u32,
    /// Its value.
    pub value: f64,
    /// Its standard error, beyond what so many customers bring with them.
    #[schemars(range(min = 0.0))]
    #[serde(default)]
    pub standard_error: f64,
}
