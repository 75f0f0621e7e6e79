//! Transactions grouped by firm and experience, so that each group is served under the same terms.

use super::super::conditions::Conditions;
use super::super::customers::{Block, NO_FIRM};
use super::super::offer::Offer;
use super::super::replay::Replay;
use super::tile::{LANES, fill_up, make_room, tiles};
use super::word;
use super::work::{Group, Groups, Work};

impl Groups {
    /// Empty groups: one per firm and kind of need, or one for each experience where they differ by customer.
    fn prepare<const K: usize>(&mut self, now: &Conditions<K>) {
        self.groups.clear();
        self.of_cell.clear();
        for (firm, conditions) in now.firms.iter().enumerate() {
            for (kind, offer) in conditions.offers.iter().enumerate() {
                let before = self.groups.len();
                let experiences = match *offer {
                    Offer::Same(experience) => experience..experience + 1,
                    Offer::Graduated { .. } => 0..now.parameters.experiences.len(),
                };
                self.groups.extend(experiences.map(|experience| Group {
                    firm,
                    kind,
                    experience,
                    start: 0,
                    len: 0,
                }));
                self.of_cell.push(before..self.groups.len());
            }
        }
    }

    /// Sorts needs into their groups.
    fn sort(&mut self, words: &[u32]) {
        self.next.clear();
        self.next.resize(self.groups.len() + 1, 0);
        count(&self.group_of, &mut self.next);
        let mut start = 0;
        for (group, next) in self.groups.iter_mut().zip(&mut self.next) {
            group.len = *next;
            group.start = start;
            *next = start * LANES;
            start += tiles(group.len);
        }
        self.tiles = start;
        if let Some(nobody) = self.next.last_mut() {
            let served = start * LANES;
            make_room(&mut self.entries, served + *nobody, 0);
            *nobody = served;
        }
        place(words, &self.group_of, &mut self.next, &mut self.entries);
        for group in &self.groups {
            fill_up(&mut self.entries[group.entries()], group.len);
        }
    }
}

/// Counts the needs of each group.
#[inline(never)]
fn count(group_of: &[u32], counts: &mut [usize]) {
    for &group in group_of {
        counts[group as usize] += 1;
    }
}

/// Puts each need where the next one of its group goes.
#[inline(never)]
fn place(words: &[u32], group_of: &[u32], next: &mut [usize], entries: &mut [u32]) {
    for (&word, &group) in words.iter().zip(group_of) {
        let next = &mut next[group as usize];
        entries[*next] = word;
        *next += 1;
    }
}

impl<const K: usize> Block<K> {
    /// Groups the needs that are served, after customers brought along their history where they do.
    pub(super) fn group(
        &mut self,
        now: &Conditions<K>,
        replay: Option<&Replay>,
        work: &mut Work<K>,
    ) {
        let groups = &mut work.groups;
        groups.prepare(now);
        if now.parameters.data_portability > 0.0 {
            for (&server, &need) in work.server.iter().zip(&work.words[..work.needs]) {
                if server != NO_FIRM {
                    self.carry_history(word::position(need), server, now);
                }
            }
        }
        let nobody = groups.groups.len() as u32;
        groups.group_of.clear();
        let (of_cell, kinds) = (&groups.of_cell, now.population.kinds.len());
        let servers = &work.server[..work.needs];
        let kind_of = work.kinds.as_flattened();
        if groups.groups.len() == of_cell.len() {
            // one group for each firm and kind; the number of no firm is above all of them
            let servers = servers.iter().map(|&server| u32::from(server));
            let group_of = &mut groups.group_of;
            if kinds == 1 {
                group_of.extend(servers.map(|server| server.min(nobody)));
            } else {
                let cell = |(server, &kind): (u32, &u8)| {
                    (server * kinds as u32 + u32::from(kind)).min(nobody)
                };
                group_of.extend(servers.zip(kind_of).map(cell));
            }
        } else {
            let both = servers.iter().zip(&work.words[..work.needs]).enumerate();
            groups.group_of.extend(both.map(|(n, (&server, &need))| {
                if server == NO_FIRM {
                    return nobody;
                }
                let kind = kind_of.get(n).map_or(0, |&kind| usize::from(kind));
                let groups = &of_cell[usize::from(server) * kinds + kind];
                if groups.len() == 1 {
                    return groups.start as u32;
                }
                let experience = match replay {
                    Some(replay) => usize::from(replay.experiences[n]),
                    None => {
                        self.experience_with(word::position(need), server, kind, now)
                            .0
                    }
                };
                (groups.start + experience) as u32
            }));
        }
        groups.sort(&work.words[..work.needs]);
    }
}
