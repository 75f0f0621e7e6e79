//! Which product a customer receives (section 3, step 4g).
//!
//! This is the form for readers; `kernel::search` finds the same product for sixteen customers at a time.

use super::parameters::Experience;
use crate::scenario::Selection;

/// Squared distance of a product from a point: a taste, a view or a need.
#[inline(always)]
pub(super) fn squared_distance<const K: usize>(product: &[f32; K], point: &[f32; K]) -> f32 {
    let steps = product.iter().zip(point).map(|(b, x)| b - x);
    steps.map(|step| step * step).sum()
}

/// The product that is chosen, given the firm's estimate of the taste and the customer's view of the need.
pub(super) fn select<const K: usize>(
    products: &[[f32; K]],
    experience: &Experience,
    estimate: &[f32; K],
    view: &[f32; K],
) -> usize {
    match experience.selection {
        Selection::Firm => nearest(products, estimate),
        Selection::Menu => from_menu(products, experience.menu_size, estimate, view),
        Selection::Customer => nearest(products, view),
    }
}

/// The product nearest to a point; of several, the first.
pub(super) fn nearest<const K: usize>(products: &[[f32; K]], point: &[f32; K]) -> usize {
    nearest_of(0..products.len(), products, point)
}

/// Of the `size` products nearest to the estimate (all, if there are fewer), the one nearest to the view; ties
/// go to the first.
pub(super) fn from_menu<const K: usize>(
    products: &[[f32; K]],
    size: usize,
    estimate: &[f32; K],
    view: &[f32; K],
) -> usize {
    let mut menu: Vec<usize> = (0..products.len()).collect();
    let far = |m: usize| squared_distance(&products[m], estimate);
    // stable: of products equally near, the first stay in front
    menu.sort_by(|&a, &b| far(a).total_cmp(&far(b)));
    menu.truncate(size);
    menu.sort_unstable();
    nearest_of(menu.into_iter(), products, view)
}

/// Of some products, in order, the one nearest to a point; of several, the first.
fn nearest_of<const K: usize>(
    some: impl Iterator<Item = usize>,
    products: &[[f32; K]],
    point: &[f32; K],
) -> usize {
    let distances = some.map(|m| (m, squared_distance(&products[m], point)));
    let closer = |best: (usize, f32), other: (usize, f32)| {
        if other.1 < best.1 { other } else { best }
    };
    distances.reduce(closer).map_or(0, |(m, _)| m)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Products on a line.
    fn line<const M: usize>(places: [f32; M]) -> [[f32; 1]; M] {
        places.map(|place| [place])
    }

    #[test]
    fn a_menu_holds_the_products_nearest_to_the_estimate() {
        let products = line([0.0, 2.0, 3.0, 5.0]);
        let chosen = |size, view: f32| from_menu(&products, size, &[2.4], &[view]);
        // the view is nearest to product 0, which is not among the two nearest to the estimate
        assert_eq!(chosen(2, -1.0), 1);
        assert_eq!(chosen(3, -1.0), 0);
        assert_eq!(chosen(3, 9.0), 2);
        assert_eq!(chosen(9, 9.0), 3, "all, if there are fewer");
    }

    #[test]
    fn ties_go_to_the_first() {
        let products = line([1.0, 3.0, 1.0, 3.0, 1.0]);
        assert_eq!(
            (nearest(&products, &[2.0]), nearest(&products, &[3.0])),
            (0, 1)
        );
        // all are equally far from the estimate, so the first two are on the menu
        assert_eq!(from_menu(&products, 2, &[2.0], &[1.0]), 0);
        assert_eq!(from_menu(&products, 2, &[2.0], &[3.0]), 1);
        assert_eq!(from_menu(&products, 2, &[3.0], &[0.0]), 1);
    }

    #[test]
    fn distances_add_up_over_dimensions() {
        assert_eq!(squared_distance(&[1.0, 2.0, 3.0], &[2.0, 0.0, 3.0]), 5.0);
    }
}
