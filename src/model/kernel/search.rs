//! Product search for a tile of customers in one assortment, as [`super::super::selection`] does it for one.

use super::super::selection::from_menu;
use super::tile::{LANES, Tile, make_room};
use super::work::Search;

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

/// The smaller and the larger of two distances, lane by lane.
#[inline(always)]
fn sorted(one: Tile<f32>, other: Tile<f32>) -> (Tile<f32>, Tile<f32>) {
    let (mut smaller, mut larger) = ([0.0; LANES], [0.0; LANES]);
    for l in 0..LANES {
        smaller[l] = if one[l] < other[l] { one[l] } else { other[l] };
    }
    for l in 0..LANES {
        larger[l] = if one[l] > other[l] { one[l] } else { other[l] };
    }
    (smaller, larger)
}

/// The squared distances of products from the points, and the `S`-th smallest of them, lane by lane.
///
/// In one loop: one that wrote distances and nothing else would be vectorised over products, and scatter them.
#[inline(always)]
fn limit_of<const S: usize, const K: usize>(
    products: &[[f32; K]],
    points: &[Tile<f32>; K],
    distances: &mut [Tile<f32>],
) -> Tile<f32> {
    let mut smallest = [[f32::INFINITY; LANES]; S];
    for (product, distance) in products.iter().zip(distances) {
        // insertion into the ascending list: what is pushed out goes on to the next place
        let mut new = squared_distances(product, points);
        *distance = new;
        for place in &mut smallest {
            (*place, new) = sorted(*place, new);
        }
    }
    smallest[S - 1]
}

/// The same for a size known only now, with its list in memory.
#[inline(always)]
fn limit_of_many<const K: usize>(
    products: &[[f32; K]],
    size: usize,
    points: &[Tile<f32>; K],
    distances: &mut [Tile<f32>],
    smallest: &mut Vec<Tile<f32>>,
) -> Tile<f32> {
    smallest.clear();
    smallest.resize(size, [f32::INFINITY; LANES]);
    for (product, distance) in products.iter().zip(distances) {
        let mut new = squared_distances(product, points);
        *distance = new;
        for place in smallest.iter_mut() {
            (*place, new) = sorted(*place, new);
        }
    }
    smallest[size - 1]
}

/// Of the `size` products nearest to the estimate, the one nearest to the view; ties to the first.
///
/// A product is on the menu if it is no farther from the estimate than the `size`-th smallest distance.
/// Where that makes the menu too long, because products are equally far, or where distances
/// overflow, the customer's menu is made as for one customer.
#[inline(always)]
pub fn choose_from_menu<const K: usize>(
    products: &[[f32; K]],
    size: usize,
    estimate: &[Tile<f32>; K],
    view: &[Tile<f32>; K],
    search: &mut Search,
) -> Tile<u32> {
    make_room(&mut search.near_estimate, products.len(), [0.0; LANES]);
    let near = &mut search.near_estimate[..products.len()];
    let limit = match size {
        1 => limit_of::<1, K>(products, estimate, near),
        2 => limit_of::<2, K>(products, estimate, near),
        3 => limit_of::<3, K>(products, estimate, near),
        4 => limit_of::<4, K>(products, estimate, near),
        _ => limit_of_many(products, size, estimate, near, &mut search.smallest),
    };
    let mut count = [0_u32; LANES];
    let mut least = [f32::INFINITY; LANES];
    let mut best = [0; LANES];
    for (m, (product, distance)) in (0_u32..).zip(products.iter().zip(near.iter())) {
        let (distance, mut near_view) = (*distance, squared_distances(product, view));
        let mut off_menu = [0.0; LANES];
        for l in 0..LANES {
            off_menu[l] = if distance[l] <= limit[l] {
                0.0
            } else {
                f32::INFINITY
            };
        }
        for l in 0..LANES {
            count[l] += u32::from(distance[l] <= limit[l]);
        }
        // added, not chosen: what is chosen would be computed under a condition
        for l in 0..LANES {
            near_view[l] += off_menu[l];
        }
        for l in 0..LANES {
            let closer = near_view[l] < least[l];
            least[l] = if closer { near_view[l] } else { least[l] };
            best[l] = if closer { m } else { best[l] };
        }
    }
    let mut odd = 0;
    for l in 0..LANES {
        odd |= u32::from(count[l] != size as u32) | u32::from(least[l] >= f32::INFINITY);
    }
    if odd != 0 {
        for l in 0..LANES {
            let (estimate, view) = (estimate.map(|row| row[l]), view.map(|row| row[l]));
            let chosen = from_menu(products, size, &estimate, &view);
            best[l] = chosen as u32;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::super::super::selection;
    use super::*;
    use crate::random::{Purpose, Source};

    /// Coordinates on a coarse grid, so that many products are equally far from many points.
    fn grid(purpose: Purpose, who: u32) -> [f32; 2] {
        let family = Source::new(1, 0).family(purpose, &["search"]);
        [0, 1].map(|d| (family.key(d, 0).uniform(who) * 5.0).floor() - 2.0)
    }

    #[test]
    fn sixteen_find_what_each_finds_alone() {
        for number in [1, 2, 5, 12, 31] {
            let places = (0..number).map(|m| grid(Purpose::FirstProducts, m));
            let products: Vec<[f32; 2]> = places.collect();
            let points = |purpose| {
                let points: Tile<[f32; 2]> = std::array::from_fn(|l| grid(purpose, l as u32));
                (points, [0, 1].map(|d| points.map(|point| point[d])))
            };
            let (estimates, estimate) = points(Purpose::Signal);
            let (views, view) = points(Purpose::View);
            let alone = views.map(|view| selection::nearest(&products, &view) as u32);
            assert_eq!(nearest(&products, &view), alone);
            let mut search = Search::default();
            for size in 1..products.len().min(7) {
                let menu = |l: usize| from_menu(&products, size, &estimates[l], &views[l]) as u32;
                let alone: Tile<u32> = std::array::from_fn(menu);
                let together = choose_from_menu(&products, size, &estimate, &view, &mut search);
                assert_eq!(together, alone, "{size} of {number}");
            }
        }
    }

    #[test]
    fn far_away_points_find_the_first_product() {
        // squared distances overflow
        let products: Vec<[f32; 1]> = (0..5).map(|m| [m as f32]).collect();
        let far = [[1e30; LANES]];
        assert_eq!(nearest(&products, &far), [0; LANES]);
        let mut search = Search::default();
        let chosen = choose_from_menu(&products, 3, &far, &far, &mut search);
        let alone = from_menu(&products, 3, &[1e30], &[1e30]);
        assert_eq!(chosen, [alone as u32; LANES]);
    }
}
