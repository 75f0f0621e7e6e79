//! Product search for a tile of customers in one assortment, as [`Assortment::select`] does it for one.

use super::super::selection::{Assortment, Distances};
use super::tile::{LANES, Tile};

/// Work space of a search.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// Squared distances from the firm's estimate and from the customer's view, by product.
    near_estimate: Vec<Tile<f32>>,
    near_view: Vec<Tile<f32>>,
    /// The smallest distances from the estimate, in ascending order.
    smallest: Vec<Tile<f32>>,
    /// For customers to whom several products are equally near.
    distances: Distances,
}

/// Squared distances of a product from the points of a tile.
#[inline(always)]
fn squared_distances<const K: usize>(product: &[f32; K], points: &[Tile<f32>; K]) -> Tile<f32> {
    let mut total = [0.0; LANES];
    for d in 0..K {
        for l in 0..LANES {
            let step = product[d] - points[d][l];
            total[l] += step * step;
        }
    }
    total
}

/// The product nearest to each point; of several, the first.
#[inline(always)]
pub fn nearest<const K: usize>(products: &[[f32; K]], points: &[Tile<f32>; K]) -> Tile<u32> {
    let mut least = [f32::INFINITY; LANES];
    let mut best = [0; LANES];
    for (m, product) in (0_u32..).zip(products) {
        let distance = squared_distances(product, points);
        for l in 0..LANES {
            let closer = distance[l] < least[l];
            least[l] = if closer { distance[l] } else { least[l] };
            best[l] = if closer { m } else { best[l] };
        }
    }
    best
}

/// Of the `size` products nearest to the estimate, the one nearest to the view; ties to the first.
///
/// A product is on the menu if it is no farther from the estimate than the `size`-th smallest distance.
/// Where that makes the menu too long, because products are equally far, or where distances
/// overflow, the customer's menu is made as for one customer.
#[inline(always)]
pub fn choose_from_menu<const K: usize>(
    assortment: &Assortment<K>,
    size: usize,
    estimate: &[Tile<f32>; K],
    view: &[Tile<f32>; K],
    search: &mut Search,
) -> Tile<u32> {
    let products = assortment.places();
    search.near_estimate.resize(products.len(), [0.0; LANES]);
    search.near_view.resize(products.len(), [0.0; LANES]);
    search.smallest.clear();
    search.smallest.resize(size, [f32::INFINITY; LANES]);
    let near_estimate = &mut search.near_estimate[..products.len()];
    let near_view = &mut search.near_view[..products.len()];
    let smallest = &mut search.smallest[..size];
    for (m, product) in products.iter().enumerate() {
        near_view[m] = squared_distances(product, view);
        let mut distance = squared_distances(product, estimate);
        near_estimate[m] = distance;
        // insertion into the ascending list: what is pushed out goes on to the next place
        for place in smallest.iter_mut() {
            for l in 0..LANES {
                let (new, old) = (distance[l], place[l]);
                place[l] = if new < old { new } else { old };
                distance[l] = if new < old { old } else { new };
            }
        }
    }
    let limit = smallest[size - 1];
    let mut least = [f32::INFINITY; LANES];
    let mut best = [0; LANES];
    let mut count = [0_u32; LANES];
    for (m, (near_estimate, near_view)) in (0_u32..).zip(near_estimate.iter().zip(near_view)) {
        for l in 0..LANES {
            let on_menu = near_estimate[l] <= limit[l];
            let closer = on_menu & (near_view[l] < least[l]);
            count[l] += u32::from(on_menu);
            least[l] = if closer { near_view[l] } else { least[l] };
            best[l] = if closer { m } else { best[l] };
        }
    }
    let mut odd = 0;
    for l in 0..LANES {
        odd |= u32::from(count[l] as usize != size) | u32::from(!(least[l] < f32::INFINITY));
    }
    if odd != 0 {
        for l in 0..LANES {
            let (estimate, view) = (estimate.map(|row| row[l]), view.map(|row| row[l]));
            let chosen = assortment.menu(size, &estimate, &view, &mut search.distances);
            best[l] = chosen as u32;
        }
    }
    best
}
