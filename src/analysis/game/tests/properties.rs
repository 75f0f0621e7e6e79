//! What holds of every game.

use proptest::prelude::*;

use super::*;

/// Exact payoffs by profile and slot.
fn any_game(roles: &[u32], strategies: usize, numbers: &[f64]) -> Payoffs {
    let shape = Shape::new(roles, strategies);
    let places = shape.clone();
    Payoffs::exact(shape, move |counts, slot| {
        let profile = places.find(counts).unwrap();
        numbers[(profile * 31 + slot * 17) % numbers.len()]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn equilibria_have_no_regret_and_others_do(
        roles in prop::sample::select(vec![vec![2], vec![3], vec![1, 1], vec![1, 2], vec![1, 1, 1], vec![4]]),
        strategies in 2usize..4,
        numbers in prop::collection::vec(-10.0f64..10.0, 97),
    ) {
        let payoffs = any_game(&roles, strategies, &numbers);
        let profiles = 0..payoffs.shape().profiles().len();
        let judgements: Vec<_> = profiles.map(|profile| judge(&payoffs, profile, 1)).collect();
        let cycles = cycles::cycles(&payoffs, &judgements, 1);
        let mut pure = 0;
        for judgement in &judgements {
            let equilibrium = judgement.verdict == ProfileVerdict::Equilibrium;
            pure += u32::from(equilibrium);
            prop_assert_eq!(equilibrium, judgement.regret == 0.0);
            let someone_moves = judgement.standings.iter().any(|standing| {
                standing.best != payoffs.shape().of_slot(standing.slot).1
            });
            prop_assert_eq!(equilibrium, !someone_moves);
        }
        // whoever follows best responses ends in an equilibrium or in a cycle
        prop_assert!(pure > 0 || !cycles.is_empty());
        for cycle in &cycles {
            for (place, step) in cycle.steps.iter().enumerate() {
                let after = payoffs.shape().after(step.profile, step.deviation);
                prop_assert_eq!(after, cycle.steps[(place + 1) % cycle.steps.len()].profile);
                prop_assert!(step.gain > 0.0);
            }
        }
    }

    #[test]
    fn in_a_mixture_nobody_gains_and_basins_fill_the_whole(
        roles in prop::sample::select(vec![vec![2], vec![3], vec![1, 1], vec![1, 2], vec![5]]),
        strategies in 2usize..4,
        numbers in prop::collection::vec(-10.0f64..10.0, 97),
    ) {
        let payoffs = any_game(&roles, strategies, &numbers);
        let mixtures = solve(&payoffs, 1).mixtures.unwrap();
        let field = Field::new(payoffs.shape(), |p, s| payoffs.mean(p, s)).unwrap();
        let mut basins = mixtures.moving;
        for mixture in &mixtures.all {
            let state: Vec<f64> = mixture.shares.iter().map(|share| share.mean).collect();
            prop_assert!(field.gap(&state) <= 1e-6 * field.scale());
            prop_assert!(state.iter().all(|&x| (0.0..=1.0 + 1e-9).contains(&x)));
            basins += mixture.basin;
        }
        prop_assert!((basins - 1.0).abs() < 1e-9, "{basins}");
    }

    #[test]
    fn names_of_players_and_units_of_payoffs_do_not_matter(
        numbers in prop::collection::vec(-10.0f64..10.0, 9), factor in 0.01f64..100.0, shift in -50.0f64..50.0,
    ) {
        let table = [[numbers[0], numbers[1], numbers[2]], [numbers[3], numbers[4], numbers[5]], [numbers[6], numbers[7], numbers[8]]];
        let scaled = table.map(|row| row.map(|value| value * factor + shift));
        let (one, other) = (solve(&symmetric(table), 1), solve(&symmetric(scaled), 1));
        prop_assert_eq!(pure(&one), pure(&other));
        let stable = |game: &Game| mixed(game).into_iter().filter(|(_, stable, _)| *stable).map(|(state, ..)| state).collect::<Vec<_>>();
        prop_assert_eq!(stable(&one), stable(&other));
        // the same game with each player in a role of its own
        let transposed = [0, 1, 2].map(|row| [0, 1, 2].map(|column| table[column][row]));
        let apart = solve(&bimatrix(table, transposed), 1);
        for (a, b) in [(0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2)] {
            let shared = Shape::new(&[2], 3);
            let mut counts = vec![0; 3];
            counts[a] += 1;
            counts[b] += 1;
            let profile = shared.find(&counts).unwrap();
            prop_assert_eq!(one.judgements[profile].regret, apart.judgements[3 * a + b].regret);
        }
    }
}
