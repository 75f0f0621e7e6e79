//! Replicator dynamics: strategies that earn more than average spread, and where that comes to rest.
//!
//! The state x of a role changes by dx_a/dt = x_a (f_a(x) - mean of f), f being expected payoffs in units of the largest
//! difference between two (P. D. Taylor and L. B. Jonker, 1978, Mathematical Biosciences 40, 145-156; one population per role).
//! Steps are those of Bogacki and Shampine (1989, Applied Mathematics Letters 2, 321-325), of third order with an error estimate;
//! they use only additions, products, quotients and roots, so that basins are the same on every machine.

use super::{Field, Shape};

/// Largest error of a step, per coordinate.
const TOLERANCE: f64 = 1e-5;
/// Longest step: beyond, nothing moves that has not come to rest.
const LONGEST: f64 = 100.0;
/// Most steps from one start.
const MOST_STEPS: u32 = 1_000;
/// Where a player would gain less than this part of the scale, the dynamics are at rest.
const AT_REST: f64 = 1e-9;

/// Starts spread evenly over all states: for each role uniform on its simplex, from a scrambled Sobol sequence.
///
/// Differences of sorted uniforms are uniform on the simplex.
#[must_use]
pub fn starts(shape: &Shape, count: u32) -> Vec<Vec<f64>> {
    let free = shape.strategies().saturating_sub(1);
    let start = |number| {
        let mut state = Vec::with_capacity(shape.slots());
        for role in 0..shape.roles().len() {
            let mut cuts: Vec<f64> = (0..free)
                .map(|cut| sobol(number, role * free + cut))
                .collect();
            cuts.sort_unstable_by(f64::total_cmp);
            cuts.push(1.0);
            let mut below = 0.0;
            for cut in cuts {
                state.push(cut - below);
                below = cut;
            }
        }
        state
    };
    (0..count).map(start).collect()
}

/// A coordinate of a Sobol point in [0, 1); sequences beyond the largest dimension are scrambled anew.
fn sobol(number: u32, dimension: usize) -> f64 {
    let dimensions = sobol_burley::NUM_DIMENSIONS as usize;
    let scramble = u32::try_from(dimension / dimensions).unwrap_or(u32::MAX);
    let dimension = u32::try_from(dimension % dimensions).unwrap_or(0);
    f64::from(sobol_burley::sample(number, dimension, scramble))
}

/// How the dynamics from a start end.
#[derive(Debug, Clone, PartialEq)]
pub enum End {
    /// In the state of this number, of those known beforehand.
    Known(usize),
    /// At rest in this state.
    Rest(Vec<f64>),
    /// Nowhere: they go round, or are too slow to tell.
    Moving,
}

/// Follows the dynamics from a start until `arrived` knows where they end, they rest, or the steps are spent.
#[must_use]
pub fn follow(field: &Field, start: &[f64], arrived: impl Fn(&[f64]) -> Option<usize>) -> End {
    let mut state = start.to_vec();
    let mut motion = motion(field, &state);
    let mut step = 0.1;
    for _ in 0..MOST_STEPS {
        if let Some(known) = arrived(&state) {
            return End::Known(known);
        }
        if motion.gap <= AT_REST {
            return End::Rest(state);
        }
        let (next, next_motion, error) = try_step(field, &state, &motion.speed, step);
        if error <= TOLERANCE {
            (state, motion) = (next, next_motion);
        }
        // the error grows with the third power of the step
        let factor = 0.9 * cube_root(TOLERANCE / error.max(1e-300));
        step = (step * factor.clamp(0.2, 4.0)).min(LONGEST);
    }
    End::Moving
}

/// A step of the given length: the state after it, the motion there, and the estimated error.
fn try_step(field: &Field, state: &[f64], first: &[f64], step: f64) -> (Vec<f64>, Motion, f64) {
    let moved = |parts: &[(f64, &[f64])]| -> Vec<f64> {
        (0..state.len())
            .map(|slot| {
                let change: f64 = parts.iter().map(|(part, speed)| part * speed[slot]).sum();
                state[slot] + step * change
            })
            .collect()
    };
    let second = velocity(field, &moved(&[(0.5, first)]));
    let third = velocity(field, &moved(&[(0.75, &second)]));
    let third_order = moved(&[
        (2.0 / 9.0, first),
        (1.0 / 3.0, &second),
        (4.0 / 9.0, &third),
    ]);
    let next = on_simplex(field.shape(), third_order, state);
    let fourth = motion(field, &next);
    let second_order = moved(&[
        (7.0 / 24.0, first),
        (0.25, &second),
        (1.0 / 3.0, &third),
        (0.125, &fourth.speed),
    ]);
    let error = next
        .iter()
        .zip(&second_order)
        .map(|(a, b)| (a - b).abs())
        .fold(0.0, f64::max);
    (next, fourth, error)
}

/// Puts right what a long step does to rare strategies: they become rarer, but never vanish, since they may be
/// wanted again; and every role adds up to 1.
fn on_simplex(shape: &Shape, mut state: Vec<f64>, before: &[f64]) -> Vec<f64> {
    for role in 0..shape.roles().len() {
        let slots = shape.slots_of(role);
        let own = &mut state[slots.clone()];
        for (x, before) in own.iter_mut().zip(&before[slots]) {
            *x = x.max(before / 100.0);
        }
        let sum: f64 = own.iter().sum();
        own.iter_mut().for_each(|x| *x /= sum);
    }
    state
}

/// How a state moves, payoffs being in units of the scale.
#[derive(Debug, Clone)]
struct Motion {
    /// How fast each probability changes.
    speed: Vec<f64>,
    /// The most that a player could gain by another strategy.
    gap: f64,
}

fn motion(field: &Field, state: &[f64]) -> Motion {
    let payoffs = field.payoffs(state);
    let means = field.means(state, &payoffs);
    let mut gap = 0.0f64;
    let change = |slot: usize| {
        let (role, _) = field.shape().of_slot(slot);
        let gain = (payoffs[slot] - means[role]) / field.scale();
        gap = gap.max(gain);
        state[slot] * gain
    };
    Motion {
        speed: (0..state.len()).map(change).collect(),
        gap,
    }
}

/// How fast the replicator dynamics change each probability, with payoffs in units of the largest difference between two.
#[must_use]
pub fn velocity(field: &Field, state: &[f64]) -> Vec<f64> {
    motion(field, state).speed
}

/// The cube root, to the few digits that a step's length needs, by products and quotients alone.
fn cube_root(value: f64) -> f64 {
    if value >= 1e6 {
        return 100.0;
    }
    let mut root = 1.0;
    for _ in 0..40 {
        root = (2.0 * root + value / (root * root)) / 3.0;
    }
    root
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn starts_are_spread_over_the_simplex() {
        let shape = Shape::new(&[2, 1], 3);
        let starts = starts(&shape, 4096);
        for start in &starts {
            for role in 0..2 {
                let sum: f64 = start[shape.slots_of(role)].iter().sum();
                assert!((sum - 1.0).abs() < 1e-12 && start.iter().all(|&x| x >= 0.0));
            }
        }
        for slot in 0..shape.slots() {
            let mean = starts.iter().map(|start| start[slot]).sum::<f64>() / 4096.0;
            assert!((mean - 1.0 / 3.0).abs() < 2e-3, "{slot}: {mean}");
            // of a uniform distribution on a triangle, (1 - 1/2)^2 lies above one half
            let above = starts.iter().filter(|start| start[slot] > 0.5).count();
            assert!(
                (above as f64 / 4096.0 - 0.25).abs() < 5e-3,
                "{slot}: {above}"
            );
        }
    }

    #[test]
    fn two_strategies_follow_the_logistic_curve() {
        // a constant advantage of 1: x = 1 / (1 + exp(-t)), which passes 0.9 at t = ln 9
        let shape = Shape::new(&[1], 2);
        let field = Field::new(&shape, |_, slot| slot as f64).unwrap();
        let (mut state, mut time) = (vec![0.5, 0.5], 0.0);
        let step = libm::log(9.0) / 200.0;
        while time < libm::log(9.0) - 1e-9 {
            let speed = velocity(&field, &state);
            state = try_step(&field, &state, &speed, step).0;
            time += step;
        }
        assert!((state[1] - 0.9).abs() < 1e-8, "{state:?}");
    }

    #[test]
    fn roots_are_cubic() {
        for value in [1e-9, 0.2, 1.0, 27.0, 1e5] {
            let root = cube_root(value);
            assert!((root * root * root / value - 1.0).abs() < 1e-9, "{value}");
        }
    }
}
