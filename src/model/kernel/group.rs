//! Transactions grouped by firm and experience, so that each group is served under the same terms.

use super::super::conditions::{Conditions, FirmConditions};
use super::super::customers::{Block, NO_FIRM};
use super::super::offer::Offer;
use super::super::replay::Replay;
use super::tile::{LANES, fill_up, make_room, tiles};
use super::word;
use super::work::{Group, Groups, Work};

/// In place of a group: it differs by customer, or is what it was in another world.
const BY_CUSTOMER: u32 = u32::MAX;

/// The experience that all customers of a firm get in all kinds of needs, if there is one.
fn only_experience<const K: usize>(firm: &FirmConditions<K>) -> Option<usize> {
    let Offer::Same(first) = firm.offers[0] else {
        return None;
    };
    let same = |offer: &Offer| matches!(*offer, Offer::Same(experience) if experience == first);
    firm.offers.iter().all(same).then_some(first)
}

impl Groups {
    /// Empty groups: one per firm, or one for each experience where they differ by customer or kind of need.
    fn prepare<const K: usize>(&mut self, now: &Conditions<K>, is_replayed: bool) {
        self.groups.clear();
        self.of_firm.clear();
        self.of_kind.clear();
        for (firm, conditions) in now.firms.iter().enumerate() {
            let before = self.groups.len();
            let only = only_experience(conditions);
            let experiences = match only {
                Some(experience) => experience..experience + 1,
                None => 0..now.parameters.experiences.len(),
            };
            let of_kind = |offer: &Offer| match *offer {
                _ if only.is_some() => before as u32,
                Offer::Same(experience) if !is_replayed => (before + experience) as u32,
                _ => BY_CUSTOMER,
            };
            self.of_kind.extend(conditions.offers.iter().map(of_kind));
            self.groups.extend(experiences.map(|experience| Group {
                firm,
                experience,
                list: 0,
                start: 0,
                len: 0,
            }));
            self.of_firm.push(before..self.groups.len());
        }
        let nobody = self.groups.len() as u32;
        self.of_kind
            .resize(self.of_kind.len() + now.population.kinds.len(), nobody);
    }

    /// Sorts needs into their groups.
    fn sort(&mut self, words: &[u32]) {
        let lists = self.groups.len() + 1;
        // an odd number of lines of the cache, so that lists do not compete for the same ones
        let room = (tiles(words.len()) | 1) * LANES;
        self.room = self.room.max(room);
        make_room(&mut self.entries, lists * self.room, 0);
        self.next.clear();
        self.next.extend((0..lists).map(|list| list * self.room));
        place(words, &self.group_of, &mut self.next, &mut self.entries);
        self.tiles = 0;
        for (n, group) in self.groups.iter_mut().enumerate() {
            group.list = n * self.room;
            group.len = self.next[n] - group.list;
            group.start = self.tiles;
            self.tiles += tiles(group.len);
            fill_up(&mut self.entries[group.list..], group.len);
        }
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
    /// Groups the needs that are served, after customers brought along their history where they do; from here on words say
    /// the kind, too.
    pub(super) fn group(
        &mut self,
        now: &Conditions<K>,
        replay: Option<&Replay>,
        work: &mut Work<K>,
    ) {
        let groups = &mut work.groups;
        groups.prepare(now, replay.is_some());
        let words = &mut work.words[..work.needs];
        for (word, &kind) in words.iter_mut().zip(work.kinds.as_flattened()) {
            *word = word::of_kind(*word, kind);
        }
        let servers = &work.server[..work.needs];
        if now.parameters.data_portability > 0.0 {
            for (&server, &need) in servers.iter().zip(&*words) {
                if server != NO_FIRM {
                    self.carry_history(word::position(need), server, now);
                }
            }
        }
        let nobody = groups.groups.len() as u32;
        groups.group_of.clear();
        let of_firm = &groups.of_firm;
        if groups.groups.len() == of_firm.len() {
            // one group for each firm; the number of no firm is above all of them
            let group = |&server: &u16| u32::from(server).min(nobody);
            groups.group_of.extend(servers.iter().map(group));
        } else {
            let kinds = now.population.kinds.len();
            let both = servers.iter().zip(&*words).enumerate();
            groups.group_of.extend(both.map(|(n, (&server, &need))| {
                let (firm, kind) = (usize::from(server), word::kind(need));
                let group = groups.of_kind[firm.min(of_firm.len()) * kinds + kind];
                if group != BY_CUSTOMER {
                    return group;
                }
                let experience = match replay {
                    Some(replay) => usize::from(replay.experiences[n]),
                    None => {
                        self.experience_with(word::position(need), server, kind, now)
                            .0
                    }
                };
                (of_firm[firm].start + experience) as u32
            }));
        }
        groups.sort(words);
    }
}
