//! Payoffs with noise: confidence, intervals, and which profiles get more replicates.

use super::*;
use crate::random::{Purpose, Source};

/// A number between -1 and 1 for a replicate, a profile and a player.
fn noise(replicate: u32, profile: usize, player: usize) -> f64 {
    let who = (profile * 8 + player) as u32;
    let key = Source::new(7, replicate)
        .family(Purpose::DesignPlace, &[])
        .key(who, 0);
    f64::from(key.word(0)) / f64::from(u32::MAX) * 2.0 - 1.0
}

/// Adds replicates to a game of two equal players: what all profiles share, what is their own, and the table.
fn simulate<const S: usize>(
    payoffs: &mut Payoffs,
    table: [[f64; S]; S],
    shared: f64,
    own: f64,
    cells: impl IntoIterator<Item = (usize, u32)>,
) {
    for (profile, replicate) in cells {
        let plays = payoffs.shape().assignment(profile);
        let common = shared * noise(replicate, 1000, 0);
        let payoff = |me: usize, other: usize| {
            table[plays[me]][plays[other]] + common + own * noise(replicate, profile, me)
        };
        payoffs.add(profile, &[payoff(0, 1), payoff(1, 0)]);
    }
}

fn all(payoffs: &Payoffs, replicates: u32) -> Vec<(usize, u32)> {
    let profiles = payoffs.shape().profiles().len();
    (0..replicates)
        .flat_map(|replicate| (0..profiles).map(move |profile| (profile, replicate)))
        .collect()
}

#[test]
fn pairing_takes_out_what_profiles_share() {
    let mut payoffs = Payoffs::new(Shape::new(&[2], 2));
    let cells = all(&payoffs, 30);
    simulate(&mut payoffs, [[3.0, 0.0], [5.0, 1.0]], 20.0, 0.2, cells);
    let game = solve(&payoffs, 1);
    assert_eq!(pure(&game), [2]);
    let standing = &game.judgements[2].standings[0];
    // the payoff is known badly, what a deviation costs is known well
    assert!(standing.payoff.high - standing.payoff.low > 5.0);
    assert!(standing.gain.high - standing.gain.low < 0.3);
    assert!((standing.gain.mean + 1.0).abs() < 0.2);
    assert!(standing.variance_reduction > 1000.0);
}

#[test]
fn looking_again_and_again_costs_confidence() {
    let mut payoffs = Payoffs::new(Shape::new(&[2], 2));
    let cells = all(&payoffs, 6);
    simulate(&mut payoffs, [[3.0, 0.0], [3.6, 0.6]], 0.0, 1.0, cells);
    let once = judge(&payoffs, 2, 1);
    let often = judge(&payoffs, 2, 4);
    assert!(once.confidence < 1.0 && once.confidence > 0.0, "{once:?}");
    assert!((1.0 - often.confidence - 4.0 * (1.0 - once.confidence)).abs() < 1e-12);
}

#[test]
fn rounds_double_what_is_undecided_until_the_most() {
    let rounds = Rounds {
        first: 10,
        at_most: 70,
    };
    assert_eq!(rounds.looks(), 4);
    assert_eq!(
        [0, 1, 2, 3, 4].map(|round| rounds.replicates(round)),
        [10, 20, 40, 70, 70]
    );
    for (first, at_most, looks) in [(10, 10, 1), (10, 5, 1), (10, 11, 2), (1, 1024, 11)] {
        assert_eq!(Rounds { first, at_most }.looks(), looks);
    }
}

#[test]
fn more_replicates_go_to_what_is_undecided() {
    // the first two strategies are nearly equal, the third is hopeless, whoever plays what
    let table = [[5.0, 5.0, 5.0], [5.1, 5.1, 5.1], [0.0, 0.0, 0.0]];
    let rounds = Rounds {
        first: 8,
        at_most: 64,
    };
    let mut payoffs = Payoffs::new(Shape::new(&[2], 3));
    let mut cells = all(&payoffs, rounds.first);
    let mut round = 0;
    while !cells.is_empty() {
        simulate(&mut payoffs, table, 1.0, 0.5, cells);
        cells = rounds.missing(&payoffs, round);
        assert!(cells.is_sorted_by_key(|&(profile, replicate)| (replicate, profile)));
        round += 1;
    }
    let replicates: Vec<u32> = (0..6).map(|profile| payoffs.replicates(profile)).collect();
    // profiles with the third strategy are refuted at once, and no deviation to it is in question
    let hopeless = [2, 4, 5].map(|profile| replicates[profile]);
    assert_eq!(hopeless, [8; 3], "{replicates:?}");
    let close = [0, 1, 3].map(|profile| replicates[profile]);
    assert!(close.iter().all(|&count| count > 8), "{replicates:?}");
}

#[test]
fn decided_games_get_no_more() {
    let mut payoffs = Payoffs::new(Shape::new(&[2], 2));
    let cells = all(&payoffs, 8);
    simulate(&mut payoffs, [[3.0, 0.0], [5.0, 1.0]], 5.0, 0.1, cells);
    let rounds = Rounds {
        first: 8,
        at_most: 64,
    };
    assert_eq!(rounds.missing(&payoffs, 0), []);
}

#[test]
fn intervals_of_mixtures_hold_the_true_one_as_often_as_they_say() {
    // hawks and doves: two thirds are hawks
    let mut held = 0;
    for game in 0..200 {
        let mut payoffs = Payoffs::new(Shape::new(&[2], 2));
        let cells = all(&payoffs, 20);
        let shift = game * 20;
        for (profile, replicate) in cells {
            simulate_from(&mut payoffs, profile, replicate + shift);
        }
        let all = solve(&payoffs, 1).mixtures.unwrap().all;
        let mixture = all
            .iter()
            .find(|m| m.shares[0].mean > 0.0 && m.shares[0].mean < 1.0);
        let share = mixture.expect("the mixture").shares[0];
        assert!(share.high - share.low < 0.5, "{share:?}");
        held += u32::from(share.low <= 2.0 / 3.0 && 2.0 / 3.0 <= share.high);
    }
    // 190 expected; the standard deviation is 3
    assert!((180..=199).contains(&held), "{held}");
}

fn simulate_from(payoffs: &mut Payoffs, profile: usize, replicate: u32) {
    let plays = payoffs.shape().assignment(profile);
    let table = [[-1.0, 4.0], [0.0, 2.0]];
    let payoff = |me: usize, other: usize| {
        table[plays[me]][plays[other]] + noise(replicate, 1000, 0) + noise(replicate, profile, me)
    };
    payoffs.add(profile, &[payoff(0, 1), payoff(1, 0)]);
}

#[test]
fn false_equilibria_are_as_rare_as_the_confidence_says() {
    // deviating neither gains nor loses: whoever claims a strict equilibrium, or a gain, is wrong
    let mut claimed = 0;
    let rounds = Rounds {
        first: 4,
        at_most: 32,
    };
    for game in 0..200u32 {
        let mut payoffs = Payoffs::new(Shape::new(&[1], 2));
        let mut cells = vec![];
        cells.extend((0..4).flat_map(|replicate| [(0, replicate), (1, replicate)]));
        let mut round = 0;
        while !cells.is_empty() {
            for (profile, replicate) in cells {
                let payoff = noise(replicate + game * 64, profile, 0);
                payoffs.add(profile, &[payoff]);
            }
            cells = rounds.missing(&payoffs, round);
            round += 1;
        }
        claimed +=
            u32::from(judge(&payoffs, 0, rounds.looks()).verdict != ProfileVerdict::Undecided);
    }
    // of two claims with 5 % each at most 20 of 200 are wrong by chance
    assert!(claimed <= 20, "{claimed}");
}

#[test]
fn what_is_unknown_is_not_claimed() {
    let mut payoffs = Payoffs::new(Shape::new(&[2], 2));
    for profile in [0, 1, 2] {
        for _ in 0..3 {
            payoffs.add(profile, &[f64::NAN, 1.0]);
        }
    }
    let game = solve(&payoffs, 1);
    assert!(game.mixtures.is_none());
    // nobody knows what the hawk among doves would get
    assert_eq!(game.judgements[2].verdict, ProfileVerdict::Undecided);
    assert!(game.judgements[2].regret.is_nan());
    assert_eq!(game.judgements[2].confidence, 0.0);
}
