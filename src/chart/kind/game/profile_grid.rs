//! The payoffs of games that fit in a plane: what one does in rows, what the others do in columns.

use super::Stage;
use crate::analysis::game::{ProfileVerdict, Shape};
use crate::chart::kit::fill;

/// Most strategies whose payoffs are told cell by cell.
const MOST: usize = 12;
/// Most others of equal players, beyond which columns would be too narrow.
const MOST_OTHERS: u32 = 12;

/// A cell: what a player gets who does this while the others do that.
#[derive(Debug, Clone, Copy)]
pub struct Payoff {
    pub payoff: f64,
    /// Whether nothing else is better against the same others.
    pub is_best: bool,
    /// Whether the profile is an equilibrium.
    pub verdict: ProfileVerdict,
}

/// One or two maps over the same rows and columns.
pub struct ProfileGrid {
    /// What each map shows; empty for a single one.
    pub titles: Vec<String>,
    pub rows: Vec<String>,
    pub columns: Vec<String>,
    pub row_title: String,
    pub column_title: String,
    /// Whether columns are strategies, which have colours.
    pub columns_are_strategies: bool,
    /// By map, row and column.
    pub cells: Vec<Vec<Vec<Payoff>>>,
}

impl ProfileGrid {
    /// The maps of a game; none where the game does not fit in a plane.
    pub fn new(stage: &Stage<'_>) -> Option<Self> {
        let strategies = stage.shape.strategies();
        match *stage.shape.roles() {
            [2] if strategies <= MOST => Some(Self::of_two_equals(stage)),
            [1, 1] if strategies <= MOST => Some(Self::of_two(stage)),
            [players] if strategies == 2 && (3..=MOST_OTHERS + 1).contains(&players) => {
                Some(Self::of_equals(stage, players))
            }
            _ => None,
        }
    }

    /// Two equal players: one map, of the payoff of either.
    fn of_two_equals(stage: &Stage<'_>) -> Self {
        let names = stage.strategies();
        let place = |row: usize, column: usize| {
            let mut counts = vec![0; names.len()];
            counts[row] += 1;
            counts[column] += 1;
            (counts, row)
        };
        Self {
            titles: vec![String::new()],
            rows: names.clone(),
            columns: names.clone(),
            row_title: stage.style.say("game.a_firm_offers").to_owned(),
            column_title: stage.style.say("game.rival_offers").to_owned(),
            columns_are_strategies: true,
            cells: vec![cells(stage, names.len(), names.len(), &place)],
        }
    }

    /// Two players who differ: a map for each.
    fn of_two(stage: &Stage<'_>) -> Self {
        let names = stage.strategies();
        let players: Vec<String> = (stage.labels.roles.iter())
            .map(|name| stage.style.label(name))
            .collect();
        let count = names.len();
        let place_of = |role: usize| {
            move |row: usize, column: usize| {
                let mut counts = vec![0; 2 * count];
                counts[row] = 1;
                counts[count + column] = 1;
                (counts, if role == 0 { row } else { count + column })
            }
        };
        Self {
            titles: players
                .iter()
                .map(|name| {
                    fill!(
                        stage.style,
                        "game.of_firm",
                        outcome = stage.outcome.title,
                        firm = name
                    )
                })
                .collect(),
            rows: names.clone(),
            columns: names.clone(),
            row_title: format!("↓ {}", offers(stage, &players[0])),
            column_title: offers(stage, &players[1]),
            columns_are_strategies: true,
            cells: [0, 1]
                .map(|role| cells(stage, count, count, &place_of(role)))
                .into(),
        }
    }

    /// Equal players with two strategies: how many of the others play the second.
    fn of_equals(stage: &Stage<'_>, players: u32) -> Self {
        let names = stage.strategies();
        let place = |row: usize, column: usize| {
            let second = column as u32 + row as u32;
            (vec![players - second, second], row)
        };
        Self {
            titles: vec![String::new()],
            rows: names.clone(),
            columns: (0..players).map(|count| count.to_string()).collect(),
            row_title: stage.style.say("game.a_firm_offers").to_owned(),
            column_title: fill!(
                stage.style,
                "game.rivals_offer",
                second = names[1],
                first = names[0]
            ),
            columns_are_strategies: false,
            cells: vec![cells(stage, 2, players as usize, &place)],
        }
    }
}

/// "acme offers".
fn offers(stage: &Stage<'_>, firm: &str) -> String {
    fill!(stage.style, "game.firm_offers", firm)
}

/// The cells of a map; `place` gives the profile of a cell and the slot whose payoff it shows.
fn cells(
    stage: &Stage<'_>,
    rows: usize,
    columns: usize,
    place: &dyn Fn(usize, usize) -> (Vec<u32>, usize),
) -> Vec<Vec<Payoff>> {
    let cell = |row, column| {
        let (counts, slot) = place(row, column);
        cell(stage, stage.shape, &counts, slot)
    };
    (0..rows)
        .map(|row| (0..columns).map(|column| cell(row, column)).collect())
        .collect()
}

fn cell(stage: &Stage<'_>, shape: &Shape, counts: &[u32], slot: usize) -> Payoff {
    let judgement = shape
        .find(counts)
        .map(|profile| &stage.game.judgements[profile]);
    let standing = judgement.and_then(|judgement| {
        let mut standings = judgement.standings.iter();
        standings.find(|standing| standing.slot == slot)
    });
    Payoff {
        payoff: standing.map_or(f64::NAN, |standing| standing.payoff.mean),
        is_best: standing.is_some_and(|standing| standing.best == shape.of_slot(slot).1),
        verdict: judgement.map_or(ProfileVerdict::None, |judgement| judgement.verdict),
    }
}
