//! Expected payoffs where all players of a role mix their strategies in the same way.

use super::Shape;

/// Expected payoffs of every slot as a function of a *state*: for every slot the probability with which the players of
/// its role play its strategy. They are polynomials, since others are drawn independently.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    shape: Shape,
    terms: Vec<Term>,
    /// Largest difference between two payoffs: the unit in which small is meant.
    scale: f64,
}

/// The payoff of a slot against one composition of the others: weight times the product of probabilities.
#[derive(Debug, Clone, PartialEq)]
struct Term {
    slot: usize,
    weight: f64,
    /// Slots of the others with how many are in them.
    others: Vec<(usize, i32)>,
}

impl Field {
    /// The field of a game with these payoffs by profile and slot; none if a payoff is not finite.
    #[must_use]
    pub fn new(shape: &Shape, payoff: impl Fn(usize, usize) -> f64) -> Option<Self> {
        let mut terms = Vec::new();
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for profile in 0..shape.profiles().len() {
            for slot in shape.played(profile) {
                let value = payoff(profile, slot);
                if !value.is_finite() {
                    return None;
                }
                (low, high) = (low.min(value), high.max(value));
                let mut others = shape.profiles()[profile].clone();
                others[slot] -= 1;
                terms.push(Term {
                    slot,
                    weight: value * ways(shape, &others),
                    others: (others.iter().enumerate())
                        .filter(|&(_, &count)| count > 0)
                        .map(|(slot, &count)| (slot, i32::try_from(count).unwrap_or(i32::MAX)))
                        .collect(),
                });
            }
        }
        // a flat game has no unit of its own; any will do
        let scale = if high > low { high - low } else { 1.0 };
        Some(Self {
            shape: shape.clone(),
            terms,
            scale,
        })
    }

    /// The roles and strategies.
    #[must_use]
    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    /// Largest difference between two payoffs; 1 where all are equal.
    #[must_use]
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// Expected payoff of every slot.
    #[must_use]
    pub fn payoffs(&self, state: &[f64]) -> Vec<f64> {
        let mut payoffs = vec![0.0; self.shape.slots()];
        for term in &self.terms {
            let probability: f64 = (term.others.iter())
                .map(|&(slot, count)| power(state[slot], count))
                .product();
            payoffs[term.slot] += term.weight * probability;
        }
        payoffs
    }

    /// Derivatives of the payoffs of slots (rows) by the probabilities of slots (columns).
    #[must_use]
    pub fn derivatives(&self, state: &[f64]) -> Vec<Vec<f64>> {
        let slots = self.shape.slots();
        let mut rows = vec![vec![0.0; slots]; slots];
        for term in &self.terms {
            for &(by, count) in &term.others {
                let rest: f64 = (term.others.iter())
                    .filter(|(slot, _)| *slot != by)
                    .map(|&(slot, count)| power(state[slot], count))
                    .product();
                let own = f64::from(count) * power(state[by], count - 1);
                rows[term.slot][by] += term.weight * own * rest;
            }
        }
        rows
    }

    /// Mean payoff of the players of each role, from the payoffs of slots.
    #[must_use]
    pub fn means(&self, state: &[f64], payoffs: &[f64]) -> Vec<f64> {
        let mean = |role| {
            let slots = self.shape.slots_of(role);
            slots.map(|slot| state[slot] * payoffs[slot]).sum()
        };
        (0..self.shape.roles().len()).map(mean).collect()
    }

    /// The most that a player could gain by another strategy: 0 in an equilibrium.
    #[must_use]
    pub fn gap(&self, state: &[f64]) -> f64 {
        let payoffs = self.payoffs(state);
        let means = self.means(state, &payoffs);
        let gap = |(slot, payoff): (usize, f64)| payoff - means[self.shape.of_slot(slot).0];
        payoffs.into_iter().enumerate().map(gap).fold(0.0, f64::max)
    }
}

/// In how many ways others can be in these slots: a product of multinomial coefficients.
fn ways(shape: &Shape, others: &[u32]) -> f64 {
    let of_role = |role| {
        let (mut ways, mut placed) = (1.0, 0.0);
        for slot in shape.slots_of(role) {
            for number in 1..=others[slot] {
                placed += 1.0;
                ways *= placed / f64::from(number);
            }
        }
        ways
    };
    (0..shape.roles().len()).map(of_role).product()
}

/// A power by multiplication, which is the same on every machine.
fn power(base: f64, exponent: i32) -> f64 {
    (0..exponent).fold(1.0, |product, _| product * base)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_the_expectation_over_the_others() {
        // three players, two strategies; the payoff is 10 times one's strategy and the number who play the second
        let shape = Shape::new(&[3], 2);
        let counts = shape.profiles().to_vec();
        let payoff =
            |profile: usize, slot: usize| 10.0 * slot as f64 + f64::from(counts[profile][1]);
        let field = Field::new(&shape, payoff).unwrap();
        // each of two others plays the second with probability 0.3
        let payoffs = field.payoffs(&[0.7, 0.3]);
        assert!((payoffs[0] - 0.6).abs() < 1e-12, "{payoffs:?}");
        assert!((payoffs[1] - 11.6).abs() < 1e-12, "{payoffs:?}");
        assert!((field.gap(&[0.7, 0.3]) - 7.7).abs() < 1e-12);
        assert_eq!(field.scale(), 13.0);
    }

    #[test]
    fn derivatives_are_those_of_the_payoffs() {
        let shape = Shape::new(&[2, 1], 3);
        let payoff = |profile: usize, slot: usize| ((profile * 7 + slot * 13) % 11) as f64;
        let field = Field::new(&shape, payoff).unwrap();
        let state = [0.2, 0.5, 0.3, 0.6, 0.1, 0.3];
        let rows = field.derivatives(&state);
        for by in 0..shape.slots() {
            let (mut more, mut less) = (state, state);
            more[by] += 1e-6;
            less[by] -= 1e-6;
            let (more, less) = (field.payoffs(&more), field.payoffs(&less));
            for slot in 0..shape.slots() {
                let slope = (more[slot] - less[slot]) / 2e-6;
                assert!((slope - rows[slot][by]).abs() < 1e-6);
            }
        }
    }

    #[test]
    fn an_unknown_payoff_leaves_no_field() {
        let shape = Shape::new(&[1], 2);
        assert!(Field::new(&shape, |_, slot| if slot == 0 { 1.0 } else { f64::NAN }).is_none());
        assert_eq!(Field::new(&shape, |_, _| 2.0).unwrap().scale(), 1.0);
    }
}
