//! The parameters of the case, all at their defaults, and what sets the four experiences apart.

/// Products per firm.
pub const PRODUCTS: usize = 12;
/// Friction in recognize, request and respond. The tolerance is 1, so fit is exp(-d^2 / 2).
pub const FRICTION: [f64; 3] = [0.05, 0.20, 0.20];
pub const PRICE: f64 = 0.3;
pub const NEED_RATE: f64 = 0.3;
pub const VARIETY: f64 = 0.4;
pub const AWARENESS: f64 = 0.6;
pub const VIEW_ERROR: f64 = 0.5;
pub const AGENCY_COST: f64 = 0.3;
pub const MISTAKE_COST: f64 = 0.2;
pub const NOISE: f64 = 0.08;
pub const INERTIA: f64 = 0.05;
pub const BELIEF_SPEED: f64 = 0.3;
pub const WORD_OF_MOUTH: f64 = 0.02;
pub const TURNOVER: f64 = 0.005;
pub const FIRST_REPUTATION: f64 = 0.45;
pub const REPUTATION_SPEED: f64 = 0.1;
pub const PRIOR_SD: f64 = 0.7;
pub const INERTIA_OF_FIRM: f64 = 6000.0;
pub const EFFICIENCY: f64 = 0.5;
pub const UNIT_COST: f64 = 0.2;
/// Standard deviation with which a graduating firm sees a customer's agency preference.
pub const AGENCY_ERROR: f64 = 0.15;

/// What sets the four experiences apart.
pub struct Experience {
    pub support: [f64; 3],
    pub control: f64,
    /// 0: the customer chooses; `PRODUCTS`: the firm; between: a menu of that size.
    pub menu: usize,
    pub signal_noise: f64,
    pub false_alarm: f64,
    pub ease: f64,
}

/// Respond to desire, curated offering, coach behavior, automatic execution.
pub const EXPERIENCES: [Experience; 4] = [
    Experience {
        support: [0.0, 0.0, 0.9],
        control: 0.0,
        menu: 0,
        signal_noise: 2.0,
        false_alarm: 0.0,
        ease: 0.2,
    },
    Experience {
        support: [0.0, 0.7, 0.5],
        control: 0.2,
        menu: 3,
        signal_noise: 1.6,
        false_alarm: 0.0,
        ease: 0.3,
    },
    Experience {
        support: [0.8, 0.5, 0.5],
        control: 0.5,
        menu: 3,
        signal_noise: 1.2,
        false_alarm: 0.05,
        ease: 0.3,
    },
    Experience {
        support: [0.9, 1.0, 1.0],
        control: 1.0,
        menu: PRODUCTS,
        signal_noise: 1.2,
        false_alarm: 0.05,
        ease: 0.0,
    },
];

/// What a firm offers to a population.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// The same experience to all customers, by its number.
    Same(usize),
    /// Curated offering, from a knowledge of 0.3 on coach behavior, and from 0.6 on automatic execution for those who
    /// state an agency preference of at most 0.6. One firm can have this rule, for each customer states one preference.
    Graduated,
}

impl Offer {
    /// The experience of a customer of whom the firm has this knowledge.
    #[inline(always)]
    pub fn experience(self, knowledge: f64, stated_agency: impl FnOnce() -> f64) -> usize {
        match self {
            Self::Same(experience) => experience,
            Self::Graduated if knowledge >= 0.6 && stated_agency() <= 0.6 => 3,
            Self::Graduated if knowledge >= 0.3 => 2,
            Self::Graduated => 1,
        }
    }
}
