//! Games with known equilibria, fed in as payoff tables, and games with noise.

mod known;
mod noise;
mod properties;

use super::*;

/// A game of two equal players from the payoffs of the row player.
fn symmetric<const S: usize>(table: [[f64; S]; S]) -> Payoffs {
    Payoffs::exact(Shape::new(&[2], S), move |counts, own| {
        table[own][other(counts, own)]
    })
}

/// The strategy of the other of two equal players.
fn other(counts: &[u32], own: usize) -> usize {
    let mut others = counts.to_vec();
    others[own] -= 1;
    others.iter().position(|&count| count == 1).unwrap()
}

/// A game of two different players: payoffs of the row player and of the column player.
fn bimatrix<const S: usize>(row: [[f64; S]; S], column: [[f64; S]; S]) -> Payoffs {
    Payoffs::exact(Shape::new(&[1, 1], S), move |counts, slot| {
        let plays = |role: usize| (0..S).find(|s| counts[role * S + s] == 1).unwrap();
        let table = if slot < S { &row } else { &column };
        table[plays(0)][plays(1)]
    })
}

/// The numbers of pure equilibria.
fn pure(game: &Game) -> Vec<usize> {
    let is = |judgement: &Judgement| judgement.verdict == ProfileVerdict::Equilibrium;
    (0..game.judgements.len())
        .filter(|&profile| is(&game.judgements[profile]))
        .collect()
}

/// Probabilities by slot, stability and basin of every equilibrium in mixed strategies, to three digits.
fn mixed(game: &Game) -> Vec<(Vec<f64>, bool, f64)> {
    let round = |value: f64| (value * 1000.0).round() / 1000.0;
    let all = &game.mixtures.as_ref().unwrap().all;
    all.iter()
        .map(|mixture| {
            let state = mixture.shares.iter().map(|share| round(share.mean));
            (state.collect(), mixture.stable, round(mixture.basin))
        })
        .collect()
}
