//! Which product a customer receives (section 3, step 4g).

use super::parameters::Experience;
use crate::scenario::Selection;

/// Squared distances of products (one row per dimension) from a point.
#[inline(always)]
pub(super) fn squared_distances<const K: usize>(
    products: &[f32],
    point: &[f32; K],
    out: &mut [f32],
) {
    out.fill(0.0);
    for (row, x) in products.chunks_exact(out.len()).zip(point) {
        for (distance, b) in out.iter_mut().zip(row) {
            *distance += (b - x) * (b - x);
        }
    }
}

/// The position of the smallest value; of several, the first.
#[inline(always)]
pub(super) fn argmin(values: &[f32]) -> usize {
    let mut best = 0;
    let mut least = f32::INFINITY;
    for (m, value) in values.iter().enumerate() {
        if *value < least {
            least = *value;
            best = m;
        }
    }
    best
}

/// The product nearest to a point.
#[inline(always)]
pub(super) fn nearest<const K: usize>(
    products: &[f32],
    point: &[f32; K],
    distances: &mut [f32],
) -> usize {
    squared_distances(products, point, distances);
    argmin(distances)
}

/// The product that is chosen, given the firm's estimate of the taste and the customer's view of the need.
///
/// `near_estimate` and `near_view` are work space, one entry per product.
#[inline(always)]
pub(super) fn select<const K: usize>(
    experience: &Experience,
    products: &[f32],
    estimate: &[f32; K],
    view: impl FnOnce() -> [f32; K],
    near_estimate: &mut [f32],
    near_view: &mut [f32],
) -> usize {
    match experience.selection {
        Selection::Firm => nearest(products, estimate, near_estimate),
        Selection::Menu if experience.menu_size < near_view.len() => {
            squared_distances(products, estimate, near_estimate);
            squared_distances(products, &view(), near_view);
            choose_from_menu(experience.menu_size, near_estimate, near_view)
        }
        Selection::Customer | Selection::Menu => nearest(products, &view(), near_view),
    }
}

/// Of the `size` products nearest to the estimate, the one nearest to the view; ties to the first.
/// Products on the menu are taken out of `near_estimate`.
fn choose_from_menu(size: usize, near_estimate: &mut [f32], near_view: &[f32]) -> usize {
    let mut chosen = usize::MAX;
    let mut least = f32::INFINITY;
    for _ in 0..size {
        let proposed = argmin(near_estimate);
        near_estimate[proposed] = f32::INFINITY;
        let distance = near_view[proposed];
        if distance < least || (distance == least && proposed < chosen) {
            least = distance;
            chosen = proposed;
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn menu_holds_the_products_nearest_to_the_estimate() {
        // the view is nearest to product 0, which is not among the two nearest to the estimate
        assert_eq!(
            choose_from_menu(2, &mut [9.0, 1.0, 2.0, 3.0], &[0.0, 5.0, 4.0, 1.0]),
            2
        );
        assert_eq!(
            choose_from_menu(3, &mut [9.0, 1.0, 2.0, 3.0], &[0.0, 5.0, 4.0, 1.0]),
            3
        );
    }

    #[test]
    fn ties_go_to_the_lowest_index() {
        assert_eq!(argmin(&[2.0, 1.0, 1.0]), 1);
        assert_eq!(
            choose_from_menu(2, &mut [3.0, 2.0, 1.0], &[1.0, 1.0, 1.0]),
            1
        );
        assert_eq!(choose_from_menu(1, &mut [1.0, 1.0], &[2.0, 1.0]), 0);
    }

    #[test]
    fn distances_take_one_row_per_dimension() {
        let mut out = [0.0; 3];
        squared_distances(&[0.0, 1.0, 2.0, 0.0, 0.0, 4.0], &[1.0, 1.0], &mut out);
        assert_eq!(out, [2.0, 1.0, 10.0]);
    }
}
