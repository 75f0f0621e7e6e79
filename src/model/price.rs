//! How a firm sets its price (section 6).

use crate::scenario::PriceRule;

/// The state of a price rule: averages of willingness to pay and cost per transaction, once there were any.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct PriceState {
    averages: Option<Averages>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Averages {
    wtp: f64,
    cost: f64,
}

impl PriceState {
    /// The price that the rule asks for now.
    pub fn price(&self, rule: &PriceRule) -> f64 {
        match (rule, self.averages) {
            (PriceRule::Fixed(price), _) => *price,
            (PriceRule::ValueShare { start, .. }, None) => *start,
            (PriceRule::ValueShare { share, .. }, Some(Averages { wtp, cost })) => {
                cost + share * (wtp - cost).max(0.0)
            }
        }
    }

    /// Takes in a period's mean willingness to pay and cost per transaction, over all populations.
    pub fn observe(&mut self, rule: &PriceRule, wtp: f64, cost: f64) {
        let PriceRule::ValueShare { speed, .. } = rule else {
            return;
        };
        self.averages = Some(match self.averages {
            None => Averages { wtp, cost },
            Some(past) => Averages {
                wtp: past.wtp + speed * (wtp - past.wtp),
                cost: past.cost + speed * (cost - past.cost),
            },
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn value_share_starts_with_the_first_means_and_then_averages() {
        let rule = PriceRule::ValueShare {
            share: 0.5,
            start: 0.3,
            speed: 0.1,
        };
        let mut state = PriceState::default();
        assert_eq!(state.price(&rule), 0.3);
        state.observe(&rule, 0.6, 0.2);
        assert!((state.price(&rule) - 0.4).abs() < 1e-15);
        state.observe(&rule, 0.8, 0.1);
        // W = 0.62, c = 0.19
        assert!((state.price(&rule) - (0.19 + 0.5 * 0.43)).abs() < 1e-15);
    }

    #[test]
    fn price_never_falls_below_cost() {
        let rule = PriceRule::ValueShare {
            share: 0.5,
            start: 0.3,
            speed: 1.0,
        };
        let mut state = PriceState::default();
        state.observe(&rule, 0.1, 0.2);
        assert!((state.price(&rule) - 0.2).abs() < 1e-15);
    }
}
