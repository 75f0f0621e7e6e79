//! Games as tables, and back.

use std::sync::Arc;

use super::{
    Cycle, CycleStep, Deviation, Game, Judgement, Labels, Mixture, Mixtures, ProfileVerdict, Shape,
    Standing,
};
use crate::analysis::Estimate;
use crate::table::{
    Batch, GAME, GAME_CYCLES, GAME_EQUILIBRIA, GameCycleRow, GameEquilibriumRow, GameRow,
};

/// A game of a scenario with its number among the analyses.
#[derive(Debug, Clone, Copy)]
pub struct Numbered<'a> {
    /// Number of the analysis, from 1.
    pub number: usize,
    /// Roles and strategies.
    pub shape: &'a Shape,
    /// What they are called.
    pub labels: &'a Labels,
    /// What was found.
    pub game: &'a Game,
}

/// The tables `game`, `game_equilibria` and `game_cycles` of a scenario's games.
#[must_use]
pub fn to_tables(games: &[Numbered<'_>]) -> [Batch; 3] {
    let mut batches =
        [&GAME, &GAME_EQUILIBRIA, &GAME_CYCLES].map(|table| Batch::new(table, Arc::default()));
    for game in games {
        game.push_profiles(&mut batches[0]);
        game.push_equilibria(&mut batches[1]);
        game.push_cycles(&mut batches[2]);
    }
    batches
}

/// A count as tables hold it.
fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

impl Numbered<'_> {
    fn push_profiles(&self, batch: &mut Batch) {
        let Self {
            shape,
            labels,
            game,
            ..
        } = self;
        for (profile, judgement) in game.judgements.iter().enumerate() {
            let choices = labels.choices(shape, profile);
            for standing in &judgement.standings {
                let (role, strategy) = shape.of_slot(standing.slot);
                let row: GameRow<&str> = GameRow {
                    game: whole(self.number),
                    profile: whole(profile),
                    choices: &choices,
                    role: &labels.roles[role],
                    strategy: &labels.strategies[strategy],
                    players: i64::from(standing.players),
                    payoff: standing.payoff.mean,
                    standard_deviation: standing.payoff.standard_deviation,
                    low: standing.payoff.low,
                    high: standing.payoff.high,
                    best_response: &labels.strategies[standing.best],
                    gain: standing.gain.mean,
                    gain_low: standing.gain.low,
                    gain_high: standing.gain.high,
                    variance_reduction: standing.variance_reduction,
                    confidence: standing.confidence,
                    regret: judgement.regret,
                    equilibrium: judgement.verdict.name(),
                    confidence_for: judgement.confidence,
                    confidence_against: judgement.confidence_against,
                    replicates: i64::from(judgement.replicates),
                };
                row.push(batch);
            }
        }
    }

    fn push_equilibria(&self, batch: &mut Batch) {
        let Self {
            shape,
            labels,
            game,
            ..
        } = self;
        for (number, found) in (1..).zip(game.equilibria(shape)) {
            let mixture = found.mixture;
            let judged = found.profile.map(|profile| &game.judgements[profile]);
            for slot in 0..shape.slots() {
                let (role, strategy) = shape.of_slot(slot);
                let share = match (found.profile, mixture) {
                    (None, Some(mixture)) => mixture.shares[slot],
                    (profile, _) => {
                        let count = profile.map_or(0, |profile| shape.profiles()[profile][slot]);
                        let mean = f64::from(count) / f64::from(shape.roles()[role]);
                        Estimate {
                            mean,
                            ..Estimate::EMPTY
                        }
                    }
                };
                let stable = mixture.map(|mixture| mixture.stable);
                let row: GameEquilibriumRow<&str> = GameEquilibriumRow {
                    game: whole(self.number),
                    equilibrium: number,
                    kind: if found.profile.is_some() {
                        "pure"
                    } else {
                        "mixed"
                    },
                    role: &labels.roles[role],
                    strategy: &labels.strategies[strategy],
                    share: share.mean,
                    low: share.low,
                    high: share.high,
                    payoff: match (judged, mixture) {
                        (Some(judged), _) => mean_payoff(shape, judged, role),
                        (None, mixture) => mixture.map_or(f64::NAN, |m| m.payoffs[role]),
                    },
                    confidence: match (judged, mixture) {
                        (Some(judged), _) => judged.confidence,
                        (None, mixture) => mixture.map_or(f64::NAN, |m| m.confidence),
                    },
                    stable,
                    basin: mixture.map_or(f64::NAN, |mixture| mixture.basin),
                };
                row.push(batch);
            }
        }
    }

    fn push_cycles(&self, batch: &mut Batch) {
        let (shape, labels) = (self.shape, self.labels);
        for (number, cycle) in (1..).zip(&self.game.cycles) {
            for (place, step) in (1..).zip(&cycle.steps) {
                let Deviation { role, from, to } = step.deviation;
                let row: GameCycleRow<&str> = GameCycleRow {
                    game: whole(self.number),
                    cycle: number,
                    step: place,
                    profile: whole(step.profile),
                    choices: &labels.choices(shape, step.profile),
                    role: &labels.roles[role],
                    from: &labels.strategies[from],
                    to: &labels.strategies[to],
                    gain: step.gain,
                    confidence: cycle.confidence,
                };
                row.push(batch);
            }
        }
    }
}

/// Mean payoff of the players of a role in a profile.
fn mean_payoff(shape: &Shape, judgement: &Judgement, role: usize) -> f64 {
    let own = judgement
        .standings
        .iter()
        .filter(|standing| shape.of_slot(standing.slot).0 == role);
    let sum: f64 = own
        .map(|standing| f64::from(standing.players) * standing.payoff.mean)
        .sum();
    sum / f64::from(shape.roles()[role])
}

/// Takes a game back from the rows of its tables, which come in their order.
#[derive(Debug)]
pub struct GameReader {
    number: i64,
    shape: Shape,
    labels: Labels,
    judgements: Vec<Option<Judgement>>,
    /// By number of the equilibrium.
    mixtures: std::collections::BTreeMap<i64, Mixture>,
    cycles: std::collections::BTreeMap<i64, Cycle>,
}

impl GameReader {
    /// For the game of that number among the analyses.
    #[must_use]
    pub fn new(number: usize, shape: Shape, labels: Labels) -> Self {
        Self {
            number: whole(number),
            judgements: vec![None; shape.profiles().len()],
            shape,
            labels,
            mixtures: std::collections::BTreeMap::new(),
            cycles: std::collections::BTreeMap::new(),
        }
    }

    /// Takes rows of the table `game`; those of other games are passed over.
    pub fn take_profiles(&mut self, batch: &Batch) {
        for row in GameRow::all(batch).filter(|row| row.game == self.number) {
            let profile = usize::try_from(row.profile).unwrap_or(usize::MAX);
            let (Some(slot), Some(judgement)) = (
                self.slot(row.role, row.strategy),
                self.judgements.get_mut(profile),
            ) else {
                continue;
            };
            let payoff = Estimate::stored([row.payoff, row.low, row.high], row.replicates);
            let judgement = judgement.get_or_insert_with(|| Judgement {
                standings: Vec::new(),
                regret: row.regret,
                confidence: row.confidence_for,
                confidence_against: row.confidence_against,
                verdict: (ProfileVerdict::ALL.into_iter())
                    .find(|known| known.name() == row.equilibrium)
                    .unwrap_or(ProfileVerdict::Undecided),
                replicates: payoff.count,
            });
            let best = place(&self.labels.strategies, row.best_response);
            judgement.standings.push(Standing {
                slot,
                players: self.shape.profiles()[profile][slot],
                payoff: Estimate {
                    standard_deviation: row.standard_deviation,
                    ..payoff
                },
                best: best.unwrap_or(self.shape.of_slot(slot).1),
                gain: Estimate::stored([row.gain, row.gain_low, row.gain_high], row.replicates),
                variance_reduction: row.variance_reduction,
                confidence: row.confidence,
            });
        }
    }

    /// Takes rows of the table `game_equilibria`.
    pub fn take_equilibria(&mut self, batch: &Batch) {
        for row in GameEquilibriumRow::all(batch).filter(|row| row.game == self.number) {
            let slot = self.slot(row.role, row.strategy);
            let Some((slot, stable)) = slot.zip(row.stable) else {
                continue;
            };
            let (slots, roles) = (self.shape.slots(), self.shape.roles().len());
            let mixture = self.mixtures.entry(row.equilibrium);
            let mixture = mixture.or_insert_with(|| Mixture {
                shares: vec![Estimate::EMPTY; slots],
                payoffs: vec![f64::NAN; roles],
                stable,
                basin: row.basin,
                confidence: row.confidence,
            });
            mixture.shares[slot] = Estimate::stored([row.share, row.low, row.high], 0);
            mixture.payoffs[self.shape.of_slot(slot).0] = row.payoff;
        }
    }

    /// Takes rows of the table `game_cycles`.
    pub fn take_cycles(&mut self, batch: &Batch) {
        for row in GameCycleRow::all(batch).filter(|row| row.game == self.number) {
            let slots = self
                .slot(row.role, row.from)
                .zip(self.slot(row.role, row.to));
            let Some((from, to)) = slots else {
                continue;
            };
            let (role, from) = self.shape.of_slot(from);
            let (_, to) = self.shape.of_slot(to);
            let cycle = self.cycles.entry(row.cycle).or_insert_with(|| Cycle {
                steps: Vec::new(),
                confidence: row.confidence,
            });
            cycle.steps.push(CycleStep {
                profile: usize::try_from(row.profile).unwrap_or(0),
                deviation: Deviation { role, from, to },
                gain: row.gain,
            });
        }
    }

    /// The game; none if a profile is missing.
    #[must_use]
    pub fn finish(self) -> Option<Game> {
        let judgements: Vec<Judgement> = self.judgements.into_iter().collect::<Option<_>>()?;
        let known = |judgement: &Judgement| {
            let mut all = judgement.standings.iter();
            all.all(|standing| standing.payoff.mean.is_finite())
        };
        let all: Vec<Mixture> = self.mixtures.into_values().collect();
        let mixtures = judgements.iter().all(known).then(|| Mixtures {
            moving: (1.0 - all.iter().map(|mixture| mixture.basin).sum::<f64>()).max(0.0),
            all,
        });
        Some(Game {
            judgements,
            mixtures,
            cycles: self.cycles.into_values().collect(),
        })
    }

    /// The slot of a role and a strategy.
    fn slot(&self, role: &str, strategy: &str) -> Option<usize> {
        let role = place(&self.labels.roles, role)?;
        let strategy = place(&self.labels.strategies, strategy)?;
        Some(self.shape.slot(role, strategy))
    }
}

fn place(names: &[String], wanted: &str) -> Option<usize> {
    names.iter().position(|name| name == wanted)
}

#[cfg(test)]
mod tests {
    use super::super::{Payoffs, solve};
    use super::*;

    #[test]
    fn a_game_survives_its_tables() {
        // pennies that match or not, which goes round, and a third strategy on which both would like to agree
        let shape = Shape::new(&[1, 1], 3);
        let mut payoffs = Payoffs::new(shape.clone());
        for profile in 0..shape.profiles().len() {
            let plays = shape.assignment(profile);
            let both = match plays[..] {
                [2, 2] => [5.0, 5.0],
                [2, _] | [_, 2] => [-3.0, -3.0],
                [one, other] if one == other => [1.0, -1.0],
                _ => [-1.0, 1.0],
            };
            // replicates that differ in number
            for replicate in 0..4 + profile % 2 {
                let noise = [0.1, 0.2].map(|part| part * ((replicate * 7 + profile) % 5) as f64);
                payoffs.add(profile, &[both[0] + noise[0], both[1] - noise[1]]);
            }
        }
        let labels = Labels {
            roles: vec!["a".to_owned(), "b + c".to_owned()],
            strategies: ["x", "y", "z"].map(str::to_owned).into(),
        };
        let game = solve(&payoffs, 2);
        let numbered = Numbered {
            number: 3,
            shape: &shape,
            labels: &labels,
            game: &game,
        };
        let other = Numbered {
            number: 1,
            ..numbered
        };
        let [profiles, equilibria, cycles] = to_tables(&[other, numbered]);
        assert!(
            game.equilibria(&shape)
                .iter()
                .any(|found| found.profile == Some(8))
        );
        assert!(equilibria.rows() > 2 * 6 && cycles.rows() == 2 * 4);
        let mut reader = GameReader::new(3, shape.clone(), labels.clone());
        reader.take_profiles(&profiles);
        reader.take_equilibria(&equilibria);
        reader.take_cycles(&cycles);
        let read = reader.finish().expect("every profile has rows");
        // written again it gives the same rows: nothing that tables hold was lost
        let again = Numbered {
            number: 3,
            game: &read,
            ..numbered
        };
        let [once, twice] = [numbered, again].map(|game| format!("{:?}", to_tables(&[game])));
        assert_eq!(once, twice);
        assert_eq!(labels.choices(&shape, 3), "y | x");
    }

    #[test]
    fn a_missing_profile_is_no_game() {
        let shape = Shape::new(&[2], 2);
        let labels = Labels {
            roles: vec!["a + b".to_owned()],
            strategies: ["x", "y"].map(str::to_owned).into(),
        };
        assert!(GameReader::new(1, shape, labels).finish().is_none());
    }
}
