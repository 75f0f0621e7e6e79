//! Rules by which a firm chooses its experience and its price: a plain value, or a table with `rule`.

use indexmap::IndexMap;

/// How a firm chooses the experience that it offers (section 5 of the model).
#[derive(Debug, Clone, PartialEq)]
pub enum ExperienceRule {
    /// Always the experience of this name.
    Fixed(String),
    /// One experience per population.
    Portfolio {
        /// Experience by population.
        by_population: IndexMap<String, String>,
        /// Experience for the populations not named.
        otherwise: Option<String>,
    },
    /// Per customer, the last step whose conditions are met.
    Graduated {
        /// The steps, the first without conditions.
        steps: Vec<Step>,
        /// Standard deviation of a customer's stated agency preference about the true one (>= 0).
        agency_error: f64,
    },
    /// Tries the candidates, then mostly offers the most profitable.
    Adaptive {
        /// Experiences to try, in this order; at least one.
        candidates: Vec<String>,
        /// Periods between reviews (>= 1).
        review_every: u32,
        /// Probability of trying one at random at a review.
        explore: f64,
        /// Weight of the past in the average profit of an experience.
        memory: f64,
    },
    /// Copies the most profitable firm.
    Imitate {
        /// Experience at entry.
        start: String,
        /// Periods between reviews (>= 1).
        review_every: u32,
        /// Probability of taking one of the market's experiences at random at a review.
        explore: f64,
    },
}

/// One step of a graduated rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The experience offered.
    pub experience: String,
    /// Least knowledge index at which the step applies (0 to 1).
    pub knowledge: f64,
    /// Highest stated agency preference at which the step applies (0 to 1).
    pub max_agency: f64,
}

/// How a firm sets its price (section 6 of the model).
#[derive(Debug, Clone, PartialEq)]
pub enum PriceRule {
    /// Always this price (>= 0).
    Fixed(f64),
    /// Cost plus a share of the value that the firm creates.
    ValueShare {
        /// Share of the created value (0 to 1).
        share: f64,
        /// Price until the first transaction (>= 0).
        start: f64,
        /// Speed of the averages of willingness to pay and cost (above 0, at most 1).
        speed: f64,
    },
}
