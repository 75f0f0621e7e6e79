//! Linear equations with a symmetric, positive definite matrix, by its Cholesky factor.
//!
//! The few lines that regressions need: a crate for linear algebra would take a dozen CPU seconds of every build.

/// The lower triangular L of a matrix L L'.
#[derive(Debug, Clone)]
pub(super) struct Cholesky {
    /// By column; what is above the diagonal is not read.
    columns: Vec<Vec<f64>>,
}

impl Cholesky {
    /// The factor of a matrix, given by column; none where it is not positive definite.
    pub fn new(mut columns: Vec<Vec<f64>>) -> Option<Self> {
        for j in 0..columns.len() {
            let (before, own) = columns.split_at_mut(j);
            let own = &mut own[0][j..];
            for earlier in before {
                subtract(own, earlier[j], &earlier[j..]);
            }
            // not a number is not positive either
            let diagonal = Some(own[0]).filter(|diagonal| *diagonal > 0.0)?.sqrt();
            own[0] = diagonal;
            own[1..].iter_mut().for_each(|value| *value /= diagonal);
        }
        Some(Self { columns })
    }

    /// The x with L L' x = `right`.
    pub fn solve(&self, right: &[f64]) -> Vec<f64> {
        let mut x = right.to_vec();
        for (i, column) in self.columns.iter().enumerate() {
            let (own, below) = x[i..].split_first_mut().expect("one for each column");
            *own /= column[i];
            subtract(below, *own, &column[i + 1..]);
        }
        for (i, column) in self.columns.iter().enumerate().rev() {
            let known = product(&column[i + 1..], &x[i + 1..]);
            x[i] = (x[i] - known) / column[i];
        }
        x
    }
}

/// Takes `factor` times some values off others.
fn subtract(from: &mut [f64], factor: f64, values: &[f64]) {
    (from.iter_mut().zip(values)).for_each(|(own, value)| *own -= factor * value);
}

/// The sum of products, in eight sums side by side.
pub(super) fn product(a: &[f64], b: &[f64]) -> f64 {
    let ((a, rest), (b, other)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    let mut sums = [0.0; 8];
    for (a, b) in a.iter().zip(b) {
        (0..8).for_each(|lane| sums[lane] += a[lane] * b[lane]);
    }
    let pairs = (0..4).map(|lane| sums[lane] + sums[lane + 4]);
    let rest = rest.iter().zip(other).map(|(a, b)| a * b);
    pairs.chain(rest).fold(0.0, |sum, value| sum + value)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The matrix M' M + 1 of some numbers, by column.
    fn matrix(size: usize) -> Vec<Vec<f64>> {
        let number = |i: usize, j: usize| ((i * 7 + j * j * 3) % 11) as f64 - 5.0;
        let m: Vec<Vec<f64>> = (0..size)
            .map(|j| (0..size).map(|i| number(i, j)).collect())
            .collect();
        let entry = |i: usize, j: usize| product(&m[i], &m[j]) + f64::from(u8::from(i == j));
        (0..size)
            .map(|j| (0..size).map(|i| entry(i, j)).collect())
            .collect()
    }

    #[test]
    fn what_it_solves_holds() {
        for size in [1, 2, 7, 8, 9, 30] {
            let matrix = matrix(size);
            let right: Vec<f64> = (0..size).map(|i| i as f64 - 2.5).collect();
            let x = Cholesky::new(matrix.clone())
                .expect("positive")
                .solve(&right);
            for (row, right) in matrix.iter().zip(right) {
                let left = product(row, &x);
                assert!((left - right).abs() < 1e-8, "{size}: {left} for {right}");
            }
        }
    }

    #[test]
    fn a_small_factor_is_that_of_the_textbook() {
        let factor = Cholesky::new(vec![vec![4.0, 12.0], vec![12.0, 37.0]]).expect("positive");
        assert_eq!(factor.columns[0], [2.0, 6.0]);
        assert_eq!(factor.columns[1][1], 1.0);
    }

    #[test]
    fn what_is_not_positive_definite_has_none() {
        for diagonal in [-1.0, 0.0, 1.0, f64::NAN] {
            let matrix = vec![vec![1.0, 1.0], vec![1.0, diagonal]];
            assert!(Cholesky::new(matrix).is_none(), "{diagonal}");
        }
    }
}
