//! Items in the order of a number.
//!
//! A sort is compiled for every type that is sorted, and is long; here one is shared by all types.

/// Puts those with the smallest numbers first; equal ones keep their order.
pub(crate) fn smallest_first<T>(items: &mut Vec<T>, number: impl Fn(&T) -> f64) {
    let mut order: Vec<(f64, usize)> = items.iter().map(number).zip(0..).collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut items_left: Vec<Option<T>> = items.drain(..).map(Some).collect();
    items.extend(order.iter().filter_map(|&(_, at)| items_left[at].take()));
}

/// Puts those with the largest numbers first; equal ones keep their order.
pub(crate) fn largest_first<T>(items: &mut Vec<T>, number: impl Fn(&T) -> f64) {
    smallest_first(items, |item| -number(item));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{largest_first, smallest_first};

    proptest! {
        #[test]
        fn as_a_stable_sort_has_it(numbers in prop::collection::vec(prop::sample::select(vec![-1.5, -0.0, 0.0, 2.0, f64::INFINITY]), 0..20)) {
            let named: Vec<(f64, usize)> = numbers.iter().copied().zip(0..).collect();
            let (mut up, mut down) = (named.clone(), named.clone());
            smallest_first(&mut up, |item| item.0);
            largest_first(&mut down, |item| item.0);
            let mut expected = named.clone();
            expected.sort_by(|a, b| a.0.total_cmp(&b.0));
            prop_assert_eq!(format!("{up:?}"), format!("{expected:?}"));
            expected = named;
            expected.sort_by(|a, b| b.0.total_cmp(&a.0));
            prop_assert_eq!(format!("{down:?}"), format!("{expected:?}"));
        }
    }
}
