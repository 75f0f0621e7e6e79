//! The equilibria of a game in one list, and what everything is called.

use super::{Game, Mixture, Shape};

/// What roles and strategies are called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labels {
    /// By role: its players.
    pub roles: Vec<String>,
    /// Names of the strategies.
    pub strategies: Vec<String>,
}

impl Labels {
    /// Roles with these players, and strategies of these names.
    #[must_use]
    pub fn new(players: &[Vec<String>], strategies: Vec<String>) -> Self {
        Self {
            roles: players.iter().map(|names| names.join(" + ")).collect(),
            strategies,
        }
    }

    /// A profile in words: "2 coach-behavior + curated-offering", roles divided by a stroke.
    #[must_use]
    pub fn choices(&self, shape: &Shape, profile: usize) -> String {
        let of_role = |role: usize| {
            let played = shape.played(profile);
            let own = played.filter(|&slot| shape.of_slot(slot).0 == role);
            let words: Vec<String> = own
                .map(|slot| {
                    let name = &self.strategies[shape.of_slot(slot).1];
                    match shape.profiles()[profile][slot] {
                        1 => name.clone(),
                        count => format!("{count} {name}"),
                    }
                })
                .collect();
            words.join(" + ")
        };
        let roles: Vec<String> = (0..shape.roles().len()).map(of_role).collect();
        roles.join(" | ")
    }
}

/// An equilibrium of a game.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found<'a> {
    /// The profile, if it is pure.
    pub profile: Option<usize>,
    /// The same as a mixture, if all players of a role do alike.
    pub mixture: Option<&'a Mixture>,
}

impl Game {
    /// All equilibria by mean payoffs: profiles in which nobody gains, then those in mixed strategies.
    #[must_use]
    pub fn equilibria(&self, shape: &Shape) -> Vec<Found<'_>> {
        let mixtures = self
            .mixtures
            .as_ref()
            .map_or(&[][..], |mixtures| &mixtures.all);
        let placed: Vec<(Option<usize>, &Mixture)> = mixtures
            .iter()
            .map(|mixture| (mixture.profile(shape), mixture))
            .collect();
        let of_profile = |profile: usize| {
            let same = placed.iter().find(|(own, _)| *own == Some(profile));
            same.map(|(_, mixture)| *mixture)
        };
        let pure = (0..self.judgements.len())
            .filter(|&profile| {
                self.judgements[profile].regret == 0.0 || of_profile(profile).is_some()
            })
            .map(|profile| Found {
                profile: Some(profile),
                mixture: of_profile(profile),
            });
        let mixed = placed.iter().filter(|(profile, _)| profile.is_none());
        pure.chain(mixed.map(|(_, mixture)| Found {
            profile: None,
            mixture: Some(mixture),
        }))
        .collect()
    }
}

impl Mixture {
    /// The profile that it is, if everybody plays a strategy for certain.
    fn profile(&self, shape: &Shape) -> Option<usize> {
        let count = |(slot, share): (usize, &crate::analysis::Estimate)| {
            let players = shape.roles()[shape.of_slot(slot).0];
            match share.mean {
                0.0 => Some(0),
                1.0 => Some(players),
                _ => None,
            }
        };
        let counts: Option<Vec<u32>> = self.shares.iter().enumerate().map(count).collect();
        shape.find(&counts?)
    }
}
