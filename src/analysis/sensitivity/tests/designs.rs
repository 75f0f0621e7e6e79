//! Designs are what they are said to be.

use proptest::prelude::*;

use super::*;

#[test]
fn first_rows_are_pinned() {
    // A change here changes every stored analysis: it belongs in the changelog.
    let design = Saltelli::new(2, 8, 42).unwrap();
    insta::assert_debug_snapshot!(
        "saltelli",
        (0..8).map(|row| design.row(row)).collect::<Vec<_>>()
    );
    let design = Morris::new(3, 4, 4, 42).unwrap();
    insta::assert_debug_snapshot!(
        "morris",
        (0..8).map(|row| design.row(row)).collect::<Vec<_>>()
    );
}

#[test]
fn seeds_tell_designs_apart() {
    let rows = |seed| {
        Saltelli::new(3, 8, seed)
            .map(|design| design.row(7))
            .unwrap()
    };
    assert!(rows(1) == rows(1) && rows(1) != rows(2));
    let rows = |seed| {
        let design = Morris::new(6, 4, 4, seed).unwrap();
        (0..design.len())
            .map(|row| design.row(row))
            .collect::<Vec<_>>()
    };
    assert!(rows(1) == rows(1) && rows(1) != rows(2));
}

#[test]
fn every_start_level_order_and_direction_of_morris_occurs_equally_often() {
    let design = Morris::new(3, 6000, 4, 3).unwrap();
    let mut starts = [0; 4];
    let mut firsts = [0; 3];
    for trajectory in 0..design.trajectories() {
        let [start, next] = [0, 1].map(|step| design.row(trajectory * 4 + step));
        starts[(start[1] * 3.0).round() as usize] += 1;
        firsts[(0..3).find(|&place| start[place] != next[place]).unwrap()] += 1;
    }
    // four standard deviations of a binomial count
    assert!(
        starts.iter().all(|&count: &i32| (count - 1500).abs() < 134),
        "{starts:?}"
    );
    assert!(
        firsts.iter().all(|&count: &i32| (count - 2000).abs() < 146),
        "{firsts:?}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_mixed_row_is_a_with_one_coordinate_of_b(
        dimensions in 1usize..=128, base in 2usize..200, seed: u64, at in 0usize..200,
    ) {
        let design = Saltelli::new(dimensions, base, seed).unwrap();
        let first = at % base * (dimensions + 2);
        let (a, b) = (design.row(first), design.row(first + dimensions + 1));
        prop_assert!(a.iter().chain(&b).all(|x| (0.0..1.0).contains(x)));
        for coordinate in 0..dimensions {
            let mut mixed = a.clone();
            mixed[coordinate] = b[coordinate];
            prop_assert_eq!(design.row(first + 1 + coordinate), mixed);
        }
        prop_assert!(design.row(design.len()).is_empty());
    }

    #[test]
    fn a_power_of_two_of_samples_has_one_in_every_stratum(
        dimensions in 1usize..=128, power in 1u32..9, seed: u64, column in 0usize..128,
    ) {
        let base = 1usize << power;
        let design = Saltelli::new(dimensions, base, seed).unwrap();
        for part in [0, dimensions + 1] {
            let mut strata: Vec<usize> = (0..base)
                .map(|sample| design.row(sample * (dimensions + 2) + part)[column % dimensions])
                .map(|x| (x * base as f64) as usize)
                .collect();
            strata.sort_unstable();
            prop_assert!(strata.into_iter().eq(0..base));
        }
    }

    #[test]
    fn a_trajectory_moves_every_parameter_once_by_delta(
        dimensions in 1usize..40, trajectories in 2usize..20, half_levels in 1usize..6, seed: u64,
    ) {
        let levels = 2 * half_levels;
        let design = Morris::new(dimensions, trajectories, levels, seed).unwrap();
        let delta = levels as f64 / (2.0 * (levels as f64 - 1.0));
        let rows: Vec<_> = (0..design.len()).map(|row| design.row(row)).collect();
        for trajectory in rows.chunks(dimensions + 1) {
            let mut moved = Vec::new();
            for step in trajectory.windows(2) {
                let changed: Vec<_> = (0..dimensions).filter(|&i| step[0][i] != step[1][i]).collect();
                prop_assert_eq!(changed.len(), 1);
                let by = (step[1][changed[0]] - step[0][changed[0]]).abs();
                prop_assert!((by - delta).abs() < 1e-12);
                moved.push(changed[0]);
            }
            moved.sort_unstable();
            prop_assert!(moved.into_iter().eq(0..dimensions));
        }
        for &x in rows.iter().flatten() {
            let level = x * (levels - 1) as f64;
            prop_assert!((0.0..=1.0).contains(&x) && (level - level.round()).abs() < 1e-9);
        }
        prop_assert!(design.row(design.len()).is_empty());
    }
}
