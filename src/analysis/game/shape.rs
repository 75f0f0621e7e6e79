//! Who plays with what: roles, strategies, and the profiles that they can form.

/// Players in roles, all with the same strategies, and every profile that they can form.
///
/// Players of one *role* are interchangeable: only how many of them play a strategy matters. A game of
/// equal players has one role; where all differ, each is a role of its own. A *profile* says for every
/// *slot* (a strategy of a role) how many play it; slots are numbered role by role, strategies in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    roles: Vec<u32>,
    strategies: usize,
    profiles: Vec<Vec<u32>>,
}

/// A player of a role who plays `from` and would play `to` (numbers of strategies) instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Deviation {
    /// The role of the player.
    pub role: usize,
    /// What the player does in the profile.
    pub from: usize,
    /// What the player would do instead.
    pub to: usize,
}

impl Shape {
    /// Roles with that many players each, and that many strategies. Roles without players are left out of
    /// every profile.
    ///
    /// All profiles are held in memory: see [`number_of_profiles`](crate::scenario::number_of_profiles) before.
    #[must_use]
    pub fn new(roles: &[u32], strategies: usize) -> Self {
        let mut profiles = vec![Vec::new()];
        for &players in roles {
            let own = compositions(players, strategies);
            let joined = profiles.iter().flat_map(|profile: &Vec<u32>| {
                own.iter()
                    .map(|counts| [&profile[..], counts].concat())
                    .collect::<Vec<_>>()
            });
            profiles = joined.collect();
        }
        Self {
            roles: roles.to_vec(),
            strategies,
            profiles,
        }
    }

    /// Number of players of each role.
    #[must_use]
    pub fn roles(&self) -> &[u32] {
        &self.roles
    }

    /// Number of strategies.
    #[must_use]
    pub fn strategies(&self) -> usize {
        self.strategies
    }

    /// Number of slots: roles times strategies.
    #[must_use]
    pub fn slots(&self) -> usize {
        self.roles.len() * self.strategies
    }

    /// The slot of a strategy of a role.
    #[must_use]
    pub fn slot(&self, role: usize, strategy: usize) -> usize {
        role * self.strategies + strategy
    }

    /// The slots of a role.
    #[must_use]
    pub fn slots_of(&self, role: usize) -> std::ops::Range<usize> {
        role * self.strategies..(role + 1) * self.strategies
    }

    /// The role and the strategy of a slot.
    #[must_use]
    pub fn of_slot(&self, slot: usize) -> (usize, usize) {
        (slot / self.strategies, slot % self.strategies)
    }

    /// All profiles: players by slot. The first role changes slowest, and in each role the earlier
    /// strategies come first.
    #[must_use]
    pub fn profiles(&self) -> &[Vec<u32>] {
        &self.profiles
    }

    /// The number of the profile with these counts, if there is one.
    #[must_use]
    pub fn find(&self, counts: &[u32]) -> Option<usize> {
        // profiles descend
        self.profiles
            .binary_search_by(|profile| counts.cmp(profile))
            .ok()
    }

    /// The strategy of every player in a profile, role by role; within a role in the order of the strategies.
    #[must_use]
    pub fn assignment(&self, profile: usize) -> Vec<usize> {
        let counts = self.profiles[profile].iter().enumerate();
        counts
            .flat_map(|(slot, &count)| {
                std::iter::repeat_n(self.of_slot(slot).1, count as usize).collect::<Vec<_>>()
            })
            .collect()
    }

    /// Slots that somebody plays in a profile.
    pub fn played(&self, profile: usize) -> impl Iterator<Item = usize> {
        let counts = self.profiles[profile].iter().enumerate();
        counts
            .filter(|&(_, &count)| count > 0)
            .map(|(slot, _)| slot)
    }

    /// What a player in a slot could do instead.
    pub fn deviations(&self, slot: usize) -> impl Iterator<Item = Deviation> {
        let (role, from) = self.of_slot(slot);
        (0..self.strategies)
            .filter(move |&to| to != from)
            .map(move |to| Deviation { role, from, to })
    }

    /// The profile that a deviation leads to.
    ///
    /// # Panics
    /// If nobody can deviate so in the profile.
    #[must_use]
    pub fn after(&self, profile: usize, deviation: Deviation) -> usize {
        let mut counts = self.profiles[profile].clone();
        counts[self.slot(deviation.role, deviation.from)] -= 1;
        counts[self.slot(deviation.role, deviation.to)] += 1;
        self.find(&counts)
            .expect("moving a player from one strategy to another gives a profile")
    }
}

/// All ways in which players can divide among strategies, as counts, descending.
fn compositions(players: u32, strategies: usize) -> Vec<Vec<u32>> {
    match strategies {
        0 => Vec::new(),
        1 => vec![vec![players]],
        _ => (0..=players)
            .rev()
            .flat_map(|first| {
                compositions(players - first, strategies - 1)
                    .into_iter()
                    .map(move |rest| [&[first], &rest[..]].concat())
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::number_of_profiles;

    #[test]
    fn equal_players_share_profiles() {
        let shape = Shape::new(&[2], 3);
        let expected: [&[u32]; 6] = [
            &[2, 0, 0],
            &[1, 1, 0],
            &[1, 0, 1],
            &[0, 2, 0],
            &[0, 1, 1],
            &[0, 0, 2],
        ];
        assert_eq!(shape.profiles(), expected);
        assert_eq!(shape.assignment(2), [0, 2]);
        assert_eq!(shape.played(2).collect::<Vec<_>>(), [0, 2]);
        let deviation = Deviation {
            role: 0,
            from: 2,
            to: 1,
        };
        assert_eq!(shape.after(2, deviation), 1);
    }

    #[test]
    fn players_who_differ_have_roles_of_their_own() {
        let shape = Shape::new(&[1, 2], 2);
        assert_eq!(shape.profiles().len(), 2 * 3);
        assert_eq!(shape.profiles()[1], [1, 0, 1, 1]);
        assert_eq!(shape.assignment(1), [0, 0, 1]);
        assert_eq!((shape.slot(1, 0), shape.of_slot(2)), (2, (1, 0)));
    }

    #[test]
    fn profiles_are_counted_before_they_are_made() {
        for roles in [&[1][..], &[4], &[1, 1, 1], &[2, 3], &[]] {
            for strategies in 1..5 {
                let shape = Shape::new(roles, strategies);
                let counted =
                    number_of_profiles(roles.iter().map(|&n| u64::from(n)), strategies as u64);
                assert_eq!(shape.profiles().len() as u64, counted);
                for (number, profile) in shape.profiles().iter().enumerate() {
                    assert_eq!(shape.find(profile), Some(number));
                }
            }
        }
    }
}
