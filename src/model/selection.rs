//! Which product a customer receives (section 3, step 4g).

use super::parameters::Experience;
use crate::scenario::Selection;

/// Products compared side by side.
const LANES: usize = 4;

/// A coordinate so far away that no product is taken for it, and whose square is still finite.
const NOWHERE: f32 = 1e18;

/// A firm's products, laid out for search.
#[derive(Debug, Clone)]
pub(super) struct Assortment<const K: usize> {
    /// Groups of products; the last is filled up with products that are nowhere.
    groups: Vec<[[f32; LANES]; K]>,
    /// The same products one by one.
    places: Vec<[f32; K]>,
}

/// Work space of a selection: squared distances from the firm's estimate and from the customer's view.
#[derive(Debug, Clone, Default)]
pub(super) struct Distances {
    near_estimate: Vec<f32>,
    near_view: Vec<f32>,
}

impl<const K: usize> Assortment<K> {
    /// This many products, to be placed.
    pub fn new(products: usize) -> Self {
        Self {
            groups: vec![[[NOWHERE; LANES]; K]; products.div_ceil(LANES)],
            places: vec![[NOWHERE; K]; products],
        }
    }

    /// Number of products.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Places product `m`.
    pub fn place(&mut self, m: usize, place: [f32; K]) {
        for (row, b) in self.groups[m / LANES].iter_mut().zip(place) {
            row[m % LANES] = b;
        }
        self.places[m] = place;
    }

    /// Where all products are.
    #[inline(always)]
    pub fn places(&self) -> &[[f32; K]] {
        &self.places
    }

    /// Where product `m` is.
    #[inline(always)]
    pub fn product(&self, m: usize) -> [f32; K] {
        self.places[m]
    }

    /// The product nearest to a point; of several, the first.
    #[inline(always)]
    pub fn nearest(&self, point: &[f32; K]) -> usize {
        let mut least = [f32::INFINITY; LANES];
        let mut best = [0_u32; LANES];
        for (n, group) in (0_u32..).zip(&self.groups) {
            let distances = squared_distances(group, point);
            for lane in 0..LANES {
                let closer = distances[lane] < least[lane];
                least[lane] = if closer { distances[lane] } else { least[lane] };
                best[lane] = if closer { n } else { best[lane] };
            }
        }
        let key = |lane: usize| order(least[lane], best[lane] as usize * LANES + lane);
        position((key(0).min(key(1))).min(key(2).min(key(3))))
    }

    /// Squared distances of all products from a point, filled up as the groups are.
    #[inline(always)]
    fn distances(&self, point: &[f32; K], out: &mut Vec<f32>) {
        out.clear();
        for group in &self.groups {
            out.extend_from_slice(&squared_distances(group, point));
        }
    }

    /// Of the `size` products nearest to the estimate, the one nearest to the view; ties to the first.
    #[inline(always)]
    pub fn menu(
        &self,
        size: usize,
        estimate: &[f32; K],
        view: &[f32; K],
        distances: &mut Distances,
    ) -> usize {
        self.distances(estimate, &mut distances.near_estimate);
        self.distances(view, &mut distances.near_view);
        distances.choose_from_menu(size)
    }

    /// The product that is chosen, given the firm's estimate of the taste and the customer's view of the need.
    #[inline(always)]
    pub fn select(
        &self,
        experience: &Experience,
        estimate: &[f32; K],
        view: &[f32; K],
        distances: &mut Distances,
    ) -> usize {
        match experience.selection {
            Selection::Firm => self.nearest(estimate),
            Selection::Menu if experience.menu_size < self.places.len() => {
                self.menu(experience.menu_size, estimate, view, distances)
            }
            Selection::Customer | Selection::Menu => self.nearest(view),
        }
    }
}

#[inline(always)]
fn squared_distances<const K: usize>(group: &[[f32; LANES]; K], point: &[f32; K]) -> [f32; LANES] {
    let mut total = [0.0; LANES];
    for (row, x) in group.iter().zip(point) {
        for (total, b) in total.iter_mut().zip(row) {
            *total += (b - x) * (b - x);
        }
    }
    total
}

/// A number that orders by distance, then by position. Distances are not negative, so their bits order
/// as they do, and the least of several takes no branch to find.
#[inline(always)]
fn order(distance: f32, position: usize) -> u64 {
    u64::from(distance.to_bits()) << 32 | position as u64
}

/// The position in such a number.
#[inline(always)]
fn position(order: u64) -> usize {
    (order & 0xffff_ffff) as usize
}

impl Distances {
    /// Of the `size` products nearest to the estimate, the one nearest to the view; ties to the first.
    /// Products on the menu are taken out of `near_estimate`.
    #[inline(always)]
    fn choose_from_menu(&mut self, size: usize) -> usize {
        let mut chosen = u64::MAX;
        for _ in 0..size {
            let proposed = argmin(&self.near_estimate);
            self.near_estimate[proposed] = f32::INFINITY;
            chosen = chosen.min(order(self.near_view[proposed], proposed));
        }
        position(chosen)
    }
}

/// The position of the smallest of distances, whose number is a multiple of [`LANES`]; of several, the first.
#[inline(always)]
fn argmin(distances: &[f32]) -> usize {
    let mut least = [u64::MAX; LANES];
    for (n, group) in distances.as_chunks::<LANES>().0.iter().enumerate() {
        for (lane, (least, distance)) in least.iter_mut().zip(group).enumerate() {
            *least = (*least).min(order(*distance, LANES * n + lane));
        }
    }
    position(least[0].min(least[1]).min(least[2].min(least[3])))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn menu(size: usize, near_estimate: [f32; 4], near_view: [f32; 4]) -> usize {
        let (near_estimate, near_view) = (near_estimate.to_vec(), near_view.to_vec());
        Distances {
            near_estimate,
            near_view,
        }
        .choose_from_menu(size)
    }

    #[test]
    fn menu_holds_the_products_nearest_to_the_estimate() {
        // the view is nearest to product 0, which is not among the two nearest to the estimate
        assert_eq!(menu(2, [9.0, 1.0, 2.0, 3.0], [0.0, 5.0, 4.0, 1.0]), 2);
        assert_eq!(menu(3, [9.0, 1.0, 2.0, 3.0], [0.0, 5.0, 4.0, 1.0]), 3);
    }

    #[test]
    fn ties_go_to_the_lowest_index() {
        assert_eq!(menu(2, [3.0, 2.0, 1.0, 9.0], [1.0, 1.0, 1.0, 1.0]), 1);
        assert_eq!(menu(1, [1.0, 1.0, 2.0, 2.0], [2.0, 1.0, 0.0, 0.0]), 0);
        let mut products = Assortment::<1>::new(6);
        (0..6).for_each(|m| products.place(m, [if m % 2 == 0 { 1.0 } else { 3.0 }]));
        assert_eq!((products.nearest(&[2.0]), products.nearest(&[3.0])), (0, 1));
    }

    #[test]
    fn search_finds_what_comparing_one_by_one_finds() {
        let place = |m: usize| [(m as f32 * 1.7).sin() * 2.0, (m as f32 * 2.3).cos() * 2.0];
        for size in 1..20 {
            let mut products = Assortment::<2>::new(size);
            (0..size).for_each(|m| products.place(m, place(m)));
            for point in [[0.0, 0.0], [1.0, -0.5], [-2.0, 3.0], [1e6, -1e6]] {
                let distance = |m: usize| {
                    let b = place(m);
                    (b[0] - point[0]) * (b[0] - point[0]) + (b[1] - point[1]) * (b[1] - point[1])
                };
                let first_least = (0..size).fold(0, |best, m| {
                    if distance(m) < distance(best) {
                        m
                    } else {
                        best
                    }
                });
                assert_eq!(products.nearest(&point), first_least);
                assert_eq!(products.product(first_least), place(first_least));
            }
        }
    }
}
