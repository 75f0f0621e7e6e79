//! The plane on which tastes of any number of dimensions are drawn: their first two principal axes.
//!
//! Sums, products, quotients and square roots only, in a fixed order, so that the plane has the same bits everywhere.

/// Most sweeps over all pairs of axes: quadratic convergence takes some six for eight dimensions.
const SWEEPS: usize = 40;

/// Where points of `K` dimensions are drawn.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Plane<const K: usize> {
    /// One or two dimensions are coordinates as they are.
    AsTheyAre,
    /// More are seen along two axes, from a centre.
    Seen {
        centre: [f64; K],
        axes: [[f64; K]; 2],
    },
}

impl<const K: usize> Plane<K> {
    /// The plane along which points vary most: through their mean, along the two eigenvectors of their
    /// covariance with the largest eigenvalues, each turned so that its largest component is positive.
    pub fn of(points: impl Iterator<Item = [f32; K]> + Clone) -> Self {
        if K <= 2 {
            return Self::AsTheyAre;
        }
        let mut count = 0.0;
        let mut centre = [0.0; K];
        for point in points.clone() {
            count += 1.0;
            (0..K).for_each(|d| centre[d] += f64::from(point[d]));
        }
        centre = centre.map(|sum| sum / f64::max(count, 1.0));
        let mut covariance = [[0.0; K]; K];
        for point in points {
            let off: [f64; K] = std::array::from_fn(|d| f64::from(point[d]) - centre[d]);
            for (row, &a) in covariance.iter_mut().zip(&off) {
                row.iter_mut().zip(&off).for_each(|(sum, b)| *sum += a * b);
            }
        }
        let mut found = eigenvectors(covariance);
        // stable: of equal ones, that of the earlier dimension comes first
        found.sort_by(|a, b| b.0.total_cmp(&a.0));
        Self::Seen {
            centre,
            axes: [upright(found[0].1), upright(found[1].1)],
        }
    }

    /// Coordinates of a point; the second is NaN (none) where there is one dimension.
    pub fn place(&self, point: &[f32]) -> (f64, f64) {
        let at = |d: usize| point.get(d).map_or(f64::NAN, |&value| f64::from(value));
        match self {
            Self::AsTheyAre => (at(0), at(1)),
            Self::Seen { centre, axes } => {
                let along = |axis: &[f64; K]| {
                    let off = point
                        .iter()
                        .zip(centre)
                        .map(|(&at, centre)| f64::from(at) - centre);
                    off.zip(axis).map(|(off, along)| off * along).sum()
                };
                (along(&axes[0]), along(&axes[1]))
            }
        }
    }
}

/// An axis with its largest component (of equal ones the first) positive.
fn upright<const K: usize>(axis: [f64; K]) -> [f64; K] {
    let mut largest = 0.0_f64;
    for component in axis {
        if component.abs() > largest.abs() {
            largest = component;
        }
    }
    if largest < 0.0 {
        axis.map(|component| -component)
    } else {
        axis
    }
}

/// Eigenvalues and unit eigenvectors of a symmetric matrix, by cyclic Jacobi rotations (Golub and Van Loan,
/// *Matrix Computations*, section 8.5).
fn eigenvectors<const K: usize>(mut matrix: [[f64; K]; K]) -> [(f64, [f64; K]); K] {
    // row d becomes the eigenvector of value matrix[d][d]
    let mut vectors = [[0.0; K]; K];
    (0..K).for_each(|d| vectors[d][d] = 1.0);
    for _ in 0..SWEEPS {
        let size: f64 = (0..K).map(|d| matrix[d][d] * matrix[d][d]).sum();
        let off: f64 = (0..K)
            .flat_map(|p| (0..p).map(move |q| (p, q)))
            .map(|(p, q)| matrix[p][q] * matrix[p][q])
            .sum();
        if off <= 1e-30 * size {
            break;
        }
        for p in 0..K {
            for q in p + 1..K {
                rotate(&mut matrix, &mut vectors, p, q);
            }
        }
    }
    std::array::from_fn(|d| (matrix[d][d], vectors[d]))
}

/// Turns axes p and q so that the matrix has no entry between them.
fn rotate<const K: usize>(
    matrix: &mut [[f64; K]; K],
    vectors: &mut [[f64; K]; K],
    p: usize,
    q: usize,
) {
    let between = matrix[p][q];
    if between == 0.0 {
        return;
    }
    let ratio = (matrix[q][q] - matrix[p][p]) / (2.0 * between);
    let sign = if ratio < 0.0 { -1.0 } else { 1.0 };
    // the smaller of the two rotations
    let tangent = sign / (ratio.abs() + (1.0 + ratio * ratio).sqrt());
    let cosine = 1.0 / (1.0 + tangent * tangent).sqrt();
    let sine = tangent * cosine;
    for row in matrix.iter_mut() {
        (row[p], row[q]) = (
            cosine * row[p] - sine * row[q],
            sine * row[p] + cosine * row[q],
        );
    }
    for rows in [matrix, vectors] {
        let (a, b) = (rows[p], rows[q]);
        rows[p] = std::array::from_fn(|d| cosine * a[d] - sine * b[d]);
        rows[q] = std::array::from_fn(|d| sine * a[d] + cosine * b[d]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-12, "{found}, not {expected}");
    }

    #[test]
    fn principal_axes_of_a_known_cloud() {
        // an ellipsoid about (5, 6, 7), whose first two axes have their largest components positive
        let axes: [[f32; 3]; 3] = [[0.6, 0.8, 0.0], [-0.48, 0.36, 0.8], [0.64, -0.48, 0.6]];
        let mut points = Vec::new();
        for (axis, far) in axes.iter().zip([3.0, 2.0, 1.0]) {
            for sign in [-far, far] {
                points.push([0, 1, 2].map(|d| [5.0, 6.0, 7.0][d] + sign * axis[d]));
            }
        }
        let plane = Plane::of(points.iter().copied());
        let Plane::Seen {
            centre,
            axes: found,
        } = &plane
        else {
            panic!("three dimensions are seen along axes");
        };
        let near = |found: f64, expected: f64| {
            assert!((found - expected).abs() < 1e-6, "{found}, not {expected}");
        };
        (0..3).for_each(|d| near(centre[d], [5.0, 6.0, 7.0][d]));
        for (axis, expected) in found.iter().zip(&axes) {
            (0..3).for_each(|d| near(axis[d], f64::from(expected[d])));
        }
        let (x, y) = plane.place(&points[1]);
        near(x, 3.0);
        near(y, 0.0);
    }

    #[test]
    fn eigenvectors_take_a_matrix_apart() {
        // entries without a pattern
        let entry = |p: usize, q: usize| {
            ((p * q + 3 * (p + q)) as f64).sin() + if p == q { 2.0 } else { 0.0 }
        };
        let matrix: [[f64; 8]; 8] = std::array::from_fn(|p| std::array::from_fn(|q| entry(p, q)));
        let found = eigenvectors(matrix);
        for (number, (value, vector)) in found.iter().enumerate() {
            for d in 0..8 {
                let product: f64 = (0..8).map(|e| matrix[d][e] * vector[e]).sum();
                assert_close(product, value * vector[d]);
            }
            for (_, other) in &found[..number] {
                assert_close((0..8).map(|d| vector[d] * other[d]).sum(), 0.0);
            }
            assert_close(vector.iter().map(|x| x * x).sum(), 1.0);
        }
    }

    #[test]
    fn two_dimensions_and_one_stay_as_they_are() {
        assert_eq!(
            Plane::<2>::of([[1.0, 2.0]].into_iter()).place(&[0.5, -3.0]),
            (0.5, -3.0)
        );
        let (x, y) = Plane::<1>::of([[1.0]].into_iter()).place(&[0.5]);
        assert!(x == 0.5 && y.is_nan());
    }
}
