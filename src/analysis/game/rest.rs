//! Equilibria in which all players of a role mix in the same way, found on every support by Newton's method.
//!
//! On a *support* (the strategies that are played, for each role) an equilibrium makes all of them earn the same. These
//! equations are solved from the middle of the support and from points spread over it; what earns less than a strategy outside
//! the support is no equilibrium. Where equilibria are not isolated (a strategy with a twin), none of them is found.

use super::dynamics::starts;
use super::{Field, Shape};

/// Most supports that are searched; with more, only the dynamics find equilibria.
const MOST_SUPPORTS: u64 = 1_024;
/// Steps of Newton's method.
const STEPS: u32 = 60;
/// Solutions nearer to each other are one.
const SAME: f64 = 1e-6;
/// Gains below this part of the scale are rounding.
const ROUNDING: f64 = 1e-9;

/// An equilibrium in mixed strategies, all players of a role mixing in the same way.
#[derive(Debug, Clone, PartialEq)]
pub struct Rest {
    /// For every slot the probability of its strategy.
    pub state: Vec<f64>,
    /// Whether it is evolutionarily stable: small groups of players who do otherwise earn less.
    pub stable: bool,
}

/// All equilibria that are found, pure ones first, then by the size of their supports.
#[must_use]
pub fn equilibria(field: &Field) -> Vec<Rest> {
    let shape = field.shape();
    let supports = supports(shape);
    let tries = (2048 / supports.len().max(1)).clamp(4, 64);
    let tries = starts(shape, u32::try_from(tries).unwrap_or(64));
    let mut found: Vec<Rest> = Vec::new();
    for support in supports {
        for start in starts_on(shape, &support, &tries) {
            let Some(state) = solve(field, &support, start) else {
                continue;
            };
            let known = found
                .iter()
                .any(|rest| distance(&rest.state, &state) < SAME);
            if !known && field.gap(&state) <= ROUNDING * field.scale() {
                let stable = is_stable(field, &state);
                found.push(Rest { state, stable });
            }
        }
    }
    found
}

/// Largest difference between coordinates.
#[must_use]
pub fn distance(one: &[f64], other: &[f64]) -> f64 {
    let apart = one.iter().zip(other).map(|(a, b)| (a - b).abs());
    apart.fold(0.0, f64::max)
}

/// Every combination of nonempty sets of strategies, as flags by slot, smaller ones first; none if there are too many.
fn supports(shape: &Shape) -> Vec<Vec<bool>> {
    let roles = shape.roles().len();
    let own = 1u64
        .checked_shl(u32::try_from(shape.strategies()).unwrap_or(64))
        .unwrap_or(0);
    let all = (0..roles).try_fold(1u64, |all, _| all.checked_mul(own.checked_sub(1)?));
    let Some(all) = all.filter(|&all| all <= MOST_SUPPORTS && own > 1) else {
        return Vec::new();
    };
    let mut supports: Vec<Vec<bool>> = (0..all)
        .map(|mut number| {
            let mut flags = Vec::with_capacity(shape.slots());
            for _ in 0..roles {
                let set = number % (own - 1) + 1;
                number /= own - 1;
                flags.extend((0..shape.strategies()).map(|strategy| set >> strategy & 1 == 1));
            }
            flags
        })
        .collect();
    supports.sort_by_key(|flags| flags.iter().filter(|&&flag| flag).count());
    supports
}

/// The middle of a support, and points spread over it, if it has more than one.
fn starts_on(shape: &Shape, support: &[bool], spread: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let even = vec![1.0; shape.slots()];
    let is_point = support.iter().filter(|&&flag| flag).count() == shape.roles().len();
    let spread = if is_point { &[][..] } else { spread };
    let on = |point: &Vec<f64>| {
        let mut point: Vec<f64> = point
            .iter()
            .zip(support)
            .map(|(&x, &flag)| if flag { x } else { 0.0 })
            .collect();
        for role in 0..shape.roles().len() {
            let own = &mut point[shape.slots_of(role)];
            let sum: f64 = own.iter().sum();
            own.iter_mut().for_each(|x| *x /= sum);
        }
        point
    };
    [even].iter().chain(spread).map(on).collect()
}

/// The state on a support in which all its strategies earn the same, from a start; none if Newton's method
/// leads out of the simplex or nowhere.
fn solve(field: &Field, support: &[bool], mut state: Vec<f64>) -> Option<Vec<f64>> {
    let shape = field.shape();
    let slots: Vec<usize> = (0..shape.slots()).filter(|&slot| support[slot]).collect();
    if slots.len() == shape.roles().len() {
        return Some(state);
    }
    for _ in 0..STEPS {
        let change = newton_step(field, &slots, &state)?;
        let mut largest = 0.0f64;
        for (&slot, change) in slots.iter().zip(&change) {
            state[slot] += change;
            largest = largest.max(change.abs());
        }
        if state.iter().any(|x| !(-1.0..=2.0).contains(x)) {
            return None;
        }
        if largest < 1e-13 {
            break;
        }
    }
    // strategies of the support are played: without them it is another support
    let inside = slots.iter().all(|&slot| state[slot] > 1e-7);
    let residual = newton_step(field, &slots, &state)?;
    let solved = residual.iter().all(|change| change.abs() < 1e-9);
    (inside && solved).then_some(state)
}

/// The change of the state's slots that would solve the equations, were they linear: equal payoffs within each role, and
/// probabilities that add up to 1.
fn newton_step(field: &Field, slots: &[usize], state: &[f64]) -> Option<Vec<f64>> {
    let payoffs = field.payoffs(state);
    let system = System::new(field, slots, state);
    let right: Vec<f64> = system
        .rows
        .iter()
        .map(|row| match *row {
            Row::Equal(slot, first) => (payoffs[first] - payoffs[slot]) / field.scale(),
            Row::Sum(role) => 1.0 - state[field.shape().slots_of(role)].iter().sum::<f64>(),
        })
        .collect();
    system.solve(&right)
}

/// The linear equations of a support about a state.
pub(super) struct System {
    matrix: Vec<Vec<f64>>,
    /// What each row says.
    pub rows: Vec<Row>,
}

/// An equation of a support.
#[derive(Debug, Clone, Copy)]
pub(super) enum Row {
    /// The payoff of a slot equals that of the first slot of its role's support.
    Equal(usize, usize),
    /// The probabilities of a role add up to 1.
    Sum(usize),
}

impl System {
    /// The equations for the probabilities of `slots`, payoffs in units of the scale.
    pub fn new(field: &Field, slots: &[usize], state: &[f64]) -> Self {
        let shape = field.shape();
        let derivatives = field.derivatives(state);
        let (mut matrix, mut rows) = (Vec::new(), Vec::new());
        for role in 0..shape.roles().len() {
            let mut own = slots
                .iter()
                .copied()
                .filter(|&slot| shape.of_slot(slot).0 == role);
            let Some(first) = own.next() else { continue };
            for slot in own {
                let slope =
                    |&by: &usize| (derivatives[slot][by] - derivatives[first][by]) / field.scale();
                matrix.push(slots.iter().map(slope).collect());
                rows.push(Row::Equal(slot, first));
            }
            let in_role = |&slot: &usize| f64::from(u8::from(shape.of_slot(slot).0 == role));
            matrix.push(slots.iter().map(in_role).collect());
            rows.push(Row::Sum(role));
        }
        Self { matrix, rows }
    }

    /// The solution for a right side, by elimination with pivots; none if the equations do not determine it.
    pub fn solve(&self, right: &[f64]) -> Option<Vec<f64>> {
        let size = right.len();
        let mut rows: Vec<Vec<f64>> = (self.matrix.iter().zip(right))
            .map(|(row, &right)| [&row[..], &[right]].concat())
            .collect();
        for column in 0..size {
            let pivot = (column..size)
                .max_by(|&a, &b| rows[a][column].abs().total_cmp(&rows[b][column].abs()))?;
            rows.swap(column, pivot);
            let head = rows[column].clone();
            if head[column].abs() < 1e-9 {
                return None;
            }
            for (_, row) in rows
                .iter_mut()
                .enumerate()
                .filter(|(row, _)| *row != column)
            {
                let factor = row[column] / head[column];
                row.iter_mut()
                    .zip(&head)
                    .for_each(|(x, head)| *x -= factor * head);
            }
        }
        Some(
            (0..size)
                .map(|row| rows[row][size] / rows[row][row])
                .collect(),
        )
    }
}

/// Whether an equilibrium is evolutionarily stable (a *regular* one: W. H. Sandholm, 2010, *Population Games and Evolutionary
/// Dynamics*, section 8.3): strategies outside the support earn less, and whatever small group changes its mixture
/// within the support earns less than those who do not. For several roles only strict equilibria are.
fn is_stable(field: &Field, state: &[f64]) -> bool {
    let shape = field.shape();
    let payoffs = field.payoffs(state);
    let means = field.means(state, &payoffs);
    let outside = (0..shape.slots()).filter(|&slot| state[slot] == 0.0);
    let mut losses = outside.map(|slot| means[shape.of_slot(slot).0] - payoffs[slot]);
    if losses.any(|loss| loss <= ROUNDING * field.scale()) {
        return false;
    }
    let directions = directions(shape, state);
    let derivatives = field.derivatives(state);
    // - z' D z, which is to be above 0 in every direction z
    let form = |one: &(usize, usize), other: &(usize, usize)| {
        let along = |row: usize| derivatives[row][other.0] - derivatives[row][other.1];
        along(one.1) - along(one.0)
    };
    let matrix: Vec<Vec<f64>> = directions
        .iter()
        .map(|one| {
            let half = |other| f64::midpoint(form(one, other), form(other, one)) / field.scale();
            directions.iter().map(half).collect()
        })
        .collect();
    is_positive(matrix)
}

/// Directions within the support: from the first strategy of each role to every other one.
fn directions(shape: &Shape, state: &[f64]) -> Vec<(usize, usize)> {
    (0..shape.roles().len())
        .flat_map(|role| {
            let mut played = shape.slots_of(role).filter(|&slot| state[slot] > 0.0);
            let first = played.next().unwrap_or(0);
            played.map(|slot| (slot, first)).collect::<Vec<_>>()
        })
        .collect()
}

/// Whether a symmetric matrix is positive definite: all pivots of its elimination are above 0.
fn is_positive(mut matrix: Vec<Vec<f64>>) -> bool {
    for column in 0..matrix.len() {
        let head = matrix[column].clone();
        if head[column] <= ROUNDING {
            return false;
        }
        for row in &mut matrix[column + 1..] {
            let factor = row[column] / head[column];
            row.iter_mut()
                .zip(&head)
                .for_each(|(x, head)| *x -= factor * head);
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definite_forms_are_told_from_others() {
        assert!(is_positive(vec![vec![2.0, -1.0], vec![-1.0, 2.0]]));
        assert!(!is_positive(vec![vec![1.0, 2.0], vec![2.0, 1.0]]));
        assert!(!is_positive(vec![vec![0.0]]));
        assert!(is_positive(vec![]));
    }

    #[test]
    fn supports_are_all_and_not_too_many() {
        let shape = Shape::new(&[1, 1], 2);
        assert_eq!(supports(&shape).len(), 9);
        assert_eq!(supports(&shape)[0], [true, false, true, false]);
        assert_eq!(supports(&Shape::new(&[1; 5], 4)), Vec::<Vec<bool>>::new());
    }
}
