//! Textbook games.

use super::*;

/// The profiles of a cycle.
fn profiles(cycle: &Cycle) -> Vec<usize> {
    cycle.steps.iter().map(|step| step.profile).collect()
}

#[test]
fn prisoners_defect() {
    // cooperate, defect
    let game = solve(&symmetric([[3.0, 0.0], [5.0, 1.0]]), 1);
    assert_eq!(pure(&game), [2]);
    let regrets: Vec<f64> = game.judgements.iter().map(|j| j.regret).collect();
    assert_eq!(regrets, [2.0, 1.0, 0.0]);
    assert_eq!(mixed(&game), [(vec![0.0, 1.0], true, 1.0)]);
    assert!(game.cycles.is_empty());
    // in the mixed profile it is the cooperator who would change
    let standings = &game.judgements[1].standings;
    assert_eq!((standings[0].best, standings[1].best), (1, 1));
    assert_eq!(
        (standings[0].gain.mean, standings[1].gain.mean),
        (1.0, -2.0)
    );
    assert_eq!(
        (standings[0].confidence, standings[1].confidence),
        (0.0, 1.0)
    );
}

#[test]
fn hunters_of_stags_meet_or_stay_apart() {
    // stag, hare: mixed where 4p = 3, which divides the basins
    let game = solve(&symmetric([[4.0, 0.0], [3.0, 3.0]]), 1);
    assert_eq!(pure(&game), [0, 2]);
    let all = mixed(&game);
    assert_eq!(all.len(), 3);
    assert_eq!(all[0], (vec![1.0, 0.0], true, 0.25));
    assert_eq!(all[1], (vec![0.0, 1.0], true, 0.75));
    assert_eq!(all[2], (vec![0.75, 0.25], false, 0.0));
}

#[test]
fn hawks_and_doves_mix() {
    let game = solve(&symmetric([[-1.0, 4.0], [0.0, 2.0]]), 1);
    // one of each is an equilibrium; in mixed strategies two thirds are hawks
    assert_eq!(pure(&game), [1]);
    assert_eq!(mixed(&game), [(vec![0.667, 0.333], true, 1.0)]);
    assert_eq!(game.mixtures.unwrap().all[0].payoffs, [2.0 / 3.0]);
}

/// Rock, paper, scissors, where a win is worth this and a loss costs 1.
fn rock_paper_scissors(win: f64) -> Payoffs {
    symmetric([[0.0, -1.0, win], [win, 0.0, -1.0], [-1.0, win, 0.0]])
}

#[test]
fn rock_paper_scissors_goes_round() {
    let third = vec![0.333, 0.333, 0.333];
    // worth more than it costs: the dynamics spiral inwards
    let game = solve(&rock_paper_scissors(2.0), 1);
    assert!(pure(&game).is_empty());
    assert_eq!(mixed(&game), [(third.clone(), true, 1.0)]);
    // as much: they circle for ever; less: they spiral outwards
    for win in [1.0, 0.5] {
        let game = solve(&rock_paper_scissors(win), 1);
        assert_eq!(mixed(&game), [(third.clone(), false, 0.0)], "{win}");
        assert_eq!(game.mixtures.as_ref().unwrap().moving, 1.0);
        // rock and paper, paper and scissors, rock and scissors: 1, 4, 2
        assert_eq!(game.cycles.len(), 1);
        assert_eq!(profiles(&game.cycles[0]), [1, 4, 2]);
        assert_eq!(game.cycles[0].confidence, 1.0);
        let gains: Vec<f64> = game.cycles[0].steps.iter().map(|step| step.gain).collect();
        assert_eq!(gains, [1.0 + win; 3]);
    }
}

#[test]
fn players_who_differ_are_kept_apart() {
    // battle of the sexes: two pure equilibria, and a mixed one in which each prefers its own with 2/3
    let game = solve(
        &bimatrix([[2.0, 0.0], [0.0, 1.0]], [[1.0, 0.0], [0.0, 2.0]]),
        1,
    );
    assert_eq!(pure(&game), [0, 3]);
    let all = mixed(&game);
    for (pure, place) in all.iter().zip([[1.0, 0.0, 1.0, 0.0], [0.0, 1.0, 0.0, 1.0]]) {
        assert!(pure.0 == place && pure.1);
        // by symmetry each has one half, which the starts tell within a few of them
        assert!((pure.2 - 0.5).abs() < 0.01, "{}", pure.2);
    }
    assert_eq!(all[2], (vec![0.667, 0.333, 0.333, 0.667], false, 0.0));
}

#[test]
fn pennies_match_and_do_not() {
    let game = solve(
        &bimatrix([[1.0, -1.0], [-1.0, 1.0]], [[-1.0, 1.0], [1.0, -1.0]]),
        1,
    );
    assert!(pure(&game).is_empty());
    assert_eq!(mixed(&game), [(vec![0.5; 4], false, 0.0)]);
    assert_eq!(game.mixtures.unwrap().moving, 1.0);
    assert_eq!(profiles(&game.cycles[0]), [0, 1, 3, 2]);
}

#[test]
fn a_dominant_player_is_followed() {
    // the row player has a dominant strategy, the column player follows it
    let game = solve(
        &bimatrix([[3.0, 2.0], [1.0, 0.0]], [[0.0, 1.0], [5.0, 0.0]]),
        1,
    );
    assert_eq!(pure(&game), [1]);
    assert_eq!(mixed(&game), [(vec![1.0, 0.0, 0.0, 1.0], true, 1.0)]);
}

#[test]
fn more_than_two_enter_a_market_until_it_is_full() {
    // five firms enter (1) or stay out (0) where entrants earn 3.5 less their number: three enter
    let payoffs = Payoffs::exact(Shape::new(&[5], 2), |counts, slot| match slot {
        0 => 0.0,
        _ => 3.5 - f64::from(counts[1]),
    });
    let game = solve(&payoffs, 1);
    assert_eq!(pure(&game), [3]);
    // each enters with probability p where 3.5 - 1 - 4p = 0
    assert_eq!(mixed(&game), [(vec![0.375, 0.625], true, 1.0)]);
}

#[test]
fn the_public_good_needs_a_volunteer() {
    // three players; the good is worth 1 if anybody gives 0.5: p of not giving with p^2 = 0.5
    let payoffs = Payoffs::exact(Shape::new(&[3], 2), |counts, slot| {
        let good = if counts[0] > 0 { 1.0 } else { 0.0 };
        good - if slot == 0 { 0.5 } else { 0.0 }
    });
    let game = solve(&payoffs, 1);
    assert_eq!(pure(&game), [2], "exactly one gives");
    assert_eq!(mixed(&game), [(vec![0.293, 0.707], true, 1.0)]);
}

#[test]
fn strategies_without_any_difference_are_weak_equilibria() {
    let game = solve(&symmetric([[1.0; 2]; 2]), 1);
    assert_eq!(pure(&game), [0, 1, 2]);
    assert!(mixed(&game).iter().all(|(_, stable, _)| !stable));
    assert!(game.cycles.is_empty());
}

#[test]
fn one_player_takes_the_best() {
    let payoffs = Payoffs::exact(Shape::new(&[1], 3), |_, slot| [1.0, 3.0, 2.0][slot]);
    let game = solve(&payoffs, 1);
    assert_eq!(pure(&game), [1]);
    assert_eq!(mixed(&game), [(vec![0.0, 1.0, 0.0], true, 1.0)]);
    let regrets: Vec<f64> = game.judgements.iter().map(|j| j.regret).collect();
    assert_eq!(regrets, [2.0, 0.0, 1.0]);
}

#[test]
fn a_single_strategy_leaves_nothing_to_choose() {
    let payoffs = Payoffs::exact(Shape::new(&[2], 1), |_, _| 7.0);
    let game = solve(&payoffs, 1);
    assert_eq!(pure(&game), [0]);
    assert_eq!(game.judgements[0].regret, 0.0);
    assert_eq!(mixed(&game), [(vec![1.0], true, 1.0)]);
}
